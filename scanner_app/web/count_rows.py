"""Counts and their bins as lists show them: how far each is, and who is at it.

This module must never change anything.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.access.user import User
from scanner_app.errors import N_
from scanner_app.inventory.location import Location
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.expectation import moved_lines
from scanner_app.warehouse.warehouse_journal import (
    IS_COUNT,
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
)
from scanner_app.web.texts import gettext

BINS_ON_PAGE = 100

STATES = {
    BinCountState.TO_COUNT: (N_("To count"), ""),
    BinCountState.OPEN: (N_("Open"), "warn"),
    BinCountState.CLOSED: (N_("Closed"), "ok"),
}


@dataclass(frozen=True)
class CountRow:
    """A count in a list: its bins by state."""

    name: str
    description: str
    to_count: int
    open: int
    closed: int


@dataclass(frozen=True)
class BinRow:
    """A bin of a count, as a supervisor sees it."""

    code: str
    state: BinCountState
    user_name: str
    moved: bool

    @property
    def words(self) -> str:
        """Its state in the reader's language."""
        return gettext(STATES[self.state][0])

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return STATES[self.state][1]

    @property
    def begun(self) -> bool:
        """Whether somebody opened it."""
        return self.state is not BinCountState.TO_COUNT


@dataclass(frozen=True)
class BinPage:
    """Some bins of a count in the order of their codes, from behind one on."""

    rows: list[BinRow]
    after: str
    next_after: str


def count_rows(session: Session, location: Location) -> list[CountRow]:
    """The counts of a location with their bins by state, in one look-up."""
    batch, count = WarehouseJournalBatch, BinCount
    statement = (
        select(
            batch.name,
            batch.description,
            func.count(count.id).filter(count.state == BinCountState.TO_COUNT),
            func.count(count.id).filter(count.state == BinCountState.OPEN),
            func.count(count.id).filter(count.state == BinCountState.CLOSED),
        )
        .outerjoin(count, count.batch_id == batch.id)
        .where(batch.location_id == location.id, IS_COUNT)
        .group_by(batch.id)
        .having(func.count(count.id).filter(count.state != BinCountState.REGISTERED) > 0)
        .order_by(batch.name)
    )
    return [
        CountRow(name, description, to_count, opened, closed)
        for name, description, to_count, opened, closed in session.execute(statement)
    ]


def bin_page(session: Session, batch: WarehouseJournalBatch, after: str) -> BinPage:
    """The bins behind a code that are not registered, with who counts them and what moved."""
    count = BinCount
    statement = (
        select(count, Bin.code, User.user_name)
        .join(Bin, Bin.id == count.bin_id)
        .outerjoin(User, User.id == func.coalesce(count.closed_by_id, count.opened_by_id))
        .where(
            count.batch_id == batch.id,
            count.state != BinCountState.REGISTERED,
            Bin.code > after,
        )
        .order_by(Bin.code)
        .limit(BINS_ON_PAGE + 1)
    )
    found = session.execute(statement).all()
    rows, more = found[:BINS_ON_PAGE], len(found) > BINS_ON_PAGE
    moved = {key.bin_id for _, key in moved_lines(session, [row for row, _, _ in rows])}
    return BinPage(
        [
            BinRow(code, row.state, user_name or "", row.bin_id in moved)
            for row, code, user_name in rows
        ],
        after=after,
        next_after=rows[-1][1] if more else "",
    )
