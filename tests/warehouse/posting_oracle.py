"""Posting oracle: the rules of posting item journals once more, as slowly and plainly as they read.

It was written from docs/domain.md 2, 9 and 12.3 and keeps nothing but lists of entries: what is
left, what is known and what lies in a bin is found by going through all of them. Only names of
refusals, entry types and date formulas are those of the product.

This module must never import anything that posts: two that agree have to be two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scanner_app.inventory.date_formula import apply_date_formula
from scanner_app.inventory.item_tracking_code import EntryType
from tests.warehouse.posting_oracle_ledger import OracleLedger, Taken
from tests.warehouse.posting_oracle_records import (
    FLOWS,
    KINDS,
    SERIAL,
    Numbers,
    OracleApplication,
    OracleBinEntry,
    OracleEntry,
    OracleLine,
)


@dataclass
class PostingOracle(OracleLedger):
    """What is set up, and everything that was ever posted, asked and written to by the rules."""

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
        """What leaves before what comes in; a line that is refused was never there.

        Of a transfer that is refused where it comes in, the half that leaves was.
        """
        refusals: dict[int, str] = {}
        after = self.copy()
        after.first_no = len(self.entries)
        taken: dict[int, list[Taken]] = {}
        for place, line in enumerate(lines):
            if not line.inbound:
                taken[place] = after.taken_by(line)
                after.try_one(refusals, place, line)
        for place, line in enumerate(lines):
            if line.inbound:
                after.try_one(refusals, place, line)
            elif line.is_transfer and place not in refusals:
                after.try_arrival(refusals, place, line, taken[place])
        return refusals, after

    def try_one(self, refusals: dict[int, str], place: int, line: OracleLine) -> None:
        """Write a line, or keep why it is refused."""
        refusal = self.refusal_of(line)
        if refusal:
            refusals[place] = refusal
        else:
            self.write(line)

    def try_arrival(
        self, refusals: dict[int, str], place: int, line: OracleLine, taken: list[Taken]
    ) -> None:
        """The same of the half of a transfer that comes in."""
        refusal = self.refusal_of_arrival(line, line.arrival(), taken)
        if refusal:
            refusals[place] = refusal
        else:
            self.write(line.arrival(), taken)

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

    def refusal_of_arrival(self, left: OracleLine, line: OracleLine, taken: list[Taken]) -> str:
        """The same of what a transfer brings in, in the order of docs/domain.md 9.6."""
        return (
            self._refusal_of_new_date(line, taken[0][0].expiration_date)
            or self._refusal_of_no_change(left, line, taken[0][0].expiration_date)
            or self._refusal_of_cards(line)
            or self._refusal_of_numbers(line)
            or self._refusal_of_stock(line)
        )

    def _refusal_of_new_date(self, line: OracleLine, of_stock: date | None) -> str:
        item, last = self.items[line.item], self.last_inbound(line)
        if not item.says("use_expiration_dates"):
            return ""
        gets = self._new_date(line, of_stock)
        if item.says("require_expiration_date_entry") and not gets:
            return "ExpirationDateMissing"
        if last is None or gets == last.expiration_date:
            return ""
        if last.no >= self.first_no:
            return "NewExpirationDatesDiffer"
        return "ExpirationDateOfPart" if self.is_left(line) else ""

    def _refusal_of_no_change(
        self, left: OracleLine, line: OracleLine, of_stock: date | None
    ) -> str:
        stays = (left.location, left.bin, left.numbers) == (line.location, line.bin, line.numbers)
        same = stays and self._new_date(line, of_stock) == of_stock
        return "TransferChangesNothing" if same else ""

    def _refusal_of_place(self, line: OracleLine) -> str:
        if line.is_transfer:
            return self._refusal_of_places(line, line.arrival())
        place = self.places[line.location]
        if place.bins and not line.bin:
            return "BinMissing"
        return "DirectedLocation" if place.directed else ""

    def _refusal_of_places(self, line: OracleLine, arrival: OracleLine) -> str:
        """No journal transfers at, from or to a directed location."""
        places = [self.places[half.location] for half in (line, arrival)]
        if any(place.directed for place in places):
            stays = line.location == arrival.location
            return "ReclassifiedInItsBins" if stays else "TransferOrderNeeded"
        missing = any(self.places[half.location].bins and not half.bin for half in (line, arrival))
        return "BinMissing" if missing else ""

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
            ways = ("inbound", "outbound") if line.is_transfer else (direction,)
            demanded = any(item.says(f"{kind}_info_{way}_must_exist") for way in ways)
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
            flow = f"{kind}_{FLOWS.get(line.entry_type)}_{direction}_tracking"
            if line.is_transfer:
                flow = f"{kind}_transfer_tracking"
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
        exempt = line.entry_type in (EntryType.NEGATIVE_ADJUSTMENT, EntryType.TRANSFER)
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

    def write(self, line: OracleLine, brought: list[Taken] | None = None) -> None:
        """Write what nothing refuses (9.5); `brought` is what a transfer took that comes in."""
        taken = [] if line.inbound else self.taken_by(line)
        no = len(self.entries)
        expiration = self._expiration_date(line, [entry for entry, _ in taken])
        warranty = self._warranty_date(line)
        if brought is not None:
            expiration = self._new_date(line, brought[0][0].expiration_date)
            warranty = line.warranty_date or brought[0][0].warranty_date
        self._create_cards(line)
        written = (line, line.quantity_base, warranty, expiration)
        self.entries.append(OracleEntry(*written, line.numbers, no))
        if line.inbound and brought is None:
            self.applications.append(OracleApplication(no, no, None, line.quantity_base))
        for entry, quantity in brought or ():
            self.applications.append(OracleApplication(no, no, None, quantity, entry.no))
        for entry, quantity in taken:
            self.applications.append(OracleApplication(no, entry.no, no, -quantity))
        if self.places[line.location].bins:
            self.bin_entries.append(OracleBinEntry(*written, self._numbers_in_warehouse(line)))

    def _new_date(self, line: OracleLine, of_stock: date | None) -> date | None:
        """The date given for what a transfer brings in, else the known one, else the stock's."""
        last = self.last_inbound(line)
        uses = self.items[line.item].says("use_expiration_dates")
        if line.expiration_date or not uses or last is None:
            return line.expiration_date or of_stock
        return last.expiration_date

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
