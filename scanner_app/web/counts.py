"""Counts: the physical inventory journals of a location, counted by scan, registered by bin.

This module must never apply a scan: those arrive at `scans`.
"""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.user import User
from scanner_app.code_index import CodeKind, Meaning, index_codes
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.location import Location, work_date_of
from scanner_app.records import to_code
from scanner_app.scanning.count_prompts import count_prompt
from scanner_app.scanning.given import given_on
from scanner_app.scanning.keep_scan import known_device_id
from scanner_app.warehouse.bin import Bin, Zone
from scanner_app.warehouse.calculate_inventory import (
    NoBinToCount,
    bins_to_count,
    calculate_inventory,
    lock_batch,
)
from scanner_app.warehouse.expectation import moved_lines, reopen_bin, retake_expectation
from scanner_app.warehouse.physical_inventory import count_of_bin
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.register_journal import register_warehouse_journal
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
)
from scanner_app.web.current import current_location, current_user_id, now, reading
from scanner_app.web.posting_once import post_once
from scanner_app.web.security import supervisor_required
from scanner_app.web.sessions import device_identity
from scanner_app.web.texts import gettext

blueprint = Blueprint("counts", __name__, url_prefix="/counts")


class NoLocationChosen(RuleRefused):
    """The user works nowhere, or chose no location."""

    message = N_("No location is chosen.")
    way_out = N_("Choose the location you work at on the home page.")
    field = "Location Code"


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
    def closed(self) -> bool:
        """Whether it may be registered."""
        return self.state is BinCountState.CLOSED

    @property
    def begun(self) -> bool:
        """Whether somebody opened it."""
        return self.state is not BinCountState.TO_COUNT


@blueprint.get("")
def show_list() -> str:
    """The counts of the location."""
    location = current_location()
    zones: list[Zone] = []
    if location is not None:
        zones = list(
            reading().scalars(
                select(Zone).where(Zone.location_id == location.id).order_by(Zone.code)
            )
        )
    rows = count_rows(reading(), location) if location else []
    return render_template("counts/list.html", rows=rows, location=location, zones=zones)


@blueprint.post("")
@supervisor_required
def calculate() -> AnyResponse:
    """Calculate a zone or single bins into a count, new or there already."""
    location, form = _location(), request.form
    name = to_code(form.get("name", ""), 10)
    codes = [to_code(code, 20) for code in form.get("bins", "").replace(",", " ").split()]
    zone_id = int(form["zone"]) if form.get("zone", "").isdecimal() else None

    def work(session: Session) -> dict[str, object]:
        bins = bins_to_count(session, location.id, zone_id=zone_id, codes=codes)
        if not bins or not name:
            raise NoBinToCount(location=location.code)
        batch = _batch_for(session, location, name, blind="guided" not in form)
        calculate_inventory(session, batch.id, bins)
        return {"name": name}

    return redirect(url_for("counts.show", no=post_once(work)["name"]), 303)


@blueprint.get("/<no>")
def show(no: str) -> str:
    """One count: the question at hand, and for a supervisor every bin."""
    batch = find_batch(reading(), no)
    return render_template(
        "counts/show.html",
        batch=batch,
        registered=_digits("registered"),
        remaining=_digits("remaining"),
        **task_values(batch),
    )


@blueprint.post("/<no>/registration")
def register(no: str) -> AnyResponse:
    """Register the closed bins; the others stay to be counted."""
    location, user_id, at = _location(), current_user_id(), now()

    def work(session: Session) -> dict[str, object]:
        by = By(user_id, work_date_of(location, at), at)
        result = register_warehouse_journal(session, find_batch(session, no).id, by)
        return {"no": result.no, "bins": result.bins, "left": result.bins_remaining}

    answer = post_once(work)
    address = url_for("counts.show", no=no, registered=answer["bins"], remaining=answer["left"])
    return redirect(address, 303)


@blueprint.post("/<no>/bins/<bin_code>/expectation")
def retake(no: str, bin_code: str) -> AnyResponse:
    """Take the booked quantities of a bin again, after something moved in it."""

    def work(session: Session) -> dict[str, object]:
        batch = find_batch(session, no)
        lock_batch(session, batch.id)
        retake_expectation(session, _count(session, batch, bin_code))
        return {}

    post_once(work)
    return redirect(url_for("counts.show", no=no), 303)


@blueprint.post("/<no>/bins/<bin_code>/reopening")
@supervisor_required
def reopen(no: str, bin_code: str) -> AnyResponse:
    """Have a closed bin counted again."""

    def work(session: Session) -> dict[str, object]:
        batch = find_batch(session, no)
        lock_batch(session, batch.id)
        reopen_bin(session, _count(session, batch, bin_code))
        return {}

    post_once(work)
    return redirect(url_for("counts.show", no=no), 303)


def _digits(name: str) -> str:
    """A number in the address, or nothing: anybody may type there."""
    text = request.args.get(name, "")[:9]
    return text if text.isascii() and text.isdecimal() else ""


def task_values(batch: WarehouseJournalBatch) -> dict[str, object]:
    """What the task region of a count shows; the bins only between two of them."""
    session = reading()
    device_id = known_device_id(session, device_identity())
    given = given_on(session, device_id, "count", batch.id)
    prompt = count_prompt(session, batch, given, current_user_id())
    between_bins = prompt.question in ("bin", "complete")
    return {"prompt": prompt, "bins": _bin_rows(session, batch) if between_bins else []}


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
        .where(batch.location_id == location.id)
        .group_by(batch.id)
        .having(func.count(count.id).filter(count.state != BinCountState.REGISTERED) > 0)
        .order_by(batch.name)
    )
    return [
        CountRow(name, description, to_count, opened, closed)
        for name, description, to_count, opened, closed in session.execute(statement)
    ]


def find_batch(session: Session, no: str) -> WarehouseJournalBatch:
    """A count of the current location; others are not found."""
    statement = select(WarehouseJournalBatch).where(
        WarehouseJournalBatch.location_id == _location().id,
        WarehouseJournalBatch.name == no.upper(),
    )
    batch = session.scalars(statement).one_or_none()
    if batch is None:
        raise NotFound
    return batch


@blueprint.app_template_filter("zone_choice")
def to_choice(zone: Zone) -> tuple[str, str]:
    """A zone as a list shows it."""
    return str(zone.id), f"{zone.code} {zone.description}".strip()


def _location() -> Location:
    location = current_location()
    if location is None:
        raise NoLocationChosen
    return location


def _batch_for(
    session: Session, location: Location, name: str, *, blind: bool
) -> WarehouseJournalBatch:
    statement = select(WarehouseJournalBatch).where(
        WarehouseJournalBatch.location_id == location.id, WarehouseJournalBatch.name == name
    )
    batch = session.scalars(statement).one_or_none()
    if batch is None:
        batch = WarehouseJournalBatch(location_id=location.id, name=name, blind=blind)
        session.add(batch)
        session.flush()
        meaning = Meaning(name, CodeKind.COUNT, batch.id, location_id=location.id)
        index_codes(session, [meaning])
    return batch


def _count(session: Session, batch: WarehouseJournalBatch, bin_code: str) -> BinCount:
    statement = select(Bin).where(
        Bin.location_id == batch.location_id, Bin.code == bin_code.upper()
    )
    bin_ = session.scalars(statement).one_or_none()
    if bin_ is None:
        raise NotFound
    return count_of_bin(session, batch, bin_)


def _bin_rows(session: Session, batch: WarehouseJournalBatch) -> list[BinRow]:
    """Every bin that is not registered, with who counts it and whether it moved."""
    count = BinCount
    statement = (
        select(count, Bin.code, User.user_name)
        .join(Bin, Bin.id == count.bin_id)
        .outerjoin(User, User.id == func.coalesce(count.closed_by_id, count.opened_by_id))
        .where(count.batch_id == batch.id, count.state != BinCountState.REGISTERED)
        .order_by(Bin.code)
    )
    rows = session.execute(statement).all()
    moved = {key.bin_id for _, key in moved_lines(session, [row for row, _, _ in rows])}
    return [
        BinRow(code, row.state, user_name or "", row.bin_id in moved)
        for row, code, user_name in rows
    ]
