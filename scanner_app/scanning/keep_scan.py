"""Keeping a scan: its row comes first, its outcome makes it final (docs/domain.md 10.1).

The same id with the same content gets the kept outcome again; other content under it is
refused and changes nothing.

This module must never look at what a scan means.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.scanning.outcomes import Outcome, from_json, to_json
from scanner_app.scanning.scan import Device, Scan, ScanSource
from scanner_app.upsert import INSERT_OF_DIALECT, insert_into

SCAN: Any = Scan.__table__
INSERT_SCAN: dict[str, Any] = {
    name: insert(SCAN).on_conflict_do_nothing().returning(SCAN.c.id)
    for name, insert in INSERT_OF_DIALECT.items()
}
FINISH_SCAN = (
    update(SCAN)
    .where(SCAN.c.id == bindparam("scan_id"))
    .values(outcome=bindparam("final_outcome"), effect=bindparam("final_effect"))
)


class ScanReused(RuleRefused):
    """The id of an earlier scan came back with other content."""

    message = N_("This device sent another code under the number of an earlier scan.")
    way_out = N_("Scan again. If it happens again, tell a supervisor the name of the device.")


@dataclass(frozen=True)
class NewScan:
    """A scan as a device sends it."""

    uuid: str
    device_seq: int
    seen_seq: int
    raw: str
    symbology: str = ""
    source: ScanSource = ScanSource.WEDGE
    scanned_at: datetime | None = None
    document_kind: str = ""
    document_no: str = ""
    step: str = ""
    choice: str = ""

    def digest(self) -> str:
        """A fingerprint of all that makes the scan what it is."""
        content = [
            self.device_seq,
            self.raw,
            self.symbology,
            self.source.value,
            self.document_kind,
            self.document_no,
            self.step,
            self.choice,
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


@dataclass(frozen=True)
class ScanSender:
    """Who scanned and who sends, on which device, at which location, and when it arrived."""

    user_id: int
    device_id: int
    location_id: int | None
    received_at: datetime
    sent_by_id: int | None = None


def keep_scan(session: Session, new: NewScan, sender: ScanSender) -> int | None:
    """Insert the row of a scan; returns its id, or None when the id was there before."""
    row = {
        "uuid": new.uuid.upper(),
        "digest": new.digest(),
        "device_id": sender.device_id,
        "device_seq": new.device_seq,
        "seen_seq": new.seen_seq,
        "user_id": sender.user_id,
        "sent_by_id": sender.sent_by_id or sender.user_id,
        "location_id": sender.location_id,
        "document_kind": new.document_kind,
        "document_no": new.document_no,
        "step": new.step,
        "choice": new.choice,
        "raw": new.raw,
        "symbology": new.symbology,
        "source": new.source,
        "scanned_at": new.scanned_at,
        "received_at": sender.received_at,
    }
    statement = INSERT_SCAN[session.get_bind().dialect.name]
    scan_id: int | None = session.execute(statement, row).scalar_one_or_none()
    return scan_id


def finish_scan(
    session: Session, scan_id: int, outcome: Outcome, effect: dict[str, Any] | None
) -> None:
    """Give a scan its outcome; from here on nothing may change it."""
    final = {"scan_id": scan_id, "final_outcome": to_json(outcome), "final_effect": effect}
    session.execute(FINISH_SCAN, final)


def kept_outcome(session: Session, new: NewScan) -> Outcome:
    """The outcome of a scan that was sent before.

    Raises:
        ScanReused: when the content differs from what was kept.
    """
    scan = session.scalars(select(Scan).where(Scan.uuid == new.uuid.upper())).one()
    if scan.digest != new.digest() or scan.outcome is None:
        raise ScanReused
    return from_json(scan.outcome)


def device_of(session: Session, identity: str, at: datetime) -> Device:
    """The row of a device, made when it is seen for the first time."""
    device = session.scalars(select(Device).where(Device.identity == identity.upper())).first()
    if device is None:
        values = {"identity": identity.upper(), "first_seen_at": at, "last_seen_at": at}
        session.execute(
            insert_into(session, Device)
            .values(name="", profile={}, **values)
            .on_conflict_do_nothing()
        )
        device = session.scalars(select(Device).where(Device.identity == identity.upper())).one()
    return device
