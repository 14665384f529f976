"""Places of scanning: which page a document has, and what its task region shows now.

This module must never apply a scan.
"""

from collections.abc import Callable
from typing import Any

from flask import url_for
from werkzeug.exceptions import NotFound

from scanner_app.errors import RuleRefused
from scanner_app.scanning.open_item_journal import ITEM_JOURNAL
from scanner_app.scanning.open_move import MOVE
from scanner_app.scanning.open_receipt import RECEIPT
from scanner_app.scanning.outcomes import Outcome
from scanner_app.web import activity_pages, counts, item_journal_scans, move, receiving

PAGE_OF_KIND = {
    "put-away": "put_aways.show",
    "pick": "picks.show",
    "count": "counts.show",
    "receipt": "receiving.show",
}


def address_of(outcome: Outcome) -> str:
    """Where an outcome leads, or nothing."""
    return address_of_goto(outcome.goto)


def address_of_goto(goto: str) -> str:
    """The page of a document, or the look-up of what was scanned."""
    kind, _, rest = goto.partition("/")
    if kind in PAGE_OF_KIND:
        return url_for(PAGE_OF_KIND[kind], no=rest)
    if kind == "look-up":
        key, _, code = rest.partition("|")
        return url_for("look_up.show", code=code, key=key)
    if kind == "shipment":
        return url_for("document_pages.show", kind="shipments", no=rest)
    return ""


Task = tuple[str, dict[str, Any]]
NO_TASK: Task = ("", {})
TASK_OF_KIND: dict[str, tuple[str, Callable[[str], dict[str, Any]]]] = {
    "count": ("counts/_task.html", counts.task_values),
    RECEIPT: ("receiving/_task.html", receiving.task_values),
    MOVE: ("move/_task.html", move.task_values),
    ITEM_JOURNAL: ("item_journals/_scan_task.html", item_journal_scans.task_values),
}


def task_of(kind: str, no: str) -> Task:
    """What a document asks now: the part that shows it and its values.

    A document that is gone says so.
    """
    try:
        if kind in activity_pages.TYPE_OF_KIND:
            return "activities/_task.html", activity_pages.task_values(
                activity_pages.TYPE_OF_KIND[kind], no
            )
        if kind in TASK_OF_KIND:
            template, values_of = TASK_OF_KIND[kind]
            return template, values_of(no)
    except (NotFound, RuleRefused):
        return "scans/_gone.html", {"no": no}
    return NO_TASK
