"""Change Log Entry: who changed which field of the set-up, from what to what, and who was first.

Answers to Business Central's Change Log Entry. Append-only.

This module must never log a password, a token or a session.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.errors import N_, RuleRefused
from scanner_app.guards import guard_append_only
from scanner_app.records import Base, Entry, Id, Text100, Text250


class CardChanged(RuleRefused):
    """Another editor of the card was first; which fields, the card lists."""

    message = N_("Somebody else changed this card while you had it open. Fields: {count}.")
    way_out = N_("What you typed is kept. Compare it with the list below, then save again.")


class ChangeLogEntry(Entry, Base):
    """One field of one record, before and after."""

    __tablename__ = "change_log_entry"
    __table_args__ = (Index("ix_change_log_entry_record", "table_name", "record_name"),)

    id: Mapped[Id]
    changed_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    table_name: Mapped[str] = mapped_column(String(63))
    record_name: Mapped[Text100]
    field_name: Mapped[str] = mapped_column(String(63))
    old_value: Mapped[Text250]
    new_value: Mapped[Text250]


guard_append_only(ChangeLogEntry.__table__)  # type: ignore[arg-type]


def log_new_records(
    session: Session,
    *,
    changed_at: datetime,
    user_id: int | None,
    table_name: str,
    field_name: str,
    record_names: Mapping[str, str],
) -> None:
    """Write that records came into being, thousands at once: the names, each with its value."""
    rows = [
        {
            "changed_at": changed_at,
            "user_id": user_id,
            "table_name": table_name,
            "record_name": name[:100],
            "field_name": field_name,
            "old_value": "",
            "new_value": value,
        }
        for name, value in record_names.items()
    ]
    session.execute(insert(ChangeLogEntry), rows)


def log_changes(
    session: Session,
    *,
    changed_at: datetime,
    user_id: int | None,
    table_name: str,
    record_name: str,
    changes: Mapping[str, tuple[object, object]],
) -> None:
    """Write one entry per field whose old and new value differ."""
    session.add_all(
        ChangeLogEntry(
            changed_at=changed_at,
            user_id=user_id,
            table_name=table_name,
            record_name=record_name[:100],
            field_name=field_name,
            old_value=str(old)[:250],
            new_value=str(new)[:250],
        )
        for field_name, (old, new) in changes.items()
        if old != new
    )
