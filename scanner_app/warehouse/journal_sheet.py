"""What the workbook of a journal holds: its columns, its lists and its instructions.

This module must never read or write a file, nor change a line.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import N_
from scanner_app.inventory.item import UnitOfMeasure
from scanner_app.inventory.location import Location
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.warehouse.edited_journal import EditedJournal
from scanner_app.warehouse.journal_columns import LINE_NO, columns_of
from scanner_app.warehouse.post_item_journal_batch import LINES_MAX
from scanner_app.workbooks.column import Column
from scanner_app.workbooks.instructions import Instructions

# Under these captions the sheet of instructions says where the workbook comes from.
WORKBOOK, BATCH = "Workbook", "Batch"
ROWS_MAX = LINES_MAX


def columns_of_journal(journal: EditedJournal) -> tuple[Column, ...]:
    """The columns of a journal, the number of the line first, with the codes that may be named."""
    session = journal.session
    locations = select(Location.code).where(~Location.directed_put_away_and_pick)
    codes = tuple(session.scalars(locations.order_by(Location.code)))
    choices = {"location": codes, "new_location": codes} | codes_of_lines(session)
    return (LINE_NO, *columns_of(journal.fields, choices, journal.required))


def codes_of_lines(session: Session) -> dict[str, tuple[str, ...]]:
    """The units and reasons that lines may name, by the name of the field."""
    return {
        "unit": tuple(session.scalars(select(UnitOfMeasure.code).order_by(UnitOfMeasure.code))),
        "reason_code": tuple(session.scalars(select(ReasonCode.code).order_by(ReasonCode.code))),
    }


def instructions(title: str, journal: EditedJournal, key: str) -> Instructions:
    """How the workbook is filled in, and which one it is; `title` is what its journal is called."""
    return Instructions(
        title=f"{title} {journal.name}",
        sentences=(
            N_("Fill in the sheet Lines: one row is one line of the journal."),
            N_("Leave Line No. as it is; a new row has none."),
            N_("A row that is deleted deletes its line. Lines that others added stay."),
            N_("Numbers and codes are text, so that no zero and no digit is lost."),
            N_("Send the file back under Edit in Excel: it shows what changes, then Publish."),
            N_("The same file may be sent again: what is published already stays as it is."),
        ),
        facts={BATCH: journal.name, WORKBOOK: key},
    )
