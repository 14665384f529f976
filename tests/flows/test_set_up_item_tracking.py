"""“Set up item tracking with serial, lot, and package numbers”, heading by heading, step by step.

The words that are entered, chosen and filled in are those of the document. Its opening balances
are entered in `test_item_journals.py`.
"""

from collections.abc import Callable

import pytest

from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer

KINDS = {"SN": "Serial No.", "Lot": "Lot No.", "Package": "Package Tracking"}


@pytest.fixture
def newcomer(handheld: Callable[[str], Handheld]) -> Newcomer:
    return Newcomer(handheld("SUPERVISOR").pages)


def test_to_set_up_item_tracking_codes(newcomer: Newcomer) -> None:
    newcomer.enter_in_tell_me("Item Tracking Codes")
    newcomer.choose("New")
    newcomer.fill_in("Code", "SEEDALL")
    newcomer.fill_in("Description", "Serial, lot and package")
    newcomer.press("Create")
    assert set(KINDS.values()) <= set(newcomer.fast_tabs())
    for kind in KINDS:
        assert newcomer.sees_tooltip(f"{kind} Specific Tracking").startswith("Specifies ")
        newcomer.select(f"{kind} Specific Tracking")
    newcomer.press("Save")
    for kind in KINDS:
        assert newcomer.reads(f"{kind} Specific Tracking") == "on"
        assert newcomer.reads(f"{kind} Warehouse Tracking") == "on"


def test_to_set_up_expiration_rules_for_serial_or_lot_numbers(newcomer: Newcomer) -> None:
    fields = (
        "Strict Expiration Posting",
        "Require Expiration Date Entry",
        "Use Expiration Dates",
    )
    newcomer.enter_in_tell_me("Item Tracking Codes")
    newcomer.choose("Edit LOT")
    assert "Misc." in newcomer.fast_tabs()
    for field in fields:
        assert newcomer.sees_tooltip(field).startswith("Specifies ")
        newcomer.select(field)
    newcomer.press("Save")
    assert {newcomer.reads(field) for field in fields} == {"on"}


def test_to_set_up_warranties_for_serial_or_lot_numbers(newcomer: Newcomer) -> None:
    newcomer.enter_in_tell_me("Item Tracking Codes")
    newcomer.choose("Edit SNSALE")
    newcomer.fill_in("Warranty Date Formula", "2Y")
    newcomer.select("Require Warranty Date Entry")
    newcomer.press("Save")
    assert newcomer.reads("Warranty Date Formula") == "2Y"
    assert newcomer.reads("Require Warranty Date Entry") == "on"


def test_to_set_up_items_for_tracking_with_the_correct_item_tracking_codes(
    newcomer: Newcomer,
) -> None:
    newcomer.enter_in_tell_me("Item")
    newcomer.choose("Edit 3010")
    assert "Item Tracking" in newcomer.fast_tabs()
    newcomer.fill_in("Item Tracking Code", "SNSALE")
    newcomer.fill_in("Serial Nos.", "CHAIR-SN")
    newcomer.fill_in("Lot Nos.", "CHAIR-LOT")
    newcomer.press("Save")
    assert newcomer.reads("Item Tracking Code") == "SNSALE"
    assert newcomer.reads("Serial Nos.") == "CHAIR-SN"
    assert newcomer.reads("Lot Nos.") == "CHAIR-LOT"


def test_alternatively_a_new_item_tracking_code_is_created_by_the_new_action(
    newcomer: Newcomer,
) -> None:
    newcomer.enter_in_tell_me("Item")
    newcomer.choose("Edit 3010")
    newcomer.choose("New item tracking code")
    newcomer.fill_in("Code", "ALTERNATE")
    newcomer.press("Create")
    newcomer.select("Use Expiration Dates")
    newcomer.press("Save")
    newcomer.choose("Choose it for item 3010")
    assert newcomer.reads("Item Tracking Code") == "ALTERNATE"
    newcomer.press("Save")
    assert newcomer.reads("Item Tracking Code") == "ALTERNATE"
