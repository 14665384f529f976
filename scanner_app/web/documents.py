"""Receipts and shipments: the supervisor posts what arrived and what leaves.

This module must never post by itself: the posting verbs of `warehouse` do.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.location import Location, work_date_of
from scanner_app.quantities import ZERO, from_base
from scanner_app.warehouse.activity import ActivityType, WarehouseActivity
from scanner_app.warehouse.employee import check_works_at
from scanner_app.warehouse.picked_numbers import open_picks
from scanner_app.warehouse.post_receipt import post_warehouse_receipt
from scanner_app.warehouse.post_shipment import post_warehouse_shipment
from scanner_app.warehouse.receipt import WarehouseReceipt, WarehouseReceiptLine
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.shipment import ShipmentStatus, WarehouseShipment, WarehouseShipmentLine
from scanner_app.web.current import current_location, current_user_id, now, reading
from scanner_app.web.posting_once import post_once
from scanner_app.web.security import supervisor_required

blueprint = Blueprint("documents", __name__, url_prefix="/documents")

DOCUMENTS_SHOWN_MAX = 50


@dataclass(frozen=True)
class DocumentLine:
    """One line of a receipt or shipment, with how far it is."""

    item_no: str
    description: str
    quantity: Decimal
    unit: str
    picked: Decimal
    done: Decimal
    on_picks: Decimal = ZERO


@dataclass(frozen=True)
class DocumentRow:
    """A receipt or shipment in the list."""

    no: str
    source: str
    released: bool
    lines: tuple[DocumentLine, ...]
    pick_no: str = ""

    @property
    def can_be_picked(self) -> bool:
        """Whether a line is neither picked whole nor on a pick."""
        return any(line.picked + line.on_picks < line.quantity for line in self.lines)

    @property
    def can_be_posted(self) -> bool:
        """Whether a line is picked and did not leave yet."""
        return any(line.picked > line.done for line in self.lines)


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """The open receipts and shipments of the location."""
    location, session = current_location(), reading()
    return render_template(
        "documents/list.html",
        location=location,
        receipts=receipt_rows(session, location) if location else [],
        shipments=shipment_rows(session, location) if location else [],
        done=request.args.get("done", ""),
        no=request.args.get("no", ""),
    )


@blueprint.post("/receipts/<no>/posting")
@supervisor_required
def post_receipt(no: str) -> AnyResponse:
    """Post a receipt; its put-away is made."""
    user_id, at = current_user_id(), now()

    def work(session: Session) -> dict[str, object]:
        receipt = find_document(session, WarehouseReceipt, no)
        put_away = post_warehouse_receipt(session, receipt.id, by_at(session, receipt, user_id, at))
        return {"no": put_away.no if put_away else ""}

    answer = post_once(work)
    return redirect(
        url_for(
            "documents.show_list", done="received" if answer["no"] else "no-room", no=answer["no"]
        ),
        303,
    )


@blueprint.post("/shipments/<no>/posting")
@supervisor_required
def post_shipment(no: str) -> AnyResponse:
    """Post what is picked of a shipment."""
    user_id, at = current_user_id(), now()

    def work(session: Session) -> dict[str, object]:
        shipment = find_document(session, WarehouseShipment, no)
        by = by_at(session, shipment, user_id, at)
        return {"no": post_warehouse_shipment(session, shipment.id, by)}

    answer = post_once(work)
    return redirect(url_for("documents.show_list", done="shipped", no=answer["no"]), 303)


def receipt_rows(session: Session, location: Location) -> list[DocumentRow]:
    """Receipts that are not posted, with their lines."""
    rows = _with_lines(session, location, WarehouseReceipt, WarehouseReceiptLine)
    return [
        DocumentRow(
            receipt.no,
            f"{receipt.source_document.value} {receipt.source_no}",
            released=True,
            lines=tuple(
                DocumentLine(
                    item.no, item.description, line.quantity, unit, ZERO, line.qty_received
                )
                for line, item, unit in lines
            ),
        )
        for receipt, lines in rows
    ]


def shipment_rows(session: Session, location: Location) -> list[DocumentRow]:
    """Shipments that have not left, with what is picked of each line."""
    rows = _with_lines(session, location, WarehouseShipment, WarehouseShipmentLine)
    picks = _open_picks(session, location)
    on_picks: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    for line_id, _, quantity in open_picks(
        session, [line.id for _, lines in rows for line, _, _ in lines]
    ):
        on_picks[line_id] += quantity
    return [
        DocumentRow(
            shipment.no,
            f"{shipment.source_document.value} {shipment.source_no}",
            shipment.status is ShipmentStatus.RELEASED,
            tuple(
                DocumentLine(
                    item.no,
                    item.description,
                    line.quantity,
                    unit,
                    from_base(line.qty_picked_base, line.qty_per_unit_of_measure),
                    from_base(line.qty_shipped_base, line.qty_per_unit_of_measure),
                    from_base(on_picks[line.id], line.qty_per_unit_of_measure),
                )
                for line, item, unit in lines
            ),
            picks.get(shipment.no, ""),
        )
        for shipment, lines in rows
    ]


def _open_picks(session: Session, location: Location) -> dict[str, str]:
    """The pick that is open for each shipment."""
    activity = WarehouseActivity
    rows = session.execute(
        select(activity.source_no, activity.no)
        .where(activity.location_id == location.id, activity.type == ActivityType.PICK)
        .order_by(activity.id)
    )
    return {source_no: no for source_no, no in rows}


def count_documents(session: Session, location: Location) -> int:
    """How many receipts and shipments are open at a location."""
    return sum(
        session.scalar(
            select(func.count()).select_from(table).where(table.location_id == location.id)
        )
        or 0
        for table in (WarehouseReceipt, WarehouseShipment)
    )


def _with_lines(session: Session, location: Location, header: Any, line: Any) -> list[Any]:  # noqa: ANN401 - two kinds of document
    """Headers with their lines, in two look-ups."""
    headers = session.scalars(
        select(header)
        .where(header.location_id == location.id)
        .order_by(header.no)
        .limit(DOCUMENTS_SHOWN_MAX)
    ).all()
    key = line.receipt_id if header is WarehouseReceipt else line.shipment_id
    found: dict[int, list[Any]] = {row.id: [] for row in headers}
    statement = (
        select(line, Item, UnitOfMeasure.code)
        .join(Item, Item.id == line.item_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == line.unit_of_measure_id)
        .where(key.in_(found))
        .order_by(line.line_no)
    )
    for row in session.execute(statement):
        found[getattr(row[0], key.key)].append(row)
    return [(row, found[row.id]) for row in headers]


def find_document(session: Session, table: Any, no: str) -> Any:  # noqa: ANN401 - a receipt or a shipment
    """A receipt or shipment of a location where the user works.

    Raises:
        NotFound: when there is none of that number.
        NotWarehouseEmployee: when it is elsewhere.
    """
    document = session.scalars(select(table).where(table.no == no.upper())).one_or_none()
    if document is None:
        raise NotFound
    check_works_at(session, current_user_id(), session.get_one(Location, document.location_id))
    return document


def by_at(session: Session, document: Any, user_id: int, at: Any) -> By:  # noqa: ANN401 - see above
    """Who does it, and the work date at the document's location."""
    location = session.get_one(Location, document.location_id)
    return By(user_id, work_date_of(location, at), at)
