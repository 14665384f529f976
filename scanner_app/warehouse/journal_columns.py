"""The columns of lines in a workbook: their fields, and the number of each line of a journal.

This module must never know a rule, nor which values a record allows.
"""

from collections.abc import Collection, Mapping

from scanner_app.errors import N_
from scanner_app.warehouse.record_card import CardField, FieldKind, Fields
from scanner_app.workbooks.column import Column, ColumnKind

LINE_NO = Column(
    "line_no",
    "Line No.",
    ColumnKind.TEXT,
    N_("Specifies which line of the journal the row is; empty for a new one."),
    width=10,
    is_required=False,
)
ERROR = Column(
    "error",
    "Error",
    ColumnKind.TEXT,
    N_("Specifies why the row cannot be published."),
    width=60,
    is_required=False,
)
WIDTH_MAX = 30
KINDS = {
    FieldKind.DAY: ColumnKind.DAY,
    FieldKind.SIGNED_QUANTITY: ColumnKind.QUANTITY,
    FieldKind.QUANTITY: ColumnKind.QUANTITY,
    FieldKind.OPTIONAL_QUANTITY: ColumnKind.QUANTITY,
}
# A number that lost a digit would be another number, so these cells hold text or nothing.
NUMBER_FIELDS = frozenset(
    {"serial_no", "lot_no", "package_no", "new_serial_no", "new_lot_no", "new_package_no"}
)


def columns_of(
    fields: Fields, choices: Mapping[str, tuple[str, ...]], required: Collection[str]
) -> tuple[Column, ...]:
    """The columns of fields in their order.

    `choices` is what is offered, by the name of the field; `required` are the fields that rows
    from elsewhere have.
    """
    return tuple(
        _column(field, choices.get(field.name, ()), is_required=field.name in required)
        for field in fields
    )


def _column(field: CardField, choices: tuple[str, ...], *, is_required: bool) -> Column:
    fixed = tuple(str(value) for value in field.choices) if field.choices else ()
    kind = ColumnKind.NUMBER_TEXT if field.name in NUMBER_FIELDS else KINDS.get(field.kind)
    width = min(max(len(field.caption) + 4, field.length), WIDTH_MAX)
    return Column(
        field.name,
        field.caption,
        kind or ColumnKind.TEXT,
        field.specifies,
        fixed or choices,
        width,
        is_required,
    )
