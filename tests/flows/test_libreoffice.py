"""Every workbook goes through LibreOffice and comes back, and nothing has changed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scanner_app.database import Database
from scanner_app.jobs.work import work_on_jobs
from tests.demo_copies import LOADED
from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer, text_of
from tests.flows.opening_balances import open_batch
from tests.libreoffice import NEEDS_LIBREOFFICE, saved_by_libreoffice
from tests.spreadsheet import Cell, Spreadsheet

pytestmark = [NEEDS_LIBREOFFICE, pytest.mark.slow]

ROWS: list[dict[str, Cell]] = [
    {"item_no": "3020", "bin_code": "S-01-0001", "quantity": 3, "lot_no": "0012"},
    {"item_no": "3020", "bin_code": "S-01-0001", "quantity": 0.125, "lot_no": "1E5"},
    {"item_no": "3020", "bin_code": "S-01-0001", "quantity": 12345.67, "lot_no": "=A1+1"},
    {"item_no": "3020", "bin_code": "S-01-0001", "quantity": 1, "lot_no": "2026-01-02"},
    {"item_no": "3020", "bin_code": "S-01-0001", "quantity": 1, "lot_no": "Ü 'É' <&> \"7\""},
    {"item_no": "3020", "bin_code": "S-01-0001", "quantity": 1, "lot_no": "12345678901234567890"},
]
OF_ITEM_JOURNAL: dict[str, Cell] = {
    "document_no": "00017",
    "entry_type": "Positive Adjmt.",
    "location_code": "SILVER",
    "expiration_date": date(2030, 12, 31),
    "warranty_date": date(2031, 2, 28),
}
NOTHING = "There is nothing to publish"


@pytest.fixture
def newcomer(handheld: Callable[[str], Handheld]) -> Newcomer:
    return Newcomer(handheld("SUPERVISOR").pages)


@pytest.fixture
def through_libreoffice(tmp_path: Path) -> Callable[[bytes], bytes]:
    return lambda content: saved_by_libreoffice(content, tmp_path / "office")


def open_empty_batch(newcomer: Newcomer, journal: str) -> None:
    newcomer.enter_in_tell_me(journal)
    [name] = [a for a in newcomer.page.all("a") if text_of(a).startswith("Name")]
    newcomer.choose(text_of(name))
    newcomer.choose("New")
    newcomer.fill_in("Name", "OFFICE")
    newcomer.press("Create")
    newcomer.choose("OK OFFICE")
    newcomer.choose("Edit in Excel")


def publish(newcomer: Newcomer, sheet: Spreadsheet, rows: int) -> None:
    newcomer.send("Show changes", file=sheet.save())
    newcomer.press(f"Publish {rows} change{'s' if rows > 1 else ''}")
    newcomer.choose("Edit in Excel")


def test_the_lines_of_an_item_journal_come_back_as_they_were(
    newcomer: Newcomer, through_libreoffice: Callable[[bytes], bytes]
) -> None:
    open_batch(newcomer)
    newcomer.choose("Edit in Excel")
    sheet = Spreadsheet(newcomer.download("Download"))
    for row_no, row in enumerate(ROWS):
        sheet.fill_in(row_no, **OF_ITEM_JOURNAL | row)
    publish(newcomer, sheet, len(ROWS))
    downloaded = newcomer.download("Download")
    newcomer.send("Show changes", file=through_libreoffice(downloaded))
    assert NOTHING in newcomer.page.words
    assert f"{len(ROWS)} unchanged" in newcomer.page.words


@pytest.mark.parametrize(
    ("journal", "row"),
    [
        ("Warehouse Physical Inventory Journal", {"bin_code": "W-01-0601"}),
        ("Warehouse Item Journal", {"bin_code": "W-01-0601"}),
        (
            "Warehouse Reclassification Journal",
            {"from_bin_code": "W-01-0601", "to_bin_code": "W-01-0602", "new_lot_no": "0013"},
        ),
        (
            "Item Reclassification Journal",
            {"location_code": "SILVER", "document_no": "R-1", "new_lot_no": "0013"},
        ),
    ],
)
def test_the_lines_of_every_other_journal_come_back_as_they_were(
    newcomer: Newcomer,
    through_libreoffice: Callable[[bytes], bytes],
    journal: str,
    row: dict[str, Cell],
) -> None:
    open_empty_batch(newcomer, journal)
    sheet = Spreadsheet(newcomer.download("Download"))
    usual: dict[str, Cell] = {"item_no": "3030", "quantity": 2.5, "lot_no": "0012"}
    sheet.fill_in(0, **usual | row)
    publish(newcomer, sheet, 1)
    newcomer.send("Show changes", file=through_libreoffice(newcomer.download("Download")))
    assert NOTHING in newcomer.page.words


def test_rows_with_their_errors_are_mended_and_sent_again(
    newcomer: Newcomer, through_libreoffice: Callable[[bytes], bytes]
) -> None:
    open_batch(newcomer)
    newcomer.choose("Edit in Excel")
    sheet = Spreadsheet(newcomer.download("Download"))
    sheet.fill_in(0, **OF_ITEM_JOURNAL | ROWS[0] | {"item_no": "NONE"})
    newcomer.send("Show changes", file=through_libreoffice(sheet.save()))
    [link] = [a for a in newcomer.page.all("a") if "errors" in a.get("href", "")]
    answer = newcomer.pages.client.get(link.get("href"))
    mended = Spreadsheet(through_libreoffice(answer.data))
    assert mended.read(0)["Lot No."] == "0012"
    mended.fill_in(0, item_no="3020")
    newcomer.choose("Send another file")
    newcomer.send("Show changes", file=through_libreoffice(mended.save()))
    assert "1 new" in newcomer.page.words


def test_a_package_comes_back_as_it_was(
    newcomer: Newcomer, database: Database, through_libreoffice: Callable[[bytes], bytes]
) -> None:
    newcomer.enter_in_tell_me("Configuration Packages")
    newcomer.choose("New")
    newcomer.fill_in("Code", "office")
    newcomer.press("Create")
    answer = newcomer.pages.client.get("/configuration-packages/OFFICE/workbook")
    newcomer.send("Import", file=through_libreoffice(answer.data))
    newcomer.press("Apply")
    work_on_jobs(database, lambda: LOADED)
    newcomer.choose("Look again")
    assert "The package is applied." in newcomer.page.words
    assert "unchanged" in newcomer.page.words
    assert "created" not in newcomer.page.words
    assert "changed" not in newcomer.page.words.replace("unchanged", "")
