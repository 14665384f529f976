"""Item Card: what the card of an item says, field by field, as people read and type it.

Every value is text, see `text_card`.

This module must never decide what a card may say: that is `item_setup`.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from scanner_app.errors import N_
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.inventory.text_card import NO, ROWS_AT_ONCE, YES, TextCard

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
    "warehouse_class_code": N_("Warehouse Class Code"),
    "put_away_template_code": N_("Put-away Template Code"),
}


_SERIAL_NOS, _LOT_NOS = aliased(NumberSeries), aliased(NumberSeries)
_ITEM_WITH_CODES = (
    select(Item, UnitOfMeasure.code, ItemTrackingCode.code, _SERIAL_NOS.code, _LOT_NOS.code)
    .join(UnitOfMeasure, UnitOfMeasure.id == Item.base_unit_of_measure_id)
    .outerjoin(ItemTrackingCode, ItemTrackingCode.id == Item.item_tracking_code_id)
    .outerjoin(_SERIAL_NOS, _SERIAL_NOS.id == Item.serial_nos_id)
    .outerjoin(_LOT_NOS, _LOT_NOS.id == Item.lot_nos_id)
)


def blank_card() -> TextCard:
    """What the card of a new item says before anything is typed."""
    return dict.fromkeys(CAPTIONS, "") | {"blocked": NO, "qty_rounding_precision": "0.00001"}


def card_of(session: Session, item: Item) -> TextCard:
    """What the card of an item says."""
    return _card(*session.execute(_ITEM_WITH_CODES.where(Item.id == item.id)).one())


def list_item_cards(session: Session) -> Iterator[TextCard]:
    """What the cards of all items say, in the order of their numbers, in one look-up."""
    in_order = _ITEM_WITH_CODES.order_by(Item.no).execution_options(yield_per=ROWS_AT_ONCE)
    for row in session.execute(in_order):
        yield _card(*row)


def _card(
    item: Item, unit: str, code: str | None, of_serials: str | None, of_lots: str | None
) -> TextCard:
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
        "warehouse_class_code": item.warehouse_class_code,
        "put_away_template_code": item.put_away_template_code,
    }


def find_item(session: Session, no: str) -> Item | None:
    """The item of a number as somebody typed it."""
    name = no.strip().upper()
    return session.scalar(select(Item).where(Item.no == name)) if name.isprintable() else None
