"""Entering item journal lines: what is filled in, what is tested while typing, and what is not."""

import pytest

from scanner_app.access.change_log import CardChanged
from scanner_app.inventory.item import ItemVariant
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.warehouse.item_journal_line_card import blank_line_card
from scanner_app.warehouse.item_journal_lines import (
    change_item_journal_line,
    copied_line_card,
    find_item_journal_line,
    next_line_card,
)
from scanner_app.warehouse.item_journal_list import list_item_journal_lines, totals_of
from scanner_app.warehouse.set_up_item_journal_batch import find_item_journal_batch
from tests.builders import Warehouse, another_location
from tests.warehouse.item_journals import (
    BATCH,
    add_batch,
    add_line,
    edit_batch,
    edit_line,
    line_card,
    line_nos,
    remove_line,
)
from tests.warehouse.journal_tracking import enter
from tests.warehouse.masters import DAY
from tests.warehouse.place_cards import refusal_of

TRACKING = {
    "lot_no": "L1",
    "package_no": "P1",
    "warranty_date": "2031-12-31",
    "expiration_date": "2030-12-31",
}


@pytest.fixture(autouse=True)
def journal(white: Warehouse) -> None:
    """BALANCES with Item Tracking on Lines, SILVER with the bin S-1, and BLUE without bins."""
    another_location(white, "SILVER", "S-1")
    another_location(white, "BLUE")
    white.add_item("GOODS", "lot", units={"BOX": 6})
    add_batch(white)


def test_a_line_says_what_was_typed_and_fills_in_the_rest(white: Warehouse) -> None:
    assert add_line(white, quantity="2", item_no=" goods ", **TRACKING) == 10_000
    assert line_card(white, 10_000) == blank_line_card() | TRACKING | {
        "posting_date": "2026-11-23",
        "document_date": "2026-11-23",
        "document_no": "D1",
        "entry_type": "Positive Adjmt.",
        "item_no": "GOODS",
        "variant": "",
        "location": "SILVER",
        "bin": "S-1",
        "quantity": "2",
        "unit": "PCS",
        "reason_code": "",
        "applies_to_entry": "",
        "serial_no": "",
    }


def test_the_base_quantity_follows_the_unit(white: Warehouse) -> None:
    add_line(white, quantity="-2", unit="box", document_date="2026-11-01")
    with white.database.read() as session:
        batch = find_item_journal_batch(session, BATCH)
        assert batch is not None
        [row] = list_item_journal_lines(session, batch, 0, 10)
        assert (row.quantity, row.unit, row.bin, row.location) == (-2, "BOX", "S-1", "SILVER")
        assert totals_of(session, batch).lines == 1
    assert line_card(white, 10_000)["document_date"] == "2026-11-01"


def test_without_the_switch_numbers_and_dates_are_cleared(white: Warehouse) -> None:
    edit_batch(white, item_tracking_on_lines="No")
    add_line(white, serial_no="S1", quantity="5", **TRACKING)
    card = line_card(white, 10_000)
    assert {card[name] for name in ("serial_no", *TRACKING)} == {""}


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"posting_date": "soon"}, "DateNotReadable"),
        ({"expiration_date": "2026-02-30"}, "DateNotReadable"),
        ({"document_no": "X" * 21}, "FieldTooLong"),
        ({"lot_no": "A\x00"}, "FieldNotReadable"),
        ({"entry_type": "Transfer"}, "ChoiceUnknown"),
        ({"item_no": ""}, "NameMissing"),
        ({"item_no": "NONE"}, "RecordNotFound"),
        ({"variant": "RED"}, "RecordNotFound"),
        ({"location": ""}, "NameMissing"),
        ({"location": "NONE"}, "RecordNotFound"),
        ({"location": "WHITE"}, "DirectedLocation"),
        ({"bin": "NONE"}, "RecordNotFound"),
        ({"bin": "A-1"}, "RecordNotFound"),
        ({"location": "BLUE"}, "BinNotUsed"),
        ({"unit": "KEG"}, "RecordNotFound"),
        ({"reason_code": "NONE"}, "RecordNotFound"),
        ({"quantity": ""}, "QuantityNotReadable"),
        ({"quantity": "--1"}, "QuantityNotReadable"),
        ({"quantity": "-"}, "QuantityNotReadable"),
        ({"quantity": "0"}, "QuantityZero"),
        ({"quantity": "-0"}, "QuantityZero"),
        ({"quantity": "9999999999999"}, "QuantityTooLarge"),
        ({"quantity": "2", "serial_no": "S1"}, "SerialQuantityNotOne"),
        ({"quantity": "1", "serial_no": "S1", "unit": "BOX"}, "SerialQuantityNotOne"),
        ({"document_no": ""}, "DocumentNoMissing"),
    ],
)
def test_what_no_line_can_say_is_refused_while_typing(
    white: Warehouse, fields: dict[str, str], refusal: str
) -> None:
    refusal_of(lambda: add_line(white, **fields), refusal)
    assert line_nos(white) == []
    add_line(white)
    refusal_of(lambda: edit_line(white, 10_000, **fields), refusal)


def test_a_quantity_finer_than_the_item_is_refused(white: Warehouse) -> None:
    white.change(white.add_item("WHOLE").item, qty_rounding_precision=1)
    refusal_of(lambda: add_line(white, item_no="WHOLE", quantity="1.5"), "QuantityTooFine")


def test_what_posting_asks_for_may_be_missing_while_typing(white: Warehouse) -> None:
    add_line(white, bin="")
    assert line_card(white, 10_000)["lot_no"] == ""


def test_a_line_may_name_a_variant_and_a_reason(white: Warehouse) -> None:
    goods = white.add_item("SHIRT")
    white.write(lambda session: session.add(ItemVariant(item_id=goods.id, code="RED")))
    white.write(lambda session: session.add(ReasonCode(code="FOUND")))
    add_line(white, item_no="SHIRT", variant="red", reason_code="found", location="BLUE", bin="")
    card = line_card(white, 10_000)
    assert (card["variant"], card["reason_code"], card["bin"]) == ("RED", "FOUND", "")


def test_a_new_line_begins_with_the_document_date_and_place_of_the_one_before(
    white: Warehouse,
) -> None:
    white.write(lambda session: session.add(ReasonCode(code="OPEN")))
    edit_batch(white, reason_code="OPEN")
    with white.database.read() as session:
        batch = find_item_journal_batch(session, BATCH)
        assert batch is not None
        first = next_line_card(session, batch, DAY)
    assert (first["posting_date"], first["reason_code"]) == ("2026-11-23", "OPEN")
    add_line(white, posting_date="2026-10-31", entry_type="Purchase", **TRACKING)
    with white.database.read() as session:
        card = next_line_card(session, batch, DAY)
    assert {name: value for name, value in card.items() if value} == {
        "posting_date": "2026-10-31",
        "document_no": "D1",
        "entry_type": "Purchase",
        "location": "SILVER",
        "bin": "S-1",
    }


def test_lines_share_the_document_no_of_the_first_which_takes_one_from_the_series(
    white: Warehouse,
) -> None:
    edit_batch(white, number_series="SYNC")
    add_line(white, document_no="")
    add_line(white, document_no="")
    assert [line_card(white, no)["document_no"] for no in line_nos(white)] == ["SYNC0001"] * 2
    edit_line(white, 20_000, document_no="")
    assert line_card(white, 20_000)["document_no"] == "SYNC0002"


def test_lines_are_read_part_by_part(white: Warehouse) -> None:
    for _ in range(3):
        add_line(white)
    with white.database.read() as session:
        batch = find_item_journal_batch(session, BATCH)
        assert batch is not None
        part = list_item_journal_lines(session, batch, 10_000, 1)
        assert [row.line_no for row in part] == [20_000]


def test_the_second_of_two_editors_of_a_line_is_told(white: Warehouse) -> None:
    add_line(white)
    read = line_card(white, 10_000)
    edit_line(white, 10_000, quantity="2")
    with pytest.raises(CardChanged):
        white.write(
            lambda session: change_item_journal_line(session, BATCH, 10_000, read, read, DAY)
        )
    assert line_card(white, 10_000)["quantity"] == "2"


def test_a_line_that_is_gone_is_refused(white: Warehouse) -> None:
    add_line(white)
    remove_line(white, 10_000)
    refusal_of(lambda: remove_line(white, 10_000), "JournalLineGone")
    refusal_of(lambda: add_line(white, "NONE"), "RecordUnknown")


def test_the_totals_say_what_comes_in_and_what_leaves(white: Warehouse) -> None:
    add_line(white, quantity="2", unit="BOX")
    add_line(white, quantity="5", entry_type="Sale")
    add_line(white, quantity="-3", entry_type="Purchase")
    add_line(white, quantity="-1", entry_type="Negative Adjmt.")
    with white.database.read() as session:
        batch = find_item_journal_batch(session, BATCH)
        assert batch is not None
        totals = totals_of(session, batch)
    assert (totals.lines, totals.coming, totals.leaving) == (4, 13, 8)


@pytest.mark.parametrize(
    ("query", "found"),
    [("GOO", [1, 2, 3]), ("D2", [2]), ("S-", [1, 2, 3]), ("L1", [1]), ("L9", [3]), ("X", [])],
)
def test_lines_are_found_by_how_an_item_document_bin_or_number_begins(
    white: Warehouse, query: str, found: list[int]
) -> None:
    add_line(white, lot_no="L1")
    add_line(white, document_no="D2", lot_no="L2")
    add_line(white, quantity="5")
    enter(white, 30_000, lot_no="L99", quantity="2")
    with white.database.read() as session:
        batch = find_item_journal_batch(session, BATCH)
        assert batch is not None
        rows = list_item_journal_lines(session, batch, 0, 10, query)
    assert [row.line_no // 10_000 for row in rows] == found


def test_a_copy_says_all_but_the_serial_no(white: Warehouse) -> None:
    add_line(white, serial_no="S1", lot_no="L1")
    with white.database.read() as session:
        batch = find_item_journal_batch(session, BATCH)
        assert batch is not None
        line = find_item_journal_line(session, batch, 10_000)
        assert line is not None
        copied = copied_line_card(session, line)
    assert copied == line_card(white, 10_000) | {"serial_no": ""}
