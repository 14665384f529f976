"""Undo a scan of a count: what was seen is taken back, a bin is as it was (docs/domain.md 10.8).

This module must never take a fact away: what was counted stays, and an entry undoes it.
"""

from scanner_app.scanning.count_work import CountWork
from scanner_app.scanning.effects import EffectToUndo
from scanner_app.warehouse.take_back_count import (
    take_back_closing,
    take_back_entries,
    take_back_opening,
)
from scanner_app.warehouse.warehouse_journal import BinCountState

TAKE_BACK = {
    BinCountState.TO_COUNT.value: take_back_opening,
    BinCountState.OPEN.value: take_back_closing,
}


def undo_count_scan(work: CountWork, effect: EffectToUndo) -> None:
    """Take back what a scan saw, opened or closed.

    Raises:
        BinCountChanged: when the bin is registered, or somebody else's by now.
    """
    by = work.scanned.by
    entries = [change["count_entry"] for change in effect.changes if "count_entry" in change]
    if entries:
        take_back_entries(work.session, entries, by, work.scanned.scan_id)
    for change in effect.changes:
        if "bin_count" in change:
            TAKE_BACK[change["before"]](work.session, change["bin_count"], by)
