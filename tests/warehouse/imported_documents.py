"""Rows of a file of receipts and shipments, as a test imports them at WHITE."""

from typing import Any

from sqlalchemy import select

from scanner_app.warehouse.document_import_plan import plan_import
from scanner_app.warehouse.document_kind import DocumentKind
from scanner_app.warehouse.document_line_card import card_of_line
from scanner_app.warehouse.import_documents import Imported, import_documents
from scanner_app.workbooks.read import ReadRow
from tests.builders import Warehouse

ORDERED = {
    "source_document": "Purchase Order",
    "source_no": "PO-1",
    "item_no": "GOODS",
    "quantity": "5",
}
SOLD = ORDERED | {"source_document": "Sales Order", "source_no": "SO-1"}
SERIAL = ORDERED | {"quantity": ""}


def as_read(*rows: dict[str, str]) -> list[ReadRow]:
    """Rows as a file holds them, the first below the captions."""
    return [ReadRow(row_no, values, ()) for row_no, values in enumerate(rows, start=2)]


def bring(
    white: Warehouse, *rows: dict[str, str], at: str = "WHITE", again: bool = False
) -> Imported:
    return white.write(
        lambda session: import_documents(session, at, as_read(*rows), white.by, again=again)
    )


def faults_of(white: Warehouse, *rows: dict[str, str]) -> dict[int, list[str]]:
    """The refusals of each row by their names."""
    with white.database.read() as session:
        plan = plan_import(session, white.location, as_read(*rows), white.by)
        return {row_no: [each.code for each in faults] for row_no, faults in plan.faults.items()}


def said_of(white: Warehouse, row_no: int, *rows: dict[str, str]) -> str:
    """What the only refusal of a row says."""
    with white.database.read() as session:
        [fault] = plan_import(session, white.location, as_read(*rows), white.by).faults[row_no]
        return str(fault)


def documents(white: Warehouse, kind: DocumentKind) -> dict[str, Any]:
    """The open documents by the numbers of their sources."""
    with white.database.read() as session:
        rows = session.scalars(select(kind.header).order_by(kind.header.no))
        return {row.source_no: row for row in rows}


def lines(white: Warehouse, kind: DocumentKind, source_no: str) -> list[tuple[int, str, str, str]]:
    """Number, item, quantity and unit of each line of a document."""
    with white.database.read() as session:
        rows = kind.lines_of(session, documents(white, kind)[source_no])
        cards = [card_of_line(session, kind, row) for row in rows]
        return [
            (row.line_no, card["item_no"], card["quantity"], card["unit"])
            for row, card in zip(rows, cards, strict=True)
        ]
