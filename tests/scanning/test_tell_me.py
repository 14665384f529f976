"""Tell Me's records: what comes first, what is left out, and that an index finds it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from scanner_app.beginnings import begins_with
from scanner_app.code_index import Beginning, CodeKind, Meaning, codes_beginning, index_codes
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_word import ItemWord, index_words, item_ids_by_words, words_of
from scanner_app.scanning.tell_me import (
    NamedRecords,
    Reach,
    named_bins,
    named_documents,
    named_items,
)
from scanner_app.warehouse.master_codes import index_bins, index_item
from tests.builders import Warehouse
from tests.warehouse.test_query_plans import plans_of

DAY = date(2026, 11, 23)
READ_WHOLE = re.compile(r"SCAN (?:code_index|item_word|item)\b")
EVERY_KIND = (CodeKind.PUT_AWAY, CodeKind.PICK, CodeKind.COUNT, CodeKind.RECEIPT)


@pytest.fixture
def reach(white: Warehouse) -> Reach:
    here = white.location.id
    return Reach(location_id=here, location_ids=(here,), document_kinds=EVERY_KIND, day=DAY)


def add_named(white: Warehouse, no: str, description: str = "", gtin: str = "") -> Item:
    item = white.add_item(no, description=description, gtin=gtin).item
    white.write(lambda session: index_item(session, item))
    return item


def add_named_bin(white: Warehouse, code: str) -> None:
    bin_ = white.add_bin(code)
    white.write(lambda session: index_bins(session, bin_.location_id, {bin_.code: bin_.id}))


def add_codes(white: Warehouse, *meanings: Meaning) -> None:
    white.write(lambda session: index_codes(session, meanings))


def codes_of(found: NamedRecords) -> list[str]:
    return [row.code for row in found.rows]


def test_words_are_found_without_case_accents_and_order() -> None:
    assert words_of("Kühl-Box, 2.5 l_ß") == ["KUHL", "BOX", "2", "5", "L", "SS"]
    assert words_of("%_?") == []
    assert words_of("x" * 99) == ["X" * 50]


def test_an_item_is_found_by_all_of_its_words_or_not_at_all(white: Warehouse, reach: Reach) -> None:
    add_named(white, "77", "Red drill, cordless")
    add_named(white, "78", "Red paint")

    def found(query: str) -> list[str]:
        return codes_of(white.write(lambda session: named_items(session, query, reach)))

    assert found("red") == ["77", "78"]
    assert found("cordl RED") == ["77"]
    assert found("77 dril") == ["77"]
    assert found("red cord pai") == []
    assert found("rill") == []


def test_the_number_itself_comes_first_then_codes_then_words(
    white: Warehouse, reach: Reach
) -> None:
    add_named(white, "5", "Box of 10")
    add_named(white, "1000", "Bolt")
    add_named(white, "10", "Nut")
    referred = add_named(white, "7", "Screw")
    add_codes(white, Meaning("10", CodeKind.REFERENCE, 99, item_id=referred.id))
    found = white.write(lambda session: named_items(session, "10", reach))
    assert codes_of(found) == ["10", "7", "1000", "5"]
    assert found.rows[0].description == "Nut"


@pytest.mark.parametrize("typed", ["4006381333931", "04006381333931", "400638"])
def test_a_gtin_is_found_with_and_without_its_zeros(
    white: Warehouse, reach: Reach, typed: str
) -> None:
    add_named(white, "PEN", gtin="4006381333931")
    found = white.write(lambda session: named_items(session, typed, reach))
    assert codes_of(found) == ["PEN"]


def test_a_reference_counts_on_its_days_only(white: Warehouse, reach: Reach) -> None:
    item = add_named(white, "PEN")
    known = Meaning("VENDOR", CodeKind.REFERENCE, 1, item_id=item.id)
    first, last = date(2026, 2, 1), date(2026, 2, 28)
    add_codes(white, replace(known, valid_from=first, valid_to=last))

    def found(day: date) -> list[str]:
        asked = replace(reach, day=day)
        return codes_of(white.write(lambda session: named_items(session, "vendor", asked)))

    assert found(date(2026, 2, 28)) == ["PEN"]
    assert found(date(2026, 1, 31)) == found(date(2026, 3, 1)) == []


def test_documents_are_those_that_the_asker_may_open(white: Warehouse, reach: Reach) -> None:
    here, elsewhere, foreign = reach.location_id, reach.location_id + 1, reach.location_id + 2
    add_codes(
        white,
        *(
            Meaning(f"D{number}", kind, number, location_id=place)
            for number, (kind, place) in enumerate(
                [
                    (CodeKind.PUT_AWAY, here),
                    (CodeKind.PICK, here),
                    (CodeKind.COUNT, here),
                    (CodeKind.RECEIPT, here),
                    (CodeKind.MOVEMENT, here),
                ]
            )
        ),
    )

    def found(asked: Reach) -> list[str]:
        return codes_of(white.write(lambda session: named_documents(session, "d", asked)))

    assert found(reach) == ["D0", "D1", "D2", "D3"]
    assert found(replace(reach, document_kinds=(CodeKind.PICK,))) == ["D1"]
    assert found(replace(reach, location_ids=(elsewhere, foreign))) == ["D2", "D3"]
    assert found(replace(reach, location_id=elsewhere)) == ["D0", "D1"]
    assert found(replace(reach, document_kinds=())) == []


def test_tracking_numbers_are_not_searched(white: Warehouse, reach: Reach) -> None:
    item = add_named(white, "PEN")
    add_codes(white, Meaning("SN1", CodeKind.SERIAL, item.id, item_id=item.id))
    beginning = Beginning(CodeKind.SERIAL, "SN")
    assert white.write(lambda session: codes_beginning(session, [beginning], DAY, 9)) == []
    assert white.write(lambda session: named_items(session, "SN1", reach)).rows == ()


def test_five_are_shown_and_it_is_said_whether_there_are_more(
    white: Warehouse, reach: Reach
) -> None:
    def shown(find: Callable[[Session, str, Reach], NamedRecords]) -> NamedRecords:
        return white.write(lambda session: find(session, "z-", reach))

    for number in range(5):
        add_named_bin(white, f"Z-{number}")
        add_named(white, f"Z-{number}")
    assert not shown(named_bins).more
    assert not shown(named_items).more
    add_named_bin(white, "Z-9")
    add_named(white, "Z-9")
    for records in (shown(named_bins), shown(named_items)):
        assert codes_of(records) == ["Z-0", "Z-1", "Z-2", "Z-3", "Z-4"]
        assert records.more


def test_a_code_longer_than_any_is_not_looked_for(white: Warehouse, reach: Reach) -> None:
    assert white.write(lambda session: named_bins(session, "Z" * 51, reach)).rows == ()


def test_what_is_typed_is_no_pattern(white: Warehouse, reach: Reach) -> None:
    add_named(white, "A_B")
    add_named(white, "AXB")
    assert codes_of(white.write(lambda session: named_items(session, "A_", reach))) == [
        "A_B",
        "AXB",
    ]
    assert codes_of(white.write(lambda session: named_items(session, "%", reach))) == []


def test_a_renamed_item_is_found_by_its_new_words_only(white: Warehouse) -> None:
    item = add_named(white, "PEN", "Blue ink")

    def rename(session: Session) -> None:
        renamed = session.get_one(Item, item.id)
        renamed.description = "Red ink"
        index_words(session, renamed)

    white.write(rename)
    assert white.write(lambda session: item_ids_by_words(session, ["BLUE"], 9)) == []
    assert white.write(lambda session: item_ids_by_words(session, ["RED"], 9)) == [item.id]
    assert white.write(lambda session: item_ids_by_words(session, [], 9)) == []


def test_an_item_without_a_word_is_found_by_its_number(white: Warehouse, reach: Reach) -> None:
    add_named(white, "--")
    assert codes_of(white.write(lambda session: named_items(session, "-", reach))) == ["--"]


@pytest.mark.parametrize("text", ["A", "AB", "Z", "\ud7ff", "\U0010fffd"])
def test_a_beginning_is_a_range_of_codes(white: Warehouse, text: str) -> None:
    item = white.add_item("X").item
    words = [text, f"{text}0", f"{text}\U0010fffd", f"0{text}", "A!", "@"]

    def work(session: Session) -> set[str]:
        session.add_all(ItemWord(item_id=item.id, word=word) for word in set(words))
        session.flush()
        found = session.query(ItemWord.word).filter(begins_with(ItemWord.word, text))
        return {word for (word,) in found}

    assert white.write(work) == {word for word in words if word.startswith(text)}


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda session, reach: named_items(session, "10", reach), "ix_code_index_name"),
        (lambda session, reach: named_items(session, "red dr", reach), "ix_item_word_word_item_id"),
        (lambda session, reach: named_bins(session, "w-", reach), "ix_code_index_name"),
        (lambda session, reach: named_documents(session, "p", reach), "ix_code_index_name"),
    ],
)
def test_tell_me_reads_no_table_whole(
    white: Warehouse, reach: Reach, ask: Callable[[Session, Reach], object], index: str
) -> None:
    add_named(white, "10", "Red drill")
    plan = plans_of(white, lambda session: ask(session, reach))
    if white.database.dialect == "sqlite":  # PostgreSQL takes any, as long as its table is small
        assert index in plan
    assert not READ_WHOLE.search(plan)
    assert "Seq Scan" not in plan
