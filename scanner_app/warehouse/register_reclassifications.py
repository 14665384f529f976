"""Registering reclassifications: stock leaves one bin and comes into another, or into the same.

Where numbers or dates change, the item ledger is told in the same transaction; the adjustment bin
is left alone (docs/domain.md 13.4).

This module must never decide which lines are registered: `register_manual_lines` does.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.inventory.posting_line import Posting
from scanner_app.warehouse.bin import Bin, bins_by_id
from scanner_app.warehouse.bin_balance import lock_balances
from scanner_app.warehouse.manual_journal_line import ReclassificationLine
from scanner_app.warehouse.post_item_journal import JournalPart, post
from scanner_app.warehouse.reclassification import (
    CheckedReclassification,
    Dates,
    Reclassification,
    entries_of,
    reclassification_of,
)
from scanner_app.warehouse.reclassification_checks import ReclassificationChecks
from scanner_app.warehouse.register_activity import By, items_with_codes
from scanner_app.warehouse.register_differences import (
    SOURCE_CODES,
    adjustment_bin_of,
    lock_dates,
    registration_of,
)
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch
from scanner_app.warehouse.warehouse_journal_fields import FROM_BIN, TO_BIN
from scanner_app.warehouse.warehouse_journal_refusals import BinToMoveMissing
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument, WarehouseRegister
from scanner_app.warehouse.warehouse_posting import write_warehouse_entries


class Reclassifications:
    """The lines of a batch as reclassifications; one without both bins is none yet."""

    def __init__(
        self,
        session: Session,
        batch: WarehouseJournalBatch,
        location: Location,
        lines: Sequence[ReclassificationLine],
    ) -> None:
        self._session, self._batch, self._location = session, batch, location
        self._adjustment = adjustment_bin_of(session, location)
        self._problems: dict[int, RuleRefused] = {}
        self._checked: list[CheckedReclassification] = []
        items = items_with_codes(session, {line.item_id for line in lines})
        named = (bin_id for line in lines for bin_id in (line.from_bin_id, line.to_bin_id))
        bins = bins_by_id(session, named)
        self._lines: list[Reclassification] = []
        for line in lines:
            item, code = items[line.item_id]
            try:
                places = _bins_of(line, bins, item.no)
            except BinToMoveMissing as missing:
                self._problems[line.line_no] = missing
            else:
                reason_code_id = line.reason_code_id or batch.reason_code_id
                self._lines.append(reclassification_of(line, *places, item, code, reason_code_id))

    def __len__(self) -> int:
        return len(self._lines)

    def lock(self) -> None:
        """From here on nothing moves in the balances that the lines are about."""
        owners = {key: line.owner for line in self._lines for key in (line.from_key, line.to_key)}
        lock_balances(self._session, owners)
        lock_dates(self._session, [(line.item, line.tracking_code) for line in self._lines])

    def check(self) -> dict[int, RuleRefused]:
        """What stands against each line: what leaves is checked before what comes in."""
        checks = ReclassificationChecks(
            self._session, self._location, self._adjustment, self._lines
        )
        departed: list[Reclassification] = []
        for line in self._lines:
            try:
                checks.check_departure(line)
                departed.append(line)
            except RuleRefused as refusal:
                self._problems[line.line_no] = refusal
        for line in departed:
            try:
                self._checked.append(checks.check_arrival(line))
            except RuleRefused as refusal:
                self._problems[line.line_no] = refusal
        return self._problems

    def write(self, no: str, by: By) -> WarehouseRegister:
        """Post what changes numbers or dates, and write two entries for each line.

        Raises:
            RuleRefused: as `post` and `write_warehouse_entries` raise it.
        """
        dates = self._post_transfers(by)
        entries = [
            entry
            for each in self._checked
            for entry in entries_of(
                each.line, each.before, dates.get(each.line.line_no, each.after)
            )
        ]
        registration = registration_of(self._batch, no, by)
        return write_warehouse_entries(self._session, registration, entries)

    def _post_transfers(self, by: By) -> dict[int, Dates]:
        """The dates that the item ledger gave what changed there, by line number."""
        transfers = {
            each.line.line_no: JournalPart(each.transfer, None)
            for each in self._checked
            if each.transfer is not None
        }
        if not transfers:
            return {}
        source_code = SOURCE_CODES[self._batch.template]
        posting = Posting(by.work_date, by.at, by.user_id, source_code, self._batch.name)
        parts = list(transfers.values())
        posted = post(self._session, posting, parts, WarehouseDocument.MOVEMENT)
        return {
            line_no: Dates(arrival.warranty_date, arrival.expiration_date)
            for line_no, arrival in zip(transfers, posted.arrivals, strict=True)
            if arrival is not None
        }


def _bins_of(line: ReclassificationLine, bins: dict[int, Bin], item_no: str) -> tuple[Bin, Bin]:
    """The bin that a line moves from, and the one that it moves to."""
    for field in (FROM_BIN, TO_BIN):
        if getattr(line, f"{field.name}_id") is None:
            raise BinToMoveMissing(item_no=item_no, field=field.caption)
    return bins[line.from_bin_id or 0], bins[line.to_bin_id or 0]
