"""Item journals that a test fills in, as a person does who opened them just now."""

import pytest
from sqlalchemy import select

from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalTemplate
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse import post_item_journal_batch as posting
from scanner_app.warehouse import post_item_journal_parts as parts
from scanner_app.warehouse.item_journal_fields import BATCH_FIELDS, batch_fields
from scanner_app.warehouse.item_journal_line_card import blank_line_card, card_of_line
from scanner_app.warehouse.item_journal_lines import (
    add_item_journal_line,
    change_item_journal_line,
    delete_item_journal_line,
    find_item_journal_line,
)
from scanner_app.warehouse.item_journal_list import list_item_journal_lines
from scanner_app.warehouse.post_item_journal_batch import (
    check_item_journal_batch,
    post_item_journal_batch,
)
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.set_up_item_journal_batch import (
    card_of_batch,
    change_item_journal_batch,
    create_item_journal_batch,
    find_item_journal_batch,
)
from scanner_app.web import item_journals
from tests.builders import Warehouse
from tests.warehouse.masters import DAY
from tests.warehouse.place_cards import BY

BATCH = "BALANCES"
TRACKED = {"item_tracking_on_lines": "Yes"}


def add_batch(white: Warehouse, name: str = BATCH, **fields: str) -> None:
    typed = blank_card(BATCH_FIELDS) | {"name": name} | TRACKED | fields
    white.write(lambda session: create_item_journal_batch(session, typed, BY).id)


def add_reclassification(white: Warehouse, name: str = BATCH, **fields: str) -> None:
    """A batch of the item reclassification journal."""
    template = ItemJournalTemplate.TRANSFER
    typed = blank_card(batch_fields(template)) | {"name": name} | fields
    white.write(lambda session: create_item_journal_batch(session, typed, BY, template).id)


def batch_card(white: Warehouse, name: str = BATCH) -> TextCard:
    with white.database.read() as session:
        return card_of_batch(session, _batch_of(find_item_journal_batch(session, name)))


def edit_batch(white: Warehouse, name: str = BATCH, **fields: str) -> None:
    read = batch_card(white, name)
    white.write(lambda session: change_item_journal_batch(session, name, read, read | fields, BY))


def add_line(white: Warehouse, name: str = BATCH, **fields: str) -> int:
    usual = {"item_no": "GOODS", "location": "SILVER", "bin": "S-1", "quantity": "1"}
    typed = blank_line_card() | usual | {"document_no": "D1"} | fields
    return white.write(lambda session: add_item_journal_line(session, name, typed, DAY))


def line_card(white: Warehouse, line_no: int, name: str = BATCH) -> TextCard:
    with white.database.read() as session:
        batch = _batch_of(find_item_journal_batch(session, name))
        line = find_item_journal_line(session, batch, line_no)
        assert line is not None
        return card_of_line(session, line)


def edit_line(white: Warehouse, line_no: int, name: str = BATCH, **fields: str) -> None:
    read = line_card(white, line_no, name)
    white.write(
        lambda session: change_item_journal_line(session, name, line_no, read, read | fields, DAY)
    )


def remove_line(white: Warehouse, line_no: int, name: str = BATCH) -> None:
    white.write(lambda session: delete_item_journal_line(session, name, line_no))


def line_nos(white: Warehouse, name: str = BATCH) -> list[int]:
    with white.database.read() as session:
        batch = _batch_of(find_item_journal_batch(session, name))
        return [row.line_no for row in list_item_journal_lines(session, batch, 0, 100)]


def problems(white: Warehouse, name: str = BATCH) -> dict[int, str]:
    """The refusal of each line that could not be posted."""
    with white.database.read() as session:
        batch = _batch_of(find_item_journal_batch(session, name))
        found = check_item_journal_batch(session, batch)
        return {line_no: refusal.code for line_no, refusal in found.items()}


def post_batch(white: Warehouse, name: str = BATCH) -> None:
    white.write(lambda session: post_item_journal_batch(session, name, white.by).item_register.no)


def posted(white: Warehouse, document_no: str = "D1") -> list[ItemLedgerEntry]:
    entry = ItemLedgerEntry
    of_document = select(entry).where(entry.document_no == document_no).order_by(entry.id)
    with white.database.read() as session:
        return list(session.scalars(of_document))


def _batch_of(batch: ItemJournalBatch | None) -> ItemJournalBatch:
    assert batch is not None
    return batch


def parts_of(monkeypatch: pytest.MonkeyPatch, lines: int) -> None:
    """Let a part have so few lines that a test can post several."""
    monkeypatch.setattr(posting, "LINES_MAX", lines)
    monkeypatch.setattr(parts, "PART_LINES", lines)
    monkeypatch.setattr(item_journals, "PART_LINES", lines)
