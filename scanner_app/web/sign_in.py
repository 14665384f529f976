"""Sign-in, sign-out and the choice of the location to work at.

This module must never say whether the user name or the password was wrong.
"""

import logging

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.sign_in import SignInRefused
from scanner_app.access.sign_in import sign_in as sign_in_by_password
from scanner_app.warehouse.employee import NotWarehouseEmployee
from scanner_app.web.current import current_locations, reading
from scanner_app.web.refusals import sentence
from scanner_app.web.security import local_path
from scanner_app.web.sessions import (
    choose_location,
    device_identity,
    end_session,
    signed_in_user,
    start_session,
)

blueprint = Blueprint("sign_in", __name__)

_log = logging.getLogger(__name__)


@blueprint.get("/sign-in")
def show() -> AnyResponse:
    """The sign-in page; who is signed in already goes on."""
    if signed_in_user():
        return redirect(_next_path(), 303)
    return _page(user_name="", refusal=None)


@blueprint.post("/sign-in")
def enter() -> AnyResponse:
    """Sign in and go where the user wanted to go."""
    user_name = request.form.get("user_name", "")
    try:
        user = sign_in_by_password(reading(), user_name, request.form.get("password", ""))
    except SignInRefused as refusal:
        _log.warning("sign_in_refused", extra={"device": device_identity()})
        return _page(user_name, refusal)
    start_session(user)
    return redirect(_next_path(), 303)


@blueprint.post("/sign-out")
def leave() -> AnyResponse:
    """Sign out on this device. A second press finds nothing left to do."""
    end_session()
    return redirect(url_for("sign_in.show"), 303)


@blueprint.post("/location")
def choose() -> AnyResponse:
    """Work at another of the user's locations, until signing out."""
    code = request.form.get("location", "")
    fitting = [location for location in current_locations() if location.code == code]
    if not fitting:
        raise NotWarehouseEmployee(location=code[:10])
    choose_location(fitting[0].id)
    return redirect(_next_path(), 303)


def _next_path() -> str:
    return local_path(request.values.get("next")) or url_for("home.show")


def _page(user_name: str, refusal: SignInRefused | None) -> Response:
    html = render_template(
        "sign_in/sign_in.html",
        user_name=user_name,
        next_path=local_path(request.values.get("next")),
        message=sentence(refusal.message, {}) if refusal else "",
        way_out=sentence(refusal.way_out, {}) if refusal else "",
    )
    return make_response(html, 422 if refusal else 200)
