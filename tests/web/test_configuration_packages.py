"""The pages of configuration packages: who may, what is refused by name, and bad input."""

from itertools import product

import pytest

from scanner_app.configuration.set_up_package import FIELDS
from scanner_app.database import Database
from scanner_app.jobs.work import work_on_jobs
from tests.configuration.packages import add_package, book
from tests.spreadsheet import Spreadsheet
from tests.web.conftest import Clock
from tests.web.page_client import PageClient, assert_readable
from tests.web.test_places_bad_input import TYPED

LIST, PACKAGE = "/configuration-packages", "/configuration-packages/GO-LIVE"
UNITS = book({204: [["Code", "Description"], ["PCS", "Piece"], ["A/B", "<b>no</b>"]]})


@pytest.fixture
def sue(supervisor: PageClient) -> PageClient:
    """SUE with a package that has every table and no record."""
    page = supervisor.get(f"{LIST}/new")
    assert supervisor.post_form(LIST, page, "card", code="go-live").status == 303
    return supervisor


def upload(sue: PageClient, content: bytes = UNITS) -> str:
    page = sue.get(PACKAGE)
    answer = sue.upload(f"{PACKAGE}/import", page, "import", file=content)
    return (sue.follow(answer) if answer.status == 303 else answer).words


def press(sue: PageClient, way: str, form: str) -> str:
    answer = sue.post_form(f"{PACKAGE}/{way}", sue.get(PACKAGE), form)
    return (sue.follow(answer) if answer.status == 303 else answer).words


def test_a_worker_does_not_see_packages(worker: PageClient) -> None:
    for path in (LIST, f"{LIST}/new", PACKAGE, f"{PACKAGE}/workbook"):
        assert worker.get(path).status == 403


def test_an_empty_list_says_how_to_begin(supervisor: PageClient) -> None:
    page = supervisor.get(LIST)
    assert "No package yet" in page.words
    assert_readable(page)


def test_what_is_not_there_is_not_found(sue: PageClient) -> None:
    for path in (
        f"{LIST}/NONE",
        f"{LIST}/%00",
        f"{PACKAGE}/tables/32",
        f"{PACKAGE}/tables/{'9' * 40}",
        f"{PACKAGE}/tables/32/errors",
    ):
        assert sue.get(path).status == 404, path


def test_a_package_with_every_table_exports_its_captions(sue: PageClient) -> None:
    page = sue.get(f"{PACKAGE}/card")
    every = {field.name: "on" for field in FIELDS if field.tab == "tables"}
    assert sue.post_form(f"{PACKAGE}/card", page, "card", **every).status == 303
    response = sue.client.get(f"{PACKAGE}/workbook?captions=1")
    sheets = Spreadsheet(response.data).sheets
    assert len(sheets) == len(every)
    assert len(sheets["Location"]) == 3
    sheets = Spreadsheet(sue.client.get(f"{PACKAGE}/workbook").data).sheets
    assert [row[0] for row in sheets["Location"][3:]] == ["SILVER", "WHITE"]
    nothing = Spreadsheet(sue.client.get(f"{PACKAGE}/tables/14/errors").data).sheets["Location"]
    assert [row[0] for row in nothing] == ["GO-LIVE", "", "Error"]


def test_a_package_without_tables_has_nothing_to_export(
    sue: PageClient, web_database: Database
) -> None:
    add_package(web_database, code="EMPTY")
    assert "No table yet" in sue.get(f"{LIST}/EMPTY").words
    page = sue.get(f"{LIST}/EMPTY/workbook")
    assert page.status == 422
    assert "The package EMPTY has no tables." in page.words


def test_a_file_that_cannot_be_read_is_refused_on_the_page(sue: PageClient) -> None:
    assert "The file is empty." in upload(sue, b"")
    assert "The sheet “Table 32” is of Item Ledger Entry" in upload(sue, book({32: [["A"], ["1"]]}))
    assert sue.post_form(f"{PACKAGE}/import", sue.get(PACKAGE), "import").status == 422


def test_the_errors_of_a_table_are_told_with_row_and_field(
    sue: PageClient, web_database: Database, clock: Clock
) -> None:
    assert "The rows wait in the package." in upload(sue)
    assert "Validating" in press(sue, "validation", "validate")
    work_on_jobs(web_database, clock)
    assert "1 record has errors." in sue.get(PACKAGE).words
    page = sue.get(f"{PACKAGE}/tables/204")
    assert "5 Code A/B “A/B” cannot be the Code of a unit." in page.words
    assert_readable(page)
    assert sue.get(f"{PACKAGE}/tables/204?after=-5").status == 200
    assert "No errors" in sue.get(f"{PACKAGE}/tables/204?after=99").words
    response = sue.client.get(f"{PACKAGE}/tables/204/errors")
    assert Spreadsheet(response.data).sheets["Unit of Measure"][2:] == [
        ["Code", "Description", "Error"],
        ["PCS", "Piece", ""],
        [
            "A/B",
            "<b>no</b>",
            "“A/B” cannot be the Code of a unit. Use at least one letter or digit, and no slash.",
        ],
    ]


def test_what_a_job_works_on_is_refused_by_name(sue: PageClient) -> None:
    upload(sue)
    before = sue.get(PACKAGE)
    card = sue.get(f"{PACKAGE}/card")
    assert "0 of 2 rows are done. It begins in a moment." in press(sue, "validation", "validate")
    busy = "The package GO-LIVE is being validated or applied."
    for way, form in (("validation", "validate"), ("application", "apply"), ("import", "import")):
        files = {"file": UNITS} if form == "import" else None
        answer = (
            sue.upload(f"{PACKAGE}/{way}", before, form, **files)
            if files
            else sue.post_form(f"{PACKAGE}/{way}", before, form)
        )
        assert answer.status == 422, way
        assert busy in answer.words
    assert busy in sue.post_form(f"{PACKAGE}/card", card, "card", package_name="X").words
    assert sue.post_form(f"{PACKAGE}/removal", card, "removal").status == 422


def test_the_progress_is_asked_for_until_the_job_has_ended(
    sue: PageClient, web_database: Database, clock: Clock
) -> None:
    htmx = {"HX-Request": "true"}
    assert sue.client.get(f"{PACKAGE}/progress", headers=htmx).headers["HX-Refresh"] == "true"
    upload(sue)
    press(sue, "validation", "validate")
    response = sue.client.get(f"{PACKAGE}/progress?applying=False", headers=htmx)
    assert "0 of 2 rows are done." in response.text
    assert "HX-Refresh" not in response.headers
    work_on_jobs(web_database, clock)
    response = sue.client.get(f"{PACKAGE}/progress?applying=False", headers=htmx)
    assert response.headers["HX-Refresh"] == "true"


def test_a_job_that_has_ended_is_not_cancelled(
    sue: PageClient, web_database: Database, clock: Clock
) -> None:
    upload(sue)
    press(sue, "validation", "validate")
    page = sue.get(PACKAGE)
    [form] = page.all("form", id_="cancel")
    work_on_jobs(web_database, clock)
    answer = sue.post_form(str(form.get("action")), page, "cancel")
    assert answer.status == 422
    assert "Validating or applying GO-LIVE has ended already." in answer.words


def test_any_text_in_any_field_is_taken_or_refused(sue: PageClient) -> None:
    for name, text in product(("code", "package_name", "table_27"), TYPED):
        page = sue.get(f"{LIST}/new")
        answer = sue.post_form(LIST, page, "card", **({"code": "NEW"} | {name: text}))
        assert answer.status in (303, 422), (name, text)
    assert sue.get(f"{LIST}?after=%00").status == 200
    assert sue.get(f"{PACKAGE}?imported=<b>").status == 200


@pytest.mark.slow
def test_a_long_list_of_packages_goes_on(sue: PageClient) -> None:
    for number in range(51):
        page = sue.get(f"{LIST}/new")
        assert sue.post_form(LIST, page, "card", code=f"P{number:02}").status == 303
    page = sue.get(LIST)
    assert "P48" in page.words
    assert "P49" not in page.words
    assert "P50" in sue.get(f"{LIST}?after=P48").words
