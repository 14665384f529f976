"""The last changes of a record, as the foot of its card shows them.

This module must never change anything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.access.user import User
from scanner_app.errors import N_
from scanner_app.web.texts import gettext

CHANGES_SHOWN_MAX = 15
ROW_SEPARATOR = ": "
YES_AND_NO = {N_("Yes"), N_("No")}


@dataclass(frozen=True)
class ChangeRow:
    """One change of one field."""

    at: datetime
    user_name: str
    field: str
    old: str
    new: str


def last_changes(
    session: Session,
    table_name: str,
    record_name: str,
    caption_of: Callable[[str], str] = gettext,
    parts: Sequence[str] = (),
) -> list[ChangeRow]:
    """The latest entries of the change log about a record: the newest saving first, as the card.

    `parts` are tables whose rows belong to the record and are logged under its name.
    """
    entry = ChangeLogEntry
    rows = session.execute(
        select(entry, User.user_name)
        .outerjoin(User, User.id == entry.user_id)
        .where(entry.table_name.in_([table_name, *parts]), entry.record_name == record_name)
        .order_by(entry.changed_at.desc(), entry.id)
        .limit(CHANGES_SHOWN_MAX)
    )
    return [
        ChangeRow(
            row.changed_at,
            user_name or "",
            caption_of(row.field_name),
            value_in_words(row.old_value),
            value_in_words(row.new_value),
        )
        for row, user_name in rows
    ]


def value_in_words(value: str) -> str:
    """A value of the change log in the reader's language, behind the row that it is of."""
    row, separator, word = value.rpartition(ROW_SEPARATOR)
    return f"{row}{separator}{gettext(word)}" if word in YES_AND_NO else value
