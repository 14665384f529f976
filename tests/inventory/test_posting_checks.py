"""What stops a line from reaching the item ledger: numbers, dates, cards, stock."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlalchemy import insert, select

from scanner_app.inventory.item import ItemVariant
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.item_tracking import (
    NO_NUMBERS,
    NumberMissing,
    SerialQuantityNotOne,
    TrackingNumbers,
)
from scanner_app.inventory.item_tracking_code import KINDS, EntryType
from scanner_app.inventory.posting_line import PostingLine
from scanner_app.inventory.posting_refusals import (
    ExpirationDateDiffers,
    ExpirationDateMissing,
    ExpiredOnPostingDate,
    InventoryInsufficient,
    ItemBlocked,
    SerialAlreadyOnInventory,
    VariantBlocked,
    WarrantyDateMissing,
)
from tests.builders import Warehouse, another_location, days, lot, serial
from tests.warehouse.masters import DAY, Goods

DATED: dict[str, Any] = {"use_expiration_dates": True}
REQUIRED = DATED | {"require_expiration_date_entry": True}
STRICT = REQUIRED | {"strict_expiration_posting": True}


def dates_of(white: Warehouse, goods: Goods) -> list[tuple[date | None, date | None]]:
    """Warranty and expiration date of each entry, in order."""
    row = ItemLedgerEntry
    with white.database.read() as session:
        found = session.execute(
            select(row.warranty_date, row.expiration_date)
            .where(row.item_id == goods.id)
            .order_by(row.id)
        )
        return [(warranty, expiration) for warranty, expiration in found]


def test_each_combination_of_tracking_posts_with_its_numbers_and_not_without(
    white: Warehouse,
) -> None:
    given = TrackingNumbers("S1", "L1", "P1")
    for index, switches in enumerate(product((False, True), repeat=3)):
        kinds = [kind for kind, on in zip(KINDS, switches, strict=True) if on]
        goods = white.add_item(f"ITEM{index}", *kinds)
        for kind in kinds:
            lacking = TrackingNumbers(
                *("" if k == kind else n for k, n in zip(KINDS, given.as_tuple(), strict=True))
            )
            with pytest.raises(NumberMissing) as refused:
                white.stock(goods, "A", 1, lacking)
            assert str(refused.value.parameters["kind"]).lower().startswith(kind)
        white.stock(goods, "A", 1, given)
        assert white.in_ledger(goods) == {given: 1}
    white.assert_sound()


def test_a_number_may_be_asked_for_by_the_flow_alone(white: Warehouse) -> None:
    goods = white.add_item("FLOW", lot_purchase_inbound_tracking=True)
    with pytest.raises(NumberMissing):
        white.stock(goods, "A", 5)
    white.stock(goods, "A", 5, lot("L1"))
    white.post(white.line(goods, -5, entry_type=EntryType.SALE))
    assert white.in_ledger(goods) == {lot("L1"): 5, NO_NUMBERS: -5}
    assert white.in_bins(goods) == {}
    white.assert_sound()


def test_a_serial_is_one_unit_when_it_is_specific(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial", units={"BOX": 6})
    with pytest.raises(SerialQuantityNotOne):
        white.stock(goods, "A", 2, serial("S1"))
    with pytest.raises(SerialQuantityNotOne):
        white.stock(goods, "A", 1, serial("S1"), unit="BOX")
    loose = white.add_item("LOOSE", serial_purchase_inbound_tracking=True)
    white.stock(loose, "A", 2, serial("S1"))
    assert white.in_ledger(loose) == {serial("S1"): 2}


def test_a_serial_is_in_stock_once_over_all_locations(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial")
    other = white.add_item("OTHER", "serial")
    blue = another_location(white, "BLUE")
    white.stock(goods, "A", 1, serial("S1"))
    white.stock(other, "B", 1, serial("S1"))
    for place, bin_code in ((white, "A"), (white, "B"), (blue, None)):
        with pytest.raises(SerialAlreadyOnInventory) as refused:
            place.post(place.line(goods, 1, serial("S1")), bin_code=bin_code)
        assert refused.value.parameters["location"] == "WHITE"
    with pytest.raises(SerialAlreadyOnInventory):
        blue.post(*[blue.line(goods, 1, serial("S2"))] * 2, bin_code=None)
    white.post(white.line(goods, -1, serial("S1"), entry_type=EntryType.SALE))
    blue.post(blue.line(goods, 1, serial("S1")), bin_code=None)
    white.assert_sound()


def test_a_serial_leaves_before_it_arrives_in_one_posting(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial", "lot")
    white.stock(goods, "A", 1, serial("S1", "OLD"))
    white.post(
        white.line(goods, 1, serial("S1", "NEW")),
        white.line(goods, -1, serial("S1", "OLD"), entry_type=EntryType.SALE),
    )
    assert white.in_ledger(goods) == {serial("S1", "NEW"): 1}
    white.assert_sound()


def test_a_date_is_required_only_of_what_comes_in(white: Warehouse) -> None:
    goods = white.add_item("LOTREQ", "lot", **REQUIRED)
    with pytest.raises(ExpirationDateMissing):
        white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(9))
    white.post(white.line(goods, -1, lot("L1"), entry_type=EntryType.SALE))
    assert dates_of(white, goods) == [(None, days(9)), (None, days(9))]


def test_a_known_date_is_inherited_and_another_one_refused(white: Warehouse) -> None:
    goods = white.add_item("LOTDATE", "lot", **DATED)
    blue = another_location(white, "BLUE")
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(9))
    white.post(white.line(goods, -5, lot("L1"), entry_type=EntryType.SALE))
    blue.post(blue.line(goods, 5, lot("L1")), bin_code=None)
    with pytest.raises(ExpirationDateDiffers) as refused:
        white.stock(goods, "A", 5, lot("L1"), expiration_date=days(8))
    assert refused.value.parameters["known"] == days(9).isoformat()
    assert dates_of(white, goods)[-1] == (None, days(9))


def test_a_number_without_a_date_keeps_none(white: Warehouse) -> None:
    goods = white.add_item("LOTDATE", "lot", **DATED)
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "A", 5, lot("L1"))
    with pytest.raises(ExpirationDateDiffers) as refused:
        white.stock(goods, "A", 5, lot("L1"), expiration_date=days(8))
    assert refused.value.parameters["known"] == "-"


def test_a_known_number_is_not_made_undated(white: Warehouse) -> None:
    goods = white.add_item("SNDATE", "serial", **DATED, expiration_calculation="1M")
    white.stock(goods, "A", 1, serial("S1"))
    assert dates_of(white, goods) == [(None, date(2026, 12, 23))]
    plain = white.add_item("PLAIN", "lot")
    white.stock(plain, "A", 1, lot("L1"), expiration_date=days(3))
    white.stock(plain, "A", 1, lot("L1"), expiration_date=days(4))
    assert dates_of(white, plain) == [(None, days(3)), (None, days(4))]


def test_all_lines_of_one_lot_in_a_posting_share_a_date(white: Warehouse) -> None:
    goods = white.add_item("SNLOT", "serial", "lot", **DATED)
    with pytest.raises(ExpirationDateDiffers):
        white.post(
            white.line(goods, 1, serial("S1", "L1"), expiration_date=days(1)),
            white.line(goods, 1, serial("S2", "L1"), expiration_date=days(2)),
        )
    white.post(
        white.line(goods, 1, serial("S1", "L1"), expiration_date=days(1)),
        white.line(goods, 1, serial("S2", "L1")),
        white.line(goods, 1, serial("S3", "L2"), expiration_date=days(2)),
    )
    assert [expiration for _, expiration in dates_of(white, goods)] == [days(1), days(1), days(2)]


def test_a_blank_date_is_calculated_from_the_document_date(white: Warehouse) -> None:
    goods = white.add_item("LOTCALC", "lot", **DATED, expiration_calculation="CM+1D")
    white.stock(goods, "A", 1, lot("L1"), document_date=date(2026, 1, 15))
    white.stock(goods, "A", 1, lot("L1"), document_date=date(2026, 5, 15))
    white.stock(goods, "A", 1, lot("L2"), expiration_date=days(1))
    found = [expiration for _, expiration in dates_of(white, goods)]
    assert found == [date(2026, 2, 1), date(2026, 2, 1), days(1)]


def test_dates_are_asked_and_calculated_where_there_is_no_number_too(white: Warehouse) -> None:
    asked = white.add_item("ASKED", **REQUIRED)
    with pytest.raises(ExpirationDateMissing):
        white.stock(asked, "A", 5)
    white.stock(asked, "A", 5, expiration_date=days(9))
    calculated = white.add_item("CALC", **DATED, expiration_calculation="1M")
    white.stock(calculated, "A", 5)
    white.stock(calculated, "A", 5, expiration_date=days(9))
    assert dates_of(white, asked) == [(None, days(9))]
    assert dates_of(white, calculated) == [(None, date(2026, 12, 23)), (None, days(9))]


def strict_stock(white: Warehouse, expires: date) -> Goods:
    goods = white.add_item("LOTEXP", "lot", **STRICT)
    white.stock(goods, "A", 5, lot("L1"), expiration_date=expires)
    return goods


def leaving(white: Warehouse, goods: Goods, entry_type: EntryType) -> PostingLine:
    return white.line(goods, -1, lot("L1"), entry_type=entry_type)


def test_strict_posting_lets_the_day_itself_leave_and_no_later_one(white: Warehouse) -> None:
    goods = strict_stock(white, DAY)
    line = leaving(white, goods, EntryType.SALE)
    white.post(line, on=DAY)
    with pytest.raises(ExpiredOnPostingDate) as refused:
        white.post(line, on=days(1))
    assert refused.value.parameters["expired"] == DAY


def test_strict_posting_lets_expired_stock_be_written_off_and_received(white: Warehouse) -> None:
    goods = strict_stock(white, days(-30))
    white.post(leaving(white, goods, EntryType.NEGATIVE_ADJUSTMENT))
    assert white.in_ledger(goods) == {lot("L1"): 4}


def test_without_strict_posting_expired_stock_leaves(white: Warehouse) -> None:
    goods = white.add_item("LOTDATE", "lot", **DATED)
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(-30))
    white.post(leaving(white, goods, EntryType.SALE))
    assert white.in_ledger(goods) == {lot("L1"): 4}


def test_a_warranty_date_is_calculated_unless_it_was_entered(white: Warehouse) -> None:
    goods = white.add_item("WARRANTY", "serial", warranty_date_formula="1Y")
    white.stock(goods, "A", 1, serial("S1"), document_date=date(2026, 2, 28))
    white.stock(goods, "A", 1, serial("S2"), warranty_date=days(7))
    white.post(white.line(goods, -1, serial("S1"), entry_type=EntryType.SALE))
    found = [warranty for warranty, _ in dates_of(white, goods)]
    assert found == [date(2027, 2, 28), days(7), None]


def test_a_warranty_date_that_must_be_entered_is_not_calculated(white: Warehouse) -> None:
    goods = white.add_item(
        "WARRANTY", "serial", warranty_date_formula="1Y", require_warranty_date_entry=True
    )
    with pytest.raises(WarrantyDateMissing):
        white.stock(goods, "A", 1, serial("S1"))
    white.stock(goods, "A", 1, serial("S1"), warranty_date=days(7))


def test_a_blocked_item_is_not_posted(white: Warehouse) -> None:
    goods = white.add_item("BLOCKED")
    white.stock(goods, "A", 5)
    white.change(goods.item, blocked=True)
    for quantity in (5, -5):
        with pytest.raises(ItemBlocked):
            white.post(white.line(goods, quantity, entry_type=EntryType.SALE))


def test_a_blocked_variant_is_not_posted(white: Warehouse) -> None:
    goods = white.add_item("BLUE")
    white.stock(goods, "A", 5)
    variant = ItemVariant(id=goods.variant_id, code="")
    white.change(variant, blocked=True)
    for quantity in (5, -5):
        with pytest.raises(VariantBlocked) as refused:
            white.post(white.line(goods, quantity, entry_type=EntryType.SALE))
        assert refused.value.parameters == {"variant_code": "", "item_no": "BLUE"}


def test_inventory_is_never_negative_per_number(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "A", 5, lot("L2"))
    with pytest.raises(InventoryInsufficient) as refused:
        white.post(white.line(goods, -6, lot("L1"), entry_type=EntryType.SALE))
    assert refused.value.parameters["available"] == 5
    with pytest.raises(InventoryInsufficient):
        white.post(*[white.line(goods, -3, lot("L1"), entry_type=EntryType.SALE)] * 2)
    assert white.in_ledger(goods) == {lot("L1"): 5, lot("L2"): 5}


def test_stock_of_another_location_does_not_count(white: Warehouse) -> None:
    goods = white.add_item("PLAIN")
    blue = another_location(white, "BLUE")
    white.stock(goods, "A", 5)
    with pytest.raises(InventoryInsufficient):
        blue.post(blue.line(goods, -1, entry_type=EntryType.SALE), bin_code=None)


def test_an_entry_of_no_quantity_is_refused_by_the_database(white: Warehouse) -> None:
    goods = white.add_item("PLAIN")
    white.stock(goods, "A", 5)
    with white.database.read() as session:
        entry = session.scalars(select(ItemLedgerEntry)).one()
        row = {c.name: getattr(entry, c.name) for c in ItemLedgerEntry.__table__.columns}
    with pytest.raises(Exception, match="quantity_not_zero"):
        white.write(
            lambda session: session.execute(
                insert(ItemLedgerEntry).values(**(row | {"id": 99, "quantity": 0}))
            )
        )
