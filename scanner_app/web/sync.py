"""Sync: the supervisor's page where counted differences reach the item ledger, once.

Calculate proposes journal lines from the adjustment bin, the page tests each number as posting
would, and Post writes the chosen ones (docs/domain.md 8).

This module must never post by itself: `item_journal_posting` does.
"""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.user import User
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.item_ledger import ItemLedgerEntry, ItemRegister
from scanner_app.inventory.location import Location, work_date_of
from scanner_app.quantities import ZERO
from scanner_app.warehouse.adjustment_sync import (
    BATCH_NAME,
    calculate_warehouse_adjustment,
    lock_sync,
    proposed_lines,
    unsynchronised,
)
from scanner_app.warehouse.item_journal_posting import post_item_journal_lines
from scanner_app.warehouse.register_activity import By
from scanner_app.web.address_numbers import asked_number
from scanner_app.web.current import chosen_location, current_user_id, now, reading
from scanner_app.web.posting_once import post_once
from scanner_app.web.security import supervisor_required
from scanner_app.web.sync_rows import sync_rows, totals
from scanner_app.web.texts import format_day, gettext

blueprint = Blueprint("sync", __name__, url_prefix="/sync")

REGISTERS_SHOWN_MAX = 20


class LocationNotDirected(RuleRefused):
    """Only directed locations adjust in bins first."""

    message = N_("{location} has no adjustment bin, so nothing waits for a sync there.")
    way_out = N_("Choose a location with directed put-away and pick.")
    field = "Location Code"


@blueprint.get("")
@supervisor_required
def show() -> str:
    """What waits, and what posting it would do."""
    location = _location()
    session = reading()
    balances = unsynchronised(session, location)
    rows = sync_rows(session, location, balances)
    return render_template(
        "sync/show.html",
        location=location,
        rows=rows,
        today=work_date_of(location, now()),
        positive=sum((row.positive for row in rows), ZERO),
        negative=sum((row.negative for row in rows), ZERO),
        ready=sum(1 for row in rows if row.choice and not row.problem),
        calculated=any(row.choice for row in rows),
        registers=_registers(session, location),
        posted=asked_number("posted"),
        by_day=totals(rows, lambda found: format_day(found.registering_date)),
        by_reason=totals(rows, lambda found: found.reason or gettext("No reason")),
        by_worker=totals(rows, lambda found: found.user_name),
    )


@blueprint.post("/calculation")
@supervisor_required
def calculate() -> AnyResponse:
    """Propose journal lines for everything that waits."""
    location, by = _location(), _by()

    def work(session: Session) -> dict[str, object]:
        calculated = calculate_warehouse_adjustment(session, location, _batch(session), by)
        return {"lines": calculated.lines}

    post_once(work)
    return redirect(url_for("sync.show"), 303)


@blueprint.post("/posting")
@supervisor_required
def post() -> AnyResponse:
    """Post the chosen numbers, all or none."""
    location, by = _location(), _by()
    chosen = {_read_choice(text) for text in request.form.getlist("number")}

    def work(session: Session) -> dict[str, object]:
        lock_sync(session, location)
        lines = proposed_lines(session, location)
        wanted = {line_id for line_id, _ in chosen}
        posted = post_item_journal_lines(
            session,
            [line.id for line in lines if line.id in wanted],
            by,
            batch_name=BATCH_NAME,
            chosen=chosen,
        )
        return {"no": posted.item_register.no, "numbers": len(chosen)}

    answer = post_once(work)
    return redirect(url_for("sync.show", posted=answer["numbers"]), 303)


def _location() -> Location:
    location = chosen_location()
    if location.adjustment_bin_id is None:
        raise LocationNotDirected(location=location.code)
    return location


def _by() -> By:
    return By(current_user_id(), work_date_of(_location(), now()), now())


def _batch(session: Session) -> ItemJournalBatch:
    """The batch of the sync, made when it is needed first."""
    statement = select(ItemJournalBatch).where(ItemJournalBatch.name == BATCH_NAME)
    batch = session.scalars(statement).one_or_none()
    if batch is None:
        batch = ItemJournalBatch(name=BATCH_NAME, item_tracking_on_lines=True)
        session.add(batch)
        session.flush()
    return batch


def _read_choice(text: str) -> tuple[int, int]:
    line, _, tracking = text.partition("-")
    if not (line.isdecimal() and tracking.isdecimal()):
        return (0, 0)
    return (int(line), int(tracking))


@dataclass(frozen=True)
class SyncRegister:
    """One sync of the past."""

    no: int
    created_at: datetime
    user_name: str
    entries: int


def _registers(session: Session, location: Location) -> list[SyncRegister]:
    """The latest syncs of the location, newest first."""
    first = (
        select(ItemLedgerEntry.register_id)
        .where(
            ItemLedgerEntry.location_id == location.id,
            ItemLedgerEntry.warehouse_adjustment.is_(True),
            ItemLedgerEntry.register_id == ItemRegister.id,
        )
        .exists()
    )
    statement = (
        select(ItemRegister, User.user_name)
        .join(User, User.id == ItemRegister.user_id)
        .where(first, ItemRegister.journal_batch_name == BATCH_NAME)
        .order_by(ItemRegister.id.desc())
        .limit(REGISTERS_SHOWN_MAX)
    )
    return [
        SyncRegister(
            register.no,
            register.created_at,
            user_name,
            register.to_entry_no - register.from_entry_no + 1,
        )
        for register, user_name in session.execute(statement)
    ]
