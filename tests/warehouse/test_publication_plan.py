"""A workbook and its journal, edited by two people in any order: nothing is lost or doubled.

Each step is one of: the editor of the file edits, adds or deletes a row; somebody else edits,
adds or deletes a line; the file is published; everything is posted. What publishing leaves is
compared with what each of the two wanted.
"""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.journal_line_card import StoredLine
from scanner_app.warehouse.publication_plan import (
    LastSaid,
    PublicationPlan,
    RowAction,
    SheetRow,
    card_digest,
    in_step,
    plan_publication,
)

VALUES = st.sampled_from(["1", "2", "3"])
PLACES = st.integers(0, 5)


def card(value: str) -> TextCard:
    return {"quantity": value}


class Desk(RuleBasedStateMachine):
    """One workbook, one journal: `rows` is the file, `lines` the journal, `said` what is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[int, StoredLine] = {}
        self.said: list[LastSaid] = []
        self.rows: list[SheetRow] = []
        self.last_id = 0
        self.theirs: set[int] = set()

    @initialize(values=st.lists(VALUES, max_size=3))
    def download(self, values: list[str]) -> None:
        for value in values:
            line = self._add_line(value)
            self.rows.append(SheetRow(len(self.rows) + 2, line.line_no, line.card))
            self.said.append(in_step(line, line.line_no, line.card))

    @precondition(lambda self: self.rows)
    @rule(place=PLACES, value=VALUES)
    def edit_row(self, place: int, value: str) -> None:
        place %= len(self.rows)
        self.rows[place] = replace(self.rows[place], card=card(value))

    @rule(value=VALUES)
    def add_row(self, value: str) -> None:
        self.rows.append(SheetRow(len(self.rows) + 2, None, card(value)))

    @precondition(lambda self: self.rows)
    @rule(place=PLACES)
    def copy_row(self, place: int) -> None:
        self.rows.append(self.rows[place % len(self.rows)])

    @precondition(lambda self: self.rows)
    @rule(place=PLACES)
    def delete_row(self, place: int) -> None:
        del self.rows[place % len(self.rows)]

    @rule(value=VALUES)
    def others_add_a_line(self, value: str) -> None:
        self.theirs.add(self._add_line(value).id)

    @precondition(lambda self: self.lines)
    @rule(place=PLACES, value=VALUES)
    def others_edit_a_line(self, place: int, value: str) -> None:
        line = list(self.lines.values())[place % len(self.lines)]
        self.lines[line.id] = replace(line, card=card(value))

    @precondition(lambda self: self.lines)
    @rule(place=PLACES)
    def others_delete_a_line(self, place: int) -> None:
        self._remove(list(self.lines)[place % len(self.lines)])

    @rule()
    def post_everything(self) -> None:
        for line_id in list(self.lines):
            self._remove(line_id)

    @rule()
    def publish(self) -> None:
        plan, before = self._plan(), dict(self.lines)
        if plan.refused:
            return
        self._write(plan)
        assert all(self.lines.get(id_) == before.get(id_) for id_ in self.theirs)
        edited = [planned for planned in plan.rows if planned.changes]
        assert all(
            self.lines[each.before.line_id].card == each.row.card for each in edited if each.before
        )
        again = self._plan()
        assert not again.refused
        assert not again.changes

    @invariant()
    def every_row_and_every_line_has_one_fate(self) -> None:
        plan = self._plan()
        assert [planned.row for planned in plan.rows] == self._numbered()
        claimed = [planned.before.line_id for planned in plan.rows if planned.before]
        deleted = [deletion.line.id for deletion in plan.deletions]
        fates = claimed + deleted
        assert len(fates) == len(set(fates))
        assert not self.theirs & set(fates)

    @invariant()
    def what_others_changed_is_never_changed_or_deleted(self) -> None:
        plan, left = self._plan(), {each.line_id: each.line_digest for each in self.said}
        touched = [
            planned.before.line_id
            for planned in plan.having(RowAction.CHANGED)
            if planned.before is not None
        ]
        touched += [each.line.id for each in plan.deletions if each.fault is None]
        assert all(card_digest(self.lines[id_].card) == left[id_] for id_ in touched)

    def _plan(self) -> PublicationPlan:
        return plan_publication(self._numbered(), self.lines, self.said)

    def _numbered(self) -> list[SheetRow]:
        return [replace(row, row_no=no) for no, row in enumerate(self.rows, start=2)]

    def _write(self, plan: PublicationPlan) -> None:
        """Do what the plan says, as publishing does."""
        for deletion in plan.deletions:
            self._remove(deletion.line.id)
        said = []
        for planned in plan.rows:
            before, row = planned.before, planned.row
            if before is None:
                said.append(in_step(self._add_line(row.card["quantity"]), None, row.card))
            elif planned.action is RowAction.CHANGED or self._says(before.line_id, row.card):
                line = replace(self.lines[before.line_id], card=row.card)
                self.lines[line.id] = line
                said.append(in_step(line, before.line_no, row.card))
            else:
                said.append(replace(before, row_digest=card_digest(row.card)))
        self.said = said

    def _says(self, line_id: int, said: TextCard) -> bool:
        return line_id in self.lines and self.lines[line_id].card == said

    def _add_line(self, value: str) -> StoredLine:
        """Numbers come again once the journal is empty; ids never do."""
        self.last_id += 1
        line_no = max((line.line_no for line in self.lines.values()), default=0) + 10_000
        line = StoredLine(self.last_id, line_no, card(value))
        self.lines[line.id] = line
        return line

    def _remove(self, line_id: int) -> None:
        del self.lines[line_id]
        self.theirs.discard(line_id)


Desk.TestCase.settings = settings(
    max_examples=150, stateful_step_count=20, deadline=None, derandomize=True
)
TestDesk = Desk.TestCase
