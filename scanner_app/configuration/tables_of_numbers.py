"""Package tables of numbers: number series and their lines, and item tracking codes.

This module must never decide what a record may say: the verbs of the pages do.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.configuration.line_numbers import LINE_NO, read_line_no
from scanner_app.configuration.package_table import (
    Found,
    PackageField,
    RecordTable,
    key_field,
)
from scanner_app.errors import N_
from scanner_app.inventory import number_series_card
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.item_tracking_code_fields import (
    FIELDS,
    TEXT_FIELDS,
    Values,
    blank_values,
    caption_of,
    values_of,
    written,
)
from scanner_app.inventory.item_tracking_code_setup import (
    AskedChange,
    change_item_tracking_code,
    create_item_tracking_code,
    find_item_tracking_code,
    follow_edits,
)
from scanner_app.inventory.number_series import NumberSeries, NumberSeriesLine
from scanner_app.inventory.number_series_card import (
    LINE_CAPTIONS,
    NEW_LINE,
    blank_line,
    find_series,
    flat_line,
    line_card,
    own_card,
)
from scanner_app.inventory.number_series_refusals import NumberSeriesUnknown
from scanner_app.inventory.number_series_setup import CODE_LENGTH
from scanner_app.inventory.number_series_setup import read_card as read_series
from scanner_app.inventory.text_card import NO, ROWS_AT_ONCE, YES, TextCard
from scanner_app.warehouse.item_journal_lines import STEP
from scanner_app.warehouse.item_tracking_code_entries import find_item_with_warehouse_entries
from scanner_app.warehouse.set_up_number_series import (
    change_number_series,
    create_number_series,
)
from scanner_app.workbooks.column import ColumnKind

SERIES_NO, CODES_NO, ITEMS_NO, VARIANTS_NO = 308, 6502, 27, 5401
LINE_KINDS = {"starting_date": ColumnKind.DAY, "increment_by": ColumnKind.QUANTITY}
SWITCHES_OF_SERIES = ("default_nos", "manual_nos")


def _list_series(session: Session) -> Iterator[TextCard]:
    in_order = select(NumberSeries).order_by(NumberSeries.code)
    return map(own_card, session.scalars(in_order.execution_options(yield_per=ROWS_AT_ONCE)))


def _find_series(session: Session, typed: TextCard) -> Found | None:
    row = find_series(session, typed["code"])
    return Found(row.id, own_card(row)) if row else None


def _change_series(session: Session, found: Found, typed: TextCard, change: Change) -> None:
    """A series is saved with its lines: those stay as they are."""
    stored = number_series_card.card_of(session, session.get_one(NumberSeries, found.id))
    own = {name: value for name, value in typed.items() if name in found.card}
    change_number_series(session, found.card["code"], stored, stored | own, change)


NO_SERIES = RecordTable(
    SERIES_NO,
    N_("No. Series"),
    (
        key_field("code", N_("Code")),
        PackageField("description", N_("Description")),
        PackageField("default_nos", N_("Default Nos."), ColumnKind.SWITCH),
        PackageField("manual_nos", N_("Manual Nos."), ColumnKind.SWITCH),
    ),
    {"code": "", "description": ""} | dict.fromkeys(SWITCHES_OF_SERIES, NO),
    _list_series,
    read=read_series,
    sample={"code": "A", "description": ""} | dict.fromkeys(SWITCHES_OF_SERIES, NO),
    find=_find_series,
    create=lambda session, typed, change: create_number_series(
        session, typed["code"], typed["description"], change
    ),
    change=_change_series,
    whole_when_new=False,
)


def _list_series_lines(session: Session) -> Iterator[TextCard]:
    """The lines of a series are numbered in the order of their dates, as if typed in it."""
    line, series = NumberSeriesLine, NumberSeries
    in_order = (
        select(line, series.code)
        .join(series, series.id == line.number_series_id)
        .order_by(series.code, line.starting_date)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for code, lines in groupby(session.execute(in_order), lambda found: found.code):
        for place, (row, _) in enumerate(lines, start=1):
            yield {"series": code, "line_no": str(place * STEP)} | line_card(row)


def _find_series_line(session: Session, typed: TextCard) -> Found | None:
    """A line is known by its Starting Date, whatever number a file gives it.

    Raises:
        LineNoNotReadable: for what is no number.
    """
    read_line_no(typed["line_no"])
    series = find_series(session, typed["series"])
    try:
        day = date.fromisoformat(typed["starting_date"].strip())
    except ValueError:
        return None
    if series is None:
        return None
    row = session.scalar(
        select(NumberSeriesLine).where(
            NumberSeriesLine.number_series_id == series.id, NumberSeriesLine.starting_date == day
        )
    )
    key = {"series": series.code, "line_no": typed["line_no"]}
    return Found(row.id, key | line_card(row)) if row else None


def _write_series_line(session: Session, key: str, typed: TextCard, change: Change) -> None:
    series = find_series(session, typed["series"])
    if series is None:
        raise NumberSeriesUnknown(code=typed["series"][:CODE_LENGTH])
    stored = number_series_card.card_of(session, series)
    line = {name: typed[name] for name in LINE_CAPTIONS}
    change_number_series(session, series.code, stored, stored | flat_line(key, line), change)


def _read_series_line(typed: TextCard) -> None:
    read_line_no(typed["line_no"])
    line = {name: typed[name] for name in LINE_CAPTIONS}
    read_series(NO_SERIES.sample | flat_line(NEW_LINE, line))


def _field_of_line(name: str) -> PackageField:
    kind = LINE_KINDS.get(name, ColumnKind.NUMBER_TEXT)
    kind = ColumnKind.SWITCH if name == "allow_gaps" else kind
    return PackageField(name, LINE_CAPTIONS[name], kind, is_key=name == "starting_date")


NO_SERIES_LINE = RecordTable(
    309,
    N_("No. Series Line"),
    (
        key_field("series", N_("Series Code"), (SERIES_NO, ("series",))),
        PackageField("line_no", LINE_NO),
        *(_field_of_line(name) for name in LINE_CAPTIONS),
    ),
    {"series": "", "line_no": ""} | blank_line(),
    _list_series_lines,
    read=_read_series_line,
    sample={"series": "A", "line_no": ""} | blank_line() | {"starting_date": "2000-01-01"},
    find=_find_series_line,
    create=lambda session, typed, change: _write_series_line(session, NEW_LINE, typed, change),
    change=lambda session, found, typed, change: _write_series_line(
        session, str(found.id), typed, change
    ),
)


def _code_card(row: ItemTrackingCode) -> TextCard:
    return {"code": row.code} | {name: written(value) for name, value in values_of(row).items()}


def _list_codes(session: Session) -> Iterator[TextCard]:
    in_order = select(ItemTrackingCode).order_by(ItemTrackingCode.code)
    return map(_code_card, session.scalars(in_order.execution_options(yield_per=ROWS_AT_ONCE)))


def _find_code(session: Session, typed: TextCard) -> Found | None:
    row = find_item_tracking_code(session, typed["code"])
    return Found(row.id, _code_card(row)) if row else None


def _values(typed: TextCard) -> Values:
    return {
        name: typed[name] if name in TEXT_FIELDS else typed[name] == YES
        for name in FIELDS
        if name in typed
    }


def _change_code(session: Session, found: Found, typed: TextCard, change: Change) -> None:
    """What a row does not say follows what it says, as on the card."""
    stored, edits = _values(found.card), _values(typed)
    said = {name: value for name, value in edits.items() if name not in TEXT_FIELDS}
    asked = AskedChange(stored, follow_edits(stored, edits) | said)
    find_item = find_item_with_warehouse_entries
    change_item_tracking_code(session, found.card["code"], asked, find_item, change)


ITEM_TRACKING_CODE = RecordTable(
    CODES_NO,
    N_("Item Tracking Code"),
    (
        key_field("code", N_("Code")),
        *(
            PackageField(
                name,
                caption_of(name),
                ColumnKind.TEXT if name in TEXT_FIELDS else ColumnKind.SWITCH,
            )
            for name in FIELDS
        ),
    ),
    {"code": ""} | {name: written(value) for name, value in blank_values().items()},
    _list_codes,
    read=lambda typed: follow_edits(blank_values(), {name: typed[name] for name in TEXT_FIELDS}),
    sample={"code": "A"} | {name: written(value) for name, value in blank_values().items()},
    find=_find_code,
    create=lambda session, typed, change: create_item_tracking_code(
        session, typed["code"], typed["description"], change
    ),
    change=_change_code,
    whole_when_new=False,
    fields_follow=True,
)
