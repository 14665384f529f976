"""The variants of an item: added, described, blocked, and removed while nothing names them."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from scanner_app.access.change_log import CardChanged
from scanner_app.inventory.item import ItemVariant
from scanner_app.inventory.item_part_refusals import (
    VariantCodeMissing,
    VariantInUse,
    VariantTaken,
)
from scanner_app.inventory.tracking_information import LotNoInformation
from scanner_app.records import CodeNotReadable, CodeTooLong
from scanner_app.scanning.count_work import counted_item
from scanner_app.scanning.given import GivenUnit
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.item_part_use import place_of_variant
from scanner_app.warehouse.physical_inventory import count_of_bin, count_units, open_bin
from scanner_app.warehouse.set_up_item_reference import REFERENCES
from scanner_app.warehouse.set_up_item_variant import VARIANTS
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch
from tests.builders import Warehouse
from tests.warehouse.counting import add_count, seen
from tests.warehouse.documents import Part, add_receipt
from tests.warehouse.item_parts import Parts
from tests.warehouse.masters import Goods
from tests.warehouse.test_query_plans import plans_of


@pytest.fixture
def vest(white: Warehouse) -> Goods:
    return white.add_item("VEST")


@pytest.fixture
def variants(white: Warehouse, vest: Goods) -> Parts:
    parts = Parts(white, VARIANTS, vest.item.no)
    parts.add(code="m", description="Medium")
    return parts


@pytest.fixture
def medium(vest: Goods, variants: Parts) -> Goods:
    """The variant as documents name it."""
    row_id, _ = variants.cards()["M"]
    return replace(vest, variant_id=row_id)


def test_a_variant_is_added_described_blocked_and_removed(variants: Parts) -> None:
    variants.edit("M", description="Middle", blocked="Yes")
    assert variants.cards()["M"][1] == {"code": "M", "description": "Middle", "blocked": "Yes"}
    variants.remove("M")
    assert set(variants.cards()) == {""}
    assert variants.logged() == [
        ("Code", "", "M"),
        ("Description", "", "M: Medium"),
        ("Blocked", "", "M: No"),
        ("Description", "M: Medium", "M: Middle"),
        ("Blocked", "M: No", "M: Yes"),
        ("Code", "M", ""),
        ("Description", "M: Middle", ""),
        ("Blocked", "M: Yes", ""),
    ]


def test_a_code_stands_once_and_is_a_code(variants: Parts) -> None:
    variants.refuses_to_add(VariantTaken, code="M")
    variants.refuses_to_add(CodeTooLong, code="X" * 11)
    variants.refuses_to_add(CodeNotReadable, code="A\x00")


def test_the_blank_variant_is_neither_added_changed_nor_removed(variants: Parts) -> None:
    variants.refuses_to_add(VariantCodeMissing, code=" ")
    variants.refuses_to_edit(VariantCodeMissing, "", description="Any")
    variants.refuses_to_remove(VariantCodeMissing, "")


def assert_stays(variants: Parts, place: str) -> None:
    assert place in variants.refuses_to_remove(VariantInUse, "M")
    variants.edit("M", blocked="Yes")


def test_entries_keep_their_variant_for_good(
    white: Warehouse, medium: Goods, variants: Parts
) -> None:
    white.stock(medium, "A", 1)
    white.stock(medium, "A", -1)
    assert_stays(variants, "item ledger entries")


def test_an_open_document_keeps_its_variant(
    white: Warehouse, medium: Goods, variants: Parts
) -> None:
    add_receipt(white, Part(medium, 2))
    assert_stays(variants, "RE0001")


def test_what_was_ever_counted_keeps_its_variant(
    white: Warehouse, medium: Goods, variants: Parts
) -> None:
    batch_id = add_count(white, "A", name="COUNT")

    def see(session: Session) -> None:
        batch, bin_ = session.get_one(WarehouseJournalBatch, batch_id), white.bins["A"]
        opened = count_of_bin(session, batch, bin_)
        open_bin(session, opened, bin_, white.by)
        for quantity in (2, -2):
            count_units(session, opened, [seen(Part(medium, quantity))], white.by, None)

    white.write(see)
    assert_stays(variants, "what was counted of it")


def test_a_variant_that_is_removed_while_a_counter_has_it_in_the_hand_is_counted_as_the_item(
    white: Warehouse, vest: Goods, variants: Parts
) -> None:
    row_id, _ = variants.cards()["M"]
    unit = GivenUnit(item_id=vest.id, variant_id=row_id)
    batch_id = add_count(white, "A", name="COUNT")

    def counted(session: Session) -> int:
        batch = session.get_one(WarehouseJournalBatch, batch_id)
        return counted_item(session, unit, count_of_bin(session, batch, white.bins["A"])).variant_id

    assert white.write(counted) == row_id
    variants.remove("M")
    assert white.write(counted) == vest.variant_id


def test_the_rules_of_a_bin_keep_its_variant(
    white: Warehouse, medium: Goods, variants: Parts
) -> None:
    content = BinContent(
        location_id=white.location.id,
        bin_id=white.bins["A"].id,
        item_id=medium.id,
        variant_id=medium.variant_id,
        unit_of_measure_id=medium.units["PCS"][0],
    )
    white.write(lambda session: session.add(content))
    assert_stays(variants, "in use: A.")


def test_a_reference_and_an_information_card_keep_their_variant(
    white: Warehouse, medium: Goods, variants: Parts
) -> None:
    references = Parts(white, REFERENCES, "VEST")
    references.add(reference_no="VEST-M", variant="M")
    assert_stays(variants, "VEST-M")
    references.remove("VEST-M")
    card = LotNoInformation(item_id=medium.id, variant_id=medium.variant_id, lot_no="L1")
    white.write(lambda session: session.add(card))
    assert "information card" in variants.refuses_to_remove(VariantInUse, "M")


def test_a_second_editor_is_told_what_changed(variants: Parts) -> None:
    row_id, read = variants.cards()["M"]
    variants.edit("M", blocked="Yes")
    with pytest.raises(CardChanged) as refused:
        variants.save(row_id, read, read | {"description": "Middle"})
    assert refused.value.parameters["count"] == 1


def test_what_was_posted_of_a_variant_is_found_by_an_index(
    white: Warehouse, variants: Parts
) -> None:
    row_id, _ = variants.cards()["M"]
    plan = plans_of(
        white, lambda session: place_of_variant(session, session.get_one(ItemVariant, row_id))
    )
    assert "SCAN item_ledger_entry" not in plan
    assert "SCAN bin_balance" not in plan
