"""What publishing a workbook would do, as a page shows it before it is done.

This module must never plan: `warehouse.publication_plan` does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scanner_app.errors import RuleRefused
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.journal_records import CAPTIONS
from scanner_app.warehouse.publication_plan import PlannedRow, PublicationPlan, RowAction
from scanner_app.web.cards import Said, said
from scanner_app.web.texts import gettext

ROWS_SHOWN_MAX = 50


@dataclass(frozen=True)
class ShownRow:
    """A row of the file: what it says, what that changes, and what stands against it."""

    row_no: int
    card: TextCard
    changes: Sequence[tuple[str, str, str]]
    faults: Sequence[Said]


@dataclass(frozen=True)
class ShownLine:
    """A line that would be deleted, and what stands against it."""

    line_no: int
    card: TextCard
    fault: Said | None


@dataclass(frozen=True)
class ShownPlan:
    """A plan as a page shows it: how many rows of each fate, and the first of them.

    `digest` tells it from the plan of another moment.
    """

    digest: str
    changes: int
    refused: int
    counts: dict[RowAction, int]
    rows: dict[RowAction, list[ShownRow]]
    deleted: int
    deletions: list[ShownLine]


def shown_plan(plan: PublicationPlan) -> ShownPlan:
    """Put a plan into the reader's words."""
    by_action = {action: plan.having(action) for action in RowAction}
    return ShownPlan(
        plan.digest,
        plan.changes,
        plan.refused,
        {action: len(rows) for action, rows in by_action.items()},
        {
            action: [_row(row) for row in rows[:ROWS_SHOWN_MAX]]
            for action, rows in by_action.items()
        },
        len(plan.deletions),
        [
            ShownLine(each.line.line_no, each.line.card, said(each.fault) if each.fault else None)
            for each in plan.deletions[:ROWS_SHOWN_MAX]
        ],
    )


def words_of(faults: Iterable[RuleRefused]) -> str:
    """Faults as one text for a cell."""
    return " ".join(f"{each.message} {each.way_out}".strip() for each in map(said, faults))


def _row(planned: PlannedRow) -> ShownRow:
    changes = [(gettext(CAPTIONS[name]), *pair) for name, pair in planned.changes.items()]
    faults = [said(fault) for fault in planned.faults]
    return ShownRow(planned.row.row_no, planned.row.card, changes, faults)
