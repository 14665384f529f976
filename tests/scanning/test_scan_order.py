"""A scan that was captured in the belief that an earlier one had worked is refused (10.2)."""

from scanner_app.scanning.given import NOTHING_GIVEN
from tests.scanning.floor import Floor, Handheld
from tests.scanning.other_bins import prohibit_other_bins


def put_away(floor: Floor) -> Handheld:
    return floor.opened("put-away", "PA-00002")


def outcomes(handheld: Handheld, *raws: str) -> list[str]:
    return [outcome.code for outcome in handheld.queued(*raws)]


def test_scans_behind_a_refused_unit_are_refused_and_nothing_is_placed(floor: Floor) -> None:
    handheld = put_away(floor)
    assert outcomes(handheld, "FX-9999", "W-01-0601", "P2404", "W-03-0201") == [
        "UnknownCode",
        "EarlierScanRefused",
        "EarlierScanRefused",
        "EarlierScanRefused",
    ]
    assert floor.scanned("PA-00002") == []
    assert handheld.given == NOTHING_GIVEN


def test_scans_captured_after_the_answer_was_seen_pass(floor: Floor) -> None:
    handheld = put_away(floor)
    outcomes(handheld, "FX-9999", "W-01-0601")
    assert handheld.codes("FX-5101", "W-01-0601") == ["UnitGiven", "Placed"]


def test_a_scan_captured_when_only_the_refused_answer_was_seen_passes(floor: Floor) -> None:
    handheld = put_away(floor)
    refused = handheld.captured("FX-9999")
    queued = handheld.captured("W-01-0601", seen_seq=0)
    handheld.send(refused)
    assert handheld.send(queued).code == "EarlierScanRefused"
    assert handheld.scan("W-01-0601", seen_seq=refused.device_seq).code == "BinGiven"


def test_scans_before_the_refused_one_are_not_stopped(floor: Floor) -> None:
    handheld = put_away(floor)
    assert outcomes(handheld, "FX-5101", "W-01-0601", "FX-9999", "FX-5102") == [
        "UnitGiven",
        "Placed",
        "UnknownCode",
        "EarlierScanRefused",
    ]
    assert len(floor.scanned("PA-00002")) == 1


def test_an_earlier_scan_that_arrives_late_is_not_stopped(floor: Floor) -> None:
    handheld = put_away(floor)
    first = handheld.captured("FX-5101", seen_seq=0)
    handheld.scan("FX-9999", seen_seq=0)
    assert handheld.send(first).code == "UnitGiven"


def test_a_refused_bin_stops_what_follows_and_empties_the_hand(floor: Floor) -> None:
    handheld = put_away(floor)
    prohibit_other_bins(floor)
    assert outcomes(handheld, "FX-5101", "W-03-0201", "FX-5102", "W-01-0601") == [
        "UnitGiven",
        "BinDiffers",
        "EarlierScanRefused",
        "EarlierScanRefused",
    ]
    assert handheld.given == NOTHING_GIVEN


def test_another_bin_stops_what_follows_and_leaves_the_hand(floor: Floor) -> None:
    handheld = put_away(floor)
    assert outcomes(handheld, "FX-5101", "W-03-0201", "W-03-0201", "FX-5102") == [
        "UnitGiven",
        "OtherBin",
        "EarlierScanRefused",
        "EarlierScanRefused",
    ]
    assert [unit.serial_no for unit in handheld.given.units] == ["FX-5101"]
    assert floor.scanned("PA-00002") == []


def test_a_chooser_stops_what_follows_too(floor: Floor) -> None:
    assert outcomes(put_away(floor), "1001", "W-01-0601") == ["Choose", "EarlierScanRefused"]


def test_what_was_scanned_already_stops_what_follows_too(floor: Floor) -> None:
    handheld = put_away(floor)
    handheld.codes("FX-5101", "W-01-0601")
    assert outcomes(handheld, "FX-5101", "W-01-0601") == ["AlreadyTaken", "EarlierScanRefused"]


def test_a_number_typed_behind_a_refused_scan_is_refused(floor: Floor) -> None:
    handheld = put_away(floor)
    handheld.codes("P2404", "W-03-0201")
    scans = [handheld.captured("FX-9999"), handheld.captured("1", step="quantity", seen_seq=2)]
    assert [handheld.send(scan).code for scan in scans] == ["UnknownCode", "EarlierScanRefused"]
    assert floor.scanned("PA-00002") == [("3020 BOX P2404", 2, "W-03-0201")]


def test_only_the_same_document_on_the_same_device_is_stopped(floor: Floor) -> None:
    handheld = put_away(floor)
    refused = handheld.captured("FX-9999")
    elsewhere = handheld.captured("CONTAINER010", document_no="PA-00001", seen_seq=0)
    assert [handheld.send(scan).code for scan in (refused, elsewhere)] == [
        "UnknownCode",
        "PackageGiven",
    ]
    assert outcomes(put_away(floor), "FX-5101", "W-01-0601") == ["UnitGiven", "Placed"]


def test_the_label_of_another_document_does_not_stop_what_follows(floor: Floor) -> None:
    assert outcomes(put_away(floor), "PI-00001", "FX-5101") == ["OpenDocument", "UnitGiven"]


def test_a_scan_on_a_document_that_is_gone_stops_nothing(floor: Floor) -> None:
    gone = floor.opened("put-away", "PA-09999")
    assert outcomes(gone, "FX-5101", "W-01-0601") == ["DocumentGone", "DocumentGone"]


def test_in_a_count_a_refused_unit_does_not_stop_the_units_behind_it(floor: Floor) -> None:
    handheld = floor.opened("count", "COUNT-01")
    assert outcomes(handheld, "W-01-0101", "HELLO-42", "1001", "DR-1003") == [
        "BinOpened",
        "UnknownCode",
        "Counted",
        "Counted",
    ]


def test_in_a_count_a_refused_bin_stops_the_units_behind_it(floor: Floor) -> None:
    handheld = floor.opened("count", "COUNT-01")
    assert outcomes(handheld, "W-04-0101", "1001", "DR-1003") == [
        "BinNotOnCount",
        "EarlierScanRefused",
        "EarlierScanRefused",
    ]
    handheld.scan("W-01-0101")
    assert outcomes(handheld, "1001", "W-01-0102", "DR-1005") == [
        "Counted",
        "CloseBinFirst",
        "EarlierScanRefused",
    ]
    assert floor.counted("W-01-0101") == [("2010 PCS 1001", 1)]
    assert handheld.given.bin_id == floor.catalogue.bins["W-01-0101"].id
    assert handheld.scan("DR-1003").code == "Counted"


def test_in_a_count_a_bin_of_another_location_stops_the_units_behind_it(floor: Floor) -> None:
    handheld = floor.opened("count", "COUNT-01")
    assert outcomes(handheld, "S-01-0001", "1001") == ["OtherLocation", "EarlierScanRefused"]


def test_in_a_count_that_is_gone_nothing_is_stopped(floor: Floor) -> None:
    handheld = floor.opened("count", "COUNT-99")
    assert outcomes(handheld, "S-01-0001", "W-01-0101") == ["DocumentGone", "DocumentGone"]


def test_a_scan_outside_of_a_document_stops_nothing(floor: Floor) -> None:
    handheld = floor.handheld()
    assert outcomes(handheld, "HELLO-42", "PA-00002") == ["UnknownCode", "OpenDocument"]
