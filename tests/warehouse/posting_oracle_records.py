"""Records of the posting oracle: what is set up, what a line says, and what is written.

This module must never know a rule: those are in `posting_oracle`.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from scanner_app.inventory.item_tracking_code import EntryType

Numbers = tuple[str, str, str]
KINDS = ("serial", "lot", "package")
SERIAL, LOT, PACKAGE = range(3)
# What the switches of a code call the flow of an entry type.
FLOWS = {
    EntryType.PURCHASE: "purchase",
    EntryType.SALE: "sales",
    EntryType.POSITIVE_ADJUSTMENT: "positive_adjmt",
    EntryType.NEGATIVE_ADJUSTMENT: "negative_adjmt",
}
# Item, variant, kind of number, number.
CardKey = tuple[str, str, str, str]
# Location, bin, item, variant, numbers.
BinKey = tuple[str, str, str, str, Numbers]
# Item, variant, location, numbers, base quantity, warranty, expiration and posting date.
Facts = tuple[str, str, str, Numbers, Decimal, date | None, date | None, date]


@dataclass(frozen=True)
class OracleItem:
    """An item and its item tracking code: the switches that are on, by their names."""

    no: str
    switches: frozenset[str] | None
    warranty_date_formula: str = ""
    expiration_calculation: str = ""

    def says(self, switch: str) -> bool:
        return self.switches is not None and switch in self.switches

    def fields_of_code(self) -> dict[str, object]:
        """What is set up of its code; nothing of an item that has no code."""
        if self.switches is None:
            return {}
        switches: dict[str, object] = dict.fromkeys(self.switches, True)
        return switches | {"warranty_date_formula": self.warranty_date_formula}


@dataclass(frozen=True)
class OraclePlace:
    """A location: its bins, if it has any, and whether put-away and pick are directed."""

    bins: tuple[str, ...] = ()
    directed: bool = False


@dataclass(frozen=True)
class OracleLine:
    """What a line of an item journal says; the quantity as it is typed, in its unit."""

    entry_type: EntryType
    item: str
    variant: str
    location: str
    bin: str
    quantity: Decimal
    qty_per_unit: int
    numbers: Numbers
    warranty_date: date | None
    expiration_date: date | None
    posting_date: date
    document_date: date
    new_location: str = ""
    new_bin: str = ""
    new_numbers: Numbers = ("", "", "")
    new_expiration_date: date | None = None

    @property
    def quantity_base(self) -> Decimal:
        """Plus comes in, minus leaves."""
        comes_in = self.entry_type in (EntryType.PURCHASE, EntryType.POSITIVE_ADJUSTMENT)
        typed = self.quantity * self.qty_per_unit
        return typed if comes_in else -typed

    @property
    def inbound(self) -> bool:
        return self.quantity_base > 0

    @property
    def is_transfer(self) -> bool:
        return self.entry_type is EntryType.TRANSFER

    def arrival(self) -> "OracleLine":
        """The half of a transfer that comes in: a minus, for Transfer leaves."""
        return replace(
            self,
            quantity=-self.quantity,
            location=self.new_location,
            bin=self.new_bin,
            numbers=self.new_numbers,
            expiration_date=self.new_expiration_date,
        )


@dataclass(frozen=True)
class OracleBinEntry:
    """An entry of the warehouse ledger, or what one of the item ledger has in common with it."""

    line: OracleLine
    quantity: Decimal
    warranty_date: date | None
    expiration_date: date | None
    numbers: Numbers

    def is_of(self, line: OracleLine) -> bool:
        """Whether it is of the same goods, wherever they are."""
        return (self.line.item, self.line.variant) == (line.item, line.variant)

    def bin_key(self) -> BinKey:
        """Which balance of which bin it changes."""
        line = self.line
        return line.location, line.bin, line.item, line.variant, self.numbers

    def facts(self) -> Facts:
        """What it says, to be compared."""
        line = self.line
        return (
            line.item,
            line.variant,
            line.location,
            self.numbers,
            self.quantity,
            self.warranty_date,
            self.expiration_date,
            line.posting_date,
        )


@dataclass(frozen=True)
class OracleEntry(OracleBinEntry):
    """An entry of the item ledger."""

    no: int


@dataclass(frozen=True)
class OracleApplication:
    """How much of which inbound entry an entry stands for; the numbers are those of entries."""

    entry: int
    inbound: int
    outbound: int | None
    quantity: Decimal
    transferred_from: int | None = None
