"""Making put-aways, picks and movements: a header and its pairs of Take and Place.

This module must never choose a bin: the creating verbs say where from and where to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind, Meaning, index_codes
from scanner_app.insert_rows import insert_rows
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
        of_both = _row_of_both(activity.id, pair_no, pair)
        line_no = (pair_no * 2 - 1) * 10_000
        take = {"line_no": line_no, "action_type": ActionType.TAKE, "bin_id": pair.take_bin_id}
        place = {
            "line_no": line_no + 10_000,
            "action_type": ActionType.PLACE,
            "bin_id": pair.place_bin_id,
        }
        rows += (of_both | take, of_both | place)
    insert_rows(session, WarehouseActivityLine, rows)


def autofill_qty_to_handle(session: Session, activity: WarehouseActivity) -> None:
    """Let the next registration register all that is outstanding."""
    row = WarehouseActivityLine
    session.execute(
        update(row)
        .where(row.activity_id == activity.id)
        .values(qty_to_handle=row.qty_outstanding, qty_to_handle_base=row.qty_outstanding_base)
    )


def _row_of_both(activity_id: int, pair_no: int, pair: NewPair) -> dict[str, Any]:
    """What the Take and the Place of a pair have in common."""
    base = to_base(pair.quantity, pair.qty_per_unit_of_measure)
    return {
        "activity_id": activity_id,
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
