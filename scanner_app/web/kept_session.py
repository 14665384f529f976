"""The session kept behind a cookie: who signed in, where they work and on which device.

All of it is read in one look-up at the start of a request (docs/domain.md 11.2, 11.3).

This module must never write: `sessions` starts and ends what is kept.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from scanner_app.access.user import Role, User
from scanner_app.access.user_session import UserSession
from scanner_app.scanning.scan import Device
from scanner_app.warehouse.employee import WarehouseEmployee

LOCATION_KEY = "location_id"
KEPT_SESSION = (
    select(
        UserSession,
        User,
        Device.id,
        WarehouseEmployee.location_id,
        WarehouseEmployee.is_default,
    )
    .join(User, User.id == UserSession.user_id)
    .outerjoin(Device, Device.identity == bindparam("device"))
    .outerjoin(WarehouseEmployee, WarehouseEmployee.user_id == User.id)
    .where(UserSession.identity_hash == bindparam("identity_hash"))
)


@dataclass(frozen=True)
class SignedInUser:
    """Who is signed in, as Flask-Login asks for it, where and on which device.

    `device_id` is 0 until the device has scanned for the first time.
    """

    user_id: int
    user_name: str
    full_name: str
    role: Role
    location_id: int | None = None
    device_id: int = 0
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    @property
    def is_supervisor(self) -> bool:
        """Whether the supervisor's pages are open."""
        return self.role is Role.SUPERVISOR

    @property
    def name(self) -> str:
        """How the pages call the user."""
        return self.full_name or self.user_name

    def get_id(self) -> str:
        """The user's id as text, for Flask-Login."""
        return str(self.user_id)


@dataclass(frozen=True)
class KeptSession:
    """The row behind the cookie."""

    session_id: int
    user: SignedInUser
    data: dict[str, Any]
    last_seen_at: datetime


def read_kept_session(
    session: Session, identity: str, device: str, at: datetime, idle: timedelta
) -> KeptSession | None:
    """The session of a cookie; None when it has ended or its user is disabled."""
    wanted = {"identity_hash": hash_identity(identity), "device": device.upper()}
    rows = session.execute(KEPT_SESSION, wanted).all()
    if not rows:
        return None
    kept, user, device_id = rows[0][:3]
    if user.disabled or kept.expires_at <= at or kept.last_seen_at + idle <= at:
        return None
    signed_in = SignedInUser(
        user_id=user.id,
        user_name=user.user_name,
        full_name=user.full_name,
        role=user.role,
        location_id=_location_id(kept.data.get(LOCATION_KEY), (row[3:] for row in rows)),
        device_id=device_id or 0,
    )
    return KeptSession(kept.id, signed_in, kept.data, kept.last_seen_at)


def hash_identity(identity: str) -> str:
    """What the table holds of the identity in the cookie."""
    return hashlib.sha256(identity.encode("ascii")).hexdigest().upper()


def _location_id(chosen: int | None, assigned: Iterable[tuple[int | None, bool]]) -> int | None:
    """The location chosen in this session while the user still works there, else the default."""
    is_default = dict(assigned)
    if chosen in is_default:
        return chosen
    return next((location_id for location_id, default in is_default.items() if default), None)
