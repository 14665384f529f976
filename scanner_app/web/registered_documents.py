"""Registered documents: the list, what one of them moved, and the way to move it back.

This module must never know what may be moved back: `warehouse/move_back.py` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.user import User
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.location import work_date_of
from scanner_app.scanning.stop_scans import ACTIVITY_OF_KIND
from scanner_app.warehouse.activity import ActivityType, RegisteredActivity
from scanner_app.warehouse.move_back import (
    LINES_AT_ONCE_MAX,
    free_of_pairs,
    may_move_back,
    move_back,
    stock_of_pairs,
)
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.registered_documents import (
    RegisteredPair,
    WantedDocuments,
    count_pairs,
    find_registered,
    list_registered,
    pairs_of_registered,
)
from scanner_app.web.address_numbers import asked_number, read_number
from scanner_app.web.cards import said
from scanner_app.web.current import chosen_location, current_user_id, now, reading
from scanner_app.web.posting_once import post_once
from scanner_app.web.refusals import sentence, status_of
from scanner_app.web.tell_me import clean_query

blueprint = Blueprint("registered_documents", __name__, url_prefix="/registered-documents")

ROWS_MAX = 50
LINES_MAX = 100
KIND_OF_TYPE = {type_: kind for kind, type_ in ACTIVITY_OF_KIND.items()}
TITLES = {
    ActivityType.PUT_AWAY: N_("Registered put-away {no}"),
    ActivityType.PICK: N_("Registered pick {no}"),
    ActivityType.MOVEMENT: N_("Registered movement {no}"),
}


@dataclass(frozen=True)
class WayBack:
    """A line that is not moved back yet, and how much of it lies free where it was placed."""

    pair: RegisteredPair
    free: Decimal

    @property
    def may_go(self) -> bool:
        """A line goes back whole or not at all."""
        return self.free == self.pair.quantity


@blueprint.get("")
def show_list() -> str:
    """What was registered at the location at hand, the newest first."""
    location, kind = chosen_location(), request.args.get("type", "")
    query = clean_query(request.args.get("q", ""))
    wanted = WantedDocuments(ACTIVITY_OF_KIND.get(kind), query.upper(), asked_number("before"))
    return render_template(
        "registered_documents/list.html",
        location=location,
        part=list_registered(reading(), location, wanted, ROWS_MAX),
        kind=kind if wanted.type else "",
        query=query,
        wanted=wanted,
        kinds=KIND_OF_TYPE,
    )


@blueprint.get("/<kind>/<no>")
def show(kind: str, no: str) -> str:
    """What one document brought from bin to bin."""
    session, registered = reading(), _find(kind, no)
    after = asked_number("after")
    found = pairs_of_registered(session, registered, rows_max=LINES_MAX + 1, after_line_no=after)
    return render_template(
        "registered_documents/show.html",
        location=chosen_location(),
        registered=registered,
        title=_title(registered),
        kind=kind,
        user_name=session.get_one(User, registered.user_id).user_name,
        count=count_pairs(session, registered),
        pairs=found[:LINES_MAX],
        more=len(found) > LINES_MAX,
        may_move_back=may_move_back(registered),
        moved=_moved(found, request.args.get("moved", "")),
        put_away_no=request.args.get("put_away", ""),
    )


@blueprint.get("/<kind>/<no>/move-back")
def show_move_back(kind: str, no: str) -> tuple[str, int]:
    """What may be moved back, to be looked at before it is done."""
    return _draw_move_back(_find_to_move_back(kind, no))


@blueprint.post("/<kind>/<no>/move-back")
def post_move_back(kind: str, no: str) -> AnyResponse | tuple[str, int]:
    """Register the movement back of the chosen lines, all or none."""
    registered_id = _find_to_move_back(kind, no).id
    location, user_id, at = chosen_location(), current_user_id(), now()
    chosen = {read_number(text) for text in request.form.getlist("line")}

    def work(session: Session) -> dict[str, str]:
        by = By(user_id, work_date_of(location, at), at)
        result = move_back(session, registered_id, chosen, by)
        return {"no": result.no, "put_away": result.put_away_no}

    try:
        answer = post_once(work)
    except RuleRefused as refusal:
        return _draw_move_back(_find_to_move_back(kind, no), refusal)
    put_away = answer["put_away"] or None
    address = url_for(".show", kind=kind, no=no, moved=answer["no"], put_away=put_away)
    return redirect(address, 303)


def _find(kind: str, no: str) -> RegisteredActivity:
    """A registered document of the location at hand; one of another is not found."""
    type_ = ACTIVITY_OF_KIND.get(kind)
    found = find_registered(reading(), chosen_location(), type_, no.upper()) if type_ else None
    if found is None:
        raise NotFound
    return found


def _find_to_move_back(kind: str, no: str) -> RegisteredActivity:
    registered = _find(kind, no)
    if not may_move_back(registered):
        raise NotFound
    return registered


def _draw_move_back(
    registered: RegisteredActivity, refusal: RuleRefused | None = None
) -> tuple[str, int]:
    session, location = reading(), chosen_location()
    pairs = pairs_of_registered(
        session, registered, rows_max=LINES_AT_ONCE_MAX, not_moved_back=True
    )
    free = free_of_pairs(stock_of_pairs(session, location, pairs), pairs)
    page = render_template(
        "registered_documents/move_back.html",
        registered=registered,
        title=sentence(N_("Move back {no}"), {"no": registered.no}),
        kind=KIND_OF_TYPE[registered.type],
        lines=[WayBack(pair, free[pair.id]) for pair in pairs],
        lines_max=LINES_AT_ONCE_MAX,
        is_put_away=registered.type is ActivityType.PUT_AWAY,
        refused=said(refusal) if refusal else None,
    )
    return page, status_of(refusal) if refusal else 200


def _title(registered: RegisteredActivity) -> str:
    return sentence(TITLES[registered.type], {"no": registered.no})


def _moved(pairs: Sequence[RegisteredPair], no: str) -> str:
    """The movement that an address speaks of, where it did bring lines of this page back."""
    return no if no and any(pair.moved_back_no == no for pair in pairs) else ""
