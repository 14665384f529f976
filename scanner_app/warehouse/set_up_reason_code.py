"""Setting up reason codes: why a quantity was adjusted (docs/domain.md 14.2).

A reason has no page of its own: it comes in a configuration package, and lines choose it.

This module must never change a line or an entry that keeps a reason.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.errors import N_
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.set_up_lock import lock_set_up
from scanner_app.inventory.text_card import TextCard, changed_fields, check_unchanged
from scanner_app.warehouse.place_fields import DESCRIPTION
from scanner_app.warehouse.record_card import (
    CardField,
    FieldKind,
    Fields,
    blank_card,
    by_caption,
    card_of,
    log_card,
    read_card,
    read_name,
    write_card,
)
from scanner_app.warehouse.record_refusals import NameTaken, RecordUnknown

TABLE = ReasonCode.__tablename__
CODE_LENGTH = 10
REASON_CODE = N_("Reason Code")
FIELDS: Fields = (
    CardField(
        "code",
        N_("Code"),
        N_("Specifies the name of the reason. It cannot be changed later."),
        FieldKind.CODE,
        CODE_LENGTH,
        is_name=True,
    ),
    DESCRIPTION,
)


def find_reason_code(session: Session, code: str) -> ReasonCode | None:
    """The reason of a code as somebody typed it."""
    name = code.strip().upper()
    if not name.isprintable():
        return None
    return session.scalar(select(ReasonCode).where(ReasonCode.code == name))


def card_of_reason_code(row: ReasonCode) -> TextCard:
    """What a reason says."""
    return card_of(FIELDS, row, {})


def create_reason_code(session: Session, typed: TextCard, change: Change) -> ReasonCode:
    """Add a reason.

    Raises:
        NameTaken: when there is such a reason.
        RuleRefused: as `read_name` and `read_card` raise it.
    """
    code = read_name(typed["code"], CODE_LENGTH)
    lock_set_up(session)
    if find_reason_code(session, code):
        raise NameTaken(record=REASON_CODE, code=code)
    card = read_card(FIELDS, typed)
    row = ReasonCode()
    write_card(FIELDS, row, card)
    session.add(row)
    session.flush()
    changes = changed_fields(blank_card(FIELDS), card)
    log_card(session, TABLE, code, change, by_caption(FIELDS, changes))
    return row


def change_reason_code(
    session: Session, code: str, as_read: TextCard, typed: TextCard, change: Change
) -> None:
    """Describe a reason otherwise.

    Raises:
        RecordUnknown: for a reason that is not there.
        CardChanged: when somebody changed it after it was read.
        RuleRefused: as `read_card` raises it.
    """
    lock_set_up(session)
    row = find_reason_code(session, code)
    if row is None:
        raise RecordUnknown(record=REASON_CODE, code=code[:CODE_LENGTH])
    session.refresh(row, with_for_update=True)
    stored = card_of_reason_code(row)
    check_unchanged(as_read, stored)
    card = read_card(FIELDS, typed | {"code": row.code})
    write_card(FIELDS, row, card)
    session.flush()
    changes = changed_fields(stored, card)
    log_card(session, TABLE, row.code, change, by_caption(FIELDS, changes))
