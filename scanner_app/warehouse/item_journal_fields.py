"""The fields of item journal batches and their lines: captions and what they specify.

This module must never know a rule, only words.
"""

import enum
from dataclasses import replace

from scanner_app.errors import N_
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.warehouse.place_fields import DESCRIPTION
from scanner_app.warehouse.record_card import CardField, FieldKind, Fields

NUMBERS = "item_tracking"


class JournalEntryType(enum.StrEnum):
    """The entry types that a person may choose on an item journal line."""

    POSITIVE_ADJUSTMENT = EntryType.POSITIVE_ADJUSTMENT.value
    NEGATIVE_ADJUSTMENT = EntryType.NEGATIVE_ADJUSTMENT.value
    PURCHASE = EntryType.PURCHASE.value
    SALE = EntryType.SALE.value


def _record(name: str, caption: str, specifies: str, length: int) -> CardField:
    return CardField(name, caption, specifies, FieldKind.CODE, length, is_record=True)


def _day(name: str, caption: str, specifies: str, tab: str = "general") -> CardField:
    return CardField(name, caption, specifies, FieldKind.DAY, 10, tab)


def _number(name: str, caption: str, specifies: str) -> CardField:
    return CardField(name, caption, specifies, FieldKind.CODE, 50, NUMBERS)


REASON_CODE = _record(
    "reason_code",
    N_("Reason Code"),
    N_("Specifies why the quantity changes; entries keep it."),
    10,
)

BATCH_FIELDS: Fields = (
    CardField(
        "name",
        N_("Name"),
        N_("Specifies what the batch is called. It cannot be changed later."),
        FieldKind.CODE,
        10,
        is_name=True,
    ),
    DESCRIPTION,
    _record(
        "number_series",
        N_("No. Series"),
        N_("Specifies where the Document No. of its lines comes from; empty is typed."),
        20,
    ),
    replace(
        REASON_CODE,
        specifies=N_("Specifies the reason that its new lines begin with."),
    ),
    CardField(
        "item_tracking_on_lines",
        N_("Item Tracking on Lines"),
        N_("Specifies that numbers and their dates are typed on the lines of this batch."),
        FieldKind.SWITCH,
    ),
)

LINE_FIELDS: Fields = (
    _day(
        "posting_date",
        N_("Posting Date"),
        N_("Specifies the day of the entries; empty is today."),
    ),
    _day(
        "document_date",
        N_("Document Date"),
        N_("Specifies the day from which dates are calculated; empty is the Posting Date."),
    ),
    CardField(
        "document_no",
        N_("Document No."),
        N_("Specifies the document behind the line; empty is that of the line before, or new."),
        FieldKind.CODE,
        20,
    ),
    CardField(
        "entry_type",
        N_("Entry Type"),
        N_("Specifies whether stock comes in or leaves, and why."),
        FieldKind.CHOICE,
        20,
        choices=JournalEntryType,
    ),
    _record("item_no", N_("Item No."), N_("Specifies which item it is."), 20),
    _record("variant", N_("Variant Code"), N_("Specifies the variant, where it has some."), 10),
    _record("location", N_("Location Code"), N_("Specifies where the stock is."), 10),
    _record("bin", N_("Bin Code"), N_("Specifies the bin, where the location has bins."), 20),
    CardField(
        "quantity",
        N_("Quantity"),
        N_("Specifies how much it is; a minus turns the direction round."),
        FieldKind.SIGNED_QUANTITY,
        30,
    ),
    _record(
        "unit",
        N_("Unit of Measure Code"),
        N_("Specifies the unit of the quantity; empty is the base unit of the item."),
        10,
    ),
    REASON_CODE,
    _number(
        "serial_no",
        N_("Serial No."),
        N_("Specifies the serial number; a serial number is one unit."),
    ),
    _number("lot_no", N_("Lot No."), N_("Specifies the lot.")),
    _number("package_no", N_("Package No."), N_("Specifies the package.")),
    _day(
        "warranty_date",
        N_("Warranty Date"),
        N_("Specifies until when the warranty holds."),
        NUMBERS,
    ),
    _day(
        "expiration_date",
        N_("Expiration Date"),
        N_("Specifies the last day on which it is good."),
        NUMBERS,
    ),
)
TRACKING_FIELDS = tuple(field.name for field in LINE_FIELDS if field.tab == NUMBERS)


def line_fields(*, with_tracking: bool) -> Fields:
    """The fields of a line: its numbers only where the batch has Item Tracking on Lines."""
    return tuple(field for field in LINE_FIELDS if with_tracking or field.tab != NUMBERS)
