"""Setting up number series: one is made, its card is changed, one is removed (docs/domain.md 2.12).

Every changed field is written to the change log. The verbs never commit: the caller does.

This module must never let a series give a number again that it has given, nor change its code.
"""

from datetime import date
from itertools import count

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import CardChanged, log_changes
from scanner_app.access.sign_in import Change
from scanner_app.inventory.description import read_description
from scanner_app.inventory.inventory_setup import package_nos
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.number_series import NumberSeries, NumberSeriesLine
from scanner_app.inventory.number_series_card import (
    CAPTIONS,
    caption_on,
    card_of,
    changed_fields,
    find_series,
    flat_name,
    line_keys,
    line_on,
    lines_of,
)
from scanner_app.inventory.number_series_refusals import (
    NumberSeriesTaken,
    NumberSeriesUnknown,
    SeriesHasGivenNumbers,
    SeriesOfDocuments,
    SeriesOfInventorySetup,
    SeriesOfItem,
    SeriesOfJournal,
)
from scanner_app.inventory.number_series_setup import (
    CODE_LENGTH,
    check_lines,
    read_card,
    read_code,
)
from scanner_app.inventory.set_up_lock import lock_set_up
from scanner_app.inventory.text_card import YES, TextCard
from scanner_app.warehouse.document_series import SERIES_OF_DOCUMENTS

TABLE = NumberSeries.__tablename__


def create_number_series(
    session: Session, code: str, description: str, change: Change
) -> NumberSeries:
    """Add a series that has no line yet.

    Raises:
        NumberSeriesTaken: when there is such a series.
        RuleRefused: as `read_code` and `read_description` raise it.
    """
    name, says = read_code(code), read_description(description)
    lock_set_up(session)
    if find_series(session, name):
        raise NumberSeriesTaken(code=name)
    made = NumberSeries(code=name, description=says)
    session.add(made)
    session.flush()
    card = card_of(session, made)
    _log(session, name, change, {CAPTIONS[field]: ("", card[field]) for field in CAPTIONS})
    return made


def change_number_series(
    session: Session, code: str, as_read: TextCard, typed: TextCard, change: Change
) -> None:
    """Let the card say what was typed, unless a rule or another editor stands against it.

    A line of what was read that is not among what was typed is removed. The Last No. Used moves
    whenever a number is taken, so where it was left as it was read it stays as it is now.

    Raises:
        NumberSeriesUnknown: for a series that is not there.
        CardChanged: when somebody changed the card after it was read.
        RuleRefused: as `read_card` and `check_lines` raise it.
    """
    series = _lock(session, code)
    stored = card_of(session, series)
    as_read, typed = _with_numbers_taken(stored, as_read, typed)
    if meanwhile := changed_fields(as_read, stored):
        raise CardChanged(count=len(meanwhile))
    card = read_card(typed | {"code": series.code})
    check_lines(stored, card)
    changes = changed_fields(stored, card)
    if not changes:
        return
    series.description = card["description"]
    series.default_nos = card["default_nos"] == YES
    series.manual_nos = card["manual_nos"] == YES
    series.lock_version += 1
    _write_lines(session, series, card)
    said = {caption_on(stored | card, name): values for name, values in changes.items()}
    _log(session, series.code, change, said)


def delete_number_series(session: Session, code: str, change: Change) -> None:
    """Remove a series that nothing uses and that has given no number.

    Raises:
        NumberSeriesUnknown: for a series that is not there.
        RuleRefused: as `check_unused` raises it.
    """
    lock_set_up(session)
    series = _lock(session, code)
    check_unused(session, series)
    for line in lines_of(session, series):
        session.delete(line)
    session.flush()
    session.delete(series)
    _log(session, series.code, change, {CAPTIONS["code"]: (series.code, "")})


def check_unused(session: Session, series: NumberSeries) -> None:
    """Refuse to remove a series that something takes numbers from, or has taken one.

    Raises:
        SeriesOfDocuments, SeriesOfInventorySetup, SeriesOfItem, SeriesOfJournal: for who uses it.
        SeriesHasGivenNumbers: for numbers that it would give again.
    """
    if series.code in SERIES_OF_DOCUMENTS:
        raise SeriesOfDocuments(code=series.code)
    if package_nos(session) == series.code:
        raise SeriesOfInventorySetup(code=series.code)
    of_item = or_(Item.serial_nos_id == series.id, Item.lot_nos_id == series.id)
    if item_no := session.scalar(select(Item.no).where(of_item).limit(1)):
        raise SeriesOfItem(code=series.code, item_no=item_no)
    of_batch = select(ItemJournalBatch.name).where(ItemJournalBatch.number_series_id == series.id)
    if batch := session.scalar(of_batch.limit(1)):
        raise SeriesOfJournal(code=series.code, batch=batch)
    given = [line.last_no_used for line in lines_of(session, series) if line.last_no_used]
    if given:
        raise SeriesHasGivenNumbers(code=series.code, last_no_used=given[-1])


def _lock(session: Session, code: str) -> NumberSeries:
    """Lock the series and its lines: nobody takes a number of a line that is being changed."""
    series = find_series(session, code, lock=True)
    if series is None:
        raise NumberSeriesUnknown(code=code[:CODE_LENGTH])
    of_series = select(NumberSeriesLine).where(NumberSeriesLine.number_series_id == series.id)
    locked = of_series.order_by(NumberSeriesLine.id).with_for_update()
    session.scalars(locked.execution_options(populate_existing=True)).all()
    return series


def _with_numbers_taken(
    stored: TextCard, as_read: TextCard, typed: TextCard
) -> tuple[TextCard, TextCard]:
    """Both cards as if they had been opened now, where only numbers were taken meanwhile."""
    names = [flat_name(key, "last_no_used") for key in line_keys(stored)]
    untouched = {
        name: stored[name]
        for name in names
        if name in as_read and name in typed and typed[name] == as_read[name]
    }
    return as_read | untouched, typed | untouched


def _write_lines(session: Session, series: NumberSeries, card: TextCard) -> None:
    """A date stands once: lines that go, and lines that change their dates, make room first."""
    lines = {str(line.id): line for line in lines_of(session, series)}
    keys = line_keys(card)
    for key in lines.keys() - set(keys):
        session.delete(lines.pop(key))
    session.flush()
    _make_room(session, lines, card)
    for key in keys:
        line = lines.get(key) or NumberSeriesLine(number_series_id=series.id)
        session.add(line)
        values = line_on(card, key)
        line.starting_date = date.fromisoformat(values["starting_date"])
        line.starting_no, line.ending_no = values["starting_no"], values["ending_no"]
        line.warning_no, line.last_no_used = values["warning_no"], values["last_no_used"]
        line.increment_by = int(values["increment_by"])
        line.allow_gaps = values["allow_gaps"] == YES
    session.flush()


def _make_room(session: Session, lines: dict[str, NumberSeriesLine], card: TextCard) -> None:
    """Put lines that change their dates on days that no line has, or two could not be exchanged."""
    wanted = {key: card[flat_name(key, "starting_date")] for key in lines}
    taken = {*wanted.values(), *(line.starting_date.isoformat() for line in lines.values())}
    free = (day for day in map(date.fromordinal, count(1)) if day.isoformat() not in taken)
    for key, line in lines.items():
        if line.starting_date.isoformat() != wanted[key]:
            line.starting_date = next(free)
    session.flush()


def _log(session: Session, code: str, change: Change, changes: dict[str, tuple[str, str]]) -> None:
    log_changes(
        session,
        changed_at=change.changed_at,
        user_id=change.changed_by,
        table_name=TABLE,
        record_name=code,
        changes=changes,
    )
