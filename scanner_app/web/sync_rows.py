"""The rows of the sync page: each number that waits, why, and whether it can be posted.

This module must never decide whether it can: the checks of posting do, and `waiting_numbers`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_balance_reading import UnitKey, quantities_on_inventory
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.location import Location
from scanner_app.quantities import ZERO
from scanner_app.warehouse.adjustment_sync import proposed_lines
from scanner_app.warehouse.bin_balance import BalanceKey, BinBalance, key_of
from scanner_app.warehouse.item_journal_posting import (
    JournalNumber,
    journal_problems,
    read_journal_numbers,
)
from scanner_app.warehouse.sync_evidence import Evidence, evidence_of
from scanner_app.warehouse.waiting_numbers import (
    BlockedNumber,
    BlockedNumberWaits,
    blocked_numbers,
)
from scanner_app.web.cards import Said, said
from scanner_app.web.information_ways import endpoint_of


@dataclass(frozen=True)
class SyncRow:
    """One set of numbers that waits: its quantity, its causes, and whether it can be posted.

    Attributes:
        card: the address of the card that is blocked, '' where none is.
    """

    item_no: str
    description: str
    numbers: TrackingNumbers
    positive: Decimal
    negative: Decimal
    evidence: tuple[Evidence, ...]
    since: date | None
    choice: str
    problem: str
    way_out: str
    before: Decimal
    card: str

    @property
    def after(self) -> Decimal:
        """What the item ledger would say after posting."""
        return self.before + self.positive - self.negative


@dataclass(frozen=True)
class Total:
    """One bar of a picture: what was found and what is missing."""

    label: str
    positive: Decimal
    negative: Decimal


@dataclass(frozen=True)
class _Known:
    """What the database says about all that waits, each in one look-up."""

    proposed: dict[BalanceKey, JournalNumber]
    problems: dict[tuple[int, int], RuleRefused]
    blocked: dict[BalanceKey, BlockedNumber]
    evidence: dict[BalanceKey, list[Evidence]]
    before: dict[UnitKey, Decimal]


def sync_rows(
    session: Session, location: Location, balances: Sequence[BinBalance]
) -> list[SyncRow]:
    """What waits in the adjustment bin, as posting it now would go."""
    numbers = read_journal_numbers(session, proposed_lines(session, location))
    known = _Known(
        proposed={_key_of_number(location, number): number for number in numbers},
        problems=journal_problems(session, numbers),
        blocked=blocked_numbers(session, balances),
        evidence=evidence_of(session, balances),
        before=quantities_on_inventory(session, location.id, balances),
    )
    ids = {balance.item_id for balance in balances}
    items = {item.id: item for item in session.scalars(select(Item).where(Item.id.in_(ids)))}
    return [_row(known, balance, items[balance.item_id]) for balance in balances]


def _row(known: _Known, balance: BinBalance, item: Item) -> SyncRow:
    key, quantity = key_of(balance), balance.quantity_base
    number, evidence = known.proposed.get(key), known.evidence.get(key, [])
    refusal, card = _what_stands_against(known, key, item)
    told = said(refusal) if refusal else Said("", "")
    return SyncRow(
        item_no=item.no,
        description=item.description,
        numbers=key.numbers,
        positive=max(-quantity, ZERO),
        negative=max(quantity, ZERO),
        evidence=tuple(evidence),
        since=evidence[0].registering_date if evidence else None,
        choice=_choice(balance, number),
        problem=told.message,
        way_out=told.way_out,
        before=known.before.get(key[1:], ZERO),
        card=card,
    )


def totals(rows: Sequence[SyncRow], label_of: Callable[[Evidence], str]) -> list[Total]:
    """What was found and what is missing, by day, reason or worker; the oldest first."""
    found = sorted(
        (found for row in rows for found in row.evidence), key=lambda f: f.registering_date
    )
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for part in found:
        plus, minus = sums.get(label_of(part), (ZERO, ZERO))
        quantity = part.quantity_base
        sums[label_of(part)] = (plus + max(-quantity, ZERO), minus + max(quantity, ZERO))
    # A count that found what was booked says nothing in a picture of differences.
    return [Total(label, *both) for label, both in sums.items() if any(both)]


def _key_of_number(location: Location, number: JournalNumber) -> BalanceKey:
    line = number.part.line
    return BalanceKey(
        location.adjustment_bin_id or 0,
        line.item.id,
        line.variant_id,
        line.unit_of_measure_id,
        *line.warehouse_numbers.as_tuple(),
    )


def _what_stands_against(
    known: _Known, key: BalanceKey, item: Item
) -> tuple[RuleRefused | None, str]:
    """The reason why a number is not posted, and the address of the card that is the reason."""
    if blocked := known.blocked.get(key):
        kind, name, card = blocked
        waits = BlockedNumberWaits(kind=kind.value, number=name, item_no=item.no)
        return waits, url_for(endpoint_of(kind, "show"), card_id=card.id)
    number = known.proposed.get(key)
    return (known.problems.get(number.id) if number else None), ""


def _choice(balance: BinBalance, number: JournalNumber | None) -> str:
    """What the page sends back to post a number; nothing where the bin says something else."""
    if number is None or number.part.line.quantity_base != -balance.quantity_base:
        return ""
    return f"{number.id[0]}-{number.id[1]}"
