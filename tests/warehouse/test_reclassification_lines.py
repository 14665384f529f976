"""Entering reclassification lines: what is filled in and tested while typing, and what is not."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from scanner_app.warehouse.manual_journal_line import ReclassificationLine
from scanner_app.warehouse.manual_journal_lines import list_manual_lines, next_manual_line_card
from scanner_app.warehouse.set_up_warehouse_journal_batch import find_warehouse_journal_batch
from tests.builders import Warehouse, another_location, days, lot
from tests.warehouse.masters import DAY
from tests.warehouse.place_cards import refusal_of
from tests.warehouse.warehouse_journals import BATCH, RECLASSIFICATION, Journal


@pytest.fixture
def journal(white: Warehouse) -> Journal:
    """FOUND at WHITE, and SILVER with the bin S-1."""
    another_location(white, "SILVER", "S-1")
    goods = white.add_item("GOODS", "lot", units={"BOX": 6}, use_expiration_dates=True)
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(9))
    journal = Journal(white, RECLASSIFICATION)
    journal.add_batch()
    return journal


def test_a_new_line_keeps_the_numbers_that_are_not_called_anew(journal: Journal) -> None:
    journal.add_line(lot_no="l1", package_no="p1", new_lot_no=" ", new_package_no="p2")
    assert journal.line_card(10_000) == {
        "registering_date": "2026-11-23",
        "whse_document_no": "D1",
        "item_no": "GOODS",
        "variant": "",
        "from_bin": "A",
        "to_bin": "B",
        "quantity": "1",
        "unit": "PCS",
        "reason_code": "",
        "serial_no": "",
        "lot_no": "L1",
        "package_no": "P1",
        "new_serial_no": "",
        "new_lot_no": "L1",
        "new_package_no": "P2",
        "new_expiration_date": "",
    }


def test_on_an_edited_line_a_new_number_stays_as_it_is_typed(journal: Journal) -> None:
    journal.add_line(lot_no="L1", package_no="P1")
    journal.edit_line(10_000, new_package_no="")
    card = journal.line_card(10_000)
    assert (card["package_no"], card["new_package_no"]) == ("P1", "")


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"quantity": "-1"}, "QuantityNotReadable"),
        ({"quantity": ""}, "QuantityNotReadable"),
        ({"quantity": "0"}, "QuantityZero"),
        ({"quantity": "9999999999999"}, "QuantityTooLarge"),
        ({"quantity": "2", "serial_no": "S1"}, "SerialQuantityNotOne"),
        ({"quantity": "2", "new_serial_no": "S1"}, "SerialQuantityNotOne"),
        ({"from_bin": "NONE"}, "RecordNotFound"),
        ({"to_bin": "S-1"}, "RecordNotFound"),
        ({"from_bin": "ADJ"}, "AdjustmentBinTyped"),
        ({"to_bin": "ADJ"}, "AdjustmentBinTyped"),
        ({"new_lot_no": "A\x00"}, "FieldNotReadable"),
        ({"new_expiration_date": "soon"}, "DateNotReadable"),
        ({"item_no": ""}, "NameMissing"),
    ],
)
def test_what_no_line_can_say_is_refused_while_typing(
    journal: Journal, fields: dict[str, str], refusal: str
) -> None:
    refusal_of(lambda: journal.add_line(**fields), refusal)
    assert journal.line_nos() == []
    journal.add_line()
    refusal_of(lambda: journal.edit_line(10_000, **fields), refusal)


def test_what_registering_asks_for_may_be_missing_while_typing(journal: Journal) -> None:
    journal.add_line(from_bin="", to_bin="", quantity="500")
    assert journal.line_card(10_000)["from_bin"] == ""


def test_a_new_line_begins_with_the_bins_of_the_one_before(journal: Journal) -> None:
    journal.add_line(whse_document_no="", lot_no="L1")
    with journal.white.database.read() as session:
        batch = find_warehouse_journal_batch(session, journal.key, BATCH)
        assert batch is not None
        card = next_manual_line_card(session, batch, DAY)
    assert {name: value for name, value in card.items() if value} == {
        "registering_date": "2026-11-23",
        "whse_document_no": "WR0001",
        "from_bin": "A",
        "to_bin": "B",
    }


def test_the_list_shows_both_bins_what_is_known_and_what_changes(journal: Journal) -> None:
    journal.add_line(lot_no="L1")
    journal.add_line(lot_no="L1", to_bin="", new_expiration_date=str(days(5)))
    journal.add_line(new_lot_no="L3", unit="BOX")
    with journal.white.database.read() as session:
        batch = find_warehouse_journal_batch(session, journal.key, BATCH)
        assert batch is not None
        moved, dated, named = list_manual_lines(session, batch, 0, 10)
    assert (moved.bins, moved.expiration_date, moved.new_numbers) == (
        ("A", "B"),
        days(9),
        lot("L1"),
    )
    assert [row.is_transfer for row in (moved, dated, named)] == [False, False, True]
    assert (dated.bins, dated.new_expiration_date) == (("A", None), days(5))
    assert (named.unit, named.expiration_date, named.new_numbers) == ("BOX", None, lot("L3"))


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": 0},
        {"quantity_base": -1},
        {"serial_no": "S1", "quantity_base": 2},
        {"new_serial_no": "S1", "quantity_base": 2},
        {"line_no": 20_000},
    ],
)
def test_the_database_repeats_what_a_line_promises(
    journal: Journal, change: dict[str, object]
) -> None:
    journal.add_line()
    journal.add_line()
    first = update(ReclassificationLine).where(ReclassificationLine.line_no == 10_000)
    with pytest.raises(IntegrityError):
        journal.white.write(lambda session: session.execute(first.values(**change)))
