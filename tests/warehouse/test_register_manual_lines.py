"""Registering manual lines: pairs of entries, every line or none, and what the sync makes of it."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.warehouse import register_manual_lines as registering
from scanner_app.warehouse.manual_journal_lines import add_manual_line
from scanner_app.warehouse.manual_line_card import blank_manual_line_card
from scanner_app.warehouse.set_up_warehouse_journal_batch import delete_warehouse_journal_batch
from scanner_app.warehouse.warehouse_journal import WarehouseJournalTemplate
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument, WarehouseRegister
from tests.builders import Warehouse, lot
from tests.warehouse.counting import calculate as calculate_adjustment
from tests.warehouse.counting import post_proposals, proposals
from tests.warehouse.masters import DAY, Goods
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken
from tests.warehouse.place_cards import BY, refusal_of
from tests.warehouse.warehouse_journals import BATCH, ITEM, PHYSICAL_INVENTORY, Journal

DATES = {"warranty_date": "2031-12-31", "expiration_date": "2030-12-31"}


@pytest.fixture
def journal(white: Warehouse) -> Journal:
    journal = Journal(white)
    journal.add_batch()
    return journal


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot", units={"BOX": 6}, use_expiration_dates=True)


@pytest.mark.parametrize(
    ("template", "document", "source_code", "no"),
    [
        (PHYSICAL_INVENTORY, WarehouseDocument.PHYSICAL_INVENTORY, "WHPHYSINVT", "CNT0001"),
        (ITEM, WarehouseDocument.ITEM_JOURNAL, "WHITEM", "WI0001"),
    ],
)
def test_each_line_moves_its_quantity_from_the_adjustment_bin_and_is_gone(
    white: Warehouse,
    goods: Goods,
    template: WarehouseJournalTemplate,
    document: WarehouseDocument,
    source_code: str,
    no: str,
) -> None:
    journal = Journal(white, template)
    journal.add_batch()
    white.stock(goods, "B", 5, lot("L1"))
    journal.add_line(lot_no="L2", quantity="2", unit="BOX", registering_date="2026-10-31", **DATES)
    journal.add_line(lot_no="L1", bin="B", quantity="-3", whse_document_no="D2")
    assert journal.problems() == {}
    done = journal.register()
    assert (done.no, done.lines, journal.line_nos()) == (no, 2, [])
    entries = journal.entries(no)
    bins = {bin_.id: code for code, bin_ in white.bins.items()}
    assert [(bins[e.bin_id], e.lot_no, e.quantity_base, e.entry_type.value) for e in entries] == [
        ("B", "L1", -3, "Negative Adjmt."),
        ("ADJ", "L1", 3, "Positive Adjmt."),
        ("ADJ", "L2", -12, "Negative Adjmt."),
        ("A", "L2", 12, "Positive Adjmt."),
    ]
    assert {(e.reference_document, e.journal_batch_name) for e in entries} == {(document, BATCH)}
    assert [(e.source_no, str(e.registering_date)) for e in entries[1:3]] == [
        ("D2", "2026-11-23"),
        ("D1", "2026-10-31"),
    ]
    assert {e.expiration_date for e in entries[2:]} == {date(2030, 12, 31)}
    with white.database.read() as session:
        register = session.scalars(
            select(WarehouseRegister).where(WarehouseRegister.no == done.register_no)
        ).one()
    assert (register.source_code, register.journal_batch_name) == (source_code, BATCH)
    assert white.in_ledger(goods) == {lot("L1"): 5}
    white.assert_sound()


def test_the_sync_brings_what_was_registered_to_the_item_ledger(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    white.stock(goods, "B", 5, lot("L1"))
    journal.add_line(lot_no="NEW", quantity="2", **DATES)
    journal.add_line(lot_no="L1", bin="B", quantity="-5")
    journal.register()
    assert calculate_adjustment(white).numbers == 2
    assert {(line.entry_type.value, line.quantity) for line in proposals(white)} == {
        ("Positive Adjmt.", 2),
        ("Negative Adjmt.", 5),
    }
    post_proposals(white)
    assert white.in_ledger(goods) == {lot("NEW"): 2}
    assert white.in_bins(goods) == {("A", lot("NEW")): 2}
    with white.database.read() as session:
        entry = session.scalars(
            select(ItemLedgerEntry).where(ItemLedgerEntry.lot_no == "NEW")
        ).one()
    assert (str(entry.expiration_date), str(entry.warranty_date)) == ("2030-12-31", "2031-12-31")
    white.assert_sound()


def test_every_line_that_is_refused_is_named_and_none_is_registered(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    white.stock(goods, "B", 5, lot("L1"))
    white.add_item("PLAIN")
    journal.add_line(lot_no="L1")
    journal.add_line()
    journal.add_line(lot_no="L1", bin="")
    journal.add_line(lot_no="L1", bin="B", quantity="-4")
    journal.add_line(lot_no="L1", bin="B", quantity="-2")
    journal.add_line(item_no="PLAIN", lot_no="L1")
    assert journal.problems() == {
        20_000: "NumberMissing",
        30_000: "BinMissing",
        50_000: "QuantityInBinInsufficient",
        60_000: "NumberWithoutWarehouseTracking",
    }
    refusal_of(journal.register, "NumberMissing")
    assert white.in_bins(goods) == {("B", lot("L1")): 5}
    assert len(journal.line_nos()) == 6


def test_the_reason_of_the_batch_stands_for_a_line_without_one(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    reasons = [ReasonCode(code="FOUND"), ReasonCode(code="BROKEN")]
    white.write(lambda session: session.add_all(reasons))
    journal.add_line(lot_no="L1")
    journal.add_line(lot_no="L2", reason_code="BROKEN")
    journal.edit_batch(journal.batch_card(), reason_code="FOUND")
    entries = journal.entries(journal.register().no)
    assert [e.reason_code_id for e in entries[::2]] == [reason.id for reason in reasons]


def test_a_batch_without_lines_and_one_with_too_many_are_refused(
    white: Warehouse, journal: Journal, goods: Goods, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal_of(journal.register, "NoLineToRegister")
    refusal_of(journal.problems, "NoLineToRegister")
    monkeypatch.setattr(registering, "LINES_MAX", 1)
    journal.add_line(lot_no="L1")
    journal.add_line(lot_no="L2")
    refusal_of(journal.register, "JournalTooLong")
    refusal_of(lambda: journal.register("NONE"), "RecordUnknown")


def test_a_location_that_is_directed_no_more_is_refused(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    journal.add_line(lot_no="L1")
    white.change(white.location, directed_put_away_and_pick=False)
    refusal_of(journal.problems, "DirectedPutAwayAndPickOff")
    refusal_of(journal.register, "DirectedPutAwayAndPickOff")


@ON_POSTGRESQL
def test_who_enters_a_line_while_the_batch_is_registered_waits_and_keeps_it(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    journal.add_line(lot_no="L1")
    typed = blank_manual_line_card(journal.kind) | {"item_no": "GOODS", "quantity": "1"}

    def register(session: Session) -> None:
        registering.register_manual_lines(session, journal.key, BATCH, white.by)

    def enter(session: Session) -> None:
        add_manual_line(session, journal.key, BATCH, typed, DAY)

    assert overtaken(white, register, enter) is None
    assert journal.line_nos() == [10_000]
    assert white.in_bins(goods)["A", lot("L1")] == 1


@ON_POSTGRESQL
def test_of_two_who_register_a_batch_the_second_finds_nothing(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    journal.add_line(lot_no="L1")

    def register(session: Session) -> None:
        registering.register_manual_lines(session, journal.key, BATCH, white.by)

    second = overtaken(white, register, register)
    assert second is not None
    assert second.code == "NoLineToRegister"
    assert white.in_bins(goods)["A", lot("L1")] == 1


@ON_POSTGRESQL
def test_two_who_enter_lines_at_once_get_a_line_each(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    typed = blank_manual_line_card(journal.kind) | {"item_no": "GOODS", "quantity": "1"}

    def enter(session: Session) -> None:
        add_manual_line(session, journal.key, BATCH, typed, DAY)

    assert overtaken(white, enter, enter) is None
    assert journal.line_nos() == [10_000, 20_000]
    assert {journal.line_card(no)["whse_document_no"] for no in journal.line_nos()} == {"CNT0001"}


@ON_POSTGRESQL
def test_who_enters_a_line_while_the_batch_is_deleted_is_told(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    typed = blank_manual_line_card(journal.kind) | {"item_no": "GOODS", "quantity": "1"}

    def delete(session: Session) -> None:
        delete_warehouse_journal_batch(session, journal.key, BATCH, BY)

    def enter(session: Session) -> None:
        add_manual_line(session, journal.key, BATCH, typed, DAY)

    second = overtaken(white, delete, enter)
    assert second is not None
    assert second.code == "RecordUnknown"
