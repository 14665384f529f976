"""Sync: the supervisor's page where counted differences reach the item ledger, once.

Calculate proposes journal lines from the adjustment bin, the page tests each number as posting
would, and Post writes the chosen ones (docs/domain.md 8).

This module must never post by itself: `item_journal_posting` does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.user import User
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_balance_reading import quantities_on_inventory
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.item_ledger import ItemLedgerEntry, ItemRegister
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.location import Location, work_date_of
from scanner_app.quantities import ZERO
from scanner_app.warehouse.adjustment_sync import (
    calculate_warehouse_adjustment,
    lock_sync,
    proposed_lines,
    unsynchronised,
)
from scanner_app.warehouse.bin_balance import BalanceKey, BinBalance, key_of
from scanner_app.warehouse.employee import NoLocationChosen
from scanner_app.warehouse.item_journal_posting import (
    JournalNumber,
    journal_problems,
    post_item_journal_lines,
    read_journal_numbers,
)
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.sync_evidence import Evidence, evidence_of
from scanner_app.web.current import current_location, current_user_id, now, reading
from scanner_app.web.posting_once import post_once
from scanner_app.web.refusals import sentence
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import format_day, gettext

blueprint = Blueprint("sync", __name__, url_prefix="/sync")

BATCH_NAME = "SYNC"
REGISTERS_SHOWN_MAX = 20


class LocationNotDirected(RuleRefused):
    """Only directed locations adjust in bins first."""

    message = N_("{location} has no adjustment bin, so nothing waits for a sync there.")
    way_out = N_("Choose a location with directed put-away and pick.")
    field = "Location Code"


@dataclass(frozen=True)
class SyncRow:
    """One set of numbers that waits: its quantity, its causes, and whether it can be posted."""

    item_no: str
    description: str
    numbers: TrackingNumbers
    positive: Decimal
    negative: Decimal
    evidence: tuple[Evidence, ...]
    since: date | None
    choice: str
    problem: str
    way_out: str
    before: Decimal

    @property
    def after(self) -> Decimal:
        """What the item ledger would say after posting."""
        return self.before + self.positive - self.negative


@blueprint.get("")
@supervisor_required
def show() -> str:
    """What waits, and what posting it would do."""
    location = _location()
    session = reading()
    balances = unsynchronised(session, location)
    rows = _rows(session, location, balances)
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
        posted=int(request.args.get("posted", 0, type=int)),
        by_day=_totals(rows, lambda found: format_day(found.registering_date)),
        by_reason=_totals(rows, lambda found: found.reason or gettext("No reason")),
        by_worker=_totals(rows, lambda found: found.user_name),
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
    location = current_location()
    if location is None:
        raise NoLocationChosen
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


def _rows(session: Session, location: Location, balances: Sequence[BinBalance]) -> list[SyncRow]:
    lines = proposed_lines(session, location)
    numbers = read_journal_numbers(session, lines)
    proposed = {_key_of_number(location, number): number for number in numbers}
    problems = journal_problems(session, numbers)
    evidence = evidence_of(session, balances)
    ids = {balance.item_id for balance in balances}
    items = {item.id: item for item in session.scalars(select(Item).where(Item.id.in_(ids)))}
    before = quantities_on_inventory(session, location.id, balances)
    return [
        _row(
            balance,
            items[balance.item_id],
            proposed.get(key_of(balance)),
            problems,
            evidence.get(key_of(balance), []),
            before.get(key_of(balance).as_tuple()[1:], ZERO),
        )
        for balance in balances
    ]


def _key_of_number(location: Location, number: JournalNumber) -> BalanceKey:
    line = number.part.line
    return BalanceKey(
        location.adjustment_bin_id or 0,
        line.item.id,
        line.variant_id,
        line.unit_of_measure_id,
        *line.warehouse_numbers.as_tuple(),
    )


def _row(
    balance: BinBalance,
    item: Item,
    number: JournalNumber | None,
    problems: dict[tuple[int, int], RuleRefused],
    evidence: Sequence[Evidence],
    before: Decimal,
) -> SyncRow:
    quantity = balance.quantity_base
    stale = number is not None and number.part.line.quantity_base != -quantity
    problem = problems.get(number.id) if number else None
    return SyncRow(
        item_no=item.no,
        description=item.description,
        numbers=TrackingNumbers(balance.serial_no, balance.lot_no, balance.package_no),
        positive=max(-quantity, ZERO),
        negative=max(quantity, ZERO),
        evidence=tuple(evidence),
        since=evidence[0].registering_date if evidence else None,
        choice="" if number is None or stale else f"{number.id[0]}-{number.id[1]}",
        problem=sentence(problem.message, problem.parameters) if problem else "",
        way_out=sentence(problem.way_out, problem.parameters) if problem else "",
        before=before,
    )


@dataclass(frozen=True)
class Total:
    """One bar of a picture: what was found and what is missing."""

    label: str
    positive: Decimal
    negative: Decimal


def _totals(rows: Sequence[SyncRow], label_of: Callable[[Evidence], str]) -> list[Total]:
    """What was found and what is missing, by day, reason or worker; the oldest first."""
    found = sorted(
        (found for row in rows for found in row.evidence), key=lambda f: f.registering_date
    )
    totals: dict[str, tuple[Decimal, Decimal]] = {}
    for part in found:
        plus, minus = totals.get(label_of(part), (ZERO, ZERO))
        quantity = part.quantity_base
        totals[label_of(part)] = (plus + max(-quantity, ZERO), minus + max(quantity, ZERO))
    # A count that found what was booked says nothing in a picture of differences.
    return [Total(label, *both) for label, both in totals.items() if any(both)]


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
