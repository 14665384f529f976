"""What importing a file would make: documents with their lines and numbers, or why it cannot be.

Rows are tested as lightly as what is typed, and the records that they name are looked up at once.
Every fault is kept with its row, so that all of them are mended together (docs/domain.md 6.8).

This module must never write: `import_documents` does.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import TextCard
from scanner_app.quantities import ZERO
from scanner_app.warehouse.document_bins import DocumentBins, find_document_bins
from scanner_app.warehouse.document_import_fields import OF_HEADER
from scanner_app.warehouse.document_import_numbers import DraftedLine, name_numbers
from scanner_app.warehouse.document_import_refusals import (
    HeaderDiffers,
    SourceOpenAlready,
    SourcePostedAlready,
)
from scanner_app.warehouse.document_import_rows import ImportRow, SourceOfRow, read_import_row
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, Document, DocumentKind, Line
from scanner_app.warehouse.document_line_card import write_line
from scanner_app.warehouse.journal_records import NamedRecords, find_named_records
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.warehouse_documents import new_document
from scanner_app.workbooks.read import ReadRow

RowsOfSource = Mapping[SourceOfRow, Sequence[ImportRow]]


@dataclass(frozen=True)
class PlannedDocument:
    """A document that would be made, with its lines; None where its header is refused."""

    kind: DocumentKind
    header: Document
    lines: Sequence[DraftedLine]


@dataclass(frozen=True)
class ImportPlan:
    """What a file would become; with any fault, by the number of its row, it becomes nothing."""

    documents: Sequence[PlannedDocument]
    faults: Mapping[int, Sequence[RuleRefused]]


def plan_import(
    session: Session, location: Location, rows: Sequence[ReadRow], by: By, *, again: bool = False
) -> ImportPlan:
    """What the rows of a file would become at a location; `again` also where it was posted."""
    read = [read_import_row(row) for row in rows]
    cards = [row.card for row in read if row.is_readable]
    records = find_named_records(session, cards)
    bins = find_document_bins(session, location, [card["bin"] for card in cards])
    by_source = _by_source(read)
    _refuse_known_sources(session, location, by_source, again=again)
    documents = [
        PlannedDocument(
            source.kind,
            _header(location, source, rows_of_source, bins, by),
            list(_lines(session, location, source.kind, rows_of_source, records)),
        )
        for source, rows_of_source in by_source.items()
    ]
    name_numbers(session, location.id, [line for each in documents for line in each.lines])
    return ImportPlan(documents, {row.row_no: row.faults for row in read if row.faults})


def _by_source(rows: Iterable[ImportRow]) -> RowsOfSource:
    """The rows of each document, in the order in which the file names the first of each."""
    by_source = defaultdict(list)
    for row in rows:
        if row.source:
            by_source[row.source].append(row)
    return by_source


def _refuse_known_sources(
    session: Session, location: Location, by_source: RowsOfSource, *, again: bool
) -> None:
    """Refuse what is or was a document already, once for each: the same file comes in once."""
    for kind in (RECEIPTS, SHIPMENTS):
        sources = {source for source in by_source if source.kind is kind}
        open_nos = _first_nos(session, location, kind.header, sources)
        _refuse_sources(SourceOpenAlready, open_nos, by_source)
        if not again:
            # What is open is delivered in parts: what was posted of it says nothing more.
            posted_nos = _first_nos(session, location, kind.posted, sources - open_nos.keys())
            _refuse_sources(SourcePostedAlready, posted_nos, by_source)


def _first_nos(
    session: Session, location: Location, table: Document, sources: Collection[SourceOfRow]
) -> dict[SourceOfRow, str]:
    """The first document of each source that has one."""
    source_nos = sorted({source.source_no for source in sources})
    found = session.execute(
        select(table.source_document, table.source_no, func.min(table.no))
        .where(table.location_id == location.id, table.source_no.in_(source_nos))
        .group_by(table.source_document, table.source_no)
    )
    nos = {SourceOfRow(document.value, source_no): no for document, source_no, no in found}
    return {source: nos[source] for source in nos.keys() & set(sources)}


def _refuse_sources(
    refusal: type[SourceOpenAlready | SourcePostedAlready],
    nos: Mapping[SourceOfRow, str],
    by_source: RowsOfSource,
) -> None:
    for source, no in nos.items():
        fault = refusal(source=source.source_document, source_no=source.source_no, no=no)
        by_source[source][0].faults.append(fault)


def _header(
    location: Location,
    source: SourceOfRow,
    rows: Sequence[ImportRow],
    bins: DocumentBins,
    by: By,
) -> Document:
    """The header that the rows of a document say, None where it is refused."""
    said = _said_of_header(source, rows)
    typed = {
        "source_document": source.source_document,
        "source_no": source.source_no,
        "bin": said["bin"],
        source.kind.day_field: said["date"],
    }
    try:
        return new_document(source.kind, location, typed, bins, by)
    except RuleRefused as fault:
        rows[0].faults.append(fault)
        return None


def _said_of_header(source: SourceOfRow, rows: Sequence[ImportRow]) -> TextCard:
    """Date and bin of a document; a row that says others than a row before it is at fault."""
    said = {field.name: "" for field in OF_HEADER}
    for field in OF_HEADER:
        telling = [row for row in rows if row.is_readable and row.card[field.name]]
        for row in telling:
            first, given = telling[0], row.card[field.name]
            said[field.name] = first.card[field.name]
            if given != said[field.name]:
                row.faults.append(
                    HeaderDiffers(
                        field=field.caption,
                        given=given,
                        first=said[field.name],
                        row_no=first.row_no,
                        source_no=source.source_no,
                    )
                )
    return said


def _lines(
    session: Session,
    location: Location,
    kind: DocumentKind,
    rows: Sequence[ImportRow],
    records: NamedRecords,
) -> Iterator[DraftedLine]:
    """The lines of a document: rows with numbers that follow each other are one."""

    def write(row: ImportRow, quantity: Decimal | None = None) -> Line:
        line = kind.line()
        try:
            card = row.line_card(kind, quantity)
            write_line(session, kind, location, line, card, records)
        except RuleRefused as fault:
            row.faults.append(fault)
            return None
        return line

    for _, following in groupby(rows, key=lambda row: row.line_key):
        sound = []
        for row in following:
            row.line = write(row) if row.is_readable else None
            if row.line:
                sound.append(row)
        if len(sound) == 1:
            yield DraftedLine(kind, sound[0].line, sound)
        elif sound:
            quantity = sum((row.line.quantity for row in sound), ZERO)
            if line := write(sound[0], quantity):
                yield DraftedLine(kind, line, sound)
