"""The adjustment bin of a location, and the flags that open work freezes."""

from sqlalchemy import select

from scanner_app.warehouse.bin import Bin
from tests.builders import Warehouse, lot
from tests.warehouse.counting import (
    add_count,
    calculate,
    count,
    count_bin,
    register_count,
    sync,
)
from tests.warehouse.documents import Part, add_receipt, add_shipment, receive
from tests.warehouse.place_cards import (
    add_bin,
    edit_bin,
    edit_location,
    is_adjustment_bin,
    location_card,
    refusal_of,
)

HOLDS = "AdjustmentBinHoldsDifferences"


def id_of_bin(white: Warehouse, code: str) -> int:
    with white.database.read() as session:
        return session.scalars(select(Bin.id).where(Bin.code == code)).one()


def test_the_adjustment_bin_changes_only_once_it_is_empty(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    count(white, {"B": [Part(goods, 5, lot("L1"))]})
    add_bin(white, "ADJ2", zone="PUTPICK")
    said = refusal_of(lambda: edit_location(white, adjustment_bin="ADJ2"), HOLDS)
    assert "Adjustment bin ADJ holds differences" in said
    sync(white)
    edit_location(white, adjustment_bin="ADJ2")
    assert (is_adjustment_bin(white, "ADJ"), is_adjustment_bin(white, "ADJ2")) == (False, True)
    # The test's own copies of what was changed.
    white.change(white.location, adjustment_bin_id=id_of_bin(white, "ADJ2"))
    white.change(white.bins["ADJ"], is_adjustment_bin=False)
    count(white, {"B": [Part(goods, 3, lot("L1"))]})
    sync(white)
    white.stock(goods, "ADJ", 4, lot("L1"))
    white.assert_sound()
    said = refusal_of(lambda: edit_location(white, adjustment_bin="ADJ"), "AdjustmentBinUsed")
    assert "it holds stock" in said


def test_the_adjustment_bin_stays_while_a_count_is_open(white: Warehouse) -> None:
    add_bin(white, "ADJ2", zone="PUTPICK")
    batch_id = add_count(white, "A", name="YEAR")
    said = refusal_of(lambda: edit_location(white, adjustment_bin="ADJ2"), "LocationFieldFrozen")
    assert "Adjustment Bin Code stays as it is while YEAR is open." in said
    count_bin(white, batch_id, "A")
    register_count(white, batch_id)
    edit_location(white, adjustment_bin="ADJ2")


def test_a_first_adjustment_bin_may_be_named_while_a_count_waits_for_it(white: Warehouse) -> None:
    edit_location(white, directed_put_away_and_pick="No", adjustment_bin="")
    add_count(white, "A", name="YEAR")
    edit_location(white, adjustment_bin="ADJ")
    assert is_adjustment_bin(white, "ADJ")


def test_an_open_journal_line_freezes_the_bins(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    count(white, {"B": [Part(goods, 5, lot("L1"))]})
    calculate(white, "SYNC7")
    off = {"directed_put_away_and_pick": "No"}
    assert "SYNC7" in refusal_of(lambda: edit_location(white, **off), "LocationFieldFrozen")


def test_the_adjustment_bin_is_for_nothing_else(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "C", 5, lot("L1"))
    white.post(white.line(goods, -5, lot("L1")), bin_code="C")
    add_bin(white, "NEW", zone="PUTPICK")
    refusal_of(lambda: edit_location(white, adjustment_bin=""), "DirectedNeedsAdjustmentBin")

    def unfit(code: str, why: str) -> None:
        said = refusal_of(lambda: edit_location(white, adjustment_bin=code), "AdjustmentBinUsed")
        assert f"cannot be the adjustment bin: {why}" in said

    unfit("C", "it has warehouse entries")
    for field, value, caption in (
        ("block_movement", "All", "Block Movement"),
        ("dedicated", "Yes", "Dedicated"),
        ("cross_dock_bin", "Yes", "Cross-Dock Bin"),
    ):
        edit_bin(white, "NEW", **{field: value})
        unfit("NEW", caption)
        edit_bin(white, "NEW", **{field: "" if value == "All" else "No"})
    edit_location(white, adjustment_bin="NEW")
    refusal_of(lambda: edit_location(white, receipt_bin="NEW"), "AdjustmentBinGuarded")


def test_a_location_without_directed_work_may_give_its_adjustment_bin_up(white: Warehouse) -> None:
    edit_location(white, directed_put_away_and_pick="No", adjustment_bin="")
    assert not is_adjustment_bin(white, "ADJ")
    assert location_card(white)["adjustment_bin"] == ""


def test_flags_are_frozen_while_their_documents_are_open(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    off = {"directed_put_away_and_pick": "No"}
    edit_location(white, **off)

    def frozen(name: str, value: str, document: str) -> None:
        said = refusal_of(lambda: edit_location(white, **{name: value}), "LocationFieldFrozen")
        assert document in said

    add_receipt(white, Part(goods, 5, lot("L1")))
    for name in ("require_receive", "require_put_away"):
        frozen(name, "Yes", "RE0001")
    edit_location(white, require_shipment="Yes", require_pick="Yes")
    add_shipment(white, Part(goods, 5, lot("L1")))
    for name in ("require_shipment", "require_pick"):
        frozen(name, "No", "SH0001")
    for name, value in (("use_as_in_transit", "Yes"), ("bin_mandatory", "No")):
        refusal_of(lambda n=name, v=value: edit_location(white, **{n: v}), "LocationFieldFrozen")  # type: ignore[misc]


def test_a_put_away_freezes_what_asked_for_it(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    edit_location(white, directed_put_away_and_pick="No")
    white.change(white.location, require_put_away=True)
    receive(white, Part(goods, 5, lot("L1")))
    said = refusal_of(lambda: edit_location(white, require_put_away="No"), "LocationFieldFrozen")
    assert "PU0001" in said
    edit_location(white, require_receive="Yes", require_shipment="Yes", require_pick="Yes")


def test_a_count_freezes_the_bins(white: Warehouse) -> None:
    add_count(white, "A", name="YEAR")
    off = {"directed_put_away_and_pick": "No"}
    assert "YEAR" in refusal_of(lambda: edit_location(white, **off), "LocationFieldFrozen")
