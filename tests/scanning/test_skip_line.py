"""A line that is skipped is asked for after the others, on this device (docs/domain.md 10.10)."""

import pytest

from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.skip_line import SKIP
from tests.scanning.floor import Floor, Handheld, spoken
from tests.scanning.test_note_missing import miss
from tests.scanning.undoing import undo

BINS = ["W-01-0202", "W-02-0101", "W-01-0101", "W-01-0601"]


def skip(handheld: Handheld) -> Outcome:
    prompt = handheld.prompt
    return handheld.scan(prompt.item_no, step=SKIP, choice=str(prompt.pair_no))


def asked(handheld: Handheld) -> str:
    return handheld.prompt.bin_code


@pytest.fixture
def picker(floor: Floor) -> Handheld:
    handheld = floor.opened("pick", "PI-00001")
    assert asked(handheld) == BINS[0]
    return handheld


def test_a_skipped_line_is_asked_for_after_the_others(picker: Handheld) -> None:
    assert spoken(skip(picker)) == (
        "3020 Lot No. P2402 is skipped. It is asked for again after the others."
    )
    assert (asked(picker), picker.prompt.next_bin_code) == (BINS[1], BINS[2])
    picker.codes("P2403", BINS[1], "DR-1003")
    assert (asked(picker), picker.prompt.next_bin_code) == (BINS[3], BINS[0])
    picker.scan("FX-5001")
    assert (asked(picker), picker.prompt.next_bin_code) == (BINS[0], "")
    assert picker.codes("P2402", BINS[0]) == ["UnitGiven", "Taken"]
    assert picker.prompt.question == "complete"


def test_when_all_are_skipped_the_next_round_begins(picker: Handheld) -> None:
    for bin_code in BINS:
        assert asked(picker) == bin_code
        skip(picker)
    assert (asked(picker), picker.prompt.next_bin_code) == (BINS[0], BINS[1])
    skip(picker)
    assert asked(picker) == BINS[1]


def test_a_skipped_line_can_be_scanned_at_any_time(picker: Handheld, floor: Floor) -> None:
    skip(picker)
    assert picker.codes("P2402", BINS[0]) == ["UnitGiven", "Taken"]
    assert floor.taken("PI-00001") == [("3020 CAN P2402", 8, BINS[0])]
    assert asked(picker) == BINS[1]


def test_what_is_in_the_hand_or_refused_leaves_lines_skipped(picker: Handheld) -> None:
    skip(picker)
    picker.scan("P2401")
    assert asked(picker) == BINS[1]
    picker.codes("P2403", BINS[1])
    picker.type("1")
    miss(picker)
    assert asked(picker) == BINS[3]


def test_another_device_is_asked_in_the_order_of_the_document(
    picker: Handheld, floor: Floor
) -> None:
    skip(picker)
    assert asked(floor.opened("pick", "PI-00001")) == BINS[0]


def test_skipping_is_undone_like_any_scan(picker: Handheld) -> None:
    skip(picker)
    assert spoken(undo(picker)) == "Undone: 3020."
    assert asked(picker) == BINS[0]


def test_a_line_that_is_done_is_not_skipped(picker: Handheld) -> None:
    done = str(picker.prompt.pair_no)
    picker.codes("P2402", BINS[0])
    assert picker.scan("-", step=SKIP, choice=done).code == "NothingLeftOfLine"
    assert picker.scan("-", step=SKIP, choice="99").code == "NothingLeftOfLine"


def test_the_lines_of_a_put_away_are_skipped_too(floor: Floor) -> None:
    handheld = floor.opened("put-away", "PA-00002")
    first = handheld.prompt.item_no, handheld.prompt.chips
    assert skip(handheld).code == "Skipped"
    assert (handheld.prompt.item_no, handheld.prompt.chips) != first
