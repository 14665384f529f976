"""Skipping a line of a put-away, pick or movement, to come back to it (docs/domain.md 10.10).

Skipped lines are asked for last on the device that skipped them, in the order of the document.

This module must never change a line, nor keep anybody from scanning one that is skipped.
"""

from sqlalchemy import exists, select

from scanner_app.scanning.activity_work import ActivityWork, line_on_page
from scanner_app.scanning.outcomes import Outcome
from scanner_app.warehouse.activity import IS_OPEN, ActionType, WarehouseActivityLine

SKIP = "skip"


def skip_line(work: ActivityWork) -> Outcome:
    """Ask for the line that the page showed after all others.

    Raises:
        NothingLeftOfLine: when nothing of the line is left.
    """
    pair = line_on_page(work)
    skipped = {*work.given.skipped, pair.take.pair_no}
    if not _others_are_open(work, skipped):
        skipped = {pair.take.pair_no}  # The next round begins.
    work.hold(skipped=tuple(sorted(skipped)))
    return Outcome("Skipped", {"what": pair.words})


def _others_are_open(work: ActivityWork, skipped: set[int]) -> bool:
    row = WarehouseActivityLine
    is_open = exists().where(
        row.activity_id == work.activity.id,
        row.action_type == ActionType.TAKE,
        IS_OPEN,
        row.pair_no.not_in(skipped),
    )
    return bool(work.session.scalar(select(is_open)))
