"""Ledgers of the posting oracle: lists of entries, and what going through all of them says.

This module must never know why a line is refused: `posting_oracle` does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tests.warehouse.posting_oracle_records import (
    KINDS,
    LOT,
    PACKAGE,
    SERIAL,
    CardKey,
    Numbers,
    OracleApplication,
    OracleBinEntry,
    OracleEntry,
    OracleItem,
    OracleLine,
    OraclePlace,
)

# An entry, and how much is taken from it.
Taken = tuple[OracleEntry, Decimal]


@dataclass
class OracleLedger:
    """What is set up, and everything that was ever posted."""

    items: Mapping[str, OracleItem]
    places: Mapping[str, OraclePlace]
    blocked_items: set[str] = field(default_factory=set)
    blocked_variants: set[tuple[str, str]] = field(default_factory=set)
    cards: dict[CardKey, bool] = field(default_factory=dict)
    entries: list[OracleEntry] = field(default_factory=list)
    applications: list[OracleApplication] = field(default_factory=list)
    bin_entries: list[OracleBinEntry] = field(default_factory=list)
    first_no: int = 0  # of the entries of this posting

    def last_inbound(self, line: OracleLine) -> OracleEntry | None:
        """The last inbound entry of the number of a line that has a date: it says which."""
        last = None
        for entry in self.entries:
            same = dated_number(entry.numbers) == dated_number(line.numbers)
            if entry.is_of(line) and entry.quantity > 0 and same:
                last = entry
        return last if dated_number(line.numbers) else None

    def remaining(self, entry: OracleEntry) -> Decimal:
        """What is left of an inbound entry; nothing ever is of one that left."""
        if entry.quantity < 0:
            return Decimal(0)
        applied = (used.quantity for used in self.applications if used.inbound == entry.no)
        return sum(applied, start=Decimal(0))

    def is_left(self, line: OracleLine) -> bool:
        """Whether anything is in stock of the number that has the date of a line."""
        return any(
            self.remaining(entry) > 0
            for entry in self.entries
            if entry.is_of(line) and dated_number(entry.numbers) == dated_number(line.numbers)
        )

    def taken_by(self, line: OracleLine) -> list[Taken]:
        """The open entries from which a line takes and how much, the oldest posting date first."""
        wanted = -line.quantity_base
        fitting = [
            entry
            for entry in self.entries
            if entry.is_of(line)
            and entry.line.location == line.location
            and self.remaining(entry) > 0
            and self._has_specific_numbers_of(entry, line)
        ]
        taken = []
        for entry in sorted(fitting, key=lambda entry: (entry.line.posting_date, entry.no)):
            quantity = min(wanted, self.remaining(entry))
            if quantity > 0:
                taken.append((entry, quantity))
                wanted -= quantity
        return taken

    def _has_specific_numbers_of(self, entry: OracleEntry, line: OracleLine) -> bool:
        item = self.items[line.item]
        return all(
            entry.numbers[place] == line.numbers[place]
            for place, kind in enumerate(KINDS)
            if item.says(f"{kind}_specific_tracking")
        )

    def in_bin(self, of: OracleBinEntry) -> Decimal:
        """What lies in the bin of an entry of exactly its goods and numbers."""
        quantities = (
            entry.quantity for entry in self.bin_entries if entry.bin_key() == of.bin_key()
        )
        return sum(quantities, start=Decimal(0))

    def dates_in_bin(self, of: OracleBinEntry) -> tuple[date | None, date | None]:
        """The warranty and the expiration date that came into a bin last."""
        warranty = expiration = None
        for entry in self.bin_entries:
            if entry.bin_key() == of.bin_key() and entry.quantity > 0:
                warranty = entry.warranty_date or warranty
                expiration = entry.expiration_date or expiration
        return warranty, expiration


def dated_number(numbers: Numbers) -> tuple[int, str] | None:
    """The number to which a date belongs: the lot, else the serial, else the package."""
    for kind in (LOT, SERIAL, PACKAGE):
        if numbers[kind]:
            return kind, numbers[kind]
    return None
