"""Tell Me: the documents, items and bins that somebody may mean by what they typed.

Codes are found by how they begin, items by their words too, in any order. Everything is asked
for by an index and with a limit, so that it takes no longer among many items than among few.

This module must never change anything, and never find what the asker may not open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.code_index import Beginning, CodeKind, NamedCode, codes_beginning
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_word import item_ids_by_words, words_of
from scanner_app.scanning.resolve import CODE_LENGTH, Candidate

RECORDS_SHOWN_MAX = 5
# An item may be found several times over, by its number, its references and its words.
ROWS_READ_MAX = 4 * (RECORDS_SHOWN_MAX + 1)
# Zeros that a GTIN of 14, 13, 12 or 8 digits is kept with.
GTIN_BEGINNINGS = ("", "0", "00", "000000")
# These have a page at every location of the user, the others only at the one at hand.
KINDS_OF_ALL_LOCATIONS = frozenset({CodeKind.PUT_AWAY, CodeKind.PICK})


@dataclass(frozen=True)
class Reach:
    """What the asker may open: where, which kinds of documents, and on which day.

    Attributes:
        location_id: the location at hand.
        location_ids: every location of the user.
    """

    location_id: int
    location_ids: tuple[int, ...]
    document_kinds: tuple[CodeKind, ...]
    day: date


@dataclass(frozen=True)
class NamedRecord:
    """A document, item or bin; `key` is what the look-up tells it from others by."""

    kind: CodeKind
    code: str
    key: str = ""
    description: str = ""
    location_id: int | None = None


@dataclass(frozen=True)
class NamedRecords:
    """The first records of a kind, and whether there are more."""

    rows: tuple[NamedRecord, ...]
    more: bool


def named_documents(session: Session, query: str, reach: Reach) -> NamedRecords:
    """Documents whose number begins with the query."""
    beginnings = [
        Beginning(
            kind,
            query.upper(),
            reach.location_ids if kind in KINDS_OF_ALL_LOCATIONS else (reach.location_id,),
        )
        for kind in reach.document_kinds
    ]
    codes = _codes(session, query, beginnings, reach)
    return _first(
        NamedRecord(code.kind, code.code, location_id=code.location_id)
        for code in sorted(codes, key=lambda code: (code.code != query.upper(), code.code))
    )


def named_bins(session: Session, query: str, reach: Reach) -> NamedRecords:
    """Bins of the location at hand whose code begins with the query."""
    beginning = Beginning(CodeKind.BIN, query.upper(), (reach.location_id,))
    codes = _codes(session, query, [beginning], reach)
    return _first(
        NamedRecord(code.kind, code.code, Candidate(code.kind, code.code, code.target_id).key)
        for code in sorted(codes, key=lambda code: code.code)
    )


def named_items(session: Session, query: str, reach: Reach) -> NamedRecords:
    """Items by number, GTIN or reference, then by the words of their number and description."""
    codes = _codes(session, query, beginnings_of_items(query.upper()), reach)
    by_words = item_ids_by_words(session, words_of(query), ROWS_READ_MAX)
    ranked = _ranked_items(query.upper(), codes, by_words)
    shown = sorted(ranked, key=lambda item_id: ranked[item_id])[:RECORDS_SHOWN_MAX]
    statement = select(Item.id, Item.no, Item.description).where(Item.id.in_(shown))
    items = {item_id: (no, words) for item_id, no, words in session.execute(statement)}
    return NamedRecords(
        tuple(_named_item(item_id, *items[item_id]) for item_id in shown),
        more=len(ranked) > len(shown) or len(by_words) == ROWS_READ_MAX,
    )


def _named_item(item_id: int, no: str, description: str) -> NamedRecord:
    candidate = Candidate(CodeKind.ITEM, no, target_id=item_id)
    return NamedRecord(CodeKind.ITEM, no, candidate.key, description)


def beginnings_of_items(code: str) -> list[Beginning]:
    """Where the codes of items begin so: number, reference, and a GTIN with or without zeros."""
    beginnings = [Beginning(CodeKind.ITEM, code), Beginning(CodeKind.REFERENCE, code)]
    if code.isascii() and code.isdecimal():
        beginnings += [Beginning(CodeKind.GTIN, zeros + code) for zeros in GTIN_BEGINNINGS]
    return beginnings


def _ranked_items(
    code: str, codes: Sequence[NamedCode], by_words: Sequence[int]
) -> dict[int, tuple[int, str]]:
    """The best place of each item: the code itself, its beginning, then its words."""
    ranked: dict[int, tuple[int, str]] = {}
    for named in codes:
        is_whole = named.code in {zeros + code for zeros in GTIN_BEGINNINGS}
        is_number = named.kind is CodeKind.ITEM
        rank = (not is_whole) * 2 + (not is_number)
        ranked[named.item_id] = min(ranked.get(named.item_id, (4, "")), (rank, named.code))
    for place, item_id in enumerate(by_words):
        ranked.setdefault(item_id, (4, f"{place:03}"))
    return ranked


def _codes(
    session: Session, query: str, beginnings: Sequence[Beginning], reach: Reach
) -> list[NamedCode]:
    if not query or len(query) > CODE_LENGTH:
        return []
    return codes_beginning(session, beginnings, reach.day, ROWS_READ_MAX)


def _first(records: Iterable[NamedRecord]) -> NamedRecords:
    rows = tuple(records)
    return NamedRecords(rows[:RECORDS_SHOWN_MAX], more=len(rows) > RECORDS_SHOWN_MAX)
