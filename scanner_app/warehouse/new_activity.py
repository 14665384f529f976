"""Making put-aways, picks and movements: a header and its pairs of Take and Place.

This module must never choose a bin: the creating verbs say where from and where to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind, Meaning, index_codes
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.number_series import take_number
from scanner_app.quantities import to_base
from scanner_app.warehouse.activity import (
    ActionType,
    ActivityType,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.register_activity import KIND_OF_CODE, By

SERIES = {
    ActivityType.PUT_AWAY: "PUTAWAY",
    ActivityType.PICK: "PICK",
    ActivityType.MOVEMENT: "MOVEMENT",
}


@dataclass(frozen=True)
class NewPair:
    """One quantity to be taken from one bin and placed in another.

    The number of a kind the worker may choose is left blank; `place_bin_id` None lets the worker
    choose the bin.
    """

    item: Item
    variant_id: int
    unit_of_measure_id: int
    qty_per_unit_of_measure: Decimal
    quantity: Decimal
    numbers: TrackingNumbers
    take_bin_id: int | None
    place_bin_id: int | None
    warranty_date: date | None = None
    expiration_date: date | None = None
    source_document_line_id: int | None = None


def insert_activity(
    session: Session,
    activity: WarehouseActivity,
    pairs: Sequence[NewPair],
    by: By,
) -> WarehouseActivity:
    """Give the header its number, insert it and its lines, and make it scannable."""
    activity.no = take_number(session, SERIES[activity.type], by.work_date)
    activity.created_at = by.at
    session.add(activity)
    session.flush()
    add_pairs(session, activity, pairs, first_pair_no=1)
    kind: CodeKind = KIND_OF_CODE[activity.type]
    meaning = Meaning(activity.no, kind, activity.id, location_id=activity.location_id)
    index_codes(session, [meaning])
    return activity


def add_pairs(
    session: Session, activity: WarehouseActivity, pairs: Sequence[NewPair], *, first_pair_no: int
) -> None:
    """Insert a Take and a Place for each pair, numbered in steps of ten thousand."""
    rows: list[dict[str, Any]] = []
    for pair_no, pair in enumerate(pairs, start=first_pair_no):
        for half, (action, bin_id) in enumerate(
            ((ActionType.TAKE, pair.take_bin_id), (ActionType.PLACE, pair.place_bin_id))
        ):
            line_no = (pair_no * 2 - 1 + half) * 10_000
            rows.append(_line_row(activity.id, line_no, pair_no, pair) | _half(action, bin_id))
    session.execute(insert(WarehouseActivityLine), rows)


def _half(action: ActionType, bin_id: int | None) -> dict[str, Any]:
    return {"action_type": action, "bin_id": bin_id}


def _line_row(activity_id: int, line_no: int, pair_no: int, pair: NewPair) -> dict[str, Any]:
    base = to_base(pair.quantity, pair.qty_per_unit_of_measure)
    return {
        "activity_id": activity_id,
        "line_no": line_no,
        "pair_no": pair_no,
        "item_id": pair.item.id,
        "variant_id": pair.variant_id,
        "description": pair.item.description,
        "unit_of_measure_id": pair.unit_of_measure_id,
        "qty_per_unit_of_measure": pair.qty_per_unit_of_measure,
        "quantity": pair.quantity,
        "quantity_base": base,
        "qty_outstanding": pair.quantity,
        "qty_outstanding_base": base,
        "serial_no": pair.numbers.serial_no,
        "lot_no": pair.numbers.lot_no,
        "package_no": pair.numbers.package_no,
        "warranty_date": pair.warranty_date,
        "expiration_date": pair.expiration_date,
        "source_document_line_id": pair.source_document_line_id,
    }
