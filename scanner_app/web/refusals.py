"""Refusals on the screen: every way a request can end badly, as a page or as a fragment.

A `RuleRefused` keeps its two sentences; the rest is named here, each with its way out. A
fragment always goes to the one place for answers, `#answer`, wherever it was asked from.

This module must never show or log a password, a token or what was typed into a form.
"""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    SecurityError,
)

from scanner_app.errors import N_, Parameter, RuleRefused
from scanner_app.web.current import asked_by_htmx
from scanner_app.web.security import PermissionRefused, local_path
from scanner_app.web.texts import format_parameter, gettext
from scanner_app.writer_gate import WriterBusy

RETRY_AFTER_SECONDS = 1

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failure:
    """What a page or fragment says about a request that did not do its work."""

    status: int
    title: str
    message: str
    way_out: str
    link: str
    link_text: str
    tone: str = "stop"


@dataclass(frozen=True)
class NamedError:
    """The words for an error that is no rule of the warehouse."""

    status: int
    title: str
    message: str
    way_out: str


PAGE_MISSING = NamedError(
    404,
    N_("This page does not exist"),
    N_("The address is not one of this app, or what it showed is no longer there."),
    N_("Go back, or start again from the home page."),
)
METHOD_WRONG = NamedError(
    405,
    N_("This address takes no such request"),
    N_("The address was opened in a way it is not made for."),
    N_("Start again from the home page."),
)
BODY_TOO_LARGE = NamedError(
    413,
    N_("Too much was sent at once"),
    N_("The photo or form is larger than this page takes. Nothing was changed."),
    N_("Take a smaller photo, or send less at once."),
)
PAGE_TOO_OLD = NamedError(
    400,
    N_("This page was open too long"),
    N_("Its form no longer belongs to your sign-in. Nothing was changed."),
    N_("Open the page again and repeat what you did."),
)
REQUEST_NOT_READABLE = NamedError(
    400,
    N_("This request could not be read"),
    N_("It did not come as the pages of this app send it. Nothing was changed."),
    N_("Open the page again and repeat what you did."),
)
BUSY = NamedError(
    503,
    N_("The database is busy"),
    N_("Others are working on it. Nothing was changed."),
    N_("Send the same again in a moment."),
)
UNEXPECTED = NamedError(
    500,
    N_("Something broke here"),
    N_("Nothing was changed. The fault is written down as {request_id}."),
    N_("Try again. If it stays, tell a supervisor this number."),
)
BY_STATUS = {error.status: error for error in (PAGE_MISSING, METHOD_WRONG, BODY_TOO_LARGE)}


def initialise_refusals(app: Flask) -> None:
    """Answer every exception by a page or fragment of our own."""
    app.register_error_handler(RuleRefused, _answer_rule)
    app.register_error_handler(CSRFError, lambda _: _answer_named(PAGE_TOO_OLD))
    for error in (NotFound, MethodNotAllowed, RequestEntityTooLarge, HTTPException):
        app.register_error_handler(error, _answer_http)
    app.register_error_handler(SecurityError, _answer_foreign_host)
    for busy in (WriterBusy, PoolTimeout):
        app.register_error_handler(busy, _answer_busy)
    app.register_error_handler(OperationalError, _answer_operational)
    app.register_error_handler(Exception, _answer_unexpected)


def sentence(message: str, parameters: Mapping[str, Parameter]) -> str:
    """The sentence of a refusal in the reader's language, its values as the reader writes them."""
    values = {name: format_parameter(value) for name, value in parameters.items()}
    return gettext(message).format(**values)


def status_of(refusal: RuleRefused) -> int:
    """The HTTP status of a refusal: 403 for a closed page, 422 for every rule."""
    return 403 if isinstance(refusal, PermissionRefused) else 422


def back_path() -> str:
    """The page this request came from, else the home page."""
    address = request.headers.get("HX-Current-URL") or request.referrer
    return local_path(address) or "/"


def _answer_rule(refusal: RuleRefused) -> Response:
    message = sentence(refusal.message, refusal.parameters)
    way_out = sentence(refusal.way_out, refusal.parameters)
    status = status_of(refusal)
    title = gettext("Not open to you") if status == 403 else gettext("Nothing was changed")
    # A fragment is shown on the page it came from: there is nowhere to go back to.
    link = "" if asked_by_htmx() else back_path()
    return _answer(Failure(status, title, message, way_out, link, gettext("Back")))


def _answer_http(error: HTTPException) -> Response:
    """A redirect that werkzeug raises, for a missing slash, is no failure."""
    if error.response is not None or (error.code or 500) < 400:
        return make_response(error.get_response())
    return _answer_named(BY_STATUS.get(error.code or 0, REQUEST_NOT_READABLE))


def _answer_foreign_host(_: SecurityError) -> Response:
    """Without a host of ours no address can be made, so there is no page around these words."""
    words = gettext("This app is not reached under this name. Use the address it was given.")
    return Response(words, 400, mimetype="text/plain")


def _answer_operational(fault: OperationalError) -> Response:
    return _answer_busy(fault) if _is_passing(fault) else _answer_unexpected(fault)


def _is_passing(fault: OperationalError) -> bool:
    """A time-out, a lock or a lost server pass; a missing table on SQLite does not."""
    if "sqlite" in type(fault.orig).__module__:
        return "locked" in str(fault.orig) or "busy" in str(fault.orig)
    return True


def _answer_busy(fault: Exception) -> Response:
    _log.warning(
        "database_busy", extra={"endpoint": request.endpoint, "fault": type(fault).__name__}
    )
    response = _answer_named(BUSY)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _answer_unexpected(fault: Exception) -> Response:
    request_id = uuid.uuid4().hex[:12]
    facts = {"request_id": request_id, "endpoint": request.endpoint, "method": request.method}
    _log.error("request_failed", exc_info=fault, extra=facts)
    return _answer_named(UNEXPECTED, request_id=request_id)


def _answer_named(error: NamedError, **parameters: Parameter) -> Response:
    message = sentence(error.message, parameters)
    same_page = error.status in (400, 503)
    failure = Failure(
        status=error.status,
        title=gettext(error.title),
        message=message,
        way_out=gettext(error.way_out),
        link=back_path() if same_page else "/",
        link_text=gettext("Open the page again") if same_page else gettext("Home"),
        tone="warn" if error.status == 503 else "stop",
    )
    return _answer(failure)


def _answer(failure: Failure) -> Response:
    if not asked_by_htmx():
        return make_response(render_template("refused.html", failure=failure), failure.status)
    response = make_response(render_template("_refused.html", failure=failure), failure.status)
    response.headers["HX-Retarget"] = "#answer"
    response.headers["HX-Reswap"] = "innerHTML"
    return response
