"""Apply a scan to a receipt: what is scanned has come, with its numbers and dates (6.9).

A number that the receipt names is known by itself, and so is a package with all that is named in
it. Of everything else the item is scanned, or a label with its numbers, and what is missing is
asked.

This module must never post, nor receive what no line expects.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.barcodes.parsed_barcode import ParsedBarcode
from scanner_app.code_index import CodeKind
from scanner_app.inventory.date_formula import apply_date_formula
from scanner_app.inventory.item_tracking import ItemTrackingLine, numbers_of
from scanner_app.inventory.item_tracking_code import (
    ItemTrackingCode,
    NumbersAsked,
    numbers_required,
)
from scanner_app.inventory.text_card import text_of_day
from scanner_app.inventory.tracking_information import dated_number, known_expiration_dates
from scanner_app.quantities import to_base
from scanner_app.scanning.asked_item import AskedItem, asked_item
from scanner_app.scanning.document_work import NotOnDocument, other_document
from scanner_app.scanning.enter_units import (
    EnteringWork,
    answer,
    ask_or_enter,
    check_nothing_asked,
    label_of,
    unit_of,
)
from scanner_app.scanning.given import NOTHING_GIVEN, GivenUnit
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.resolve import BARE_FORMS, candidates_of, choose
from scanner_app.warehouse.document_kind import RECEIPTS
from scanner_app.warehouse.document_tracking import receive_whole_parts
from scanner_app.warehouse.journal_tracking import TrackedLine
from scanner_app.warehouse.receipt import WarehouseReceipt, WarehouseReceiptLine
from scanner_app.warehouse.receive_by_scanning import (
    ReceivedUnit,
    begin_receiving,
    expected_numbers,
    has_come,
    lines_of_item,
    named_part,
    receive_unit,
)
from scanner_app.warehouse.source_document import ENTRY_TYPES

Expected = Sequence[tuple[WarehouseReceiptLine, ItemTrackingLine]]


@dataclass(kw_only=True)
class ReceiptWork(EnteringWork):
    """One scan on one receipt, which is locked."""

    receipt: WarehouseReceipt

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
        named = named_part(self._lines_of(item), unit.numbers) if unit.numbers else None
        if named is not None:
            _, part = named
            return replace(
                unit,
                expiration_date=unit.expiration_date or text_of_day(part.expiration_date),
                warranty_date=unit.warranty_date or text_of_day(part.warranty_date),
            )
        return self._with_calculated_date(item, unit)

    def is_there(self, item: AskedItem, unit: GivenUnit) -> bool:
        """Whether the serial no. has come already."""
        return has_come(self._lines_of(item), unit.serial_no)

    def enter(self, item: AskedItem, unit: GivenUnit, quantity: Decimal) -> None:
        """Write what came on its line."""
        unit_id, per_unit = item.unit_of_measure_id, item.qty_per_unit_of_measure
        numbers = unit.numbers.only(item.asked)
        if numbers.serial_no:
            per_unit = Decimal(1)
        came = ReceivedUnit(
            item.item.id,
            item.variant_id,
            unit_id,
            numbers,
            to_base(quantity, per_unit),
            unit.expires,
            unit.warranty,
        )
        line_no = receive_unit(self.session, self._lines_of(item), came, item.words(unit))
        self.effects.append({"receipt_line": line_no, "quantity": f"{quantity:f}"})

    def _lines_of(self, item: AskedItem) -> list[TrackedLine]:
        return lines_of_item(self.session, self.receipt, item.item.id, item.variant_id)

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
    begin_receiving(work.session, work.receipt)
    if answered := answer(work):
        return answered
    parsed = label_of(work)
    if parsed.form in BARE_FORMS and (expected := _expected(work, parsed)):
        check_nothing_asked(work)
        return _receive_expected(work, expected, parsed)
    candidates = candidates_of(work.session, parsed, work.location.id, work.scanned.work_date)
    expected_items = {line.item_id for line in RECEIPTS.lines_of(work.session, work.receipt)}
    candidate = choose(
        candidates, lambda each: each.item_id in expected_items, work.scanned.new.choice
    )
    if candidate.kind is CodeKind.BIN or (candidate.is_unit and not candidate.item_id):
        raise NotOnDocument(what=candidate.code, document_no=work.receipt.no)
    if not candidate.is_unit:
        return other_document(candidate)
    check_nothing_asked(work)
    unit = unit_of(candidate, parsed)
    if candidate.item_id not in expected_items:
        raise NotOnDocument(what=work.item_of(unit).words(unit), document_no=work.receipt.no)
    return ask_or_enter(work, unit)


def _expected(work: ReceiptWork, label: ParsedBarcode) -> Expected:
    return expected_numbers(work.session, work.receipt, label.text.strip().upper())


def _receive_expected(work: ReceiptWork, expected: Expected, label: ParsedBarcode) -> Outcome:
    """A serial no. has come, and a package with all of it; of a lot it is asked how much."""
    number = label.text.strip().upper()
    line, named = expected[0]
    if named.package_no == number and named.serial_no != number:
        return _receive_package(work, expected, number)
    serial_no, lot_no, package_no = numbers_of(named).as_tuple()
    unit = GivenUnit(
        item_id=line.item_id,
        variant_id=line.variant_id,
        unit_of_measure_id=line.unit_of_measure_id,
        serial_no=serial_no,
        lot_no=lot_no,
        package_no=package_no,
        expiration_date=text_of_day(named.expiration_date),
        warranty_date=text_of_day(named.warranty_date),
    )
    return ask_or_enter(work, unit)


def _receive_package(work: ReceiptWork, expected: Expected, package_no: str) -> Outcome:
    receive_whole_parts(work.session, expected)
    lines = sorted({line.line_no for line, _ in expected})
    work.effects += [{"receipt_line": line_no, "package_no": package_no} for line_no in lines]
    work.given = NOTHING_GIVEN
    return Outcome("PackageReceived", {"package_no": package_no, "lines": len(expected)})
