"""Item Unit of Measure: what one row of an item's units says, as people read and type it.

This module must never write, nor ask what stands against a change (docs/domain.md 2.11).
"""

from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.errors import N_
from scanner_app.inventory.item import ItemUnit, UnitOfMeasure
from scanner_app.inventory.item_part_refusals import ItemUnitMissing, QtyPerUnitNotReadable
from scanner_app.inventory.text_card import TextCard
from scanner_app.inventory.typed_fields import VALUE_SHOWN_MAX
from scanner_app.quantities import QuantityNotReadable, parse_quantity

CAPTIONS = {
    "code": N_("Unit of Measure"),
    "qty_per_unit_of_measure": N_("Qty. per Unit of Measure"),
}


def unit_card(session: Session, row: ItemUnit) -> TextCard:
    """What a unit of an item says."""
    unit = session.get_one(UnitOfMeasure, row.unit_of_measure_id)
    return {"code": unit.code, "qty_per_unit_of_measure": f"{row.qty_per_unit_of_measure:f}"}


def read_unit_card(typed: TextCard) -> TextCard:
    """Return what was typed as a row keeps it.

    Raises:
        ItemUnitMissing: when no unit was chosen.
        QtyPerUnitNotReadable: for what is no number above 0 with at most five decimals.
    """
    code = typed["code"].strip().upper()
    if not code:
        raise ItemUnitMissing
    quantity = _read_quantity(typed["qty_per_unit_of_measure"])
    return {"code": code, "qty_per_unit_of_measure": f"{quantity:f}"}


def _read_quantity(typed: str) -> Decimal:
    try:
        quantity = parse_quantity(typed)
    except QuantityNotReadable as fault:
        raise QtyPerUnitNotReadable(typed=typed[:VALUE_SHOWN_MAX]) from fault
    if not quantity:
        raise QtyPerUnitNotReadable(typed=typed[:VALUE_SHOWN_MAX])
    return quantity
