"""Default Bin: where an item belongs at a location without directed put-away and pick.

A supervisor names it on the content of a bin, or the location lets it follow from where goods are
put: Default Bin Selection (docs/domain.md 4.7).

This module must never move goods, nor change an entry.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item
from scanner_app.inventory.location import DefaultBinSelection, Location
from scanner_app.quantities import ZERO
from scanner_app.upsert import insert_into
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.new_warehouse_entry import NewWarehouseEntry

ItemWithVariant = tuple[int, int]


def default_bin_id(session: Session, location: Location, goods: ItemWithVariant) -> int | None:
    """The bin where an item belongs, None where none is its default."""
    row = BinContent
    return session.scalar(
        select(row.bin_id).where(
            row.location_id == location.id,
            row.item_id == goods[0],
            row.variant_id == goods[1],
            row.is_default,
        )
    )


def select_default_bins(
    session: Session, location: Location, entries: Sequence[NewWarehouseEntry]
) -> None:
    """Let default bins follow from where entries put goods, as the location selects them.

    *Fixed Bin*: the first bin that an item is put into stays its default. *Last-Used Bin*: the
    last one is. Goods at a dock are on their way.
    """
    selection = location.default_bin_selection
    docks = (location.receipt_bin_id, location.shipment_bin_id, location.cross_dock_bin_id)
    put = [each for each in entries if each.quantity_base > ZERO and each.bin.id not in docks]
    if selection is DefaultBinSelection.BLANK or not put:
        return
    if selection is DefaultBinSelection.FIXED_BIN:
        put.reverse()
    wanted = {(each.item_id, each.variant_id): each for each in put}
    present = _lock_defaults(session, location, wanted)
    if selection is DefaultBinSelection.FIXED_BIN:
        wanted = {goods: each for goods, each in wanted.items() if goods not in present}
    changed = [each for goods, each in wanted.items() if present.get(goods) != each.bin.id]
    if changed:
        _clear_defaults(session, location, changed)
        _name_defaults(session, location, changed)


def _lock_defaults(
    session: Session, location: Location, goods: Collection[ItemWithVariant]
) -> dict[ItemWithVariant, int]:
    """The default bins of items, whose postings take turns until this one has ended."""
    item_ids = sorted({item_id for item_id, _ in goods})
    # Not as strong as an update: entries may still name the items meanwhile.
    of_items = select(Item.id).where(Item.id.in_(item_ids)).order_by(Item.id)
    session.execute(of_items.with_for_update(key_share=True))
    row = BinContent
    defaults = select(row.item_id, row.variant_id, row.bin_id).where(
        row.location_id == location.id, row.item_id.in_(item_ids), row.is_default
    )
    return {
        (item_id, variant_id): bin_id for item_id, variant_id, bin_id in session.execute(defaults)
    }


def _clear_defaults(
    session: Session, location: Location, changed: Sequence[NewWarehouseEntry]
) -> None:
    """The bins used before are no defaults any more; a content that says nothing else goes."""
    row = BinContent
    pairs = {(each.item_id, each.variant_id) for each in changed}
    defaults = select(row.id, row.item_id, row.variant_id).where(
        row.location_id == location.id,
        row.item_id.in_(sorted({item_id for item_id, _ in pairs})),
        row.is_default,
    )
    ids = [id_ for id_, *goods in session.execute(defaults) if tuple(goods) in pairs]
    of_ids = row.id.in_(ids)
    session.execute(update(row).where(of_ids).values(is_default=False))
    says_nothing = (row.fixed.is_(False), row.min_qty == ZERO, row.max_qty == ZERO)
    session.execute(delete(row).where(of_ids, *says_nothing))


def _name_defaults(
    session: Session, location: Location, changed: Sequence[NewWarehouseEntry]
) -> None:
    """One content for each, added or changed; one that is fixed stays so."""
    fixed = location.default_bin_selection is DefaultBinSelection.FIXED_BIN
    insert = insert_into(session, BinContent)
    named = insert.on_conflict_do_update(
        index_elements=["bin_id", "item_id", "variant_id", "unit_of_measure_id"],
        set_={"is_default": True},
    )
    rows = [
        {
            "location_id": location.id,
            "bin_id": each.bin.id,
            "item_id": each.item_id,
            "variant_id": each.variant_id,
            "unit_of_measure_id": each.unit_of_measure_id,
            "fixed": fixed,
            "is_default": True,
        }
        for each in changed
    ]
    session.execute(named, rows)
