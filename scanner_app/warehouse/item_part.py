"""The parts of an item that have rows of their own: its units, variants and references.

Each kind says in a `PartOfItem` how a row reads and what its rules are; the verbs here are the
same for all: they lock, tell two editors apart by what each one read, write, and log. They never
commit: the caller does (docs/domain.md 2.11).

This module must never know a rule of one kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import log_changes
from scanner_app.access.sign_in import Change
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_part_refusals import ItemPartGone
from scanner_app.inventory.set_up_lock import lock_set_up
from scanner_app.inventory.text_card import TextCard, changed_fields, check_unchanged
from scanner_app.warehouse.set_up_item import lock_item


def is_not_scanned(_session: Session, _row: object) -> None:
    """Rows that are scanned by nothing of their own need no index."""


@dataclass(frozen=True)
class PartOfItem:
    """One kind of row that belongs to an item.

    Attributes:
        model: the table of its rows.
        captions: its fields; the first one names a row.
        kept: the fields that a row keeps as they were when it was added.
        read: makes a card of what was typed, or refuses.
        card_of: what a row says.
        make: a new row as a card says it, checked and not yet added. Like `change` it is also
            given all that was typed.
        change: lets a row say what a card says, or refuses.
        check_removal: refuses while something stands against it.
        index: makes a row scannable as it is now.
        forget: makes a row that goes no longer scannable.
    """

    model: Any
    captions: Mapping[str, str]
    kept: frozenset[str]
    read: Callable[[TextCard], TextCard]
    card_of: Callable[[Session, Any], TextCard]
    make: Callable[[Session, Item, TextCard, TextCard], Any]
    change: Callable[[Session, Item, Any, TextCard, TextCard], None]
    check_removal: Callable[[Session, Item, Any], None]
    index: Callable[[Session, Any], None] = is_not_scanned
    forget: Callable[[Session, Any], None] = is_not_scanned

    @property
    def name_field(self) -> str:
        """The field by which people call a row."""
        return next(iter(self.captions))


def find_part(session: Session, kind: PartOfItem, no: str, row_id: int) -> Any | None:  # noqa: ANN401 - of three tables
    """A row of an item, by the item's number and the row's own id."""
    row = kind.model
    of_item = select(row).join(Item, Item.id == row.item_id).where(Item.no == no, row.id == row_id)
    return session.scalar(of_item)


def add_part(session: Session, kind: PartOfItem, no: str, typed: TextCard, change: Change) -> None:
    """Add a row to an item.

    Raises:
        ItemUnknown: for an item that is not there.
        RuleRefused: as `read` and `make` of the kind raise it.
    """
    lock_set_up(session)
    item = lock_item(session, no)
    card = kind.read(typed)
    row = kind.make(session, item, card, typed)
    session.add(row)
    session.flush()
    kind.index(session, row)
    _log(session, kind, item, change, dict.fromkeys(card, ""), card)


def change_part(
    session: Session,
    kind: PartOfItem,
    no: str,
    row_id: int,
    as_read: TextCard,
    typed: TextCard,
    change: Change,
) -> None:
    """Let a row say what was typed, unless a rule or another editor stands against it.

    Raises:
        ItemUnknown, ItemPartGone: for what is not there.
        CardChanged: when somebody changed the row after it was read.
        RuleRefused: as `read` and `change` of the kind raise it.
    """
    item, row = _lock_part(session, kind, no, row_id)
    stored = _card_as_it_was_read(session, kind, row, as_read)
    card = kind.read(typed | {name: stored[name] for name in kind.kept})
    if card == stored:
        return
    kind.change(session, item, row, card, typed)
    session.flush()
    kind.index(session, row)
    _log(session, kind, item, change, stored, card)


def remove_part(
    session: Session, kind: PartOfItem, no: str, row_id: int, as_read: TextCard, change: Change
) -> None:
    """Take a row away from an item.

    Raises:
        ItemUnknown, ItemPartGone: for what is not there.
        CardChanged: when somebody changed the row after it was read.
        RuleRefused: as `check_removal` of the kind raises it.
    """
    item, row = _lock_part(session, kind, no, row_id)
    stored = _card_as_it_was_read(session, kind, row, as_read)
    kind.check_removal(session, item, row)
    kind.forget(session, row)
    session.delete(row)
    session.flush()
    _log(session, kind, item, change, stored, dict.fromkeys(stored, ""))


def _lock_part(session: Session, kind: PartOfItem, no: str, row_id: int) -> tuple[Item, Any]:
    lock_set_up(session)
    item = lock_item(session, no)
    row = find_part(session, kind, item.no, row_id)
    if row is None:
        raise ItemPartGone(no=item.no)
    session.refresh(row)
    return item, row


def _card_as_it_was_read(
    session: Session, kind: PartOfItem, row: object, as_read: TextCard
) -> TextCard:
    stored = kind.card_of(session, row)
    check_unchanged(as_read, stored)
    return stored


def _log(
    session: Session, kind: PartOfItem, item: Item, change: Change, old: TextCard, new: TextCard
) -> None:
    """The entries stand under the item, and each value under the name of its row."""
    name = new[kind.name_field] or old[kind.name_field]

    def named(field: str, value: str) -> str:
        return value if field == kind.name_field or not value else f"{name}: {value}"

    log_changes(
        session,
        changed_at=change.changed_at,
        user_id=change.changed_by,
        table_name=kind.model.__tablename__,
        record_name=item.no,
        changes={
            kind.captions[field]: (named(field, before), named(field, after))
            for field, (before, after) in changed_fields(old, new).items()
        },
    )
