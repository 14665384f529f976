"""The lists of information cards: what they find, in which order, a part at a time, by an index."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner_app.inventory.information_list import WantedCards, list_cards
from scanner_app.inventory.tracking_information import NumberKind
from tests.builders import Warehouse
from tests.inventory.information_cards import add, block
from tests.warehouse.test_query_plans import plans_of

LOT = NumberKind.LOT
READ_WHOLE = re.compile(r"SCAN (?:\w+_no_information|item|item_variant)(?! USING)")


@pytest.fixture
def white(white: Warehouse) -> Warehouse:
    """Lots L-01 to L-10 of PAINT, L-03 of GLUE, too, and a blocked one of GLUE."""
    for item_no in ("PAINT", "GLUE"):
        white.add_item(item_no, "serial", "lot", "package")
    for number in range(10, 0, -1):
        add(white, LOT, "PAINT", f"L-{number:02}")
    add(white, LOT, "GLUE", "L-03", description="Sticks")
    block(white, LOT, "GLUE", "X-99")
    return white


def found(white: Warehouse, rows_max: int = 50, **wanted: object) -> list[tuple[str, str]]:
    with white.database.read() as session:
        part = list_cards(session, LOT, WantedCards(**wanted), rows_max)  # type: ignore[arg-type]
    return [(row.number, row.item_no) for row in part.rows] + [("…", "")] * part.more


def all_parts(white: Warehouse, rows_max: int, **wanted: object) -> list[tuple[str, str]]:
    """Every part of a list, one after another, as somebody reads them who presses More."""
    rows: list[tuple[str, str]] = []
    after = ("", 0)
    while True:
        with white.database.read() as session:
            asked = WantedCards(after=after, **wanted)  # type: ignore[arg-type]
            part = list_cards(session, LOT, asked, rows_max)
        rows += [(row.number, row.item_no) for row in part.rows]
        if not part.more:
            return rows
        after = (part.rows[-1].number, part.rows[-1].id)


def test_cards_stand_in_the_order_of_their_numbers(white: Warehouse) -> None:
    numbers = [number for number, _ in found(white)]
    assert numbers == sorted(numbers)
    assert len(numbers) == 12


def test_a_part_says_whether_more_follow(white: Warehouse) -> None:
    assert found(white, 1) == [("L-01", "PAINT"), ("…", "")]
    assert found(white, 12)[-1] == ("X-99", "GLUE")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("L-0", 10),
        ("L-10", 1),
        ("GL", 2),
        ("PAINT", 10),
        ("X", 1),
        ("%", 0),
        ("-", 0),
    ],
)
def test_cards_are_found_by_how_their_number_or_item_begins(
    white: Warehouse, query: str, expected: int
) -> None:
    assert len(found(white, query=query)) == expected


def test_the_list_is_limited_to_blocked_cards(white: Warehouse) -> None:
    assert found(white, blocked=True) == [("X-99", "GLUE")]
    assert found(white, blocked=True, query="L") == []
    assert len(found(white, blocked=False)) == 11


def test_the_parts_make_the_whole_list_also_where_items_share_a_number(white: Warehouse) -> None:
    @settings(deadline=None, max_examples=20)
    @given(st.integers(1, 13), st.sampled_from(["", "L", "L-03", "GLUE"]))
    def check(rows_max: int, query: str) -> None:
        assert all_parts(white, rows_max, query=query) == found(white, query=query)

    check()


@pytest.mark.parametrize("kind", NumberKind)
@pytest.mark.parametrize(
    "wanted",
    [
        WantedCards(after=("L-05", 5)),
        WantedCards(after=("L-05", 5), blocked=True),
        WantedCards(after=("L-05", 5), blocked=False),
        WantedCards(query="L-0"),
        WantedCards(query="GLUE", after=("L-05", 5)),
        WantedCards(query="GLUE", blocked=True),
    ],
)
def test_every_list_is_read_by_an_index(
    white: Warehouse, kind: NumberKind, wanted: WantedCards
) -> None:
    plan = plans_of(white, lambda session: list_cards(session, kind, wanted, 50))
    assert "OFFSET" not in plan
    assert not READ_WHOLE.search(plan)
    assert "Seq Scan" not in plan


def test_blocked_cards_have_an_index_of_their_own(white: Warehouse) -> None:
    """Few of many cards are blocked: whoever asks for them does not read the others."""
    plan = plans_of(white, lambda session: list_cards(session, LOT, WantedCards(blocked=True), 50))
    assert "Seq Scan" not in plan
    if white.database.dialect == "sqlite":  # PostgreSQL asks how many cards there are
        assert "ix_lot_no_information_blocked" in plan
