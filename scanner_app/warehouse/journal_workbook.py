"""Journal Workbook: a journal that was taken to a spreadsheet, and what came back of it.

A workbook remembers, for each of its rows, what the file said when it was last in step with the
journal, and how it left the line. So a file that comes back is compared with what it said before:
what its editor changed is told from what others changed meanwhile, and a file that comes twice
changes nothing (docs/domain.md 12.4). An upload holds a file until it is published.

This module must never change a line.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Select,
    UniqueConstraint,
    delete,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.records import Base, Code, Id, Text100

KEY_LENGTH = 64


@dataclass(frozen=True)
class WorkbookOwner:
    """The batch that a workbook is of; one of the two is named."""

    item_journal_batch_id: int | None = None
    warehouse_journal_batch_id: int | None = None

    def values(self) -> dict[str, int | None]:
        """What a workbook of the batch says in its columns."""
        return asdict(self)


class JournalWorkbook(Base):
    """One download, or one set of rows that came from elsewhere.

    `key` stands in the file; for rows from elsewhere it is the digest of what they say.
    """

    __tablename__ = "journal_workbook"
    __table_args__ = (
        UniqueConstraint("item_journal_batch_id", "key"),
        UniqueConstraint("warehouse_journal_batch_id", "key"),
        CheckConstraint(
            "(item_journal_batch_id IS NULL) <> (warehouse_journal_batch_id IS NULL)",
            name="of_one_batch",
        ),
    )

    id: Mapped[Id]
    item_journal_batch_id: Mapped[int | None] = mapped_column(ForeignKey("item_journal_batch.id"))
    warehouse_journal_batch_id: Mapped[int | None] = mapped_column(
        ForeignKey("warehouse_journal_batch.id")
    )
    key: Mapped[str] = mapped_column(Code(KEY_LENGTH))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class JournalWorkbookRow(Base):
    """What a row of the file said last, and how it left its line; both as digests of cards.

    `line_id` outlives its line: a line that is gone never comes back under another row.
    `line_no` is the number that the file names; a row that was new when it was published has none.
    """

    __tablename__ = "journal_workbook_row"
    __table_args__ = (
        UniqueConstraint("workbook_id", "line_id"),
        UniqueConstraint("workbook_id", "line_no"),
    )

    id: Mapped[Id]
    workbook_id: Mapped[int] = mapped_column(ForeignKey("journal_workbook.id"))
    line_id: Mapped[int]
    line_no: Mapped[int | None]
    row_digest: Mapped[str] = mapped_column(Code(KEY_LENGTH))
    line_digest: Mapped[str] = mapped_column(Code(KEY_LENGTH))


class JournalUpload(Base):
    """A file that was sent back and is looked at before it is published."""

    __tablename__ = "journal_upload"

    id: Mapped[Id]
    workbook_id: Mapped[int] = mapped_column(ForeignKey("journal_workbook.id"), index=True)
    file_name: Mapped[Text100]
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class JournalUploadRow(Base):
    """One row as the file says it: the text of each cell, and what is wrong with cells."""

    __tablename__ = "journal_upload_row"
    __table_args__ = (UniqueConstraint("upload_id", "row_no"),)

    id: Mapped[Id]
    upload_id: Mapped[int] = mapped_column(ForeignKey("journal_upload.id"))
    row_no: Mapped[int]
    cells: Mapped[dict[str, str]] = mapped_column(JSON)
    faults: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


def forget_uploads(session: Session, upload_ids: Sequence[int]) -> None:
    """Let files go that are published, or whose place another one takes."""
    row = JournalUploadRow
    session.execute(delete(row).where(row.upload_id.in_(upload_ids)))
    session.execute(delete(JournalUpload).where(JournalUpload.id.in_(upload_ids)))


def workbooks_of(owner: WorkbookOwner) -> Select[JournalWorkbook]:
    """The workbooks of a batch."""
    return select(JournalWorkbook).filter_by(**owner.values())


def forget_workbooks(
    session: Session, owner: WorkbookOwner, before: datetime | None = None
) -> None:
    """Let go what a batch remembers of its workbooks: all of them, or those made before."""
    gone = workbooks_of(owner)
    if before is not None:
        gone = gone.where(JournalWorkbook.made_at < before)
    ids = [workbook.id for workbook in session.scalars(gone)]
    uploads = select(JournalUpload.id).where(JournalUpload.workbook_id.in_(ids))
    forget_uploads(session, session.scalars(uploads).all())
    said = JournalWorkbookRow
    session.execute(delete(said).where(said.workbook_id.in_(ids)))
    session.execute(delete(JournalWorkbook).where(JournalWorkbook.id.in_(ids)))
