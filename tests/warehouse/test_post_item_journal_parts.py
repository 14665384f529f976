"""Checking and posting in parts: the same as at once, and nobody else meanwhile."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.jobs.post_item_journal_job import request_posting
from scanner_app.warehouse import post_item_journal_parts as parts
from scanner_app.warehouse.frozen_item_journal import thaw
from scanner_app.warehouse.item_journal_lines import delete_item_journal_line
from scanner_app.warehouse.journal_tracking_lines import add_tracking_line
from scanner_app.warehouse.post_item_journal_parts import (
    check_in_parts,
    lock_lines,
    post_next_part,
)
from scanner_app.warehouse.set_up_item_journal_batch import (
    delete_item_journal_batch,
    find_item_journal_batch,
)
from scanner_app.warehouse.update_item_tracking import update_item_tracking_lines
from tests.builders import Warehouse, another_location, lot, serial
from tests.warehouse.item_journals import (
    BATCH,
    add_batch,
    add_line,
    edit_batch,
    edit_line,
    line_nos,
    parts_of,
    post_batch,
    posted,
    problems,
    remove_line,
)
from tests.warehouse.journal_tracking import on_line
from tests.warehouse.masters import MOMENT, Goods
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken
from tests.warehouse.place_cards import BY, refusal_of
from tests.warehouse.workbooks import Book, plan_of, publish_seen, send


@pytest.fixture(autouse=True)
def silver(white: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """BALANCES with Item Tracking on Lines, two places, and parts of two lines."""
    add_batch(white)
    parts_of(monkeypatch, 2)
    another_location(white, "GOLD", "G-1")
    return another_location(white, "SILVER", "S-1")


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot")


def batch_of(session: Session) -> ItemJournalBatch:
    batch = find_item_journal_batch(session, BATCH)
    assert batch is not None
    return batch


def problems_in_parts(white: Warehouse) -> dict[int, str]:
    with white.database.read() as session:
        found = check_in_parts(session, batch_of(session))
        return {no: fault.code for part in found for no, fault in part.problems.items()}


def problems_at_once(white: Warehouse, monkeypatch: pytest.MonkeyPatch) -> dict[int, str]:
    parts_of(monkeypatch, 2_000)
    found = problems(white)
    parts_of(monkeypatch, 2)
    return found


def post_part(white: Warehouse) -> int:
    """Post the next part, and say how many lines it had."""

    def work(session: Session) -> int:
        return post_next_part(session, batch_of(session).id, white.by).lines

    return white.write(work)


def freeze_lines(white: Warehouse) -> int:
    def work(session: Session) -> int:
        batch, lines = lock_lines(session, BATCH)
        return request_posting(session, batch, lines, white.by, post=True).id

    return white.write(work)


def test_a_serial_leaves_in_one_part_before_it_arrives_in_another(
    silver: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    goods = silver.add_item("SERIALS", "serial")
    for number in ("S1", "S2", "S3"):
        add_line(silver, item_no="SERIALS", serial_no=number, document_no="FIRST")
    for _ in range(2):
        post_part(silver)
    for number in ("S1", "S2", "S3"):
        there = {"location": "GOLD", "bin": "G-1"}
        add_line(silver, item_no="SERIALS", serial_no=number, **there)
        add_line(silver, item_no="SERIALS", serial_no=number, quantity="-1")
    assert problems_in_parts(silver) == problems_at_once(silver, monkeypatch) == {}
    assert [post_part(silver) for _ in range(3)] == [2, 2, 2]
    assert line_nos(silver) == []
    assert [(e.serial_no, e.quantity) for e in posted(silver)] == [
        *((number, -1) for number in ("S1", "S2", "S3")),
        *((number, 1) for number in ("S1", "S2", "S3")),
    ]
    assert silver.in_bins(goods) == {("G-1", serial(no)): 1 for no in ("S1", "S2", "S3")}
    assert len({entry.register_id for entry in posted(silver)}) == 3
    silver.assert_sound()


def test_a_part_knows_what_the_parts_before_it_change(
    silver: Warehouse, goods: Goods, monkeypatch: pytest.MonkeyPatch
) -> None:
    silver.add_item("SERIALS", "serial")
    add_line(silver, lot_no="L1", quantity="5")
    post_part(silver)
    for _ in range(4):
        add_line(silver, lot_no="L1", quantity="2", entry_type="Sale")
    for _ in range(3):
        add_line(silver, item_no="SERIALS", serial_no="S1")
    assert problems_in_parts(silver) == {
        30_000: "InventoryInsufficient",
        40_000: "InventoryInsufficient",
        60_000: "SerialAlreadyOnInventory",
        70_000: "SerialAlreadyOnInventory",
    }
    assert problems_in_parts(silver) == problems_at_once(silver, monkeypatch)


def test_a_date_is_the_same_in_every_part(
    silver: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    silver.add_item("FRESH", "lot", use_expiration_dates=True)
    for day in ("2030-01-01", "2030-01-01", "2030-01-01", "2031-01-01"):
        add_line(silver, item_no="FRESH", lot_no="L1", expiration_date=day)
    assert problems_in_parts(silver) == {40_000: "ExpirationDateDiffers"}
    assert problems_in_parts(silver) == problems_at_once(silver, monkeypatch)


def test_a_part_is_posted_whole_or_not_at_all(silver: Warehouse, goods: Goods) -> None:
    for fields in ({"lot_no": "L1"}, {"lot_no": "L2"}, {"lot_no": "L3"}, {"lot_no": ""}):
        add_line(silver, **fields)
    assert post_part(silver) == 2
    refusal_of(lambda: post_part(silver), "NumberMissing")
    assert silver.in_ledger(goods) == {lot("L1"): 1, lot("L2"): 1}
    assert line_nos(silver) == [30_000, 40_000]
    silver.assert_sound()


def test_there_is_a_limit_for_parts_too(
    silver: Warehouse, goods: Goods, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in ("L1", "L2", "L3"):
        add_line(silver, lot_no=number)
    monkeypatch.setattr(parts, "LINES_IN_PARTS_MAX", 2)
    refusal_of(lambda: freeze_lines(silver), "JournalTooLong")


def change_line(white: Warehouse) -> None:
    edit_line(white, 30_000, quantity="7")


def post_what_is_frozen(white: Warehouse) -> None:
    post_batch(white)


def delete_batch(white: Warehouse) -> None:
    white.write(lambda session: delete_item_journal_batch(session, BATCH, BY))


def change_batch(white: Warehouse) -> None:
    edit_batch(white, description="Other")


def name_a_number(white: Warehouse) -> None:
    white.write(on_line(30_000, add_tracking_line, {"lot_no": "L9"}))


def move_numbers(white: Warehouse) -> None:
    white.write(lambda session: update_item_tracking_lines(session, BATCH))


def upload_rows(white: Warehouse) -> None:
    send(white, Book("", [{"item_no": "GOODS", "location": "SILVER", "quantity": "3"}]))


@pytest.mark.parametrize(
    "verb",
    [
        lambda white: add_line(white, lot_no="L9"),
        change_line,
        lambda white: remove_line(white, 30_000),
        post_what_is_frozen,
        freeze_lines,
        change_batch,
        delete_batch,
        name_a_number,
        move_numbers,
        upload_rows,
    ],
)
def test_nobody_touches_what_is_frozen(
    silver: Warehouse, goods: Goods, verb: Callable[[Warehouse], object]
) -> None:
    for number in ("L1", "L2", "L3"):
        add_line(silver, lot_no=number)
    freeze_lines(silver)
    post_part(silver)
    told = refusal_of(lambda: verb(silver), "JournalFrozen")
    assert f"WORKER has its lines checked or posted in parts since {MOMENT}; 2 of 3" in told
    assert line_nos(silver) == [30_000]
    silver.write(lambda session: thaw(batch_of(session)))
    edit_line(silver, 30_000, quantity="7")


def test_a_file_that_waits_is_not_published_into_a_frozen_journal(
    silver: Warehouse, goods: Goods
) -> None:
    add_line(silver, lot_no="L1")
    book = Book("", [{"item_no": "GOODS", "location": "SILVER", "quantity": "3"}])
    waiting = send(silver, book)
    seen = plan_of(silver, waiting).digest
    freeze_lines(silver)
    refusal_of(lambda: publish_seen(silver, waiting, seen), "JournalFrozen")


@pytest.mark.parametrize("missing", ["posting_job_id", "frozen_by_id", "frozen_lines"])
def test_the_table_knows_no_half_frozen_batch(
    silver: Warehouse, goods: Goods, missing: str
) -> None:
    add_line(silver, lot_no="L1")
    freeze_lines(silver)
    statement = update(ItemJournalBatch).values(**{missing: None})
    with pytest.raises(IntegrityError):
        silver.write(lambda session: session.execute(statement))


@ON_POSTGRESQL
def test_who_freezes_while_a_line_is_deleted_waits_for_it(silver: Warehouse, goods: Goods) -> None:
    for number in ("L1", "L2", "L3"):
        add_line(silver, lot_no=number)

    def delete(session: Session) -> None:
        delete_item_journal_line(session, BATCH, 20_000)

    def freeze(session: Session) -> None:
        batch, lines = lock_lines(session, BATCH)
        request_posting(session, batch, lines, silver.by, post=True)

    assert overtaken(silver, delete, freeze) is None
    with silver.database.read() as session:
        assert session.scalars(select(ItemJournalBatch.frozen_lines)).one() == 2


@ON_POSTGRESQL
def test_of_two_supervisors_at_once_one_posts(silver: Warehouse, goods: Goods) -> None:
    for number in ("L1", "L2", "L3"):
        add_line(silver, lot_no=number)

    def freeze(session: Session) -> None:
        batch, lines = lock_lines(session, BATCH)
        request_posting(session, batch, lines, silver.by, post=True)

    fault = overtaken(silver, freeze, freeze)
    assert isinstance(fault, RuleRefused)
    assert fault.code == "JournalFrozen"
