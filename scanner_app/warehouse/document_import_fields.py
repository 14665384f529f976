"""The columns of a file of receipts and shipments: captions and what they specify.

A row says the header of its document and one line of it, or one set of numbers of that line
(docs/domain.md 6.8).

This module must never know a rule, only words.
"""

from dataclasses import replace

from sqlalchemy.orm import Session

from scanner_app.errors import N_
from scanner_app.warehouse.document_fields import QUANTITY, SOURCE_NO
from scanner_app.warehouse.journal_columns import columns_of
from scanner_app.warehouse.journal_fields import (
    ITEM_NO,
    REASON_CODE,
    TRACKING,
    UNIT,
    VARIANT,
    day_field,
    record_field,
)
from scanner_app.warehouse.journal_sheet import codes_of_lines
from scanner_app.warehouse.record_card import CardField, FieldKind, Fields, captions_of
from scanner_app.warehouse.source_document import ImportedSource
from scanner_app.workbooks.column import Column
from scanner_app.workbooks.instructions import Instructions

SOURCE_DOCUMENT = CardField(
    "source_document",
    N_("Source Document"),
    N_("Specifies what the goods come by or leave for, and so whether they come or leave."),
    FieldKind.CHOICE,
    20,
    choices=ImportedSource,
)
QUANTITY_OF_ROW = replace(
    QUANTITY,
    kind=FieldKind.OPTIONAL_QUANTITY,
    specifies=N_("Specifies how much of it is ordered; of a serial number, empty is 1."),
)
DATE = day_field(
    "date",
    N_("Date"),
    N_("Specifies the Expected Receipt Date of a receipt, the Shipment Date of a shipment."),
)
BIN = record_field(
    "bin",
    N_("Bin Code"),
    N_("Specifies the bin of the whole document; empty is that of the location."),
    20,
)
# Which document a row is of.
OF_SOURCE: Fields = (SOURCE_DOCUMENT, SOURCE_NO)
# What all rows of a document say of it alike, where they say it.
OF_HEADER: Fields = (DATE, BIN)
# What rows with numbers have in common when they are one line.
OF_LINE: Fields = (ITEM_NO, VARIANT, UNIT, REASON_CODE)
OF_ROW: Fields = (
    ITEM_NO,
    VARIANT,
    QUANTITY_OF_ROW,
    UNIT,
    DATE,
    BIN,
    REASON_CODE,
    *TRACKING,
)
FIELDS: Fields = (*OF_SOURCE, *OF_ROW)
REQUIRED = ("source_document", "source_no", "item_no", "quantity")
REQUIRED_CAPTIONS = tuple(captions_of(FIELDS)[name] for name in REQUIRED)


def columns_of_import(session: Session) -> tuple[Column, ...]:
    """The columns of a file, with the codes that its rows may name."""
    return columns_of(FIELDS, codes_of_lines(session), REQUIRED)


def instructions_of_import(title: str) -> Instructions:
    """How the workbook is filled in."""
    return Instructions(
        title=title,
        sentences=(
            N_("Fill in the sheet Lines: one row is one line of a receipt or shipment."),
            N_("Rows with the same Source Document and Source No. are one document."),
            N_("Several numbers of one line stand in rows that follow each other."),
            N_("Numbers and codes are text, so that no zero and no digit is lost."),
            N_("Send the file under Import: all of it is imported, or nothing."),
        ),
        facts={},
    )
