"""Setting up information cards: a card is made, changed and removed (docs/domain.md 2.13).

Who changes a card has the set-up alone, and who tests cards for Blocked and then writes to a
ledger holds it, see `set_up_lock`: so each registration stands before the block or is refused by
it. The verbs write the change log. They never commit: the caller does.

This module must never change the item, variant or number of a card.
"""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import log_changes
from scanner_app.access.sign_in import Change
from scanner_app.inventory.description import read_description
from scanner_app.inventory.information_card import (
    KEY_FIELDS,
    blank_card,
    captions_of,
    card_of,
    name_of,
    table_name_of,
)
from scanner_app.inventory.information_refusals import (
    CardFieldEmpty,
    InformationBlocked,
    InformationDemanded,
    InformationItemUnknown,
    InformationTaken,
    InformationUnknown,
    InformationVariantUnknown,
    QualityUnknown,
)
from scanner_app.inventory.item import Item, ItemVariant
from scanner_app.inventory.item_card import find_item
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.set_up_lock import lock_set_up
from scanner_app.inventory.text_card import (
    NO,
    YES,
    Changes,
    TextCard,
    changed_fields,
    check_unchanged,
)
from scanner_app.inventory.tracking_information import (
    CARD_TABLES,
    Card,
    NumberKind,
    TestQuality,
    find_cards,
)
from scanner_app.inventory.typed_fields import read_code, read_text

# The codes of a card and how many characters each holds; the others are words.
CODE_LENGTHS = {
    "item_no": 20,
    "variant_code": 10,
    "number": 50,
    "country_region_code": 10,
    "certificate_number": 20,
}
COMMENT_LENGTH = 250


def create_information(session: Session, kind: NumberKind, typed: TextCard, change: Change) -> Card:
    """Add the card of a number, whether anything of it was ever in stock or not.

    Raises:
        InformationItemUnknown, InformationVariantUnknown: for what the card would belong to.
        InformationTaken: when the number has its card already.
        RuleRefused: as `read_card` raises it.
    """
    card = read_card(kind, typed)
    lock_set_up(session)
    item, variant = _find_owner(session, card)
    key = (item.id, variant.id, kind, card["number"])
    if find_cards(session, [key]):
        raise InformationTaken(kind=kind.value, number=card["number"], item_no=item.no)
    table, field = CARD_TABLES[kind]
    row: Card = table(item_id=item.id, variant_id=variant.id, **{field: card["number"]})
    _write_card(kind, row, card)
    session.add(row)
    session.flush()
    _log(session, kind, card, change, changed_fields(blank_card(kind) | {"blocked": ""}, card))
    return row


def change_information(
    session: Session,
    kind: NumberKind,
    card_id: int,
    as_read: TextCard,
    typed: TextCard,
    change: Change,
) -> None:
    """Let the card say what was typed, unless a rule or another editor stands against it.

    Raises:
        InformationUnknown: for a card that is not there.
        CardChanged: when somebody changed the card after it was read.
        RuleRefused: as `read_card` raises it.
    """
    row = _lock(session, kind, card_id)
    stored = card_of(session, kind, row)
    check_unchanged(as_read, stored)
    card = read_card(kind, typed | {name: stored[name] for name in KEY_FIELDS})
    if changes := changed_fields(stored, card):
        _write_card(kind, row, card)
        row.lock_version += 1
        _log(session, kind, card, change, changes)


def delete_information(session: Session, kind: NumberKind, card_id: int, change: Change) -> None:
    """Remove a card that nothing stands against.

    Raises:
        InformationUnknown: for a card that is not there.
        InformationBlocked: while it keeps its number out of the work.
        InformationDemanded: when the code asks for it and the number has been posted.
    """
    row = _lock(session, kind, card_id)
    card = card_of(session, kind, row)
    if row.blocked:
        raise InformationBlocked(kind=kind.value, number=card["number"], item_no=card["item_no"])
    if code := _code_that_demands(session, kind, row):
        raise InformationDemanded(code=code, number=card["number"])
    session.delete(row)
    _log(session, kind, card, change, {"number": (card["number"], "")})


def read_card(kind: NumberKind, typed: TextCard) -> TextCard:
    """Return the fields as the card keeps them.

    Raises:
        CardFieldEmpty: for a card without item or number.
        FieldTooLong, FieldNotReadable: for what does not fit its field.
        DescriptionTooLong, DescriptionNotReadable: for what is no description.
        QualityUnknown: for a word that no test says.
    """
    captions = captions_of(kind)
    codes = {
        name: read_code(captions[name], typed[name], length)
        for name, length in CODE_LENGTHS.items()
        if name in captions
    }
    for name in ("item_no", "number"):
        if not codes[name]:
            raise CardFieldEmpty(field=captions[name])
    if "test_quality" in captions and typed["test_quality"] not in set(TestQuality):
        raise QualityUnknown
    words = {
        "description": read_description(typed["description"]),
        "blocked": YES if typed["blocked"] == YES else NO,
        "comment": read_text(captions["comment"], typed["comment"], COMMENT_LENGTH),
    }
    return typed | codes | words


def _find_owner(session: Session, card: TextCard) -> tuple[Item, ItemVariant]:
    item = find_item(session, card["item_no"])
    if item is None:
        raise InformationItemUnknown(item_no=card["item_no"])
    of_item = select(ItemVariant).where(
        ItemVariant.item_id == item.id, ItemVariant.code == card["variant_code"]
    )
    variant = session.scalar(of_item)
    if variant is None:
        raise InformationVariantUnknown(item_no=item.no, variant_code=card["variant_code"])
    return item, variant


def _lock(session: Session, kind: NumberKind, card_id: int) -> Card:
    """The card as it is once nobody else changes it."""
    lock_set_up(session)
    table, _ = CARD_TABLES[kind]
    row: Card | None = session.scalar(select(table).where(table.id == card_id))
    if row is None:
        raise InformationUnknown
    return row


def _code_that_demands(session: Session, kind: NumberKind, row: Card) -> str:
    """The code that would ask for the card when the number is posted again, '' for none."""
    code = session.scalar(
        select(ItemTrackingCode)
        .join(Item, Item.item_tracking_code_id == ItemTrackingCode.id)
        .where(Item.id == row.item_id)
    )
    name, field = kind.value.lower(), CARD_TABLES[kind][1]
    switches = (f"{name}_info_inbound_must_exist", f"{name}_info_outbound_must_exist")
    if code is None or not any(getattr(code, switch) for switch in switches):
        return ""
    entry = ItemLedgerEntry
    posted = exists().where(
        entry.item_id == row.item_id,
        entry.variant_id == row.variant_id,
        getattr(entry, field) == getattr(row, field),
    )
    return code.code if session.scalar(select(posted)) else ""


def _write_card(kind: NumberKind, row: Card, card: TextCard) -> None:
    values: dict[str, object] = dict(card) | {"blocked": card["blocked"] == YES}
    if "test_quality" in card:
        values["test_quality"] = TestQuality(card["test_quality"])
    for name in captions_of(kind).keys() - set(KEY_FIELDS):
        setattr(row, name, values[name])


def _log(
    session: Session, kind: NumberKind, card: TextCard, change: Change, changes: Changes
) -> None:
    captions = captions_of(kind)
    log_changes(
        session,
        changed_at=change.changed_at,
        user_id=change.changed_by,
        table_name=table_name_of(kind),
        record_name=name_of(card),
        changes={captions[name]: values for name, values in changes.items()},
    )
