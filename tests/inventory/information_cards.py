"""Information cards that a test fills in, as a person does who opened them just now."""

import pytest
from sqlalchemy import select

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.access.sign_in import Change
from scanner_app.errors import RuleRefused
from scanner_app.inventory.information_card import (
    blank_card,
    card_of,
    find_card,
    name_of,
    table_name_of,
)
from scanner_app.inventory.information_setup import (
    change_information,
    create_information,
    delete_information,
)
from scanner_app.inventory.item_card import find_item
from scanner_app.inventory.text_card import TextCard
from scanner_app.inventory.tracking_information import CARD_TABLES, NumberKind
from tests.builders import Warehouse
from tests.warehouse.masters import MOMENT


def change_by(white: Warehouse) -> Change:
    return Change(MOMENT, white.by.user_id)


def add(white: Warehouse, kind: NumberKind, item_no: str, number: str, **fields: str) -> int:
    """Make a card; returns its id."""
    typed = blank_card(kind) | {"item_no": item_no, "number": number} | fields
    return white.write(
        lambda session: create_information(session, kind, typed, change_by(white)).id
    )


def card(white: Warehouse, kind: NumberKind, card_id: int) -> TextCard:
    with white.database.read() as session:
        found = find_card(session, kind, card_id)
        assert found is not None
        return card_of(session, kind, found)


def edit(white: Warehouse, kind: NumberKind, card_id: int, **fields: str) -> None:
    """Change fields of a card that was opened just now."""
    read = card(white, kind, card_id)
    save(white, kind, card_id, read, **fields)


def save(white: Warehouse, kind: NumberKind, card_id: int, read: TextCard, **fields: str) -> None:
    """Change fields of a card that was opened when it said what was read."""
    typed = read | fields
    white.write(
        lambda session: change_information(session, kind, card_id, read, typed, change_by(white))
    )


def block(white: Warehouse, kind: NumberKind, item_no: str, number: str) -> int:
    """Block a number on its card, which is made where there is none."""
    with white.database.read() as session:
        item = find_item(session, item_no)
        assert item is not None
        table, field = CARD_TABLES[kind]
        of_number = select(table.id).where(
            table.item_id == item.id, getattr(table, field) == number
        )
        card_id: int | None = session.scalar(of_number)
    if card_id is None:
        return add(white, kind, item_no, number, blocked="Yes")
    edit(white, kind, card_id, blocked="Yes")
    return card_id


def remove(white: Warehouse, kind: NumberKind, card_id: int) -> None:
    white.write(lambda session: delete_information(session, kind, card_id, change_by(white)))


def refused(white: Warehouse, kind: NumberKind, name: str, **fields: str) -> str:
    """What is said against a new card of item LOT and number N1 with these fields."""
    with pytest.raises(RuleRefused) as refusal:
        add(white, kind, **({"item_no": "LOT", "number": "N1"} | fields))
    assert refusal.value.code == name
    return str(refusal.value)


def logged(white: Warehouse, kind: NumberKind, said: TextCard) -> list[tuple[str, str, str]]:
    """What the change log has of a card: field, old and new."""
    entry = ChangeLogEntry
    with white.database.read() as session:
        entries = session.scalars(
            select(entry)
            .where(entry.table_name == table_name_of(kind), entry.record_name == name_of(said))
            .order_by(entry.id)
        )
        return [(row.field_name, row.old_value, row.new_value) for row in entries]
