"""Scans captured before the answer to a refused one was seen never go on from it.

A worker means pairs of a unit and a bin, and scans them in bursts without looking. Some codes of
a burst are read wrongly. Whatever is accepted must be a pair that was meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from scanner_app.database import Database
from scanner_app.scanning.outcomes import Outcome, Result
from scanner_app.warehouse.activity import ActionType, ActivityType
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.warehouse_journal import BinCount, CountEntry
from tests.builders import build_warehouse
from tests.reliability.bursts import Hand, Setting, a_pair, add_activity, pairs_scanned, stock
from tests.reliability.served_hall import make_scannable
from tests.warehouse.counting import add_count

pytestmark = pytest.mark.slow

SHELVES = ("A", "B", "C")
UNITS_MAX = 3
UNKNOWN = "NOBODY KNOWS THIS"
WRONG_BIN = "RECV"  # goods come from there and never go there; no count of these tests has it
EXAMPLES = {"sqlite": 40, "postgresql": 5}
_numbers = count(1)


@dataclass(frozen=True)
class Meant:
    """A unit with the bin it is for, how it is scanned, and what goes wrong with it."""

    shelf: str
    bin_first: bool
    fault: str
    """"", or which code is read wrongly or once more: unit, bin, other unit, unit twice."""


@pytest.fixture
def setting(database: Database) -> Setting:
    warehouse = build_warehouse(database)
    make_scannable(warehouse)
    serials, lots = warehouse.add_item("SERIALS", "serial"), warehouse.add_item("LOTS", "lot")
    return Setting(warehouse, serials, lots, EXAMPLES[database.dialect])


FAULTS = ["", "", "", "bin", "bin", "unit", "other unit", "unit twice"]
MEANT = st.builds(Meant, st.sampled_from(SHELVES), st.booleans(), st.sampled_from(FAULTS))
# Each burst is scanned without looking; between them the worker reads every answer.
BURSTS = st.lists(st.lists(MEANT, min_size=1, max_size=UNITS_MAX), min_size=2, max_size=4)


def codes_of(meant: Meant, unit: str, other_unit: str) -> list[tuple[str, str]]:
    """What the worker's scanner reads."""
    units = {"unit": [UNKNOWN], "other unit": [other_unit], "unit twice": [unit, unit]}
    read_units = units.get(meant.fault, [unit])
    read_bins = [WRONG_BIN] if meant.fault == "bin" else [meant.shelf]
    codes = [*read_bins, *read_units] if meant.bin_first else [*read_units, *read_bins]
    return [(code, "") for code in codes]


def scan_in_bursts(hand: Hand, bursts: Sequence[Sequence[Meant]], units: Sequence[str]) -> None:
    """Scan everything, send it all again, and demand the same answers and no further effect."""
    next_unit = iter(units)
    outcomes = []
    for burst in bursts:
        codes: list[tuple[str, str]] = []
        for meant in burst:
            codes += codes_of(meant, next(next_unit), other_unit=f"OTHER-{units[0]}")
        found = hand.burst(codes)
        assert_nothing_goes_on(found)
        outcomes += found
    assert [hand.send(scan) for scan in hand.scans] == outcomes


def assert_nothing_goes_on(outcomes: Sequence[Outcome]) -> None:
    """After the first scan of a burst that was not accepted, every other one is refused."""
    stopped = False
    for outcome in outcomes:
        if stopped:
            assert outcome.code == "EarlierScanRefused"
        stopped = stopped or outcome.result is not Result.ACCEPTED


def flat(bursts: Sequence[Sequence[Meant]]) -> list[Meant]:
    return [meant for burst in bursts for meant in burst]


@pytest.mark.parametrize("bins_are_named", [False, True], ids=["any bin", "named bins"])
def test_a_unit_never_goes_into_a_bin_that_was_meant_for_another(
    setting: Setting, *, bins_are_named: bool
) -> None:
    """Lines without a bin take any shelf: only the order of the scans keeps pairs together."""

    @settings(max_examples=setting.examples, deadline=None, derandomize=True)
    @given(BURSTS)
    def check(bursts: list[list[Meant]]) -> None:
        example = next(_numbers)
        if not bins_are_named:  # a bin that no line names cannot come first
            bursts = [[replace(m, bin_first=False) for m in burst] for burst in bursts]
        shelves = {f"S{example}-{n}": meant.shelf for n, meant in enumerate(flat(bursts))}
        stock(setting, [(number, "RECV") for number in shelves])
        no = add_activity(
            setting,
            ActivityType.PUT_AWAY,
            [
                a_pair(setting, number, "RECV", shelf if bins_are_named else None)
                for number, shelf in shelves.items()
            ],
        )
        scan_in_bursts(Hand(setting.warehouse, "put-away", no), bursts, list(shelves))
        placed = pairs_scanned(setting, no, ActionType.PLACE)
        assert placed.items() <= shelves.items()
        assert_whole_bursts_are_done(bursts, list(shelves), placed)

    check()
    setting.warehouse.assert_sound()


def test_a_lot_is_never_taken_from_a_bin_that_was_meant_for_another(setting: Setting) -> None:
    """Every lot is a pick line of its own, taken by lot and bin."""

    @settings(max_examples=setting.examples, deadline=None, derandomize=True)
    @given(BURSTS)
    def check(bursts: list[list[Meant]]) -> None:
        example = next(_numbers)
        shelves = {f"L{example}-{n}": meant.shelf for n, meant in enumerate(flat(bursts))}
        stock(setting, list(shelves.items()))
        pairs = [a_pair(setting, number, shelf, "SHIP") for number, shelf in shelves.items()]
        no = add_activity(setting, ActivityType.PICK, pairs)
        scan_in_bursts(Hand(setting.warehouse, "pick", no), bursts, list(shelves))
        taken = pairs_scanned(setting, no, ActionType.TAKE)
        assert taken.items() <= shelves.items()
        assert_whole_bursts_are_done(bursts, list(shelves), taken)

    check()
    setting.warehouse.assert_sound()


def assert_whole_bursts_are_done(
    bursts: Sequence[Sequence[Meant]], units: Sequence[str], done: dict[str, str]
) -> None:
    """What was scanned before the first fault of a burst is not lost by it."""
    next_unit = iter(units)
    for burst in bursts:
        of_burst = [(next(next_unit), meant) for meant in burst]
        for unit, meant in of_burst:
            if meant.fault not in ("", "unit twice"):
                break
            assert unit in done
            if meant.fault == "unit twice" and meant.bin_first:
                break


FOUND = st.lists(st.sampled_from(["unit", "unit", UNKNOWN]), max_size=4)
BINS = st.lists(st.tuples(st.booleans(), FOUND), min_size=1, max_size=3)


def test_in_a_count_only_a_refused_bin_stops_what_follows(setting: Setting) -> None:
    """A unit that is not known leaves the others; a bin of no count stops all after it."""

    @settings(max_examples=setting.examples, deadline=None, derandomize=True)
    @given(BINS)
    def check(found: list[tuple[bool, list[str]]]) -> None:
        example = next(_numbers)
        for n in range(len(found)):
            setting.warehouse.add_bin(f"E{example}-{n}")
        make_scannable(setting.warehouse)
        codes, counted = _walk(example, found)
        stock(
            setting,
            [(unit, bin_code) for unit, bin_code in counted.items()] or [(f"S{example}", "A")],
        )
        name = f"COUNT{example}"
        add_count(setting.warehouse, *(f"E{example}-{n}" for n in range(len(found))), name=name)
        hand = Hand(setting.warehouse, "count", name)
        outcomes = hand.burst([(code, "") for code in codes])
        assert [hand.send(scan) for scan in hand.scans] == outcomes
        assert count_entries(setting, name) == counted_before_a_wrong_bin(codes, counted)

    check()


def _walk(
    example: int, found: Sequence[tuple[bool, Sequence[str]]]
) -> tuple[list[str], dict[str, str]]:
    """The codes of a walk from bin to bin, and the bin in which each unit is meant."""
    codes: list[str] = []
    counted: dict[str, str] = {}
    for n, (bin_is_right, kinds) in enumerate(found):
        bin_code = f"E{example}-{n}"
        units = [
            UNKNOWN if kind == UNKNOWN else f"S{example}-{n}-{i}" for i, kind in enumerate(kinds)
        ]
        counted |= {unit: bin_code for unit in units if unit != UNKNOWN}
        # An empty bin is closed by scanning it once more.
        closing = [bin_code] if any(unit != UNKNOWN for unit in units) else [bin_code, bin_code]
        codes += [bin_code if bin_is_right else WRONG_BIN, *units, *closing]
    return codes, counted


def counted_before_a_wrong_bin(codes: Sequence[str], counted: dict[str, str]) -> dict[str, str]:
    stop = codes.index(WRONG_BIN) if WRONG_BIN in codes else len(codes)
    return {code: counted[code] for code in codes[:stop] if code in counted}


def count_entries(setting: Setting, name: str) -> dict[str, str]:
    """The units of a count with the bins in which they were seen."""
    statement = (
        select(CountEntry.serial_no, Bin.code)
        .join(BinCount, BinCount.id == CountEntry.bin_count_id)
        .join(Bin, Bin.id == BinCount.bin_id)
        .where(Bin.code.like(f"E{name.removeprefix('COUNT')}-%"))
    )
    with setting.warehouse.database.read() as session:
        return {serial_no: code for serial_no, code in session.execute(statement)}
