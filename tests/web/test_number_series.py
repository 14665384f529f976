"""The pages No. Series and its card."""

import json

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.inventory.number_series import NumberSeries, NumberSeriesLine, take_numbers
from scanner_app.web import number_series
from tests.passwords import PASSWORD
from tests.warehouse.masters import add_series
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient

LIST = "/number-series"
CARD = f"{LIST}/SN"
MARKUP = "<img src=x onerror=alert(1)>"
NEW_LINE = {"new.starting_date": "2027-01-01", "new.starting_no": "T-1"}


@pytest.fixture(autouse=True)
def series(web_database: Database) -> str:
    """The series SN; the key of its one line."""
    line = web_database.write(lambda s: add_series(s, "SN", "S-001", ending_no="S-099").id)
    return str(line)


def save(client: PageClient, page: Page, **fields: str) -> Page:
    return client.post_form(CARD, page, "card", **fields)


def text(page: Page, name: str) -> str:
    [found] = page.all("input", name=name)
    return str(found.get("value", ""))


def is_on(page: Page, name: str) -> bool:
    [found] = page.all("input", name=name)
    return found.get("checked") is not None


def at_fault(page: Page) -> set[str]:
    return {field.get("name") for field in page.all("input") if field.get("aria-invalid") == "true"}


def lines_of(database: Database) -> list[tuple[str, str]]:
    line = NumberSeriesLine
    with database.read() as session:
        rows = session.execute(select(line.starting_no, line.last_no_used).order_by(line.id))
        return [(row[0], row[1]) for row in rows]


@pytest.mark.parametrize(
    ("code", "description", "said"),
    [
        (" ", "", "The Code is empty."),
        ("sn", "", "There is a number series SN already."),
        ("A/B", "", "cannot be the code of a number series"),
        ("A\x00", "", "cannot be printed or seen"),
        ("NEW", "x" * 101, "more than 100 characters"),
    ],
)
def test_what_is_wrong_with_a_new_series_is_said_at_its_field(
    supervisor: PageClient, code: str, description: str, said: str
) -> None:
    page = supervisor.get(f"{LIST}/new")
    refused = supervisor.post_form(LIST, page, "new", code=code, description=description or MARKUP)
    assert refused.status == 422
    assert said in refused.words
    assert at_fault(refused) == {"description" if description else "code"}
    assert text(refused, "description") == (description or MARKUP)


def test_a_form_sent_twice_makes_one_series(supervisor: PageClient, web_database: Database) -> None:
    page = supervisor.get(f"{LIST}/new")
    places = {supervisor.post_form(LIST, page, "new", code="new").location for _ in range(2)}
    assert places == {f"{LIST}/NEW?done=added"}
    with web_database.read() as session:
        assert session.scalar(select(func.count(NumberSeries.id))) == 2


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("description", "x" * 101, "more than 100 characters"),
        ("new.starting_date", "", "Starting Date: “” is not a date."),
        ("new.starting_date", "\x01", "is not a date."),
        ("new.starting_date", "2026-01-01", "Two lines begin on 1 Jan 2026."),
        ("new.starting_no", "", "The Starting No. is empty."),
        ("new.starting_no", "T", "“T” holds no digits"),
        ("new.starting_no", "T" * 21, "longer than the 20 characters"),
        ("new.ending_no", "U-9", "“U-9” is not counted up from T-1."),
        ("new.warning_no", "T-0", "T-0 comes before the Starting No. T-1."),
        ("new.increment_by", "0", "“0” is not an Increment-by No."),
        ("new.last_no_used", "T\x00", "cannot be printed or seen"),
        ("1.ending_no", "X-099", "“X-099” is not counted up from S-001."),
        ("1.last_no_used", "S-100", "The Last No. Used S-100 comes after the Ending No. S-099."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    supervisor: PageClient, web_database: Database, field: str, value: str, said: str
) -> None:
    page = supervisor.get(CARD)
    refused = save(supervisor, page, **(NEW_LINE | {"new.ending_no": "T-9", field: value}))
    assert refused.status == 422
    assert said in refused.words
    assert at_fault(refused) == {field}
    assert field == "new.starting_no" or text(refused, "new.starting_no") == "T-1"
    assert lines_of(web_database) == [("S-001", "")]
    line = field.partition(".")[0]
    for details in refused.all("details", id_=f"line-{line}"):
        assert details.get("open") is not None


def test_a_line_is_added_changed_and_removed(
    supervisor: PageClient, web_database: Database
) -> None:
    page = supervisor.get(CARD)
    page = supervisor.follow(save(supervisor, page, **NEW_LINE, **{"1.last_no_used": "s-009"}))
    assert lines_of(web_database) == [("S-001", "S-009"), ("T-1", "")]
    assert "1 Jan 2027" in page.words
    assert "1 Jan 2026 S-001 last used S-009 In force" in page.words
    assert "Next S-010" in page.words
    assert "2027-01-01 Starting No." in page.words
    page = supervisor.follow(save(supervisor, page, **{"2.remove": "on"}))
    assert lines_of(web_database) == [("S-001", "S-009")]
    assert not page.all("input", name="1.remove")


def test_a_line_to_be_removed_stays_ticked_when_the_card_is_refused(supervisor: PageClient) -> None:
    page = supervisor.get(CARD)
    refused = save(supervisor, page, **{"1.remove": "on", "description": "x" * 101})
    assert is_on(refused, "1.remove")
    assert text(refused, "1.starting_no") == "S-001"
    shown = save(supervisor, refused, **{"1.remove": "on", "description": "Serials"})
    assert shown.status == 303


def test_switches_are_kept_as_they_were_sent(supervisor: PageClient) -> None:
    page = supervisor.get(CARD)
    assert (is_on(page, "default_nos"), is_on(page, "manual_nos")) == (True, False)
    fields = {element.get("name"): element.get("value", "") for element in page.all("input")}
    sent = {name: value for name, value in fields.items() if name and name != "default_nos"}
    sent.pop("1.remove")
    saved = supervisor.follow(supervisor.post(CARD, **(sent | {"manual_nos": "on"})))
    assert (is_on(saved, "default_nos"), is_on(saved, "manual_nos")) == (False, True)


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(
    supervisor: PageClient, app: Flask
) -> None:
    other = PageClient(app)
    other.sign_in("SUE", PASSWORD)
    page = supervisor.get(CARD)
    theirs = {"1.ending_no": "S-050", "description": "Of chairs"}
    assert save(other, other.get(CARD), **theirs, **NEW_LINE).status == 303
    mine = {"1.warning_no": "S-040", "new.starting_date": "2028-01-01", "new.starting_no": "U1"}
    refused = save(supervisor, page, **mine)
    assert refused.status == 422
    assert "Somebody else changed this card" in refused.words
    rows = " ".join("".join(refused.all("section", id_="meanwhile")[0].itertext()).split())
    for now in ("S-050", "Of chairs", "T-1"):
        assert now in rows
    assert text(refused, "1.ending_no") == "S-050"
    assert text(refused, "1.warning_no") == "S-040"
    assert text(refused, "new.starting_no") == "U1"
    assert save(supervisor, refused).status == 303


def test_a_line_that_went_meanwhile_is_gone_from_the_card(
    supervisor: PageClient, app: Flask
) -> None:
    other = PageClient(app)
    other.sign_in("SUE", PASSWORD)
    page = supervisor.get(CARD)
    assert save(other, other.get(CARD), **{"1.remove": "on"}).status == 303
    refused = save(supervisor, page, **{"1.warning_no": "S-040", "description": "Mine"})
    assert refused.status == 422
    assert not refused.all("input", name="1.warning_no")
    assert text(refused, "description") == "Mine"


def test_numbers_that_are_taken_meanwhile_are_no_change(
    supervisor: PageClient, web_database: Database, clock: Clock
) -> None:
    page = supervisor.get(CARD)
    web_database.write(lambda s: take_numbers(s, "SN", clock.now.date(), 5))
    assert save(supervisor, page, description="Serials").status == 303
    assert lines_of(web_database) == [("S-001", "S-005")]


@pytest.mark.parametrize(
    "read",
    [
        "",
        "[]",
        "{}",
        "[" * 9999,
        '{"code": "SN"}',
        {"1.starting_date": "soon"},
        {"1.starting_no": "\x00"},
        {"1.starting_no": 7},
        {"x.starting_no": "1"},
        {"code": None},
    ],
)
def test_a_form_that_no_card_sends_is_refused(supervisor: PageClient, read: object) -> None:
    page = supervisor.get(CARD)
    if isinstance(read, dict):
        read = json.dumps(json.loads(text(page, "read")) | read)
    refused = save(supervisor, page, read=str(read))
    assert refused.status == 422
    assert "did not come as the card sends it" in refused.words


def test_a_series_is_deleted_or_says_why_it_stays(
    supervisor: PageClient, web_database: Database, clock: Clock
) -> None:
    page = supervisor.get(CARD)
    removed = supervisor.follow(supervisor.post_form(f"{CARD}/removal", page, "removal"))
    assert "The series is removed." in removed.words
    assert "No number series yet" in removed.words
    assert supervisor.get(CARD).status == 404
    web_database.write(lambda s: add_series(s, "SN", "S-001"))
    web_database.write(lambda s: take_numbers(s, "SN", clock.now.date(), 1))
    refused = supervisor.post_form(f"{CARD}/removal", supervisor.get(CARD), "removal")
    assert refused.status == 422
    assert "No. series SN has given numbers up to S-001." in refused.words


def test_the_list_says_what_each_series_gives_today(
    supervisor: PageClient, web_database: Database
) -> None:
    def work(session: Session) -> None:
        add_series(session, "DONE", "9", ending_no="9", last_no_used="9")
        add_series(session, "LOW", "1", ending_no="9", warning_no="5", last_no_used="6")
        add_series(session, "ONE", "1", ending_no="9", warning_no="5", last_no_used="8")
        add_series(session, "OPEN", "1", warning_no="5", last_no_used="6")
        session.add(NumberSeries(code="EMPTY"))

    web_database.write(work)
    words = {
        "".join(row.itertext()).split()[0]: " ".join("".join(row.itertext()).split()[1:-2])
        for row in supervisor.get(LIST).all("li", class_="card record")
    }
    assert words == {
        "DONE": "No number left",
        "EMPTY": "No line in force",
        "LOW": "3 numbers left Next 7",
        "ONE": "1 number left Next 9",
        "OPEN": "Warning No. reached Next 7",
        "SN": "Next S-001",
    }


def test_the_list_is_read_a_part_at_a_time(
    supervisor: PageClient, web_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(number_series, "ROWS_MAX", 2)
    for code in ("A", "B", "TAIL"):
        web_database.write(lambda s, c=code: add_series(s, c, "1").id)  # type: ignore[misc] # a default of a lambda
    first = supervisor.get(LIST)
    [more] = [link for link in first.all("a") if "".join(link.itertext()).strip() == "More"]
    assert more.get("href") == f"{LIST}?after=B"
    last = supervisor.get(more.get("href"))
    assert "By Code, after B" in last.words
    assert "TAIL" in last.words
    assert "These are all." in last.words
    assert "No further number series" in supervisor.get(f"{LIST}?after=ZZ").words


@pytest.mark.parametrize("code", ["NONE", "A%00B", "X" * 300])
def test_a_series_that_is_not_there_has_no_card(supervisor: PageClient, code: str) -> None:
    assert supervisor.get(f"{LIST}/{code}").status == 404
