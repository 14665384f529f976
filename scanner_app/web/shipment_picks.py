"""Picks of a shipment: what can be picked of it now, why the rest cannot, and the pick itself.

This module must never decide what may be picked: `create_pick` does.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item import UnitOfMeasure
from scanner_app.warehouse.create_pick import NothingToPick, PlannedLine, create_pick, plan_pick
from scanner_app.warehouse.delete_pick import delete_pick
from scanner_app.warehouse.document_kind import SHIPMENTS
from scanner_app.warehouse.pick_demand import demands_of
from scanner_app.warehouse.shipment import ShipmentStatus
from scanner_app.web.cards import said
from scanner_app.web.current import current_user_id, now, reading
from scanner_app.web.document_pages import draw_document
from scanner_app.web.document_ways import by_at, find_document, name_of
from scanner_app.web.posting_once import post_once
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required

blueprint = Blueprint("shipment_picks", __name__, url_prefix="/documents/shipments/<no>/pick")


@dataclass(frozen=True)
class LeftOutRow:
    """A quantity that does not count, and why."""

    quantity: Decimal
    reason: str


@dataclass(frozen=True)
class PickableRow:
    """What a line still needs and what it would get, in the base unit of its item.

    Attributes:
        numbers: those that the shipment names, '' where it names none.
        found_since: the first day on which something was found that waits for the sync.
    """

    item_no: str
    description: str
    numbers: str
    unit: str
    wanted: Decimal
    taken: Decimal
    short: Decimal
    left_out: tuple[LeftOutRow, ...]
    found_since: date | None


@blueprint.get("")
@supervisor_required
def show(no: str) -> tuple[str, int]:
    """What can be picked of the shipment, line by line."""
    return _draw(no)


@blueprint.post("")
@supervisor_required
def create(no: str) -> AnyResponse | tuple[str, int]:
    """Create the pick of a shipment; where nothing can be picked, say why for each line."""
    user_id, at = current_user_id(), now()

    def work(session: Session) -> dict[str, object]:
        shipment = find_document(session, SHIPMENTS, no)
        by = by_at(session, shipment, user_id, at)
        made = create_pick(session, shipment.id, by).no
        return {"no": made, "short": bool(demands_of(session, shipment))}

    try:
        answer = post_once(work)
    except NothingToPick as refusal:
        return _draw(no, refusal)
    if answer["short"]:
        return redirect(url_for(".show", no=no, made=answer["no"]), 303)
    return redirect(url_for("documents.show_list", done="picking", no=answer["no"]), 303)


@blueprint.post("/removal")
@supervisor_required
def remove(no: str) -> AnyResponse | tuple[str, int]:
    """Delete the open pick of a shipment; what was registered of it stays."""

    def work(session: Session) -> dict[str, object]:
        return {"no": delete_pick(session, find_document(session, SHIPMENTS, no))}

    try:
        post_once(work)
    except RuleRefused as refusal:
        return draw_document(SHIPMENTS, find_document(reading(), SHIPMENTS, no), refusal)
    address = url_for("document_pages.show", kind=name_of(SHIPMENTS), no=no, done="removed")
    return redirect(address, 303)


def _draw(no: str, refusal: RuleRefused | None = None) -> tuple[str, int]:
    session = reading()
    shipment = find_document(session, SHIPMENTS, no)
    by = by_at(session, shipment, current_user_id(), now())
    page = render_template(
        "documents/pick.html",
        shipment=shipment,
        is_released=shipment.status is ShipmentStatus.RELEASED,
        rows=_rows(session, plan_pick(session, shipment, by.work_date)),
        made=request.args.get("made", ""),
        refused=said(refusal) if refusal else None,
    )
    return page, status_of(refusal) if refusal else 200


def _rows(session: Session, planned: list[PlannedLine]) -> list[PickableRow]:
    unit_ids = {line.demand.item.base_unit_of_measure_id for line in planned}
    row = UnitOfMeasure
    found = session.execute(select(row.id, row.code).where(row.id.in_(sorted(unit_ids))))
    units = {id_: code for id_, code in found}
    return [_row(line, units[line.demand.item.base_unit_of_measure_id]) for line in planned]


def _row(line: PlannedLine, unit: str) -> PickableRow:
    item = line.demand.item
    return PickableRow(
        item.no,
        item.description,
        " ".join(filter(None, line.demand.named.as_tuple())),
        unit,
        line.demand.missing_base,
        line.taken_base,
        line.short_base,
        tuple(LeftOutRow(quantity, reason.value) for reason, quantity in line.left_out.items()),
        line.found_since,
    )
