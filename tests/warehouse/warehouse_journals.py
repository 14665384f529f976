"""Warehouse journals that a test fills in, as a person does who opened them just now."""

from sqlalchemy import select

from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.manual_journal_lines import (
    add_manual_line,
    change_manual_line,
    delete_manual_line,
    find_manual_line,
    list_manual_lines,
)
from scanner_app.warehouse.manual_line_card import blank_manual_line_card, card_of_manual_line
from scanner_app.warehouse.manual_line_kind import LINE_KINDS
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.register_manual_lines import (
    RegisteredLines,
    check_manual_lines,
    register_manual_lines,
)
from scanner_app.warehouse.set_up_warehouse_journal_batch import (
    WarehouseJournal,
    card_of_warehouse_journal_batch,
    change_warehouse_journal_batch,
    create_warehouse_journal_batch,
    delete_warehouse_journal_batch,
    find_warehouse_journal_batch,
)
from scanner_app.warehouse.warehouse_journal import (
    WarehouseJournalBatch,
    WarehouseJournalTemplate,
)
from scanner_app.warehouse.warehouse_journal_fields import BATCH_FIELDS
from scanner_app.warehouse.warehouse_ledger import WarehouseEntry
from tests.builders import Warehouse
from tests.warehouse.masters import DAY
from tests.warehouse.place_cards import BY

BATCH = "FOUND"
PHYSICAL_INVENTORY = WarehouseJournalTemplate.PHYSICAL_INVENTORY
ITEM = WarehouseJournalTemplate.ITEM
RECLASSIFICATION = WarehouseJournalTemplate.RECLASSIFICATION


class Journal:
    """One warehouse journal of a location, and its batch FOUND."""

    def __init__(
        self, white: Warehouse, template: WarehouseJournalTemplate = PHYSICAL_INVENTORY
    ) -> None:
        self.white = white
        self.key = WarehouseJournal(white.location.id, template)
        self.kind = LINE_KINDS[template]

    def add_batch(self, name: str = BATCH, **fields: str) -> None:
        typed = blank_card(BATCH_FIELDS) | {"name": name} | fields
        self.white.write(
            lambda session: create_warehouse_journal_batch(session, self.key, typed, BY).id
        )

    def batch_card(self, name: str = BATCH) -> TextCard:
        with self.white.database.read() as session:
            found = find_warehouse_journal_batch(session, self.key, name)
            return card_of_warehouse_journal_batch(session, _there(found))

    def edit_batch(self, read: TextCard, name: str = BATCH, **fields: str) -> None:
        typed = read | fields
        self.white.write(
            lambda session: change_warehouse_journal_batch(session, self.key, name, read, typed, BY)
        )

    def remove_batch(self, name: str = BATCH) -> None:
        self.white.write(
            lambda session: delete_warehouse_journal_batch(session, self.key, name, BY)
        )

    def add_line(self, name: str = BATCH, **fields: str) -> int:
        bins = dict(zip(self.kind.bins, ("A", "B"), strict=False))
        usual = {"item_no": "GOODS", "quantity": "1", "whse_document_no": "D1"}
        typed = blank_manual_line_card(self.kind) | usual | bins | fields
        return self.white.write(
            lambda session: add_manual_line(session, self.key, name, typed, DAY)
        )

    def line_card(self, line_no: int) -> TextCard:
        with self.white.database.read() as session:
            batch = _there(find_warehouse_journal_batch(session, self.key, BATCH))
            line = find_manual_line(session, batch, line_no)
            assert line is not None
            return card_of_manual_line(session, self.kind, line)

    def edit_line(self, line_no: int, **fields: str) -> None:
        self.save_line(line_no, self.line_card(line_no), **fields)

    def save_line(self, line_no: int, read: TextCard, /, **fields: str) -> None:
        """Save what was typed on a card that was read before."""
        typed = read | fields
        self.white.write(
            lambda session: change_manual_line(session, self.key, BATCH, line_no, read, typed, DAY)
        )

    def remove_line(self, line_no: int) -> None:
        self.white.write(lambda session: delete_manual_line(session, self.key, BATCH, line_no))

    def line_nos(self, name: str = BATCH) -> list[int]:
        with self.white.database.read() as session:
            batch = _there(find_warehouse_journal_batch(session, self.key, name))
            return [row.line_no for row in list_manual_lines(session, batch, 0, 100)]

    def problems(self) -> dict[int, str]:
        """The refusal of each line that could not be registered."""
        with self.white.database.read() as session:
            batch = _there(find_warehouse_journal_batch(session, self.key, BATCH))
            found = check_manual_lines(session, batch)
            return {line_no: refusal.code for line_no, refusal in found.items()}

    def register(self, name: str = BATCH) -> RegisteredLines:
        return self.white.write(
            lambda session: register_manual_lines(session, self.key, name, self.white.by)
        )

    def entries(self, no: str) -> list[WarehouseEntry]:
        """The warehouse entries of one registration, in order."""
        entry = WarehouseEntry
        with self.white.database.read() as session:
            of_no = select(entry).where(entry.reference_no == no).order_by(entry.id)
            return list(session.scalars(of_no))


def _there(batch: WarehouseJournalBatch | None) -> WarehouseJournalBatch:
    assert batch is not None
    return batch
