"""Blocked, and information cards: whether item, variant and numbers may take part at all.

Postings and the manual lines of warehouse journals ask the same (docs/domain.md 2.7, 9.1).

This module must never create a card: it says which ones a posting makes.
"""

from collections.abc import Mapping, Sequence

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking_code import EntryType, ItemTrackingCode, cards_required
from scanner_app.inventory.posting_refusals import (
    CardMissing,
    ItemBlocked,
    NumberBlocked,
    VariantBlocked,
)
from scanner_app.inventory.tracking_information import Card, NumberKind, NumberOfItem

# The serial and lot switches create cards; a required package no. always gets one.
_CREATING_SWITCHES = {
    NumberKind.SERIAL: "create_serial_info_on_posting",
    NumberKind.LOT: "create_lot_info_on_posting",
    NumberKind.PACKAGE: "package_specific_tracking",
}


def check_item_open(item: Item, variant_id: int, blocked_variants: Mapping[int, str]) -> None:
    """Refuse an item or variant that takes part in nothing.

    Raises:
        ItemBlocked, VariantBlocked: when it is blocked.
    """
    if item.blocked:
        raise ItemBlocked(item_no=item.no)
    if variant_id in blocked_variants:
        raise VariantBlocked(variant_code=blocked_variants[variant_id], item_no=item.no)


def check_cards(
    item: Item,
    code: ItemTrackingCode | None,
    entry_type: EntryType,
    numbers: Sequence[NumberOfItem],
    cards: Mapping[NumberOfItem, Card],
    *,
    inbound: bool,
) -> tuple[NumberOfItem, ...]:
    """Cards are created, demanded or tested for Blocked, in this order; returns those to create.

    Raises:
        CardMissing, NumberBlocked: for the first number, in the order of the numbers.
    """
    required = cards_required(code, entry_type, inbound=inbound)
    demanded = {
        NumberKind.SERIAL: required.serial,
        NumberKind.LOT: required.lot,
        NumberKind.PACKAGE: required.package,
    }
    created: list[NumberOfItem] = []
    for number in numbers:
        kind, card = number[2], cards.get(number)
        # A package card that is demanded is never created; posting makes the other ones.
        creates = kind is not NumberKind.PACKAGE or not demanded[kind]
        if card is None and creates and _creates_card(code, kind):
            created.append(number)
        elif card is None and demanded[kind]:
            raise CardMissing(kind=kind.value, number=number[3], item_no=item.no)
        elif card is not None and card.blocked:
            raise NumberBlocked(kind=kind.value, number=number[3], item_no=item.no)
    return tuple(created)


def _creates_card(code: ItemTrackingCode | None, kind: NumberKind) -> bool:
    return code is not None and bool(getattr(code, _CREATING_SWITCHES[kind]))
