"""The item ledger side of reclassification lines: numbers and dates change there, bins do not.

A line that changes a number or an expiration date is a transfer in the item ledger; one that only
changes the bin is none. The checks are those of every posting (docs/domain.md 9.6, 13.4).

This module must never insert or update: `post_item_journal` posts the transfers.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from scanner_app.inventory.checked_line import CheckedLine
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.location import Location
from scanner_app.inventory.posting_checks import PostingChecks
from scanner_app.inventory.posting_line import PostingLine, TransferTo
from scanner_app.inventory.tracking_information import NumberOfItem, known_expiration_dates
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.reclassification import Dates, Reclassification
from scanner_app.warehouse.register_differences import dates_that_wait
from scanner_app.warehouse.warehouse_journal_refusals import ExpirationDateWaits


class ReclassificationTransfers:
    """What the item ledger and the adjustment bin say of the lines of one registration."""

    def __init__(
        self,
        session: Session,
        location: Location,
        adjustment: Bin,
        lines: Sequence[tuple[Reclassification, Dates]],
    ) -> None:
        numbers = {
            number
            for line, _ in lines
            for number in (line.dated_number, line.new_dated_number)
            if number is not None
        }
        self._known = known_expiration_dates(session, numbers)
        self._waiting = dates_that_wait(session, adjustment.id, {line.item.id for line, _ in lines})
        self._transfers = {
            line.line_no: _transfer(line, location)
            for line, dates in lines
            if self._changes_ledger(line, dates)
        }
        self._checks = PostingChecks(session, list(self._transfers.values()))
        self._departed: dict[int, CheckedLine] = {}

    def transfer_of(self, line: Reclassification) -> PostingLine | None:
        """The transfer that a line posts; None for one that only changes the bin."""
        return self._transfers.get(line.line_no)

    def check_departure(self, line: Reclassification) -> None:
        """Check the half that leaves the item ledger; refusals as `PostingChecks.check`."""
        if transfer := self.transfer_of(line):
            self._departed[line.line_no] = self._checks.check(transfer)

    def check_arrival(self, line: Reclassification, dates: Dates) -> Dates:
        """Check the half that comes in, and return its dates; one that only moves keeps them.

        Raises:
            ExpirationDateWaits: when something of the number waits for the sync with another date.
            RuleRefused: as `PostingChecks.check_arrival` raises it.
        """
        if self.transfer_of(line) is None:
            return dates
        self._check_nothing_waits(line, dates)
        arrived = self._checks.check_arrival(self._departed[line.line_no]).line
        return Dates(arrived.warranty_date, arrived.expiration_date)

    def _changes_ledger(self, line: Reclassification, dates: Dates) -> bool:
        dated_anew = line.new_expiration_date not in (None, self._date_of(line.dated_number, dates))
        return line.numbers != line.new_numbers or dated_anew

    def _date_of(self, number: NumberOfItem | None, dates: Dates) -> date | None:
        """The date known for a number; a new one begins with that of the stock."""
        return dates.expiration if number is None else self._known.get(number, dates.expiration)

    def _check_nothing_waits(self, line: Reclassification, dates: Dates) -> None:
        """The sync would be refused what has another date than its number."""
        number = line.new_dated_number
        given = line.new_expiration_date or self._date_of(number, dates)
        if number and self._waiting.get(number, given) != given:
            raise ExpirationDateWaits(
                number=number[3],
                item_no=line.item.no,
                waiting=self._waiting[number] or "-",
                given=given or "-",
            )


def _transfer(line: Reclassification, location: Location) -> PostingLine:
    return PostingLine(
        entry_type=EntryType.TRANSFER,
        posting_date=line.registering_date,
        document_no=line.source_no,
        document_date=line.registering_date,
        item=line.item,
        tracking_code=line.tracking_code,
        variant_id=line.variant_id,
        location=location,
        quantity_base=-line.quantity_base,
        unit_of_measure_id=line.unit_of_measure_id,
        qty_per_unit_of_measure=line.qty_per_unit_of_measure,
        numbers=line.numbers,
        reason_code_id=line.reason_code_id,
        transfer_to=TransferTo(
            location,
            line.new_numbers,
            line.new_expiration_date,
            in_other_bin=line.from_bin.id != line.to_bin.id,
        ),
    )
