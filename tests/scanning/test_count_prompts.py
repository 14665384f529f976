"""A count asks for the next bin, what lies in it, and what is missing of it (10.7)."""

import pytest
from sqlalchemy import update

from scanner_app.scanning.count_prompts import Found
from scanner_app.warehouse.warehouse_journal import BinCount, BinCountState, WarehouseJournalBatch
from tests.scanning.floor import Floor, Handheld


@pytest.fixture
def count(floor: Floor) -> Handheld:
    return floor.opened("count", "COUNT-01")


def set_every_bin(floor: Floor, state: BinCountState) -> None:
    """As if every bin of the count were open, or closed, by now."""
    floor.write(
        lambda s: s.execute(
            update(BinCount).where(BinCount.batch_id == floor.batch(s).id).values(state=state)
        )
    )


def test_a_fresh_count_asks_for_its_first_bin(count: Handheld) -> None:
    prompt = count.count_prompt
    assert (prompt.question, prompt.next_bin_code) == ("bin", "W-01-0101")
    assert (prompt.closed, prompt.total, prompt.bin_code) == (0, 6, "")


def test_an_open_bin_asks_for_what_lies_in_it_and_shows_what_was_found(count: Handheld) -> None:
    count.codes("W-02-0202", "PKG-000101")
    count.type("5")
    prompt = count.count_prompt
    assert (prompt.question, prompt.bin_code) == ("unit", "W-02-0202")
    assert [(row.words, row.quantity, row.unit) for row in prompt.found] == [
        ("3040 Package No. PKG-000101", 5, "PCS")
    ]


def test_what_was_taken_back_is_not_shown(count: Handheld) -> None:
    count.codes("W-02-0102", "CB01")
    count.type("12")
    count.scan("CB01")
    count.type("0", "quantity-replace")
    assert count.count_prompt.found == ()


def test_a_blind_count_never_shows_what_is_booked(floor: Floor, count: Handheld) -> None:
    count.codes("W-02-0102", "CB01")
    prompt = count.count_prompt
    assert prompt.booked == ()
    assert (prompt.question, prompt.asked_for, prompt.unit) == (
        "quantity",
        "3030 Lot No. CB01",
        "BAG",
    )
    assert "12" not in str(prompt)


def test_a_guided_count_shows_what_is_booked(floor: Floor, count: Handheld) -> None:
    batch = floor.read(floor.batch)
    floor.change(WarehouseJournalBatch, batch.id, blind=False)
    count.scan("W-01-0101")
    [first, *_] = booked = count.count_prompt.booked
    assert len(booked) == 3
    assert isinstance(first, Found)
    assert ("1001" in first.words, first.quantity, first.unit) == (True, 1, "PCS")
    count.scan("DR-1004")
    assert len(count.count_prompt.booked) == 3


def test_a_question_names_what_it_is_about_and_what_was_counted_of_it(count: Handheld) -> None:
    count.codes("W-02-0102", "CB01")
    assert count.count_prompt.counted == 0
    count.type("7")
    count.scan("CB01")
    assert (count.count_prompt.question, count.count_prompt.counted) == ("quantity", 7)


def test_each_question_is_asked_by_its_own_name(count: Handheld) -> None:
    count.codes("W-02-0102", "9521234030300")
    assert (count.count_prompt.question, count.count_prompt.asked_for) == ("lot", "3030")
    count.scan("CB03")
    assert count.count_prompt.question == "date"


def test_a_closed_bin_leads_to_the_next(count: Handheld) -> None:
    count.codes("W-01-0101", "1001", "W-01-0101")
    prompt = count.count_prompt
    assert (prompt.question, prompt.next_bin_code, prompt.closed) == ("bin", "W-01-0102", 1)


def test_a_bin_that_another_worker_has_open_is_waited_for(floor: Floor, count: Handheld) -> None:
    set_every_bin(floor, BinCountState.OPEN)
    prompt = count.count_prompt
    assert (prompt.question, prompt.next_bin_code) == ("bin", "")


def test_when_every_bin_is_closed_the_count_is_complete(floor: Floor, count: Handheld) -> None:
    set_every_bin(floor, BinCountState.CLOSED)
    prompt = count.count_prompt
    assert (prompt.question, prompt.closed, prompt.total) == ("complete", 6, 6)


def test_a_bin_that_was_closed_on_another_device_is_open_here_no_more(
    floor: Floor, count: Handheld
) -> None:
    count.codes("W-01-0101", "1001")
    floor.opened("count", "COUNT-01").codes("W-01-0101", "W-01-0101")
    assert count.count_prompt.question == "bin"
