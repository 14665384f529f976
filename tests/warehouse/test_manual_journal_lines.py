"""Entering manual lines: what is filled in, what is tested while typing, and what is not."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from scanner_app.access.change_log import CardChanged
from scanner_app.inventory.item import ItemVariant
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.manual_journal_line import ManualJournalLine
from scanner_app.warehouse.manual_journal_lines import (
    count_manual_lines,
    list_manual_lines,
    next_manual_line_card,
)
from scanner_app.warehouse.set_up_warehouse_journal_batch import find_warehouse_journal_batch
from scanner_app.warehouse.warehouse_journal import WarehouseJournalTemplate
from tests.builders import Warehouse, another_location
from tests.warehouse.masters import DAY
from tests.warehouse.place_cards import refusal_of
from tests.warehouse.warehouse_journals import BATCH, ITEM, PHYSICAL_INVENTORY, Journal

TRACKING = {
    "lot_no": "L1",
    "package_no": "P1",
    "warranty_date": "2031-12-31",
    "expiration_date": "2030-12-31",
}


@pytest.fixture
def journal(white: Warehouse) -> Journal:
    """FOUND at WHITE, and SILVER with the bin S-1."""
    another_location(white, "SILVER", "S-1")
    white.add_item("GOODS", "lot", units={"BOX": 6})
    journal = Journal(white)
    journal.add_batch()
    return journal


def next_card(journal: Journal) -> TextCard:
    with journal.white.database.read() as session:
        batch = find_warehouse_journal_batch(session, journal.key, BATCH)
        assert batch is not None
        return next_manual_line_card(session, batch, DAY)


def test_a_line_says_what_was_typed_and_fills_in_the_rest(journal: Journal) -> None:
    assert journal.add_line(quantity="2", item_no=" goods ", **TRACKING) == 10_000
    assert journal.line_card(10_000) == TRACKING | {
        "registering_date": "2026-11-23",
        "whse_document_no": "D1",
        "item_no": "GOODS",
        "variant": "",
        "bin": "A",
        "quantity": "2",
        "unit": "PCS",
        "reason_code": "",
        "serial_no": "",
    }


def test_the_list_shows_lines_part_by_part(journal: Journal) -> None:
    journal.add_line(quantity="-2", unit="box")
    journal.add_line(bin="")
    with journal.white.database.read() as session:
        batch = find_warehouse_journal_batch(session, journal.key, " found ")
        assert batch is not None
        [first] = list_manual_lines(session, batch, 0, 1)
        [second] = list_manual_lines(session, batch, first.line_no, 10)
        assert (first.quantity, first.unit, first.bins) == (-2, "BOX", ("A",))
        assert (second.line_no, second.bins) == (20_000, (None,))
        assert count_manual_lines(session, batch) == 2


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"registering_date": "soon"}, "DateNotReadable"),
        ({"expiration_date": "2026-02-30"}, "DateNotReadable"),
        ({"whse_document_no": "X" * 21}, "FieldTooLong"),
        ({"lot_no": "A\x00"}, "FieldNotReadable"),
        ({"item_no": ""}, "NameMissing"),
        ({"item_no": "NONE"}, "RecordNotFound"),
        ({"variant": "RED"}, "RecordNotFound"),
        ({"bin": "NONE"}, "RecordNotFound"),
        ({"bin": "S-1"}, "RecordNotFound"),
        ({"bin": "ADJ"}, "AdjustmentBinTyped"),
        ({"unit": "KEG"}, "RecordNotFound"),
        ({"reason_code": "NONE"}, "RecordNotFound"),
        ({"quantity": ""}, "QuantityNotReadable"),
        ({"quantity": "0"}, "QuantityZero"),
        ({"quantity": "9999999999999"}, "QuantityTooLarge"),
        ({"quantity": "2", "serial_no": "S1"}, "SerialQuantityNotOne"),
        ({"quantity": "1", "serial_no": "S1", "unit": "BOX"}, "SerialQuantityNotOne"),
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
    journal.add_line(bin="", quantity="-500")
    assert journal.line_card(10_000)["lot_no"] == ""


def test_a_location_without_directed_work_has_no_such_lines(journal: Journal) -> None:
    journal.white.change(journal.white.location, directed_put_away_and_pick=False)
    refusal_of(journal.add_line, "DirectedPutAwayAndPickOff")


def test_a_line_may_name_a_variant_and_a_reason(journal: Journal) -> None:
    shirt = journal.white.add_item("SHIRT")
    journal.white.write(lambda session: session.add(ItemVariant(item_id=shirt.id, code="RED")))
    journal.white.write(lambda session: session.add(ReasonCode(code="FOUND")))
    journal.add_line(item_no="SHIRT", variant="red", reason_code="found")
    card = journal.line_card(10_000)
    assert (card["variant"], card["reason_code"]) == ("RED", "FOUND")


def test_a_new_line_begins_with_the_document_date_bin_and_reason_of_the_one_before(
    journal: Journal,
) -> None:
    journal.white.write(lambda session: session.add(ReasonCode(code="OPEN")))
    assert next_card(journal)["reason_code"] == ""
    journal.edit_batch(journal.batch_card(), reason_code="OPEN")
    first = next_card(journal)
    assert (first["registering_date"], first["reason_code"]) == ("2026-11-23", "OPEN")
    journal.add_line(registering_date="2026-10-31", reason_code="OPEN", **TRACKING)
    assert {name: value for name, value in next_card(journal).items() if value} == {
        "registering_date": "2026-10-31",
        "whse_document_no": "D1",
        "bin": "A",
        "reason_code": "OPEN",
    }


@pytest.mark.parametrize(("template", "series"), [(PHYSICAL_INVENTORY, "CNT"), (ITEM, "WI")])
def test_lines_share_the_document_no_of_the_first_which_takes_one_from_the_series(
    journal: Journal, template: WarehouseJournalTemplate, series: str
) -> None:
    other = Journal(journal.white, template)
    if template is ITEM:
        other.add_batch()
    other.add_line(whse_document_no="")
    other.add_line(whse_document_no="")
    numbers = [other.line_card(no)["whse_document_no"] for no in other.line_nos()]
    assert numbers == [f"{series}0001"] * 2
    other.edit_line(20_000, whse_document_no="")
    assert other.line_card(20_000)["whse_document_no"] == f"{series}0002"


def test_the_second_of_two_editors_of_a_line_is_told(journal: Journal) -> None:
    journal.add_line()
    read = journal.line_card(10_000)
    journal.edit_line(10_000, quantity="2")
    with pytest.raises(CardChanged):
        journal.save_line(10_000, read, quantity="3")
    assert journal.line_card(10_000)["quantity"] == "2"


def test_a_line_that_is_gone_is_refused(journal: Journal) -> None:
    journal.add_line()
    journal.remove_line(10_000)
    refusal_of(lambda: journal.remove_line(10_000), "JournalLineGone")
    refusal_of(lambda: journal.add_line("NONE"), "RecordUnknown")


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": 0},
        {"quantity_base": 0},
        {"serial_no": "S1", "quantity_base": 2},
        {"line_no": 20_000},
    ],
)
def test_the_database_repeats_what_a_line_promises(
    journal: Journal, change: dict[str, object]
) -> None:
    journal.add_line()
    journal.add_line()
    first = update(ManualJournalLine).where(ManualJournalLine.line_no == 10_000)
    with pytest.raises(IntegrityError):
        journal.white.write(lambda session: session.execute(first.values(**change)))
