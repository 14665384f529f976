"""The answer to a scan in the reader's language, for fragments, JSON and pages alike.

This module must never apply a scan or change an outcome.
"""

from typing import Any

from flask import request
from sqlalchemy import select

from scanner_app.scanning.outcomes import Choice, Outcome, from_json
from scanner_app.scanning.scan import Scan
from scanner_app.web.current import current_user_id, reading
from scanner_app.web.refusals import sentence
from scanner_app.web.scan_places import address_of_goto


def spoken(outcome: Outcome) -> dict[str, Any]:
    """An outcome with its sentences, its choices and where it leads."""
    said = outcome.said
    return {
        "result": outcome.result.value,
        "tone": outcome.tone,
        "code": outcome.code,
        "message": sentence(said.message, outcome.parameters),
        "way_out": sentence(said.way_out, outcome.parameters) if said.way_out else "",
        "choices": [_choice(choice) for choice in outcome.choices],
        "goto": address_of_goto(outcome.goto),
    }


def kept_answer() -> dict[str, Any] | None:
    """The answer of the scan that a plain form sent before this page was opened."""
    scan_id = request.args.get("answer", "")
    if not scan_id:
        return None
    statement = select(Scan).where(Scan.uuid == scan_id.upper(), Scan.user_id == current_user_id())
    scan = reading().scalars(statement).one_or_none()
    if scan is None or scan.outcome is None:
        return None
    answer = spoken(from_json(scan.outcome))
    return answer | {"id": scan.uuid, "device_seq": 0, "goto": "", "scan": scan}


def _choice(choice: Choice) -> dict[str, str]:
    """A choice to tap: a document is opened, a candidate is sent as a further scan."""
    kind, _, goto = choice.key.partition(":")
    address = address_of_goto(goto) if kind == "document" else ""
    return {"key": choice.key, "words": choice.words, "address": address}
