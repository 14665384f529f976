"""Assign numbers: the supervisor's page of an item where new numbers are made in bulk.

Answers to the actions Assign Serial No., Assign Lot No., Assign Package No. and Create Customized
SN of Business Central's Item Tracking Lines, before there is any line.

This module must never know which number comes next.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.assign_numbers import (
    QUANTITY_MAX,
    Asked,
    TypedNumbers,
    assign_lot_no,
    assign_package_no,
    assign_serial_nos,
    create_customized_serial_nos,
    series_of,
)
from scanner_app.inventory.assigned_number import AssignedNumberBatch, last_batches
from scanner_app.inventory.item import Item, ItemVariant
from scanner_app.inventory.item_card import find_item
from scanner_app.inventory.item_tracking_code import (
    ItemTrackingCode,
    NumbersAsked,
    tracked_numbers,
)
from scanner_app.inventory.number_series import series_warnings
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.web.cards import said
from scanner_app.web.current import change_by_user, current_location, reading, today
from scanner_app.web.posting_once import post_once
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext, printable

blueprint = Blueprint("assigned_numbers", __name__, url_prefix="/items/<path:no>/assign-numbers")

BATCHES_SHOWN_MAX = 10
TYPED_MAX = 100
SERIAL, LOT, PACKAGE, CUSTOMIZED = "serial", "lot", "package", "customized"
KIND_WORDS = {
    NumberKind.SERIAL: N_("Serial No."),
    NumberKind.LOT: N_("Lot No."),
    NumberKind.PACKAGE: N_("Package No."),
}


@dataclass(frozen=True)
class AssignForm:
    """What was typed into one of the forms, and what is wrong with it.

    Attributes:
        name: which of the forms it is, '' where none was sent.
    """

    name: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@blueprint.get("")
@supervisor_required
def show(no: str) -> str:
    """What can be assigned to the item, and what was assigned last."""
    return _draw(_find(no), AssignForm())


@blueprint.post("/serial-nos")
@supervisor_required
def assign_serials(no: str) -> AnyResponse | tuple[str, int]:
    """Assign Serial No."""
    item, quantity, day, change = _find(no), _typed("quantity"), today(), change_by_user()
    asked = _asked(item)
    return _answer(
        item, SERIAL, lambda session: assign_serial_nos(session, asked, quantity, day, change)
    )


@blueprint.post("/lot-nos")
@supervisor_required
def assign_lot(no: str) -> AnyResponse | tuple[str, int]:
    """Assign Lot No."""
    item, day, change = _find(no), today(), change_by_user()
    asked = _asked(item)
    return _answer(item, LOT, lambda session: assign_lot_no(session, asked, day, change))


@blueprint.post("/package-nos")
@supervisor_required
def assign_package(no: str) -> AnyResponse | tuple[str, int]:
    """Assign Package No."""
    item, day, change = _find(no), today(), change_by_user()
    asked = _asked(item)
    return _answer(item, PACKAGE, lambda session: assign_package_no(session, asked, day, change))


@blueprint.post("/customized-serial-nos")
@supervisor_required
def create_customized(no: str) -> AnyResponse | tuple[str, int]:
    """Create Customized SN."""
    item, day, change = _find(no), today(), change_by_user()
    asked = _asked(item)
    typed = TypedNumbers(_typed("start"), _typed("increment"), _typed("quantity"))

    def work(session: Session) -> AssignedNumberBatch:
        return create_customized_serial_nos(session, asked, typed, day, change)

    return _answer(item, CUSTOMIZED, work)


def _answer(
    item: Item, form_name: str, work: Callable[[Session], AssignedNumberBatch]
) -> AnyResponse | tuple[str, int]:
    """Do the work once, and show what came of it; a refusal shows the form as it was typed."""
    no = item.no
    try:
        made = post_once(lambda session: {"batch": work(session).id})
    except RuleRefused as refusal:
        at = str(refusal.parameters.get("at", ""))
        typed = {name: printable(value[:TYPED_MAX]) for name, value in request.form.items()}
        form = AssignForm(form_name, typed, {at: said(refusal).message} if at else {})
        return _draw(_find(no), form, refusal), status_of(refusal)
    return redirect(url_for(".show", no=no, batch=made["batch"]), 303)


def _find(no: str) -> Item:
    item = find_item(reading(), no)
    if item is None:
        raise NotFound
    return item


def _asked(item: Item) -> Asked:
    return Asked(
        item_no=item.no,
        variant_code=_typed("variant"),
        create_new_lot="create_new_lot" in request.form,
        create_cards="create_cards" in request.form,
    )


def _typed(name: str) -> str:
    return request.form.get(name, "")[:TYPED_MAX]


def _draw(item: Item, form: AssignForm, refusal: RuleRefused | None = None) -> str:
    location = current_location()
    series = {kind.name.lower(): series_of(reading(), item, kind) for kind in NumberKind}
    batches = last_batches(reading(), item.id, BATCHES_SHOWN_MAX)
    asked_for = request.args.get("batch", "")
    return render_template(
        "assigned_numbers/show.html",
        item=item,
        form=form,
        tracked=_tracked(item),
        series=series,
        variants=_variants(item),
        maximum=QUANTITY_MAX,
        warnings=series_warnings(reading(), series.values(), today()),
        batches=[(batch, gettext(KIND_WORDS[batch.kind]), name) for batch, name in batches],
        made=next((batch for batch, _ in batches if str(batch.id) == asked_for), None),
        time_zone=location.time_zone if location else "UTC",
        refused=said(refusal) if refusal else None,
    )


def _tracked(item: Item) -> NumbersAsked:
    code_id = item.item_tracking_code_id
    return tracked_numbers(reading().get(ItemTrackingCode, code_id) if code_id else None)


def _variants(item: Item) -> list[tuple[str, str]]:
    """The blank variant first; every item has it."""
    of_item = select(ItemVariant.code, ItemVariant.description)
    rows = reading().execute(of_item.where(ItemVariant.item_id == item.id).order_by("code"))
    return [
        (code, f"{code}: {words}" if words else code or gettext("None")) for code, words in rows
    ]
