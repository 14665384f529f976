"""Look up: what a code is, where it lies, and which documents wait for it.

This module must never change anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind
from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_tracking import describe, numbers_of
from scanner_app.inventory.location import Location
from scanner_app.scanning.resolve import Candidate
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance

ROWS_SHOWN_MAX = 100


@dataclass(frozen=True)
class Lies:
    """One quantity of one set of numbers in one bin."""

    bin_code: str
    words: str
    description: str
    variant_code: str
    quantity_base: Decimal
    unit: str
    expiration_date: date | None
    is_adjustment_bin: bool


@dataclass(frozen=True)
class LookedUp:
    """What a candidate is, and what of it lies where at the location."""

    kind: CodeKind
    code: str
    item_no: str
    description: str
    rows: tuple[Lies, ...]
    more: bool


def look_up(session: Session, location: Location, candidate: Candidate) -> LookedUp:
    """Everything of a candidate that lies at a location; a bin shows its content."""
    rows = _balances(session, location, candidate)
    item = session.get(Item, candidate.item_id) if candidate.item_id else None
    return LookedUp(
        kind=candidate.kind,
        code=candidate.code,
        item_no=item.no if item else "",
        description=item.description if item else "",
        rows=tuple(rows[:ROWS_SHOWN_MAX]),
        more=len(rows) > ROWS_SHOWN_MAX,
    )


def _balances(session: Session, location: Location, candidate: Candidate) -> Sequence[Lies]:
    row = BinBalance
    statement = (
        select(row, Bin.code, Item, ItemVariant.code, UnitOfMeasure.code)
        .join(Bin, Bin.id == row.bin_id)
        .join(Item, Item.id == row.item_id)
        .join(ItemVariant, ItemVariant.id == row.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == Item.base_unit_of_measure_id)
        .where(row.location_id == location.id, HAS_STOCK)
        .order_by(row.is_adjustment_bin, Bin.code, row.id)
        .limit(ROWS_SHOWN_MAX + 1)
    )
    if candidate.kind is CodeKind.BIN:
        statement = statement.where(row.bin_id == candidate.target_id)
    if candidate.item_id:
        statement = statement.where(row.item_id == candidate.item_id)
    if candidate.variant_id:
        statement = statement.where(row.variant_id == candidate.variant_id)
    columns = (row.serial_no, row.lot_no, row.package_no)
    for column, number in zip(columns, candidate.numbers.as_tuple(), strict=True):
        if number:
            statement = statement.where(column == number)
    return [
        Lies(
            bin_code=bin_code,
            words=describe(item.no, numbers_of(balance)),
            description=item.description,
            variant_code=variant_code,
            quantity_base=balance.quantity_base,
            unit=unit,
            expiration_date=balance.expiration_date,
            is_adjustment_bin=balance.is_adjustment_bin,
        )
        for balance, bin_code, item, variant_code, unit in session.execute(statement)
    ]
