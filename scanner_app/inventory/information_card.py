"""Information card: what the card of a serial, lot or package no. says, field by field.

The three kinds share all fields but those of `OWN_CAPTIONS`, and everything that is done with
them. Every value is text, see `text_card`; item, variant and number are the key of the card.

This module must never decide what a card may say: that is `information_setup`.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import N_
from scanner_app.inventory.item import Item, ItemVariant
from scanner_app.inventory.text_card import NO, ROWS_AT_ONCE, YES, TextCard
from scanner_app.inventory.tracking_information import CARD_TABLES, Card, NumberKind

KEY_FIELDS = ("item_no", "variant_code", "number")
NUMBER_CAPTIONS = {
    NumberKind.SERIAL: N_("Serial No."),
    NumberKind.LOT: N_("Lot No."),
    NumberKind.PACKAGE: N_("Package No."),
}
OWN_CAPTIONS = {
    NumberKind.SERIAL: {},
    NumberKind.LOT: {
        "test_quality": N_("Test Quality"),
        "certificate_number": N_("Certificate Number"),
    },
    NumberKind.PACKAGE: {
        "country_region_code": N_("Country/Region Code"),
        "certificate_number": N_("Certificate Number"),
    },
}
# No code can hold it: so no two cards have the same name in the change log.
NO_BREAK_SPACE = "\u00a0"


def captions_of(kind: NumberKind) -> dict[str, str]:
    """The fields of a kind of card with their captions, in the order of the card."""
    return {
        "item_no": N_("Item No."),
        "variant_code": N_("Variant Code"),
        "number": NUMBER_CAPTIONS[kind],
        "description": N_("Description"),
        **OWN_CAPTIONS[kind],
        "blocked": N_("Blocked"),
        "comment": N_("Comment"),
    }


def table_name_of(kind: NumberKind) -> str:
    """The table of a kind of card, as the change log names it."""
    return str(CARD_TABLES[kind][0].__tablename__)


def blank_card(kind: NumberKind) -> TextCard:
    """What a new card says before anything is typed."""
    return dict.fromkeys(captions_of(kind), "") | {"blocked": NO}


def card_of(session: Session, kind: NumberKind, row: Card) -> TextCard:
    """What the card of a number says."""
    item_no, variant_code = session.execute(
        select(Item.no, ItemVariant.code)
        .join(ItemVariant, ItemVariant.item_id == Item.id)
        .where(Item.id == row.item_id, ItemVariant.id == row.variant_id)
    ).one()
    return _card(kind, row, item_no, variant_code)


def list_information_cards(session: Session, kind: NumberKind) -> Iterator[TextCard]:
    """What all cards of a kind say, by item, variant and number, in one look-up."""
    table, number = CARD_TABLES[kind]
    in_order = (
        select(table, Item.no, ItemVariant.code)
        .join(Item, Item.id == table.item_id)
        .join(ItemVariant, ItemVariant.id == table.variant_id)
        .order_by(Item.no, ItemVariant.code, getattr(table, number))
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for row, item_no, variant_code in session.execute(in_order):
        yield _card(kind, row, item_no, variant_code)


def _card(kind: NumberKind, row: Card, item_no: str, variant_code: str) -> TextCard:
    own = {name: str(getattr(row, name)) for name in OWN_CAPTIONS[kind]}
    said = {
        "item_no": item_no,
        "variant_code": variant_code,
        "number": getattr(row, CARD_TABLES[kind][1]),
        "description": row.description,
        "blocked": YES if row.blocked else NO,
        "comment": row.comment,
    }
    return {name: (said | own)[name] for name in captions_of(kind)}


def find_card(session: Session, kind: NumberKind, card_id: int) -> Card | None:
    """The card with this id, as an address names it."""
    found: Card | None = session.get(CARD_TABLES[kind][0], card_id)
    return found


def name_of(card: TextCard) -> str:
    """The name of a card in the change log: item, variant and number."""
    return NO_BREAK_SPACE.join(card[name] for name in KEY_FIELDS)
