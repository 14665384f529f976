"""Registering counts: the dates of what is found, required, known or filled in."""

import pytest

from scanner_app.inventory.posting_refusals import (
    ExpirationDateDiffers,
    ExpirationDateMissing,
    WarrantyDateMissing,
)
from scanner_app.warehouse.adjustment_sync import unsynchronised
from tests.builders import Warehouse, days, lot, serial
from tests.warehouse.counting import add_count, count, count_bin, register_count
from tests.warehouse.documents import Part


def test_what_is_found_has_its_required_date_and_the_known_one(white: Warehouse) -> None:
    goods = white.add_item(
        "LOTEXP", "lot", use_expiration_dates=True, require_expiration_date_entry=True
    )
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(5))
    with pytest.raises(ExpirationDateMissing):
        count(white, {"B": [Part(goods, 1, lot("NEW"))]})
    batch = add_count(white, "C")
    count_bin(white, batch, "C", Part(goods, 1, lot("L1"), days(6)))
    with pytest.raises(ExpirationDateDiffers) as refused:
        register_count(white, batch)
    assert refused.value.parameters["known"] == str(days(5))
    loose = white.add_item("LOTDATE", "lot", use_expiration_dates=True)
    new = Part(goods, 1, lot("NEW"), days(7))
    count(white, {"A": [Part(goods, 5, lot("L1")), new, Part(loose, 1, lot("X"))]})
    with white.database.read() as session:
        dates = {b.lot_no: b.expiration_date for b in unsynchronised(session, white.location)}
    assert dates == {"NEW": days(7), "X": None}
    white.assert_sound()


def test_what_is_found_needs_its_warranty_date_where_the_code_asks(white: Warehouse) -> None:
    goods = white.add_item("SNWAR", "serial", require_warranty_date_entry=True)
    with pytest.raises(WarrantyDateMissing) as refused:
        count(white, {"B": [Part(goods, 1, serial("NEW"))]})
    assert refused.value.parameters == {"item_no": "SNWAR"}


def test_a_known_date_is_filled_in_for_what_is_found(white: Warehouse) -> None:
    goods = white.add_item("LOTEXP", "lot", use_expiration_dates=True)
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(5))
    count(white, {"B": [Part(goods, 1, lot("L1"))]})
    with white.database.read() as session:
        [waiting] = unsynchronised(session, white.location)
    assert waiting.expiration_date == days(5)
