"""The page of a receipt or shipment: its lines, its header, and what can be done with it.

This module must never know what a document may say, nor what stands against it.
"""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, Document, DocumentKind
from scanner_app.warehouse.documents_of_transfers import fields_of_document
from scanner_app.warehouse.employee import NoLocationChosen
from scanner_app.warehouse.warehouse_documents import (
    blank_document_card,
    card_of_document,
    change_document,
    create_document,
)
from scanner_app.web.address_numbers import asked_number
from scanner_app.web.cards import said
from scanner_app.web.current import current_location, current_user_id, now, reading
from scanner_app.web.document_rows import document_rows
from scanner_app.web.document_ways import (
    KIND_IN_ADDRESS,
    KINDS,
    by_at_location,
    find_document,
    name_of,
)
from scanner_app.web.posting_once import post_once
from scanner_app.web.publication import ROWS_SHOWN_MAX
from scanner_app.web.record_cards import (
    RecordCard,
    choices_of,
    done,
    draw_card,
    draw_new,
    form_of,
    read_form,
    read_new,
    refused,
)
from scanner_app.web.refusals import sentence, status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext

blueprint = Blueprint("document_pages", __name__, url_prefix=f"/documents/{KIND_IN_ADDRESS}")

ROWS_MAX = 50
NEW = {RECEIPTS: N_("New receipt at {location}"), SHIPMENTS: N_("New shipment at {location}")}
TITLES = {RECEIPTS: N_("Receipt {no}"), SHIPMENTS: N_("Shipment {no}")}
REMOVALS = {
    RECEIPTS: (N_("Delete this receipt"), N_("What is not received yet is not expected any more.")),
    SHIPMENTS: (N_("Delete this shipment"), N_("What has not left does not leave any more.")),
}


@blueprint.get("/new")
@supervisor_required
def show_new(kind: str) -> tuple[str, int]:
    """The header of a new document at the location at hand."""
    blank = blank_document_card(KINDS[kind])
    return draw_new(_new_card(KINDS[kind]), form_of(KINDS[kind].fields, blank, blank))


@blueprint.post("")
@supervisor_required
def create(kind: str) -> AnyResponse | tuple[str, int]:
    """Make a document, and go on to its lines."""
    what, here, typed = KINDS[kind], _location(), read_new(KINDS[kind].fields)
    code, by = here.code, by_at_location(here, current_user_id(), now())

    def work(session: Session) -> dict[str, str]:
        return {"no": create_document(session, what, code, typed, by)}

    try:
        made = post_once(work)
    except RuleRefused as refusal:
        form = refused(form_of(what.fields, blank_document_card(what), typed), refusal, typed)
        return draw_new(_new_card(what), form, refusal)
    return redirect(url_for(".show", kind=kind, no=made["no"]), 303)


@blueprint.get("/<no>")
@supervisor_required
def show(kind: str, no: str) -> tuple[str, int]:
    """A document with its lines."""
    return draw_document(KINDS[kind], find_document(reading(), KINDS[kind], no))


@blueprint.get("/<no>/header")
@supervisor_required
def show_header(kind: str, no: str) -> tuple[str, int]:
    """The header of a document, to be changed, and the way to delete it."""
    what = KINDS[kind]
    document = find_document(reading(), what, no)
    card = _typed_fields(what, document)
    return draw_card(_card(what, document), form_of(fields_of_document(what, document), card, card))


@blueprint.post("/<no>/header")
@supervisor_required
def save_header(kind: str, no: str) -> AnyResponse | tuple[str, int]:
    """Write what the header says."""
    what = KINDS[kind]
    form = read_form(fields_of_document(what, find_document(reading(), what, no)))

    def work(session: Session) -> dict[str, str]:
        find_document(session, what, no)
        change_document(session, what, no, form.as_read, form.typed)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        document = find_document(reading(), what, no)
        stored = _typed_fields(what, document)
        return draw_card(_card(what, document), refused(form, refusal, stored), refusal)
    return redirect(url_for(".show", kind=kind, no=no, done="saved"), 303)


def draw_document(
    kind: DocumentKind,
    document: Document,
    refusal: RuleRefused | None = None,
    problems: Mapping[int, RuleRefused] | None = None,
) -> tuple[str, int]:
    """The page of a document, with what was just asked of it."""
    after = asked_number("after")
    [row] = document_rows(reading(), kind, [document], ROWS_MAX + 1, after)
    lines = row.lines[:ROWS_MAX]
    page = render_template(
        "documents/show.html",
        title=sentence(TITLES[kind], {"no": document.no}),
        kind=name_of(kind),
        is_receipt=kind is RECEIPTS,
        tracking=f"{kind.name}_item_tracking_lines.show",
        document=row,
        lines=lines,
        more=lines[-1].line_no if len(row.lines) > ROWS_MAX else 0,
        after=after,
        says=card_of_document(reading(), kind, document),
        day=getattr(document, kind.day_field),
        problems={line_no: said(each) for line_no, each in (problems or {}).items()},
        problems_max=ROWS_SHOWN_MAX,
        checked=problems is not None,
        done=done(),
        refused=said(refusal) if refusal else None,
    )
    return page, status_of(refusal) if refusal else 200


def _typed_fields(kind: DocumentKind, document: Document) -> TextCard:
    """What the fields of a header say that can be typed."""
    card = card_of_document(reading(), kind, document)
    return {field.name: card[field.name] for field in fields_of_document(kind, document)}


def _location() -> Location:
    """The location at hand.

    Raises:
        NoLocationChosen: when there is none.
    """
    location = current_location()
    if location is None:
        raise NoLocationChosen
    return location


def _new_card(kind: DocumentKind) -> RecordCard:
    return RecordCard(
        kind.fields,
        sentence(NEW[kind], {"location": _location().code}),
        url_for("documents.show_list"),
        url_for(".create", kind=name_of(kind)),
        choices_of(kind.fields),
    )


def _card(kind: DocumentKind, document: Document) -> RecordCard:
    """The header of a document; deleting it is folded away below."""
    values = {"kind": name_of(kind), "no": document.no}
    title, says = REMOVALS[kind]
    fields = fields_of_document(kind, document)
    return RecordCard(
        fields,
        sentence(TITLES[kind], {"no": document.no}),
        url_for(".show", **values),
        url_for(".save_header", **values),
        choices_of(fields),
        removed_by=(url_for("document_steps.remove", **values), gettext(title)),
        removal_says=says,
    )
