"""Item Card: what the card of an item says, field by field, as people read and type it.

Every value is text, see `text_card`.

This module must never decide what a card may say: that is `item_setup`.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from scanner_app.errors import N_
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.inventory.text_card import NO, YES, TextCard

CAPTIONS = {
    "no": N_("No."),
    "description": N_("Description"),
    "base_unit_of_measure": N_("Base Unit of Measure"),
    "gtin": N_("GTIN"),
    "blocked": N_("Blocked"),
    "qty_rounding_precision": N_("Qty. Rounding Precision"),
    "item_tracking_code": N_("Item Tracking Code"),
    "serial_nos": N_("Serial Nos."),
    "lot_nos": N_("Lot Nos."),
    "expiration_calculation": N_("Expiration Calculation"),
}


def blank_card() -> TextCard:
    """What the card of a new item says before anything is typed."""
    return dict.fromkeys(CAPTIONS, "") | {"blocked": NO, "qty_rounding_precision": "0.00001"}


def card_of(session: Session, item: Item) -> TextCard:
    """What the card of an item says."""
    serial_nos, lot_nos = aliased(NumberSeries), aliased(NumberSeries)
    unit, code, of_serials, of_lots = session.execute(
        select(UnitOfMeasure.code, ItemTrackingCode.code, serial_nos.code, lot_nos.code)
        .select_from(Item)
        .join(UnitOfMeasure, UnitOfMeasure.id == Item.base_unit_of_measure_id)
        .outerjoin(ItemTrackingCode, ItemTrackingCode.id == Item.item_tracking_code_id)
        .outerjoin(serial_nos, serial_nos.id == Item.serial_nos_id)
        .outerjoin(lot_nos, lot_nos.id == Item.lot_nos_id)
        .where(Item.id == item.id)
    ).one()
    return {
        "no": item.no,
        "description": item.description,
        "base_unit_of_measure": unit,
        "gtin": item.gtin,
        "blocked": YES if item.blocked else NO,
        "qty_rounding_precision": f"{item.qty_rounding_precision:f}",
        "item_tracking_code": code or "",
        "serial_nos": of_serials or "",
        "lot_nos": of_lots or "",
        "expiration_calculation": item.expiration_calculation,
    }


def find_item(session: Session, no: str) -> Item | None:
    """The item of a number as somebody typed it."""
    name = no.strip().upper()
    return session.scalar(select(Item).where(Item.no == name)) if name.isprintable() else None
