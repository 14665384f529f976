"""The fields that the item journal and the warehouse journals have in common.

This module must never know a rule, only words.
"""

from scanner_app.errors import N_
from scanner_app.warehouse.record_card import CardField, FieldKind, Fields

NUMBERS = "item_tracking"


def record_field(name: str, caption: str, specifies: str, length: int) -> CardField:
    """A field that names another record by its code."""
    return CardField(name, caption, specifies, FieldKind.CODE, length, is_record=True)


def day_field(name: str, caption: str, specifies: str, tab: str = "general") -> CardField:
    """A field with a day of the calendar."""
    return CardField(name, caption, specifies, FieldKind.DAY, 10, tab)


def _number(name: str, caption: str, specifies: str) -> CardField:
    return CardField(name, caption, specifies, FieldKind.CODE, 50, NUMBERS)


BATCH_NAME = CardField(
    "name",
    N_("Name"),
    N_("Specifies what the batch is called. It cannot be changed later."),
    FieldKind.CODE,
    10,
    is_name=True,
)
REASON_CODE = record_field(
    "reason_code",
    N_("Reason Code"),
    N_("Specifies why the quantity changes; entries keep it."),
    10,
)
REASON_OF_BATCH = record_field(
    "reason_code",
    N_("Reason Code"),
    N_("Specifies the reason that its new lines begin with."),
    10,
)
ITEM_NO = record_field("item_no", N_("Item No."), N_("Specifies which item it is."), 20)
VARIANT = record_field(
    "variant", N_("Variant Code"), N_("Specifies the variant, where it has some."), 10
)
UNIT = record_field(
    "unit",
    N_("Unit of Measure Code"),
    N_("Specifies the unit of the quantity; empty is the base unit of the item."),
    10,
)
TRACKING: Fields = (
    _number(
        "serial_no",
        N_("Serial No."),
        N_("Specifies the serial number; a serial number is one unit."),
    ),
    _number("lot_no", N_("Lot No."), N_("Specifies the lot.")),
    _number("package_no", N_("Package No."), N_("Specifies the package.")),
    day_field(
        "warranty_date",
        N_("Warranty Date"),
        N_("Specifies until when the warranty holds."),
        NUMBERS,
    ),
    day_field(
        "expiration_date",
        N_("Expiration Date"),
        N_("Specifies the last day on which it is good."),
        NUMBERS,
    ),
)
NEW_TRACKING: Fields = (
    _number(
        "new_serial_no",
        N_("New Serial No."),
        N_("Specifies the serial number afterwards; on a new line, empty is the same."),
    ),
    _number(
        "new_lot_no",
        N_("New Lot No."),
        N_("Specifies the lot afterwards; on a new line, empty is the same."),
    ),
    _number(
        "new_package_no",
        N_("New Package No."),
        N_("Specifies the package afterwards; on a new line, empty is the same."),
    ),
    day_field(
        "new_expiration_date",
        N_("New Expiration Date"),
        N_("Specifies the date afterwards; empty is the date known for the new number."),
        NUMBERS,
    ),
)
# Of a transfer the dates that goods had are those of the stock: nobody types them.
TRANSFER_TRACKING: Fields = (
    *(field for pair in zip(TRACKING[:3], NEW_TRACKING[:3], strict=True) for field in pair),
    NEW_TRACKING[3],
)
QUANTITY_OF_NUMBERS = CardField(
    "quantity",
    N_("Quantity (Base)"),
    N_("Specifies how many base units have these numbers; empty is what is left."),
    FieldKind.OPTIONAL_QUANTITY,
    30,
    NUMBERS,
)
TRACKING_LINE_FIELDS: Fields = (*TRACKING, QUANTITY_OF_NUMBERS)
RECEIPT_TRACKING_LINE_FIELDS: Fields = (
    *TRACKING_LINE_FIELDS,
    CardField(
        "qty_to_handle",
        N_("Qty. to Handle (Base)"),
        N_("Specifies how much of it came and is posted next; empty is all of it."),
        FieldKind.OPTIONAL_QUANTITY,
        30,
        NUMBERS,
    ),
)
TRANSFER_TRACKING_LINE_FIELDS: Fields = (*TRANSFER_TRACKING, QUANTITY_OF_NUMBERS)
