"""Warehouse Journals: the manual lines of a batch, their check and their registration.

The templates, such as Physical Inventory and Item, are families of pages over one set of views.

This module must never know a rule, nor register by itself: `register_manual_lines` does.
"""

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.warehouse.manual_journal_lines import count_manual_lines, list_manual_lines
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.register_manual_lines import check_manual_lines, register_manual_lines
from scanner_app.warehouse.set_up_warehouse_journal_batch import list_warehouse_journal_batches
from scanner_app.warehouse.warehouse_journal import (
    WarehouseJournalBatch,
    WarehouseJournalTemplate,
)
from scanner_app.web.address_numbers import asked_number
from scanner_app.web.cards import Said, said
from scanner_app.web.current import current_user_id, now, reading, today
from scanner_app.web.posting_once import post_once
from scanner_app.web.record_cards import done
from scanner_app.web.refusals import status_of
from scanner_app.web.warehouse_journal_ways import (
    JOURNALS,
    address_of,
    draw,
    family_of,
    find_batch_here,
    journal_here,
    of_directed_location,
    prefix_of,
    template_here,
)

ROWS_MAX = 50


@of_directed_location
def open_journal() -> tuple[str, int]:
    """The lines of the first batch; its field Name leads to the others."""
    batches = list_warehouse_journal_batches(reading(), journal_here(), "", 1)
    if batches:
        return _draw(batches[0])
    return draw("warehouse_journals/none.html"), 200


@of_directed_location
def show(name: str) -> tuple[str, int]:
    """The lines of a batch; with `check`, what registering would say to each."""
    batch = find_batch_here(name)
    if "check" not in request.args:
        return _draw(batch)
    try:
        return _draw(batch, problems=check_manual_lines(reading(), batch))
    except RuleRefused as refusal:
        return _draw(batch, refusal=refusal)


@of_directed_location
def register(name: str) -> AnyResponse | tuple[str, int]:
    """Register all lines, or none; then every line that is refused is named at once."""
    journal, by = journal_here(), By(current_user_id(), today(), now())

    def work(session: Session) -> dict[str, int]:
        registered = register_manual_lines(session, journal, name, by)
        return {"no": registered.register_no, "lines": registered.lines}

    try:
        answer = post_once(work)
    except RuleRefused as refusal:
        batch = find_batch_here(name)
        return _draw(batch, refusal=refusal, problems=_problems(batch))
    ways = {"registered": answer["lines"], "register": answer["no"]}
    return redirect(address_of(JOURNALS, "show", name=name, **ways), 303)


def _family(template: WarehouseJournalTemplate) -> Blueprint:
    """The pages of one template."""
    prefix = prefix_of(template, JOURNALS)
    family = Blueprint(family_of(template, JOURNALS), __name__, url_prefix=prefix)
    family.get("")(open_journal)
    family.get("/<name>")(show)
    family.post("/<name>/registration")(register)
    return family


blueprints = tuple(_family(template) for template in WarehouseJournalTemplate)


def _problems(batch: WarehouseJournalBatch) -> dict[int, RuleRefused]:
    """What else is wrong; a batch that cannot be checked at all has said so already."""
    try:
        return check_manual_lines(reading(), batch)
    except RuleRefused:
        return {}


def _draw(
    batch: WarehouseJournalBatch,
    *,
    refusal: RuleRefused | None = None,
    problems: dict[int, RuleRefused] | None = None,
) -> tuple[str, int]:
    after = asked_number("after")
    rows = list_manual_lines(reading(), batch, after, ROWS_MAX + 1)
    told: dict[int, Said] = {line_no: said(each) for line_no, each in (problems or {}).items()}
    page = draw(
        "warehouse_journals/show.html",
        batch=batch,
        is_count=template_here() is WarehouseJournalTemplate.PHYSICAL_INVENTORY,
        rows=rows[:ROWS_MAX],
        more=rows[ROWS_MAX - 1].line_no if len(rows) > ROWS_MAX else 0,
        after=after,
        lines=count_manual_lines(reading(), batch),
        problems=told,
        checked=problems is not None,
        refused=said(refusal) if refusal else None,
        done=done(),
        registered=asked_number("registered"),
        published=asked_number("published"),
        register=asked_number("register"),
    )
    return page, status_of(refusal) if refusal else 200
