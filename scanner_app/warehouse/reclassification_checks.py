"""What is checked of a reclassification line before it is registered (docs/domain.md 13.4).

`ReclassificationChecks` loads, in a fixed number of look-ups, all that the lines of one batch need
to know. `check_departure` takes them one after another; `check_arrival` takes those that may leave,
after everything that leaves. Both remember what each line would change, and write nothing.

This module must never insert or update: Check and Register run the same checks.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from scanner_app.inventory.blocked_checks import check_item_open
from scanner_app.inventory.item_tracking import TrackingNumbers, check_numbers_given, describe
from scanner_app.inventory.item_tracking_code import numbers_in_warehouse
from scanner_app.inventory.location import Location
from scanner_app.inventory.posting_refusals import TransferChangesNothing
from scanner_app.inventory.posting_state import blocked_variants
from scanner_app.quantities import ONE, ZERO
from scanner_app.warehouse.bin import Bin, bins_by_id, check_open_inbound, check_open_outbound
from scanner_app.warehouse.bin_balance import balances_of
from scanner_app.warehouse.manual_line_checks import check_only_warehouse_numbers
from scanner_app.warehouse.reclassification import (
    CheckedReclassification,
    Dates,
    Reclassification,
    leaving_entry,
)
from scanner_app.warehouse.reclassification_transfers import ReclassificationTransfers
from scanner_app.warehouse.warehouse_journal_refusals import SerialNotInBaseUnit
from scanner_app.warehouse.warehouse_posting import (
    SerialFoundInInventory,
    SerialOfItem,
    holders_of_serials,
    insufficient,
)


class ReclassificationChecks:
    """The state of the bins that the lines of one registration are checked against."""

    def __init__(
        self,
        session: Session,
        location: Location,
        adjustment: Bin,
        lines: Sequence[Reclassification],
    ) -> None:
        self._session = session
        self._blocked = blocked_variants(session, {line.variant_id for line in lines})
        keys = {key for line in lines for key in (line.from_key, line.to_key)}
        balances = balances_of(session, keys)
        self._held = {key: balance.quantity_base for key, balance in balances.items()}
        self._dates = {
            key: Dates(balance.warranty_date, balance.expiration_date)
            for key, balance in balances.items()
        }
        self._transfers = ReclassificationTransfers(
            session, location, adjustment, [(line, self._dates_of(line)) for line in lines]
        )
        self._bin_of_serial: dict[SerialOfItem, Bin] = {}
        self._standing: dict[SerialOfItem, int] = {}
        self._find_serials(lines)

    def check_departure(self, line: Reclassification) -> None:
        """Check what leaves, against the bins and the lines before it.

        Raises:
            RuleRefused: the first rule that does not hold, in the order of docs/domain.md 13.4.
        """
        check_item_open(line.item, line.variant_id, self._blocked)
        _check_numbers(line)
        self._check_changes_something(line)
        check_open_outbound(line.from_bin)
        check_open_inbound(line.to_bin)
        self._check_content(line)
        self._transfers.check_departure(line)
        self._remember_departure(line)

    def check_arrival(self, line: Reclassification) -> CheckedReclassification:
        """Check what comes in; everything that leaves was checked before.

        Raises:
            RuleRefused: the first rule that does not hold, in the order of docs/domain.md 13.4.
        """
        self._check_serial_is_nowhere(line)
        before = self._dates_of(line)
        after = self._transfers.check_arrival(line, before)
        self._remember_arrival(line, after)
        return CheckedReclassification(line, before, after, self._transfers.transfer_of(line))

    def _check_changes_something(self, line: Reclassification) -> None:
        if line.from_bin.id == line.to_bin.id and self._transfers.transfer_of(line) is None:
            raise TransferChangesNothing(what=describe(line.item.no, line.numbers))

    def _dates_of(self, line: Reclassification) -> Dates:
        return self._dates.get(line.from_key, Dates())

    def _check_content(self, line: Reclassification) -> None:
        """The bin holds as much of exactly these numbers, in this unit."""
        held = self._held.get(line.from_key, ZERO)
        if held < line.quantity_base:
            raise insufficient(self._session, leaving_entry(line), held, line.quantity_base)

    def _check_serial_is_nowhere(self, line: Reclassification) -> None:
        """Once everything is written, a serial no. stands in one bin."""
        for serial in _serials(line, line.new_numbers):
            if self._standing.get(serial, 0) > 0:
                raise SerialFoundInInventory(
                    serial_no=serial[2],
                    item_no=line.item.no,
                    bin_code=self._bin_of_serial[serial].code,
                )

    def _remember_departure(self, line: Reclassification) -> None:
        self._held[line.from_key] = self._held.get(line.from_key, ZERO) - line.quantity_base
        self._held[line.to_key] = self._held.get(line.to_key, ZERO) + line.quantity_base
        for serial in _serials(line, line.numbers):
            self._standing[serial] = self._standing.get(serial, 0) - 1

    def _remember_arrival(self, line: Reclassification, dates: Dates) -> None:
        self._dates[line.to_key] = dates
        for serial in _serials(line, line.new_numbers):
            self._standing[serial] = self._standing.get(serial, 0) + 1
            self._bin_of_serial[serial] = line.to_bin

    def _find_serials(self, lines: Sequence[Reclassification]) -> None:
        """The bin in which each serial no. stands that leaves or comes in."""
        serials = {
            serial
            for line in lines
            for numbers in (line.numbers, line.new_numbers)
            for serial in _serials(line, numbers)
        }
        if not serials:
            return
        holders = holders_of_serials(self._session, lines[0].from_bin.location_id, serials)
        bins = bins_by_id(self._session, (holder.bin_id for holder in holders))
        for holder in holders:
            serial = (holder.item_id, holder.variant_id, holder.serial_no)
            self._bin_of_serial[serial], self._standing[serial] = bins[holder.bin_id], 1


def _check_numbers(line: Reclassification) -> None:
    """Both sides have the numbers that bins are kept by, and no other."""
    asked = numbers_in_warehouse(line.tracking_code)
    for numbers in (line.numbers, line.new_numbers):
        check_only_warehouse_numbers(line.item, line.tracking_code, numbers)
        check_numbers_given(numbers, asked, line.item.no)
        if numbers.serial_no and line.qty_per_unit_of_measure != ONE:
            raise SerialNotInBaseUnit(serial_no=numbers.serial_no, item_no=line.item.no)


def _serials(line: Reclassification, numbers: TrackingNumbers) -> list[SerialOfItem]:
    """The serial no. among the numbers that may stand in one bin only, if there is one."""
    if not line.serial_specific or not numbers.serial_no:
        return []
    return [(line.item.id, line.variant_id, numbers.serial_no)]
