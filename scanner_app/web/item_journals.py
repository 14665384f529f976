"""Item Journals: the lines of a batch, their check and their posting.

More lines than one transaction takes are checked and posted by a job (docs/domain.md 12.3).

This module must never know a rule, nor post by itself: `post_item_journal_batch` does.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalTemplate
from scanner_app.inventory.item_tracking import NUMBER_LENGTH
from scanner_app.jobs.post_item_journal_job import request_posting
from scanner_app.warehouse.frozen_item_journal import count_lines
from scanner_app.warehouse.item_journal_list import list_item_journal_lines, totals_of
from scanner_app.warehouse.post_item_journal_batch import (
    check_item_journal_batch,
    post_item_journal_batch,
)
from scanner_app.warehouse.post_item_journal_parts import PART_LINES, is_in_parts, lock_lines
from scanner_app.warehouse.preview_posting import preview_posting
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.set_up_item_journal_batch import list_item_journal_batches
from scanner_app.warehouse.update_item_tracking import update_item_tracking_lines
from scanner_app.web.address_numbers import asked_number
from scanner_app.web.cards import Said, said
from scanner_app.web.current import current_user_id, now, reading, today
from scanner_app.web.item_journal_batches import find_batch_here
from scanner_app.web.item_journal_ways import template_here
from scanner_app.web.job_pages import job_worker, posting_of
from scanner_app.web.posting_once import post_once
from scanner_app.web.record_cards import done
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import printable

blueprint = Blueprint("item_journals", __name__, url_prefix="/item-journals")

ROWS_MAX = 50


@blueprint.get("")
@supervisor_required
def open_journal() -> tuple[str, int]:
    """The lines of the first batch; its field Name leads to the others."""
    batches = list_item_journal_batches(reading(), template_here())
    return (
        draw_journal(batches[0]) if batches else (render_template("item_journals/none.html"), 200)
    )


@blueprint.get("/<name>")
@supervisor_required
def show(name: str) -> tuple[str, int]:
    """The lines of a batch; with `check`, what posting would say to each."""
    batch = find_batch_here(name)
    if "check" not in request.args or is_in_parts(count_lines(reading(), batch)):
        return draw_journal(batch)
    try:
        return draw_journal(batch, problems=check_item_journal_batch(reading(), batch))
    except RuleRefused as refusal:
        return draw_journal(batch, refusal=refusal)


@blueprint.post("/<name>/posting")
@supervisor_required
def post(name: str) -> AnyResponse | tuple[str, int]:
    """Post all lines, or none; then every line that is refused is named at once.

    Many lines are posted in parts, by a job.
    """
    by = By(current_user_id(), today(), now())

    def work(session: Session) -> dict[str, int]:
        batch, lines = lock_lines(session, name)
        if is_in_parts(lines):
            return {"job": request_posting(session, batch, lines, by, post=True).id}
        register = post_item_journal_batch(session, name, by).item_register
        return {"no": register.no, "entries": register.to_entry_no - register.from_entry_no + 1}

    try:
        posted = post_once(work)
    except RuleRefused as refusal:
        batch = find_batch_here(name)
        return draw_journal(batch, refusal=refusal, problems=_problems(batch))
    if "job" in posted:
        job_worker().wake()
        return redirect(url_for(".show", name=name), 303)
    return redirect(
        url_for(".show", name=name, posted=posted["entries"], register=posted["no"]), 303
    )


@blueprint.get("/<name>/preview")
@supervisor_required
def preview(name: str) -> tuple[str, int]:
    """The entries that posting would make; while a line is refused, what stands against it."""
    batch = find_batch_here(name)
    try:
        entries = preview_posting(reading(), batch)
    except RuleRefused as refusal:
        return draw_journal(batch, refusal=refusal, problems=_problems(batch))
    begin = asked_number("after")
    page = render_template(
        "item_journals/preview.html",
        batch=batch,
        entries=entries[begin : begin + ROWS_MAX],
        more=begin + ROWS_MAX if len(entries) > begin + ROWS_MAX else 0,
        count=len(entries),
        in_bins=sum(1 for entry in entries if entry.bin_code),
    )
    return page, 200


@blueprint.post("/<name>/tracking-update")
@supervisor_required
def update_tracking(name: str) -> AnyResponse | tuple[str, int]:
    """Let the numbers of all lines go to item tracking lines, or of none."""

    def work(session: Session) -> dict[str, int]:
        return {"lines": update_item_tracking_lines(session, name)}

    try:
        updated = post_once(work)
    except RuleRefused as refusal:
        batch = find_batch_here(name)
        return draw_journal(batch, refusal=refusal, problems=_problems(batch))
    return redirect(url_for(".show", name=name, transferred=updated["lines"]), 303)


def _problems(batch: ItemJournalBatch) -> dict[int, RuleRefused]:
    """What else is wrong; a batch that cannot be checked at all has said so already."""
    try:
        return check_item_journal_batch(reading(), batch)
    except RuleRefused:
        return {}


def draw_journal(
    batch: ItemJournalBatch,
    *,
    refusal: RuleRefused | None = None,
    problems: dict[int, RuleRefused] | None = None,
) -> tuple[str, int]:
    """The page of a batch, with what was just asked of it."""
    after = asked_number("after")
    query = printable(request.args.get("q", "")[:NUMBER_LENGTH]).strip().upper()
    rows = list_item_journal_lines(reading(), batch, after, ROWS_MAX + 1, query)
    told: dict[int, Said] = {line_no: said(each) for line_no, each in (problems or {}).items()}
    totals, run = totals_of(reading(), batch), posting_of(reading(), batch)
    page = render_template(
        "item_journals/show.html",
        batch=batch,
        rows=rows[:ROWS_MAX],
        more=rows[ROWS_MAX - 1].line_no if len(rows) > ROWS_MAX else 0,
        after=after,
        query=query,
        totals=totals,
        in_parts=is_in_parts(totals.lines),
        part_lines=PART_LINES,
        is_transfer=template_here() is ItemJournalTemplate.TRANSFER,
        run=run,
        run_problems={no: said(each) for no, each in run.problems.items()} if run else {},
        run_fault=said(run.fault) if run and run.fault else None,
        problems=told,
        checked=problems is not None,
        refused=said(refusal) if refusal else None,
        done=done(),
        posted=asked_number("posted"),
        published=asked_number("published"),
        transferred=asked_number("transferred"),
        register=asked_number("register"),
    )
    return page, status_of(refusal) if refusal else 200
