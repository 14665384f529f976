"""What the source of a put-away or pick is told when it is registered (docs/domain.md 6.2, 6.3).

This module must never count what is only noted as missing: the source asks for it again.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.quantities import ZERO
from scanner_app.warehouse.activity import (
    ActionType,
    ActivityType,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.receipt import PostedReceiptLine
from scanner_app.warehouse.shipment import WarehouseShipmentLine


def tell_source(
    session: Session, activity: WarehouseActivity, lines: Sequence[WarehouseActivityLine]
) -> None:
    """Tell the receipt what is put away, the shipment what is picked."""
    source: Any
    if activity.type is ActivityType.PUT_AWAY:
        source, column = PostedReceiptLine, PostedReceiptLine.qty_put_away_base
    elif activity.type is ActivityType.PICK:
        source, column = WarehouseShipmentLine, WarehouseShipmentLine.qty_picked_base
    else:
        return
    done: dict[int, Decimal] = {}
    for line in lines:
        if line.action_type is ActionType.PLACE and line.source_document_line_id is not None:
            key = line.source_document_line_id
            done[key] = done.get(key, ZERO) + line.qty_to_handle_base
    _add(session, source, column, done)


def tell_receipt_of_return(session: Session, returned: Mapping[int, Decimal]) -> None:
    """Tell the receipt what is not put away any more: base quantities by its posted lines."""
    less = {line_id: -quantity_base for line_id, quantity_base in returned.items()}
    _add(session, PostedReceiptLine, PostedReceiptLine.qty_put_away_base, less)


def _add(session: Session, source: Any, column: Any, done: Mapping[int, Decimal]) -> None:  # noqa: ANN401 - a mapped class and its column
    rows = select(source).where(source.id.in_(sorted(done))).order_by(source.id)
    for source_line in session.scalars(rows.with_for_update()):
        setattr(source_line, column.key, getattr(source_line, column.key) + done[source_line.id])
    session.flush()
