"""Writing a record of the set-up from a row, by the verb of its page.

The key says which record it is: one that is there is changed, another one is made. A field whose
column is missing is left alone.

This module must never decide what a record may say.
"""

import enum
from collections.abc import Mapping

from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.configuration.package_errors import Fault, field_at_fault
from scanner_app.configuration.package_table import Found, RecordTable
from scanner_app.errors import RuleRefused
from scanner_app.inventory.text_card import TextCard


class Outcome(enum.StrEnum):
    """What became of a record."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


def write_record(
    session: Session,
    table: RecordTable,
    cells: Mapping[str, str],
    change: Change,
    *,
    completes: bool,
) -> Outcome:
    """Let the record of a row say what the row says.

    Raises:
        RuleRefused: as the page would.
    """
    typed = table.typed(cells)
    if table.completed_with and not completes:
        typed = {name: said for name, said in typed.items() if name not in table.completed_with}
    found = table.find(session, table.blank | typed)
    if found is not None:
        return _change(session, table, found, typed, change)
    table.create(session, table.blank | typed, change)
    made = None if table.whole_when_new else table.find(session, table.blank | typed)
    if made is not None:
        _change(session, table, made, typed, change)
    return Outcome.CREATED


def try_record(
    session: Session,
    table: RecordTable,
    cells: Mapping[str, str],
    change: Change,
    *,
    completes: bool,
) -> Outcome | RuleRefused:
    """Write a record as `write_record`; one that is refused leaves no trace."""
    try:
        with session.begin_nested():
            return write_record(session, table, cells, change, completes=completes)
    except RuleRefused as refusal:
        # The way to where it was raised would keep records in memory that are taken back.
        refusal.__context__ = refusal.__cause__ = None
        return refusal.with_traceback(None)


def faults_of_record(
    table: RecordTable, cells: Mapping[str, str], refusal: RuleRefused
) -> list[Fault]:
    """Why a record was refused: each field that cannot be read, or else what the verb said.

    Each field is read beside others that can be read, so that one fault hides no other.
    """
    faults: list[Fault] = []
    for name, cell in cells.items():
        try:
            table.read(table.sample | table.typed({name: cell}))
        except RuleRefused as fault:
            faults.append((name, fault))
    return faults or [(field_at_fault(table, refusal), refusal)]


def _change(
    session: Session, table: RecordTable, found: Found, typed: TextCard, change: Change
) -> Outcome:
    if all(found.card[name] == said for name, said in typed.items()):
        return Outcome.UNCHANGED
    said = typed if table.fields_follow else found.card | typed
    table.change(session, found, said, change)
    after = table.find(session, found.card)
    is_same = after is not None and after.card == found.card
    return Outcome.UNCHANGED if is_same else Outcome.CHANGED
