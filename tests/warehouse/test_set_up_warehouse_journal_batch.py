"""Setting up warehouse journal batches: what a card may say, and what stands against it."""

import pytest
from sqlalchemy import select

from scanner_app.access.change_log import CardChanged
from scanner_app.code_index import CodeIndexEntry, CodeKind
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.warehouse.bin_use import open_work
from scanner_app.warehouse.item_use import open_document, open_document_with_numbers
from scanner_app.warehouse.place_use import JOURNAL, open_document_at
from scanner_app.warehouse.set_up_warehouse_journal_batch import (
    find_warehouse_journal_batch,
    list_warehouse_journal_batches,
)
from tests.builders import Warehouse, another_location
from tests.warehouse.counting import add_count, count_bin, register_count
from tests.warehouse.place_cards import logged, refusal_of
from tests.warehouse.warehouse_journals import BATCH, ITEM, RECLASSIFICATION, Journal

TABLE = "warehouse_journal_batch"


@pytest.fixture
def journal(white: Warehouse) -> Journal:
    return Journal(white)


def names(journal: Journal, after: str = "", rows_max: int = 50) -> list[str]:
    with journal.white.database.read() as session:
        rows = list_warehouse_journal_batches(session, journal.key, after, rows_max)
        return [batch.name for batch in rows]


def codes(white: Warehouse) -> list[str]:
    """The names under which counts can be scanned."""
    entry = CodeIndexEntry
    with white.database.read() as session:
        return list(session.scalars(select(entry.code).where(entry.kind == CodeKind.COUNT)))


def test_a_batch_says_what_was_typed(journal: Journal) -> None:
    journal.white.write(lambda session: session.add(ReasonCode(code="OPEN")))
    journal.add_batch(" opening ", description="Balances", reason_code="open")
    assert journal.batch_card("OPENING") == {
        "name": "OPENING",
        "description": "Balances",
        "reason_code": "OPEN",
    }
    log = logged(journal.white, TABLE, "WHITE Physical Inventory OPENING")
    assert log["Description"] == ("", "Balances")


@pytest.mark.parametrize(
    ("name", "fields", "refusal"),
    [
        ("", {}, "NameMissing"),
        ("X" * 11, {}, "FieldTooLong"),
        ("A\x00", {}, "FieldNotReadable"),
        ("A/B", {}, "NameNotInAddress"),
        ("THERE", {}, "NameTaken"),
        ("NEW", {"reason_code": "NONE"}, "RecordNotFound"),
        ("NEW", {"description": "x" * 101}, "FieldTooLong"),
    ],
)
def test_what_no_batch_can_be_is_refused(
    journal: Journal, name: str, fields: dict[str, str], refusal: str
) -> None:
    journal.add_batch("THERE")
    refusal_of(lambda: journal.add_batch(name, **fields), refusal)
    assert names(journal) == ["THERE"]


def test_a_batch_belongs_to_one_location_and_one_template(white: Warehouse) -> None:
    east = another_location(white, "EAST", "E-1", directed_put_away_and_pick=True)
    for journal in (Journal(white), Journal(white, ITEM), Journal(east)):
        journal.add_batch()
        assert names(journal) == [BATCH]
        refusal_of(journal.add_batch, "NameTaken")


def test_batches_are_listed_part_by_part(journal: Journal) -> None:
    for name in ("C", "A", "B"):
        journal.add_batch(name)
    assert names(journal, rows_max=2) == ["A", "B"]
    assert names(journal, after="B") == ["C"]
    with journal.white.database.read() as session:
        assert find_warehouse_journal_batch(session, journal.key, "A\x00") is None


def test_a_location_without_directed_put_away_and_pick_has_no_batch(white: Warehouse) -> None:
    silver = another_location(white, "SILVER", "S-1")
    said = refusal_of(Journal(silver).add_batch, "DirectedPutAwayAndPickOff")
    assert "item journal" in said


def test_a_batch_of_the_physical_inventory_is_a_count_as_well(white: Warehouse) -> None:
    Journal(white).add_batch()
    Journal(white, ITEM).add_batch("OTHER")
    assert codes(white) == [BATCH]


def test_a_batch_is_changed_and_keeps_its_name(journal: Journal) -> None:
    journal.add_batch()
    journal.edit_batch(journal.batch_card(), description="Opening", name="FOUND")
    assert journal.batch_card()["description"] == "Opening"
    log = logged(journal.white, TABLE, "WHITE Physical Inventory FOUND")
    assert log["Description"] == ("", "Opening")


def test_the_second_of_two_editors_is_told(journal: Journal) -> None:
    journal.add_batch()
    read = journal.batch_card()
    journal.edit_batch(read, description="Mine")
    with pytest.raises(CardChanged):
        journal.edit_batch(read, description="Theirs")


def test_a_batch_with_lines_stays(journal: Journal) -> None:
    journal.white.add_item("GOODS")
    journal.add_batch()
    line_no = journal.add_line()
    refusal_of(journal.remove_batch, "RecordInUse")
    journal.remove_line(line_no)
    journal.remove_batch()
    assert (names(journal), codes(journal.white)) == ([], [])
    refusal_of(journal.remove_batch, "RecordUnknown")
    log = logged(journal.white, TABLE, "WHITE Physical Inventory FOUND")
    assert log["Name"] == ("FOUND", "")


def test_a_batch_with_a_bin_that_is_or_was_on_count_stays(journal: Journal) -> None:
    batch = add_count(journal.white, "A", name=BATCH)
    refusal_of(journal.remove_batch, "RecordInUse")
    count_bin(journal.white, batch, "A")
    register_count(journal.white, batch)
    refusal_of(journal.remove_batch, "RecordInUse")


def test_a_line_stands_against_changing_what_it_names(journal: Journal) -> None:
    goods = journal.white.add_item("GOODS", "lot")
    journal.add_batch()
    journal.add_line()
    location = journal.white.location
    with journal.white.database.read() as session:
        assert open_document(session, goods.id) == BATCH
        assert open_document_with_numbers(session, goods.id) == ""
        assert open_work(session, journal.white.bins["A"].id) == BATCH
        assert open_document_at(session, location.id, {JOURNAL}) == BATCH
    journal.edit_line(10_000, lot_no="L1")
    with journal.white.database.read() as session:
        assert open_document_with_numbers(session, goods.id) == BATCH


def test_a_reclassification_line_stands_against_changing_what_it_names(white: Warehouse) -> None:
    journal = Journal(white, RECLASSIFICATION)
    goods = white.add_item("GOODS", "lot", units={"BOX": 6})
    journal.add_batch()
    journal.add_line()
    refusal_of(journal.remove_batch, "RecordInUse")
    bins = {"A": BATCH, "B": BATCH, "C": ""}
    with white.database.read() as session:
        assert {code: open_work(session, white.bins[code].id) for code in bins} == bins
        assert open_document(session, goods.id) == BATCH
        assert open_document_with_numbers(session, goods.id) == ""
        assert open_document_at(session, white.location.id, {JOURNAL}) == BATCH
    journal.edit_line(10_000, new_lot_no="L1")
    with white.database.read() as session:
        assert open_document_with_numbers(session, goods.id) == BATCH
    journal.remove_line(10_000)
    journal.remove_batch()
