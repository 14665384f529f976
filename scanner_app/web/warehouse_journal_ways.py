"""The ways to the pages of warehouse journals: each template has families of pages of its own.

A journal is that of the location at hand, and only where put-away and pick are directed.

This module must never know a rule of the journals.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import render_template, request, url_for
from werkzeug.exceptions import NotFound

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.warehouse.employee import NoLocationChosen
from scanner_app.warehouse.manual_line_kind import LINE_KINDS, LineKind
from scanner_app.warehouse.set_up_warehouse_journal_batch import (
    WarehouseJournal,
    directed_location,
    find_warehouse_journal_batch,
)
from scanner_app.warehouse.warehouse_journal import (
    WarehouseJournalBatch,
    WarehouseJournalTemplate,
)
from scanner_app.web.cards import said
from scanner_app.web.current import current_location, current_location_id, reading
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext, printable

TITLES = {
    WarehouseJournalTemplate.PHYSICAL_INVENTORY: N_("Warehouse Physical Inventory Journal"),
    WarehouseJournalTemplate.ITEM: N_("Warehouse Item Journal"),
    WarehouseJournalTemplate.RECLASSIFICATION: N_("Warehouse Reclassification Journal"),
}
JOURNALS, BATCHES, LINES = "journals", "journal_batches", "journal_lines"
WORKBOOKS = "journal_workbooks"

CODE_LENGTH = 10

View = TypeVar("View", bound=Callable[..., Any])


class FormOfOtherLocation(RuleRefused):
    """The location was changed after the form was opened, in another tab perhaps."""

    message = N_("This form was opened at location {location}, and you work at {here} now.")
    way_out = N_("Choose {location} again to send it, or open the journal of {here}.")
    field = "Location Code"


def family_of(template: WarehouseJournalTemplate, pages: str) -> str:
    """The name of a family of pages, such as warehouse_item_journal_batches."""
    return f"warehouse_{template.value.lower().replace(' ', '_')}_{pages}"


def prefix_of(template: WarehouseJournalTemplate, pages: str) -> str:
    """Where the addresses of a family begin, such as /warehouse-item-journals."""
    return "/" + family_of(template, pages).replace("_", "-")


TEMPLATES = {
    family_of(template, pages): template
    for template in WarehouseJournalTemplate
    for pages in (JOURNALS, BATCHES, LINES, WORKBOOKS)
}


def template_here() -> WarehouseJournalTemplate:
    """The template whose pages are asked."""
    return TEMPLATES[request.blueprint or ""]


def line_kind_here() -> LineKind[Any]:
    """How the lines of the journal are typed whose pages are asked."""
    return LINE_KINDS[template_here()]


def title_here() -> str:
    """What the journal is called, in the reader's language."""
    return gettext(TITLES[template_here()])


def address_of(pages: str, view: str, **values: Any) -> str:  # noqa: ANN401 - as `url_for`
    """The address of a page of the template at hand."""
    return url_for(f"{family_of(template_here(), pages)}.{view}", **values)


def action_of(pages: str, view: str, **values: Any) -> str:  # noqa: ANN401 - as `url_for`
    """Where a form is sent: its address says at which location it was opened."""
    location = current_location()
    return address_of(pages, view, location=location.code if location else None, **values)


def journal_here() -> WarehouseJournal:
    """The journal of the location at hand.

    Raises:
        NoLocationChosen: before there is one.
    """
    location_id = current_location_id()
    if location_id is None:
        raise NoLocationChosen
    return WarehouseJournal(location_id, template_here())


def find_batch_here(name: str) -> WarehouseJournalBatch:
    """The batch of an address.

    Raises:
        NotFound: when there is none.
    """
    batch = find_warehouse_journal_batch(reading(), journal_here(), name)
    if batch is None:
        raise NotFound
    return batch


def of_directed_location(view: View) -> View:
    """Open a page to supervisors at a location with such journals; elsewhere say where to go."""

    @wraps(view)
    def checked(*args: object, **kwargs: object) -> object:
        try:
            location = directed_location(reading(), journal_here().location_id)
            _check_opened_at(location)
        except RuleRefused as refusal:
            return _draw_elsewhere(refusal)
        return view(*args, **kwargs)

    return supervisor_required(cast("View", checked))


def _check_opened_at(location: Location) -> None:
    """The same bin and batch may be at two locations; a line is for the one it was typed at."""
    opened_at = request.args.get("location", location.code)
    if request.method == "POST" and opened_at != location.code:
        raise FormOfOtherLocation(location=printable(opened_at[:CODE_LENGTH]), here=location.code)


def draw(template: str, **values: object) -> str:
    """One of the pages of warehouse journals, which knows its ways and the location at hand."""
    return render_template(
        template,
        title=title_here(),
        location=current_location(),
        address_of=address_of,
        action_of=action_of,
        moves=line_kind_here().moves,
        ways={"journals": JOURNALS, "batches": BATCHES, "lines": LINES, "workbooks": WORKBOOKS},
        **values,
    )


def _draw_elsewhere(refusal: RuleRefused) -> tuple[str, int]:
    """Why there is no such journal at the location at hand, and the ways on."""
    page = draw("warehouse_journals/elsewhere.html", refused=said(refusal))
    return page, 200 if request.method == "GET" else status_of(refusal)
