"""Item pictures: the supervisor sets, replaces and removes them, and everybody sees them.

A picture is reduced by the decoder process before the write begins. Its address names its
digest, so that a handheld asks for it once.

This module must never serve a file as it was uploaded.
"""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_
from scanner_app.inventory.item_card import find_item
from scanner_app.inventory.item_picture import (
    find_picture,
    picture_bytes,
    remove_picture,
    set_picture,
)
from scanner_app.warehouse.set_up_item import lock_item
from scanner_app.web.current import asked_by_htmx, change_by_user, reading, time_zone
from scanner_app.web.item_part_pages import changes_of_item
from scanner_app.web.photos import decoder
from scanner_app.web.posting_once import post_once
from scanner_app.web.security import supervisor_required, takes_file
from scanner_app.web.texts import gettext

blueprint = Blueprint("item_pictures", __name__, url_prefix="/items")

DONE_WITH_PICTURE = {
    "picture-saved": N_("The picture is saved."),
    "picture-removed": N_("The picture is removed."),
}
DIGEST_LENGTH = 64
HEADERS = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Disposition": "inline",
}


@blueprint.get("/<no>/picture/<sha256>.webp")
def show(no: str, sha256: str) -> Response:
    """The picture of an item; under the digest of another one there is none."""
    if not no.isprintable() or len(sha256) != DIGEST_LENGTH or not sha256.isalnum():
        raise NotFound
    found = picture_bytes(reading(), no.upper(), sha256)
    if found is None:
        raise NotFound
    content_type, content = found
    return Response(content, mimetype=content_type, headers=HEADERS)


@blueprint.post("/<no>/picture")
@supervisor_required
@takes_file
def save(no: str) -> AnyResponse | str:
    """Give an item a picture, or another one."""
    upload = request.files.get("picture")
    picture = decoder().reduce(upload.read() if upload else b"")
    as_read, change = request.form.get("seen", ""), change_by_user()

    def work(session: Session) -> dict[str, str]:
        set_picture(session, lock_item(session, no), as_read, picture, change)
        return {"no": no}

    post_once(work)
    return _answer(no, "picture-saved")


@blueprint.post("/<no>/picture/removal")
@supervisor_required
def remove(no: str) -> AnyResponse | str:
    """Leave an item without a picture."""
    as_read, change = request.form.get("seen", ""), change_by_user()

    def work(session: Session) -> dict[str, str]:
        remove_picture(session, lock_item(session, no), as_read, change)
        return {"no": no}

    post_once(work)
    return _answer(no, "picture-removed")


def _answer(no: str, done: str) -> AnyResponse | str:
    """The card again, or its picture with what changed beside it."""
    item = find_item(reading(), no)
    if item is None:
        raise NotFound
    if not asked_by_htmx():
        return redirect(url_for("items.show", no=item.no, done=done, _anchor="tab-picture"), 303)
    return render_template(
        "items/_picture_answer.html",
        no=item.no,
        item=item,
        picture=find_picture(reading(), item.id),
        changes=changes_of_item(reading(), item.no),
        time_zone=time_zone(),
        done=gettext(DONE_WITH_PICTURE[done]),
    )
