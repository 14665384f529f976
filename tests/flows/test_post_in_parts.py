"""A journal with more lines than one transaction takes: checked and posted in parts by a job."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_ledger import ItemLedgerEntry, ItemRegister
from scanner_app.jobs import post_item_journal_job
from scanner_app.jobs import work as working
from scanner_app.jobs.job import LEASE, Job, JobGivenUp, JobKind
from scanner_app.jobs.work import work_on_jobs
from tests.demo_copies import LOADED
from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer
from tests.flows.opening_balances import open_batch
from tests.flows.test_item_journals import enter_line
from tests.warehouse.item_journals import parts_of

JOURNAL = "/item-journals/BALANCE"


@pytest.fixture(autouse=True)
def _parts_of_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    parts_of(monkeypatch, 2)


@pytest.fixture
def newcomer(handheld: Callable[[str], Handheld]) -> Newcomer:
    """Somebody with five lines in a batch."""
    newcomer = Newcomer(handheld("SUPERVISOR").pages)
    open_batch(newcomer)
    newcomer.choose("New line")
    for number in range(5):
        enter_line(newcomer, **{"Lot No.": f"BALANCE-{number}"})
    newcomer.go_back()
    return newcomer


def work(database: Database) -> None:
    work_on_jobs(database, lambda: LOADED)


def work_until(database: Database, steps: int) -> None:
    """Let a worker die after so many steps."""
    left = iter([False] * steps)
    work_on_jobs(database, lambda: LOADED, stop=lambda: next(left, True))


def look_again(newcomer: Newcomer) -> None:
    newcomer.page = newcomer.pages.get(JOURNAL)


def registers_of(database: Database) -> list[tuple[int, int]]:
    """Number and entries of each register of the batch."""
    row, entry = ItemRegister, ItemLedgerEntry
    with database.read() as session:
        of_batch = session.scalars(select(row).where(row.journal_batch_name == "BALANCE"))
        return [
            (
                each.no,
                len(session.scalars(select(entry.id).where(entry.register_id == each.id)).all()),
            )
            for each in of_batch.all()
        ]


def test_a_long_journal_is_posted_in_parts(newcomer: Newcomer, database: Database) -> None:
    assert "More than 2 lines are posted in parts of 2, each whole or not" in newcomer.page.words
    newcomer.press("Post 5 lines")
    assert "0 of 5 lines are checked." in newcomer.page.words
    assert not newcomer.page.all("form", id_="post")
    assert "New line" not in newcomer.page.words
    newcomer.choose("Look again")
    work(database)
    look_again(newcomer)
    assert "5 lines are posted." in newcomer.page.words
    first, *_, last = registers = registers_of(database)
    assert [entries for _, entries in registers] == [2, 2, 1]
    assert f"Item registers {first[0]} to {last[0]}" in newcomer.page.words
    assert "No line yet" in newcomer.page.words
    newcomer.press("OK")
    assert "5 lines are posted." not in newcomer.page.words


def test_nothing_is_posted_while_a_line_is_refused(newcomer: Newcomer, database: Database) -> None:
    newcomer.choose("Edit 50000")
    newcomer.fill_in("Bin Code", "")
    newcomer.press("Save")
    newcomer.press("Post 5 lines")
    work(database)
    look_again(newcomer)
    assert "Nothing is posted, because lines were refused." in newcomer.page.words
    assert "1 line cannot be posted" in newcomer.page.words
    assert registers_of(database) == []
    newcomer.choose("Line 50000")
    newcomer.press("Delete")
    newcomer.press("Post 4 lines")
    work(database)
    look_again(newcomer)
    assert "4 lines are posted." in newcomer.page.words


def test_check_alone_posts_nothing(newcomer: Newcomer, database: Database) -> None:
    newcomer.press("Check")
    assert "Checking" in newcomer.page.words
    work(database)
    look_again(newcomer)
    assert "Every line can be posted." in newcomer.page.words
    assert registers_of(database) == []


def test_it_is_cancelled_before_it_writes_and_not_afterwards(
    newcomer: Newcomer, database: Database
) -> None:
    newcomer.press("Post 5 lines")
    newcomer.press("Cancel")
    assert "It was cancelled. Nothing is posted." in newcomer.page.words
    newcomer.press("OK")
    newcomer.press("Post 5 lines")
    asked = newcomer.page
    work_until(database, 7)
    newcomer.press("Cancel")
    assert "2 of 5 lines of BALANCE are posted already." in newcomer.page.words
    look_again(newcomer)
    assert "2 of 5 lines are posted." in newcomer.page.words
    assert not newcomer.page.all("form", id_="cancel")
    assert (
        "BALANCE is frozen: SUPERVISOR"
        in newcomer.pages.post_form(
            f"{JOURNAL}/lines/50000", newcomer.pages.get(f"{JOURNAL}/lines/50000"), "card"
        ).words
    )
    work_on_jobs(database, lambda: LOADED.replace(year=LOADED.year + 1))
    newcomer.page = newcomer.pages.post_form(
        asked.all("form", id_="cancel")[0].get("action"), asked, "cancel"
    )
    assert "is not being checked or posted in parts." in newcomer.page.words


def test_the_page_asks_how_far_it_is(newcomer: Newcomer, database: Database) -> None:
    newcomer.press("Post 5 lines")
    [asking] = [e for e in newcomer.page.all("div") if e.get("hx-trigger") == "every 1s"]
    fragment = newcomer.pages.as_htmx.get(asking.get("hx-get"))
    assert "0 of 5 lines are checked." in fragment.words
    work(database)
    ended = newcomer.pages.as_htmx.get(asking.get("hx-get"))
    assert ended.response.headers["HX-Refresh"] == "true"


def test_a_journal_that_got_short_is_checked_at_once(
    newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts_of(monkeypatch, 5)
    newcomer.press("Check")
    assert "Every line can be posted." in newcomer.page.words


def test_a_journal_that_got_long_is_not_checked_by_its_old_link(newcomer: Newcomer) -> None:
    assert "More than 2 lines" in newcomer.pages.get(f"{JOURNAL}?check=1").words


def test_the_page_says_how_long_the_rest_takes(newcomer: Newcomer, database: Database) -> None:
    newcomer.press("Post 5 lines")
    assert "It begins in a moment." in newcomer.page.words
    ticks, left = count(), iter([False] * 4)
    work_on_jobs(
        database, lambda: LOADED + timedelta(seconds=40 * next(ticks)), lambda: next(left, True)
    )
    look_again(newcomer)
    assert "2 of 5 lines are checked." in newcomer.page.words
    assert "At this pace, up to 4 minutes are left for this." in newcomer.page.words


def test_another_supervisor_is_refused_while_it_goes_on(newcomer: Newcomer) -> None:
    before = newcomer.pages.get(JOURNAL)
    newcomer.press("Post 5 lines")
    for form_id, address in (("check", "check"), ("post", "posting")):
        page = newcomer.pages.post_form(f"{JOURNAL}/{address}", before, form_id)
        assert page.status == 422
        assert "BALANCE is frozen: SUPERVISOR has its lines checked" in page.words
        assert "0 of 5 are posted" in page.words


def test_what_changes_meanwhile_stops_the_rest_and_is_told(
    newcomer: Newcomer, database: Database
) -> None:
    newcomer.press("Post 5 lines")
    work_until(database, 7)
    block = update(Item).where(Item.no == "3020").values(blocked=True)
    database.write(lambda session: session.execute(block))
    work_on_jobs(database, lambda: LOADED + 2 * LEASE)
    look_again(newcomer)
    assert "2 of 5 lines are posted, 3 remain: " in newcomer.page.words
    assert "3020 is blocked" in newcomer.page.words
    assert "3 lines" in newcomer.page.words
    assert len(registers_of(database)) == 1


def test_a_fault_before_the_first_part_is_told(
    newcomer: Newcomer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(session: Session, job: Job, at: datetime) -> bool:
        raise JobGivenUp(attempts=5)

    newcomer.press("Post 5 lines")
    monkeypatch.setitem(working.STEPS, JobKind.POST_ITEM_JOURNAL, refuse)
    work(database)
    look_again(newcomer)
    assert "Nothing is posted: It was given up" in newcomer.page.words


def test_the_first_of_many_refused_lines_are_named(
    newcomer: Newcomer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post_item_journal_job, "PROBLEMS_TOLD_MAX", 3)
    block = update(Item).where(Item.no == "3020").values(blocked=True)
    database.write(lambda session: session.execute(block))
    newcomer.press("Check")
    work(database)
    look_again(newcomer)
    assert "5 lines cannot be posted" in newcomer.page.words
    assert "The first 3 are shown." in newcomer.page.words
    assert "Line 40000" not in newcomer.page.words
