"""Inventory Setup: the supervisor's page of what holds for the whole company.

Answers to Business Central's page Inventory Setup, of which it has the field Package Nos.

This module must never know what a number series may give.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.change_log import CardChanged
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.inventory_setup import (
    CAPTIONS,
    TABLE,
    change_inventory_setup,
    setup_card,
)
from scanner_app.web.card_form import CardFields, CardForm, on_top_of, read_form, refused
from scanner_app.web.cards import said
from scanner_app.web.current import change_by_user, reading, time_zone
from scanner_app.web.item_choices import item_choices
from scanner_app.web.last_changes import last_changes
from scanner_app.web.posting_once import post_once
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext

blueprint = Blueprint("inventory_setup", __name__, url_prefix="/inventory-setup")

FIELDS = CardFields(CAPTIONS)
DONE = {"saved": N_("The setup is saved.")}


@blueprint.get("")
@supervisor_required
def show() -> str:
    """The page as it is."""
    card = setup_card(reading())
    return _draw(CardForm(FIELDS, card, card))


@blueprint.post("")
@supervisor_required
def save() -> AnyResponse | tuple[str, int]:
    """Write what was chosen."""
    form, change = read_form(request.form, FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        change_inventory_setup(session, form.as_read, form.typed, change)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        shown = refused(form, refusal, said(refusal).message)
        if isinstance(refusal, CardChanged):
            shown = on_top_of(form, setup_card(reading()))
        return _draw(shown, refusal), status_of(refusal)
    return redirect(url_for(".show", done="saved"), 303)


def _draw(form: CardForm, refusal: RuleRefused | None = None) -> str:
    done = DONE.get(request.args.get("done", ""), "")
    return render_template(
        "inventory_setup/card.html",
        form=form,
        series=item_choices(reading()).series,
        changes=last_changes(reading(), TABLE, TABLE),
        time_zone=time_zone(),
        done=done and gettext(done),
        refused=said(refusal) if refusal else None,
    )
