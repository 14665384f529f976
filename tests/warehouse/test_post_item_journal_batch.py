"""Posting an item journal: every line or none, and what is wrong said of all lines at once."""

import pytest
from sqlalchemy.orm import Session

from scanner_app.warehouse import post_item_journal_batch as posting
from scanner_app.warehouse.item_journal_line_card import blank_line_card
from scanner_app.warehouse.item_journal_lines import add_item_journal_line
from tests.builders import Warehouse, another_location, lot
from tests.warehouse.item_journals import (
    BATCH,
    add_batch,
    add_line,
    edit_line,
    line_nos,
    post_batch,
    posted,
    problems,
)
from tests.warehouse.masters import DAY, Goods
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken
from tests.warehouse.place_cards import refusal_of


@pytest.fixture(autouse=True)
def silver(white: Warehouse) -> Warehouse:
    """BALANCES with Item Tracking on Lines, and SILVER with the bin S-1."""
    add_batch(white)
    return another_location(white, "SILVER", "S-1")


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot", units={"BOX": 6})


def test_lines_are_posted_to_both_ledgers_and_are_gone(silver: Warehouse, goods: Goods) -> None:
    add_line(silver, lot_no="L1", quantity="2", unit="BOX", posting_date="2026-10-31")
    add_line(silver, lot_no="L2", quantity="3", expiration_date="2030-12-31")
    assert problems(silver) == {}
    post_batch(silver)
    assert line_nos(silver) == []
    assert silver.in_ledger(goods) == {lot("L1"): 12, lot("L2"): 3}
    assert silver.in_bins(goods) == {("S-1", lot("L1")): 12, ("S-1", lot("L2")): 3}
    assert [str(entry.posting_date) for entry in posted(silver)] == ["2026-10-31", "2026-11-23"]
    silver.assert_sound()


@pytest.mark.parametrize("entry_type", ["Negative Adjmt.", "Sale"])
def test_what_leaves_is_taken_from_what_came_in(
    silver: Warehouse, goods: Goods, entry_type: str
) -> None:
    add_line(silver, lot_no="L1", quantity="5", entry_type="Purchase")
    post_batch(silver)
    add_line(silver, lot_no="L1", quantity="2", entry_type=entry_type)
    post_batch(silver)
    assert silver.in_ledger(goods) == {lot("L1"): 3}
    silver.assert_sound()


def test_a_minus_turns_the_direction_round(silver: Warehouse, goods: Goods) -> None:
    add_line(silver, lot_no="L1", quantity="5")
    post_batch(silver)
    add_line(silver, lot_no="L1", quantity="-5")
    post_batch(silver)
    assert silver.in_ledger(goods) == {}
    silver.assert_sound()


def test_every_line_that_is_refused_is_named_and_none_is_posted(
    silver: Warehouse, goods: Goods
) -> None:
    add_line(silver, lot_no="L1")
    add_line(silver)
    add_line(silver, lot_no="L2", bin="")
    add_line(silver, lot_no="L3", entry_type="Sale")
    assert problems(silver) == {
        20_000: "NumberMissing",
        30_000: "BinMissing",
        40_000: "InventoryInsufficient",
    }
    refusal_of(lambda: post_batch(silver), "BinMissing")
    assert silver.in_ledger(goods) == {}
    assert len(line_nos(silver)) == 4


def test_a_location_that_is_directed_by_now_is_refused(white: Warehouse, goods: Goods) -> None:
    blue = another_location(white, "BLUE", "B-1")
    add_line(white, location="BLUE", bin="B-1", lot_no="L1")
    white.change(blue.location, directed_put_away_and_pick=True)
    assert problems(white) == {10_000: "DirectedLocation"}
    refusal_of(lambda: post_batch(white), "DirectedLocation")


def test_a_batch_without_lines_and_one_with_too_many_are_refused(
    silver: Warehouse, goods: Goods, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal_of(lambda: post_batch(silver), "NothingToPost")
    refusal_of(lambda: problems(silver), "NothingToPost")
    monkeypatch.setattr(posting, "LINES_MAX", 2)
    for number in ("L1", "L2", "L3"):
        add_line(silver, lot_no=number)
    refusal_of(lambda: post_batch(silver), "JournalTooLong")
    assert len(line_nos(silver)) == 3
    refusal_of(lambda: post_batch(silver, "NONE"), "RecordUnknown")


def test_numbers_of_one_batch_see_each_other(silver: Warehouse) -> None:
    silver.add_item("SERIALS", "serial")
    add_line(silver, item_no="SERIALS", serial_no="S1")
    add_line(silver, item_no="SERIALS", serial_no="S1")
    assert problems(silver) == {20_000: "SerialAlreadyOnInventory"}
    edit_line(silver, 20_000, serial_no="S2")
    post_batch(silver)
    assert [entry.serial_no for entry in posted(silver)] == ["S1", "S2"]


@ON_POSTGRESQL
def test_who_enters_a_line_while_the_batch_is_posted_waits_and_keeps_it(
    silver: Warehouse, goods: Goods
) -> None:
    add_line(silver, lot_no="L1")

    def post(session: Session) -> None:
        posting.post_item_journal_batch(session, BATCH, silver.by)

    def enter(session: Session) -> None:
        typed = blank_line_card() | {
            "item_no": "GOODS",
            "location": "SILVER",
            "bin": "S-1",
            "quantity": "1",
            "document_no": "D2",
        }
        add_item_journal_line(session, BATCH, typed, DAY)

    assert overtaken(silver, post, enter) is None
    assert line_nos(silver) == [10_000]
    assert silver.in_ledger(goods) == {lot("L1"): 1}
