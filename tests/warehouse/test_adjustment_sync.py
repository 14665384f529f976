"""The sync: proposed once, posted once, and the adjustment bin is empty."""

import pytest
from sqlalchemy import select, update

from scanner_app.inventory.item_journal import ItemJournalLine
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.item_tracking import ItemTrackingLine, numbers_of
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.posting_refusals import SerialAlreadyOnInventory
from scanner_app.warehouse.adjustment_sync import delete_journal_lines, unsynchronised
from scanner_app.warehouse.item_journal_posting import (
    JournalNumber,
    journal_problems,
    post_item_journal_lines,
    read_journal_numbers,
)
from scanner_app.warehouse.post_item_journal import (
    AdjustmentChanged,
    BinMissing,
    DirectedLocation,
    NothingToPost,
)
from scanner_app.warehouse.receipt_parts import TrackingNotComplete
from scanner_app.warehouse.warehouse_ledger import (
    WarehouseDocument,
    WarehouseEntry,
    WarehouseEntryType,
)
from tests.builders import Warehouse, another_location, days, lot, serial
from tests.warehouse.counting import calculate, count, post_proposals, proposals, sync
from tests.warehouse.documents import Part
from tests.warehouse.masters import Goods

NEGATIVE = EntryType.NEGATIVE_ADJUSTMENT
POSITIVE = EntryType.POSITIVE_ADJUSTMENT


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("LOT", "lot", units={"BOX": 6}, use_expiration_dates=True)


def worked_example(white: Warehouse, goods: Goods) -> None:
    """Bin A holds LOT1 10 and LOT2 5; counted are LOT1 8, LOT2 5 and an unknown LOT3 2."""
    white.stock(goods, "A", 10, lot("LOT1"), expiration_date=days(1))
    white.stock(goods, "A", 5, lot("LOT2"), expiration_date=days(2))
    found = [Part(goods, 8, lot("LOT1")), Part(goods, 5, lot("LOT2"))]
    count(white, {"A": [*found, Part(goods, 2, lot("LOT3"), days(3))]})


def problems(white: Warehouse) -> dict[str, str]:
    """The refusal of each number, as the preview shows it."""
    with white.database.read() as session:
        numbers = read_journal_numbers(session, proposals(white))
        found = journal_problems(session, numbers)
        named = {number.id: number.part.line.numbers for number in numbers}
    return {
        named[key].serial_no or named[key].lot_no: refusal.code for key, refusal in found.items()
    }


def numbers_proposed(white: Warehouse) -> list[JournalNumber]:
    with white.database.read() as session:
        return read_journal_numbers(session, proposals(white))


def test_the_worked_example(white: Warehouse, goods: Goods) -> None:
    worked_example(white, goods)
    calculated = calculate(white)
    assert (calculated.document_no, calculated.lines, calculated.numbers) == ("SYNC0001", 2, 2)
    negative, positive = proposals(white)
    assert (negative.entry_type, negative.quantity_base) == (NEGATIVE, 2)
    assert (positive.entry_type, positive.quantity_base) == (POSITIVE, 2)
    assert (negative.line_no, positive.line_no) == (10_000, 20_000)
    with white.database.read() as session:
        row = ItemTrackingLine
        tracking = session.scalars(select(row).order_by(row.id)).all()
    assert [(numbers_of(t), t.quantity_base, t.expiration_date) for t in tracking] == [
        (lot("LOT1"), 2, None),
        (lot("LOT3"), 2, days(3)),
    ]
    real_bins = {key: held for key, held in white.in_bins(goods).items() if key[0] != "ADJ"}
    posted = post_proposals(white)
    assert posted.warehouse_register is not None
    with white.database.read() as session:
        entry = ItemLedgerEntry
        written = session.scalars(
            select(entry).where(entry.register_id == posted.item_register.id).order_by(entry.id)
        ).all()
        adjusted = session.scalars(
            select(WarehouseEntry)
            .where(WarehouseEntry.register_id == posted.warehouse_register.id)
            .order_by(WarehouseEntry.id)
        ).all()
        assert list(unsynchronised(session, white.location)) == []
        assert session.scalars(select(ItemJournalLine)).all() == []
        assert session.scalars(select(ItemTrackingLine)).all() == []
    assert [(e.lot_no, e.quantity, e.entry_type, e.expiration_date) for e in written] == [
        ("LOT1", -2, NEGATIVE, days(1)),
        ("LOT3", 2, POSITIVE, days(3)),
    ]
    assert all(e.warehouse_adjustment for e in written)
    assert [(e.bin_id, e.lot_no, e.quantity_base, e.entry_type) for e in adjusted] == [
        (white.bins["ADJ"].id, "LOT1", -2, WarehouseEntryType.NEGATIVE_ADJUSTMENT),
        (white.bins["ADJ"].id, "LOT3", 2, WarehouseEntryType.POSITIVE_ADJUSTMENT),
    ]
    assert white.in_bins(goods) == real_bins
    assert white.in_ledger(goods) == {lot("LOT1"): 8, lot("LOT2"): 5, lot("LOT3"): 2}
    white.assert_sound()
    assert sync(white) == 0


def test_calculating_twice_proposes_the_same_and_nothing_twice(
    white: Warehouse, goods: Goods
) -> None:
    worked_example(white, goods)
    first = calculate(white)
    again = calculate(white, batch="OTHER")
    assert (again.lines, again.numbers) == (first.lines, first.numbers) == (2, 2)
    assert [line.quantity_base for line in proposals(white)] == [2, 2]
    with white.database.read() as session:
        assert len(session.scalars(select(ItemTrackingLine)).all()) == 2
    post_proposals(white)
    assert calculate(white) == type(first)("", 0, 0)


def test_a_deleted_line_is_proposed_again(white: Warehouse, goods: Goods) -> None:
    worked_example(white, goods)
    calculate(white)
    [negative, _] = proposals(white)
    white.write(lambda session: delete_journal_lines(session, [negative.id]))
    assert [line.entry_type for line in proposals(white)] == [POSITIVE]
    assert calculate(white).lines == 2


def test_plus_and_minus_of_one_lot_cancel_and_of_two_lots_do_not(
    white: Warehouse, goods: Goods
) -> None:
    for number in ("L1", "L2"):
        white.stock(goods, "A", 5, lot(number))
    count(white, {"A": [Part(goods, 2, lot("L1")), Part(goods, 2, lot("L2"))]})
    count(white, {"B": [Part(goods, 3, lot("L1")), Part(goods, 3, lot("L3"))]})
    assert calculate(white).numbers == 2
    assert [(line.entry_type, line.quantity_base) for line in proposals(white)] == [
        (NEGATIVE, 3),
        (POSITIVE, 3),
    ]
    post_proposals(white)
    white.assert_sound()


def test_each_unit_of_measure_has_its_own_line(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 2, lot("L1"), unit="BOX")
    count(white, {"A": [Part(goods, 3, lot("L1"))]})
    calculate(white)
    assert [(n.entry_type, n.quantity, n.quantity_base) for n in proposals(white)] == [
        (POSITIVE, 3, 3),
        (NEGATIVE, 2, 12),
    ]
    post_proposals(white)
    assert white.in_ledger(goods) == {lot("L1"): 3}
    white.assert_sound()


def test_a_calculation_may_be_limited_to_some_items(white: Warehouse, goods: Goods) -> None:
    other = white.add_item("OTHER")
    count(white, {"A": [Part(goods, 3, lot("L1")), Part(other, 4)]})
    calculate(white)
    assert calculate(white, item_ids=[other.id]).lines == 1
    assert [line.item_id for line in proposals(white)] == [goods.id, other.id]
    assert [line.line_no for line in proposals(white)] == [10_000, 20_000]


def test_chosen_numbers_are_posted_and_the_rest_is_kept(white: Warehouse, goods: Goods) -> None:
    found = [Part(goods, quantity, lot(f"L{quantity}")) for quantity in (1, 2, 3)]
    count(white, {"A": found})
    calculate(white)
    chosen = [number.id for number in numbers_proposed(white)][1:2]
    post_proposals(white, chosen)
    assert white.in_ledger(goods) == {lot("L2"): 2}
    [line] = proposals(white)
    assert (line.quantity, line.quantity_base) == (4, 4)
    white.assert_sound()
    post_proposals(white)
    assert white.in_ledger(goods) == {lot("L1"): 1, lot("L2"): 2, lot("L3"): 3}
    assert proposals(white) == []


def test_a_line_posts_once(white: Warehouse, goods: Goods) -> None:
    worked_example(white, goods)
    calculate(white)
    ids = [line.id for line in proposals(white)]

    def post() -> None:
        white.write(
            lambda session: post_item_journal_lines(session, ids, white.by, batch_name="SYNC")
        )

    post()
    with pytest.raises(NothingToPost):
        post()
    white.assert_sound()


def test_an_adjustment_that_changed_since_is_refused(white: Warehouse, goods: Goods) -> None:
    worked_example(white, goods)
    calculate(white)
    count(white, {"B": [Part(goods, 1, lot("LOT1"))]})
    with pytest.raises(AdjustmentChanged) as refused:
        post_proposals(white)
    assert refused.value.parameters == {"what": "LOT Lot No. LOT1"}
    assert problems(white) == {"LOT1": "AdjustmentChanged"}
    assert sync(white) == 2
    white.assert_sound()


def test_the_preview_names_what_posting_refuses_and_leaves_the_rest(white: Warehouse) -> None:
    serials = white.add_item("SN", "serial")
    strict = white.add_item(
        "LOTEXP", "lot", use_expiration_dates=True, require_expiration_date_entry=True
    )
    blue = another_location(white, "BLUE")
    blue.post(blue.line(serials, 1, serial("S1")), bin_code=None)
    count(
        white,
        {
            "A": [Part(serials, 1, serial("S1")), Part(serials, 1, serial("S2"))],
            "B": [Part(strict, 1, lot("L1"), days(1))],
        },
    )
    calculate(white)
    assert problems(white) == {"S1": "SerialAlreadyOnInventory"}
    with pytest.raises(SerialAlreadyOnInventory) as refused:
        post_proposals(white)
    assert refused.value.parameters["location"] == "BLUE"
    refused_lot = update(ItemTrackingLine).values(expiration_date=None)
    white.write(lambda session: session.execute(refused_lot))
    assert problems(white) == {"S1": "SerialAlreadyOnInventory", "L1": "ExpirationDateMissing"}


def test_a_serial_of_another_location_is_posted_after_that_location_missed_it(
    white: Warehouse,
) -> None:
    goods = white.add_item("SN", "serial")
    blue = another_location(white, "BLUE")
    blue.post(blue.line(goods, 1, serial("1044")), bin_code=None)
    count(white, {"A": [Part(goods, 1, serial("1044"))]})
    calculate(white)
    with pytest.raises(SerialAlreadyOnInventory):
        post_proposals(white)
    missed = blue.line(goods, -1, serial("1044"), entry_type=NEGATIVE)
    blue.post(missed, bin_code=None)
    assert problems(white) == {}
    post_proposals(white)
    assert white.in_ledger(goods) == {serial("1044"): 1}
    white.assert_sound()


def test_what_leaves_is_checked_before_what_comes_in(white: Warehouse) -> None:
    goods = white.add_item("SNLOT", "serial", "lot")
    white.stock(goods, "A", 1, serial("S1", "OLD"))
    count(white, {"A": [Part(goods, 1, serial("S1", "NEW"))]})
    calculate(white)
    assert problems(white) == {}
    post_proposals(white)
    assert white.in_ledger(goods) == {serial("S1", "NEW"): 1}
    white.assert_sound()


def test_tracking_lines_must_name_the_whole_line(white: Warehouse, goods: Goods) -> None:
    worked_example(white, goods)
    calculate(white)
    forged = update(ItemJournalLine).values(quantity_base=ItemJournalLine.quantity_base + 1)
    white.write(lambda session: session.execute(forged))
    with pytest.raises(TrackingNotComplete) as refused:
        post_proposals(white)
    assert refused.value.parameters["tracked"] == 2


def test_a_directed_location_is_not_adjusted_by_hand(white: Warehouse) -> None:
    goods = white.add_item("PLAIN")
    line = white.line(goods, 5, entry_type=POSITIVE)
    with pytest.raises(DirectedLocation):
        white.post(line, document=WarehouseDocument.ITEM_JOURNAL)
    with pytest.raises(BinMissing):
        white.post(line, bin_code=None)


def test_nothing_waits_nothing_is_proposed_and_no_number_taken(white: Warehouse) -> None:
    assert calculate(white).document_no == ""
    white.stock(white.add_item("PLAIN"), "A", 5)
    assert calculate(white).lines == 0
