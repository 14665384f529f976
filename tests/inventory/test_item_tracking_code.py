"""What an item tracking code asks for: every switch, alone and with the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.inventory.item_tracking_code import (
    KINDS,
    EntryType,
    ItemTrackingCode,
    NumbersAsked,
    cards_required,
    numbers_in_warehouse,
    numbers_required,
    specific_numbers,
)

SWITCHES = sorted(
    column.name
    for column in ItemTrackingCode.__table__.columns
    if column.name.startswith(KINDS) and not column.name.startswith("create")
)
# Which switch asks for a number in which flow, written out as the matrix of the rules.
FLOWS = {
    (EntryType.PURCHASE, True): "purchase_inbound_tracking",
    (EntryType.PURCHASE, False): "purchase_outbound_tracking",
    (EntryType.SALE, True): "sales_inbound_tracking",
    (EntryType.SALE, False): "sales_outbound_tracking",
    (EntryType.POSITIVE_ADJUSTMENT, True): "positive_adjmt_inbound_tracking",
    (EntryType.POSITIVE_ADJUSTMENT, False): "positive_adjmt_outbound_tracking",
    (EntryType.NEGATIVE_ADJUSTMENT, True): "negative_adjmt_inbound_tracking",
    (EntryType.NEGATIVE_ADJUSTMENT, False): "negative_adjmt_outbound_tracking",
    (EntryType.TRANSFER, True): "transfer_tracking",
    (EntryType.TRANSFER, False): "transfer_tracking",
}
MOVEMENTS = st.sampled_from(sorted(FLOWS, key=str))


def code_with(switched_on: set[str]) -> ItemTrackingCode:
    return ItemTrackingCode(code="X", **{name: name in switched_on for name in SWITCHES})


def asked_of(switched_on: set[str], *suffixes: str) -> NumbersAsked:
    return NumbersAsked(
        *(any(f"{kind}_{suffix}" in switched_on for suffix in suffixes) for kind in KINDS)
    )


@given(st.sets(st.sampled_from(SWITCHES)), MOVEMENTS)
def test_a_posting_asks_for_specific_numbers_and_those_of_its_flow(
    switched_on: set[str], movement: tuple[EntryType, bool]
) -> None:
    entry_type, inbound = movement
    found = numbers_required(code_with(switched_on), entry_type, inbound=inbound)
    assert found == asked_of(switched_on, "specific_tracking", FLOWS[movement])


@given(st.sets(st.sampled_from(SWITCHES)))
def test_warehouse_work_asks_for_numbers_with_warehouse_tracking_only(
    switched_on: set[str],
) -> None:
    code = code_with(switched_on)
    assert numbers_in_warehouse(code) == asked_of(switched_on, "warehouse_tracking")
    assert specific_numbers(code) == asked_of(switched_on, "specific_tracking")


@given(st.sets(st.sampled_from(SWITCHES)), MOVEMENTS)
def test_a_card_is_demanded_by_its_direction_and_a_transfer_by_either(
    switched_on: set[str], movement: tuple[EntryType, bool]
) -> None:
    entry_type, inbound = movement
    asking = ["info_inbound_must_exist"] if inbound else ["info_outbound_must_exist"]
    if entry_type is EntryType.TRANSFER:
        asking = ["info_inbound_must_exist", "info_outbound_must_exist"]
    found = cards_required(code_with(switched_on), entry_type, inbound=inbound)
    assert found == asked_of(switched_on, *asking)


@pytest.mark.parametrize("entry_type", EntryType)
def test_an_item_without_a_code_is_asked_for_nothing(entry_type: EntryType) -> None:
    assert not numbers_required(None, entry_type, inbound=True)
    assert not cards_required(None, entry_type, inbound=True)
    assert not numbers_in_warehouse(None)
    assert not specific_numbers(None)


@pytest.mark.parametrize(
    ("switches", "rule"),
    [
        *(({f"{kind}_warehouse_tracking": True}, "warehouse_needs_specific") for kind in KINDS),
        ({"require_expiration_date_entry": True}, "expiration_rules_need_dates"),
        ({"strict_expiration_posting": True}, "expiration_rules_need_dates"),
        ({"code": ""}, "code_not_blank"),
    ],
)
def test_the_database_refuses_switches_that_contradict_each_other(
    database: Database, switches: dict[str, object], rule: str
) -> None:
    def write(session: Session) -> None:
        session.execute(insert(ItemTrackingCode).values(**({"code": "X"} | switches)))

    with pytest.raises(IntegrityError, match=rule):
        database.write(write)
