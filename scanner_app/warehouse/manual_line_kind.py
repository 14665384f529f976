"""Line Kind: how the lines of each warehouse journal are kept and typed.

The two adjustment journals have one kind of line, the reclassification journal another
(docs/domain.md 13.2, 13.4). What differs is said here, so that everything else is written once.

This module must never read or write a table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from scanner_app.inventory.item_tracking import TrackingNumbers, new_numbers_of, numbers_of
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.journal_line_card import (
    card_of_new_tracking,
    card_of_numbers,
    card_of_tracking,
    write_new_tracking,
    write_numbers,
    write_tracking,
)
from scanner_app.warehouse.manual_journal_line import (
    ManualJournalLine,
    ManualLine,
    ReclassificationLine,
)
from scanner_app.warehouse.record_card import Fields
from scanner_app.warehouse.warehouse_journal import WarehouseJournalTemplate
from scanner_app.warehouse.warehouse_journal_fields import (
    FROM_BIN,
    LINE_FIELDS,
    RECLASSIFICATION_FIELDS,
    TO_BIN,
)

Line = TypeVar("Line", bound=ManualLine)


@dataclass(frozen=True)
class LineKind(Generic[Line]):
    """How the lines of a warehouse journal are kept and typed.

    Attributes:
        row: their table.
        fields: what is typed on one.
        bins: the fields that name a bin; the row keeps the id under the same name.
        card_of_tracking: what the card says of their numbers and dates.
        write_tracking: how a line gets what its card says of them.
        new_numbers: the numbers that the quantity has from now on.
        complete: what is filled in on the card of a new line.
        moves: whether they move stock, which is booked already, or adjust what is booked.
    """

    row: type[Line]
    fields: Fields
    bins: tuple[str, ...]
    card_of_tracking: Callable[[Line], TextCard]
    write_tracking: Callable[[Line, TextCard], None]
    new_numbers: Callable[[Line], TrackingNumbers]
    complete: Callable[[TextCard], TextCard]
    moves: bool


def _with_new_numbers(card: TextCard) -> TextCard:
    """What is not called anew keeps its number; who edits the line may clear it afterwards."""
    kinds = ("serial_no", "lot_no", "package_no")
    return card | {f"new_{kind}": card[f"new_{kind}"].strip() or card[kind] for kind in kinds}


def _write_numbers_and_new_ones(line: ReclassificationLine, card: TextCard) -> None:
    write_numbers(line, card)
    write_new_tracking(line, card)


_ADJUSTMENT = LineKind(
    row=ManualJournalLine,
    fields=LINE_FIELDS,
    bins=("bin",),
    card_of_tracking=card_of_tracking,
    write_tracking=write_tracking,
    new_numbers=numbers_of,
    complete=lambda card: card,
    moves=False,
)
_RECLASSIFICATION = LineKind(
    row=ReclassificationLine,
    fields=RECLASSIFICATION_FIELDS,
    bins=(FROM_BIN.name, TO_BIN.name),
    card_of_tracking=lambda line: card_of_numbers(line) | card_of_new_tracking(line),
    write_tracking=_write_numbers_and_new_ones,
    new_numbers=new_numbers_of,
    complete=_with_new_numbers,
    moves=True,
)
LINE_KINDS: dict[WarehouseJournalTemplate, LineKind[Any]] = {
    WarehouseJournalTemplate.PHYSICAL_INVENTORY: _ADJUSTMENT,
    WarehouseJournalTemplate.ITEM: _ADJUSTMENT,
    WarehouseJournalTemplate.RECLASSIFICATION: _RECLASSIFICATION,
}
