"""What an item journal asks next on a device, and its newest lines (docs/domain.md 12.7).

This module must never change anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import (
    NO_NUMBERS,
    ItemTrackingLine,
    TrackingNumbers,
    TrackingSource,
    describe,
    numbers_of,
    tracking_lines_of,
)
from scanner_app.inventory.location import Location
from scanner_app.scanning.apply_journal_scan import journal_item
from scanner_app.scanning.open_item_journal import JournalOnDevice
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.item_journal_lines import check_numbers_documents
from scanner_app.warehouse.item_journal_list import newest_lines
from scanner_app.warehouse.item_journal_refusals import DocumentNoMissing

LINES_SHOWN_MAX = 20


@dataclass(frozen=True)
class EnteredLine:
    """One line as its scan made it."""

    line_no: int
    words: str
    bin_code: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True)
class JournalPrompt:
    """What an item journal asks next.

    `question` is directed, document, bin, stock, serial, lot, package, date, warranty or quantity;
    `lines` are the newest. `item_no` is of what is asked about, with the digest of its picture;
    `goes_on` says that it is asked for the next of a run, so that anything else may follow.
    """

    question: str
    lines: tuple[EnteredLine, ...]
    bin_code: str = ""
    asked_for: str = ""
    unit: str = ""
    item_no: str = ""
    description: str = ""
    picture: str = ""
    goes_on: bool = False


def journal_prompt(session: Session, found: JournalOnDevice, location: Location) -> JournalPrompt:
    """The next question of a journal on one device, at the location where its user works."""
    given, unit = found.given, found.given.units[0] if found.given.units else None
    prompt = JournalPrompt(
        question=_question_of(session, found, location),
        lines=_newest(session, found),
        bin_code=session.get_one(Bin, given.bin_id).code if given.bin_id else "",
    )
    if unit is None:
        return prompt
    item = journal_item(session, unit)
    return replace(
        prompt,
        asked_for=item.words(unit),
        unit=item.unit,
        item_no=item.item.no,
        description=item.item.description,
        picture=item.picture,
        goes_on=given.goes_on,
    )


def _question_of(session: Session, found: JournalOnDevice, location: Location) -> str:
    if location.directed_put_away_and_pick:
        return "directed"
    try:
        check_numbers_documents(session, found.batch)
    except DocumentNoMissing:
        return "document"
    if found.given.units:
        return found.given.asks
    return "bin" if location.bin_mandatory and not found.given.bin_id else "stock"


def _newest(session: Session, found: JournalOnDevice) -> tuple[EnteredLine, ...]:
    rows = newest_lines(session, found.batch, LINES_SHOWN_MAX)
    ids = [row.id for row in rows]
    tracked = tracking_lines_of(session, TrackingSource.ITEM_JOURNAL_LINE, ids)
    return tuple(
        EnteredLine(
            row.line_no,
            describe(row.item_no, _only_numbers(tracked.get(row.id, ())) or row.numbers),
            row.bin or "",
            row.quantity,
            row.unit,
        )
        for row in rows
    )


def _only_numbers(parts: Sequence[ItemTrackingLine]) -> TrackingNumbers:
    """The numbers of a line whose quantity has one set of them; several are not told here."""
    return numbers_of(parts[0]) if len(parts) == 1 else NO_NUMBERS
