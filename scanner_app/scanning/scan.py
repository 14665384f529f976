"""Scan and Device: the record that makes a scan have its effect exactly once.

The device makes the identity of a scan; the server keeps it with a digest of its content and
the outcome, for good (docs/domain.md 10.1). The row is inserted before anything is looked at
and becomes final with its outcome.

This module must never resolve or apply: it only remembers.
"""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.guards import guard_final_once_set
from scanner_app.records import Base, Code, Code20, Id, Text100, Uuid


class ScanSource(enum.StrEnum):
    """How the code reached the device."""

    WEDGE = "wedge"
    CAMERA = "camera"
    PHOTO = "photo"
    KEYPAD = "keypad"
    TAP = "tap"


class Device(Base):
    """One handheld, known by a cookie that outlives sign-ins."""

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("identity"),)

    id: Mapped[Id]
    identity: Mapped[Uuid]
    name: Mapped[Text100] = mapped_column(default="")
    profile: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class Scan(Base):
    """One scan: what was read, where and when, and what became of it.

    `effect` holds the lines changed with their previous and new values, so that an undo is a
    further scan that reverses it.
    """

    __tablename__ = "scan"
    __table_args__ = (
        UniqueConstraint("uuid"),
        Index("ix_scan_device", "device_id", "device_seq"),
        Index("ix_scan_document", "document_kind", "document_no"),
    )

    id: Mapped[Id]
    uuid: Mapped[Uuid]
    digest: Mapped[str] = mapped_column(Code(64))
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"))
    device_seq: Mapped[int]
    seen_seq: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    document_kind: Mapped[str] = mapped_column(String(20), default="")
    document_no: Mapped[Code20] = mapped_column(default="")
    step: Mapped[str] = mapped_column(String(20), default="")
    choice: Mapped[str] = mapped_column(String(120), default="")
    raw: Mapped[str] = mapped_column(String(520))
    symbology: Mapped[str] = mapped_column(String(8), default="")
    source: Mapped[ScanSource]
    scanned_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    effect: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


guard_final_once_set(Scan.__table__, "outcome")  # type: ignore[arg-type]


class OpenDocument(Base):
    """A document open on a device, with the fact that is half given.

    `given` holds what the next scan completes: a unit that waits for its bin, a lot that waits
    for its quantity. `refused_seq` is the last scan refused there, which stops the ones that
    were captured before its answer was seen (docs/domain.md 10.2). `undoable_scan_id` is the last
    scan that left something here and is not undone (10.8).
    """

    __tablename__ = "open_document"
    __table_args__ = (UniqueConstraint("device_id", "document_kind", "document_id"),)

    id: Mapped[Id]
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"))
    document_kind: Mapped[str] = mapped_column(String(20))
    document_id: Mapped[int]
    given: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    refused_seq: Mapped[int] = mapped_column(default=0)
    undoable_scan_id: Mapped[int | None] = mapped_column(ForeignKey("scan.id"))
