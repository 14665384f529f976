"""Taking back what a worker has just done in a count (docs/domain.md 10.8).

What was seen stays written down; a further entry undoes it, each at most once. A bin that was
opened is to be counted again, one that was closed is open again, in the same round.

This module must never touch a bin that is registered, or that somebody else counts.
"""

from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.expectation import drop_counted
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.seen_in_bin import newest_seen
from scanner_app.warehouse.warehouse_journal import BinCount, BinCountState, CountEntry

UNDONE_ANEW = ("id", "quantity", "quantity_base", "counted_at", "user_id", "scan_id", "undoes_id")
COLUMNS: tuple[str, ...] = tuple(CountEntry.__table__.columns.keys())
AS_BEFORE = tuple(name for name in COLUMNS if name not in UNDONE_ANEW)


class BinCountChanged(RuleRefused):
    """The bin is not any more as this worker left it."""

    message = N_("Bin {bin_code} is registered, or was changed since.")
    way_out = N_("Ask a supervisor to open it again.")
    field = "Bin Code"


def take_back_entries(
    session: Session, entry_ids: Sequence[int], by: By, scan_id: int | None
) -> None:
    """Undo what one scan saw in a bin that is still open.

    Raises:
        BinCountChanged: when it is not open to this worker, or counted anew.
    """
    entry = CountEntry
    seen = session.scalars(select(entry).where(entry.id.in_(entry_ids)).order_by(entry.id)).all()
    count = _count(session, seen[0].bin_count_id, BinCountState.OPEN, by)
    if count.round != seen[0].round:
        raise _changed(session, count)
    rows = [
        {name: getattr(one, name) for name in AS_BEFORE}
        | {
            "quantity": -one.quantity,
            "quantity_base": -one.quantity_base,
            "counted_at": by.at,
            "user_id": by.user_id,
            "scan_id": scan_id,
            "undoes_id": one.id,
        }
        for one in seen
    ]
    session.execute(insert(CountEntry), rows)


def take_back_opening(session: Session, count_id: int, by: By) -> None:
    """A bin in which nothing is seen is to be counted again, by anybody.

    Raises:
        BinCountChanged: when something is seen in it, or it is not open to this worker.
    """
    count = _count(session, count_id, BinCountState.OPEN, by)
    if newest_seen(session, count, 1)[1]:
        raise _changed(session, count)
    count.state = BinCountState.TO_COUNT
    count.opened_at = count.opened_by_id = None


def take_back_closing(session: Session, count_id: int, by: By) -> None:
    """A bin that was closed too early is open again, with all that was seen in it.

    Raises:
        BinCountChanged: when it is registered, or to be counted anew.
    """
    count = _count(session, count_id, BinCountState.CLOSED, by)
    drop_counted(session, count)
    count.state = BinCountState.OPEN
    count.declared_empty = False
    count.closed_at = count.closed_by_id = None
    session.flush()


def _count(session: Session, count_id: int, state: BinCountState, by: By) -> BinCount:
    locked = select(BinCount).where(BinCount.id == count_id).with_for_update()
    count = session.scalars(locked.execution_options(populate_existing=True)).one()
    worker = count.closed_by_id if state is BinCountState.CLOSED else count.opened_by_id
    if count.state is not state or worker != by.user_id:
        raise _changed(session, count)
    return count


def _changed(session: Session, count: BinCount) -> BinCountChanged:
    return BinCountChanged(bin_code=session.get_one(Bin, count.bin_id).code)
