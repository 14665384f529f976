"""A pick is checked where it takes; a serial no. implies its bin (10.4, 10.5)."""

from sqlalchemy import select

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.scanning.apply_scan import ScanAnswer
from scanner_app.warehouse.activity import ActivityType, WarehouseActivityLine
from scanner_app.warehouse.bin_balance import BinBalance
from scanner_app.warehouse.ledger_check import check_ledgers
from scanner_app.warehouse.register_activity import register_warehouse_activity
from tests.scanning.floor import Floor, spoken
from tests.scanning.picks import CHAIRS, SHIP, Pick


def test_a_named_lot_is_taken_from_its_bin(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    given = handheld.scan("P2402")
    assert spoken(given) == "3020 Lot No. P2402 is in your hand. Scan the bin W-01-0202."
    taken = handheld.scan("W-01-0202")
    assert spoken(taken) == "8 CAN of 3020 Lot No. P2402 taken from W-01-0202."
    assert floor.taken("PI-00001") == [("3020 CAN P2402", 8, "W-01-0202")]


def test_the_bin_may_come_before_the_lot(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    assert handheld.codes("W-02-0101", "P2403") == ["BinGiven", "Taken"]
    assert floor.taken("PI-00001") == [("3020 CAN P2403", 1, "W-02-0101")]


def test_the_place_bin_of_a_pick_is_not_scanned(floor: Floor) -> None:
    assert floor.opened("pick", "PI-00001").scan(SHIP).code == "BinNotOnDocument"


def test_a_free_serial_no_implies_its_bin(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    taken = handheld.scan("DR-1003")
    assert spoken(taken) == "1 PCS of 2010 Serial No. DR-1003 taken from W-01-0101."
    assert floor.taken("PI-00001") == [("2010 PCS DR-1003", 1, "W-01-0101")]


def test_a_serial_no_knows_its_lot_from_where_it_lies(pick: Pick, floor: Floor) -> None:
    handheld = pick(("2030 PCS", "1", "W-01-0301"))
    assert handheld.scan("CU-7002").code == "Taken"
    assert floor.taken(handheld.no) == [("2030 PCS CU-7002 CU-L1", 1, "W-01-0301")]


def test_a_bare_serial_no_of_two_items_is_the_one_that_the_pick_expects(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    assert spoken(handheld.scan("1001")).startswith("1 PCS of 2010 Serial No. 1001 taken")


def test_a_second_free_serial_no_is_taken_for_the_next_pair_and_no_third(
    pick: Pick, floor: Floor
) -> None:
    handheld = pick(("2010 PCS", "1", "W-01-0101"), ("2010 PCS", "1", "W-01-0101"))
    assert handheld.codes("DR-1002", "DR-1003", "1001") == ["Taken", "Taken", "Choose"]
    assert [words for words, _, _ in floor.taken(handheld.no)] == [
        "2010 PCS DR-1002",
        "2010 PCS DR-1003",
    ]
    assert handheld.scan("DR-1002").code == "AlreadyTaken"


def test_a_free_serial_no_that_is_scanned_again_is_no_second_unit(pick: Pick, floor: Floor) -> None:
    handheld = pick(*[("2010 PCS", "1", "W-01-0101")] * 3)
    assert handheld.codes("DR-1002", "DR-1002") == ["Taken", "AlreadyTaken"]
    assert floor.taken(handheld.no) == [("2010 PCS DR-1002", 1, "W-01-0101")]


def test_a_number_that_does_not_lie_in_the_bin_of_the_line_is_refused(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    refused = handheld.scan("DR-1005")
    assert spoken(refused).startswith("2010 Serial No. DR-1005 is not booked in bin W-01-0101.")
    assert floor.taken("PI-00001") == []


def test_another_number_than_the_line_names_is_refused(floor: Floor) -> None:
    refused = floor.opened("pick", "PI-00001").scan("FX-5002")
    assert refused.code == "NumberDiffers"
    assert refused.parameters["expected"] == "2020 Serial No. FX-5001 Lot No. FX25B"


def test_a_free_lot_takes_what_its_bin_holds_and_the_rest_stays_free(
    pick: Pick, floor: Floor
) -> None:
    handheld = pick(("3030 BAG", "20", "W-02-0102"))
    handheld.codes("CB01", "W-02-0102")
    assert floor.taken(handheld.no) == [("3030 BAG CB01", 12, "W-02-0102")]
    lines = floor.read(
        lambda s: s.scalars(
            select(WarehouseActivityLine)
            .where(WarehouseActivityLine.activity_id == floor.activity(s, handheld.no).id)
            .order_by(WarehouseActivityLine.line_no)
        ).all()
    )
    assert [(line.lot_no, line.quantity, line.quantity_base) for line in lines] == [
        ("CB01", 12, 12),
        ("CB01", 12, 12),
        ("", 8, 8),
        ("", 8, 8),
    ]
    assert handheld.prompt.outstanding == 8


def test_a_free_lot_that_fills_the_whole_pair_is_not_split(pick: Pick, floor: Floor) -> None:
    handheld = pick(("3030 BAG", "5", "W-02-0102"))
    handheld.codes("CB01", "W-02-0102")
    assert floor.taken(handheld.no) == [("3030 BAG CB01", 5, "W-02-0102")]
    assert handheld.prompt.question == "complete"


def test_a_number_typed_for_a_free_lot_splits_the_pair(pick: Pick, floor: Floor) -> None:
    handheld = pick(("3030 BAG", "10", "W-02-0102"))
    handheld.scan("CB01")
    handheld.type("4")
    handheld.scan("W-02-0102")
    assert floor.taken(handheld.no) == [("3030 BAG CB01", 4, "W-02-0102")]
    assert (handheld.prompt.done, handheld.prompt.total) == (1, 2)


def test_an_expired_lot_is_refused_where_posting_is_strict(floor: Floor) -> None:
    refused = floor.opened("pick", "PI-00001").scan("P2401")
    assert (refused.code, refused.parameters["expired"]) == (
        "NumberExpired",
        floor.catalogue.day("-1D"),
    )


def test_a_lot_that_expires_today_is_still_good(floor: Floor) -> None:
    assert floor.opened("pick", "PI-00001").scan("P2402").code == "UnitGiven"


def test_an_expired_lot_is_picked_where_posting_is_not_strict(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00002")
    assert handheld.codes("CB01", "W-02-0102") == ["UnitGiven", "Taken"]


def test_an_item_without_numbers_is_taken_by_the_bar_code_of_its_variant(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00002")
    assert handheld.scan("9521234030126").code == "NumberDiffers"
    assert handheld.codes("9521234030119", "W-01-0402") == ["UnitGiven", "Taken"]
    assert floor.taken("PI-00002") == [("3010 PCS", 5, "W-01-0402")]


def test_an_item_whose_serial_no_is_asked_at_the_sale_only_needs_none_here(
    pick: Pick, floor: Floor
) -> None:
    handheld = pick(("2050 PCS", "2", "W-01-0602"))
    assert handheld.codes("9521234020509", "W-01-0602") == ["UnitGiven", "Taken"]
    assert floor.taken(handheld.no) == [("2050 PCS", 2, "W-01-0602")]


def test_a_lot_that_the_maker_prints_does_not_hide_where_a_serial_no_lies(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    assert handheld.scan("(01)09521234020103(10)MAKER-LOT(21)DR-1003").code == "Taken"
    assert floor.taken("PI-00001") == [("2010 PCS DR-1003", 1, "W-01-0101")]


def test_a_part_of_a_cable_is_taken_in_decimals(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00002")
    handheld.codes("LOT0100", "W-01-0401")
    handheld.type("12.25")
    assert [str(quantity) for _, quantity, _ in floor.taken("PI-00002")] == ["12.25"]


def test_a_serial_no_that_was_scanned_into_a_wrong_bin_first_is_refused(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    assert handheld.codes("W-01-0202", "DR-1003") == ["BinGiven", "BinDiffers"]


def test_a_movement_is_checked_where_it_places(floor: Floor) -> None:
    numbers = TrackingNumbers("", "P2399")
    pair = floor.pair("3020 CAN", "4", "W-02-0301", "W-10-0001", numbers)
    handheld = floor.opened("movement", floor.add_activity(ActivityType.MOVEMENT, pair))
    assert handheld.codes("P2399", "W-02-0301") == ["UnitGiven", "BinDiffers"]
    assert handheld.codes("P2399", "W-10-0001") == ["UnitGiven", "Placed"]
    assert floor.scanned(handheld.no) == [("3020 CAN P2399", 4, "W-10-0001")]


def test_what_was_scanned_can_be_registered_and_the_ledgers_agree(pick: Pick, floor: Floor) -> None:
    handheld = pick(
        *[("1900-S PCS", "1", "W-01-0501")] * 2,
        ("1920-S PCS", "5", "W-01-0501"),
        ("3030 BAG", "20", "W-02-0102"),
    )
    handheld.codes(CHAIRS, "CB01", "W-02-0102")
    by = floor.by("WORKER1")
    result = floor.write(
        lambda s: register_warehouse_activity(s, floor.activity(s, handheld.no).id, by)
    )
    assert result.outstanding_lines == 2
    assert floor.read(check_ledgers) == []
    shipped = floor.read(
        lambda s: s.scalars(
            select(BinBalance.quantity_base).where(
                BinBalance.bin_id == floor.catalogue.bins[SHIP].id
            )
        ).all()
    )
    assert sum(shipped) == 2 + 5 + 12


def test_an_answer_says_whether_it_was_kept(floor: Floor) -> None:
    handheld = floor.opened("pick", "PI-00001")
    scan = handheld.captured("DR-1003")
    outcome = handheld.send(scan)
    assert handheld.send_again(scan) == ScanAnswer(outcome, repeated=True)
