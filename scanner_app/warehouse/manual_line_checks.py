"""What is checked of a manual line before it is registered (docs/domain.md 13.3).

`ManualLineChecks` loads, in a fixed number of look-ups, all that the lines of one batch need to
know. `check` takes them one after another, minus before plus, and remembers what each would
change, so that two lines of one batch see each other. It writes nothing.

This module must never insert or update: Check and Register run the same checks.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from scanner_app.inventory.blocked_checks import check_cards, check_item_open
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.item_tracking_code import (
    EntryType,
    ItemTrackingCode,
    numbers_in_warehouse,
)
from scanner_app.inventory.posting_state import blocked_variants
from scanner_app.inventory.tracking_information import NumberOfItem, find_cards, numbers_by_kind
from scanner_app.quantities import ZERO
from scanner_app.warehouse.bin import Bin, bins_by_id, check_open_inbound, check_open_outbound
from scanner_app.warehouse.bin_balance import balances_of
from scanner_app.warehouse.difference import Difference
from scanner_app.warehouse.register_differences import (
    check_numbers,
    entry_of,
    known_dates,
    with_dates,
)
from scanner_app.warehouse.warehouse_journal_refusals import NumberWithoutWarehouseTracking
from scanner_app.warehouse.warehouse_posting import (
    SerialFoundInInventory,
    SerialOfItem,
    holders_of_serials,
    insufficient,
)

KINDS = ("Serial No.", "Lot No.", "Package No.")


class ManualLineChecks:
    """The state of the bins that the lines of one registration are checked against."""

    def __init__(
        self, session: Session, differences: Sequence[Difference], adjustment: Bin
    ) -> None:
        self._session = session
        self._blocked = blocked_variants(session, {each.variant_id for each in differences})
        self._cards = find_cards(
            session, {number for each in differences for number in _numbers_of(each)}
        )
        self._known = known_dates(session, differences, adjustment)
        keys = {each.key for each in differences}
        self._held = {
            key: balance.quantity_base for key, balance in balances_of(session, keys).items()
        }
        self._serials = _bins_of_serials(session, differences, adjustment.location_id)

    def check(self, difference: Difference) -> Difference:
        """Check one line against the bins and the lines checked before it.

        Raises:
            RuleRefused: the first rule that does not hold, in the order of docs/domain.md 13.3.
        """
        check_item_open(difference.item, difference.variant_id, self._blocked)
        check_only_warehouse_numbers(difference.item, difference.tracking_code, difference.numbers)
        check_numbers(difference)
        self._check_cards(difference)
        if difference.arrives:
            check_open_inbound(difference.bin)
            self._check_serial_is_nowhere(difference)
        else:
            check_open_outbound(difference.bin)
            self._check_content(difference)
        dated = with_dates(difference, self._known)
        self._remember(dated)
        return dated

    def _check_cards(self, difference: Difference) -> None:
        """As the sync will post it, so that nothing waits there which can never be posted."""
        inbound = difference.arrives
        check_cards(
            difference.item,
            difference.tracking_code,
            EntryType.POSITIVE_ADJUSTMENT if inbound else EntryType.NEGATIVE_ADJUSTMENT,
            _numbers_of(difference),
            self._cards,
            inbound=inbound,
        )

    def _check_content(self, difference: Difference) -> None:
        """The bin holds what is to be missing of exactly these numbers, in this unit."""
        held = self._held.get(difference.key, ZERO)
        quantity = difference.quantity_base
        if held + quantity < 0:
            entry = entry_of(difference, difference.bin, quantity)
            raise insufficient(self._session, entry, held, -quantity)

    def _check_serial_is_nowhere(self, difference: Difference) -> None:
        bin_code = self._serials.get(_serial_of(difference))
        if bin_code is not None:
            raise SerialFoundInInventory(
                serial_no=difference.numbers.serial_no,
                item_no=difference.item.no,
                bin_code=bin_code,
            )

    def _remember(self, difference: Difference) -> None:
        key, serial = difference.key, _serial_of(difference)
        self._held[key] = self._held.get(key, ZERO) + difference.quantity_base
        if not difference.arrives:
            self._serials.pop(serial, None)
        elif difference.serial_specific and difference.numbers.serial_no:
            self._serials[serial] = difference.bin.code


def _numbers_of(difference: Difference) -> list[NumberOfItem]:
    return numbers_by_kind(difference.item.id, difference.variant_id, difference.numbers)


def _serial_of(difference: Difference) -> SerialOfItem:
    return difference.item.id, difference.variant_id, difference.numbers.serial_no


def _bins_of_serials(
    session: Session, differences: Sequence[Difference], location_id: int
) -> dict[SerialOfItem, str]:
    """The code of the bin in which each specific serial no. stands that comes in or leaves."""
    serials = {
        _serial_of(each) for each in differences if each.serial_specific and each.numbers.serial_no
    }
    if not serials:
        return {}
    holders = holders_of_serials(session, location_id, serials)
    bins = bins_by_id(session, (holder.bin_id for holder in holders))
    return {
        (holder.item_id, holder.variant_id, holder.serial_no): bins[holder.bin_id].code
        for holder in holders
    }


def check_only_warehouse_numbers(
    item: Item, code: ItemTrackingCode | None, numbers: TrackingNumbers
) -> None:
    """Refuse a number that no bin is kept by: it would never leave the adjustment bin again.

    Raises:
        NumberWithoutWarehouseTracking: for the first such number.
    """
    kept = numbers.only(numbers_in_warehouse(code)).as_tuple()
    for kind, number, is_kept in zip(KINDS, numbers.as_tuple(), kept, strict=True):
        if number and not is_kept:
            raise NumberWithoutWarehouseTracking(item_no=item.no, kind=kind)
