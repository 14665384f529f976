"""Moving by scanning: what each scan takes, asks and moves (docs/domain.md 5.5)."""

from scanner_app.demo.stock import SSCC_OF_CHAIRS, SSCC_OF_MONITORS
from scanner_app.inventory.location import Location
from tests.scanning.floor import Floor, spoken
from tests.scanning.moves import lies_in, movements, moving

PAINT, PAINT_BOX = "(01)09521234030201", "(01)19521234030208"
COFFEE = "(01)09521234030300"
VEST = "9521234030119"
FREE_BIN, OTHER_BIN = "W-04-0101", "W-04-0201"


def test_a_serial_number_needs_no_from_bin(floor: Floor) -> None:
    device = moving(floor)
    assert device.move_prompt.question == "unit"
    assert device.codes("DR-1002") == ["InHand"]
    prompt = device.move_prompt
    assert (prompt.question, prompt.bin_code, prompt.held) == ("to-bin", "W-01-0101", 1)
    assert (prompt.item_no, prompt.quantity_for) == ("2010", "")
    assert spoken(device.scan(FREE_BIN)) == (
        "1 PCS of 2010 Serial No. DR-1002 moved from W-01-0101 to W-04-0101, movement RMV-00001."
    )
    assert movements(floor) == [("W-01-0101", "-1", "DR-1002"), (FREE_BIN, "1", "DR-1002")]
    prompt = device.move_prompt
    assert (prompt.question, prompt.bin_code, prompt.held) == ("unit", "W-01-0101", 0)


def test_the_dates_travel_with_the_stock(floor: Floor) -> None:
    device = moving(floor)
    before = lies_in(floor, "W-01-0601")
    assert device.codes("FX-5002", FREE_BIN) == ["InHand", "Moved"]
    [(numbers, _, day)] = lies_in(floor, FREE_BIN)
    assert numbers == "FX-5002 FX25B"
    assert day in {known for _, _, known in before}
    assert day


def test_the_same_serial_number_twice_changes_nothing_and_stops_nothing(floor: Floor) -> None:
    device = moving(floor)
    answers = [outcome.code for outcome in device.queued("DR-1002", "DR-1002", FREE_BIN)]
    assert answers == ["InHand", "AlreadyInHand", "Moved"]
    assert len(movements(floor)) == 2


def test_what_was_captured_before_a_refusal_was_seen_is_not_moved(floor: Floor) -> None:
    device = moving(floor)
    answers = [outcome.code for outcome in device.queued("DR-1002", "NOBODY", FREE_BIN)]
    assert answers == ["InHand", "UnknownCode", "EarlierScanRefused"]
    assert [words for words, _ in device.held] == ["2010 Serial No. DR-1002"]
    assert device.codes(FREE_BIN) == ["Moved"]


def test_a_scanned_bin_is_the_from_bin_until_another_is_scanned(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes("W-01-0102", "W-01-0102", "W-01-0101") == ["MoveFromBin"] * 3
    refused = device.scan("DR-1004")
    assert spoken(refused).startswith(
        "2010 Serial No. DR-1004 is booked in bin W-01-0102, not in W-01-0101."
    )
    assert device.codes("DR-1002", FREE_BIN, "DR-1003") == ["InHand", "Moved", "InHand"]
    assert device.given.bin_found is False


def test_a_bin_that_was_only_found_gives_way_to_where_the_next_lies(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes("DR-1002", FREE_BIN, "DR-1004") == ["InHand", "Moved", "InHand"]
    assert device.move_prompt.bin_code == "W-01-0102"
    assert device.codes("DR-1003") == ["LiesInOtherBin"]
    assert device.codes("DR-1005", FREE_BIN) == ["InHand", "LinesMoved"]
    assert device.codes("W-04-0202", "W-01-0102", "FX-5001")[-1] == "LiesInOtherBin"


def test_what_lies_in_several_bins_asks_from_which_it_is_taken(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes("P2403") == ["AskFromBin"]
    prompt = device.move_prompt
    assert (prompt.question, prompt.asked_for, prompt.held) == (
        "from-bin",
        "3020 Lot No. P2403",
        0,
    )
    assert device.codes("DR-1002", "W-01-0101") == ["AnswerFirst", "NumberNotInBin"]
    assert spoken(device.scan("W-02-0101")).startswith(
        "2 CAN of 3020 Lot No. P2403 from W-02-0101 are in your hand."
    )
    assert device.given.bin_found is False
    assert device.codes(FREE_BIN, "P2403") == ["Moved", "StockOnDocuments"]


def test_a_found_bin_is_meant_before_others_that_hold_the_same(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes("1006", FREE_BIN, SSCC_OF_CHAIRS) == ["InHand", "Moved", "PackageInHand"]
    assert device.move_prompt.bin_code == "W-01-0501"


def test_a_unit_that_waits_for_its_bin_can_be_put_back(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes("P2403") == ["AskFromBin"]
    assert device.type("5").code == "QuantityNotAsked"
    assert device.scan("-", step="put-back").code == "PutBack"
    assert device.move_prompt.question == "unit"
    assert device.scan("-", step="put-back").code == "HandEmpty"


def test_the_last_or_all_can_be_put_back(floor: Floor) -> None:
    device = moving(floor)
    device.codes("W-01-0102", "DR-1004", "DR-1005")
    assert spoken(device.scan("-", step="put-back")).startswith("2010 Serial No. DR-1005 is")
    assert [words for words, _ in device.held] == ["2010 Serial No. DR-1004"]
    device.codes("DR-1005")
    assert spoken(device.scan("-", step="put-back-all")).startswith("2 lines are put back.")
    assert device.move_prompt.bin_code == "W-01-0102"
    assert device.codes("DR-1005") == ["InHand"]
    assert device.scan("-", step="put-back-all").code == "PutBack"


def test_a_found_bin_goes_with_the_last_that_is_put_back(floor: Floor) -> None:
    device = moving(floor)
    device.codes("DR-1004", "DR-1005")
    device.scan("-", step="put-back")
    assert device.given.bin_found
    device.scan("-", step="put-back")
    assert device.move_prompt.bin_code == ""


def test_a_package_goes_with_all_that_is_in_it(floor: Floor) -> None:
    device = moving(floor)
    before = lies_in(floor, "W-01-0501")
    assert device.codes("1005") == ["InHand"]
    assert spoken(device.scan(SSCC_OF_CHAIRS)).startswith(
        f"Package {SSCC_OF_CHAIRS} from W-01-0501 is in your hand: 3 lines."
    )
    assert device.held == [(SSCC_OF_CHAIRS, "0")]
    assert device.codes("1006", SSCC_OF_CHAIRS) == ["AlreadyInHand"] * 2
    assert device.codes(FREE_BIN) == ["LinesMoved"]
    assert lies_in(floor, "W-01-0501") == []
    assert sorted(lies_in(floor, FREE_BIN)) == sorted(before)


def test_a_package_in_several_bins_asks_which_part_of_it(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes("1006", FREE_BIN) == ["InHand", "Moved"]
    other = moving(floor)
    assert other.codes(SSCC_OF_CHAIRS) == ["AskFromBin"]
    assert other.move_prompt.asked_for == SSCC_OF_CHAIRS
    assert other.codes("W-02-0101", "W-01-0501", OTHER_BIN) == [
        "NumberNotInBin",
        "PackageInHand",
        "LinesMoved",
    ]
    assert len(lies_in(floor, OTHER_BIN)) == 2
    assert other.codes(SSCC_OF_MONITORS) == ["LiesInOtherBin"]


def test_of_a_lot_all_that_is_free_is_taken_or_what_is_typed(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes("CB02", "CB02") == ["InHand", "AlreadyInHand"]
    prompt = device.move_prompt
    assert (prompt.quantity_for, f"{prompt.quantity_now}", prompt.quantity_unit) == (
        "3030 Lot No. CB02",
        "22",
        "BAG",
    )
    assert device.type("0").code == "NothingInHand"
    assert device.type("23").code == "StockOnDocuments"
    assert device.type("25").code == "QuantityInBinInsufficient"
    assert device.type("5").code == "QuantityGiven"
    assert device.codes(FREE_BIN) == ["Moved"]
    assert movements(floor) == [("W-02-0201", "-5", "CB02"), (FREE_BIN, "5", "CB02")]
    assert device.type("5").code == "QuantityNotAsked"
    assert device.codes("DR-1002") == ["InHand"]
    assert device.type("5").code == "QuantityNotAsked"


def test_a_label_may_say_how_much(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes(f"{COFFEE}(30)3(10)CB02") == ["InHand"]
    assert device.held == [("3030 Lot No. CB02", "3")]


def test_a_typed_quantity_is_as_fine_as_the_item(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes("W-01-0401", "LOT0100") == ["MoveFromBin", "InHand"]
    assert device.type("1.001").code == "QuantityTooFine"
    assert device.type("1,25").code == "QuantityGiven"


def test_where_each_unit_is_scanned_the_units_add_up(floor: Floor) -> None:
    floor.change(Location, floor.catalogue.locations["WHITE"].id, scan_each_unit=True)
    device = moving(floor)
    assert device.codes("CB02", "CB02", f"{COFFEE}(30)3(10)CB02", "DR-1002") == [
        "InHand",
        "InHand",
        "InHand",
        "LiesInOtherBin",
    ]
    assert device.held == [("3030 Lot No. CB02", "5")]
    other = moving(floor)
    assert other.codes("DR-1002", "DR-1002") == ["InHand", "AlreadyInHand"]


def test_an_item_without_numbers_asks_its_bin(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes(VEST, "W-01-0602") == ["AskFromBin", "NumberNotInBin"]
    assert device.codes("W-01-0402") == ["InHand"]
    assert device.held == [("3010 M", "15")]
    assert device.codes(FREE_BIN, VEST) == ["Moved", "StockOnDocuments"]


def test_a_bare_item_of_several_variants_is_not_guessed(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes("W-01-0402", "3010") == ["MoveFromBin", "StockUnclear"]


def test_units_of_measure_are_kept_apart(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes("W-03-0201", "P2403", "W-02-0101") == ["MoveFromBin", "InHand", "Moved"]
    assert device.codes("W-02-0101", "P2403") == ["MoveFromBin", "InHand"]
    assert device.held == [("3020 Lot No. P2403", "2")]
    assert device.codes(f"{PAINT_BOX}(10)P2403") == ["InHand"]
    assert device.move_prompt.lines[0].unit == "BOX"
    assert device.codes("W-04-0202") == ["LinesMoved"]
    assert device.codes("W-01-0202", f"{PAINT_BOX}(10)P2402") == ["MoveFromBin", "LiesInOtherUnit"]


def test_at_other_locations_bins_hold_base_units(floor: Floor) -> None:
    device = moving(floor, "WORKER2", "SILVER")
    assert device.codes("(01)19521234030505(30)1(10)CA-78") == ["InHand"]
    assert device.held == [("3050 Lot No. CA-78", "100")]
    assert device.codes("S-01-0005") == ["Moved"]
    assert lies_in(floor, "S-01-0005") == [("CA-78", "100", "")]


def test_a_number_with_two_meanings_is_the_one_that_lies_in_the_from_bin(floor: Floor) -> None:
    device = moving(floor)
    choice = device.scan("1001")
    assert choice.code == "Choose"
    assert device.codes("W-01-0101", "1001") == ["MoveFromBin", "InHand"]
    assert [words for words, _ in device.held] == ["2010 Serial No. 1001"]


def test_the_label_of_a_document_opens_it_and_keeps_the_hand(floor: Floor) -> None:
    device = moving(floor)
    assert device.codes("DR-1002", "PI-00001") == ["InHand", "OpenDocument"]
    assert device.move_prompt.held == 1


def test_only_the_newest_of_many_are_shown(floor: Floor) -> None:
    device = moving(floor)
    device.codes("W-02-0202", "PKG-000101", "PKG-000102")
    assert device.held == [("PKG-000102", "0"), ("PKG-000101", "0")]
    assert device.move_prompt.quantity_for == ""
