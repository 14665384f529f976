"""Where lines stand whose numbers are entered: item journals and documents.

One set of views serves them all; the address says which place is meant, and `name` is the name of
the batch or the number of the document.

This module must never know which numbers may stand beside each other.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_journal import ItemJournalLine
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, DocumentKind
from scanner_app.warehouse.document_lines import find_document_line
from scanner_app.warehouse.document_tracking import (
    lock_tracked_document_line,
    tracked_document_line,
)
from scanner_app.warehouse.item_journal_lines import find_item_journal_line
from scanner_app.warehouse.item_journal_posting import number_problems, read_journal_numbers
from scanner_app.warehouse.journal_tracking import TrackedLine, tracked_line
from scanner_app.warehouse.journal_tracking_lines import lock_tracked_line
from scanner_app.warehouse.receipt_parts import refused_numbers
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.web.current import current_user_id, now, reading
from scanner_app.web.document_ways import address_of_document, by_at, find_document
from scanner_app.web.item_journal_batches import find_batch_here
from scanner_app.web.item_journal_ways import RECLASSIFICATION, Family
from scanner_app.web.item_journal_ways import address_of as address_of_journal

FAMILIES = ("item_tracking_lines", "select_entries")


@dataclass(frozen=True)
class TrackedPlace:
    """One kind of place where lines stand.

    Attributes:
        find: a line with its numbers; not found when there is none.
        lock: the same, to be changed in this transaction.
        problems: what posting would say to each set of numbers of a line, by its id.
        back: the page of the lines.
    """

    find: Callable[[str, int], TrackedLine]
    lock: Callable[[Session, str, int], TrackedLine]
    problems: Callable[[str, TrackedLine], dict[int, RuleRefused]]
    back: Callable[[str], str]


def _find_in_journal(name: str, line_no: int) -> TrackedLine:
    line = find_item_journal_line(reading(), find_batch_here(name), line_no)
    if line is None:
        raise NotFound
    return tracked_line(reading(), line)


def _problems_in_journal(_: str, tracked: TrackedLine) -> dict[int, RuleRefused]:
    line = reading().get_one(ItemJournalLine, tracked.line.id)
    found = number_problems(reading(), read_journal_numbers(reading(), [line]))
    return {part_id: problem for (_, part_id), problem in found.items()}


def _find_in_document(kind: DocumentKind, no: str, line_no: int) -> TrackedLine:
    document = find_document(reading(), kind, no)
    line = find_document_line(reading(), kind, document.id, line_no)
    if line is None:
        raise NotFound
    return tracked_document_line(reading(), kind, line, document.location_id)


def _lock_in_document(kind: DocumentKind, session: Session, no: str, line_no: int) -> TrackedLine:
    find_document(session, kind, no)
    return lock_tracked_document_line(session, kind, no, line_no)


def _problems_in_receipt(no: str, tracked: TrackedLine) -> dict[int, RuleRefused]:
    receipt = find_document(reading(), RECEIPTS, no)
    by = by_at(reading(), receipt, current_user_id(), now())
    return {
        part_id: problem
        for (line_no, part_id), problem in refused_numbers(reading(), receipt, by).items()
        if line_no == tracked.line.line_no
    }


def _no_problems(_: str, __: TrackedLine) -> dict[int, RuleRefused]:
    """What a shipment or transfer order names is looked for when it is picked or shipped."""
    return {}


def _page_of_document(kind: DocumentKind, no: str) -> str:
    return address_of_document(kind, no.upper())


def _place_of(
    kind: DocumentKind, problems: Callable[[str, TrackedLine], dict[int, RuleRefused]]
) -> TrackedPlace:
    return TrackedPlace(
        partial(_find_in_document, kind),
        partial(_lock_in_document, kind),
        problems,
        partial(_page_of_document, kind),
    )


JOURNAL = TrackedPlace(
    _find_in_journal,
    lock_tracked_line,
    _problems_in_journal,
    lambda name: address_of_journal("item_journals.show", name=name),
)
PLACES = {
    "": JOURNAL,
    RECLASSIFICATION: JOURNAL,
    "receipt_": _place_of(RECEIPTS, _problems_in_receipt),
    "shipment_": _place_of(SHIPMENTS, _no_problems),
    "transfer_": _place_of(TRANSFERS, _no_problems),
}


def place_here() -> TrackedPlace:
    """The place whose pages are asked."""
    return PLACES[_prefix()]


def address_of(endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as `url_for`
    """The address of a page of the place at hand, by its endpoint in the item journal."""
    return url_for(f"{_prefix()}{endpoint}", **values)


def initialise_tracked_places(
    app: Flask,
    of_receipts: Iterable[Family],
    of_shipments: Iterable[Family],
    of_transfers: Iterable[Family],
) -> None:
    """Serve families for documents too; the journals serve them themselves."""
    for document, lines, families in (
        ("receipt", "/documents/receipts/<name>", of_receipts),
        ("shipment", "/documents/shipments/<name>", of_shipments),
        ("transfer", "/transfers/<name>", of_transfers),
    ):
        for family in families:
            blueprint = family.blueprint
            rest = (blueprint.url_prefix or "").partition("<name>")[2]
            app.register_blueprint(
                blueprint,
                name=f"{document}_{blueprint.name}",
                url_prefix=f"{lines}{rest}",
            )
    app.jinja_env.globals.update(tracking_address=address_of)


def _prefix() -> str:
    blueprint = request.blueprint or ""
    return next(blueprint.removesuffix(each) for each in FAMILIES if blueprint.endswith(each))
