"""Apply a scan to a receipt: what is scanned has come, with its numbers and dates (6.9).

A number that the receipt names is known by itself, and so is a package with all that is named in
it. Of everything else the item is scanned, or a label with its numbers, and what is missing is
asked.

This module must never post, nor receive what no line expects.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.barcodes.parsed_barcode import ParsedBarcode
from scanner_app.code_index import CodeKind
from scanner_app.inventory.date_formula import apply_date_formula
from scanner_app.inventory.item_tracking import ItemTrackingLine, TrackingNumbers, numbers_of
from scanner_app.inventory.item_tracking_code import (
    ItemTrackingCode,
    NumbersAsked,
    numbers_required,
)
from scanner_app.inventory.posting_refusals import ExpirationDateDiffers
from scanner_app.inventory.text_card import text_of_day
from scanner_app.inventory.tracking_information import dated_number, known_expiration_dates
from scanner_app.quantities import ONE, to_base
from scanner_app.scanning.asked_item import AskedItem, asked_item
from scanner_app.scanning.document_work import NotOnDocument
from scanner_app.scanning.enter_units import (
    EnteringWork,
    answer,
    ask_or_enter,
    check_nothing_asked,
    label_of,
    unit_of,
)
from scanner_app.scanning.given import NOTHING_GIVEN, GivenUnit
from scanner_app.scanning.other_document import other_document
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.resolve import BARE_FORMS, candidates_of, choose
from scanner_app.warehouse.document_tracking import receive_whole_parts
from scanner_app.warehouse.documents_of_transfers import check_was_shipped
from scanner_app.warehouse.journal_tracking import TrackedLine
from scanner_app.warehouse.receipt import WarehouseReceipt, WarehouseReceiptLine
from scanner_app.warehouse.receive_by_scanning import (
    ReceivedUnit,
    begin_receiving,
    has_come,
    items_expected,
    named_part,
    receive_unit,
)
from scanner_app.warehouse.scanned_receipt_lines import (
    date_of_lot,
    lines_of_item,
    numbers_on_receipt,
)
from scanner_app.warehouse.source_document import ENTRY_TYPES

Named = Sequence[tuple[WarehouseReceiptLine, ItemTrackingLine]]


@dataclass(kw_only=True)
class ReceiptWork(EnteringWork):
    """One scan on one receipt, which is locked."""

    receipt: WarehouseReceipt
    _lines: dict[tuple[int, int, TrackingNumbers], list[TrackedLine]] = field(default_factory=dict)

    serial_entered = "SerialReceived"
    entered = "Received"
    already_there = "AlreadyReceived"

    @property
    def document_no(self) -> str:
        """The number of the receipt."""
        return self.receipt.no

    def item_of(self, unit: GivenUnit) -> AskedItem:
        """The item of a unit, with the numbers that must come in with it."""
        return receipt_item(self.session, self.receipt, unit)

    def complete(self, item: AskedItem, unit: GivenUnit) -> GivenUnit:
        """The dates that the receipt names, or that are calculated for a number that is new."""
        lines = self._lines_of(item, unit.numbers) if unit.numbers else []
        check_was_shipped(lines, unit.numbers.only(item.asked))
        day = date_of_lot(self.session, lines, unit.lot_no)
        if day and unit.expires not in (None, day):
            raise ExpirationDateDiffers(
                item_no=item.item.no, number=unit.lot_no, known=str(day), given=str(unit.expires)
            )
        unit = replace(unit, expiration_date=unit.expiration_date or text_of_day(day))
        if named := named_part(lines, unit.numbers):
            _, part = named
            return replace(
                unit,
                expiration_date=unit.expiration_date or text_of_day(part.expiration_date),
                warranty_date=unit.warranty_date or text_of_day(part.warranty_date),
            )
        return self._with_calculated_date(item, unit)

    def knows(self, label: ParsedBarcode) -> bool:
        """Whether the receipt names a number."""
        return bool(_named(self, label))

    def is_there(self, item: AskedItem, unit: GivenUnit) -> bool:
        """Whether the serial no. has come already."""
        return has_come(self._lines_of(item, unit.numbers), unit.serial_no)

    def enter(self, item: AskedItem, unit: GivenUnit, quantity: Decimal) -> None:
        """Write what came on its line."""
        numbers = unit.numbers.only(item.asked)
        per_unit = ONE if numbers.serial_no else item.qty_per_unit_of_measure
        came = ReceivedUnit(
            item.unit_of_measure_id,
            numbers,
            to_base(quantity, per_unit),
            unit.expires,
            unit.warranty,
        )
        lines = self._lines_of(item, numbers)
        line_no = receive_unit(self.session, lines, came, item.words(unit))
        self.effects.append({"receipt_line": line_no, "quantity": f"{quantity:f}"})

    def _lines_of(self, item: AskedItem, numbers: TrackingNumbers) -> list[TrackedLine]:
        """The lines that expect the item, read once: entering is what a scan does last."""
        key = (item.item.id, item.variant_id, numbers)
        if key not in self._lines:
            self._lines[key] = lines_of_item(self.session, self.receipt, *key)
        return self._lines[key]

    def _with_calculated_date(self, item: AskedItem, unit: GivenUnit) -> GivenUnit:
        """Nobody is asked for a date that the Expiration Calculation gives a new number."""
        code, formula = item.tracking_code, item.item.expiration_calculation
        uses_dates = code is not None and code.use_expiration_dates and formula
        number = dated_number(item.item.id, item.variant_id, unit.numbers)
        if not uses_dates or unit.expiration_date or number is None:
            return unit
        if number in known_expiration_dates(self.session, {number}):
            return unit
        day = apply_date_formula(formula, self.scanned.work_date)
        return replace(unit, expiration_date=text_of_day(day))


def receipt_item(session: Session, receipt: WarehouseReceipt, unit: GivenUnit) -> AskedItem:
    """The item of a unit, with the numbers that must come in by the source of the receipt."""
    entry_type = ENTRY_TYPES[receipt.source_document]

    def asked_of(code: ItemTrackingCode | None) -> NumbersAsked:
        return numbers_required(code, entry_type, inbound=True)

    return asked_item(session, unit, asked_of)


def apply_receipt_scan(work: ReceiptWork) -> Outcome:
    """Apply one scan; `work.given` holds what it leaves behind.

    Raises:
        RuleRefused: when the scan does not fit.
    """
    if answered := answer(work):
        return answered
    parsed = label_of(work)
    if named := _named(work, parsed):
        check_nothing_asked(work)
        begin_receiving(work.session, work.receipt)
        return _receive_named(work, named, _bare_number(parsed))
    candidates = candidates_of(work.session, parsed, work.location.id, work.scanned.work_date)
    item_ids = {candidate.item_id for candidate in candidates}
    expected = items_expected(work.session, work.receipt, item_ids)
    candidate = choose(candidates, lambda each: each.item_id in expected, work.scanned.new.choice)
    if candidate.kind is CodeKind.BIN or (candidate.is_unit and not candidate.item_id):
        raise NotOnDocument(what=candidate.code, document_no=work.receipt.no)
    if not candidate.is_unit:
        return other_document(work.session, candidate, work.scanned.by.user_id)
    check_nothing_asked(work)
    unit = unit_of(candidate, parsed)
    if candidate.item_id not in expected:
        raise NotOnDocument(what=work.item_of(unit).words(unit), document_no=work.receipt.no)
    begin_receiving(work.session, work.receipt)
    return ask_or_enter(work, unit)


def _named(work: ReceiptWork, label: ParsedBarcode) -> Named:
    """What the receipt names by a bare code; several items may have a lot of that number."""
    if label.form not in BARE_FORMS:
        return []
    number = _bare_number(label)
    named = numbers_on_receipt(work.session, work.receipt, number)
    items = {(line.item_id, line.variant_id) for line, _ in named}
    is_package = any(part.package_no == number for _, part in named)
    return named if len(items) == 1 or is_package else []


def _bare_number(label: ParsedBarcode) -> str:
    return label.text.strip().upper()


def _receive_named(work: ReceiptWork, named: Named, number: str) -> Outcome:
    """A serial no. has come, and a package with all of it; of a lot it is asked what of it."""
    for line, part in named:
        if part.serial_no == number:
            return ask_or_enter(work, _unit_of_part(line, part, numbers_of(part)))
    in_package = [(line, part) for line, part in named if part.package_no == number]
    if in_package:
        return _receive_package(work, in_package, number)
    line, part = named[0]
    numbers = TrackingNumbers("", number, "" if part.serial_no else part.package_no)
    return ask_or_enter(work, _unit_of_part(line, part, numbers))


def _receive_package(work: ReceiptWork, named: Named, package_no: str) -> Outcome:
    work.given = NOTHING_GIVEN
    waiting = [(line, part) for line, part in named if part.qty_waiting_base > 0]
    if not waiting:
        return Outcome(work.already_there, {"what": package_no})
    receive_whole_parts(work.session, waiting)
    lines = sorted({line.line_no for line, _ in waiting})
    work.effects += [{"receipt_line": line_no, "package_no": package_no} for line_no in lines]
    return Outcome("PackageReceived", {"package_no": package_no, "lines": len(waiting)})


def _unit_of_part(
    line: WarehouseReceiptLine, part: ItemTrackingLine, numbers: TrackingNumbers
) -> GivenUnit:
    serial_no, lot_no, package_no = numbers.as_tuple()
    return GivenUnit(
        item_id=line.item_id,
        variant_id=line.variant_id,
        unit_of_measure_id=line.unit_of_measure_id,
        serial_no=serial_no,
        lot_no=lot_no,
        package_no=package_no,
        expiration_date=text_of_day(part.expiration_date),
        warranty_date=text_of_day(part.warranty_date) if serial_no else "",
    )
