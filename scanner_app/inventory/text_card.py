"""A card of the set-up as texts: what it says, field by field, as people read and type it.

Every value is text, as a form carries it: codes in capitals, a switch as Yes or No. So two
editors are told apart by what each one read, and the change log keeps the same words.

This module must never know what a card is of.
"""

from datetime import date

from scanner_app.access.change_log import CardChanged
from scanner_app.errors import N_

TextCard = dict[str, str]
Changes = dict[str, tuple[str, str]]

YES, NO = N_("Yes"), N_("No")
# So many records are in memory while all cards of a table are listed.
ROWS_AT_ONCE = 500


def changed_fields(old: TextCard, new: TextCard) -> Changes:
    """The fields that differ, with both values, in the order of the new card."""
    return {name: (old[name], new[name]) for name in new if old[name] != new[name]}


def day_of(text: str) -> date | None:
    """The day that a card says, None where it is empty."""
    return date.fromisoformat(text) if text else None


def text_of_day(day: date | None) -> str:
    """A day as a card says it, '' where there is none."""
    return day.isoformat() if day else ""


def check_unchanged(as_read: TextCard, stored: TextCard) -> None:
    """Refuse to write over what somebody else saved after the card was read.

    Raises:
        CardChanged: with how many fields they changed.
    """
    if meanwhile := changed_fields(as_read, stored):
        raise CardChanged(count=len(meanwhile))
