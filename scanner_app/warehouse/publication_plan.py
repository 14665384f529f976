"""Publication plan: what publishing a workbook would do to each line of its journal.

The file is compared with what it said when it was last in step, not with the journal alone. So
what its editor changed is told from what others changed, a row that was published already is
known again, and a line that others added is left alone (docs/domain.md 12.4).

This module must never ask the database, nor change anything.
"""

import enum
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scanner_app.errors import RuleRefused
from scanner_app.inventory.text_card import Changes, TextCard, changed_fields
from scanner_app.warehouse.journal_line_card import DraftLine, StoredLine
from scanner_app.warehouse.publication_refusals import LineChangedMeanwhile, RowOfGoneLine


class RowAction(enum.StrEnum):
    """What becomes of a row."""

    NEW = "New"
    CHANGED = "Changed"
    UNCHANGED = "Unchanged"
    GONE = "Gone"
    REFUSED = "Refused"


@dataclass(frozen=True)
class SheetRow:
    """A row as the file says it.

    Attributes:
        row_no: its number in the sheet.
        line_no: the line that it names, None for a new row.
        card: what the line would say; empty fields are those that nobody filled in.
        faults: why it cannot be a line.
        draft: the line that it would be, where it can be one.
    """

    row_no: int
    line_no: int | None
    card: TextCard
    faults: tuple[RuleRefused, ...] = ()
    draft: DraftLine | None = None


@dataclass(frozen=True)
class LastSaid:
    """What a row said when the workbook was last in step, and how it left its line.

    `line_no` is the number that the file names, None where it names none.
    """

    line_id: int
    line_no: int | None
    row_digest: str
    line_digest: str


@dataclass(frozen=True)
class PlannedRow:
    """What publishing does with a row; `changes` are old and new value of each field."""

    row: SheetRow
    action: RowAction
    before: LastSaid | None
    changes: Changes
    faults: tuple[RuleRefused, ...]


@dataclass(frozen=True)
class PlannedDeletion:
    """A line that the file does not hold any more; `fault` stands against deleting it."""

    line: StoredLine
    fault: RuleRefused | None


@dataclass(frozen=True)
class PublicationPlan:
    """What publishing does, in the order of the file."""

    rows: Sequence[PlannedRow]
    deletions: Sequence[PlannedDeletion]

    def having(self, action: RowAction) -> list[PlannedRow]:
        """The rows that meet the same fate."""
        return [planned for planned in self.rows if planned.action is action]

    @property
    def refused(self) -> int:
        """How many rows and deletions stand against publishing."""
        kept = sum(1 for deletion in self.deletions if deletion.fault)
        return len(self.having(RowAction.REFUSED)) + kept

    @property
    def changes(self) -> int:
        """How many lines would be added, changed or deleted."""
        written = len(self.having(RowAction.NEW)) + len(self.having(RowAction.CHANGED))
        return written + len(self.deletions)

    @property
    def digest(self) -> str:
        """What tells this plan from the one that another moment would give."""
        rows = [
            [planned.row.row_no, planned.action, planned.row.line_no, planned.changes]
            for planned in self.rows
        ]
        deleted = [deletion.line.id for deletion in self.deletions]
        return digest_of([rows, deleted])


def card_digest(card: TextCard) -> str:
    """What tells one card from another: SHA-256 in upper-case hexadecimal."""
    return digest_of(sorted(card.items()))


def in_step(line: StoredLine, line_no: int | None, row: TextCard) -> LastSaid:
    """What is remembered of a row that says what its line says, but for what was filled in."""
    return LastSaid(line.id, line_no, card_digest(row), card_digest(line.card))


def plan_publication(
    rows: Iterable[SheetRow], lines: Mapping[int, StoredLine], last: Iterable[LastSaid]
) -> PublicationPlan:
    """Compare the rows of a file with what it said last and with the lines of the journal now.

    A line of the workbook that no row claims is deleted; lines of others are not its business.
    """
    unclaimed = _Unclaimed(last)
    planned = [_plan_row(row, unclaimed.claim(row), lines) for row in rows]
    deletions = [
        _plan_deletion(lines[before.line_id], before)
        for before in unclaimed.rest()
        if before.line_id in lines
    ]
    return PublicationPlan(planned, deletions)


class _Unclaimed:
    """What the workbook said last, less what rows have claimed.

    A row is known by the line it names, or, where the file names none, by all that it says. A
    row that was copied names the line of its original: the second one is a new row.
    """

    def __init__(self, last: Iterable[LastSaid]) -> None:
        self._by_id = {before.line_id: before for before in last}
        self._named: dict[int, LastSaid] = {}
        self._unnamed: defaultdict[str, list[LastSaid]] = defaultdict(list)
        for before in reversed(self._by_id.values()):
            if before.line_no is None:
                self._unnamed[before.row_digest].append(before)
            else:
                self._named[before.line_no] = before

    def claim(self, row: SheetRow) -> LastSaid | None:
        """What the row said last; None for a row that is new."""
        before = self._named.pop(row.line_no, None) if row.line_no is not None else None
        # Rows that come for the first time are known by nothing, and need no digest.
        if before is None and self._unnamed and (same := self._unnamed[card_digest(row.card)]):
            before = same.pop()
        return self._by_id.pop(before.line_id) if before else None

    def rest(self) -> list[LastSaid]:
        """What no row has claimed, in the order of the file."""
        return list(self._by_id.values())


def _plan_row(
    row: SheetRow, before: LastSaid | None, lines: Mapping[int, StoredLine]
) -> PlannedRow:
    if row.faults:
        return PlannedRow(row, RowAction.REFUSED, before, {}, row.faults)
    if before is None:
        return PlannedRow(row, RowAction.NEW, None, {}, ())
    line = lines.get(before.line_id)
    if card_digest(row.card) == before.row_digest:
        action = RowAction.UNCHANGED if line else RowAction.GONE
        return PlannedRow(row, action, before, {}, ())
    return _plan_edited_row(row, before, line)


def _plan_edited_row(row: SheetRow, before: LastSaid, line: StoredLine | None) -> PlannedRow:
    if line is None:
        return _refuse(row, before, RowOfGoneLine(row_no=row.row_no))
    changes = changed_fields(line.card, row.card)
    if changes and card_digest(line.card) != before.line_digest:
        return _refuse(row, before, LineChangedMeanwhile(line_no=line.line_no))
    action = RowAction.CHANGED if changes else RowAction.UNCHANGED
    return PlannedRow(row, action, before, changes, ())


def _refuse(row: SheetRow, before: LastSaid, fault: RuleRefused) -> PlannedRow:
    return PlannedRow(row, RowAction.REFUSED, before, {}, (fault,))


def _plan_deletion(line: StoredLine, before: LastSaid) -> PlannedDeletion:
    changed = card_digest(line.card) != before.line_digest
    fault = LineChangedMeanwhile(line_no=line.line_no) if changed else None
    return PlannedDeletion(line, fault)


def digest_of(value: object) -> str:
    """SHA-256 of a value that JSON can say, in upper-case hexadecimal."""
    return hashlib.sha256(json.dumps(value).encode()).hexdigest().upper()
