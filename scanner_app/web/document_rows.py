"""Receipts and shipments as pages show them: each line with how far it is, in few look-ups.

This module must never change a document.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_tracking_code import tracked_numbers
from scanner_app.inventory.location import Location
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.quantities import ZERO, from_base
from scanner_app.warehouse.activity import ActivityType, WarehouseActivity
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, Document, DocumentKind
from scanner_app.warehouse.journal_tracking import tracked_quantities
from scanner_app.warehouse.picked_numbers import open_picks
from scanner_app.warehouse.register_activity import items_with_codes
from scanner_app.warehouse.shipment import ShipmentStatus
from scanner_app.warehouse.source_document import TRANSFERS as TRANSFER_SOURCES
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.web.document_totals import DocumentTotals, totals_of_documents

DOCUMENTS_SHOWN_MAX = 50
LINES_SHOWN_MAX = 10


@dataclass(frozen=True)
class DocumentLine:
    """One line of a receipt or shipment, with how far it is, in its unit.

    Attributes:
        shipped: of a transfer, what is in transit or has come.
        picked: what stands in the shipment bin or has left.
        done: what came or has left.
        on_picks: what open picks still bring.
        to_receive: what the next posting takes.
        is_tracked: whether the item may have numbers.
        tracked_base: how many base units have numbers; None without any.
    """

    line_no: int
    item_no: str
    variant: str
    description: str
    quantity: Decimal
    unit: str
    done: Decimal
    shipped: Decimal = ZERO
    picked: Decimal = ZERO
    on_picks: Decimal = ZERO
    to_receive: Decimal = ZERO
    reason: str = ""
    is_tracked: bool = False
    tracked_base: Decimal | None = None


@dataclass(frozen=True)
class DocumentRow:
    """A receipt or shipment with some of its lines, and the totals of all."""

    no: str
    source: str
    source_no: str
    released: bool
    lines: tuple[DocumentLine, ...]
    totals: DocumentTotals
    pick_no: str = ""

    @property
    def of_transfer(self) -> bool:
        """Whether its lines are those of a transfer order."""
        return self.source in TRANSFER_SOURCES

    @property
    def can_be_picked(self) -> bool:
        """Whether it is released, and a line is neither picked whole nor on a pick."""
        return self.released and self.totals.to_pick > 0

    @property
    def can_be_posted(self) -> bool:
        """Whether a line is picked and did not leave yet."""
        return self.totals.to_ship > 0

    @property
    def can_be_received(self) -> bool:
        """Whether something has come that is not posted."""
        return self.totals.to_receive > 0


def open_documents(session: Session, kind: DocumentKind, location: Location) -> list[DocumentRow]:
    """The open documents of a location, the first ones by number."""
    of_location = select(kind.header).where(kind.header.location_id == location.id)
    in_order = of_location.order_by(kind.header.no).limit(DOCUMENTS_SHOWN_MAX)
    return document_rows(session, kind, session.scalars(in_order).all(), LINES_SHOWN_MAX)


def count_documents(session: Session, location: Location) -> int:
    """How many receipts and shipments are open at a location."""
    return sum(
        session.scalar(
            select(func.count())
            .select_from(kind.header)
            .where(kind.header.location_id == location.id)
        )
        or 0
        for kind in (RECEIPTS, SHIPMENTS)
    )


def document_rows(
    session: Session,
    kind: DocumentKind,
    documents: Sequence[Document],
    lines_max: int,
    after_line_no: int = 0,
) -> list[DocumentRow]:
    """Documents, each with so many lines after the one that the part before ended with."""
    ids = [document.id for document in documents]
    part = _part_of_lines(kind, ids, lines_max, after_line_no)
    lines = lines_of_documents(session, kind, ids, part)
    totals = totals_of_documents(session, kind, ids)
    picks = _open_picks(session, documents) if kind is SHIPMENTS else {}
    return [
        DocumentRow(
            document.no,
            document.source_document.value,
            document.source_no,
            kind is RECEIPTS or document.status is ShipmentStatus.RELEASED,
            tuple(lines[document.id]),
            totals.get(document.id, DocumentTotals()),
            picks.get(document.no, ""),
        )
        for document in documents
    ]


def _part_of_lines(
    kind: DocumentKind, document_ids: Collection[int], lines_max: int, after_line_no: int
) -> Select[int]:
    """The ids of the first lines of each document, after a line."""
    row = kind.line
    place = func.row_number().over(partition_by=kind.key, order_by=row.line_no)
    in_order = (
        select(row.id, place.label("place"))
        .where(kind.key.in_(document_ids), row.line_no > after_line_no)
        .subquery()
    )
    return select(in_order.c.id).where(in_order.c.place <= lines_max)


def lines_of_documents(
    session: Session,
    kind: DocumentKind,
    document_ids: Collection[int],
    wanted: Select[int] | None = None,
) -> dict[int, list[DocumentLine]]:
    """The wanted lines of documents, or all of them, by the ids of these."""
    row = kind.line
    rows = session.execute(
        select(row, ItemVariant.code, UnitOfMeasure.code, ReasonCode.code)
        .join(ItemVariant, ItemVariant.id == row.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == row.unit_of_measure_id)
        .outerjoin(ReasonCode, ReasonCode.id == row.reason_code_id)
        .where(kind.key.in_(document_ids) if wanted is None else row.id.in_(wanted))
        .order_by(row.line_no)
    ).all()
    items = items_with_codes(session, {line.item_id for line, *_ in rows})
    ids = [line.id for line, *_ in rows]
    tracked = tracked_quantities(session, ids, kind.source)
    on_picks: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    for line_id, _, quantity in open_picks(session, ids) if kind is SHIPMENTS else ():
        on_picks[line_id] += quantity
    lines: dict[int, list[DocumentLine]] = {id_: [] for id_ in document_ids}
    for line, variant, unit, reason in rows:
        item, code = items[line.item_id]
        lines[getattr(line, kind.key.key)].append(
            DocumentLine(
                line.line_no,
                item.no,
                variant,
                line.description or item.description,
                line.quantity,
                unit,
                reason=reason or "",
                is_tracked=bool(tracked_numbers(code)),
                tracked_base=tracked.get(line.id),
                **_how_far(kind, line, on_picks[line.id]),
            )
        )
    return lines


def _how_far(kind: DocumentKind, line: Any, on_picks_base: Decimal) -> dict[str, Decimal]:  # noqa: ANN401 - of one of three tables
    if kind is RECEIPTS:
        return {"done": line.qty_received, "to_receive": line.qty_to_receive}
    per_unit = line.qty_per_unit_of_measure
    if kind is TRANSFERS:
        return {
            "done": from_base(line.qty_received_base, per_unit),
            "shipped": from_base(line.qty_shipped_base, per_unit),
        }
    return {
        "done": from_base(line.qty_shipped_base, per_unit),
        "picked": from_base(line.qty_picked_base, per_unit),
        "on_picks": from_base(on_picks_base, per_unit),
    }


def _open_picks(session: Session, documents: Sequence[Document]) -> dict[str, str]:
    """The pick that is open for each shipment."""
    activity = WarehouseActivity
    rows = session.execute(
        select(activity.source_no, activity.no)
        .where(
            activity.type == ActivityType.PICK,
            activity.location_id.in_({document.location_id for document in documents}),
            activity.source_no.in_([document.no for document in documents]),
        )
        .order_by(activity.id)
    )
    return {source_no: no for source_no, no in rows}
