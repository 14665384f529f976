"""Importing receipts and shipments by its page: whatever is sent is answered by name."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.quick_runs import examples
from tests.reliability.page_device import opened_hall
from tests.spreadsheet import Spreadsheet
from tests.warehouse.typed_documents import uses_documents
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient, assert_whole_page
from tests.web.warehouse_journal_forms import supervisor_of

PAGE = "/documents/import"
CAPTIONS = ("Source Document", "Source No.", "Item No.", "Quantity", "Lot No.")
HEAD = ",".join(CAPTIONS).encode() + b"\n"
ROW = b"Purchase Order,PO-1,LOTS,2,L1\n"


@pytest.fixture
def sue(sqlite_template: Path, tmp_path: Path) -> Iterator[PageClient]:
    """SUE at WHITE, where LOTS is received and shipped."""
    with opened_hall(sqlite_template, tmp_path, Clock()) as (hall, app):
        uses_documents(hall)
        yield supervisor_of(hall, app)


def send(sue: PageClient, content: bytes) -> Page:
    return sue.upload(PAGE, sue.get(PAGE), "import", file=content)


def refused(sue: PageClient, content: bytes) -> str:
    """What is said against a file; nothing has become a document."""
    answer = send(sue, content)
    assert answer.status == 422
    assert_whole_page(answer)
    assert "No receipt is open." in sue.get("/documents").words
    return answer.words


def workbook(*rows: tuple[str | int, ...]) -> bytes:
    """A workbook that another program wrote, its formulas among it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Lines")
        for row_no, cells in enumerate((CAPTIONS, *rows)):
            sheet.write_row(row_no, 0, cells)
    return stream.getvalue()


def test_a_csv_file_is_imported_and_told(sue: PageClient) -> None:
    answer = send(sue, HEAD + ROW + b"Purchase Order,PO-1,LOTS,3,\n")
    assert answer.status == 303
    page = sue.follow(answer)
    assert "1 document with 2 lines is imported." in page.words
    assert "PO-1" in page.words


def test_the_template_explains_itself_and_offers_what_there_is(sue: PageClient) -> None:
    answer = sue.client.get(f"{PAGE}/template")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    sheet = Spreadsheet(answer.data)
    assert sheet.lines == [
        [
            *("Source Document", "Source No.", "Item No.", "Variant Code", "Quantity"),
            *("Unit of Measure Code", "Date", "Bin Code", "Reason Code"),
            *("Serial No.", "Lot No.", "Package No.", "Warranty Date", "Expiration Date"),
        ]
    ]
    explained = {str(row[0]) for row in sheet.sheets["Instructions"]}
    assert explained >= set(map(str, sheet.lines[0]))
    assert "About this file" not in explained
    lists = list(zip(*sheet.sheets["Lists"], strict=True))
    offered = {column[0]: [choice for choice in column[1:] if choice] for column in lists}
    assert offered["Source Document"] == [
        "Purchase Order",
        "Sales Return Order",
        "Sales Order",
        "Purchase Return",
    ]
    assert "PCS" in offered["Unit of Measure Code"]
    assert "There is no row below the captions." in refused(sue, answer.data)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            ("Purchase Order", "=1+1", "LOTS", 2, "L1"),
            "B2, Source No.: “0” is calculated by a formula.",
        ),
        (("Purchase Order", "PO-1", "LOTS", 2, 12), "E2, Lot No.: “12” is a number"),
        (("Purchase Order", "PO-1", "LOTS", "=2*1", "L1"), "D2, Quantity:"),
        (("purchase order", "PO-1", "LOTS", 2, "L1"), "is not a value of Source Document."),
        (("", "PO-1", "LOTS", 2, "L1"), "The Source Document is empty."),
    ],
)
def test_a_cell_at_fault_is_told_with_its_row(
    sue: PageClient, row: tuple[str | int, ...], said: str
) -> None:
    words = refused(sue, workbook(row))
    assert "Rows that cannot be imported: 1." in words
    assert "Row 2: " in words
    assert said in words


def test_quantities_of_a_workbook_may_be_numbers_or_left_out(sue: PageClient) -> None:
    answer = send(sue, workbook(("Sales Order", 4711, "LOTS", 2, "012")))
    assert answer.status == 303
    assert "4711" in sue.follow(answer).words


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (HEAD, "There is no row below the captions."),
        (b"%PDF-1.7\xff\xfe", "is neither an Excel workbook (.xlsx) nor a CSV file"),
        (b"\xd0\xcf\x11\xe0", "protected by a password, or an Excel file of the old kind"),
        (b"PK\x03\x04", "is damaged or incomplete"),
        (HEAD.replace(b"Lot No.", b"Colour") + ROW, "no column is called “Colour”"),
        (HEAD.replace(b"Source No.", b"Item No.") + ROW, "there is a column “Item No.” already"),
        (HEAD.replace(b",Quantity", b"") + ROW, "The caption “Quantity” is missing."),
        (HEAD + ROW * 2001, "There are more than 2000 rows."),
    ],
    ids=["empty", "captions", "pdf", "xls", "zip", "unknown", "twice", "missing", "many"],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    sue: PageClient, content: bytes, said: str
) -> None:
    assert said in refused(sue, content)


def test_two_thousand_rows_are_not_too_many(sue: PageClient) -> None:
    answer = send(sue, HEAD + ROW.replace(b"L1", b"") * 2000)
    assert "1 document with 2000 lines is imported." in sue.follow(answer).words


def test_of_many_faults_the_first_are_shown_and_the_others_counted(sue: PageClient) -> None:
    words = refused(sue, HEAD + b"Sales Order,SO-1,NONE,1,\n" * 60)
    assert "Rows that cannot be imported: 60." in words
    assert "Row 51:" in words
    assert "Row 52:" not in words
    assert "and 10 more" in words


def test_nothing_chosen_and_nothing_pasted_is_an_empty_file(sue: PageClient) -> None:
    answer = sue.post_form(PAGE, sue.get(PAGE), "import")
    assert answer.status == 422
    assert "The file is empty." in answer.words


def test_what_was_pasted_stays_to_be_mended(sue: PageClient) -> None:
    text = "\nSource No.\t<b>&\n1\t2"
    answer = sue.post_form(PAGE, sue.get(PAGE), "import", pasted=text)
    [kept] = answer.all("textarea")
    assert "".join(kept.itertext()) == text
    assert answer.all("details")[0].get("open") is not None


def test_what_was_posted_comes_in_again_where_that_is_chosen(sue: PageClient) -> None:
    assert send(sue, HEAD + ROW).status == 303
    receipt = sue.get("/documents/receipts/RC0001")
    sue.post_form("/documents/receipts/RC0001/posting", receipt, "post")
    assert "PO-1 was posted already: " in refused(sue, HEAD + ROW)
    page = sue.get(PAGE)
    [box] = [field for field in page.all("input") if field.get("name") == "again"]
    assert box.get("checked") is None
    rows = (HEAD + ROW).decode().replace(",", "\t")
    answer = sue.post_form(PAGE, page, "import", pasted=f"{rows}X", again="on")
    assert answer.status == 422
    [box] = [field for field in answer.all("input") if field.get("name") == "again"]
    assert box.get("checked") is not None
    assert sue.post_form(PAGE, answer, "import", pasted=rows).status == 303


def test_whoever_has_no_location_cannot_import(supervisor: PageClient) -> None:
    answer = supervisor.get(PAGE)
    assert answer.status == 422
    assert answer.all("h1")
    addresses = {link.get("href") for link in supervisor.get("/documents").all("a")}
    assert PAGE not in addresses


def test_a_worker_has_no_way_to_it(worker: PageClient) -> None:
    for path in (PAGE, f"{PAGE}/template"):
        assert worker.get(path).status == 403


@pytest.mark.parametrize("address", ["documents=x&lines=-1", "documents=9&lines=" + "9" * 40])
def test_whatever_an_address_says_was_imported_is_a_page(sue: PageClient, address: str) -> None:
    assert sue.get(f"/documents?done=imported&{address}").status == 200


@settings(
    max_examples=examples(40),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_whatever_is_sent_is_answered_by_name(sue: PageClient, content: bytes) -> None:
    for sent in (content, HEAD + content, HEAD + ROW.replace(b"PO-1", content)):
        answer = send(sue, sent)
        assert answer.status in (303, 422)
        assert answer.status == 303 or answer.all("p", class_="outcome-way-out")
