"""The labels of records: of numbers that were assigned, of items, and of bins.

This module must never change anything.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.barcodes.label_contents import (
    Label,
    LabelledItem,
    bin_label,
    item_label,
    lot_label,
    package_label,
    serial_label,
)
from scanner_app.beginnings import LAST_CHARACTER
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.assigned_number import AssignedNumberBatch, numbers_of_batch
from scanner_app.inventory.item import Item
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.warehouse.bin import Bin

BIN_LABELS_MAX = 500


class TooManyBinLabels(RuleRefused):
    """A range of bins is printed at once, not a whole hall."""

    message = N_("From {first} to {last} there are more than {maximum} bins.")
    way_out = N_("Print them in parts: choose a bin code in between.")
    field = "To Bin Code"


def labels_of_batch(session: Session, batch: AssignedNumberBatch) -> list[Label]:
    """A label for every number of a batch, in the order in which they were assigned."""
    item = labelled_item(session.get_one(Item, batch.item_id))
    numbers = numbers_of_batch(session, batch)
    if batch.kind is NumberKind.SERIAL:
        return [serial_label(item, number, batch.lot_no) for number in numbers]
    label_of = lot_label if batch.kind is NumberKind.LOT else package_label
    return [label_of(item, number) for number in numbers]


def label_of_item(item: Item) -> Label:
    """The label of an item without any number."""
    return item_label(labelled_item(item))


def labels_of_bins(session: Session, location_id: int, first: str, last: str) -> list[Label]:
    """A label for every bin of a location from one code to another; '' is without an end.

    Codes that begin as the last one does belong to the range: W-02 ends with W-02-0402. The
    adjustment bin is no place and has none.

    Raises:
        TooManyBinLabels: for more bins than are printed at once.
    """
    of_location = (Bin.location_id == location_id, ~Bin.is_adjustment_bin, Bin.code >= first)
    statement = select(Bin.code, Bin.description).where(*of_location)
    if last:
        statement = statement.where(Bin.code < last + LAST_CHARACTER)
    rows = session.execute(statement.order_by(Bin.code).limit(BIN_LABELS_MAX + 1)).all()
    if len(rows) > BIN_LABELS_MAX:
        ends = {"first": first or rows[0].code, "last": last or rows[-1].code}
        raise TooManyBinLabels(**ends, maximum=BIN_LABELS_MAX)
    return [bin_label(row.code, row.description) for row in rows]


def labelled_item(item: Item) -> LabelledItem:
    """What labels say about an item."""
    return LabelledItem(item.no, item.description, item.gtin)
