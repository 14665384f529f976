"""Edit in Excel by its pages: whatever is sent is answered by name, none of it half published."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner_app.database import Database
from tests.quick_runs import examples
from tests.spreadsheet import Spreadsheet
from tests.warehouse.masters import add_item
from tests.web.page_client import Page, PageClient

JOURNAL = "/item-journals/BALANCES"
EXCEL = f"{JOURNAL}/excel"
HEAD = b"Item No.,Location Code,Quantity,Lot No.,Document No.\n"
ROW = b"LOTS,SILVER,2,L1,D1\n"


@pytest.fixture(autouse=True)
def batch(supervisor: PageClient, web_database: Database) -> None:
    """BALANCES with Item Tracking on Lines; LOTS may be named, SILVER has no bins."""
    web_database.write(lambda session: add_item(session, "LOTS", ("lot",), {}, {}, {}).id)
    page = supervisor.get("/item-journal-batches/new")
    fields = {"name": "balances", "item_tracking_on_lines": "on"}
    assert supervisor.post_form("/item-journal-batches", page, "card", **fields).status == 303


def send(pages: PageClient, content: bytes) -> Page:
    answer = pages.upload(f"{EXCEL}/uploads", pages.get(EXCEL), "upload", file=content)
    return pages.follow(answer) if answer.status == 303 else answer


def publish(pages: PageClient, shown: Page, **fields: str) -> Page:
    [form] = [form for form in shown.all("form") if form.get("id") == "publish"]
    return pages.post_form(form.get("action"), shown, "publish", **fields)


def test_a_csv_file_is_published_and_its_lines_are_there(supervisor: PageClient) -> None:
    shown = send(supervisor, HEAD + ROW)
    assert "1 new" in shown.words
    answer = publish(supervisor, shown)
    assert answer.status == 303
    assert "1 change is published." in supervisor.follow(answer).words
    assert "LOTS" in supervisor.get(JOURNAL).words


def test_what_changed_is_shown_field_by_field(supervisor: PageClient) -> None:
    publish(supervisor, send(supervisor, HEAD + ROW))
    content = supervisor.download(f"{EXCEL}/workbook", supervisor.get(EXCEL), "download")
    sheet = Spreadsheet(content)
    sheet.fill_in(0, quantity=5, lot_no="L2")
    words = send(supervisor, sheet.save()).words
    assert "2 LOTS Quantity 2 5" in words
    assert "2 LOTS Lot No. L1 L2" in words


def test_a_file_without_rows_has_nothing_to_publish(supervisor: PageClient) -> None:
    shown = send(supervisor, HEAD)
    assert "There is nothing to publish" in shown.words
    assert not shown.all("form", id_="publish")


def test_a_plan_that_nobody_saw_is_not_published(supervisor: PageClient) -> None:
    shown = send(supervisor, HEAD + ROW)
    answer = publish(supervisor, shown, seen="0" * 64)
    assert answer.status == 422
    assert "The journal changed while you looked at the changes." in answer.words
    assert "No line yet" in supervisor.get(JOURNAL).words


def test_a_file_with_a_refused_row_is_not_published(supervisor: PageClient) -> None:
    shown = send(supervisor, HEAD + ROW + b"NONE,SILVER,2,L1,D1\n")
    assert "Row 3: Item No. NONE is not there." in shown.words
    assert not shown.all("form", id_="publish")


def test_a_cell_that_is_longer_than_any_comes_back_cut(supervisor: PageClient) -> None:
    shown = send(supervisor, HEAD + b"LOTS,SILVER,2,%s,D1\n" % (b"L" * 40_000))
    assert "Lot No. has more than 50 characters." in shown.words
    [link] = [a.get("href") for a in shown.all("a") if "errors" in a.get("href", "")]
    mended = Spreadsheet(supervisor.client.get(link).data)
    assert len(str(mended.read(0)["Lot No."])) == 32_767


def test_a_workbook_that_lost_a_column_is_refused(supervisor: PageClient) -> None:
    content = supervisor.download(f"{EXCEL}/workbook", supervisor.get(EXCEL), "download")
    sheet = Spreadsheet(content)
    for row in sheet.lines:
        del row[-1]
    answer = send(supervisor, sheet.save())
    assert answer.status == 422
    assert "“Expiration Date” is missing" in answer.words


def test_a_workbook_of_another_batch_is_refused(supervisor: PageClient) -> None:
    content = supervisor.download(f"{EXCEL}/workbook", supervisor.get(EXCEL), "download")
    sheet = Spreadsheet(content)
    [fact] = [row for row in sheet.sheets["Instructions"] if row[0] == "Workbook"]
    fact[1] = str(uuid.uuid4())
    answer = send(supervisor, sheet.save())
    assert answer.status == 422
    assert "was not downloaded from BALANCES" in answer.words


def test_numbers_are_columns_only_where_the_batch_has_them_on_lines(
    supervisor: PageClient,
) -> None:
    page = supervisor.get("/item-journal-batches/new")
    supervisor.post_form("/item-journal-batches", page, "card", name="plain")
    excel = "/item-journals/PLAIN/excel"
    content = supervisor.download(f"{excel}/workbook", supervisor.get(excel), "download")
    assert "Lot No." not in Spreadsheet(content).lines[0]


def test_what_does_not_wait_is_answered_by_name(supervisor: PageClient) -> None:
    for path in ("uploads/77", "uploads/77/errors", f"uploads/{'9' * 40}", "uploads/x"):
        assert supervisor.get(f"{EXCEL}/{path}").status in (404, 422)


def test_a_worker_has_no_way_to_it(worker: PageClient) -> None:
    assert worker.get(EXCEL).status == 403


@settings(
    max_examples=examples(40),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_whatever_is_sent_is_answered_by_name(supervisor: PageClient, content: bytes) -> None:
    for sent in (content, HEAD + content):
        answer = send(supervisor, sent)
        assert answer.status in (200, 422)
        assert answer.status == 200 or answer.all("p", class_="outcome-way-out")


@pytest.mark.parametrize("text", ["\x00", "a\tb", "Item No.", "x" * 5000, '"', "=1+1"])
def test_whatever_is_pasted_is_answered_by_name(supervisor: PageClient, text: str) -> None:
    page = supervisor.get(EXCEL)
    answer = supervisor.post_form(f"{EXCEL}/uploads", page, "upload", pasted=text)
    assert answer.status == 422
    assert answer.all("p", class_="outcome-way-out")
