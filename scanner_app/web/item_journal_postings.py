"""Postings in parts: asking for a check of many lines, how far it is, cancelling, and its end.

This module must never check or post: the job worker does.
"""

from flask import Blueprint, Response, make_response, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.jobs.post_item_journal_job import (
    cancel_posting,
    put_report_away,
    request_posting,
)
from scanner_app.warehouse.post_item_journal_parts import is_in_parts, lock_lines
from scanner_app.warehouse.register_activity import By
from scanner_app.web.current import current_user_id, now, reading, today
from scanner_app.web.item_journal_batches import find_batch_here
from scanner_app.web.item_journal_ways import address_of
from scanner_app.web.item_journals import draw_journal
from scanner_app.web.job_pages import job_worker, posting_of
from scanner_app.web.posting_once import post_once
from scanner_app.web.security import supervisor_required

blueprint = Blueprint("item_journal_postings", __name__, url_prefix="/item-journals/<name>")


@blueprint.post("/check")
@supervisor_required
def check(name: str) -> AnyResponse | tuple[str, int]:
    """Check many lines by a job; a batch that got short meanwhile is checked at once."""
    by = By(current_user_id(), today(), now())

    def work(session: Session) -> dict[str, int]:
        batch, lines = lock_lines(session, name)
        if not is_in_parts(lines):
            return {}
        return {"job": request_posting(session, batch, lines, by, post=False).id}

    try:
        asked = post_once(work)
    except RuleRefused as refusal:
        return draw_journal(find_batch_here(name), refusal=refusal)
    job_worker().wake()
    at_once = None if asked else 1
    return redirect(address_of("item_journals.show", name=name, check=at_once), 303)


@blueprint.get("/progress")
@supervisor_required
def show_progress(name: str) -> Response:
    """How far it is; where something else is to be seen by now, the whole page is asked for."""
    batch = find_batch_here(name)
    run = posting_of(reading(), batch)
    if run is None or not run.is_going_on or str(run.is_posting) != request.args.get("posting"):
        response = make_response("")
        response.headers["HX-Refresh"] = "true"
        return response
    return make_response(render_template("item_journals/_progress.html", batch=batch, run=run))


@blueprint.post("/postings/<int:job_id>/cancellation")
@supervisor_required
def cancel(name: str, job_id: int) -> AnyResponse | tuple[str, int]:
    """End it before anything is written."""
    key, at = find_batch_here(name).name, now()

    def work(session: Session) -> dict[str, int]:
        cancel_posting(session, key, job_id, at)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        return draw_journal(find_batch_here(name), refusal=refusal)
    return redirect(address_of("item_journals.show", name=name), 303)


@blueprint.post("/postings/<int:job_id>/reading")
@supervisor_required
def put_away(name: str, job_id: int) -> AnyResponse:
    """Tell no more of what has ended and was read."""
    key = find_batch_here(name).name

    def work(session: Session) -> dict[str, int]:
        put_report_away(session, key, job_id)
        return {}

    post_once(work)
    return redirect(address_of("item_journals.show", name=name), 303)
