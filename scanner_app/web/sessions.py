"""Sessions: who holds this device now, and which device it is (docs/domain.md 11.3).

Somebody signed in is kept in the table `UserSession` and found by a random identity in the
cookie. A visitor who has not signed in yet costs no row: what the sign-in page needs to
remember is signed into the same cookie.

This module must never write on a GET, save for `last_seen_at` once a minute, and must never
store the identity itself.
"""

import logging
import re
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, Request, Response, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from sqlalchemy import delete, insert, or_, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from scanner_app.access.user import User
from scanner_app.access.user_session import UserSession
from scanner_app.errors import InvariantBroken
from scanner_app.web.current import database, now, reading, settings, write
from scanner_app.web.kept_session import (
    LOCATION_KEY,
    KeptSession,
    SignedInUser,
    hash_identity,
    read_kept_session,
)
from scanner_app.writer_gate import WriterBusy

IDENTITY_BYTES = 32
LAST_SEEN_EVERY = timedelta(minutes=1)
DEVICE_COOKIE = "scanner_device"
DEVICE_COOKIE_AGE = timedelta(days=3650)
CSRF_KEY = "csrf_token"

_IDENTITY = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_log = logging.getLogger(__name__)


class ScannerSession(SecureCookieSession):
    """What the session of this request holds, and what its cookie has to become."""

    kept: KeptSession | None = None
    new_identity: str = ""
    fault: SQLAlchemyError | None = None
    """Why the row could not be read; raised once an error page can be made."""


class ScannerSessions(SecureCookieSessionInterface):
    """Opens and saves sessions for Flask."""

    session_class = ScannerSession

    def open_session(self, app: Flask, request: Request) -> ScannerSession:
        """Read the cookie, with one SELECT when it names a kept session."""
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        if not cookie or request.path.startswith(f"{app.static_url_path}/"):
            return ScannerSession()
        if _IDENTITY.fullmatch(cookie):
            return _read_kept(cookie)
        return cast("ScannerSession", super().open_session(app, request) or ScannerSession())

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set or delete the cookie; the table is written by the verbs of this module."""
        ours = cast("ScannerSession", session)
        if ours.new_identity:
            lasts = timedelta(hours=settings().session_hours_max)
            self._set_cookie(app, response, ours.new_identity, lasts)
        elif ours.kept is not None:
            if ours.modified:
                raise InvariantBroken("a kept session is changed by its verbs, never by a page")
            # Who was just told that the writer is busy must not wait for it once more.
            if response.status_code != 503:
                _note_last_seen(ours.kept)
        elif ours.modified and ours:
            self._set_cookie(app, response, self._signed(app, ours), None)

    def get_cookie_name(self, app: Flask) -> str:
        """Over TLS the name itself promises Secure, this host and the root path."""
        return "__Host-scanner_session" if settings().over_https else "scanner_session"

    def _set_cookie(
        self, app: Flask, response: Response, value: str, lasts: timedelta | None
    ) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            value,
            max_age=lasts,
            path="/",
            secure=settings().over_https,
            httponly=True,
            samesite="Lax",
        )

    def _signed(self, app: Flask, session: ScannerSession) -> str:
        serializer = self.get_signing_serializer(app)
        if serializer is None:
            raise InvariantBroken("the settings came without a secret key")
        return str(serializer.dumps(dict(session)))


def start_session(user: User) -> None:
    """Sign the user in on this device under a new identity; older expired ones go.

    Raises:
        WriterBusy: when the writer could not be had in time; nobody is signed in then.
    """
    identity = secrets.token_urlsafe(IDENTITY_BYTES)
    data = {CSRF_KEY: secrets.token_hex(IDENTITY_BYTES)}
    moment = now()
    row = {
        "identity_hash": hash_identity(identity),
        "user_id": user.id,
        "data": data,
        "created_at": moment,
        "last_seen_at": moment,
        "expires_at": moment + timedelta(hours=settings().session_hours_max),
    }
    replaced = _ours().kept

    def work(writing: Session) -> None:
        _delete_ended(writing, user.id, moment)
        if replaced is not None:
            writing.execute(delete(UserSession).where(UserSession.id == replaced.session_id))
        writing.execute(insert(UserSession).values(row))

    write(work)
    _become_visitor()
    _ours().new_identity = identity


def end_session() -> None:
    """Sign out on this device: the row goes at once, the cookie becomes a visitor's.

    Raises:
        WriterBusy: when the writer could not be had in time; the user stays signed in then.
    """
    kept = _ours().kept
    if kept is not None:
        gone = delete(UserSession).where(UserSession.id == kept.session_id)
        write(lambda writing: writing.execute(gone))
    _become_visitor()
    session[CSRF_KEY] = secrets.token_hex(IDENTITY_BYTES)


def choose_location(location_id: int) -> None:
    """Keep the location for the rest of this session."""
    kept = _ours().kept
    if kept is None:
        raise InvariantBroken("a visitor chooses no location")
    data = {**session, LOCATION_KEY: location_id}
    chosen = update(UserSession).where(UserSession.id == kept.session_id).values(data=data)
    write(lambda writing: writing.execute(chosen))


def signed_in_user(_: object = None) -> SignedInUser | None:
    """The user of this session, without another query."""
    kept = _ours().kept
    return kept.user if kept else None


def is_supervisor() -> bool:
    """Whether who is signed in is a supervisor; a visitor is none."""
    user = signed_in_user()
    return user is not None and user.is_supervisor


def session_fault() -> SQLAlchemyError | None:
    """Why the session could not be read, if so."""
    return _ours().fault


def device_identity() -> str:
    """The UUID of this device, made at its first visit and kept by it for ten years."""
    if "device_identity" not in g:
        g.device_identity = _uuid_or_none(request.cookies.get(DEVICE_COOKIE)) or str(uuid.uuid4())
    return str(g.device_identity)


def set_device_cookie(response: Response) -> Response:
    """Give the device its identity where it brought none."""
    if request.endpoint != "static" and device_identity() != request.cookies.get(DEVICE_COOKIE):
        response.set_cookie(
            DEVICE_COOKIE,
            device_identity(),
            max_age=DEVICE_COOKIE_AGE,
            secure=settings().over_https,
            httponly=True,
            samesite="Lax",
        )
    return response


def _read_kept(identity: str) -> ScannerSession:
    """An ended session, or one of a disabled user, is that of a visitor."""
    found = ScannerSession()
    try:
        kept = read_kept_session(reading(), identity, device_identity(), now(), _idle())
    except SQLAlchemyError as fault:
        found.fault = fault
        return found
    if kept is None:
        return found
    found = ScannerSession(kept.data)
    found.kept = kept
    return found


def _idle() -> timedelta:
    return timedelta(minutes=settings().session_idle_minutes)


def _note_last_seen(kept: KeptSession) -> None:
    """No page fails because this could not be written; the next request tries again."""
    moment = now()
    if moment - kept.last_seen_at < LAST_SEEN_EVERY:
        return
    seen = update(UserSession).where(UserSession.id == kept.session_id)
    try:
        database().write(lambda writing: writing.execute(seen.values(last_seen_at=moment)))
    except (WriterBusy, DBAPIError):
        _log.info("last_seen_not_written")


def _delete_ended(writing: Session, user_id: int, moment: datetime) -> None:
    ended = or_(UserSession.expires_at <= moment, UserSession.last_seen_at <= moment - _idle())
    writing.execute(delete(UserSession).where(UserSession.user_id == user_id, ended))


def _become_visitor() -> None:
    ours = _ours()
    ours.clear()
    ours.kept = None


def _ours() -> ScannerSession:
    return cast("ScannerSession", cast("Any", session)._get_current_object())  # noqa: SLF001 - a proxy has attributes of its own


def _uuid_or_none(text: str | None) -> str | None:
    try:
        return str(uuid.UUID(text or ""))
    except ValueError:
        return None
