"""Recording assigned numbers: which exist already, and keeping those that are new.

A number exists for an item and variant when it was assigned, has an information card, or ever came
into stock: what came in stands in the code index for good (docs/domain.md 2.12.1).

This module must never choose a number.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from scanner_app.code_index import Meaning, codes_of_item, index_codes
from scanner_app.inventory.assigned_number import AssignedNumber, AssignedNumberBatch
from scanner_app.inventory.tracking_information import CARD_TABLES, KIND_OF_CODE, NumberKind
from scanner_app.upsert import insert_into


def first_that_exists(
    session: Session, owner: tuple[int, int], kind: NumberKind, numbers: Sequence[str]
) -> str:
    """The first of the numbers that exists for an item and variant, '' for none."""
    existing = (
        _assigned(session, owner, kind, numbers)
        | _with_card(session, owner, kind, numbers)
        | codes_of_item(session, KIND_OF_CODE[kind], *owner, numbers)
    )
    return next((number for number in numbers if number in existing), "")


def record_numbers(
    session: Session, batch: AssignedNumberBatch, numbers: Sequence[str], *, create_cards: bool
) -> None:
    """Keep a batch with its numbers and the lot made with them, and make all scannable."""
    session.add(batch)
    session.flush()
    item_id, variant_id = batch.item_id, batch.variant_id
    of_item = {"item_id": item_id, "variant_id": variant_id}
    made = [(batch.kind, number) for number in numbers]
    if batch.lot_no:
        made.append((NumberKind.LOT, batch.lot_no))
    rows = [of_item | {"batch_id": batch.id, "kind": kind, "number": no} for kind, no in made]
    session.execute(insert(AssignedNumber), rows)
    if create_cards:
        _create_cards(session, of_item, made)
    index_codes(
        session,
        [Meaning(no, KIND_OF_CODE[kind], item_id, item_id, variant_id) for kind, no in made],
    )


def _create_cards(
    session: Session, of_item: dict[str, int], made: Sequence[tuple[NumberKind, str]]
) -> None:
    """A posting may make the same card at the same moment: one is enough."""
    for wanted, (table, field) in CARD_TABLES.items():
        rows = [of_item | {field: number} for kind, number in made if kind is wanted]
        if rows:
            session.execute(insert_into(session, table).on_conflict_do_nothing(), rows)


def _assigned(
    session: Session, owner: tuple[int, int], kind: NumberKind, numbers: Collection[str]
) -> set[str]:
    row = AssignedNumber
    of_item = (row.item_id == owner[0], row.variant_id == owner[1], row.kind == kind)
    return set(session.scalars(select(row.number).where(*of_item, row.number.in_(numbers))))


def _with_card(
    session: Session, owner: tuple[int, int], kind: NumberKind, numbers: Collection[str]
) -> set[str]:
    table, field = CARD_TABLES[kind]
    column = getattr(table, field)
    of_item = (table.item_id == owner[0], table.variant_id == owner[1])
    return set(session.scalars(select(column).where(*of_item, column.in_(numbers))))
