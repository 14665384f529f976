"""What waits for the sync although it was counted: numbers whose card is blocked.

A posting of a blocked number is refused, and a posting is all or nothing. So its difference is
left out of the proposal and waits in the adjustment bin, while the others are posted
(docs/domain.md 8.2).

This module must never change anything.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_tracking import numbers_of
from scanner_app.inventory.tracking_information import (
    Card,
    NumberKind,
    find_cards,
    numbers_by_kind,
)
from scanner_app.warehouse.bin_balance import BalanceKey, BinBalance, key_of

BlockedNumber = tuple[NumberKind, str, Card]


class BlockedNumberWaits(RuleRefused):
    """A difference of a blocked number is not posted yet."""

    message = N_("{kind} No. {number} of item {item_no} is blocked.")
    way_out = N_(
        "Clear Blocked on its card and calculate again, or leave it blocked: the difference waits"
        " here, and the others are posted."
    )
    field = "Blocked"


def blocked_numbers(
    session: Session, balances: Sequence[BinBalance]
) -> dict[BalanceKey, BlockedNumber]:
    """The first blocked number of each balance that has one: serial, lot, package."""
    numbers = {
        key_of(balance): numbers_by_kind(balance.item_id, balance.variant_id, numbers_of(balance))
        for balance in balances
    }
    cards = find_cards(session, {number for named in numbers.values() for number in named})
    found: dict[BalanceKey, BlockedNumber] = {}
    for key, named in numbers.items():
        for number in named:
            card = cards.get(number)
            if card is not None and card.blocked:
                found.setdefault(key, (number[2], number[3], card))
    return found
