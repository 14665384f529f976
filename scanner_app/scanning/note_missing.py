"""Noting goods that are not where a pick sends the worker (docs/domain.md 10.9).

What is left of a line is noted as missing, for a reason of the company where it has any. Nothing
leaves the document before it is registered, and a unit that is found after all is taken as ever.

This module must never say that something was taken.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.quantities import ZERO
from scanner_app.scanning.activity_pairs import Pair
from scanner_app.scanning.activity_work import ActivityWork, line_on_page
from scanner_app.scanning.document_work import NotOnDocument
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.resolve import Candidate
from scanner_app.warehouse.activity import ActivityType, set_qty_missing
from scanner_app.warehouse.set_up_reason_code import find_reason_code

MISSING = "missing"
NO_REASON = "-"


class ReasonNotSetUp(RuleRefused):
    """Reasons are the company's own."""

    message = N_("There is no reason code {scanned}.")
    way_out = N_("Open the page again, then choose one of its reasons.")
    field = "Reason Code"


def note_missing(work: ActivityWork) -> Outcome:
    """Note the rest of the line that the page showed.

    Raises:
        NotOnDocument: on a put-away or movement.
        NothingLeftOfLine: when nothing of the line is left.
        ReasonNotSetUp: for a reason that is not there any more.
    """
    raw = work.scanned.new.raw
    if work.type is not ActivityType.PICK:
        raise NotOnDocument(what=raw, document_no=work.activity.no)
    pair = line_on_page(work)
    reason_id = _reason_id(work.session, raw)
    before, quantity = pair.state, pair.remaining
    for line in (pair.take, pair.place):
        set_qty_missing(line, line.qty_missing + quantity)
        line.missing_reason_id = reason_id
    work.changed(pair, before)
    work.hold()
    bin_code = pair.code_of_bin_to_scan(work.type)
    return Outcome(
        "Missing",
        {"quantity": quantity, "unit": pair.unit, "what": pair.words, "bin_code": bin_code},
    )


def found_after_all(work: ActivityWork, candidate: Candidate, pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that were noted as missing, asked for again; a serial no. is one of them."""
    found = [pair for pair in pairs if pair.take.qty_missing > ZERO]
    if candidate.kind is not CodeKind.PACKAGE and found and found[0].asked.serial:
        del found[1:]
    for pair in found:
        before = pair.state
        for line in (pair.take, pair.place):
            set_qty_missing(line, ZERO)
        work.changed(pair, before)
    return found


def reasons_to_choose(session: Session) -> Sequence[tuple[str, str]]:
    """The reasons that a worker may give, each with the words that people read."""
    row = ReasonCode
    codes = session.execute(select(row.code, row.description).order_by(row.code))
    return [(code, description or code) for code, description in codes] or [(NO_REASON, "")]


def _reason_id(session: Session, typed: str) -> int | None:
    """The reason that was tapped; none where the company has none."""
    reason = find_reason_code(session, typed)
    if reason:
        return reason.id
    if typed == NO_REASON == reasons_to_choose(session)[0][0]:
        return None
    raise ReasonNotSetUp(scanned=typed[:40])
