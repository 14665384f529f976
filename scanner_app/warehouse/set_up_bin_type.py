"""Setting up bin types: what bins are suggested for (docs/domain.md 4.5).

This module must never change a zone or bin: what one took from its type by name follows it.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.inventory.set_up_lock import lock_set_up
from scanner_app.inventory.text_card import TextCard, changed_fields, check_unchanged
from scanner_app.warehouse.bin import BinType
from scanner_app.warehouse.place_fields import BIN_TYPE_FIELDS as FIELDS
from scanner_app.warehouse.place_refusals import BIN_TYPE
from scanner_app.warehouse.place_use import user_of
from scanner_app.warehouse.record_card import (
    blank_card,
    by_caption,
    card_of,
    log_card,
    read_card,
    read_name,
    write_card,
)
from scanner_app.warehouse.record_refusals import NameTaken, RecordInUse, RecordUnknown

TABLE = BinType.__tablename__
CODE_LENGTH = 10


def find_bin_type(session: Session, code: str) -> BinType | None:
    """The bin type of a code as somebody typed it."""
    name = code.strip().upper()
    if not name.isprintable():
        return None
    return session.scalar(select(BinType).where(BinType.code == name))


def card_of_bin_type(row: BinType) -> TextCard:
    """What the card of a bin type says."""
    return card_of(FIELDS, row, {})


def create_bin_type(session: Session, typed: TextCard, change: Change) -> BinType:
    """Add a bin type.

    Raises:
        NameTaken: when there is such a bin type.
        RuleRefused: as `read_name` and `read_card` raise it.
    """
    code = read_name(typed["code"], CODE_LENGTH)
    lock_set_up(session)
    if find_bin_type(session, code):
        raise NameTaken(record=BIN_TYPE, code=code)
    card = read_card(FIELDS, typed)
    row = BinType()
    write_card(FIELDS, row, card)
    session.add(row)
    session.flush()
    changes = changed_fields(blank_card(FIELDS), card)
    log_card(session, TABLE, code, change, by_caption(FIELDS, changes))
    return row


def change_bin_type(
    session: Session, code: str, as_read: TextCard, typed: TextCard, change: Change
) -> None:
    """Let the card say what was typed.

    Raises:
        RecordUnknown: for a bin type that is not there.
        CardChanged: when somebody changed the card after it was read.
        RuleRefused: as `read_card` raises it.
    """
    row = _lock(session, code)
    stored = card_of_bin_type(row)
    check_unchanged(as_read, stored)
    card = read_card(FIELDS, typed | {"code": row.code})
    write_card(FIELDS, row, card)
    session.flush()
    changes = changed_fields(stored, card)
    log_card(session, TABLE, row.code, change, by_caption(FIELDS, changes))


def delete_bin_type(session: Session, code: str, change: Change) -> None:
    """Remove a bin type that no zone and no bin has.

    Raises:
        RecordUnknown: for a bin type that is not there.
        RecordInUse: when a zone or bin has it.
    """
    row = _lock(session, code)
    if place := user_of(session, BinType, row.id):
        raise RecordInUse(record=BIN_TYPE, code=row.code, place=place)
    session.delete(row)
    log_card(session, TABLE, row.code, change, [("Code", row.code, "")])


def _lock(session: Session, code: str) -> BinType:
    """Who gives a zone or bin this type at the same moment waits, and then sees it gone."""
    lock_set_up(session)
    row = find_bin_type(session, code)
    if row is None:
        raise RecordUnknown(record=BIN_TYPE, code=code[:CODE_LENGTH])
    session.refresh(row, with_for_update=True)
    return row
