"""What publishing a workbook would do, as a page shows it before it is done.

This module must never plan: `warehouse.publication_plan` does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scanner_app.errors import RuleRefused
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.publication_plan import PlannedRow, PublicationPlan, RowAction
from scanner_app.warehouse.record_card import Fields, captions_of
from scanner_app.web.cards import Said, said
from scanner_app.web.texts import gettext

ROWS_SHOWN_MAX = 50


@dataclass(frozen=True)
class ShownCard:
    """What a line says, in short; what its journal does not ask for is ''."""

    item: str
    entry_type: str
    location: str
    bin: str
    new_location: str
    new_bin: str
    quantity: str
    numbers: str
    new_numbers: str


@dataclass(frozen=True)
class RefusedRow:
    """A row of a file that cannot be taken, and what stands against it."""

    row_no: int
    faults: Sequence[Said]


@dataclass(frozen=True)
class ShownRow:
    """A row of the file: what it says, what that changes, and what stands against it."""

    row_no: int
    says: ShownCard
    changes: Sequence[tuple[str, str, str]]
    faults: Sequence[Said]


@dataclass(frozen=True)
class ShownLine:
    """A line that would be deleted, and what stands against it."""

    line_no: int
    says: ShownCard
    fault: Said | None


@dataclass(frozen=True)
class ShownPlan:
    """A plan as a page shows it: how many rows of each fate, and the first of them.

    Attributes:
        digest: what tells it from the plan of another moment.
        has_places: whether each line names its location; else the batch does.
    """

    digest: str
    has_places: bool
    changes: int
    refused: int
    counts: dict[RowAction, int]
    rows: dict[RowAction, list[ShownRow]]
    deleted: int
    deletions: list[ShownLine]


def shown_plan(plan: PublicationPlan, fields: Fields) -> ShownPlan:
    """Put a plan into the reader's words; `fields` are those of the lines."""
    captions = captions_of(fields)
    by_action = {action: plan.having(action) for action in RowAction}
    return ShownPlan(
        plan.digest,
        "location" in captions,
        plan.changes,
        plan.refused,
        {action: len(rows) for action, rows in by_action.items()},
        {
            action: [_row(row, captions) for row in rows[:ROWS_SHOWN_MAX]]
            for action, rows in by_action.items()
        },
        len(plan.deletions),
        [
            ShownLine(
                each.line.line_no, _card(each.line.card), said(each.fault) if each.fault else None
            )
            for each in plan.deletions[:ROWS_SHOWN_MAX]
        ],
    )


def words_of(faults: Iterable[RuleRefused]) -> str:
    """Faults as one text for a cell."""
    return " ".join(f"{each.message} {each.way_out}".strip() for each in map(said, faults))


def _row(planned: PlannedRow, captions: Mapping[str, str]) -> ShownRow:
    changes = [(gettext(captions[name]), *pair) for name, pair in planned.changes.items()]
    faults = [said(fault) for fault in planned.faults]
    return ShownRow(planned.row.row_no, _card(planned.row.card), changes, faults)


def _card(card: TextCard) -> ShownCard:
    """What a card says; goods that move leave one bin for another."""
    bin_ = card.get("from_bin", "") or card.get("bin", "")
    new_bin = card.get("to_bin", "") or card.get("new_bin", "")
    return ShownCard(
        _joined(card, "item_no", "variant"),
        card.get("entry_type", ""),
        card.get("location", ""),
        bin_,
        card.get("new_location", ""),
        new_bin,
        _joined(card, "quantity", "unit"),
        _joined(card, "serial_no", "lot_no", "package_no"),
        _joined(card, "new_serial_no", "new_lot_no", "new_package_no"),
    )


def _joined(card: TextCard, *names: str) -> str:
    return " ".join(filter(None, (card.get(name) for name in names)))
