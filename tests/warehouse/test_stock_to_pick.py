"""What a pick reads of the stock: what comes first and no more, and never with another outcome."""

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.warehouse.bin import BlockMovement
from scanner_app.warehouse.create_pick import PlannedLine
from scanner_app.warehouse.first_held_stock import CONTENTS_OF_A_LINE
from scanner_app.warehouse.held_stock import all_held
from scanner_app.warehouse.pickable_stock import LeftOut
from tests.builders import Warehouse, days, lot, serial
from tests.inventory.information_cards import block
from tests.warehouse.counting import count
from tests.warehouse.documents import Part, add_movement, add_shipment
from tests.warehouse.masters import Goods
from tests.warehouse.picks import STRICT, picked, plan, why_not

BINS = [f"P{number:02d}" for number in range(12)]
MANY = 30
FIRST = "scanner_app.warehouse.first_held_stock"
READ_FIRST_CONTENTS = f"{FIRST}.FirstHeldStock.read_first_contents"
ADD_UP_CONTENTS = f"{FIRST}.FirstHeldStock.add_up_contents"
ALL_HELD = "scanner_app.warehouse.stock_to_pick.all_held"
BY_DATE_AND_BY_BIN = pytest.mark.parametrize("fefo", [True, False], ids=["by date", "by bin"])


def forbid(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Fail when one of these is asked."""

    def refuse(*_: object) -> None:
        pytest.fail("more was read than is needed")

    for name in names:
        monkeypatch.setattr(name, refuse)


def read_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be read but all that there is."""
    for name in (READ_FIRST_CONTENTS, ADD_UP_CONTENTS):
        monkeypatch.setattr(name, lambda *_: {})


def fill(white: Warehouse, goods: Goods, **fields: Any) -> None:  # noqa: ANN401 - fields of any kind
    """Five of a lot of its own in each of many contents; the highest number came first."""
    for number in reversed(range(MANY)):
        if BINS[number % len(BINS)] not in white.bins:
            white.add_bin(BINS[number % len(BINS)], bin_ranking=number % 4)
        white.stock(goods, BINS[number % len(BINS)], 5, lot(f"L{number:02d}"), **fields)


@BY_DATE_AND_BY_BIN
def test_of_many_contents_only_the_first_are_read(
    white: Warehouse, monkeypatch: pytest.MonkeyPatch, *, fefo: bool
) -> None:
    white.change(white.location, pick_according_to_fefo=fefo)
    goods = white.add_item("LOT", "lot", use_expiration_dates=True)
    fill(white, goods, expiration_date=days(9))
    forbid(monkeypatch, ALL_HELD, ADD_UP_CONTENTS)
    found = picked(white, Part(goods, 7), Part(goods, 2))
    by_date = [("P00", lot("L00"), 5), ("P01", lot("L01"), 2), ("P01", lot("L01"), 2)]
    by_bin = [("P03", lot(""), 5), ("P03", lot(""), 2), ("P03", lot(""), 2)]
    assert found == (by_date if fefo else by_bin)


@BY_DATE_AND_BY_BIN
def test_for_more_than_the_first_contents_all_are_added_up_and_not_read(
    white: Warehouse, monkeypatch: pytest.MonkeyPatch, *, fefo: bool
) -> None:
    white.change(white.location, pick_according_to_fefo=fefo)
    goods = white.add_item("LOT", "lot", use_expiration_dates=True)
    fill(white, goods, expiration_date=days(9))
    forbid(monkeypatch, ALL_HELD)
    found = picked(white, Part(goods, 5 * MANY - 1))
    assert [quantity for _, _, quantity in found] == [5] * (MANY - 1) + [4]
    assert {numbers == lot("") for _, numbers, _ in found} == {not fefo}


def test_the_number_stays_open_when_the_first_contents_are_just_enough(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    fill(white, goods)
    found = picked(white, Part(goods, 5 * CONTENTS_OF_A_LINE))
    assert {numbers for _, numbers, _ in found} == {lot("")}


def test_added_up_too_numbers_without_a_date_come_last(white: Warehouse) -> None:
    white.change(white.location, pick_according_to_fefo=True)
    goods = white.add_item("LOT", "lot", use_expiration_dates=True)
    white.stock(goods, "A", 900, lot("A-UNDATED"))
    fill(white, goods, expiration_date=days(9))
    found = picked(white, Part(goods, 5 * (CONTENTS_OF_A_LINE + 2)))
    assert [numbers for _, numbers, _ in found] == [lot(f"L{n:02d}") for n in range(len(found))]


def test_a_claim_without_a_number_may_mean_a_named_one(white: Warehouse) -> None:
    goods = white.add_item("SERIAL", "serial")
    for number in ("S1", "S2"):
        white.stock(goods, "A", 1, serial(number))
    add_movement(white, "A", "B", Part(goods, 2))
    assert why_not(white, Part(goods, 1, serial("S2"))) == {LeftOut.ON_OTHER_DOCUMENTS: 1}


def test_a_named_serial_is_picked_beside_a_claim_that_finds_another(white: Warehouse) -> None:
    goods = white.add_item("SERIAL", "serial")
    for number in ("S1", "S2", "S3"):
        white.stock(goods, "A", 1, serial(number))
    add_movement(white, "A", "B", Part(goods, 1))
    parts = [Part(goods, 1, serial(number)) for number in ("S2", "S1", "S3")]
    lines = plan(white, add_shipment(white, *parts))
    assert [line.taken_base for line in lines] == [1, 1, 0]
    assert lines[2].left_out == {LeftOut.ON_OTHER_DOCUMENTS: 1}
    assert picked(white, parts[0], Part(goods, 2)) == [
        ("A", serial("S2"), 1),
        ("A", serial("S3"), 1),
    ]


def test_a_line_with_numbers_is_planned_before_one_without(white: Warehouse) -> None:
    goods = white.add_item("SERIAL", "serial")
    for number in ("S1", "S2"):
        white.stock(goods, "A", 1, serial(number))
    lines = plan(white, add_shipment(white, Part(goods, 2), Part(goods, 1, serial("S1"))))
    assert [line.taken_base for line in lines] == [1, 1]
    assert [pair.numbers for line in lines for pair in line.pairs] == [serial("S2"), serial("S1")]


def test_what_is_blocked_beside_a_named_number_meets_no_claim(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    for number in ("L1", "L2"):
        white.stock(goods, "A", 4, lot(number))
    block(white, NumberKind.LOT, "LOT", "L2")
    add_movement(white, "A", "B", Part(goods, 3))
    assert picked(white, Part(goods, 4, lot("L1"))) == [("A", lot("L1"), 1)]


def test_a_claim_of_another_unit_or_bin_stands_against_no_named_number(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot", units={"BOX": 6})
    for bin_code, unit in (("A", "PCS"), ("A", "BOX"), ("B", "PCS")):
        white.stock(goods, bin_code, 6, lot("L1"), unit=unit)
    add_movement(white, "A", "C", Part(goods, 6, unit="BOX"))
    add_movement(white, "B", "C", Part(goods, 5))
    found = picked(white, Part(goods, 12, lot("L1")))
    assert found == [("A", lot("L1"), 6), ("B", lot("L1"), 1)]


def test_all_of_an_item_is_read_only_where_it_falls_short(
    white: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def remember(*arguments: Any) -> object:  # noqa: ANN401 - those of `all_held`
        asked.append(arguments[-1])
        return all_held(*arguments)

    monkeypatch.setattr(ALL_HELD, remember)
    enough, short = white.add_item("ENOUGH"), white.add_item("SHORT")
    white.stock(enough, "A", 5)
    white.stock(short, "A", 5)
    lines = plan(white, add_shipment(white, Part(enough, 4), Part(short, 6)))
    assert [line.short_base for line in lines] == [0, 1]
    assert asked == [{(short.id, short.variant_id)}]


@pytest.mark.parametrize("seed", range(6))
def test_what_is_read_first_gives_the_pick_that_all_would_give(
    white: Warehouse, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    shipment_id = build(white, chance)
    monkeypatch.setattr(f"{FIRST}.CONTENTS_OF_A_LINE", chance.choice((1, 3, 50)))
    monkeypatch.setattr(f"{FIRST}.BINS_TO_A_CONTENT", chance.choice((1, 4, 100)))
    first = said(plan(white, shipment_id))
    read_all(monkeypatch)
    assert first == said(plan(white, shipment_id))
    assert any(line[0] for line in first)


def said(lines: Sequence[PlannedLine]) -> list[tuple[object, ...]]:
    """What is said of the lines; of one that gets all it needs nothing is left out."""
    return [
        (line.taken_base, line.short_base, line.left_out, line.found_since, pairs_of(line))
        for line in lines
    ]


def pairs_of(line: PlannedLine) -> list[tuple[object, ...]]:
    return [
        (pair.take_bin_id, pair.numbers, pair.quantity, pair.expiration_date) for pair in line.pairs
    ]


def build(white: Warehouse, chance: random.Random) -> int:
    """Stock of all kinds with whatever keeps it out of a pick, other work, and a shipment."""
    white.change(white.location, pick_according_to_fefo=chance.random() < 0.7)
    add_bins(white, chance)
    strict: dict[str, Any] = STRICT
    items = [
        white.add_item("STRICT", "lot", units={"BOX": 6}, **strict),
        white.add_item("DATED", "lot", use_expiration_dates=True),
        white.add_item("SERIAL", "serial"),
    ]
    for goods in items:
        stock_somewhere(white, goods, chance)
    for goods in items[:2]:
        block(white, NumberKind.LOT, goods.item.no, f"L{chance.randrange(8):02d}")
    block(white, NumberKind.SERIAL, "SERIAL", "S03")
    add_movement(white, "A", "B", Part(items[0], 3, lot("AT-A")), Part(items[1], 4))
    count(white, {"C": [Part(items[1], 2, lot("FOUND"), days(3))]})
    return add_shipment(white, *(demand(goods, chance) for goods in items * 3))


def add_bins(white: Warehouse, chance: random.Random) -> None:
    for code in BINS:
        closed = chance.choice((BlockMovement.OUTBOUND, BlockMovement.ALL))
        unfit = chance.choice(({}, {}, {}, {"dedicated": True}, {"block_movement": closed}))
        kind = chance.choice(("PUTPICK", "PUTPICK", "PUTAWAY", ""))
        white.add_bin(code, kind, bin_ranking=chance.randrange(3))
        if unfit:
            white.change(white.bins[code], **dict(unfit))


def stock_somewhere(white: Warehouse, goods: Goods, chance: random.Random) -> None:
    is_serial = goods.item.no == "SERIAL"
    for number in range(16):
        code = chance.choice([*BINS, "A", "RECV"])
        if is_serial:
            white.stock(goods, code, 1, serial(f"S{number:02d}"))
            continue
        quantity = Decimal(chance.randrange(1, 40)) / 2
        name = f"L{number % 8:02d}"
        expires = None if number % 8 == 7 else days(number % 8 * 3 - 6)
        white.stock(goods, code, quantity, lot(name), expiration_date=expires)
    if not is_serial:
        white.stock(goods, "A", 4, lot("AT-A"), expiration_date=days(2))


def demand(goods: Goods, chance: random.Random) -> Part:
    if goods.item.no == "SERIAL":
        return Part(goods, chance.randrange(1, 4), serial(chance.choice(("", "S01", "S02"))))
    unit = chance.choice([*goods.units, "PCS"])
    number = chance.choice(("", "", "L01", "L04"))
    return Part(goods, chance.randrange(1, 30), lot(number), unit=unit)
