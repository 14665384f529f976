"""How far receipts and shipments are, counted over all of their lines by the database.

A page shows some lines; what can be done with a document follows from all of them.

This module must never change a document.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, select
from sqlalchemy.orm import Session

from scanner_app.quantities import ZERO
from scanner_app.warehouse.activity import (
    ActionType,
    ActivityType,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.document_kind import RECEIPTS, DocumentKind
from scanner_app.warehouse.shipment import WarehouseShipmentLine


@dataclass(frozen=True)
class DocumentTotals:
    """How many lines a document has, and how many of them are how far.

    Attributes:
        done: what came or has left whole.
        to_receive: the next posting takes something of them.
        picked: they are picked whole.
        to_pick: something is neither picked nor on a pick.
        to_ship: something is picked and has not left.
    """

    lines: int = 0
    done: int = 0
    to_receive: int = 0
    picked: int = 0
    to_pick: int = 0
    to_ship: int = 0


def totals_of_documents(
    session: Session, kind: DocumentKind, document_ids: Collection[int]
) -> dict[int, DocumentTotals]:
    """The totals of documents by their ids; one without lines is left out."""
    counts, on_picks = _counts(kind, document_ids)
    of_kind = select(
        kind.key, func.count(), *(func.count().filter(condition) for condition in counts.values())
    ).where(kind.key.in_(document_ids))
    if on_picks is not None:
        of_kind = of_kind.outerjoin(on_picks, on_picks.c.line_id == kind.line.id)
    return {
        id_: DocumentTotals(lines, **dict(zip(counts, rest, strict=True)))
        for id_, lines, *rest in session.execute(of_kind.group_by(kind.key))
    }


def _counts(
    kind: DocumentKind, document_ids: Collection[int]
) -> tuple[dict[str, ColumnElement[bool]], Subquery | None]:
    """What is counted, and what the lines are joined with for it."""
    row: Any = kind.line
    if kind is RECEIPTS:
        counts = {"done": row.qty_received == row.quantity, "to_receive": row.qty_to_receive > ZERO}
        return counts, None
    on_picks = _on_picks(document_ids)
    under_way = row.qty_picked_base + func.coalesce(on_picks.c.quantity, ZERO)
    return {
        "done": row.qty_shipped_base == row.quantity_base,
        "picked": row.qty_picked_base == row.quantity_base,
        "to_pick": under_way < row.quantity_base,
        "to_ship": row.qty_picked_base > row.qty_shipped_base,
    }, on_picks


def _on_picks(shipment_ids: Collection[int]) -> Subquery:
    """What open picks still bring to each line of shipments."""
    line, pick, row = WarehouseActivityLine, WarehouseActivity, WarehouseShipmentLine
    type_ = line.qty_outstanding_base.type
    total = func.sum(line.qty_outstanding_base, type_=type_)
    return (
        select(row.id.label("line_id"), total.label("quantity"))
        .join(line, line.source_document_line_id == row.id)
        .join(pick, pick.id == line.activity_id)
        .where(
            row.shipment_id.in_(shipment_ids),
            pick.type == ActivityType.PICK,
            line.action_type == ActionType.PLACE,
        )
        .group_by(row.id)
        .subquery()
    )
