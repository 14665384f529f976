"""Receiving: a worker scans what came of a receipt, and posts it.

Goods stand at the dock until their put-away is made, so whoever scanned them posts them
(docs/decisions.md, "Workers post what they received").

This module must never apply a scan, nor post by itself.
"""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.scanning.open_receipt import receipt_on_device
from scanner_app.scanning.receipt_prompts import list_expected_receipts, receipt_prompt
from scanner_app.warehouse.document_kind import RECEIPTS
from scanner_app.warehouse.receipt_parts import receipt_problems
from scanner_app.web.cards import said
from scanner_app.web.current import current_location, current_user_id, now, reading
from scanner_app.web.document_steps import post_receipt_once
from scanner_app.web.document_ways import by_at, find_document
from scanner_app.web.publication import ROWS_SHOWN_MAX
from scanner_app.web.refusals import status_of
from scanner_app.web.sessions import device_identity

blueprint = Blueprint("receiving", __name__, url_prefix="/receipts")


@blueprint.get("")
def show_list() -> str:
    """The receipts that are expected at the location."""
    location = current_location()
    return render_template(
        "receiving/list.html",
        rows=list_expected_receipts(reading(), location) if location else [],
        location=location,
        done=request.args.get("done", ""),
        no=request.args.get("no", ""),
    )


@blueprint.get("/<no>")
def show(no: str) -> tuple[str, int]:
    """One receipt: what has come of it, and what is asked now."""
    return _draw(no)


@blueprint.post("/<no>/posting")
def post(no: str) -> AnyResponse | tuple[str, int]:
    """Post what has come; what is refused is told line by line."""
    try:
        answer = post_receipt_once(no)
    except RuleRefused as refusal:
        receipt = find_document(reading(), RECEIPTS, no)
        by = by_at(reading(), receipt, current_user_id(), now())
        return _draw(no, refusal, receipt_problems(reading(), receipt, by))
    return redirect(url_for(".show_list", done=answer["done"], no=answer["no"]), 303)


def task_values(no: str) -> dict[str, object]:
    """A receipt and what is asked now.

    Raises:
        NotFound: when it is gone.
        NotWarehouseEmployee: when it is elsewhere.
    """
    receipt = find_document(reading(), RECEIPTS, no)
    found = receipt_on_device(reading(), receipt, device_identity())
    return {"receipt": receipt, "prompt": receipt_prompt(reading(), found)}


def _draw(
    no: str,
    refusal: RuleRefused | None = None,
    problems: Mapping[int, RuleRefused] | None = None,
) -> tuple[str, int]:
    page = render_template(
        "receiving/show.html",
        **task_values(no),
        refused=said(refusal) if refusal else None,
        problems={line_no: said(each) for line_no, each in (problems or {}).items()},
        problems_max=ROWS_SHOWN_MAX,
    )
    return page, status_of(refusal) if refusal else 200
