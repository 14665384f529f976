"""Counts and syncs, as tests speak of them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.warehouse.adjustment_sync import (
    Calculated,
    calculate_warehouse_adjustment,
    proposed_lines,
)
from scanner_app.warehouse.calculate_inventory import bins_to_count, calculate_inventory
from scanner_app.warehouse.item_journal_posting import post_item_journal_lines
from scanner_app.warehouse.physical_inventory import (
    SeenUnit,
    close_bin,
    count_of_bin,
    count_units,
    open_bin,
)
from scanner_app.warehouse.post_item_journal import Posted
from scanner_app.warehouse.register_activity import (
    By,
)
from scanner_app.warehouse.register_journal import RegisteredCount, register_warehouse_journal
from scanner_app.warehouse.seen_in_bin import counted_so_far
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch
from tests.builders import Warehouse
from tests.warehouse.documents import Part, last_id


def add_count(warehouse: Warehouse, *bins: str, name: str = "") -> int:
    """A count of bins, calculated."""

    def work(session: Session) -> int:
        number = last_id(session, WarehouseJournalBatch.id) + 1
        batch = WarehouseJournalBatch(
            location_id=warehouse.location.id, name=name or f"COUNT{number}"
        )
        session.add(batch)
        session.flush()
        found = bins_to_count(session, warehouse.location.id, codes=bins)
        calculate_inventory(session, batch.id, found)
        return batch.id

    return warehouse.write(work)


def count_bin(
    warehouse: Warehouse, batch_id: int, bin_code: str, *parts: Part, by: By | None = None
) -> None:
    """Open a bin, see the parts, close it."""
    counted_by = by or warehouse.by

    def work(session: Session) -> None:
        batch = session.get_one(WarehouseJournalBatch, batch_id)
        bin_ = warehouse.bins[bin_code]
        count = count_of_bin(session, batch, bin_)
        open_bin(session, count, bin_, counted_by)
        count_units(session, count, [seen(part) for part in parts], counted_by, None)
        close_bin(session, count, counted_so_far(session, count), counted_by)

    warehouse.write(work)


def seen(part: Part) -> SeenUnit:
    """A part as a counter sees it."""
    unit_id, factor = part.goods.units[part.unit]
    return SeenUnit(
        item_id=part.goods.id,
        variant_id=part.goods.variant_id,
        unit_of_measure_id=unit_id,
        qty_per_unit_of_measure=factor,
        numbers=part.numbers,
        quantity=Decimal(part.quantity),
        expiration_date=part.expiration_date,
    )


def register_count(warehouse: Warehouse, batch_id: int) -> RegisteredCount:
    """Register the closed bins of a count."""
    return warehouse.write(
        lambda session: register_warehouse_journal(session, batch_id, warehouse.by)
    )


def count(warehouse: Warehouse, found: Mapping[str, Sequence[Part]]) -> RegisteredCount:
    """Count whole bins and register it: what lies where."""
    batch_id = add_count(warehouse, *found)
    for bin_code, parts in found.items():
        count_bin(warehouse, batch_id, bin_code, *parts)
    return register_count(warehouse, batch_id)


def calculate(
    warehouse: Warehouse, batch: str = "SYNC", item_ids: Sequence[int] = ()
) -> Calculated:
    """Calculate the warehouse adjustment into a batch."""

    def work(session: Session) -> Calculated:
        found = session.scalar(select(ItemJournalBatch).where(ItemJournalBatch.name == batch))
        if found is None:
            found = ItemJournalBatch(name=batch)
            session.add(found)
            session.flush()
        return calculate_warehouse_adjustment(
            session, warehouse.location, found, warehouse.by, item_ids
        )

    return warehouse.write(work)


def proposals(warehouse: Warehouse) -> Sequence[ItemJournalLine]:
    """The proposed lines, in order."""
    with warehouse.database.read() as session:
        return proposed_lines(session, warehouse.location)


def post_proposals(warehouse: Warehouse, chosen: Sequence[tuple[int, int]] | None = None) -> Posted:
    """Post the proposed lines, or the chosen numbers of them."""
    ids = [line.id for line in proposals(warehouse)]
    return warehouse.write(
        lambda session: post_item_journal_lines(
            session, ids, warehouse.by, batch_name="SYNC", chosen=chosen
        )
    )


def sync(warehouse: Warehouse) -> int:
    """Calculate and post all that waits; returns how many lines were posted."""
    lines = calculate(warehouse).lines
    if lines:
        post_proposals(warehouse)
    return lines
