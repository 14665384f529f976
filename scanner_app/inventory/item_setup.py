"""Setting up items: reading what was typed on a card, and what a card may say by itself.

What entries and open documents stand against is asked in `warehouse.set_up_item`, which alone
writes (docs/domain.md 2.11).

This module must never write an item.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.barcodes.plain_codes import GTIN_DIGITS, CheckDigitWrong, has_right_check_digit
from scanner_app.errors import RuleRefused
from scanner_app.inventory.date_formula import neutral_formula, read_date_formula
from scanner_app.inventory.description import read_description
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_card import CAPTIONS
from scanner_app.inventory.item_refusals import (
    BaseUnitMissing,
    BaseUnitUnknown,
    ExpirationNeedsDates,
    GtinNotReadable,
    ItemNumberMissing,
    ItemNumberNotInAddress,
    LotNosNeedTracking,
    LotNosNotFound,
    RoundingPrecisionNotReadable,
    SerialNosNeedTracking,
    SerialNosNotFound,
    TrackingCodeNotFound,
)
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.inventory.text_card import NO, YES, TextCard
from scanner_app.inventory.typed_fields import VALUE_SHOWN_MAX, read_code
from scanner_app.quantities import QuantityNotReadable, parse_quantity
from scanner_app.records import to_code

NUMBER_LENGTH = 20
GTIN_LENGTHS = (8, 12, 13, GTIN_DIGITS)
CODES, CODE_LENGTH = ("warehouse_class_code", "put_away_template_code"), 10


@dataclass(frozen=True)
class NamedRecords:
    """The records that a card names by their codes."""

    unit: UnitOfMeasure
    tracking_code: ItemTrackingCode | None
    serial_nos: NumberSeries | None
    lot_nos: NumberSeries | None


def read_number(typed: str) -> str:
    """Return the No. of a new item.

    Raises:
        ItemNumberMissing: when nothing was typed.
        ItemNumberNotInAddress: for a number that no address can name.
        CodeTooLong, CodeNotReadable: for what is no code.
    """
    no = to_code(typed, NUMBER_LENGTH)
    if not no:
        raise ItemNumberMissing
    if "/" in no or not any(character.isalnum() for character in no):
        raise ItemNumberNotInAddress(no=no)
    return no


def read_card(typed: TextCard) -> TextCard:
    """Return the fields besides the No. as the card keeps them.

    Raises:
        DescriptionTooLong, DescriptionNotReadable: for what is no description.
        GtinNotReadable, CheckDigitWrong: for what is no GTIN.
        RoundingPrecisionNotReadable: for what is no step.
        DateFormulaNotReadable: with the place where reading stopped.
        FieldTooLong, FieldNotReadable: for what is no code.
    """
    read = {name: value.strip().upper() for name, value in typed.items()}
    return read | {
        "no": typed["no"],
        "description": read_description(typed["description"]),
        "gtin": read_gtin(typed["gtin"]),
        "blocked": YES if typed["blocked"] == YES else NO,
        "qty_rounding_precision": f"{_read_precision(typed['qty_rounding_precision']):f}",
        "expiration_calculation": read_formula(typed["expiration_calculation"]),
        **{name: read_code(CAPTIONS[name], typed[name], CODE_LENGTH) for name in CODES},
    }


def read_gtin(typed: str) -> str:
    """Return the digits of a GTIN, or nothing where nothing was typed.

    Raises:
        GtinNotReadable: unless there are 8, 12, 13 or 14 digits.
        CheckDigitWrong: when the last digit does not follow from the others.
    """
    gtin = typed.strip()
    if not gtin:
        return ""
    if len(gtin) not in GTIN_LENGTHS or not (gtin.isascii() and gtin.isdigit()):
        raise GtinNotReadable(gtin=gtin[:VALUE_SHOWN_MAX])
    if not has_right_check_digit(gtin):
        raise CheckDigitWrong(number=gtin)
    return gtin


def read_formula(typed: str) -> str:
    """Return a date formula without the brackets of its language-neutral form.

    Raises:
        DateFormulaNotReadable: with the place where reading stopped.
    """
    read_date_formula(typed)
    return neutral_formula(typed)


def find_named(session: Session, card: TextCard) -> NamedRecords:
    """Return the records that a card names.

    Raises:
        BaseUnitMissing, BaseUnitUnknown: for the base unit.
        TrackingCodeNotFound, SerialNosNotFound, LotNosNotFound: for the others.
    """
    if not card["base_unit_of_measure"]:
        raise BaseUnitMissing
    unit = _find(session, UnitOfMeasure, card["base_unit_of_measure"], BaseUnitUnknown)
    code = _find(session, ItemTrackingCode, card["item_tracking_code"], TrackingCodeNotFound)
    serial_nos = _find(session, NumberSeries, card["serial_nos"], SerialNosNotFound)
    lot_nos = _find(session, NumberSeries, card["lot_nos"], LotNosNotFound)
    return NamedRecords(unit, code, serial_nos, lot_nos)


def check_tracking(card: TextCard, tracking_code: ItemTrackingCode | None) -> None:
    """Refuse what needs an item tracking code, or one that uses expiration dates.

    Raises:
        SerialNosNeedTracking, LotNosNeedTracking: for a series without a code.
        ExpirationNeedsDates: for a formula where the code ignores dates.
    """
    if card["serial_nos"] and tracking_code is None:
        raise SerialNosNeedTracking
    if card["lot_nos"] and tracking_code is None:
        raise LotNosNeedTracking
    uses_dates = tracking_code is not None and tracking_code.use_expiration_dates
    if card["expiration_calculation"] and not uses_dates:
        raise ExpirationNeedsDates


def write_card(item: Item, card: TextCard, named: NamedRecords) -> None:
    """Let the item say what its card says; the caller has checked it."""
    item.description = card["description"]
    item.base_unit_of_measure_id = named.unit.id
    item.gtin = card["gtin"]
    item.blocked = card["blocked"] == YES
    item.qty_rounding_precision = Decimal(card["qty_rounding_precision"])
    item.item_tracking_code_id = named.tracking_code.id if named.tracking_code else None
    item.serial_nos_id = named.serial_nos.id if named.serial_nos else None
    item.lot_nos_id = named.lot_nos.id if named.lot_nos else None
    item.expiration_calculation = card["expiration_calculation"]
    for name in CODES:
        setattr(item, name, card[name])


def _read_precision(typed: str) -> Decimal:
    try:
        precision = parse_quantity(typed)
    except QuantityNotReadable as fault:
        raise RoundingPrecisionNotReadable(typed=typed[:VALUE_SHOWN_MAX]) from fault
    if not precision:
        raise RoundingPrecisionNotReadable(typed=typed[:VALUE_SHOWN_MAX])
    return precision


def _find(session: Session, table: Any, code: str, unknown: type[RuleRefused]) -> Any:  # noqa: ANN401 - of three tables
    """No database is asked for a code that none could hold."""
    if not code:
        return None
    found = None
    if code.isprintable():
        found = session.scalar(select(table).where(table.code == code))
    if found is None:
        raise unknown(code=code[:NUMBER_LENGTH])
    return found
