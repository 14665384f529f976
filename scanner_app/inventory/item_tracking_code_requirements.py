"""What an item tracking code asks for, and where: the whole matrix, for people to read.

Postings are asked of `numbers_required` and `cards_required`, warehouse work of
`numbers_in_warehouse`: the matrix shows what they answer and knows nothing itself
(docs/domain.md 2.3).
"""

from dataclasses import dataclass

from scanner_app.inventory.item_tracking_code import (
    NOTHING_ASKED,
    EntryType,
    ItemTrackingCode,
    NumbersAsked,
    cards_required,
    numbers_in_warehouse,
    numbers_required,
)


@dataclass(frozen=True)
class Requirement:
    """What is asked in one place.

    Attributes:
        entry_type: None for warehouse work.
        inbound: None where both directions ask the same.
        numbers: the numbers that must be named.
        cards: the numbers whose information card must exist.
    """

    entry_type: EntryType | None
    inbound: bool | None
    numbers: NumbersAsked
    cards: NumbersAsked


def requirements_of(code: ItemTrackingCode) -> tuple[Requirement, ...]:
    """Every entry type and direction, a transfer once, and warehouse work last."""
    flows = [(type_, way) for type_ in EntryType for way in (True, False)]
    postings = [
        _of_posting(code, type_, inbound=way)
        for type_, way in flows
        if type_ is not EntryType.TRANSFER or way
    ]
    return (*postings, Requirement(None, None, numbers_in_warehouse(code), NOTHING_ASKED))


def _of_posting(code: ItemTrackingCode, entry_type: EntryType, *, inbound: bool) -> Requirement:
    return Requirement(
        entry_type=entry_type,
        inbound=None if entry_type is EntryType.TRANSFER else inbound,
        numbers=numbers_required(code, entry_type, inbound=inbound),
        cards=cards_required(code, entry_type, inbound=inbound),
    )
