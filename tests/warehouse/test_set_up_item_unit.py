"""The units in which an item counts: added, changed and removed while nothing stands in them."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from scanner_app.access.change_log import CardChanged
from scanner_app.inventory.item import Item, ItemUnit, UnitOfMeasure
from scanner_app.inventory.item_part_refusals import (
    BaseUnitIsOne,
    ItemPartGone,
    ItemUnitInUse,
    ItemUnitMissing,
    ItemUnitTaken,
    ItemUnitUnknown,
    QtyPerUnitNotReadable,
)
from scanner_app.inventory.item_refusals import ItemUnknown
from scanner_app.scanning.count_work import counted_item
from scanner_app.scanning.given import GivenUnit
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.item_part_use import place_of_unit
from scanner_app.warehouse.physical_inventory import count_of_bin, count_units, open_bin
from scanner_app.warehouse.set_up_item_reference import REFERENCES
from scanner_app.warehouse.set_up_item_unit import UNITS
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch
from tests.builders import Warehouse
from tests.warehouse.counting import add_count, count, seen
from tests.warehouse.documents import Part, add_receipt
from tests.warehouse.item_parts import Parts
from tests.warehouse.masters import Goods
from tests.warehouse.test_query_plans import plans_of


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("CUP", units={"BOX": 6})


@pytest.fixture
def units(white: Warehouse, goods: Goods) -> Parts:
    white.write(lambda session: session.add(UnitOfMeasure(code="PALLET", description="Pallet")))
    return Parts(white, UNITS, goods.item.no)


def test_a_unit_is_added_and_logged(units: Parts) -> None:
    units.add(code="pallet", qty_per_unit_of_measure="240,5")
    _, card = units.cards()["PALLET"]
    assert card == {"code": "PALLET", "qty_per_unit_of_measure": "240.5"}
    assert units.logged() == [
        ("Unit of Measure", "", "PALLET"),
        ("Qty. per Unit of Measure", "", "PALLET: 240.5"),
    ]


@pytest.mark.parametrize("typed", ["", "0", "-1", "1.000001", "many", "1e3", "9" * 14])
def test_what_is_no_number_above_0_with_five_decimals_is_refused(units: Parts, typed: str) -> None:
    units.refuses_to_add(QtyPerUnitNotReadable, code="PALLET", qty_per_unit_of_measure=typed)
    units.refuses_to_edit(QtyPerUnitNotReadable, "BOX", qty_per_unit_of_measure=typed)


def test_a_unit_is_one_of_the_units_of_measure_and_stands_once(units: Parts) -> None:
    units.refuses_to_add(ItemUnitMissing, qty_per_unit_of_measure="1")
    units.refuses_to_add(ItemUnitUnknown, code="ELL", qty_per_unit_of_measure="1")
    units.refuses_to_add(ItemUnitUnknown, code="A\x00", qty_per_unit_of_measure="1")
    units.refuses_to_add(ItemUnitTaken, code="BOX", qty_per_unit_of_measure="1")


def test_the_base_unit_is_1_and_stays(units: Parts) -> None:
    units.refuses_to_edit(BaseUnitIsOne, "PCS", qty_per_unit_of_measure="2")
    units.refuses_to_remove(BaseUnitIsOne, "PCS")


def test_a_unit_that_nothing_stands_in_is_changed_and_removed(units: Parts) -> None:
    units.edit("BOX", qty_per_unit_of_measure="8")
    assert units.cards()["BOX"][1]["qty_per_unit_of_measure"] == "8"
    units.remove("BOX")
    assert set(units.cards()) == {"PCS"}
    assert units.logged() == [
        ("Qty. per Unit of Measure", "BOX: 6", "BOX: 8"),
        ("Unit of Measure", "BOX", ""),
        ("Qty. per Unit of Measure", "BOX: 8", ""),
    ]


def test_a_unit_that_is_saved_as_it_was_is_not_logged(units: Parts) -> None:
    units.edit("BOX", qty_per_unit_of_measure="6.0")
    assert units.logged() == []


def assert_stays(units: Parts, place: str) -> None:
    said = units.refuses_to_edit(ItemUnitInUse, "BOX", qty_per_unit_of_measure="8")
    assert place in said
    assert place in units.refuses_to_remove(ItemUnitInUse, "BOX")


def test_item_ledger_entries_keep_their_unit_for_good(
    white: Warehouse, goods: Goods, units: Parts
) -> None:
    white.stock(goods, "A", 1, unit="BOX")
    white.stock(goods, "A", -1, unit="BOX")
    assert_stays(units, "item ledger entries")


def test_entries_in_another_unit_keep_nothing(white: Warehouse, goods: Goods, units: Parts) -> None:
    white.stock(goods, "A", 5)
    units.edit("BOX", qty_per_unit_of_measure="8")


def test_entries_keep_another_unit_of_one_too(white: Warehouse) -> None:
    goods = white.add_item("JUG", units={"EACH": 1})
    units = Parts(white, UNITS, "JUG")
    white.stock(goods, "A", 1)
    units.edit("EACH", qty_per_unit_of_measure="2")
    units.edit("EACH", qty_per_unit_of_measure="1")
    white.stock(goods, "A", 1, unit="EACH")
    units.refuses_to_remove(ItemUnitInUse, "EACH")


def test_what_only_the_warehouse_ledger_knows_keeps_its_unit(
    white: Warehouse, goods: Goods, units: Parts
) -> None:
    count(white, {"A": [Part(goods, 2, unit="BOX")]})
    assert_stays(units, "warehouse entries")


def test_an_open_document_keeps_its_unit(white: Warehouse, goods: Goods, units: Parts) -> None:
    add_receipt(white, Part(goods, 2, unit="BOX"))
    assert_stays(units, "RE0001")


def test_what_was_counted_in_an_open_bin_keeps_its_unit(
    white: Warehouse, goods: Goods, units: Parts
) -> None:
    batch_id = add_count(white, "A", name="COUNT")

    def see(session: Session) -> None:
        batch, bin_ = session.get_one(WarehouseJournalBatch, batch_id), white.bins["A"]
        opened = count_of_bin(session, batch, bin_)
        open_bin(session, opened, bin_, white.by)
        count_units(session, opened, [seen(Part(goods, 2, unit="BOX"))], white.by, None)

    white.write(see)
    assert_stays(units, "what was counted of it")


def test_the_rules_of_a_bin_keep_its_unit(white: Warehouse, goods: Goods, units: Parts) -> None:
    content = BinContent(
        location_id=white.location.id,
        bin_id=white.bins["A"].id,
        item_id=goods.id,
        variant_id=goods.variant_id,
        unit_of_measure_id=goods.units["BOX"][0],
        fixed=True,
    )
    white.write(lambda session: session.add(content))
    assert_stays(units, "in use: A.")


def test_a_reference_keeps_its_unit_from_being_removed_only(white: Warehouse, units: Parts) -> None:
    Parts(white, REFERENCES, "CUP").add(reference_no="SIX-CUPS", unit="BOX")
    assert "SIX-CUPS" in units.refuses_to_remove(ItemUnitInUse, "BOX")
    units.edit("BOX", qty_per_unit_of_measure="8")


def test_the_unit_of_put_aways_is_not_removed(white: Warehouse, goods: Goods, units: Parts) -> None:
    box = goods.units["BOX"][0]
    change = update(Item).where(Item.id == goods.id).values(put_away_unit_of_measure_id=box)
    white.write(lambda session: session.execute(change))
    assert "Put-away Unit" in units.refuses_to_remove(ItemUnitInUse, "BOX")


def test_a_row_that_is_gone_says_so(white: Warehouse, units: Parts) -> None:
    row_id, read = units.cards()["BOX"]
    units.remove("BOX")
    with pytest.raises(ItemPartGone):
        units.save(row_id, read, read)
    with pytest.raises(ItemPartGone):
        units.remove_row(row_id, read)
    with pytest.raises(ItemUnknown):
        Parts(white, UNITS, "NOWHERE").add(code="BOX", qty_per_unit_of_measure="1")


def test_a_row_of_another_item_is_not_touched(white: Warehouse, units: Parts) -> None:
    white.add_item("JUG")
    row_id, read = units.cards()["BOX"]
    with pytest.raises(ItemPartGone):
        Parts(white, UNITS, "JUG").remove_row(row_id, read)


def test_a_second_editor_is_told_what_changed(units: Parts) -> None:
    row_id, read = units.cards()["BOX"]
    units.edit("BOX", qty_per_unit_of_measure="8")
    with pytest.raises(CardChanged) as refused:
        units.save(row_id, read, read | {"qty_per_unit_of_measure": "9"})
    assert refused.value.parameters["count"] == 1
    with pytest.raises(CardChanged):
        units.remove_row(row_id, read)


def test_a_unit_that_is_removed_while_a_counter_has_it_in_the_hand_is_counted_in_the_next(
    white: Warehouse, goods: Goods, units: Parts
) -> None:
    unit = GivenUnit(item_id=goods.id, unit_of_measure_id=goods.units["BOX"][0])
    batch_id = add_count(white, "A", name="COUNT")
    units.remove("BOX")

    def counted(session: Session) -> str:
        batch = session.get_one(WarehouseJournalBatch, batch_id)
        return counted_item(session, unit, count_of_bin(session, batch, white.bins["A"])).unit

    assert white.write(counted) == "PCS"


def test_what_was_posted_in_a_unit_is_found_by_an_index(
    white: Warehouse, goods: Goods, units: Parts
) -> None:
    row_id, _ = units.cards()["BOX"]
    plan = plans_of(
        white, lambda session: place_of_unit(session, session.get_one(ItemUnit, row_id))
    )
    assert "ix_item_ledger_entry_unit" in plan
    assert "SCAN item_ledger_entry" not in plan
    assert "SCAN bin_balance" not in plan
