"""Setting up item tracking codes: what follows from a switch, and what stands against it."""

from typing import Any

import pytest

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_tracking_code import KINDS
from scanner_app.inventory.item_tracking_code_fields import (
    FLOWS_OF_KIND,
    blank_values,
    caption_of,
)
from scanner_app.inventory.item_tracking_code_setup import (
    AskedChange,
    change_item_tracking_code,
    check_change,
    locked_fields,
)
from scanner_app.inventory.item_tracking_code_use import UseOfCode
from tests.builders import Warehouse, days, lot
from tests.inventory.codes import (
    add_code,
    change_by,
    edit,
    edit_beside,
    everywhere,
    nowhere,
    refused,
    values,
)

KIND = pytest.mark.parametrize("kind", KINDS)


@KIND
def test_specific_tracking_switches_warehouse_tracking_and_every_flow_on(
    white: Warehouse, kind: str
) -> None:
    add_code(white, "NEW", **{f"{kind}_specific_tracking": True})
    on = {name for name, value in values(white, "NEW").items() if value}
    implied = {f"{kind}_specific_tracking", f"{kind}_warehouse_tracking", *FLOWS_OF_KIND[kind]}
    assert on == implied
    assert len(FLOWS_OF_KIND[kind]) == 13


@KIND
def test_specific_tracking_off_takes_only_warehouse_tracking_with_it(
    white: Warehouse, kind: str
) -> None:
    add_code(white, "NEW", **{f"{kind}_specific_tracking": True})
    edit(white, "NEW", **{f"{kind}_specific_tracking": False})
    on = {name for name, value in values(white, "NEW").items() if value}
    assert on == set(FLOWS_OF_KIND[kind])
    assert not locked_fields(values(white, "NEW")) & set(FLOWS_OF_KIND[kind])


@KIND
def test_a_flow_of_a_specific_number_cannot_be_changed_by_itself(
    white: Warehouse, kind: str
) -> None:
    add_code(white, "NEW", **{f"{kind}_specific_tracking": True})
    said = refused(white, "NEW", "FlowImplied", **{f"{kind}_sales_outbound_tracking": False})
    assert caption_of(f"{kind}_sales_outbound_tracking") in said
    assert f"Switch {caption_of(f'{kind}_specific_tracking')} off first." in said


@KIND
def test_a_flow_forged_into_a_specific_code_is_refused_when_it_is_written(
    white: Warehouse, kind: str
) -> None:
    add_code(white, "NEW")
    forged = blank_values() | {f"{kind}_specific_tracking": True}
    with pytest.raises(RuleRefused, match=r"follows from"):
        white.write(
            lambda session: change_item_tracking_code(
                session, "NEW", AskedChange(blank_values(), forged), nowhere, change_by(white)
            )
        )


@KIND
def test_warehouse_tracking_needs_specific_tracking(white: Warehouse, kind: str) -> None:
    add_code(white, "NEW")
    refused(white, "NEW", "WarehouseNeedsSpecific", **{f"{kind}_warehouse_tracking": True})
    forged = blank_values() | {f"{kind}_warehouse_tracking": True}
    with white.database.read() as session, pytest.raises(RuleRefused, match="needs"):
        check_change(blank_values(), forged, UseOfCode(session, 1, nowhere))


def test_warehouse_tracking_may_be_switched_off_beside_specific_tracking(white: Warehouse) -> None:
    add_code(white, "NEW", lot_specific_tracking=True)
    edit(white, "NEW", lot_warehouse_tracking=False)
    assert values(white, "NEW")["lot_specific_tracking"]
    assert not values(white, "NEW")["lot_warehouse_tracking"]


@pytest.mark.parametrize("on", [True, False])
def test_specific_tracking_stays_once_an_item_of_the_code_was_posted(
    white: Warehouse,
    on: bool,  # noqa: FBT001 - drawn
) -> None:
    goods = white.add_item("POSTED", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    white.add_item("NEVER", "lot")
    field = "serial_specific_tracking" if on else "lot_specific_tracking"
    said = refused(white, "POSTED", "ItemLedgerEntriesExist", **{field: on})
    assert said == (
        f"{caption_of(field)} cannot be changed: item POSTED has item ledger entries. Make another "
        "item tracking code for items that were never posted."
    )
    edit(white, "NEVER", **{field: on})


def test_warehouse_tracking_stays_once_an_item_of_the_code_was_posted(white: Warehouse) -> None:
    goods = white.add_item("POSTED", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    said = refused(white, "POSTED", "ItemLedgerEntriesExist", lot_warehouse_tracking=False)
    assert "Lot Warehouse Tracking cannot be changed" in said


@pytest.mark.parametrize(
    "edits", [{"lot_warehouse_tracking": False}, {"lot_specific_tracking": False}]
)
def test_warehouse_tracking_stays_once_an_item_of_the_code_was_in_a_bin(
    white: Warehouse, edits: dict[str, bool]
) -> None:
    add_code(white, "NEW", lot_specific_tracking=True)
    with pytest.raises(RuleRefused) as refusal:
        edit_beside(white, "NEW", everywhere, edits)
    assert refusal.value.code == "WarehouseEntriesExist"
    assert "Lot Warehouse Tracking cannot be changed: item BINNED has warehouse" in str(
        refusal.value
    )


def test_flows_and_cards_may_change_whatever_was_posted(white: Warehouse) -> None:
    goods = white.add_item("POSTED", lot_purchase_inbound_tracking=True)
    white.stock(goods, "A", 5, lot("L1"))
    edit(white, "POSTED", lot_purchase_inbound_tracking=False, create_lot_info_on_posting=True)
    assert values(white, "POSTED")["create_lot_info_on_posting"]


@pytest.mark.parametrize("rule", ["require_expiration_date_entry", "strict_expiration_posting"])
def test_a_rule_about_expiration_dates_switches_their_use_on(white: Warehouse, rule: str) -> None:
    add_code(white, "NEW", **{rule: True})
    assert values(white, "NEW")["use_expiration_dates"]
    said = refused(white, "NEW", "ExpirationDatesNeeded", use_expiration_dates=False)
    assert f"while {caption_of(rule)} is on" in said
    edit(white, "NEW", **{rule: False, "use_expiration_dates": False})
    assert not values(white, "NEW")["use_expiration_dates"]


def test_what_stands_against_clearing_use_expiration_dates_is_said_in_order(
    white: Warehouse,
) -> None:
    rules: dict[str, Any] = {
        "use_expiration_dates": True,
        "require_expiration_date_entry": True,
        "strict_expiration_posting": True,
    }
    off = {"use_expiration_dates": False}
    dated = white.add_item("DATED", "lot", expiration_calculation="6M", **rules)
    white.stock(dated, "A", 5, lot("L1"), expiration_date=days(9))
    assert "item DATED" in refused(white, "DATED", "DatedEntriesExist", **off)
    white.add_item("CALC", "lot", expiration_calculation="6M", **rules)
    assert "item CALC" in refused(white, "CALC", "ExpirationIsCalculated", **off)
    white.add_item("RULES", "lot", **rules)
    said = refused(white, "RULES", "ExpirationDatesNeeded", **off)
    assert "Require Expiration Date Entry" in said
    edit(white, "RULES", require_expiration_date_entry=False)
    said = refused(white, "RULES", "ExpirationDatesNeeded", **off)
    assert "Strict Expiration Posting" in said
    edit(white, "RULES", strict_expiration_posting=False, use_expiration_dates=False)


def test_entries_without_a_date_do_not_keep_expiration_dates_in_use(white: Warehouse) -> None:
    goods = white.add_item("UNDATED", "lot", use_expiration_dates=True)
    white.stock(goods, "A", 5, lot("L1"))
    edit(white, "UNDATED", use_expiration_dates=False)
    assert not values(white, "UNDATED")["use_expiration_dates"]
