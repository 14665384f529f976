"""Setting up bins: what a new one takes from its zone, and what stands against changing one."""

import pytest

from scanner_app.all_tables import metadata
from scanner_app.code_index import CodeKind, meanings_of
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.set_up_bin import change_bin, find_bin
from tests.builders import Warehouse, another_location, lot
from tests.warehouse.counting import add_count, count_bin, register_count
from tests.warehouse.documents import Part, add_receipt, add_shipment, receive
from tests.warehouse.place_cards import (
    BY,
    add_bin,
    add_bin_type,
    add_zone,
    bin_card,
    edit_bin,
    edit_location,
    edit_zone,
    has_bin,
    logged,
    refusal_of,
    remove_bin,
)


def test_a_new_bin_takes_the_fields_of_its_zone_and_can_be_scanned(white: Warehouse) -> None:
    add_zone(
        white,
        "COLD",
        bin_type="PUTAWAY",
        warehouse_class_code="ice",
        zone_ranking="7",
        cross_dock_bin_zone="Yes",
    )
    add_bin(white, " c-1 ", zone="cold", description="By the door")
    made = bin_card(white, "C-1")
    assert made == {
        "code": "C-1",
        "zone": "COLD",
        "description": "By the door",
        "bin_type": "PUTAWAY",
        "warehouse_class_code": "ICE",
        "bin_ranking": "7",
        "block_movement": "",
        "dedicated": "No",
        "cross_dock_bin": "Yes",
    }
    with white.database.read() as session:
        [meaning] = meanings_of(session, ["C-1"])
        assert (meaning.kind, meaning.location_id) == (CodeKind.BIN, white.location.id)
    assert logged(white, "bin", "WHITE C-1")["Zone Code"] == ("", "COLD")


def test_what_is_changed_on_a_zone_is_for_new_bins_only(white: Warehouse) -> None:
    add_zone(white, "COLD", zone_ranking="7")
    add_bin(white, "OLD", zone="COLD")
    edit_zone(white, "COLD", zone_ranking="9", bin_type="PUTAWAY", warehouse_class_code="ICE")
    add_bin(white, "NEW", zone="COLD")
    taken = ("bin_ranking", "bin_type", "warehouse_class_code")
    old, new = bin_card(white, "OLD"), bin_card(white, "NEW")
    assert [old[name] for name in taken] == ["7", "PUTPICK", ""]
    assert [new[name] for name in taken] == ["9", "PUTAWAY", "ICE"]


@pytest.mark.parametrize(
    ("code", "zone", "name"),
    [
        ("", "PUTPICK", "NameMissing"),
        ("A/B", "PUTPICK", "NameNotInAddress"),
        ("--", "PUTPICK", "NameNotInAddress"),
        ("X" * 21, "PUTPICK", "FieldTooLong"),
        ("A\x00", "PUTPICK", "FieldNotReadable"),
        ("a", "PUTPICK", "NameTaken"),
        ("NEW", "NONE", "RecordNotFound"),
        ("NEW", "", "BinNeedsZone"),
    ],
)
def test_what_is_wrong_with_a_new_bin_is_refused(
    white: Warehouse, code: str, zone: str, name: str
) -> None:
    refusal_of(lambda: add_bin(white, code, zone=zone), name)
    assert not has_bin(white, "NEW")


def test_a_bin_outside_of_directed_work_needs_no_zone(white: Warehouse) -> None:
    silver = another_location(white, "SILVER", "S-1")
    add_bin(white, "S-2", at="SILVER")
    with white.database.read() as session:
        made = find_bin(session, silver.location.id, "s-2")
        assert made is not None
        assert (made.zone_id, made.bin_type_id) == (None, None)
    refusal_of(lambda: add_bin(white, "S-2", at="NOWHERE"), "RecordUnknown")
    refusal_of(lambda: add_bin(white, "S-2", at="\x00"), "RecordUnknown")


def test_a_code_stands_once_at_a_location_and_again_at_another(white: Warehouse) -> None:
    another_location(white, "SILVER", "S-1")
    add_bin(white, "A", at="SILVER")
    refusal_of(lambda: add_bin(white, "A", at="SILVER"), "NameTaken")


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("zone", "NONE", "RecordNotFound"),
        ("bin_type", "NONE", "RecordNotFound"),
        ("zone", "N\x00", "FieldNotReadable"),
        ("zone", "", "BinNeedsZone"),
        ("description", "x" * 101, "FieldTooLong"),
        ("description", "a\u202eb", "FieldNotReadable"),
        ("warehouse_class_code", "X" * 11, "FieldTooLong"),
        ("bin_ranking", "high", "WholeNumberNotReadable"),
        ("bin_ranking", "-1", "WholeNumberNotReadable"),
        ("bin_ranking", "²", "WholeNumberNotReadable"),
        ("bin_ranking", "9" * 30, "WholeNumberNotReadable"),
        ("block_movement", "Sometimes", "ChoiceUnknown"),
    ],
)
def test_what_is_wrong_with_a_card_is_refused(
    white: Warehouse, field: str, value: str, name: str
) -> None:
    before = bin_card(white, "B")
    refusal_of(lambda: edit_bin(white, "B", **{field: value}), name)
    assert bin_card(white, "B") == before


def test_an_empty_bin_changes_every_field(white: Warehouse) -> None:
    add_zone(white, "OTHER")
    changes = {
        "zone": "OTHER",
        "description": "Moved",
        "bin_type": "PUTAWAY",
        "warehouse_class_code": "ICE",
        "bin_ranking": "5",
        "block_movement": "Inbound",
        "dedicated": "Yes",
        "cross_dock_bin": "Yes",
    }
    edit_bin(white, "B", **changes)
    assert bin_card(white, "B") == {"code": "B"} | changes
    assert logged(white, "bin", "WHITE B")["Dedicated"] == ("No", "Yes")
    edit_bin(white, "B", bin_type="", bin_ranking="")
    assert bin_card(white, "B")["bin_ranking"] == "0"
    edit_bin(white, "B")


def test_stock_holds_zone_type_class_and_dedicated_but_not_the_block(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "B", 5, lot("L1"))
    add_zone(white, "OTHER")
    for field, value, caption in (
        ("zone", "OTHER", "Zone Code"),
        ("bin_type", "PUTAWAY", "Bin Type Code"),
        ("warehouse_class_code", "ICE", "Warehouse Class Code"),
        ("dedicated", "Yes", "Dedicated"),
    ):
        said = refusal_of(lambda f=field, v=value: edit_bin(white, "B", **{f: v}), "BinFieldFixed")  # type: ignore[misc]
        assert said.startswith(f"{caption} of bin B stays as it is: it holds stock.")
    edit_bin(white, "B", block_movement="All", bin_ranking="3", cross_dock_bin="Yes")
    assert bin_card(white, "B")["block_movement"] == "All"


def test_open_work_holds_the_type_of_an_empty_bin(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.change(white.location, require_put_away=True)
    receive(white, Part(goods, 5, lot("L1")))
    assert "PU0001" in refusal_of(lambda: edit_bin(white, "A", bin_type="QC"), "BinFieldFixed")
    edit_bin(white, "A", dedicated="Yes")


def test_the_adjustment_bin_is_neither_blocked_nor_dedicated_nor_for_cross_docking(
    white: Warehouse,
) -> None:
    for field, value in (
        ("block_movement", "Inbound"),
        ("dedicated", "Yes"),
        ("cross_dock_bin", "Yes"),
    ):
        refusal_of(
            lambda f=field, v=value: edit_bin(white, "ADJ", **{f: v}),  # type: ignore[misc]
            "AdjustmentBinGuarded",
        )
    edit_bin(white, "ADJ", description="Differences")
    assert "Adjustment Bin Code" in refusal_of(lambda: remove_bin(white, "ADJ"), "RecordInUse")


def test_a_bin_that_nothing_names_is_removed_with_its_code(white: Warehouse) -> None:
    add_bin(white, "NEW", zone="PUTPICK")
    remove_bin(white, "new")
    assert not has_bin(white, "NEW")
    with white.database.read() as session:
        assert meanings_of(session, ["NEW"]) == []
    assert logged(white, "bin", "WHITE NEW")["Code"] == ("NEW", "")
    refusal_of(lambda: remove_bin(white, "NEW"), "RecordUnknown")


def test_a_bin_of_the_location_card_stays(white: Warehouse) -> None:
    for code, caption in (("RECV", "Receipt Bin Code"), ("SHIP", "Shipment Bin Code")):
        said = refusal_of(lambda code=code: remove_bin(white, code), "RecordInUse")  # type: ignore[misc]
        assert caption in said


def test_a_bin_with_stock_open_work_or_content_stays(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "C", 5, lot("L1"))
    assert "it holds stock" in refusal_of(lambda: remove_bin(white, "C"), "RecordInUse")
    white.change(white.location, require_put_away=True)
    receive(white, Part(white.add_item("OTHER"), 5))
    assert "PU0001" in refusal_of(lambda: remove_bin(white, "A"), "RecordInUse")
    white.write(
        lambda session: session.add(
            BinContent(
                location_id=white.location.id,
                bin_id=white.bins["B"].id,
                item_id=goods.id,
                variant_id=goods.variant_id,
                unit_of_measure_id=goods.units["PCS"][0],
                fixed=True,
            )
        )
    )
    assert "bin content" in refusal_of(lambda: remove_bin(white, "B"), "RecordInUse")


def test_a_bin_that_open_receipts_and_shipments_name_stays(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    add_receipt(white, Part(goods, 5, lot("L1")))
    add_shipment(white, Part(goods, 5, lot("L1")))
    edit_location(white, adjustment_bin="ADJ", receipt_bin="", shipment_bin="")
    said = refusal_of(lambda: remove_bin(white, "SHIP"), "RecordInUse")
    assert "SH0001" in said


def test_a_bin_with_entries_stays_when_it_is_empty_again(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "B", 5, lot("L1"))
    white.post(white.line(goods, -5, lot("L1")), bin_code="B")
    said = refusal_of(lambda: remove_bin(white, "B"), "BinHasEntries")
    assert "it has warehouse entries" in said
    assert "Block it for all movements" in said


def test_whatever_may_point_to_a_bin_is_asked_before_it_is_removed() -> None:
    """Lines of history have entries besides, which are asked for by the balance of the bin."""
    asked = {"bin_balance", "bin_content", "bin_count", "item_journal_line"}
    asked |= {"warehouse_activity_line", "warehouse_receipt", "warehouse_receipt_line"}
    asked |= {"warehouse_shipment", "warehouse_journal_line", "manual_journal_line"}
    asked |= {"reclassification_line", "transfer_order_line"}
    with_entries = {"warehouse_entry", "registered_activity_line", "short_pick"}
    with_entries |= {"posted_receipt_line", "posted_shipment_line"}
    table = Bin.__table__
    pointing = {
        each.name
        for each in metadata.sorted_tables
        if any(key.column.table is table for key in each.foreign_keys)
    }
    assert pointing == asked | with_entries


def test_a_bin_of_a_count_stays(white: Warehouse) -> None:
    add_bin(white, "NEW", zone="PUTPICK")
    with white.database.read() as session:
        made = find_bin(session, white.location.id, "NEW")
    assert made is not None
    white.bins["NEW"] = made
    batch_id = add_count(white, "NEW", name="YEAR")
    assert "YEAR" in refusal_of(lambda: remove_bin(white, "NEW"), "RecordInUse")
    count_bin(white, batch_id, "NEW")
    register_count(white, batch_id)
    assert "registered count" in refusal_of(lambda: remove_bin(white, "NEW"), "BinHasEntries")


def test_a_bin_that_is_gone_or_changed_meanwhile_is_said(white: Warehouse) -> None:
    read = bin_card(white, "B")
    edit_bin(white, "B", description="Mine")

    def save(code: str) -> None:
        typed = read | {"bin_ranking": "1"}
        white.write(
            lambda session: change_bin(session, "WHITE", code, as_read=read, typed=typed, change=BY)
        )

    assert "Fields: 1." in refusal_of(lambda: save("B"), "CardChanged")
    refusal_of(lambda: save("NONE"), "RecordUnknown")
    refusal_of(lambda: save("N\x00"), "RecordUnknown")


def test_a_bin_type_of_any_name_can_be_given(white: Warehouse) -> None:
    add_bin_type(white, "STAGE", ship="Yes")
    edit_bin(white, "B", bin_type="stage")
    assert bin_card(white, "B")["bin_type"] == "STAGE"
