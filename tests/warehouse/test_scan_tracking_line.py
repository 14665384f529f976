"""Scanning item tracking lines: what a label says becomes numbers of the line, or is refused."""

import pytest

from scanner_app.code_index import CodeKind, Meaning, index_codes
from scanner_app.errors import RuleRefused
from tests.builders import Warehouse, another_location
from tests.warehouse.item_journals import add_batch, add_line
from tests.warehouse.journal_tracking import parts, scan, tracking
from tests.warehouse.masters import Goods
from tests.warehouse.place_cards import refusal_of

GTIN = "09501101530003"
GS = "\x1d"


@pytest.fixture
def drills(white: Warehouse) -> Goods:
    """DRILLS with serial and lot nos., known by a GTIN of the base unit; a line of three."""
    add_batch(white)
    another_location(white, "SILVER", "S-1")
    drills = white.add_item("DRILLS", "serial", "lot", use_expiration_dates=True)
    index_gtin(white, drills, GTIN)
    add_line(white, item_no="DRILLS", quantity="3")
    return drills


def index_gtin(white: Warehouse, goods: Goods, gtin: str, unit: str = "PCS") -> None:
    meaning = Meaning(
        gtin,
        CodeKind.GTIN,
        goods.item.id,
        item_id=goods.item.id,
        unit_of_measure_id=goods.units[unit][0],
    )
    white.write(lambda session: index_codes(session, [meaning]))


def test_a_label_gives_its_numbers_and_its_date(white: Warehouse, drills: Goods) -> None:
    scan(white, f"]d201{GTIN}17301231{GS}10L1{GS}21S1")
    assert parts(white) == {"S1 L1": 1}
    assert str(tracking(white).parts[0].expiration_date) == "2030-12-31"


def test_serial_nos_of_one_lot_are_scanned_one_after_the_other(
    white: Warehouse, drills: Goods
) -> None:
    scan(white, f"]d201{GTIN}10L1{GS}21S1")
    scan(white, "S2")
    scan(white, "S3")
    assert parts(white) == {"S1 L1": 1, "S2 L1": 1, "S3 L1": 1}
    refusal_of(lambda: scan(white, "S3"), "SerialTwiceOnLine")


def test_a_plain_code_is_the_first_kind_that_is_asked_for(white: Warehouse, drills: Goods) -> None:
    for no, kind in (("LOTS", "lot"), ("BOXES", "package")):
        white.add_item(no, kind)
        add_line(white, item_no=no, quantity="2")
    scan(white, "A1", 20_000)
    scan(white, "A1", 30_000)
    assert [part.numbers.lot_no for part in tracking(white, 20_000).parts] == ["A1"]
    assert [part.numbers.package_no for part in tracking(white, 30_000).parts] == ["A1"]


def test_a_label_of_another_item_is_refused_with_both(white: Warehouse, drills: Goods) -> None:
    other = white.add_item("OTHER", "lot")
    index_gtin(white, other, "09501101530010")
    said = refusal_of(lambda: scan(white, f"]d20109501101530010{GS}21S1"), "LabelOfOtherItem")
    assert "09501101530010" in said
    assert "DRILLS" in said


def test_a_label_that_nobody_knows_is_refused(white: Warehouse, drills: Goods) -> None:
    refusal_of(lambda: scan(white, "]d20109501101530027"), "LabelOfOtherItem")


def test_the_name_of_the_item_is_no_number(white: Warehouse, drills: Goods) -> None:
    refusal_of(lambda: scan(white, GTIN), "TrackingNumberNotGiven")
    assert parts(white) == {}


def test_bare_digits_that_name_no_item_are_a_number(white: Warehouse, drills: Goods) -> None:
    scan(white, "4006381333931")
    assert parts(white) == {"4006381333931": 1}


def test_a_count_on_the_label_is_in_the_unit_that_it_names(white: Warehouse) -> None:
    add_batch(white)
    another_location(white, "SILVER", "S-1")
    paint = white.add_item("PAINT", "lot", units={"BOX": 6})
    index_gtin(white, paint, GTIN, "BOX")
    add_line(white, item_no="PAINT", quantity="30")
    scan(white, f"]d201{GTIN}10L1{GS}302")
    assert parts(white) == {"L1": 12}
    scan(white, f"]d210L2{GS}303")
    assert parts(white) == {"L1": 12, "L2": 3}
    scan(white, "L3")
    assert parts(white) == {"L1": 12, "L2": 3, "L3": 15}


@pytest.mark.parametrize("text", ["", " ", "\x00", "L" * 600, "é" * 60])
def test_what_is_no_number_is_refused_by_name(white: Warehouse, drills: Goods, text: str) -> None:
    with pytest.raises(RuleRefused):
        scan(white, text)
    assert parts(white) == {}
