"""The values that the checks of a posting return: what may be posted, and what it is taken from.

This module must never read or write a table.
"""

from dataclasses import dataclass
from decimal import Decimal

from scanner_app.inventory.item_ledger import OpenItemLedgerEntry
from scanner_app.inventory.posting_line import PostingLine
from scanner_app.inventory.tracking_information import NumberOfItem


@dataclass(frozen=True)
class Application:
    """A part of an outbound line taken from one open inbound entry."""

    entry: OpenItemLedgerEntry
    quantity: Decimal


@dataclass(frozen=True)
class CheckedLine:
    """A line that may be posted, with its dates, its applications and the cards to create.

    Attributes:
        transferred_from: of what a transfer brings in, the parts that its other half took.
    """

    line: PostingLine
    applications: tuple[Application, ...] = ()
    cards_to_create: tuple[NumberOfItem, ...] = ()
    transferred_from: tuple[Application, ...] = ()
