"""User: a person who signs in, as worker or supervisor (docs/domain.md 11.1).

Answers to Business Central's User with the permission sets of a warehouse worker and of a
supervisor. A user is disabled, never deleted: append-only rows point to users.

This module must never see a password in clear for longer than it takes to hash it.
"""

import enum
from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.records import Base, Code50, Editable, Flag, Id, Text100


class Role(enum.StrEnum):
    """What a user may do: a worker registers, a supervisor also calculates and posts."""

    WORKER = "worker"
    SUPERVISOR = "supervisor"


class User(Editable, Base):
    """One person, found by the user name."""

    __tablename__ = "user_account"
    __table_args__ = (UniqueConstraint("user_name"),)

    id: Mapped[Id]
    user_name: Mapped[Code50]
    full_name: Mapped[Text100] = mapped_column(default="")
    role: Mapped[Role]
    password_hash: Mapped[str] = mapped_column(String(250))
    disabled: Mapped[Flag]
    created_at: Mapped[datetime]

    @property
    def is_supervisor(self) -> bool:
        """Whether the user may calculate, post and set up."""
        return self.role is Role.SUPERVISOR
