"""Which bins a put-away finds by the lines of a template (docs/domain.md 6.12)."""

from decimal import Decimal

import pytest

from scanner_app.warehouse.activity import ActionType
from scanner_app.warehouse.bin_content import BinContent
from tests.builders import Warehouse, another_location, lot
from tests.warehouse.documents import Part, lines_of, receive
from tests.warehouse.masters import Goods
from tests.warehouse.put_away_templates import (
    BELOW,
    EMPTY,
    FIXED,
    FLOATING,
    SAME,
    UNIT,
    add_template,
)

NONE = ("", 10)


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    """Bins by ranking: A holds another item, B holds the item in boxes, C is the item's place.

    D is the place of another item, E is empty. What finds no bin gets a line without one.
    """
    white.change(white.location, require_put_away=True, always_create_put_away_line=True)
    goods, other = white.add_item("LOT", "lot", units={"BOX": 6}), white.add_item("OTHER")
    for code, ranking in (("D", 8), ("E", 5)):
        white.add_bin(code, bin_ranking=ranking)
    white.stock(other, "A", 5)
    white.stock(goods, "B", 2, lot("L1"), unit="BOX")
    content(white, goods, "C", max_qty=4, min_qty=2)
    content(white, other, "D")
    return goods


def content(white: Warehouse, goods: Goods, bin_code: str, **fields: int | bool) -> None:
    unit = "PCS"
    row = BinContent(
        location_id=white.bins[bin_code].location_id,
        bin_id=white.bins[bin_code].id,
        item_id=goods.id,
        variant_id=goods.variant_id,
        unit_of_measure_id=goods.units[unit][0],
        **({"fixed": True} | {name: _number(value) for name, value in fields.items()}),
    )
    white.write(lambda session: session.add(row))


def _number(value: int | bool) -> Decimal | bool:  # noqa: FBT001 - a column's value
    return value if isinstance(value, bool) else Decimal(value)


def placed(white: Warehouse, goods: Goods, unit: str = "PCS") -> list[tuple[str, int]]:
    """Where ten that are received should go, and how many."""
    codes = {bin_.id: code for code, bin_ in white.bins.items()}
    return [
        (codes.get(line.bin_id or 0, ""), int(line.quantity))
        for line in lines_of(white, receive(white, Part(goods, 10, lot("L9"), unit=unit)))
        if line.action_type is ActionType.PLACE
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], [NONE]),
        ([{FIXED}], [("C", 4), ("", 6)]),
        ([{FIXED, UNIT}], [("C", 4), ("", 6)]),
        ([{BELOW}], [("C", 4), ("", 6)]),
        ([{FLOATING}], [("A", 10)]),
        ([set()], [("A", 10)]),
        ([{FLOATING, SAME}], [("B", 10)]),
        ([{FLOATING, UNIT}], [NONE]),
        ([{EMPTY}], [("E", 10)]),
        ([{FIXED, EMPTY}], [("C", 4), ("", 6)]),
        ([{FIXED}, {FLOATING, SAME}], [("C", 4), ("B", 6)]),
        ([{EMPTY}, {FIXED}], [("E", 10)]),
    ],
)
def test_each_line_finds_its_bins_in_order(
    white: Warehouse, goods: Goods, lines: list[set[str]], expected: list[tuple[str, int]]
) -> None:
    add_template(white, "TEST", *lines)
    white.change(white.location, put_away_template_code="TEST")
    assert placed(white, goods) == expected


def test_a_place_in_another_unit_counts_where_no_unit_is_asked(
    white: Warehouse, goods: Goods
) -> None:
    add_template(white, "ANY", {FIXED})
    white.change(white.location, put_away_template_code="ANY")
    assert placed(white, goods, "BOX") == [("C", 10)]
    add_template(white, "UNIT", {FIXED, UNIT})
    white.change(white.location, put_away_template_code="UNIT")
    assert placed(white, goods, "BOX") == [("", 10)]


def test_a_bin_at_its_minimum_is_not_below_it(white: Warehouse, goods: Goods) -> None:
    add_template(white, "MIN", {BELOW})
    white.change(white.location, put_away_template_code="MIN")
    white.stock(goods, "C", 2, lot("L1"))
    assert placed(white, goods) == [NONE]


def test_what_other_put_aways_bring_counts_for_the_minimum(white: Warehouse, goods: Goods) -> None:
    add_template(white, "MIN", {BELOW})
    white.change(white.location, put_away_template_code="MIN")
    assert placed(white, goods) == [("C", 4), ("", 6)]
    assert placed(white, goods) == [NONE]


def test_a_content_that_is_not_fixed_says_the_most_of_a_floating_bin(
    white: Warehouse, goods: Goods
) -> None:
    add_template(white, "SAME", {FLOATING, SAME, UNIT})
    white.change(white.location, put_away_template_code="SAME")
    content(white, goods, "E", fixed=False, max_qty=7)
    assert placed(white, goods) == [("E", 7), ("", 3)]


def test_the_template_of_the_item_comes_before_that_of_the_location(
    white: Warehouse, goods: Goods
) -> None:
    add_template(white, "SAME", {FLOATING, SAME})
    add_template(white, "EMPTY", {EMPTY})
    white.change(white.location, put_away_template_code="SAME")
    assert placed(white, goods) == [("B", 10)]
    white.change(goods.item, put_away_template_code="EMPTY")
    assert placed(white, goods) == [("E", 10)]


def test_without_a_template_the_usual_order_holds(white: Warehouse, goods: Goods) -> None:
    assert placed(white, goods) == [("C", 4), ("E", 6)]
    assert placed(white, goods, "BOX") == [("B", 10)]


def test_default_bins_come_before_every_template(white: Warehouse, goods: Goods) -> None:
    silver = another_location(
        white, "SILVER", "S-1", "S-2", "DOCK", require_put_away=True, bin_mandatory=True
    )
    silver.change(silver.location, receipt_bin_id=silver.bins["DOCK"].id)
    add_template(white, "EMPTY", {EMPTY})
    silver.change(silver.location, put_away_template_code="EMPTY")
    assert placed(silver, goods) == [("S-1", 10)]
    content(silver, goods, "S-2", fixed=False, is_default=True, max_qty=4)
    assert placed(silver, goods) == [("S-2", 4), ("S-1", 6)]
