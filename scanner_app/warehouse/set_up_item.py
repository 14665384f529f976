"""Setting up items: an item is made, and its card is changed (docs/domain.md 2.11).

Both verbs make the item scannable and found by its words in the same transaction, and write the
change log. They never commit: the caller does.

This module must never delete an item, nor change its number.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import log_changes
from scanner_app.access.sign_in import Change
from scanner_app.code_index import CodeKind, forget_codes, gtin_14, meanings_of
from scanner_app.inventory.item import Item, ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_card import CAPTIONS, card_of, find_item
from scanner_app.inventory.item_refusals import (
    BaseUnitFixed,
    BaseUnitHoldsMore,
    GtinTaken,
    ItemNumberTaken,
    ItemUnknown,
    TrackingFixedByDocument,
    TrackingFixedByLedger,
    TrackingFixedByWarehouse,
)
from scanner_app.inventory.item_setup import (
    NUMBER_LENGTH,
    check_tracking,
    find_named,
    read_card,
    read_number,
    write_card,
)
from scanner_app.inventory.item_tracking_code import (
    ItemTrackingCode,
    numbers_in_warehouse,
    specific_numbers,
)
from scanner_app.inventory.set_up_lock import lock_set_up
from scanner_app.inventory.text_card import Changes, TextCard, changed_fields, check_unchanged
from scanner_app.quantities import ONE
from scanner_app.warehouse.item_use import (
    ITEM_LEDGER,
    WAREHOUSE_LEDGER,
    has_ledger_entries,
    has_warehouse_entries,
    open_document,
    open_document_with_numbers,
)
from scanner_app.warehouse.master_codes import index_item
from scanner_app.warehouse.set_up_put_away_template import check_template

TABLE = Item.__tablename__
TEMPLATE = "put_away_template_code"


def create_item(session: Session, typed: TextCard, change: Change) -> Item:
    """Add an item with its blank variant and its base unit.

    Raises:
        ItemNumberTaken: when there is such an item.
        GtinTaken: when another item has the GTIN.
        RecordNotFound: for a put-away template that is not there.
        RuleRefused: as `read_number`, `read_card`, `find_named` and `check_tracking` raise it.
    """
    no = read_number(typed["no"])
    lock_set_up(session)
    if find_item(session, no):
        raise ItemNumberTaken(no=no)
    card = read_card(typed | {"no": no})
    named = find_named(session, card)
    check_tracking(card, named.tracking_code)
    check_template(session, CAPTIONS[TEMPLATE], card[TEMPLATE])
    item = Item(no=no)
    _check_gtin_is_free(session, item, card["gtin"])
    write_card(item, card, named)
    session.add(item)
    session.flush()
    session.add(ItemVariant(item_id=item.id, code=""))
    _add_base_unit(session, item, named.unit)
    index_item(session, item)
    _log(session, no, change, changed_fields(dict.fromkeys(card, ""), card))
    return item


def change_item(
    session: Session, no: str, as_read: TextCard, typed: TextCard, change: Change
) -> None:
    """Let the card say what was typed, unless a rule or another editor stands against it.

    Raises:
        ItemUnknown: for an item that is not there.
        CardChanged: when somebody changed the card after it was read.
        RecordNotFound: for a put-away template that is not there.
        RuleRefused: as `read_card`, `find_named` and `check_change` raise it.
    """
    lock_set_up(session)
    item = lock_item(session, no)
    stored = card_of(session, item)
    check_unchanged(as_read, stored)
    card = read_card(typed | {"no": item.no})
    named = find_named(session, card)
    check_change(session, item, card, named.tracking_code)
    check_template(session, CAPTIONS[TEMPLATE], card[TEMPLATE])
    changes = changed_fields(stored, card)
    if not changes:
        return
    if {"gtin", "base_unit_of_measure"} & changes.keys():
        forget_codes(session, CodeKind.GTIN, [item.id])
    if "base_unit_of_measure" in changes:
        _add_base_unit(session, item, named.unit)
    write_card(item, card, named)
    item.lock_version += 1
    session.flush()
    index_item(session, item)
    _log(session, item.no, change, changes)


def check_change(
    session: Session, item: Item, card: TextCard, tracking_code: ItemTrackingCode | None
) -> None:
    """Refuse a card that its own fields, entries or open documents stand against.

    Raises:
        TrackingFixedByLedger, TrackingFixedByWarehouse, TrackingFixedByDocument: for the code.
        SerialNosNeedTracking, LotNosNeedTracking, ExpirationNeedsDates: for what needs it.
        BaseUnitFixed, GtinTaken: for the base unit and the GTIN.
    """
    new_id = tracking_code.id if tracking_code else None
    if new_id != item.item_tracking_code_id:
        _check_tracking_may_change(session, item, tracking_code)
    check_tracking(card, tracking_code)
    unit = session.get_one(UnitOfMeasure, item.base_unit_of_measure_id)
    if unit.code != card["base_unit_of_measure"]:
        _check_base_unit_is_free(session, item, unit.code)
    if item.gtin != card["gtin"]:
        _check_gtin_is_free(session, item, card["gtin"])


def lock_item(session: Session, no: str) -> Item:
    """An item as it is now, until the transaction ends.

    Raises:
        ItemUnknown: for an item that is not there.
    """
    item = find_item(session, no)
    if item is None:
        raise ItemUnknown(no=no[:NUMBER_LENGTH])
    session.refresh(item, with_for_update=True)
    return item


def _check_tracking_may_change(session: Session, item: Item, new: ItemTrackingCode | None) -> None:
    old = None
    if item.item_tracking_code_id is not None:
        old = session.get_one(ItemTrackingCode, item.item_tracking_code_id)
    alters_specific = specific_numbers(old) != specific_numbers(new)
    if alters_specific and has_ledger_entries(session, item.id):
        raise TrackingFixedByLedger(no=item.no)
    alters_warehouse = numbers_in_warehouse(old) != numbers_in_warehouse(new)
    if alters_warehouse and has_warehouse_entries(session, item.id):
        raise TrackingFixedByWarehouse(no=item.no)
    if document := open_document_with_numbers(session, item.id):
        raise TrackingFixedByDocument(no=item.no, document=document)


def _check_base_unit_is_free(session: Session, item: Item, code: str) -> None:
    """Open lines keep quantities in base units too."""
    place = open_document(session, item.id)
    if has_warehouse_entries(session, item.id):
        place = WAREHOUSE_LEDGER
    if has_ledger_entries(session, item.id):
        place = ITEM_LEDGER
    if place:
        raise BaseUnitFixed(no=item.no, place=place, code=code)


def _check_gtin_is_free(session: Session, item: Item, gtin: str) -> None:
    """A GTIN of 8, 12 or 13 digits is the same as the one of 14 with zeros before it."""
    meanings = meanings_of(session, [gtin_14(gtin)]) if gtin else []
    for meaning in meanings:
        if meaning.kind is CodeKind.GTIN and meaning.item_id != item.id:
            other = session.get_one(Item, meaning.item_id)
            raise GtinTaken(no=other.no, gtin=gtin)


def _add_base_unit(session: Session, item: Item, unit: UnitOfMeasure) -> None:
    of_item = select(ItemUnit).where(
        ItemUnit.item_id == item.id, ItemUnit.unit_of_measure_id == unit.id
    )
    held = session.scalar(of_item)
    if held is None:
        session.add(
            ItemUnit(item_id=item.id, unit_of_measure_id=unit.id, qty_per_unit_of_measure=ONE)
        )
    elif held.qty_per_unit_of_measure != ONE:
        raise BaseUnitHoldsMore(code=unit.code, no=item.no, quantity=held.qty_per_unit_of_measure)


def _log(session: Session, no: str, change: Change, changes: Changes) -> None:
    log_changes(
        session,
        changed_at=change.changed_at,
        user_id=change.changed_by,
        table_name=TABLE,
        record_name=no,
        changes={CAPTIONS[name]: values for name, values in changes.items()},
    )
