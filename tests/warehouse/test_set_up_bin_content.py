"""Bin contents: an item gets a place in a bin, and put-aways fill it first."""

import pytest

from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.activity import ActionType
from scanner_app.warehouse.bin_content_card import blank_content_card, list_bin_contents
from scanner_app.warehouse.set_up_bin import find_bin
from scanner_app.warehouse.set_up_bin_content import (
    change_bin_content,
    create_bin_content,
    delete_bin_content,
)
from tests.builders import Warehouse, another_location, lot
from tests.warehouse.documents import Part, lines_of, receive
from tests.warehouse.masters import Goods
from tests.warehouse.place_cards import BY, logged, refusal_of


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    goods = white.add_item("GOODS", "lot", units={"BOX": 6})
    white.change(goods.item, qty_rounding_precision=1)
    return goods


def add(white: Warehouse, bin_code: str = "C", *, at: str = "WHITE", **fields: str) -> int:
    typed = blank_content_card() | {"item_no": "goods"} | fields
    return white.write(lambda session: create_bin_content(session, at, bin_code, typed, BY))


def cards(white: Warehouse, bin_code: str = "C") -> dict[int, TextCard]:
    with white.database.read() as session:
        bin_ = find_bin(session, white.location.id, bin_code)
        assert bin_ is not None
        return {content_id: card for content_id, card, _ in list_bin_contents(session, bin_)}


def save(white: Warehouse, content_id: int, read: TextCard, **fields: str) -> None:
    white.write(
        lambda session: change_bin_content(
            session, "WHITE", "C", content_id, as_read=read, typed=read | fields, change=BY
        )
    )


def placed(white: Warehouse, *parts: Part) -> list[tuple[str, int]]:
    """Where the put-away of what is received goes, and how much."""
    codes = {bin_.id: code for code, bin_ in white.bins.items()}
    return [
        (codes[line.bin_id or 0], int(line.quantity))
        for line in lines_of(white, receive(white, *parts))
        if line.action_type is ActionType.PLACE
    ]


def test_a_put_away_fills_the_place_of_an_item_first(white: Warehouse, goods: Goods) -> None:
    white.change(white.location, require_put_away=True)
    assert placed(white, Part(goods, 2, lot("L1"))) == [("A", 2)]
    add(white, unit="pcs", max_qty="3")
    assert placed(white, Part(goods, 5, lot("L2"))) == [("C", 3), ("A", 2)]


@pytest.mark.usefixtures("goods")
def test_a_content_says_what_was_typed(white: Warehouse) -> None:
    key = add(white, max_qty=" 20 ")
    other = add(white, unit="BOX", fixed="No")
    usual = {"item_no": "GOODS", "variant": "", "is_default": "No", "min_qty": ""}
    assert cards(white) == {
        other: usual | {"unit": "BOX", "fixed": "No", "max_qty": ""},
        key: usual | {"unit": "PCS", "fixed": "Yes", "max_qty": "20"},
    }


@pytest.mark.usefixtures("goods")
def test_a_content_is_changed_and_keeps_its_item(white: Warehouse) -> None:
    white.add_item("OTHER")
    key = add(white, max_qty="2")
    read = cards(white)[key]
    save(white, key, read, max_qty="", fixed="No", item_no="OTHER")
    kept = {"item_no": "GOODS", "variant": "", "unit": "PCS", "fixed": "No", "max_qty": ""}
    assert cards(white)[key] == kept | {"is_default": "No", "min_qty": ""}
    refusal_of(lambda: save(white, key, read, max_qty="9"), "CardChanged")
    assert logged(white, "bin_content", "WHITE C")["Max. Qty."] == ("2", "")


@pytest.mark.usefixtures("goods")
def test_an_item_has_one_content_in_a_bin_and_unit(white: Warehouse) -> None:
    add(white)
    refusal_of(lambda: add(white, unit="PCS"), "BinContentTaken")
    add(white, unit="BOX")
    add(white, "B")


@pytest.mark.usefixtures("goods")
@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"item_no": ""}, "NameMissing"),
        ({"item_no": "NONE"}, "RecordNotFound"),
        ({"unit": "KG"}, "RecordNotFound"),
        ({"variant": "RED"}, "RecordNotFound"),
        ({"max_qty": "0.5"}, "QuantityTooFine"),
        ({"max_qty": "many"}, "QuantityNotReadable"),
        ({"min_qty": "0.5"}, "QuantityTooFine"),
        ({"min_qty": "9", "max_qty": "8"}, "MinAboveMax"),
    ],
)
def test_what_cannot_be_is_refused(white: Warehouse, fields: dict[str, str], refusal: str) -> None:
    refusal_of(lambda: add(white, **fields), refusal)


@pytest.mark.usefixtures("goods")
def test_a_location_that_is_not_directed_holds_base_units(white: Warehouse) -> None:
    another_location(white, "BASIC", "SHELF")
    add(white, "SHELF", at="BASIC")
    refusal_of(lambda: add(white, "SHELF", at="BASIC", unit="BOX"), "BaseUnitOnly")
    refusal_of(lambda: add(white, "NONE", at="BASIC"), "RecordUnknown")


@pytest.mark.usefixtures("goods")
def test_a_content_is_deleted_and_what_lies_there_stays(white: Warehouse) -> None:
    key = add(white)

    def remove() -> None:
        white.write(lambda session: delete_bin_content(session, "WHITE", "C", key, BY))

    remove()
    assert cards(white) == {}
    assert logged(white, "bin_content", "WHITE C")["Item No."] == ("GOODS", "")
    refusal_of(remove, "BinContentGone")


@pytest.mark.usefixtures("goods")
def test_a_minimum_is_at_most_the_maximum(white: Warehouse) -> None:
    add(white, min_qty="8", max_qty="8")
    add(white, "B", min_qty="9")
    assert sorted(card["min_qty"] for card in cards(white).values()) in (["8"], ["8", "9"])
