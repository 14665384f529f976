"""The values that are posted to the item ledger: one line is one set of numbers.

This module must never read or write a table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import NO_NUMBERS, TrackingNumbers
from scanner_app.inventory.item_tracking_code import (
    EntryType,
    ItemTrackingCode,
    numbers_in_warehouse,
    specific_numbers,
)
from scanner_app.inventory.location import Location


@dataclass(frozen=True)
class Posting:
    """Who posts, when, and from which journal batch or document; each line has its own date."""

    work_date: date
    posted_at: datetime
    user_id: int
    source_code: str
    journal_batch_name: str = ""


@dataclass(frozen=True)
class TransferTo:
    """Where a transfer comes in, with its New numbers and its New Expiration Date.

    Attributes:
        in_other_bin: whether goods change their bin, of which the item ledger knows nothing.
    """

    location: Location
    numbers: TrackingNumbers = NO_NUMBERS
    expiration_date: date | None = None
    in_other_bin: bool = False


@dataclass(frozen=True)
class PostingLine:
    """One quantity to be posted; `quantity_base` is signed, plus brings stock in.

    A transfer is the quantity that leaves, and `transfer_to` says how it comes in.
    """

    entry_type: EntryType
    posting_date: date
    document_no: str
    document_date: date
    item: Item
    tracking_code: ItemTrackingCode | None
    variant_id: int
    location: Location
    quantity_base: Decimal
    unit_of_measure_id: int
    qty_per_unit_of_measure: Decimal
    numbers: TrackingNumbers = NO_NUMBERS
    warranty_date: date | None = None
    expiration_date: date | None = None
    source_no: str = ""
    reason_code_id: int | None = None
    warehouse_adjustment: bool = False
    applies_to_entry_id: int | None = None
    transfer_to: TransferTo | None = None

    @property
    def inbound(self) -> bool:
        """Whether the line brings stock in."""
        return self.quantity_base > 0

    @cached_property
    def specific_numbers(self) -> TrackingNumbers:
        """The numbers that outbound and inbound must share."""
        return self.numbers.only(specific_numbers(self.tracking_code))

    @cached_property
    def warehouse_numbers(self) -> TrackingNumbers:
        """The numbers that warehouse entries store."""
        return self.numbers.only(numbers_in_warehouse(self.tracking_code))


def arrival_of(line: PostingLine) -> PostingLine | None:
    """The half of a transfer that comes in, as it was given; None for any other line."""
    to = line.transfer_to
    if to is None:
        return None
    return replace(
        line,
        location=to.location,
        numbers=to.numbers,
        expiration_date=to.expiration_date,
        quantity_base=-line.quantity_base,
        applies_to_entry_id=None,
        transfer_to=None,
    )


def with_arrivals(lines: Iterable[PostingLine]) -> list[PostingLine]:
    """The lines, and the half of each transfer that comes in."""
    lines = list(lines)
    arrivals = (arrival_of(line) for line in lines)
    return lines + [arrival for arrival in arrivals if arrival is not None]


class Step(NamedTuple):
    """One line of a posting, by its place, as it leaves or comes in.

    Attributes:
        arrives: whether this is the second half of a transfer, the one that comes in.
    """

    place: int
    arrives: bool = False


def order_of_posting(lines: Sequence[PostingLine]) -> list[Step]:
    """What leaves before what comes in, so that a serial no. leaves before it arrives."""
    leaving = [Step(place) for place, line in enumerate(lines) if not line.inbound]
    coming_in = [
        Step(place, arrives=not line.inbound)
        for place, line in enumerate(lines)
        if line.inbound or line.transfer_to is not None
    ]
    return leaving + coming_in
