"""Application entries and open entries: writing what a posting took from what (docs/domain.md 9.4).

This module must never be called by anything but `inventory.posting`.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scanner_app.insert_rows import insert_rows
from scanner_app.inventory.checked_line import CheckedLine
from scanner_app.inventory.item_ledger import ItemApplicationEntry, OpenItemLedgerEntry
from scanner_app.inventory.posting_line import PostingLine
from scanner_app.update_rows import update_rows


def insert_applications(
    session: Session, ids: Sequence[int], checked: Sequence[CheckedLine]
) -> None:
    """A fresh inbound applies to itself, an outbound to each inbound it takes from.

    What a transfer brings in applies to itself once for each part that its other half took.
    """
    rows: list[dict[str, Any]] = []
    for entry_id, part in zip(ids, checked, strict=True):
        common = {"item_ledger_entry_id": entry_id, "posting_date": part.line.posting_date}
        own = common | {"inbound_item_entry_id": entry_id, "outbound_item_entry_id": None}
        if part.line.inbound and not part.transferred_from:
            fresh = {"transferred_from_entry_id": None, "quantity": part.line.quantity_base}
            rows.append(own | fresh)
        rows.extend(
            own
            | {
                "transferred_from_entry_id": taken.entry.item_ledger_entry_id,
                "quantity": taken.quantity,
            }
            for taken in part.transferred_from
        )
        rows.extend(
            common
            | {
                "inbound_item_entry_id": applied.entry.item_ledger_entry_id,
                "outbound_item_entry_id": entry_id,
                "transferred_from_entry_id": None,
                "quantity": -applied.quantity,
            }
            for applied in part.applications
        )
    insert_rows(session, ItemApplicationEntry, rows)


def update_open_entries(
    session: Session,
    remaining: Callable[[OpenItemLedgerEntry], Decimal],
    ids: Sequence[int],
    checked: Sequence[CheckedLine],
) -> None:
    """What came in is open; what was taken from is less, or gone."""
    opened = [
        _open_row(entry_id, part.line)
        for entry_id, part in zip(ids, checked, strict=True)
        if part.line.inbound
    ]
    insert_rows(session, OpenItemLedgerEntry, opened)
    touched = {
        applied.entry.item_ledger_entry_id: remaining(applied.entry)
        for part in checked
        for applied in part.applications
    }
    closed = sorted(key for key, left in touched.items() if left == 0)
    if closed:
        row = OpenItemLedgerEntry
        session.execute(delete(row).where(row.item_ledger_entry_id.in_(closed)))
    reduced = [
        (key, {"remaining_quantity": left}) for key, left in sorted(touched.items()) if left > 0
    ]
    update_rows(session, OpenItemLedgerEntry, reduced)


def _open_row(entry_id: int, line: PostingLine) -> dict[str, Any]:
    return {
        "item_ledger_entry_id": entry_id,
        "item_id": line.item.id,
        "variant_id": line.variant_id,
        "location_id": line.location.id,
        "serial_no": line.numbers.serial_no,
        "lot_no": line.numbers.lot_no,
        "package_no": line.numbers.package_no,
        "posting_date": line.posting_date,
        "expiration_date": line.expiration_date,
        "remaining_quantity": line.quantity_base,
    }
