"""Lines of a package: each is read and tested as lightly as one that is typed, many at once.

A line that was applied is remembered by its id. So applying again changes nothing, and a line that
was posted or deleted since does not come back (docs/domain.md 14.4).

This module must never post or register, nor test more than typing a line does.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.configuration.configuration_package import (
    ConfigurationPackageRecord,
    digest_of_key,
)
from scanner_app.configuration.line_journals import (
    FILLED_IN,
    BatchSays,
    Line,
    LineJournal,
)
from scanner_app.configuration.line_numbers import read_line_no
from scanner_app.configuration.package_errors import Fault, field_at_fault
from scanner_app.configuration.package_refusals import PackageLineGone
from scanner_app.configuration.package_tables import TABLES
from scanner_app.configuration.staged_names import named_records_of_package
from scanner_app.configuration.staged_records import StagedRecords
from scanner_app.configuration.staged_series import refusal_of_series
from scanner_app.errors import RuleRefused
from scanner_app.inventory.text_card import TextCard, changed_fields
from scanner_app.inventory.typed_fields import VALUE_SHOWN_MAX
from scanner_app.warehouse.journal_records import NamedRecords
from scanner_app.warehouse.record_card import read_card
from scanner_app.warehouse.record_refusals import (
    NameMissing,
    RecordNotFound,
)

TRACKING_ON_LINES = "item_tracking_on_lines"
Record = ConfigurationPackageRecord


@dataclass
class PackageLine:
    """A row on its way to a line.

    Attributes:
        batch: the key of its batch.
        line: the line that it is already, None for a new one.
        before: what that says.
        card: what it shall say.
    """

    record: Record
    typed: TextCard
    batch: str
    line_no: int | None = None
    line: Line | None = None
    before: TextCard | None = None
    card: TextCard = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    is_gone: bool = False

    @property
    def stays(self) -> bool:
        """Whether there is nothing to write."""
        return self.is_gone or (self.before is not None and self.before == self.card)


def check_lines(
    session: Session,
    journal: LineJournal,
    staged: StagedRecords,
    records: Sequence[Record],
    today: date,
    change: Change,
    known: set[str],
) -> list[tuple[Record, list[Fault]]]:
    """What stands against some rows, once the tables before them are applied.

    `known` are the batches in which a row before these says a document number.
    """
    lines = [begin_line(journal, record) for record in records]
    for group in by_batch(lines).values():
        _find_and_read(session, journal, staged, group)
    cards = [line.card for line in lines if not line.faults and not line.is_gone]
    names = named_records_of_package(session, staged, cards)
    ids = [line.line.id for line in lines if line.line is not None]
    tracked = journal.tracked(session, ids)
    for line in lines:
        if not line.faults and not line.stays:
            _try_line(journal, line, names, today, tracked)
    for group in by_batch(lines).values():
        _check_document_no(session, journal, staged, group, today, change, known)
    return [(line.record, line.faults) for line in lines if line.faults]


def begin_line(journal: LineJournal, record: Record) -> PackageLine:
    """What a row says of itself: its batch and its number."""
    typed = journal.table.blank | journal.table.typed(record.cells)
    key = digest_of_key(typed[name] for name in journal.table.batch_key)
    line = PackageLine(record, typed, key)
    try:
        line.line_no = read_line_no(typed["line_no"])
    except RuleRefused as fault:
        line.faults.append(("line_no", fault))
    return line


def by_batch(lines: Iterable[PackageLine]) -> dict[str, list[PackageLine]]:
    """Lines by the keys of their batches."""
    groups: defaultdict[str, list[PackageLine]] = defaultdict(list)
    for line in lines:
        groups[line.batch].append(line)
    return groups


def _find_and_read(
    session: Session, journal: LineJournal, staged: StagedRecords, lines: Sequence[PackageLine]
) -> None:
    """Read the rows of one batch, beside the lines that they are already."""
    try:
        batch, says = _batch_of(session, journal, staged, lines[0].typed)
    except RuleRefused as fault:
        for line in lines:
            line.faults.append((field_at_fault(journal.table, fault), fault))
        return
    if batch is not None:
        find_lines(session, journal, batch, lines)
    for line in lines:
        read_line(journal, says, line)


def _batch_of(
    session: Session, journal: LineJournal, staged: StagedRecords, typed: TextCard
) -> tuple[object | None, BatchSays]:
    """The batch that is there, or what the one will say that the package brings.

    Raises:
        NameMissing, RecordNotFound: for a batch that neither is.
        RuleRefused: for what a batch is called by.
    """
    batch = journal.find_batch(session, typed)
    caption = journal.table.captions["batch"]
    if not typed["batch"].strip():
        raise NameMissing(field=caption, length=10)
    key = digest_of_key(typed[name] for name in journal.table.batch_key)
    brought = [
        TABLES[journal.batches_no].typed(record.cells)
        for record in staged.by_keys(journal.batches_no, [key], sound=True)
    ]
    if batch is not None:
        says = journal.says(session, batch)
        switched = any(name == TRACKING_ON_LINES for said in brought for name in said)
        has_tracking = journal.will_say(brought[0]).has_tracking if switched else says.has_tracking
        return batch, replace(says, has_tracking=has_tracking)
    if not brought:
        raise RecordNotFound(field=caption, code=typed["batch"].strip().upper()[:VALUE_SHOWN_MAX])
    return None, journal.will_say(brought[0])


def find_lines(
    session: Session, journal: LineJournal, batch: object, lines: Sequence[PackageLine]
) -> None:
    """A line that was applied is known by its id, another one by its number."""
    ids = [line.record.line_id for line in lines if line.record.line_id is not None]
    nos = [line.line_no for line in lines if line.record.line_id is None and line.line_no]
    there = journal.lines(session, batch, ids, nos) if ids or nos else ()
    by_id = {row.id: row for row in there}
    by_no = {row.line_no: row for row in there}
    cards = journal.cards(session, batch, list(by_id)) if by_id else {}
    for line in lines:
        applied = line.record.line_id
        line.line = by_id.get(applied) if applied else by_no.get(line.line_no)
        line.is_gone = applied is not None and line.line is None
        line.before = cards[line.line.id] if line.line is not None else None


def read_line(journal: LineJournal, says: BatchSays, line: PackageLine) -> None:
    """Make the card of a line; every field that cannot be read is told."""
    if line.is_gone:
        if line.record.digest != line.record.applied_digest:
            line.faults.append((journal.table.batch_key[-1], PackageLineGone()))
        return
    sent = line.record.cells
    for each in journal.table.line_fields:
        said = sent.get(each.name, "").strip()
        stays = line.before is not None and (
            each.name not in sent or (not said and each.name in FILLED_IN)
        )
        text = (line.before or {})[each.name] if stays else line.typed[each.name]
        try:
            line.card |= read_card((each,), {each.name: text})
        except RuleRefused as fault:
            line.faults.append((each.name, fault))
    if line.faults:
        return
    # A line of a warehouse journal has the location of its batch.
    line.card.setdefault("location", line.typed["location"].strip().upper())
    try:
        journal.check_batch(says, line.card)
    except RuleRefused as fault:
        line.faults.append((field_at_fault(journal.table, fault), fault))


def _try_line(
    journal: LineJournal,
    line: PackageLine,
    names: NamedRecords,
    today: date,
    tracked: Mapping[int, Decimal],
) -> None:
    try:
        check_line(journal, line, names, today, tracked)
    except RuleRefused as fault:
        line.faults.append((field_at_fault(journal.table, fault), fault))


def check_line(
    journal: LineJournal,
    line: PackageLine,
    names: NamedRecords,
    today: date,
    tracked: Mapping[int, Decimal],
) -> None:
    """Write a line that is thrown away.

    Raises:
        RuleRefused: as typing the line would.
    """
    tried = journal.model(line_no=line.line_no)
    journal.write(tried, line.card, names, today)
    if line.line is not None and line.before is not None:
        changes = changed_fields(line.before, line.card)
        journal.check_kept(tried, tracked.get(line.line.id), changes)


def _check_document_no(
    session: Session,
    journal: LineJournal,
    staged: StagedRecords,
    lines: Sequence[PackageLine],
    today: date,
    change: Change,
    known: set[str],
) -> None:
    """The first new line of a batch that gives no number has to say one."""
    new = [line for line in lines if line.line is None and not line.faults and not line.is_gone]
    if not new or new[0].batch in known:
        return
    line = new[0]
    _, says = _batch_of(session, journal, staged, line.typed)
    if not line.card[journal.document] and not says.document_no:
        fault = refusal_of_series(session, staged, says, today, change)
        if fault is not None:
            line.faults.append((journal.document, fault))
            return
    known.add(new[0].batch)
