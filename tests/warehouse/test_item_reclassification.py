"""The item reclassification journal: what its lines say, and what posting makes of them."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_journal import ItemJournalLine, ItemJournalTemplate
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.location import Location
from scanner_app.warehouse.bin_use import open_work
from scanner_app.warehouse.item_journal_lines import copied_line_card, next_line_card
from scanner_app.warehouse.item_journal_list import list_item_journal_lines, totals_of
from scanner_app.warehouse.place_use import JOURNAL, open_document_at, user_of
from scanner_app.warehouse.post_item_journal_batch import post_item_journal_batch
from scanner_app.warehouse.post_item_journal_parts import check_in_parts
from scanner_app.warehouse.preview_posting import preview_posting
from scanner_app.warehouse.set_up_item_journal_batch import (
    find_item_journal_batch,
    list_item_journal_batches,
)
from tests.builders import Warehouse, another_location, days, lot, serial
from tests.warehouse.item_journals import (
    BATCH,
    add_batch,
    add_line,
    add_reclassification,
    batch_card,
    edit_batch,
    edit_line,
    line_card,
    line_nos,
    parts_of,
    post_batch,
    problems,
)
from tests.warehouse.masters import DAY, Goods
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken
from tests.warehouse.place_cards import refusal_of
from tests.warehouse.transfers import moved, transferred

LINE = 10_000


@pytest.fixture
def silver(white: Warehouse) -> Warehouse:
    silver = another_location(white, "SILVER", "S-1", "S-2")
    add_reclassification(silver)
    return silver


@pytest.fixture
def goods(silver: Warehouse) -> Goods:
    """Five of lot L1 in a package."""
    goods = silver.add_item("GOODS", "lot", units={"BOX": 6}, use_expiration_dates=True)
    silver.stock(goods, "S-1", 5, lot("L1", "P1"), expiration_date=days(9))
    return goods


def new_numbers(white: Warehouse, line_no: int = LINE) -> tuple[str, str, str]:
    card = line_card(white, line_no)
    return card["new_serial_no"], card["new_lot_no"], card["new_package_no"]


@pytest.mark.usefixtures("goods")
def test_a_new_line_keeps_what_is_left_empty_and_an_edited_one_says_what_was_typed(
    silver: Warehouse,
) -> None:
    add_line(silver, lot_no="L1", package_no="P1", quantity="2")
    assert new_numbers(silver) == ("", "L1", "P1")
    assert line_card(silver, LINE)["new_bin"] == "S-1"
    assert line_card(silver, LINE)["entry_type"] == "Transfer"
    assert list(problems(silver).values()) == ["TransferChangesNothing"]
    edit_line(silver, LINE, new_package_no="")
    assert new_numbers(silver) == ("", "L1", "")
    assert problems(silver) == {}


def test_goods_leave_their_package_and_the_preview_shows_both_entries(
    silver: Warehouse, goods: Goods
) -> None:
    add_line(silver, lot_no="L1", package_no="P1", quantity="2", new_bin="S-2")
    edit_line(silver, LINE, new_package_no="")
    with silver.database.read() as session:
        batch = find_item_journal_batch(session, BATCH)
        assert batch is not None
        shown = [
            (each.bin_code, each.quantity_base, each.numbers, each.applied[0].quantity)
            for each in preview_posting(session, batch)
        ]
    loose = TrackingNumbers("", "L1", "")
    assert shown == [("S-1", -2, lot("L1", "P1"), 2), ("S-2", 2, loose, 2)]
    post_batch(silver)
    assert silver.in_ledger(goods) == {lot("L1", "P1"): 3, loose: 2}
    assert line_nos(silver) == []
    silver.assert_sound()


def test_a_unit_is_transferred_as_its_base_quantity(silver: Warehouse, goods: Goods) -> None:
    silver.stock(goods, "S-1", 7, lot("L1", "P1"))
    add_line(silver, lot_no="L1", package_no="P1", quantity="2", unit="box", new_lot_no="L2")
    post_batch(silver)
    assert transferred(silver, goods) == [
        (lot("L1", "P1"), -12, days(9)),
        (lot("L2", "P1"), 12, days(9)),
    ]
    with silver.database.read() as session:
        row = ItemLedgerEntry
        factors = session.scalars(select(row.qty_per_unit_of_measure).where(row.quantity == 12))
        assert factors.all() == [6]


def test_a_location_is_named_and_its_bin_too(silver: Warehouse, goods: Goods) -> None:
    blue = another_location(silver, "BLUE")
    add_line(silver, lot_no="L1", package_no="P1", new_location="BLUE", quantity="5")
    assert line_card(silver, LINE)["new_bin"] == ""
    post_batch(silver)
    assert moved(silver, goods) == [("Negative Adjmt.", lot("L1"), -5)]
    add_line(
        silver,
        location="BLUE",
        bin="",
        lot_no="L1",
        package_no="P1",
        new_location="SILVER",
        quantity="5",
    )
    assert list(problems(silver).values()) == ["BinMissing"]
    edit_line(silver, LINE, new_bin="S-2")
    post_batch(silver)
    assert blue.in_bins(goods) == {("S-2", lot("L1")): 5}
    silver.assert_sound()


def test_two_serial_nos_are_swapped(silver: Warehouse) -> None:
    goods = silver.add_item("SERIALS", "serial")
    for number, bin_code in (("S1", "S-1"), ("S2", "S-2")):
        silver.stock(goods, bin_code, 1, serial(number))
    usual = {"item_no": "SERIALS", "quantity": "1"}
    add_line(silver, serial_no="S1", new_serial_no="S2", **usual)
    add_line(silver, serial_no="S2", new_serial_no="S1", bin="S-2", **usual)
    post_batch(silver)
    assert silver.in_bins(goods) == {("S-1", serial("S2")): 1, ("S-2", serial("S1")): 1}


def test_a_lot_in_two_bins_gets_another_date_by_a_line_for_each(
    silver: Warehouse, goods: Goods
) -> None:
    silver.stock(goods, "S-2", 3, lot("L1", "P1"))
    of_lot = {"lot_no": "L1", "package_no": "P1", "new_expiration_date": days(30).isoformat()}
    add_line(silver, quantity="5", **of_lot)
    assert list(problems(silver).values()) == ["ExpirationDateOfPart"]
    refusal_of(lambda: post_batch(silver), "ExpirationDateOfPart")
    add_line(silver, quantity="3", bin="S-2", **of_lot)
    assert problems(silver) == {}
    post_batch(silver)
    assert {entry[2] for entry in transferred(silver, goods) if entry[1] > 0} == {days(30)}
    silver.assert_sound()


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"quantity": "-1"}, "QuantityNotReadable"),
        ({"quantity": "0"}, "QuantityZero"),
        ({"location": "WHITE", "bin": ""}, "ReclassifiedInItsBins"),
        ({"new_location": "WHITE"}, "TransferOrderNeeded"),
        ({"location": "WHITE", "bin": "", "new_location": "SILVER"}, "TransferOrderNeeded"),
        ({"new_location": "NOWHERE"}, "RecordNotFound"),
        ({"new_bin": "NOWHERE"}, "RecordNotFound"),
        ({"new_location": "BLUE", "new_bin": "S-1"}, "BinNotUsed"),
        ({"new_serial_no": "S1", "quantity": "2"}, "SerialQuantityNotOne"),
        ({"new_lot_no": "L" * 51}, "FieldTooLong"),
        ({"new_expiration_date": "soon"}, "DateNotReadable"),
    ],
)
@pytest.mark.usefixtures("goods")
def test_what_cannot_be_is_refused_while_it_is_typed(
    silver: Warehouse, fields: dict[str, str], refused: str
) -> None:
    another_location(silver, "BLUE")
    refusal_of(lambda: add_line(silver, **fields), refused)


@pytest.mark.usefixtures("goods")
def test_a_line_is_listed_copied_and_found_by_what_comes_in(silver: Warehouse) -> None:
    add_line(silver, lot_no="L1", new_lot_no="FRESH", new_bin="S-2", serial_no="S1")
    with silver.database.read() as session:
        batch = find_item_journal_batch(session, BATCH)
        assert batch is not None
        assert batch.has_numbers_on_lines
        for query in ("FRE", "S-2", "L1", "GOO"):
            [row] = list_item_journal_lines(session, batch, 0, 10, query)
            assert (row.new_bin, row.new_numbers.lot_no) == ("S-2", "FRESH")
            assert row.expiration_date == days(9)
        assert list_item_journal_lines(session, batch, 0, 10, "STALE") == []
        assert totals_of(session, batch).leaving == 1
        line = session.scalars(select(ItemJournalLine)).one()
        copied = copied_line_card(session, line)
        assert (copied["serial_no"], copied["new_serial_no"]) == ("", "")
        following = next_line_card(session, batch, DAY)
        assert (following["new_bin"], following["entry_type"]) == ("S-2", "Transfer")
        assert following["new_lot_no"] == ""


def test_names_of_batches_are_unique_over_both_journals(silver: Warehouse) -> None:
    refusal_of(lambda: add_batch(silver), "NameTaken")
    add_batch(silver, "OTHER")
    with silver.database.read() as session:
        for template, names in (
            (ItemJournalTemplate.ITEM, ["OTHER"]),
            (ItemJournalTemplate.TRANSFER, [BATCH]),
        ):
            found = list_item_journal_batches(session, template)
            assert [batch.name for batch in found] == names
    edit_batch(silver, description="Wrong labels")
    assert batch_card(silver)["description"] == "Wrong labels"
    assert "item_tracking_on_lines" not in batch_card(silver)


@pytest.mark.usefixtures("goods")
def test_many_lines_are_checked_in_parts(
    silver: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in ("L2", "L3", "L4", "L4"):
        quantity = "3" if number == "L4" else "1"
        add_line(silver, lot_no="L1", package_no="P1", new_lot_no=number, quantity=quantity)
    parts_of(monkeypatch, 2)
    with silver.database.read() as session:
        batch = find_item_journal_batch(session, BATCH)
        assert batch is not None
        first, second = (part.problems for part in check_in_parts(session, batch))
    assert first == {}
    assert {no: refusal.code for no, refusal in second.items()} == {40_000: "InventoryInsufficient"}


@pytest.mark.usefixtures("goods")
def test_a_bin_and_a_location_wait_for_what_would_come_in(silver: Warehouse) -> None:
    blue = another_location(silver, "BLUE")
    add_line(silver, lot_no="L1", package_no="P1", new_bin="S-2")
    add_line(silver, lot_no="L1", package_no="P1", new_location="BLUE")
    with silver.database.read() as session:
        assert open_work(session, silver.bins["S-2"].id) == BATCH
        assert open_document_at(session, blue.location.id, {JOURNAL}) == BATCH
        assert user_of(session, Location, blue.location.id) == "item journal lines"


@ON_POSTGRESQL
def test_two_who_post_a_batch_at_once_post_it_once(silver: Warehouse, goods: Goods) -> None:
    add_line(silver, lot_no="L1", package_no="P1", new_lot_no="L2")

    def post(session: Session) -> None:
        post_item_journal_batch(session, BATCH, silver.by)

    fault = overtaken(silver, post, post)
    assert fault is not None
    assert fault.code == "NothingToPost"
    assert [entry[1] for entry in transferred(silver, goods)] == [-1, 1]
