"""Session: one sign-in on one device, kept on the server (docs/domain.md 11.3).

The device holds a random identity in a cookie; the table holds only its SHA-256, so that a
copy of the database opens no session. Signing out and disabling a user end it at once.

This module must never store the identity itself.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.records import Base, Code, Id


class UserSession(Base):
    """The stored side of a session cookie."""

    __tablename__ = "user_session"
    __table_args__ = (UniqueConstraint("identity_hash"),)

    id: Mapped[Id]
    identity_hash: Mapped[str] = mapped_column(Code(64))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
