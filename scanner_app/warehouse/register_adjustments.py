"""Registering adjustments: the lines of the two journals that say more or less lies in a bin.

The bins of the lines say then what the lines say, the adjustment bin has the other half, and the
sync proposes it to the item ledger (docs/domain.md 13.3).

This module must never decide which lines are registered: `register_manual_lines` does.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.warehouse.bin import bins_by_id
from scanner_app.warehouse.difference import Difference, difference_of_manual_line, in_order
from scanner_app.warehouse.manual_journal_line import ManualJournalLine
from scanner_app.warehouse.manual_line_checks import ManualLineChecks
from scanner_app.warehouse.post_item_journal import BinMissing
from scanner_app.warehouse.register_activity import By, items_with_codes
from scanner_app.warehouse.register_differences import (
    adjustment_bin_of,
    lock_bins,
    write_differences,
)
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch
from scanner_app.warehouse.warehouse_ledger import WarehouseRegister


class Adjustments:
    """The lines of a batch as differences, minus before plus; one without a bin is none yet."""

    def __init__(
        self,
        session: Session,
        batch: WarehouseJournalBatch,
        location: Location,
        lines: Sequence[ManualJournalLine],
    ) -> None:
        self._session, self._batch = session, batch
        self._adjustment = adjustment_bin_of(session, location)
        self._problems: dict[int, RuleRefused] = {}
        self._checked: list[Difference] = []
        items = items_with_codes(session, {line.item_id for line in lines})
        bins = bins_by_id(session, (line.bin_id for line in lines))
        differences: list[Difference] = []
        for line in lines:
            item, code = items[line.item_id]
            if line.bin_id is None:
                missing = BinMissing(location=location.code, item_no=item.no)
                self._problems[line.line_no] = missing
            else:
                differences.append(difference_of_manual_line(line, bins[line.bin_id], item, code))
        self._differences = in_order(differences)

    def __len__(self) -> int:
        return len(self._differences)

    def lock(self) -> None:
        """From here on nothing moves in the balances that the lines are about."""
        lock_bins(self._session, self._differences)

    def check(self) -> dict[int, RuleRefused]:
        """What stands against each line; one that is refused counts as not registered."""
        checks = ManualLineChecks(self._session, self._differences, self._adjustment)
        for difference in self._differences:
            try:
                self._checked.append(checks.check(difference))
            except RuleRefused as refusal:
                self._problems[difference.line_no] = refusal
        return self._problems

    def write(self, no: str, by: By) -> WarehouseRegister:
        """Write two entries for each line that was checked."""
        return write_differences(
            self._session, self._batch, self._checked, self._adjustment, no, by
        )
