"""Default bins of a location without directed put-away and pick (docs/domain.md 4.7)."""

import pytest
from sqlalchemy import select

from scanner_app.inventory.location import DefaultBinSelection
from scanner_app.warehouse.activity import ActionType
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.bin_content_card import FIELDS, blank_content_card, fields_at
from scanner_app.warehouse.set_up_bin_content import change_bin_content, create_bin_content
from tests.builders import Warehouse, another_location
from tests.warehouse.documents import Part, lines_of, move, receive
from tests.warehouse.item_journals import add_batch, add_line, line_card, post_batch
from tests.warehouse.masters import Goods
from tests.warehouse.place_cards import BY, refusal_of

BINS = ("S-1", "S-2", "S-3")


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS")


@pytest.fixture
def silver(white: Warehouse, goods: Goods) -> Warehouse:
    """A location with bins, and a journal in which lines of goods are typed."""
    assert goods.id
    add_batch(white)
    return another_location(white, "SILVER", *BINS)


def content(white: Warehouse, bin_code: str, *, at: str = "SILVER", **fields: str) -> int:
    typed = blank_content_card() | {"item_no": "GOODS", "is_default": "Yes"} | fields
    return white.write(lambda session: create_bin_content(session, at, bin_code, typed, BY))


def enter(white: Warehouse, bin_code: str = "", **fields: str) -> int:
    """Type a line of ten of the goods."""
    usual = {"item_no": "GOODS", "location": "SILVER", "bin": bin_code, "quantity": "10"}
    return add_line(white, **(usual | fields))


def put(white: Warehouse, *bin_codes: str) -> None:
    """Post ten of the goods into each of the bins, in one journal."""
    for code in bin_codes:
        enter(white, code)
    post_batch(white)


def defaults(white: Warehouse) -> list[tuple[str, bool]]:
    """The default bins, and whether they are fixed."""
    row = BinContent
    named = select(Bin.code, row.fixed).join(Bin, Bin.id == row.bin_id).where(row.is_default)
    with white.database.read() as session:
        return [(code, fixed) for code, fixed in session.execute(named.order_by(Bin.code))]


def contents(white: Warehouse) -> int:
    with white.database.read() as session:
        return len(session.scalars(select(BinContent.id)).all())


@pytest.mark.usefixtures("silver")
def test_a_line_that_is_typed_without_a_bin_gets_the_default_bin(white: Warehouse) -> None:
    content(white, "S-2")
    assert line_card(white, enter(white))["bin"] == "S-2"
    assert line_card(white, enter(white, "S-1"))["bin"] == "S-1"


@pytest.mark.usefixtures("silver")
def test_without_a_default_the_bin_is_left_to_people(white: Warehouse) -> None:
    assert line_card(white, enter(white))["bin"] == ""
    another_location(white, "YARD")
    assert line_card(white, enter(white, location="YARD"))["bin"] == ""


@pytest.mark.usefixtures("silver")
def test_an_item_has_one_default_bin(white: Warehouse) -> None:
    key = content(white, "S-2")
    assert refusal_of(lambda: content(white, "S-1"), "DefaultBinTaken").startswith(
        "Bin S-2 is the default bin of item GOODS at SILVER already."
    )
    read = blank_content_card() | {"item_no": "GOODS", "unit": "PCS", "is_default": "Yes"}
    white.write(
        lambda session: change_bin_content(
            session, "SILVER", "S-2", key, as_read=read, typed=read | {"max_qty": "5"}, change=BY
        )
    )
    assert defaults(white) == [("S-2", True)]
    content(white, "S-1", is_default="No")


@pytest.mark.usefixtures("goods")
def test_a_directed_location_has_no_default_bins(white: Warehouse) -> None:
    refusal_of(lambda: content(white, "C", at="WHITE"), "DefaultBinNotUsed")
    offered = [each.name for each in fields_at(white.location, blank_content_card())]
    assert offered == [each.name for each in FIELDS if each.name != "is_default"]


def test_a_card_offers_default_where_it_may_be_or_is_on(
    white: Warehouse, silver: Warehouse
) -> None:
    """One that was named before a location directed put-aways can be switched off."""
    blank = blank_content_card()
    assert fields_at(silver.location, blank) == FIELDS
    assert fields_at(white.location, blank, blank | {"is_default": "Yes"}) == FIELDS


def test_a_put_away_fills_the_default_bin_first(white: Warehouse, goods: Goods) -> None:
    green = another_location(
        white, "GREEN", "DOCK", *BINS, require_receive=True, require_put_away=True
    )
    green.change(green.location, receipt_bin_id=green.bins["DOCK"].id)
    content(white, "S-1", at="GREEN", is_default="No")
    content(white, "S-3", at="GREEN", fixed="No", max_qty="4")
    places = {bin_.id: code for code, bin_ in green.bins.items()}
    placed = [
        (places[line.bin_id or 0], line.quantity)
        for line in lines_of(green, receive(green, Part(goods, 10)))
        if line.action_type is ActionType.PLACE
    ]
    assert placed == [("S-3", 4), ("S-1", 6)]


def test_fixed_bin_keeps_the_first_bin(white: Warehouse, silver: Warehouse) -> None:
    white.change(silver.location, default_bin_selection=DefaultBinSelection.FIXED_BIN)
    put(white, "S-2", "S-1")
    assert defaults(white) == [("S-2", True)]
    put(white, "S-3")
    assert defaults(white) == [("S-2", True)]
    assert line_card(white, enter(white))["bin"] == "S-2"


def test_last_used_bin_follows_the_goods(white: Warehouse, silver: Warehouse, goods: Goods) -> None:
    white.change(silver.location, default_bin_selection=DefaultBinSelection.LAST_USED_BIN)
    put(white, "S-2", "S-1")
    assert (defaults(white), contents(white)) == ([("S-1", False)], 1)
    move(silver, "S-1", "S-3", Part(goods, 2))
    assert (defaults(white), contents(white)) == ([("S-3", False)], 1)
    put(white, "S-3")
    assert defaults(white) == [("S-3", False)]


def test_a_bin_that_says_more_keeps_its_content(white: Warehouse, silver: Warehouse) -> None:
    content(white, "S-2", max_qty="50")
    content(white, "S-1", is_default="No", fixed="No", max_qty="50")
    white.change(silver.location, default_bin_selection=DefaultBinSelection.LAST_USED_BIN)
    put(white, "S-1")
    assert (defaults(white), contents(white)) == ([("S-1", False)], 2)


def test_what_stands_at_a_dock_belongs_elsewhere(white: Warehouse, silver: Warehouse) -> None:
    white.change(
        silver.location,
        default_bin_selection=DefaultBinSelection.LAST_USED_BIN,
        receipt_bin_id=silver.bins["S-1"].id,
    )
    put(white, "S-1")
    assert contents(white) == 0


@pytest.mark.usefixtures("silver")
def test_nothing_is_selected_where_the_location_says_nothing(white: Warehouse) -> None:
    put(white, "S-1")
    assert contents(white) == 0
