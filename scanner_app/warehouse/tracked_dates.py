"""The expiration dates that numbers of lines have already (docs/domain.md 2.5, 12.5).

A lot that the item ledger knows has one date: it is filled in where none is typed, and another
one is refused.

This module must never change a line or a number.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_journal import ItemJournalLine
from scanner_app.inventory.item_tracking import TrackingNumbers, numbers_of
from scanner_app.inventory.posting_refusals import ExpirationDateDiffers
from scanner_app.inventory.text_card import text_of_day
from scanner_app.inventory.tracking_information import (
    NumberOfItem,
    dated_number,
    known_expiration_dates,
)
from scanner_app.warehouse.journal_tracking import TrackedLine, TrackedPart

KnownDates = Mapping[NumberOfItem, date | None]


def with_known_dates(
    session: Session, tracked: TrackedLine, parts: Sequence[TrackedPart]
) -> list[TrackedPart]:
    """The parts with the expiration dates that the item ledger knows of their numbers.

    An item that uses no expiration dates has none.

    Raises:
        ExpirationDateDiffers: when another date was given than the known one.
    """
    numbers = [number for part in parts if (number := number_with_date(tracked, part.numbers))]
    known = known_expiration_dates(session, numbers)
    return [with_known_date(tracked, part, known) for part in parts]


def with_known_date(tracked: TrackedLine, part: TrackedPart, known: KnownDates) -> TrackedPart:
    """A part with the date that is known of its number; refusals as `with_known_dates`."""
    if not uses_expiration_dates(tracked):
        return replace(part, expiration_date=None)
    number = number_with_date(tracked, part.numbers)
    return replace(part, expiration_date=_date_of(tracked.item, part, number, known))


def number_with_date(tracked: TrackedLine, numbers: TrackingNumbers) -> NumberOfItem | None:
    """The number of a part whose date may be known; None where nothing has a date."""
    if not uses_expiration_dates(tracked):
        return None
    return dated_number(tracked.line.item_id, tracked.line.variant_id, numbers)


def uses_expiration_dates(tracked: TrackedLine) -> bool:
    """Whether the item of a line uses expiration dates."""
    return tracked.code is not None and tracked.code.use_expiration_dates


def known_dates_of_lines(
    session: Session, lines: Collection[ItemJournalLine]
) -> dict[int, date | None]:
    """The known expiration dates of the numbers that stand on lines, by the numbers of lines."""
    numbers = {
        line.line_no: number
        for line in lines
        if (number := dated_number(line.item_id, line.variant_id, numbers_of(line)))
    }
    known = known_expiration_dates(session, set(numbers.values()))
    return {line_no: known.get(number) for line_no, number in numbers.items()}


def _date_of(
    item: Item,
    part: TrackedPart,
    number: NumberOfItem | None,
    known: KnownDates,
) -> date | None:
    if number is None or number not in known:
        return part.expiration_date
    if part.expiration_date not in (None, known[number]):
        raise ExpirationDateDiffers(
            item_no=item.no,
            number=number[3],
            known=text_of_day(known[number]) or "-",
            given=text_of_day(part.expiration_date),
        )
    return known[number]
