"""Cards of number series that a test fills in, as a person does who opened them just now."""

import pytest
from sqlalchemy import select

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.errors import RuleRefused
from scanner_app.inventory.number_series_card import (
    NEW_LINE,
    blank_line,
    card_of,
    find_series,
    flat_line,
    flat_name,
    line_keys,
)
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.set_up_number_series import (
    TABLE,
    change_number_series,
    create_number_series,
)
from tests.builders import Warehouse
from tests.warehouse.item_cards import change_by


def create(white: Warehouse, code: str, description: str = "") -> None:
    white.write(
        lambda session: create_number_series(session, code, description, change_by(white)).id
    )


def series_card(white: Warehouse, code: str) -> TextCard:
    with white.database.read() as session:
        series = find_series(session, code)
        assert series is not None
        return card_of(session, series)


def new_line(starting_date: str, starting_no: str, **fields: str) -> TextCard:
    """The fields of a new line on a card."""
    line = blank_line() | {"starting_date": starting_date, "starting_no": starting_no} | fields
    return flat_line(NEW_LINE, line)


def of_line(white: Warehouse, code: str, position: int = 0, **fields: str) -> TextCard:
    """Fields of a line that is there, the first unless said otherwise."""
    key = line_keys(series_card(white, code))[position]
    return {flat_name(key, name): value for name, value in fields.items()}


def save(white: Warehouse, code: str, *changes: TextCard, read: TextCard | None = None) -> None:
    as_read = series_card(white, code) if read is None else read
    typed = dict(as_read)
    for change in changes:
        typed |= change
    white.write(
        lambda session: change_number_series(session, code, as_read, typed, change_by(white))
    )


def remove_line(white: Warehouse, code: str, position: int = 0) -> None:
    as_read = series_card(white, code)
    key = line_keys(as_read)[position]
    typed = {name: value for name, value in as_read.items() if not name.startswith(f"{key}.")}
    white.write(
        lambda session: change_number_series(session, code, as_read, typed, change_by(white))
    )


def refused(white: Warehouse, code: str, name: str, *changes: TextCard) -> str:
    """The field at fault of an edit that is refused; nothing may be written."""
    before = series_card(white, code)
    with pytest.raises(RuleRefused) as refusal:
        save(white, code, *changes)
    assert refusal.value.code == name, str(refusal.value)
    assert series_card(white, code) == before
    return str(refusal.value.parameters.get("at", "")).partition(".")[2]


def logged(white: Warehouse, code: str) -> dict[str, tuple[str, str]]:
    """What the change log has of a series: old and new by field, the latest winning."""
    with white.database.read() as session:
        entries = session.scalars(
            select(ChangeLogEntry)
            .where(ChangeLogEntry.table_name == TABLE, ChangeLogEntry.record_name == code)
            .order_by(ChangeLogEntry.id)
        )
        return {row.field_name: (row.old_value, row.new_value) for row in entries}
