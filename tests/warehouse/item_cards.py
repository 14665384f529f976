"""Cards of items that a test fills in, as a person does who opened them just now."""

import pytest
from sqlalchemy import select

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.access.sign_in import Change
from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_card import blank_card, card_of, find_item
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.set_up_item import change_item, create_item
from tests.builders import Warehouse
from tests.warehouse.masters import MOMENT


def change_by(white: Warehouse) -> Change:
    return Change(MOMENT, white.by.user_id)


def card(white: Warehouse, no: str) -> TextCard:
    with white.database.read() as session:
        item = find_item(session, no)
        assert item is not None
        return card_of(session, item)


def add(white: Warehouse, no: str, **fields: str) -> None:
    typed = blank_card() | {"no": no, "base_unit_of_measure": "PCS"} | fields
    white.write(lambda session: create_item(session, typed, change_by(white)).id)


def edit(white: Warehouse, no: str, **fields: str) -> None:
    read = card(white, no)
    white.write(lambda session: change_item(session, no, read, read | fields, change_by(white)))


def refused(white: Warehouse, no: str, name: str, **fields: str) -> str:
    """What is said against an edit; nothing may be written."""
    before = card(white, no)
    with pytest.raises(RuleRefused) as refusal:
        edit(white, no, **fields)
    assert refusal.value.code == name
    assert card(white, no) == before
    return str(refusal.value)


def add_code(white: Warehouse, code: str, **switches: object) -> None:
    white.write(lambda session: session.add(ItemTrackingCode(code=code, **switches)))


def add_lot_code(white: Warehouse, code: str, **switches: object) -> None:
    """A code for lots, such as masters make for an item."""
    lots = {"lot_specific_tracking": True, "lot_warehouse_tracking": True}
    add_code(white, code, **(lots | switches))


def add_series(white: Warehouse, code: str) -> None:
    white.write(lambda session: session.add(NumberSeries(code=code)))


def logged(white: Warehouse, no: str) -> dict[str, tuple[str, str]]:
    """What the change log has of an item: old and new by field."""
    with white.database.read() as session:
        entries = session.scalars(
            select(ChangeLogEntry)
            .where(ChangeLogEntry.table_name == "item", ChangeLogEntry.record_name == no)
            .order_by(ChangeLogEntry.id)
        )
        return {row.field_name: (row.old_value, row.new_value) for row in entries}
