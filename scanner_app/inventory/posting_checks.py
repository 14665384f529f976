"""What is checked before a line is posted to the item ledger (docs/domain.md 9.1 to 9.3, 9.6).

`PostingChecks` loads, in a fixed number of look-ups, all that the lines of one posting need to
know; who checks very many lines lets it `learn` them part by part. `check` takes them one after
another and remembers what each would change, so that two lines of one posting see each other;
`check_arrival` takes the half of a transfer that comes in, after everything that leaves. Neither
writes anything.

This module must never insert or update: a preview and a posting run the same checks.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.errors import InvariantBroken
from scanner_app.inventory.blocked_checks import check_cards, check_item_open
from scanner_app.inventory.checked_line import Application, CheckedLine
from scanner_app.inventory.date_formula import apply_date_formula
from scanner_app.inventory.item_ledger import OpenItemLedgerEntry
from scanner_app.inventory.item_tracking import (
    check_numbers_given,
    check_serial_quantity,
    describe,
)
from scanner_app.inventory.item_tracking_code import (
    EntryType,
    numbers_required,
)
from scanner_app.inventory.location import Location
from scanner_app.inventory.posting_dates import ExpirationDates
from scanner_app.inventory.posting_line import PostingLine, arrival_of, with_arrivals
from scanner_app.inventory.posting_refusals import (
    AppliesToEntryOfInbound,
    AppliesToEntryTooLow,
    AppliesToEntryUnfit,
    ExpiredOnPostingDate,
    InventoryInsufficient,
    SerialAlreadyOnInventory,
    TransferChangesNothing,
    WarrantyDateMissing,
)
from scanner_app.inventory.posting_state import (
    StockKey,
    blocked_variants,
    open_entries_for,
    serials_on_inventory,
    stock_key,
    warranty_dates,
)
from scanner_app.inventory.tracking_information import (
    Card,
    NumberOfItem,
    find_cards,
    numbers_by_kind,
)
from scanner_app.quantities import ZERO

EXPIRED_MAY_LEAVE = frozenset({EntryType.NEGATIVE_ADJUSTMENT, EntryType.TRANSFER})


class PostingChecks:
    """The state of the ledgers that the lines of one posting are checked against."""

    def __init__(self, session: Session, lines: Sequence[PostingLine]) -> None:
        self._session = session
        self._cards: dict[NumberOfItem, Card] = {}
        self._created: set[NumberOfItem] = set()
        self._dates = ExpirationDates()
        self._open: dict[StockKey, list[OpenItemLedgerEntry]] = {}
        self._blocked_variants: dict[int, str] = {}
        self._remaining: dict[int, Decimal] = {}
        self._serials: dict[tuple[int, int, str], int] = {}
        self._warranties: dict[int, date | None] = {}
        self._learnt_stock: set[StockKey] = set()
        self._learnt_serials: set[tuple[int, int, str]] = set()
        self.learn(lines)

    def learn(self, lines: Sequence[PostingLine]) -> None:
        """Load what is not known yet of the lines that are checked next.

        What lines before them would change stays as they said it.
        """
        session, halves = self._session, with_arrivals(lines)
        numbers = {
            number
            for line in halves
            for number in numbers_by_kind(line.item.id, line.variant_id, line.numbers)
        }
        variant_ids = {line.variant_id for line in lines}
        outbound = [line for line in lines if not line.inbound]
        of_stock = [line for line in outbound if stock_key(line) not in self._learnt_stock]
        of_serials = [line for line in halves if _serial(line) not in self._learnt_serials]
        self._cards |= find_cards(session, numbers)
        self._dates.learn(session, numbers, lines)
        self._open |= open_entries_for(session, of_stock)
        self._blocked_variants |= blocked_variants(session, variant_ids)
        self._serials |= serials_on_inventory(session, of_serials)
        self._warranties |= warranty_dates(session, self._entries_for_transfers(lines))
        self._learnt_stock.update(map(stock_key, of_stock))
        self._learnt_serials.update(map(_serial, of_serials))

    def check(self, line: PostingLine) -> CheckedLine:
        """Check one line against the ledgers and the lines checked before it.

        Raises:
            RuleRefused: the first rule that does not hold, in the order of docs/domain.md 9.1.
        """
        check_item_open(line.item, line.variant_id, self._blocked_variants)
        checked, applications = self._take_dates_from_stock(line)
        self._check_warranty_date(checked)
        if checked.inbound:
            checked = self._dates.with_date(checked)
        cards = self._check_cards(checked)
        checked = self._with_warranty_date(checked)
        _check_numbers(checked)
        if checked.inbound:
            _check_taken_from_nothing(checked)
            self._check_serial_is_new(checked)
            self._dates.remember(checked)
        else:
            self._check_outbound(checked, applications)
        self._created.update(cards)
        return CheckedLine(checked, applications, cards)

    def check_arrival(self, departed: CheckedLine) -> CheckedLine:
        """Check the half of a transfer that comes in: everything that leaves was checked before.

        Raises:
            RuleRefused: the first rule that does not hold, in the order of docs/domain.md 9.6.
        """
        arrival = arrival_of(departed.line)
        if arrival is None:
            raise InvariantBroken("a line that is no transfer does not come in again")
        stock = departed.applications[0].entry
        checked = self._dates.with_new_date(arrival, stock.expiration_date, self.remaining)
        _check_changes_something(departed.line, checked)
        cards = self._check_cards(checked)
        warranty_date = checked.warranty_date or self._warranties[stock.item_ledger_entry_id]
        checked = replace(checked, warranty_date=warranty_date)
        _check_numbers(checked)
        self._check_serial_is_new(checked)
        self._dates.remember(checked)
        self._created.update(cards)
        return CheckedLine(checked, (), cards, transferred_from=departed.applications)

    def _entries_for_transfers(self, lines: Sequence[PostingLine]) -> set[int]:
        """The open entries that transfers may take from: their warranty dates go along."""
        keys = {stock_key(line) for line in lines if line.transfer_to is not None}
        return {entry.item_ledger_entry_id for key in keys for entry in self._open.get(key, ())}

    def _check_cards(self, line: PostingLine) -> tuple[NumberOfItem, ...]:
        """A card that a line before creates is there, and is not blocked."""
        numbers = numbers_by_kind(line.item.id, line.variant_id, line.numbers)
        return check_cards(
            line.item,
            line.tracking_code,
            line.entry_type,
            [number for number in numbers if number not in self._created],
            self._cards,
            inbound=line.inbound,
        )

    def _take_dates_from_stock(
        self, line: PostingLine
    ) -> tuple[PostingLine, tuple[Application, ...]]:
        """An outbound quantity carries the expiration date of the stock it is applied to."""
        if line.inbound:
            return line, ()
        applications = tuple(self._apply(line))
        if not applications or line.expiration_date:
            return line, applications
        dated = replace(line, expiration_date=applications[0].entry.expiration_date)
        return dated, applications

    def _apply(self, line: PostingLine) -> list[Application]:
        """Open inbound entries with the same specific numbers, first in first out."""
        missing = -line.quantity_base
        applications: list[Application] = []
        for entry in self._candidates(line):
            key = entry.item_ledger_entry_id
            left = self._remaining.get(key, entry.remaining_quantity)
            taken = min(left, missing)
            if taken > 0:
                applications.append(Application(entry, taken))
                missing -= taken
        return applications

    def _candidates(self, line: PostingLine) -> Sequence[OpenItemLedgerEntry]:
        """The open entries of the line's stock, or the one of them that the line names."""
        entries = self._open.get(stock_key(line), ())
        wanted = line.applies_to_entry_id
        return [each for each in entries if wanted in (None, each.item_ledger_entry_id)]

    def _check_warranty_date(self, line: PostingLine) -> None:
        code = line.tracking_code
        asked = code is not None and code.require_warranty_date_entry
        if asked and line.inbound and line.warranty_date is None:
            raise WarrantyDateMissing(item_no=line.item.no)

    def _with_warranty_date(self, line: PostingLine) -> PostingLine:
        code = line.tracking_code
        wanted = line.inbound and line.warranty_date is None and code is not None
        if not wanted or code is None or not code.warranty_date_formula:
            return line
        calculated = apply_date_formula(code.warranty_date_formula, line.document_date)
        return replace(line, warranty_date=calculated)

    def _check_serial_is_new(self, line: PostingLine) -> None:
        serial = _serial(line)
        if not serial[2]:
            return
        location_id = self._serials.get(serial)
        if location_id is not None:
            raise SerialAlreadyOnInventory(
                serial_no=serial[2],
                item_no=line.item.no,
                location=self._session.get_one(Location, location_id).code,
            )
        self._serials[serial] = line.location.id

    def _check_outbound(self, line: PostingLine, applications: tuple[Application, ...]) -> None:
        available = sum((part.quantity for part in applications), ZERO)
        _check_applies_to_entry(line, available)
        if available < -line.quantity_base:
            raise InventoryInsufficient(
                what=_what(line),
                available=available,
                location=line.location.code,
                quantity=-line.quantity_base,
            )
        self._check_strict_expiration(line, applications)
        for part in applications:
            key = part.entry.item_ledger_entry_id
            left = self._remaining.get(key, part.entry.remaining_quantity)
            self._remaining[key] = left - part.quantity
        self._serials.pop(_serial(line), None)

    def _check_strict_expiration(
        self, line: PostingLine, applications: tuple[Application, ...]
    ) -> None:
        """The expiration date itself is still good; write-offs and transfers are exempt."""
        code = line.tracking_code
        strict = code is not None and code.strict_expiration_posting
        if not strict or line.entry_type in EXPIRED_MAY_LEAVE:
            return
        for part in applications:
            expires = part.entry.expiration_date
            if expires is not None and line.posting_date > expires:
                raise ExpiredOnPostingDate(
                    what=_what(line), expired=expires, posting_date=line.posting_date
                )

    def remaining(self, entry: OpenItemLedgerEntry) -> Decimal:
        """What is left of an open entry after the lines checked so far."""
        return self._remaining.get(entry.item_ledger_entry_id, entry.remaining_quantity)


def _check_numbers(line: PostingLine) -> None:
    required = numbers_required(line.tracking_code, line.entry_type, inbound=line.inbound)
    check_numbers_given(line.numbers, required, line.item.no)
    check_serial_quantity(line.specific_numbers, line.quantity_base)


def _check_changes_something(left: PostingLine, arrived: PostingLine) -> None:
    before = (left.location.id, left.numbers, left.expiration_date)
    after = (arrived.location.id, arrived.numbers, arrived.expiration_date)
    moves = left.transfer_to is not None and left.transfer_to.in_other_bin
    if before == after and not moves:
        raise TransferChangesNothing(what=_what(left))


def _check_taken_from_nothing(line: PostingLine) -> None:
    if line.applies_to_entry_id is not None:
        raise AppliesToEntryOfInbound(what=_what(line), entry_no=line.applies_to_entry_id)


def _check_applies_to_entry(line: PostingLine, available: Decimal) -> None:
    """A fixed application takes the whole quantity from the one entry that is named."""
    entry_no, quantity = line.applies_to_entry_id, -line.quantity_base
    if entry_no is None or available == quantity:
        return
    if available == 0:
        raise AppliesToEntryUnfit(entry_no=entry_no, what=_what(line), location=line.location.code)
    raise AppliesToEntryTooLow(entry_no=entry_no, remaining=available, quantity=quantity)


def _serial(line: PostingLine) -> tuple[int, int, str]:
    """The serial no. of a line, which may be on inventory once; '' says nothing."""
    return (line.item.id, line.variant_id, line.specific_numbers.serial_no)


def _what(line: PostingLine) -> str:
    return describe(line.item.no, line.numbers)
