"""Posting to the item ledger: entries and their projections (docs/domain.md 9.5, 9.6).

This module must never be imported by anything but `warehouse.post_item_journal`, which checks
and writes the warehouse side in the same transaction.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from scanner_app.code_index import Meaning, index_codes
from scanner_app.counters import next_register_number
from scanner_app.database import next_key
from scanner_app.insert_rows import insert_in_order
from scanner_app.inventory.application_entries import insert_applications, update_open_entries
from scanner_app.inventory.checked_line import CheckedLine
from scanner_app.inventory.item_balance import (
    ItemBalanceKey,
    change_item_balances,
    lock_item_balances,
)
from scanner_app.inventory.item_ledger import ItemLedgerEntry, ItemRegister
from scanner_app.inventory.posting_checks import PostingChecks
from scanner_app.inventory.posting_line import (
    Posting,
    PostingLine,
    Step,
    order_of_posting,
    with_arrivals,
)
from scanner_app.inventory.tracking_information import (
    CARD_TABLES,
    KIND_OF_CODE,
    KnownExpirationDate,
    NumberKind,
    dated_number,
    lock_known_expiration_dates,
    numbers_by_kind,
)
from scanner_app.quantities import ZERO
from scanner_app.send_rows import send_rows
from scanner_app.upsert import insert_into


@dataclass(frozen=True)
class PostedEntries:
    """The register of a posting, and its lines as given, with the dates that posting gave them.

    Attributes:
        arrivals: for each line, the half that came in if it is a transfer.
    """

    register: ItemRegister
    lines: tuple[PostingLine, ...]
    arrivals: tuple[PostingLine | None, ...]


def post_item_ledger_entries(
    session: Session, posting: Posting, lines: Sequence[PostingLine]
) -> PostedEntries:
    """Check every line, then write entries, applications and projections under one register.

    Lines that take stock out are posted first, so that a serial no. leaves before it arrives.

    Raises:
        RuleRefused: the first rule that does not hold; nothing is written then.
    """
    halves = with_arrivals(lines)
    keys = [_balance_key(line) for line in halves]
    specific = dict(zip(keys, map(_serial_is_specific, halves), strict=True))
    balances = lock_item_balances(session, specific)
    _lock_dates(session, halves)
    steps = order_of_posting(lines)
    checks = PostingChecks(session, lines)
    checked = _check_in_order(checks, lines, steps)
    register_id = next_key(session, ItemRegister.__tablename__)
    ids = _insert_entries(session, register_id, checked)
    insert_applications(session, ids, checked)
    update_open_entries(session, checks.remaining, ids, checked)
    changes: defaultdict[ItemBalanceKey, Decimal] = defaultdict(lambda: ZERO)
    for key, line in zip(keys, halves, strict=True):
        changes[key] += line.quantity_base
    change_item_balances(session, [(balances[key], net) for key, net in changes.items()])
    _keep_expiration_dates(session, ids, checked)
    _create_cards(session, checked)
    _index_numbers(session, checked)
    register = _insert_register(session, posting, register_id, ids)
    posted = {step: part.line for step, part in zip(steps, checked, strict=True)}
    places = range(len(lines))
    return PostedEntries(
        register,
        tuple(posted[Step(place)] for place in places),
        tuple(posted.get(Step(place, arrives=True)) for place in places),
    )


def _check_in_order(
    checks: PostingChecks, lines: Sequence[PostingLine], steps: Sequence[Step]
) -> list[CheckedLine]:
    checked: dict[Step, CheckedLine] = {}
    for step in steps:
        checked[step] = (
            checks.check_arrival(checked[Step(step.place)])
            if step.arrives
            else checks.check(lines[step.place])
        )
    return list(checked.values())


def _lock_dates(session: Session, lines: Sequence[PostingLine]) -> None:
    """What comes in of a number and what changes its date wait for one another."""
    lock_known_expiration_dates(
        session,
        {
            number
            for line in lines
            if line.inbound
            and line.tracking_code is not None
            and line.tracking_code.use_expiration_dates
            and (number := dated_number(line.item.id, line.variant_id, line.numbers))
        },
    )


def _balance_key(line: PostingLine) -> ItemBalanceKey:
    numbers = line.specific_numbers.as_tuple()
    return ItemBalanceKey(line.item.id, line.variant_id, line.location.id, *numbers)


def _serial_is_specific(line: PostingLine) -> bool:
    return line.tracking_code is not None and line.tracking_code.serial_specific_tracking


def _insert_entries(
    session: Session, register_id: int, checked: Sequence[CheckedLine]
) -> list[int]:
    rows = [_entry_row(register_id, part.line) for part in checked]
    return insert_in_order(session, ItemLedgerEntry, rows)


def _entry_row(register_id: int, line: PostingLine) -> dict[str, Any]:
    return {
        "register_id": register_id,
        "entry_type": line.entry_type,
        "posting_date": line.posting_date,
        "document_date": line.document_date,
        "document_no": line.document_no,
        "source_no": line.source_no,
        "item_id": line.item.id,
        "variant_id": line.variant_id,
        "location_id": line.location.id,
        "description": line.item.description,
        "quantity": line.quantity_base,
        "unit_of_measure_id": line.unit_of_measure_id,
        "qty_per_unit_of_measure": line.qty_per_unit_of_measure,
        "serial_no": line.numbers.serial_no,
        "lot_no": line.numbers.lot_no,
        "package_no": line.numbers.package_no,
        "warranty_date": line.warranty_date,
        "expiration_date": line.expiration_date,
        "reason_code_id": line.reason_code_id,
        "warehouse_adjustment": line.warehouse_adjustment,
    }


def _keep_expiration_dates(
    session: Session, ids: Sequence[int], checked: Sequence[CheckedLine]
) -> None:
    """The last inbound entry of a number says its date."""
    rows: dict[tuple[int, int, NumberKind, str], dict[str, Any]] = {}
    for entry_id, part in zip(ids, checked, strict=True):
        line = part.line
        number = dated_number(line.item.id, line.variant_id, line.numbers)
        uses = line.tracking_code is not None and line.tracking_code.use_expiration_dates
        if number is None or not line.inbound or not uses:
            continue
        rows[number] = {
            "item_id": number[0],
            "variant_id": number[1],
            "kind": number[2],
            "number": number[3],
            "expiration_date": line.expiration_date,
            "item_ledger_entry_id": entry_id,
        }
    if not rows:
        return
    statement = insert_into(session, KnownExpirationDate.__table__)
    kept = ("expiration_date", "item_ledger_entry_id")
    statement = statement.on_conflict_do_update(
        index_elements=["item_id", "variant_id", "kind", "number"],
        set_={column: statement.excluded[column] for column in kept},
    )
    send_rows(session, statement, [rows[number] for number in sorted(rows)])


def _create_cards(session: Session, checked: Sequence[CheckedLine]) -> None:
    numbers = {number for part in checked for number in part.cards_to_create}
    for item_id, variant_id, kind, number in sorted(numbers):
        table, field = CARD_TABLES[kind]
        session.add(table(item_id=item_id, variant_id=variant_id, **{field: number}))


def _index_numbers(session: Session, checked: Sequence[CheckedLine]) -> None:
    """A number that came in can be scanned from now on."""
    index_codes(
        session,
        [
            Meaning(
                code=number,
                kind=KIND_OF_CODE[kind],
                target_id=item_id,
                item_id=item_id,
                variant_id=variant_id,
            )
            for line in (part.line for part in checked)
            if line.inbound
            for item_id, variant_id, kind, number in numbers_by_kind(
                line.item.id, line.variant_id, line.numbers
            )
        ],
    )


def _insert_register(
    session: Session, posting: Posting, register_id: int, ids: Sequence[int]
) -> ItemRegister:
    register = ItemRegister(
        id=register_id,
        no=next_register_number(session, ItemRegister.__tablename__),
        created_at=posting.posted_at,
        user_id=posting.user_id,
        source_code=posting.source_code,
        journal_batch_name=posting.journal_batch_name,
        from_entry_no=min(ids),
        to_entry_no=max(ids),
    )
    session.add(register)
    session.flush()
    return register
