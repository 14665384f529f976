"""Setting up items: what a new item gets, and what stands against changing one."""

import pytest
from sqlalchemy import select

from scanner_app.code_index import CodeKind, meanings_of
from scanner_app.errors import RuleRefused
from scanner_app.inventory.item import ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_card import find_item
from scanner_app.inventory.item_word import item_ids_by_words, words_of
from scanner_app.warehouse.set_up_item import change_item
from tests.builders import Warehouse, lot
from tests.warehouse.item_cards import (
    add,
    add_code,
    add_lot_code,
    add_series,
    card,
    change_by,
    edit,
    logged,
    refused,
)
from tests.warehouse.put_away_templates import add_template

GTIN = "4006381333931"


@pytest.fixture
def white(white: Warehouse) -> Warehouse:
    """With the units PCS and BOX."""
    white.add_item("SEED", units={"BOX": 6})
    return white


def found_by_words(white: Warehouse, text: str) -> list[str]:
    with white.database.read() as session:
        ids = item_ids_by_words(session, words_of(text), 9)
        numbers = [find_item(session, no) for no in ("GLOVE", "SEED")]
        return [item.no for item in numbers if item and item.id in ids]


def kinds_of(white: Warehouse, code: str) -> list[str]:
    with white.database.read() as session:
        return [meaning.kind.value for meaning in meanings_of(session, [code])]


def test_a_new_item_has_its_blank_variant_and_its_base_unit_and_can_be_scanned(
    white: Warehouse,
) -> None:
    add(white, " glove ", description="Winter glove", gtin=GTIN)
    with white.database.read() as session:
        item = find_item(session, "GLOVE")
        assert item is not None
        variants = session.scalars(select(ItemVariant).where(ItemVariant.item_id == item.id))
        assert [variant.code for variant in variants] == [""]
        units = session.execute(
            select(UnitOfMeasure.code, ItemUnit.qty_per_unit_of_measure)
            .join(UnitOfMeasure, UnitOfMeasure.id == ItemUnit.unit_of_measure_id)
            .where(ItemUnit.item_id == item.id)
        )
        assert [tuple(unit) for unit in units] == [("PCS", 1)]
    assert kinds_of(white, "GLOVE") == [CodeKind.ITEM]
    assert kinds_of(white, f"0{GTIN}") == [CodeKind.GTIN]
    assert found_by_words(white, "winter") == ["GLOVE"]
    assert logged(white, "GLOVE")["Description"] == ("", "Winter glove")
    assert logged(white, "GLOVE")["Blocked"] == ("", "No")


@pytest.mark.parametrize(
    ("no", "fields", "name"),
    [
        ("", {}, "ItemNumberMissing"),
        ("  ", {}, "ItemNumberMissing"),
        ("A/B", {}, "ItemNumberNotInAddress"),
        ("..", {}, "ItemNumberNotInAddress"),
        ("X" * 21, {}, "CodeTooLong"),
        ("A\x00", {}, "CodeNotReadable"),
        ("seed", {}, "ItemNumberTaken"),
        ("NEW", {"base_unit_of_measure": ""}, "BaseUnitMissing"),
        ("NEW", {"base_unit_of_measure": "ELL"}, "BaseUnitUnknown"),
        ("NEW", {"base_unit_of_measure": "P\x00"}, "BaseUnitUnknown"),
        ("NEW", {"description": "x" * 101}, "DescriptionTooLong"),
        ("NEW", {"description": "a\u202eb"}, "DescriptionNotReadable"),
        ("NEW", {"gtin": "123"}, "GtinNotReadable"),
        ("NEW", {"gtin": "4006381333932"}, "CheckDigitWrong"),
        ("NEW", {"qty_rounding_precision": "0"}, "RoundingPrecisionNotReadable"),
        ("NEW", {"qty_rounding_precision": "fine"}, "RoundingPrecisionNotReadable"),
        ("NEW", {"item_tracking_code": "NONE"}, "TrackingCodeNotFound"),
        ("NEW", {"serial_nos": "NONE"}, "SerialNosNotFound"),
        ("NEW", {"lot_nos": "NONE"}, "LotNosNotFound"),
        ("NEW", {"expiration_calculation": "6X"}, "DateFormulaNotReadable"),
    ],
)
def test_what_is_wrong_with_a_new_item_is_refused(
    white: Warehouse, no: str, fields: dict[str, str], name: str
) -> None:
    with pytest.raises(RuleRefused) as refusal:
        add(white, no, **fields)
    assert refusal.value.code == name
    with white.database.read() as session:
        assert find_item(session, "NEW") is None


def test_numbers_need_an_item_tracking_code(white: Warehouse) -> None:
    add(white, "GLOVE")
    add_series(white, "NEW-SN")
    refused(white, "GLOVE", "SerialNosNeedTracking", serial_nos="NEW-SN")
    refused(white, "GLOVE", "LotNosNeedTracking", lot_nos="NEW-SN")
    add_lot_code(white, "LOTS")
    edit(white, "GLOVE", item_tracking_code="lots", lot_nos="new-sn", serial_nos="NEW-SN")
    assert card(white, "GLOVE")["lot_nos"] == "NEW-SN"


def test_an_expiration_calculation_needs_a_code_that_uses_dates(white: Warehouse) -> None:
    add(white, "GLOVE")
    refused(white, "GLOVE", "ExpirationNeedsDates", expiration_calculation="6M")
    add_lot_code(white, "LOTS")
    edit(white, "GLOVE", item_tracking_code="LOTS")
    refused(white, "GLOVE", "ExpirationNeedsDates", expiration_calculation="6M")
    add_lot_code(white, "DATED", use_expiration_dates=True)
    edit(white, "GLOVE", item_tracking_code="DATED", expiration_calculation="<6m>")
    assert card(white, "GLOVE")["expiration_calculation"] == "6M"
    refused(white, "GLOVE", "ExpirationNeedsDates", item_tracking_code="LOTS")
    edit(white, "GLOVE", item_tracking_code="LOTS", expiration_calculation="")


def test_an_item_says_its_warehouse_class_and_its_put_away_template(white: Warehouse) -> None:
    add(white, "ICE", warehouse_class_code="cold")
    refused(white, "ICE", "RecordNotFound", put_away_template_code="std")
    refused(white, "ICE", "FieldTooLong", warehouse_class_code="C" * 11)
    add_template(white, "STD")
    edit(white, "ICE", put_away_template_code="std")
    assert card(white, "ICE")["put_away_template_code"] == "STD"
    assert card(white, "ICE")["warehouse_class_code"] == "COLD"
    edit(white, "ICE", put_away_template_code="", warehouse_class_code="")


def test_an_item_in_the_item_ledger_keeps_its_specific_tracking(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    add_code(white, "SN", serial_specific_tracking=True)
    assert "GOODS" in refused(white, "GOODS", "TrackingFixedByLedger", item_tracking_code="SN")
    refused(white, "GOODS", "TrackingFixedByLedger", item_tracking_code="")


def test_an_item_in_the_warehouse_ledger_keeps_its_warehouse_tracking(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    add_code(white, "LOTSPEC", lot_specific_tracking=True)
    refused(white, "GOODS", "TrackingFixedByWarehouse", item_tracking_code="LOTSPEC")


def test_a_code_that_differs_in_its_flows_only_may_take_over(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    add_lot_code(white, "LOTS", lot_sales_outbound_tracking=True)
    edit(white, "GOODS", item_tracking_code="LOTS")
    assert card(white, "GOODS")["item_tracking_code"] == "LOTS"
    assert logged(white, "GOODS") == {"Item Tracking Code": ("GOODS", "LOTS")}


def test_an_item_that_was_never_posted_may_change_its_tracking(white: Warehouse) -> None:
    white.add_item("GOODS", "lot")
    edit(white, "GOODS", item_tracking_code="")
    assert card(white, "GOODS")["item_tracking_code"] == ""


def test_the_base_unit_stays_once_there_are_entries(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    said = refused(white, "GOODS", "BaseUnitFixed", base_unit_of_measure="BOX")
    assert "item ledger entries" in said


def test_the_base_unit_of_an_unused_item_may_change_and_the_gtin_goes_with_it(
    white: Warehouse,
) -> None:
    add(white, "GLOVE", gtin=GTIN)
    edit(white, "GLOVE", base_unit_of_measure="BOX")
    with white.database.read() as session:
        [meaning] = meanings_of(session, [f"0{GTIN}"])
        box = session.scalars(select(UnitOfMeasure.id).where(UnitOfMeasure.code == "BOX")).one()
        assert meaning.unit_of_measure_id == box
    edit(white, "GLOVE", base_unit_of_measure="PCS")
    refused(white, "SEED", "BaseUnitHoldsMore", base_unit_of_measure="BOX")


def test_a_gtin_names_one_item_however_many_digits_it_is_typed_with(white: Warehouse) -> None:
    add(white, "GLOVE", gtin=GTIN)
    assert "GLOVE" in refused(white, "SEED", "GtinTaken", gtin=f"0{GTIN}")
    edit(white, "GLOVE", gtin=f"0{GTIN}")
    edit(white, "GLOVE", gtin="")
    assert kinds_of(white, f"0{GTIN}") == []
    edit(white, "SEED", gtin=GTIN)


def test_a_gtin_may_be_a_reference_of_another_item(white: Warehouse) -> None:
    add(white, GTIN)
    edit(white, "SEED", gtin=GTIN)
    assert kinds_of(white, GTIN) == [CodeKind.ITEM]


def test_an_item_renamed_is_found_by_its_new_words_only(white: Warehouse) -> None:
    add(white, "GLOVE", description="Winter glove")
    edit(white, "GLOVE", description="Summer glove")
    assert found_by_words(white, "winter") == []
    assert found_by_words(white, "summer") == ["GLOVE"]
    assert logged(white, "GLOVE")["Description"] == ("Winter glove", "Summer glove")


def test_the_number_of_an_item_stays(white: Warehouse) -> None:
    add(white, "GLOVE")
    read = card(white, "GLOVE")
    typed = read | {"no": "OTHER", "description": "x"}
    white.write(lambda session: change_item(session, "GLOVE", read, typed, change_by(white)))
    assert card(white, "GLOVE")["description"] == "x"


def test_saving_what_is_there_logs_nothing(white: Warehouse) -> None:
    before = logged(white, "SEED")
    edit(white, "SEED")
    assert logged(white, "SEED") == before


def test_a_second_editor_is_told_what_changed_meanwhile(white: Warehouse) -> None:
    read = card(white, "SEED")
    edit(white, "SEED", description="Other", blocked="Yes")
    with pytest.raises(RuleRefused) as refusal:
        white.write(
            lambda session: change_item(
                session, "SEED", read, read | {"gtin": GTIN}, change_by(white)
            )
        )
    assert refusal.value.code == "CardChanged"
    assert refusal.value.parameters["count"] == 2
    assert card(white, "SEED")["gtin"] == ""


@pytest.mark.parametrize("no", ["NOWHERE", "A\x00"])
def test_an_item_that_is_not_there_is_refused_by_name(white: Warehouse, no: str) -> None:
    read = card(white, "SEED")
    with pytest.raises(RuleRefused) as refusal:
        white.write(lambda session: change_item(session, no, read, read, change_by(white)))
    assert refusal.value.code == "ItemUnknown"
