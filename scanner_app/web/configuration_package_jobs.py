"""Validate and Apply of a package: asking for them, how far they are, cancelling, and the end.

This module must never try or write a record: the job worker does.
"""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.jobs.apply_package_job import (
    cancel_package_job,
    put_package_report_away,
    request_package_job,
)
from scanner_app.warehouse.register_activity import By
from scanner_app.web.configuration_packages import draw_package, find_package_here
from scanner_app.web.current import current_user_id, now, reading, today
from scanner_app.web.job_pages import job_worker
from scanner_app.web.package_runs import run_of
from scanner_app.web.posting_once import post_once
from scanner_app.web.security import supervisor_required

blueprint = Blueprint(
    "configuration_package_jobs", __name__, url_prefix="/configuration-packages/<code>"
)


@blueprint.post("/validation")
@supervisor_required
def validate(code: str) -> AnyResponse | tuple[str, int]:
    """Try every record, and list what stands against it."""
    return _ask(code, apply=False)


@blueprint.post("/application")
@supervisor_required
def apply(code: str) -> AnyResponse | tuple[str, int]:
    """Validate once more, then let the tables say what the package says."""
    return _ask(code, apply=True, leave_out=request.form.get("leave_out") is not None)


@blueprint.get("/progress")
@supervisor_required
def show_progress(code: str) -> Response:
    """How far it is; where something else is to be seen by now, the whole page is asked for."""
    package = find_package_here(code)
    run = run_of(reading(), package)
    if run is None or not run.is_going_on or str(run.is_applying) != request.args.get("applying"):
        response = make_response("")
        response.headers["HX-Refresh"] = "true"
        return response
    page = render_template("configuration_packages/_progress.html", package=package, run=run)
    return make_response(page)


@blueprint.post("/jobs/<int:job_id>/cancellation")
@supervisor_required
def cancel(code: str, job_id: int) -> AnyResponse | tuple[str, int]:
    """End it before anything is written."""
    key, at = find_package_here(code).code, now()

    def work(session: Session) -> dict[str, int]:
        cancel_package_job(session, key, job_id, at)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        return draw_package(find_package_here(code), refusal)
    return redirect(url_for("configuration_packages.show", code=key), 303)


@blueprint.post("/jobs/<int:job_id>/reading")
@supervisor_required
def put_away(code: str, job_id: int) -> AnyResponse:
    """Tell no more of what has ended and was read."""
    key = find_package_here(code).code

    def work(session: Session) -> dict[str, int]:
        put_package_report_away(session, key, job_id)
        return {}

    post_once(work)
    return redirect(url_for("configuration_packages.show", code=key), 303)


def _ask(code: str, *, apply: bool, leave_out: bool = False) -> AnyResponse | tuple[str, int]:
    key = find_package_here(code).code
    by = By(current_user_id(), today(), now())

    def work(session: Session) -> dict[str, int]:
        job = request_package_job(session, key, by, apply=apply, leave_out=leave_out)
        return {"job": job.id}

    try:
        post_once(work)
    except RuleRefused as refusal:
        return draw_package(find_package_here(code), refusal)
    job_worker().wake()
    return redirect(url_for("configuration_packages.show", code=key), 303)
