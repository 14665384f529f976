"""Expiration dates while lines are checked: one number has one date (docs/domain.md 2.5, 9.2, 9.6).

`ExpirationDates` knows what the ledgers say of the numbers of a posting, and what its lines said
so far. A date that is given, inherited or calculated is the date of what comes in; only a transfer
of all that is left of a number gives it another one.

This module must never ask whether stock suffices: that is `posting_checks`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.inventory.date_formula import apply_date_formula
from scanner_app.inventory.item_ledger import OpenItemLedgerEntry
from scanner_app.inventory.posting_line import PostingLine, arrival_of
from scanner_app.inventory.posting_refusals import (
    ExpirationDateDiffers,
    ExpirationDateMissing,
    ExpirationDateOfPart,
    NewExpirationDatesDiffer,
)
from scanner_app.inventory.posting_state import open_entries_of_numbers
from scanner_app.inventory.tracking_information import (
    NumberOfItem,
    dated_number,
    known_expiration_dates,
)
from scanner_app.quantities import ZERO

RemainingOf = Callable[[OpenItemLedgerEntry], Decimal]


class ExpirationDates:
    """The date of each number, as the ledgers and the lines before say it."""

    def __init__(self) -> None:
        self._known: dict[NumberOfItem, date | None] = {}
        self._said: set[NumberOfItem] = set()
        self._open: dict[NumberOfItem, list[OpenItemLedgerEntry]] = {}

    def learn(
        self, session: Session, numbers: Collection[NumberOfItem], lines: Sequence[PostingLine]
    ) -> None:
        """Load what is known of the numbers, and what is left of those that get a date."""
        self._known = known_expiration_dates(session, numbers) | self._known
        getting = {
            number
            for arrival in map(arrival_of, lines)
            if arrival is not None
            and arrival.expiration_date is not None
            and (number := _number_of(arrival)) is not None
        }
        self._open |= open_entries_of_numbers(session, getting - self._open.keys())

    def with_date(self, line: PostingLine) -> PostingLine:
        """One date for a number that comes in: given, inherited or calculated.

        Raises:
            ExpirationDateMissing, ExpirationDateDiffers: when there is none, or another one.
        """
        code, number = line.tracking_code, _number_of(line)
        if code is None or not code.use_expiration_dates:
            return line
        given = line.expiration_date
        known = self._known.get(number) if number else None
        if given is None and line.warehouse_adjustment:
            given = known
        if given is None and code.require_expiration_date_entry:
            raise ExpirationDateMissing(item_no=line.item.no)
        if given is None:
            # A number that came in without a date has none; only a new one gets the calculated.
            given = known if number in self._known else _calculated(line)
        if number and number in self._known and given != known:
            raise ExpirationDateDiffers(**_both_dates(line, number, known, given))
        return replace(line, expiration_date=given)

    def with_new_date(
        self, arrival: PostingLine, date_of_stock: date | None, remaining: RemainingOf
    ) -> PostingLine:
        """The New Expiration Date of what a transfer brings in; a blank one is inherited.

        Raises:
            ExpirationDateMissing: when there is none and the code demands it.
            ExpirationDateOfPart, NewExpirationDatesDiffer: when the number has another one.
        """
        code, number = arrival.tracking_code, _number_of(arrival)
        given = arrival.expiration_date
        if code is None or not code.use_expiration_dates:
            return replace(arrival, expiration_date=given or date_of_stock)
        known = self._known.get(number, date_of_stock) if number else date_of_stock
        dated = given or known
        if dated is None and code.require_expiration_date_entry:
            raise ExpirationDateMissing(item_no=arrival.item.no)
        if number in self._known and dated != known:
            self._check_may_change(arrival, number, remaining)
        return replace(arrival, expiration_date=dated)

    def remember(self, line: PostingLine) -> None:
        """A line that may be posted says the date of its number to the lines after it."""
        code, number = line.tracking_code, _number_of(line)
        if code is not None and code.use_expiration_dates and number is not None:
            self._known[number] = line.expiration_date
            self._said.add(number)

    def _check_may_change(
        self, arrival: PostingLine, number: NumberOfItem, remaining: RemainingOf
    ) -> None:
        """Nothing of the number may stay behind, nor come in with another date."""
        known, given = self._known[number], arrival.expiration_date
        if number in self._said:
            raise NewExpirationDatesDiffer(**_both_dates(arrival, number, known, given))
        left = sum(map(remaining, self._open[number]), ZERO)
        if left > 0:
            dates = _both_dates(arrival, number, known, given)
            raise ExpirationDateOfPart(remaining=left, **dates)


def _number_of(line: PostingLine) -> NumberOfItem | None:
    return dated_number(line.item.id, line.variant_id, line.numbers)


def _calculated(line: PostingLine) -> date | None:
    formula = line.item.expiration_calculation
    return apply_date_formula(formula, line.document_date) if formula else None


def _both_dates(
    line: PostingLine, number: NumberOfItem, known: date | None, given: date | None
) -> dict[str, str]:
    return {
        "item_no": line.item.no,
        "number": number[3],
        "known": known.isoformat() if known else "-",
        "given": given.isoformat() if given else "-",
    }
