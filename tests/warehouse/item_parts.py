"""Units, variants and references that a test types, as a supervisor does."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.errors import RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.item_part import PartOfItem, add_part, change_part, remove_part
from scanner_app.warehouse.set_up_item_reference import REFERENCES
from tests.builders import Warehouse
from tests.warehouse.item_cards import change_by

USUAL = {REFERENCES.name_field: {"reference_type": "Bar Code", "unit": "PCS"}}


@dataclass(frozen=True)
class Parts:
    """The rows of one kind of one item."""

    white: Warehouse
    kind: PartOfItem
    no: str

    def add(self, **fields: str) -> None:
        typed = dict.fromkeys(self.kind.captions, "") | USUAL.get(self.kind.name_field, {})
        self.white.write(
            lambda session: add_part(
                session, self.kind, self.no, typed | fields, change_by(self.white)
            )
        )

    def edit(self, name: str, **fields: str) -> None:
        row_id, read = self.cards()[name]
        self.save(row_id, read, read | fields)

    def save(self, row_id: int, read: TextCard, typed: TextCard) -> None:
        by = change_by(self.white)
        self.white.write(
            lambda session: change_part(session, self.kind, self.no, row_id, read, typed, by)
        )

    def remove(self, name: str) -> None:
        self.remove_row(*self.cards()[name])

    def remove_row(self, row_id: int, read: TextCard) -> None:
        by = change_by(self.white)
        self.white.write(lambda session: remove_part(session, self.kind, self.no, row_id, read, by))

    def cards(self) -> dict[str, tuple[int, TextCard]]:
        """The rows by their names: each with its id and what it says."""
        row = self.kind.model
        with self.white.database.read() as session:
            rows = session.scalars(
                select(row).join(Item, Item.id == row.item_id).where(Item.no == self.no)
            )
            found = [(row.id, self.kind.card_of(session, row)) for row in rows]
        return {card[self.kind.name_field]: (row_id, card) for row_id, card in found}

    def logged(self) -> list[tuple[str, str, str]]:
        """What the change log has of the rows: field, old and new."""
        entry = ChangeLogEntry
        table = self.kind.model.__tablename__
        with self.white.database.read() as session:
            entries = session.scalars(
                select(entry)
                .where(entry.table_name == table, entry.record_name == self.no)
                .order_by(entry.id)
            )
            return [(row.field_name, row.old_value, row.new_value) for row in entries]

    def refuses_to_add(self, refusal: type[RuleRefused], **fields: str) -> str:
        before = self.cards(), self.logged()
        with pytest.raises(refusal) as refused:
            self.add(**fields)
        assert (self.cards(), self.logged()) == before
        return str(refused.value)

    def refuses_to_edit(self, refusal: type[RuleRefused], name: str, **fields: str) -> str:
        before = self.cards(), self.logged()
        with pytest.raises(refusal) as refused:
            self.edit(name, **fields)
        assert (self.cards(), self.logged()) == before
        return str(refused.value)

    def refuses_to_remove(self, refusal: type[RuleRefused], name: str) -> str:
        before = self.cards(), self.logged()
        with pytest.raises(refusal) as refused:
            self.remove(name)
        assert (self.cards(), self.logged()) == before
        return str(refused.value)
