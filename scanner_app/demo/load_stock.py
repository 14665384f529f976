"""Load the stock of the demo as a company would: by counting it and posting what was found.

The bins of WHITE are counted and synchronised when the warehouse opens; later counts of two bins
are registered and wait for the sync. SILVER and BLUE are not directed: journal lines are posted.

This module must never write a ledger itself.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.demo.catalogue import Catalogue
from scanner_app.demo.stock import (
    OPENED,
    STOCK_OF_BLUE,
    STOCK_OF_SILVER,
    STOCK_OF_WHITE,
    TYPED_WARRANTY_DATES,
    UNSYNCHRONISED,
    Goods,
    Stock,
    Unsynchronised,
)
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.quantities import ZERO, to_base
from scanner_app.warehouse.adjustment_sync import calculate_warehouse_adjustment, proposed_lines
from scanner_app.warehouse.calculate_inventory import bins_to_count, calculate_inventory
from scanner_app.warehouse.item_journal_posting import post_item_journal_lines
from scanner_app.warehouse.physical_inventory import (
    SeenUnit,
    close_bin,
    count_of_bin,
    count_units,
    lines_of,
    open_bin,
)
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.register_journal import register_warehouse_journal
from scanner_app.warehouse.seen_in_bin import counted_so_far
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
)

Contents = dict[Goods, Decimal]

OPENING = "OPENING"
RECOUNT = "RECOUNT"
SYNC = "SYNC"


def load_stock(session: Session, catalogue: Catalogue) -> None:
    """Open the three locations, then count two bins of WHITE again."""
    by = catalogue.by("SUPERVISOR", OPENED)
    journal = _add_journal(session, SYNC, "Warehouse adjustments")
    opening = _add_journal(session, OPENING, "Stock at the opening")
    _post_stock(session, catalogue, opening, "SILVER", STOCK_OF_SILVER)
    _post_stock(session, catalogue, opening, "BLUE", STOCK_OF_BLUE)
    contents = _contents_at_opening()
    batch = _add_count(session, catalogue, OPENING, "Stock at the opening")
    for bin_code in contents:
        _count_bin(session, catalogue, batch, bin_code, contents[bin_code], by)
    register_warehouse_journal(session, batch.id, by)
    white = catalogue.locations["WHITE"]
    calculate_warehouse_adjustment(session, white, journal, by)
    lines = [line.id for line in proposed_lines(session, white)]
    post_item_journal_lines(session, lines, by, batch_name=SYNC)
    recount = _add_count(session, catalogue, RECOUNT, "Bins counted again")
    for found in UNSYNCHRONISED:
        _recount(session, catalogue, recount, contents[found.bin_code], found)


def _contents_at_opening() -> dict[str, Contents]:
    """What the bins held before the counts that are not synchronised yet."""
    contents: defaultdict[str, Contents] = defaultdict(dict)
    for stock in STOCK_OF_WHITE:
        contents[stock.bin_code][stock.goods] = stock.quantity
    for found in reversed(UNSYNCHRONISED):
        _add(contents[found.bin_code], found.goods, found.quantity)
    return dict(contents)


def _add(contents: Contents, goods: Goods, quantity: Decimal) -> None:
    contents[goods] = contents.get(goods, ZERO) + quantity


def _add_journal(session: Session, name: str, description: str) -> ItemJournalBatch:
    journal = ItemJournalBatch(name=name, description=description)
    session.add(journal)
    session.flush()
    return journal


def _add_count(
    session: Session, catalogue: Catalogue, name: str, description: str
) -> WarehouseJournalBatch:
    batch = WarehouseJournalBatch(
        location_id=catalogue.locations["WHITE"].id, name=name, description=description
    )
    session.add(batch)
    session.flush()
    return batch


def _count_bin(
    session: Session,
    catalogue: Catalogue,
    batch: WarehouseJournalBatch,
    bin_code: str,
    contents: Mapping[Goods, Decimal],
    by: By,
) -> None:
    """Count a bin whole: everything that lies there, and nothing else."""
    bin_ = catalogue.bins[bin_code]
    calculate_inventory(
        session, batch.id, bins_to_count(session, batch.location_id, codes=[bin_code])
    )
    count = count_of_bin(session, batch, bin_)
    open_bin(session, count, bin_, by)
    units = []
    for goods, quantity in contents.items():
        if quantity > 0:
            seen = SeenUnit(
                numbers=goods.numbers,
                quantity=quantity,
                expiration_date=catalogue.day(goods.expires),
                warranty_date=catalogue.day(TYPED_WARRANTY_DATES.get(goods.item_no, "")),
                **catalogue.item_fields(goods),
            )
            units.append(seen)
    count_units(session, count, units, by, scan_id=None)
    close_bin(session, count, counted_so_far(session, count), by)


def _recount(
    session: Session,
    catalogue: Catalogue,
    batch: WarehouseJournalBatch,
    contents: Contents,
    found: Unsynchronised,
) -> None:
    """Count a bin whose content differs by now, and register that for its reason."""
    by = catalogue.by(found.counted_by, found.counted)
    _add(contents, found.goods, -found.quantity)
    _count_bin(session, catalogue, batch, found.bin_code, contents, by)
    count = session.scalars(
        select(BinCount).where(
            BinCount.batch_id == batch.id, BinCount.state != BinCountState.REGISTERED
        )
    ).one()
    for line in lines_of(session, count):
        if line.difference_base:
            line.reason_code_id = catalogue.reasons[found.reason]
    session.flush()
    register_warehouse_journal(session, batch.id, by)


def _post_stock(
    session: Session,
    catalogue: Catalogue,
    journal: ItemJournalBatch,
    location_code: str,
    stock: Sequence[Stock],
) -> None:
    """Post the stock of a location that is not directed, one journal line for each number."""
    by = catalogue.by("SUPERVISOR", OPENED)
    lines: list[ItemJournalLine] = []
    for place, part in enumerate(stock, start=1):
        fields = catalogue.item_fields(part.goods) | catalogue.number_fields(part.goods)
        lines.append(
            ItemJournalLine(
                batch_id=journal.id,
                line_no=place * 10_000,
                entry_type=EntryType.POSITIVE_ADJUSTMENT,
                posting_date=by.work_date,
                document_date=by.work_date,
                document_no=OPENING,
                location_id=catalogue.locations[location_code].id,
                bin_id=catalogue.bins[part.bin_code].id if part.bin_code else None,
                quantity=part.quantity,
                quantity_base=to_base(part.quantity, fields["qty_per_unit_of_measure"]),
                **fields,
            )
        )
    session.add_all(lines)
    session.flush()
    post_item_journal_lines(session, [line.id for line in lines], by, batch_name=OPENING)
