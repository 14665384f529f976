"""The next question is read from the document and what is half given (10.4, 10.5)."""

from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.scanning.open_activity import activity_on_device
from scanner_app.scanning.prompts import activity_prompt, scanned_lines
from scanner_app.scanning.scan import Device
from scanner_app.warehouse.activity import ActivityType
from tests.scanning.floor import Floor, Handheld


def put_away(floor: Floor) -> Handheld:
    return floor.opened("put-away", "PA-00002")


def test_a_fresh_put_away_asks_for_a_unit_and_names_the_next(floor: Floor) -> None:
    prompt = put_away(floor).prompt
    assert (prompt.question, prompt.done, prompt.total) == ("unit", 0, 5)
    assert (prompt.item_no, prompt.description) == ("2020", "Fire extinguisher")
    assert (prompt.bin_code, prompt.other_bin_code) == ("W-01-0601", "W-08-0002")
    assert prompt.chips == (("Serial No. FX-5101", False), ("Lot No. FX26A", False))
    assert (prompt.outstanding, prompt.to_handle, prompt.unit) == (1, 0, "PCS")
    assert (prompt.next_item_no, prompt.next_number) == ("2020", "FX-5102")
    assert prompt.next_bin_code == "W-01-0601"
    assert prompt.quantity_for == ""


def test_a_unit_in_the_hand_asks_for_its_bin_and_is_not_the_next(floor: Floor) -> None:
    handheld = put_away(floor)
    handheld.scan("FX-5102")
    prompt = handheld.prompt
    assert (prompt.question, prompt.bin_code) == ("bin", "W-01-0601")
    assert prompt.chips == (("Serial No. FX-5102", True), ("Lot No. FX26A", False))
    assert prompt.next_number == "FX-5101"
    assert prompt.quantity_for == ""


def test_a_lot_in_the_hand_may_be_given_a_number(floor: Floor) -> None:
    handheld = put_away(floor)
    handheld.scan("P2404")
    prompt = handheld.prompt
    assert (prompt.quantity_for, prompt.quantity_now) == ("3020 Lot No. P2404", 2)
    assert prompt.chips == (("Lot No. P2404", True),)
    handheld.type("1")
    assert handheld.prompt.quantity_now == 1


def test_the_line_just_applied_may_be_given_a_number(floor: Floor) -> None:
    handheld = put_away(floor)
    handheld.codes("P2404", "W-03-0201")
    prompt = handheld.prompt
    assert (prompt.question, prompt.item_no) == ("unit", "2020")
    assert (prompt.quantity_for, prompt.quantity_now) == ("3020 Lot No. P2404", 2)
    assert (prompt.unit, prompt.quantity_unit) == ("PCS", "BOX")
    assert (prompt.done, prompt.total) == (1, 5)


def test_a_serial_no_just_applied_takes_no_number(floor: Floor) -> None:
    handheld = put_away(floor)
    handheld.codes("FX-5101", "W-01-0601")
    assert handheld.prompt.quantity_for == ""


def test_a_line_whose_quantity_was_typed_back_to_nothing_waits_for_none(floor: Floor) -> None:
    handheld = put_away(floor)
    handheld.codes("P2404", "W-03-0201")
    handheld.type("0")
    assert handheld.prompt.quantity_for == ""


def test_a_bin_scanned_first_asks_for_what_belongs_there(floor: Floor) -> None:
    pairs = [
        floor.pair("3010 PCS M", "5", "W-08-0001", "W-01-0402"),
        floor.pair("3010 PCS L", "4", "W-08-0001", "W-01-0401"),
    ]
    handheld = floor.opened("put-away", floor.add_activity(ActivityType.PUT_AWAY, *pairs))
    assert handheld.prompt.outstanding == 5
    handheld.scan("W-01-0401")
    prompt = handheld.prompt
    assert (prompt.question, prompt.outstanding, prompt.bin_code) == ("unit", 4, "W-01-0401")
    assert (prompt.chips, prompt.next_number, prompt.next_bin_code) == ((), "", "W-01-0402")


def test_a_package_in_the_hand_tells_how_many_lines_it_fills(floor: Floor) -> None:
    handheld = floor.opened("put-away", "PA-00001")
    handheld.scan("CONTAINER010")
    prompt = handheld.prompt
    assert (prompt.question, prompt.package_lines) == ("bin", 6)
    assert ("Package No. CONTAINER010", True) in prompt.chips
    assert prompt.quantity_for == ""


def test_a_line_without_a_bin_asks_for_any(floor: Floor) -> None:
    pair = floor.pair("3020 BOX", "3", "W-08-0002", "", TrackingNumbers("", "P2404"))
    handheld = floor.opened("put-away", floor.add_activity(ActivityType.PUT_AWAY, pair))
    assert (handheld.prompt.question, handheld.prompt.bin_code) == ("unit", "")
    handheld.scan("P2404")
    prompt = handheld.prompt
    assert (prompt.question, prompt.bin_code, prompt.next_item_no) == ("any-bin", "", "")


def test_a_free_number_is_shown_as_what_is_asked(floor: Floor) -> None:
    pair = floor.pair("2030 PCS", "1", "W-01-0301", "W-09-0001")
    handheld = floor.opened("pick", floor.add_activity(ActivityType.PICK, pair))
    prompt = handheld.prompt
    assert prompt.chips == (("Serial No.", False), ("Lot No.", False))
    assert (prompt.bin_code, prompt.other_bin_code) == ("W-01-0301", "W-09-0001")


def test_a_free_lot_in_the_hand_is_shown_on_its_line(floor: Floor) -> None:
    pair = floor.pair("3030 BAG", "5", "W-02-0102", "W-09-0001")
    handheld = floor.opened("pick", floor.add_activity(ActivityType.PICK, pair))
    handheld.scan("CB01")
    assert handheld.prompt.chips == (("Lot No. CB01", True),)


def test_a_document_that_is_scanned_whole_asks_nothing(floor: Floor) -> None:
    pair = floor.pair("2030 PCS", "1", "W-01-0301", "W-09-0001")
    handheld = floor.opened("pick", floor.add_activity(ActivityType.PICK, pair))
    handheld.scan("CU-7001")
    prompt = handheld.prompt
    assert (prompt.question, prompt.done, prompt.total) == ("complete", 1, 1)
    assert (prompt.quantity_for, prompt.quantity_now, prompt.quantity_unit) == ("", 0, "")


def test_the_last_line_of_a_complete_document_may_be_given_a_number(floor: Floor) -> None:
    pair = floor.pair("3030 BAG", "5", "W-02-0102", "W-09-0001")
    handheld = floor.opened("pick", floor.add_activity(ActivityType.PICK, pair))
    handheld.codes("CB01", "W-02-0102")
    prompt = handheld.prompt
    assert (prompt.question, prompt.quantity_for) == ("complete", "3030 Lot No. CB01")
    assert (prompt.quantity_now, prompt.quantity_unit) == (5, "BAG")


def test_a_unit_in_the_hand_whose_line_was_scanned_by_another_device_is_passed_over(
    floor: Floor,
) -> None:
    handheld, other = put_away(floor), put_away(floor)
    handheld.scan("FX-5101")
    other.codes("FX-5101", "W-01-0601")
    prompt = handheld.prompt
    assert (prompt.question, prompt.chips[0]) == ("unit", ("Serial No. FX-5102", False))
    refused = handheld.scan("W-01-0601")
    assert (refused.code, refused.parameters["expected"]) == ("BinDiffers", "-")


def test_what_will_be_registered_is_listed_where_it_was_scanned(floor: Floor) -> None:
    handheld = put_away(floor)
    handheld.codes("FX-5101", "W-01-0601", "P2404", "W-03-0201")
    lines = floor.read(lambda s: scanned_lines(s, floor.activity(s, "PA-00002")))
    assert [(line.words, line.quantity, line.unit, line.bin_code) for line in lines] == [
        ("2020 Serial No. FX-5101 Lot No. FX26A", Decimal(1), "PCS", "W-01-0601"),
        ("3020 Lot No. P2404", Decimal(2), "BOX", "W-03-0201"),
    ]
    pick = floor.opened("pick", "PI-00001")
    pick.scan("DR-1003")
    lines = floor.read(lambda s: scanned_lines(s, floor.activity(s, "PI-00001")))
    assert [(line.words, line.bin_code) for line in lines] == [
        ("2010 Serial No. DR-1003", "W-01-0101")
    ]


def test_a_page_reads_the_document_and_what_is_half_given_together(floor: Floor) -> None:
    handheld = put_away(floor)
    handheld.scan("FX-5102")
    device = floor.read(lambda s: s.get_one(Device, handheld.sender.device_id))
    type_, user_id = ActivityType.PUT_AWAY, handheld.sender.user_id

    def work(session: Session) -> None:
        found = activity_on_device(
            session, type_, "PA-00002", user_id, device.identity.lower(), "put-away"
        )
        assert found is not None
        assert (found.given, found.done, found.total) == (handheld.given, 0, 5)
        prompt = activity_prompt(session, found)
        assert prompt == handheld.prompt

    floor.read(work)


def test_a_page_of_a_document_that_is_gone_finds_nothing(floor: Floor) -> None:
    user_id = floor.catalogue.users["WORKER1"]
    found = floor.read(
        lambda s: activity_on_device(s, ActivityType.PICK, "PA-00002", user_id, "x", "pick")
    )
    assert found is None


def test_a_page_on_a_device_that_never_scanned_has_nothing_given(floor: Floor) -> None:
    user_id = floor.catalogue.users["WORKER1"]
    found = floor.read(
        lambda s: activity_on_device(
            s, ActivityType.PUT_AWAY, "PA-00002", user_id, "unknown", "put-away"
        )
    )
    assert found is not None
    assert found.given.units == ()
