"""Reason Code: why a quantity was adjusted, kept on lines and entries.

This module must never give a reason a meaning of its own: codes are the company's.
"""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.records import Base, Code10, Id, Text100


class ReasonCode(Base):
    """A reason that people choose from a list."""

    __tablename__ = "reason_code"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[Id]
    code: Mapped[Code10]
    description: Mapped[Text100] = mapped_column(default="")
