"""A look-up tells what a code is and where it lies."""

from decimal import Decimal

from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.scanning.look_up import (
    ROWS_SHOWN_MAX,
    CardOfNumber,
    Lies,
    LookedUp,
    look_up,
    where_it_lies,
)
from scanner_app.scanning.resolve import candidates_of
from scanner_app.warehouse.bin_balance import BinBalance
from tests.scanning.floor import SETTINGS, Floor
from tests.scanning.picks import CHAIRS, block


def looked_up(floor: Floor, text: str, location: str = "WHITE", which: int = 0) -> LookedUp:
    day, place = floor.catalogue.work_date, floor.catalogue.locations[location]
    parsed = parse_barcode(ScannedCode(text, "", "wedge"), day, SETTINGS)
    return floor.read(lambda s: look_up(s, place, candidates_of(s, parsed, place.id, day)[which]))


def rows(found: LookedUp) -> list[tuple[str, str, Decimal]]:
    return [(row.bin_code, row.words, row.quantity_base) for row in found.rows]


def test_a_bin_shows_its_content(floor: Floor) -> None:
    found = looked_up(floor, "W-01-0402")
    assert (found.kind, found.code, found.item_no, found.more) == ("bin", "W-01-0402", "", False)
    assert [(row.words, row.variant_code, row.quantity_base) for row in found.rows] == [
        ("3010", "M", 20),
        ("3010", "L", 14),
    ]


def test_an_empty_bin_shows_nothing(floor: Floor) -> None:
    assert looked_up(floor, "W-02-0401").rows == ()


def test_an_item_shows_each_number_in_each_bin(floor: Floor) -> None:
    found = looked_up(floor, "9521234020301")
    assert (found.item_no, found.description) == ("2030", "Control unit")
    assert [(row.bin_code, row.words) for row in found.rows] == [
        ("W-01-0301", "2030 Serial No. CU-7001 Lot No. CU-L1"),
        ("W-01-0301", "2030 Serial No. CU-7002 Lot No. CU-L1"),
        ("W-01-0301", "2030 Serial No. CU-7003 Lot No. CU-L1"),
        ("W-10-0001", "2030 Serial No. CU-7099 Lot No. CU-L0"),
    ]


def test_a_variant_shows_itself_alone(floor: Floor) -> None:
    assert rows(looked_up(floor, "9521234030126")) == [("W-01-0402", "3010", 14)]


def test_a_lot_shows_its_units_in_base_units_and_with_its_date(floor: Floor) -> None:
    found = looked_up(floor, "P2403")
    assert rows(found) == [
        ("W-02-0101", "3020 Lot No. P2403", 3),
        ("W-03-0201", "3020 Lot No. P2403", 24),
    ]
    assert {(row.unit, row.expiration_date) for row in found.rows} == {
        ("CAN", floor.catalogue.day("60D"))
    }


def test_a_package_shows_every_item_in_it(floor: Floor) -> None:
    words = [row.words.split()[0] for row in looked_up(floor, "395212340000000014").rows]
    assert words == ["1900-S", "1900-S", "1920-S"]


def test_the_adjustment_bin_comes_last_and_is_marked(floor: Floor) -> None:
    found = looked_up(floor, "CB02")
    assert rows(found) == [
        ("W-02-0201", "3030 Lot No. CB02", 24),
        ("W-11-0001", "3030 Lot No. CB02", -2),
    ]
    assert [row.is_adjustment_bin for row in found.rows] == [False, True]


def test_only_what_lies_at_the_location_is_shown(floor: Floor) -> None:
    assert rows(looked_up(floor, "CB02", "SILVER")) == [("S-01-0004", "3030 Lot No. CB02", 9)]


def test_a_look_up_shows_so_many_rows_and_says_that_there_are_more(floor: Floor) -> None:
    bin_ = floor.catalogue.bins["W-02-0401"]
    item_id, unit_id = floor.catalogue.items["2010"].id, floor.catalogue.units["PCS"]
    fields = {
        "location_id": bin_.location_id,
        "bin_id": bin_.id,
        "item_id": item_id,
        "variant_id": floor.catalogue.variants["2010", ""],
        "unit_of_measure_id": unit_id,
        "quantity_base": Decimal(1),
        "serial_specific": True,
        "lot_no": "",
        "package_no": "",
    }
    serials = [TrackingNumbers(f"MANY-{number:03d}") for number in range(ROWS_SHOWN_MAX + 1)]
    floor.write(
        lambda s: s.add_all(BinBalance(serial_no=n.serial_no, **fields) for n in serials[1:])
    )
    assert (len(looked_up(floor, "W-02-0401").rows), looked_up(floor, "W-02-0401").more) == (
        ROWS_SHOWN_MAX,
        False,
    )
    floor.write(lambda s: s.add(BinBalance(serial_no=serials[0].serial_no, **fields)))
    found = looked_up(floor, "W-02-0401")
    assert (len(found.rows), found.more) == (ROWS_SHOWN_MAX, True)
    assert isinstance(found.rows[0], Lies)


def said_of_cards(found: LookedUp) -> list[tuple[str, str, str, bool]]:
    return [(card.kind.value, card.number, card.item_no, card.blocked) for card in found.cards]


def test_a_blocked_lot_says_so_in_its_card_and_in_each_bin(floor: Floor) -> None:
    found = looked_up(floor, "P2399")
    assert said_of_cards(found) == [("Lot", "P2399", "3020", True)]
    assert found.cards[0].card_id is not None
    assert [row.blocked for row in found.rows] == [(NumberKind.LOT,)]


def test_a_number_without_a_card_can_get_one(floor: Floor) -> None:
    found = looked_up(floor, "DR-1003")
    assert found.cards == (
        CardOfNumber(NumberKind.SERIAL, "DR-1003", "2010", "", None, "", blocked=False),
    )
    assert [row.blocked for row in found.rows] == [()]


def test_a_serial_no_in_a_blocked_lot_is_marked_where_it_lies(floor: Floor) -> None:
    block(floor, "2030", lot_no="CU-L1")
    found = looked_up(floor, "CU-7001")
    assert said_of_cards(found) == [("Serial", "CU-7001", "2030", False)]
    assert [row.blocked for row in found.rows] == [(NumberKind.LOT,)]


def test_a_package_has_a_card_for_each_item_in_it(floor: Floor) -> None:
    block(floor, "1920-S", package_no=CHAIRS)
    assert said_of_cards(looked_up(floor, CHAIRS)) == [
        ("Package", CHAIRS, "1900-S", False),
        ("Package", CHAIRS, "1920-S", True),
    ]


def test_a_bin_and_an_item_have_no_card_but_mark_what_is_blocked(floor: Floor) -> None:
    for code in ("W-10-0001", "9521234020301"):
        found = looked_up(floor, code)
        assert found.cards == ()
        blocked = [row.words for row in found.rows if row.blocked == (NumberKind.SERIAL,)]
        assert blocked == ["2030 Serial No. CU-7099 Lot No. CU-L0"]


def test_where_a_number_lies_is_told_without_its_code(floor: Floor) -> None:
    item = floor.catalogue.items["3020"].id
    variant = floor.catalogue.variants["3020", ""]
    place, numbers = floor.catalogue.locations["WHITE"], TrackingNumbers(lot_no="P2403")
    lies = floor.read(lambda s: where_it_lies(s, place, item, variant, numbers))
    assert [(row.bin_code, row.quantity_base) for row in lies] == [
        ("W-02-0101", 3),
        ("W-03-0201", 24),
    ]
