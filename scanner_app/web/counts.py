"""Counts: the physical inventory journals of a location, counted by scan, registered by bin.

This module must never apply a scan: those arrive at `scans`.
"""

from typing import cast

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.inventory.location import Location, work_date_of
from scanner_app.jobs.calculate_inventory_job import request_calculation
from scanner_app.records import to_code
from scanner_app.scanning.count_prompts import CountPrompt, count_prompt
from scanner_app.scanning.open_count import count_on_device
from scanner_app.warehouse.bin import Bin, Zone
from scanner_app.warehouse.calculate_inventory import (
    NoBinToCount,
    bins_to_count,
    calculate_inventory,
    lock_batch,
)
from scanner_app.warehouse.expectation import reopen_bin, retake_expectation
from scanner_app.warehouse.physical_inventory import count_of_bin
from scanner_app.warehouse.record_card import check_in_address
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.register_journal import register_warehouse_journal
from scanner_app.warehouse.set_up_warehouse_journal_batch import (
    WarehouseJournal,
    add_batch,
    find_warehouse_journal_batch,
)
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    WarehouseJournalBatch,
    WarehouseJournalTemplate,
)
from scanner_app.web.count_rows import BinPage, bin_page, count_rows
from scanner_app.web.current import (
    chosen_location,
    chosen_location_id,
    current_location,
    current_user_id,
    now,
    reading,
)
from scanner_app.web.job_pages import calculation_of, job_worker
from scanner_app.web.posting_once import post_once
from scanner_app.web.security import supervisor_required
from scanner_app.web.sessions import device_identity
from scanner_app.web.undo_offer import undo_offer

blueprint = Blueprint("counts", __name__, url_prefix="/counts")

PHYSICAL_INVENTORY = WarehouseJournalTemplate.PHYSICAL_INVENTORY
# More bins are calculated by a job, some in each transaction, so that scanning goes on.
BINS_AT_ONCE_MAX = 40


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
    location, form, user_id, at = chosen_location(), request.form, current_user_id(), now()
    name = to_code(form.get("name", ""), 10)
    codes = [to_code(code, 20) for code in form.get("bins", "").replace(",", " ").split()]
    zone_id = int(form["zone"]) if form.get("zone", "").isdecimal() else None

    def work(session: Session) -> dict[str, object]:
        bins = bins_to_count(session, location.id, zone_id=zone_id, codes=codes)
        if not bins or not name:
            raise NoBinToCount(location=location.code)
        batch = _batch_for(session, location, name, blind="guided" not in form)
        if len(bins) <= BINS_AT_ONCE_MAX:
            calculate_inventory(session, batch.id, bins)
        else:
            ids = [bin_.id for bin_ in bins]
            request_calculation(session, batch.id, ids, user_id, at)
        return {"name": name}

    answer = post_once(work)
    job_worker().wake()
    return redirect(url_for("counts.show", no=answer["name"]), 303)


@blueprint.get("/<no>")
def show(no: str) -> str:
    """One count: the question at hand, and for a supervisor every bin."""
    return render_template(
        "counts/show.html",
        registered=_digits("registered"),
        remaining=_digits("remaining"),
        has_journal=current_user.is_supervisor and chosen_location().directed_put_away_and_pick,
        **_task_with_bins(no),
    )


@blueprint.get("/<no>/task")
def show_task(no: str) -> str:
    """The task region alone, for a page that waits for a calculation."""
    return render_template("counts/_task.html", **_task_with_bins(no))


@blueprint.get("/<no>/bins")
def show_bins(no: str) -> str:
    """The bins alone, for a page that was left by closing one."""
    batch = _find_batch(reading(), no)
    return render_template("counts/_bins.html", batch=batch, bins=_bins(batch))


@blueprint.post("/<no>/registration")
def register(no: str) -> AnyResponse:
    """Register the closed bins; the others stay to be counted."""
    location, user_id, at = chosen_location(), current_user_id(), now()

    def work(session: Session) -> dict[str, object]:
        by = By(user_id, work_date_of(location, at), at)
        result = register_warehouse_journal(session, _find_batch(session, no).id, by)
        return {"no": result.no, "bins": result.bins, "left": result.bins_remaining}

    answer = post_once(work)
    address = url_for("counts.show", no=no, registered=answer["bins"], remaining=answer["left"])
    return redirect(address, 303)


@blueprint.post("/<no>/bins/<bin_code>/expectation")
def retake(no: str, bin_code: str) -> AnyResponse:
    """Take the booked quantities of a bin again, after something moved in it."""

    def work(session: Session) -> dict[str, object]:
        batch = _find_batch(session, no)
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
        batch = _find_batch(session, no)
        lock_batch(session, batch.id)
        reopen_bin(session, _count(session, batch, bin_code))
        return {}

    post_once(work)
    return redirect(url_for("counts.show", no=no), 303)


def _digits(name: str) -> str:
    """A number in the address, or nothing: anybody may type there."""
    text = request.args.get(name, "")[:9]
    return text if text.isascii() and text.isdecimal() else ""


def task_values(no: str) -> dict[str, object]:
    """A count and what is asked now; the list of its bins is left to be asked for."""
    session = reading()
    found = count_on_device(session, chosen_location_id(), no.upper(), device_identity())
    if found is None:
        raise NotFound
    batch, prompt = found.batch, count_prompt(session, found, current_user_id())
    return {
        "batch": batch,
        "prompt": prompt,
        "undo": undo_offer(found.last_scan),
        "bins": None,
        "calculation": calculation_of(session, batch.id) if prompt.is_between_bins else None,
    }


def _task_with_bins(no: str) -> dict[str, object]:
    """The same with a page of bins, between two of them."""
    values = task_values(no)
    batch, prompt = cast("WarehouseJournalBatch", values["batch"]), values["prompt"]
    if cast("CountPrompt", prompt).is_between_bins:
        values["bins"] = _bins(batch)
    return values


def _bins(batch: WarehouseJournalBatch) -> BinPage:
    return bin_page(reading(), batch, after=request.args.get("after", "")[:20].upper())


def _find_batch(session: Session, no: str) -> WarehouseJournalBatch:
    """A count of the current location; others are not found."""
    batch = find_warehouse_journal_batch(session, _journal(chosen_location_id()), no)
    if batch is None:
        raise NotFound
    return batch


@blueprint.app_template_filter("zone_choice")
def to_choice(zone: Zone) -> tuple[str, str]:
    """A zone as a list shows it."""
    return str(zone.id), f"{zone.code} {zone.description}".strip()


def _batch_for(
    session: Session, location: Location, name: str, *, blind: bool
) -> WarehouseJournalBatch:
    batch = find_warehouse_journal_batch(session, _journal(location.id), name)
    if batch is None:
        check_in_address(name)
        batch = WarehouseJournalBatch(
            location_id=location.id, template=PHYSICAL_INVENTORY, name=name, blind=blind
        )
        add_batch(session, batch)
    return batch


def _journal(location_id: int) -> WarehouseJournal:
    return WarehouseJournal(location_id, PHYSICAL_INVENTORY)


def _count(session: Session, batch: WarehouseJournalBatch, bin_code: str) -> BinCount:
    statement = select(Bin).where(
        Bin.location_id == batch.location_id, Bin.code == bin_code.upper()
    )
    bin_ = session.scalars(statement).one_or_none()
    if bin_ is None:
        raise NotFound
    return count_of_bin(session, batch, bin_)
