"""Random histories of a small world: what is set up, and item journals one after the other.

Numbers, dates and places are few, so that lines meet what lines before them left. While it draws,
a history asks the oracle what is in stock, so that most of what leaves is there, and what it would
post: to such lines it adds some that nobody asked about.

This module must never touch the product: it draws what `posting_comparison` does in both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from scanner_app.inventory.item_tracking_code import EntryType
from tests.warehouse.masters import DAY
from tests.warehouse.posting_oracle import PostingOracle
from tests.warehouse.posting_oracle_records import (
    FLOWS,
    KINDS,
    LOT,
    PACKAGE,
    SERIAL,
    CardKey,
    Numbers,
    OracleEntry,
    OracleItem,
    OracleLine,
    OraclePlace,
)

T = TypeVar("T")
PLACES = {
    "SILVER": OraclePlace(("S-1", "S-2")),
    "BLUE": OraclePlace(),
    "WHITE": OraclePlace(("A",), directed=True),
}
ITEM_NOS = ("ONE", "TWO", "THREE")
VARIANTS = ("", "V1")
NUMBERS = {"serial": ("S1", "S2", "S3"), "lot": ("L1", "L2"), "package": ("P1", "P2")}
# Days after the work date: posted on either side of the days on which numbers expire.
POSTED = (0, 0, -30, -20, 5, 6)
EXPIRES = {"S1": 5, "S2": -20, "S3": 400, "L1": 5, "L2": -20, "P1": 5, "P2": 400}
DIRECTIONS = ("inbound", "outbound")
TRACKED = ("", "", "", "specific", "warehouse", "warehouse", "flows", "flows")
JOURNALS = 4  # of a history
TRIES = 3  # for each line of a journal
INCREASES = (EntryType.PURCHASE, EntryType.POSITIVE_ADJUSTMENT)
DECREASES = (EntryType.SALE, EntryType.NEGATIVE_ADJUSTMENT)


@dataclass(frozen=True)
class Journal:
    """What is set up otherwise before a journal, and its lines."""

    blocked_items: frozenset[str]
    blocked_variants: frozenset[tuple[str, str]]
    cards: dict[CardKey, bool]
    lines: tuple[OracleLine, ...]

    def set_up(self, oracle: PostingOracle) -> None:
        oracle.blocked_items = set(self.blocked_items)
        oracle.blocked_variants = set(self.blocked_variants)
        oracle.cards |= self.cards


@dataclass(frozen=True)
class History:
    """A few items, and journals of them one after the other."""

    items: dict[str, OracleItem]
    journals: tuple[Journal, ...]

    def oracle(self) -> PostingOracle:
        """An oracle that knows of no journal yet."""
        return PostingOracle(self.items, PLACES)


@st.composite
def histories(draw: DrawFn) -> History:
    """Journals over two or three items.

    Each draw is hypothesis's own, so that it takes a failure apart until little is left; by way of
    a random number generator they are spread more evenly than by a strategy for each.
    """
    drawn = Drawn(draw(st.randoms(use_true_random=False)))
    items = {no: drawn.item(no) for no in ITEM_NOS[: drawn.one_of((2, 3))]}
    oracle = PostingOracle(items, PLACES)
    journals = []
    for _ in range(JOURNALS):
        journal = drawn.journal(oracle)
        journals.append(journal)
        oracle.post(journal.lines)
    return History(items, tuple(journals))


class Drawn:
    """Draws one thing of each kind; the usual stands first, so that it is left of a failure."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def one_of(self, choices: Sequence[T]) -> T:
        return self.random.choice(choices)

    def seldom(self, percent: int) -> bool:
        return self.random.randrange(100) >= 100 - percent

    def day(self) -> date:
        return DAY + timedelta(days=self.one_of(POSTED))

    def item(self, no: str) -> OracleItem:
        if self.seldom(7):
            return OracleItem(no, None)
        switches = {switch for kind in KINDS for switch in self._switches_of(kind)}
        dates = self.one_of(("", "use", "use", "require", "strict", "strict", "require strict"))
        if dates:
            switches.add("use_expiration_dates")
        if "require" in dates:
            switches.add("require_expiration_date_entry")
        if "strict" in dates:
            switches.add("strict_expiration_posting")
        if self.seldom(30):
            switches.add("require_warranty_date_entry")
        calculation = self.one_of(("", "2M")) if dates else ""
        return OracleItem(no, frozenset(switches), self.one_of(("", "1Y", "CM")), calculation)

    def _switches_of(self, kind: str) -> list[str]:
        """The switches of one kind of number; the flows are on where it is specific."""
        tracked = self.one_of(TRACKED)
        if not tracked:
            return []
        flows = [f"{kind}_{flow}_{way}_tracking" for flow in FLOWS.values() for way in DIRECTIONS]
        flows.append(f"{kind}_transfer_tracking")
        if tracked == "flows":
            switches = [flow for flow in flows if self.seldom(50)]
        else:
            switches = [f"{kind}_specific_tracking", *flows]
        if tracked == "warehouse":
            switches.append(f"{kind}_warehouse_tracking")
        switches += [f"{kind}_info_{way}_must_exist" for way in DIRECTIONS if self.seldom(10)]
        if kind != "package" and self.seldom(40):
            switches.append(f"create_{kind}_info_on_posting")
        return switches

    def journal(self, oracle: PostingOracle) -> Journal:
        items = oracle.items
        changed = Journal(
            frozenset(no for no in items if self.seldom(4)),
            frozenset((no, code) for no in items for code in VARIANTS if self.seldom(3)),
            {key: self.seldom(12) for key in self._cards(items)},
            (),
        )
        changed.set_up(oracle)
        lines = self._accepted_lines(oracle, self.one_of((2, 3, 4, 5, 1)))
        for _ in range(self.one_of((0, 0, 1, 2))):
            lines.insert(self.random.randrange(len(lines) + 1), self.line(oracle))
        return Journal(changed.blocked_items, changed.blocked_variants, changed.cards, tuple(lines))

    def _accepted_lines(self, oracle: PostingOracle, count: int) -> list[OracleLine]:
        """At most so many lines that the oracle would post together."""
        lines: list[OracleLine] = []
        for _ in range(count * TRIES):
            wider = [*lines, self.line(oracle)]
            if not oracle.check(wider):
                lines = wider
            if len(lines) == count:
                break
        return lines

    def _cards(self, items: Mapping[str, OracleItem]) -> list[CardKey]:
        """Cards that somebody makes or changes."""
        return [
            (self.one_of(tuple(items)), self.one_of(VARIANTS), kind, self.one_of(NUMBERS[kind]))
            for kind in KINDS
            for _ in range(self.one_of((0, 0, 1, 2)))
        ]

    def line(self, oracle: PostingOracle) -> OracleLine:
        stock = [entry for entry in oracle.entries if oracle.remaining(entry) > 0]
        if stock and self.seldom(50):
            leaving = self._leaving(oracle, self.one_of(stock))
            return self._transfer(oracle, leaving) if self.seldom(50) else leaving
        return self._new_line(oracle, inbound=not self.seldom(8))

    def _leaving(self, oracle: PostingOracle, entry: OracleEntry) -> OracleLine:
        """A line that takes from what is there, mostly no more than that, and often in days."""
        came = entry.line
        remaining = oracle.remaining(entry)
        quantity = self.one_of(
            (remaining, min(remaining, Decimal(1)), remaining + 1, remaining + 3)
        )
        entry_type, sign = self._entry_type(inbound=False)
        posting_date = self.one_of((self.day(), DAY + timedelta(days=max(POSTED))))
        item = oracle.items[came.item]
        return OracleLine(
            entry_type=entry_type,
            item=came.item,
            variant=came.variant,
            location=came.location,
            bin=self._bin(came.location) if self.seldom(15) else came.bin,
            quantity=sign * quantity,
            qty_per_unit=1,
            numbers=self._numbers(item) if self.seldom(10) else came.numbers,
            warranty_date=self.day() if self.seldom(5) else None,
            expiration_date=self.day() if self.seldom(10) else None,
            posting_date=posting_date,
            document_date=posting_date,
        )

    def _transfer(self, oracle: PostingOracle, line: OracleLine) -> OracleLine:
        """The same stock, to another place, under other numbers, with another date, or as it is."""
        item = oracle.items[line.item]
        stays = self.seldom(60)
        location = line.location if stays else self.one_of(("SILVER", "BLUE", "SILVER", "WHITE"))
        bin_ = line.bin if stays and self.seldom(60) else self._bin(location)
        if self.seldom(3):
            location, bin_, line = "WHITE", "A", replace(line, location="WHITE", bin="A")
        return replace(
            line,
            entry_type=EntryType.TRANSFER,
            quantity=abs(line.quantity),
            warranty_date=None,
            expiration_date=None,
            new_location=location,
            new_bin=bin_,
            new_numbers=line.numbers if self.seldom(50) else self._numbers(item),
            new_expiration_date=self.day() if self.seldom(35) else None,
        )

    def _new_line(self, oracle: PostingOracle, *, inbound: bool) -> OracleLine:
        item = self.one_of(tuple(oracle.items.values()))
        location = "WHITE" if self.seldom(3) else self.one_of(("SILVER", "BLUE"))
        entry_type, sign = self._entry_type(inbound=inbound)
        numbers = self._numbers(item)
        quantity, qty_per_unit = self._quantity(item)
        posting_date = self.day()
        return OracleLine(
            entry_type=entry_type,
            item=item.no,
            variant="V1" if self.seldom(20) else "",
            location=location,
            bin=self._bin(location),
            quantity=sign * quantity,
            qty_per_unit=qty_per_unit,
            numbers=numbers,
            warranty_date=self._warranty_date(item),
            expiration_date=self._expiration_date(item, numbers),
            posting_date=posting_date,
            document_date=self.day() if self.seldom(30) else posting_date,
        )

    def _entry_type(self, *, inbound: bool) -> tuple[EntryType, int]:
        """An entry type and the sign of the quantity that let stock come in, or leave."""
        if self.seldom(15):
            return self.one_of(DECREASES if inbound else INCREASES), -1
        return self.one_of(INCREASES if inbound else DECREASES), 1

    def _bin(self, location: str) -> str:
        bins = PLACES[location].bins
        return "" if not bins or self.seldom(8) else self.one_of(bins)

    def _quantity(self, item: OracleItem) -> tuple[Decimal, int]:
        if item.says("serial_specific_tracking") and not self.seldom(4):
            return Decimal(1), 1
        return Decimal(self.one_of(("1", "2", "5", "0.5"))), self.one_of((1, 1, 1, 6))

    def _numbers(self, item: OracleItem) -> Numbers:
        given = ["", "", ""]
        for place, kind in ((SERIAL, "serial"), (LOT, "lot"), (PACKAGE, "package")):
            tracked = any(switch.startswith(f"{kind}_") for switch in item.switches or ())
            if self.seldom(92 if tracked else 4):
                given[place] = self.one_of(NUMBERS[kind])
        return given[SERIAL], given[LOT], given[PACKAGE]

    def _warranty_date(self, item: OracleItem) -> date | None:
        required = item.says("require_warranty_date_entry")
        return self.day() if self.seldom(80 if required else 15) else None

    def _expiration_date(self, item: OracleItem, numbers: Numbers) -> date | None:
        """Mostly the date that is printed on everything with the number."""
        used = item.says("use_expiration_dates")
        required = item.says("require_expiration_date_entry")
        if not self.seldom(85 if required else 70 if used else 4):
            return None
        printed = next((numbers[place] for place in (LOT, SERIAL, PACKAGE) if numbers[place]), "")
        if not printed or self.seldom(10):
            return self.day()
        return DAY + timedelta(days=EXPIRES[printed])
