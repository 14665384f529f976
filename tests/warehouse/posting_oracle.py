"""Posting oracle: the rules of posting item journals once more, as slowly and plainly as they read.

It was written from docs/domain.md 2, 9 and 12.3 and keeps nothing but lists of entries: what is
left, what is known and what lies in a bin is found by going through all of them. Only names of
refusals, entry types and date formulas are those of the product.

This module must never import anything that posts: two that agree have to be two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from scanner_app.inventory.date_formula import apply_date_formula
from scanner_app.inventory.item_tracking_code import EntryType
from tests.warehouse.posting_oracle_records import (
    FLOWS,
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


@dataclass
class PostingOracle:
    """What is set up, and everything that was ever posted."""

    items: Mapping[str, OracleItem]
    places: Mapping[str, OraclePlace]
    blocked_items: set[str] = field(default_factory=set)
    blocked_variants: set[tuple[str, str]] = field(default_factory=set)
    cards: dict[CardKey, bool] = field(default_factory=dict)
    entries: list[OracleEntry] = field(default_factory=list)
    applications: list[OracleApplication] = field(default_factory=list)
    bin_entries: list[OracleBinEntry] = field(default_factory=list)

    def check(self, lines: Sequence[OracleLine]) -> dict[int, str]:
        """The refusal of each line, by its place in the journal, in the order of posting."""
        refusals, _ = self._try(lines)
        return refusals

    def post(self, lines: Sequence[OracleLine]) -> str:
        """Post all lines or none, and return the refusal that was met first, or ''."""
        if not lines:
            return "NothingToPost"
        refusals, after = self._try(lines)
        for line in lines:  # the places of all lines come before anything else
            refusal = self._refusal_of_place(line)
            if refusal:
                return refusal
        if refusals:
            return next(iter(refusals.values()))
        if any(after.in_bin(entry) < 0 for entry in after.bin_entries):
            return "QuantityInBinInsufficient"
        self.__dict__.update(after.__dict__)
        return ""

    def copy(self) -> "PostingOracle":
        """An oracle that goes its own way from here."""
        return replace(
            self,
            cards=dict(self.cards),
            entries=list(self.entries),
            applications=list(self.applications),
            bin_entries=list(self.bin_entries),
        )

    def _try(self, lines: Sequence[OracleLine]) -> tuple[dict[int, str], "PostingOracle"]:
        """What leaves before what comes in; a line that is refused was never there."""
        refusals: dict[int, str] = {}
        after = self.copy()
        for inbound in (False, True):
            for place, line in enumerate(lines):
                if line.inbound is not inbound:
                    continue
                refusal = after.refusal_of(line)
                if refusal:
                    refusals[place] = refusal
                else:
                    after.write(line)
        return refusals, after

    def refusal_of(self, line: OracleLine) -> str:
        """The first check that does not hold, in the order of docs/domain.md 9.1."""
        return (
            self._refusal_of_place(line)
            or self._refusal_of_record(line)
            or self._refusal_of_dates(line)
            or self._refusal_of_cards(line)
            or self._refusal_of_numbers(line)
            or self._refusal_of_stock(line)
        )

    def _refusal_of_place(self, line: OracleLine) -> str:
        place = self.places[line.location]
        if place.bins and not line.bin:
            return "BinMissing"
        return "DirectedLocation" if place.directed else ""

    def _refusal_of_record(self, line: OracleLine) -> str:
        if line.item in self.blocked_items:
            return "ItemBlocked"
        return "VariantBlocked" if (line.item, line.variant) in self.blocked_variants else ""

    def _refusal_of_dates(self, line: OracleLine) -> str:
        item = self.items[line.item]
        if not line.inbound:
            return ""
        if item.says("require_warranty_date_entry") and not line.warranty_date:
            return "WarrantyDateMissing"
        if not item.says("use_expiration_dates"):
            return ""
        if item.says("require_expiration_date_entry") and not line.expiration_date:
            return "ExpirationDateMissing"
        last = self.last_inbound(line)
        if last and line.expiration_date not in (None, last.expiration_date):
            return "ExpirationDateDiffers"
        return ""

    def _refusal_of_cards(self, line: OracleLine) -> str:
        item = self.items[line.item]
        direction = "inbound" if line.inbound else "outbound"
        for kind, number in zip(KINDS, line.numbers, strict=True):
            if not number:
                continue
            demanded = item.says(f"{kind}_info_{direction}_must_exist")
            key = (line.item, line.variant, kind, number)
            if key in self.cards:
                if self.cards[key]:
                    return "NumberBlocked"
            elif demanded and not item.says(f"create_{kind}_info_on_posting"):
                return "CardMissing"
        return ""

    def _refusal_of_numbers(self, line: OracleLine) -> str:
        item = self.items[line.item]
        direction = "inbound" if line.inbound else "outbound"
        for kind, number in zip(KINDS, line.numbers, strict=True):
            flow = f"{kind}_{FLOWS[line.entry_type]}_{direction}_tracking"
            if not number and (item.says(f"{kind}_specific_tracking") or item.says(flow)):
                return "NumberMissing"
        if item.says("serial_specific_tracking") and abs(line.quantity_base) != 1:
            return "SerialQuantityNotOne"
        return ""

    def _refusal_of_stock(self, line: OracleLine) -> str:
        item = self.items[line.item]
        if line.inbound:
            if item.says("serial_specific_tracking") and self._is_on_inventory(line):
                return "SerialAlreadyOnInventory"
            return ""
        taken = self.taken_by(line)
        if sum(quantity for _, quantity in taken) < -line.quantity_base:
            return "InventoryInsufficient"
        exempt = line.entry_type is EntryType.NEGATIVE_ADJUSTMENT
        if item.says("strict_expiration_posting") and not exempt:
            for entry, _ in taken:
                if entry.expiration_date and entry.expiration_date < line.posting_date:
                    return "ExpiredOnPostingDate"
        return ""

    def _is_on_inventory(self, line: OracleLine) -> bool:
        """Whether the serial no. is in stock at any location."""
        return any(
            entry.is_of(line)
            and entry.numbers[SERIAL] == line.numbers[SERIAL]
            and self.remaining(entry) > 0
            for entry in self.entries
        )

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

    def taken_by(self, line: OracleLine) -> list[tuple[OracleEntry, Decimal]]:
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

    def write(self, line: OracleLine) -> None:
        """Write what a line says that nothing refuses: docs/domain.md 9.5."""
        taken = [] if line.inbound else self.taken_by(line)
        no = len(self.entries)
        expiration = self._expiration_date(line, [entry for entry, _ in taken])
        warranty = self._warranty_date(line)
        self._create_cards(line)
        written = (line, line.quantity_base, warranty, expiration)
        self.entries.append(OracleEntry(*written, line.numbers, no))
        if line.inbound:
            self.applications.append(OracleApplication(no, no, None, line.quantity_base))
        for entry, quantity in taken:
            self.applications.append(OracleApplication(no, entry.no, no, -quantity))
        if self.places[line.location].bins:
            self.bin_entries.append(OracleBinEntry(*written, self._numbers_in_warehouse(line)))

    def _expiration_date(self, line: OracleLine, taken: Iterable[OracleEntry]) -> date | None:
        """The date given, else the known one, else the calculated; of what leaves its stock's."""
        item = self.items[line.item]
        if line.expiration_date:
            return line.expiration_date
        if not line.inbound:
            return next((entry.expiration_date for entry in taken), None)
        if not item.says("use_expiration_dates"):
            return None
        last = self.last_inbound(line)
        if last or not item.expiration_calculation:
            return last.expiration_date if last else None
        return apply_date_formula(item.expiration_calculation, line.document_date)

    def _warranty_date(self, line: OracleLine) -> date | None:
        """The date given, else, of what comes in, that of the formula."""
        formula = self.items[line.item].warranty_date_formula
        if line.warranty_date or not formula or not line.inbound:
            return line.warranty_date
        return apply_date_formula(formula, line.document_date)

    def _create_cards(self, line: OracleLine) -> None:
        """Of a serial or lot where the code says so, of a package that is specific."""
        item = self.items[line.item]
        for kind, number in zip(KINDS, line.numbers, strict=True):
            asked = item.says(f"create_{kind}_info_on_posting")
            always = kind == "package" and item.says("package_specific_tracking")
            if number and (asked or always):
                self.cards.setdefault((line.item, line.variant, kind, number), False)

    def _numbers_in_warehouse(self, line: OracleLine) -> Numbers:
        item = self.items[line.item]
        serial, lot, package = (
            number if item.says(f"{kind}_warehouse_tracking") else ""
            for kind, number in zip(KINDS, line.numbers, strict=True)
        )
        return serial, lot, package


def dated_number(numbers: Numbers) -> tuple[int, str] | None:
    """The number to which a date belongs: the lot, else the serial, else the package."""
    for kind in (LOT, SERIAL, PACKAGE):
        if numbers[kind]:
            return kind, numbers[kind]
    return None
