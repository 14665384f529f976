"""The door: who may open which page, what a browser may load, and what it may keep.

Everything is closed by default: an endpoint that is not named open asks for a sign-in, and one
marked `supervisor_required` for a supervisor.

This module must never look at what a page shows.
"""

import hashlib
import json
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import SecurityError
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.web.current import asked_by_htmx, settings
from scanner_app.web.sessions import (
    is_supervisor,
    session_fault,
    set_device_cookie,
    signed_in_user,
)

OPEN_ENDPOINTS = frozenset({"static", "sign_in.show", "sign_in.enter", "home.health"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self)",
}
IMMUTABLE = "public, max-age=31536000, immutable"

View = TypeVar("View", bound=Callable[..., Any])


class PermissionRefused(RuleRefused):
    """A worker opened a supervisor's page."""

    message = N_("This page is for supervisors.")
    way_out = N_("Ask a supervisor to do it, or go back to your own work.")


def initialise_security(app: Flask) -> None:
    """Close every page, check every form, add the headers; the order decides what comes first."""
    app.before_request(_allow_body_of_view)
    app.before_request(_require_sign_in)
    app.before_request(_refuse_foreign_post)
    CSRFProtect(app)
    app.after_request(_add_headers)
    app.after_request(set_device_cookie)


def supervisor_required(view: View) -> View:
    """Open a page to supervisors only; the mark lets a test find every such page."""

    @wraps(view)
    def checked(*args: object, **kwargs: object) -> object:
        if not is_supervisor():
            raise PermissionRefused
        return view(*args, **kwargs)

    checked.supervisor_only = True  # type: ignore[attr-defined]
    return cast("View", checked)


def takes_file(view: View) -> View:
    """Let the body of this page's request be as large as a photo."""
    view.takes_file = True  # type: ignore[attr-defined]
    return view


def local_path(address: str | None) -> str | None:
    """The path of an address of our own, or None: nobody is sent to another site."""
    parts = urlsplit((address or "").replace("\\", "/"))
    own_host = parts.netloc in ("", request.host)
    if not own_host or not parts.path.startswith("/") or parts.path.startswith("//"):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def static_url(name: str) -> str:
    """The address of a static file with its digest, so that a browser may keep it for good.

    A page names the file of its icons some forty times and finds its address once.
    """
    found: dict[str, str] = g.setdefault("static_urls", {})
    if name not in found:
        found[name] = url_for("static", filename=name, v=_digest_of(name))
    return found[name]


def vendor_integrity(name: str) -> str:
    """The `integrity` of a file of static/vendor, from the manifest written when it was fetched."""
    return _vendor_digests(Path(current_app.static_folder or ""))[name]


def _digest_of(name: str) -> str:
    path = Path(current_app.static_folder or "") / name
    return _digest_of_file(path, path.stat().st_mtime_ns)


@cache
def _digest_of_file(path: Path, _: int) -> str:
    """Read a file once for each time it was changed."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


@cache
def _vendor_digests(static_folder: Path) -> dict[str, str]:
    manifest = json.loads((static_folder / "vendor" / "manifest.json").read_text())
    return dict(manifest["files"])


def _allow_body_of_view() -> None:
    """The limit has to stand before the check of the token reads the form."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_file", False):
        request.max_content_length = settings().photo_bytes_max + settings().form_bytes_max


def _require_sign_in() -> AnyResponse | None:
    if isinstance(request.routing_exception, SecurityError):
        raise request.routing_exception
    if request.endpoint in OPEN_ENDPOINTS:
        return None
    if (fault := session_fault()) is not None:
        raise fault
    return None if signed_in_user() else _send_to_sign_in()


def _send_to_sign_in() -> AnyResponse:
    """A fragment cannot show the sign-in page: htmx is told to open it whole."""
    if asked_by_htmx():
        path = local_path(request.headers.get("HX-Current-URL"))
        return Response(status=401, headers={"HX-Redirect": url_for("sign_in.show", next=path)})
    path = request.full_path.removesuffix("?") if request.method in SAFE_METHODS else None
    return redirect(url_for("sign_in.show", next=path), 303)


def _refuse_foreign_post() -> None:
    """A second lock beside the token: browsers say when another site sends the form."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin", "")
    foreign = origin not in ("", "null") and urlsplit(origin).netloc != request.host
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise CSRFError("sent by another site")


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if settings().over_https:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint == "static":
        response.headers["Cache-Control"] = IMMUTABLE if _asked_by_digest(response) else "no-cache"
        return response
    response.headers.setdefault("Cache-Control", "no-store")
    response.vary.update(["HX-Request", "Cookie"])
    return response


def _asked_by_digest(response: Response) -> bool:
    """Only the content that the address promises is kept for good."""
    asked = request.args.get("v")
    if asked is None or response.status_code != 200:
        return False
    return asked == _digest_of(str((request.view_args or {})["filename"]))
