"""Date formulas while they are typed: what one makes of today, or where it stops making sense.

Every card with a date formula shows this under its field and asks for it again with each key.

This module must never change anything, nor know what a formula means.
"""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request
from werkzeug.exceptions import NotFound

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.date_formula import (
    DateFormulaNotReadable,
    apply_date_formula,
    neutral_formula,
)
from scanner_app.inventory.typed_fields import VALUE_SHOWN_MAX
from scanner_app.web.cards import said
from scanner_app.web.current import today
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext, printable

blueprint = Blueprint("date_formulas", __name__, url_prefix="/date-formulas")

TYPED_MAX = 500
# Each field that holds a date formula, and what is said of it while it holds none.
FORMULA_FIELDS = {
    "expiration_calculation": N_("Without a formula the expiration date is typed."),
    "warranty_date_formula": N_("Without a formula the warranty date is typed, or there is none."),
}


@dataclass(frozen=True)
class FormulaPreview:
    """What a formula makes of today, or why it makes nothing of it.

    Attributes:
        without: what is said where no formula is typed.
        read: what was understood of a formula that makes no sense.
        fault: the rest of it, from the place of the fault on.
    """

    without: str
    day: date | None = None
    message: str = ""
    way_out: str = ""
    read: str = ""
    fault: str = ""


@blueprint.get("/<field>")
@supervisor_required
def preview(field: str) -> str:
    """What the formula in a field makes of today."""
    if field not in FORMULA_FIELDS:
        raise NotFound
    typed = request.args.get(field, "")[:TYPED_MAX]
    return render_template("_formula_preview.html", preview=preview_formula(field, typed))


def preview_formula(field: str, typed: str) -> FormulaPreview:
    """What the formula typed in a field makes of today, or why it makes nothing of it."""
    without, text = gettext(FORMULA_FIELDS[field]), neutral_formula(printable(typed))
    if not text:
        return FormulaPreview(without)
    try:
        return FormulaPreview(without, day=apply_date_formula(text, today()))
    except RuleRefused as refusal:
        place = len(text)
        if isinstance(refusal, DateFormulaNotReadable):
            place = int(str(refusal.parameters["place"])) - 1
        shown = text[:VALUE_SHOWN_MAX]
        return FormulaPreview(without, None, *said(refusal), shown[:place], shown[place:])
