"""Entering an item journal by scanning: what each scan makes, asks or refuses (12.7)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from scanner_app.inventory.item_journal import ItemJournalLine
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.location import Location
from scanner_app.scanning.given import NOTHING_GIVEN
from tests.scanning.floor import Floor, spoken
from tests.scanning.journals import JournalDevice, scanning_journal, set_up_batch

PAINT = "(01)09521234030201"
PAINT_BOX = "(01)19521234030208"
COFFEE = "(01)09521234030300"


@pytest.fixture
def journal(floor: Floor) -> JournalDevice:
    """A device at SILVER on which OPENING is open; it has a No. Series."""
    set_up_batch(floor)
    return scanning_journal(floor)


@pytest.fixture
def shelf(journal: JournalDevice) -> JournalDevice:
    """The same, after bin S-01-0002 was scanned."""
    journal.scan("S-01-0002")
    return journal


def test_a_bin_holds_for_all_that_is_scanned_after_it(shelf: JournalDevice) -> None:
    assert shelf.codes(f"{PAINT}(17)301231(30)6(10)A1", "S-01-0003") == [
        "LineOnJournal",
        "JournalBin",
    ]
    shelf.scan(f"{PAINT}(17)301231(30)4(10)A1")
    assert shelf.entered == [
        ("3020 Lot No. A1", 6, "CAN", "S-01-0002"),
        ("3020 Lot No. A1", 4, "CAN", "S-01-0003"),
    ]


def test_stock_before_its_bin_is_refused(journal: JournalDevice) -> None:
    assert journal.journal_prompt.question == "bin"
    assert journal.scan("2010").code == "BinBeforeStock"


def test_a_location_without_bins_asks_for_none(floor: Floor, journal: JournalDevice) -> None:
    device = scanning_journal(floor, "BLUE")
    assert device.journal_prompt.question == "stock"
    assert device.codes("2010", "B-1") == ["AskNumber", "SerialOnJournal"]
    assert device.entered == [("2010 Serial No. B-1", 1, "PCS", "")]


def test_serial_numbers_of_one_item_are_scanned_one_after_the_other(shelf: JournalDevice) -> None:
    assert shelf.codes("2010", "N-1", "N-2") == ["AskNumber", "SerialOnJournal", "SerialOnJournal"]
    assert shelf.journal_prompt.goes_on
    assert shelf.codes("S-01-0003", "2010", "N-3") == ["JournalBin", "AskNumber", "SerialOnJournal"]
    assert shelf.words == [f"2010 Serial No. N-{n}" for n in (1, 2, 3)]


def test_a_run_ends_with_another_item(shelf: JournalDevice) -> None:
    assert shelf.codes("2010", "N-1", "3050") == ["AskNumber", "SerialOnJournal", "AskNumber"]
    assert shelf.journal_prompt.question == "lot"
    assert not shelf.journal_prompt.goes_on


def test_a_run_takes_no_lot_for_a_serial_no(shelf: JournalDevice) -> None:
    """P2403 is a lot of paint; a serial no. of the same name as another item's is one, too."""
    shelf.codes("2010", "N-1")
    assert shelf.scan("P2403").code == "AskQuantity"
    assert shelf.journal_prompt.item_no == "3020"
    shelf.type("-", "put-back")
    assert shelf.codes("2030", "DR-1004", "CU-LOT") == ["AskNumber", "AskNumber", "SerialOnJournal"]
    assert shelf.scan("DR-1005").code == "SerialOnJournal"
    assert shelf.words[-1] == "2030 Serial No. DR-1005 Lot No. CU-LOT"


def test_a_bin_does_not_go_along_to_another_location(floor: Floor, shelf: JournalDevice) -> None:
    """Bins of two locations may be called alike."""
    shelf.codes("2010", "N-1")
    blue = floor.catalogue.locations["BLUE"]
    shelf.sender = replace(shelf.sender, location_id=blue.id)
    assert shelf.journal_prompt.bin_code == ""
    assert shelf.journal_prompt.question == "stock"
    assert shelf.codes("2010", "N-2") == ["AskNumber", "SerialOnJournal"]
    assert shelf.entered[-1] == ("2010 Serial No. N-2", 1, "PCS", "")
    shelf.sender = replace(shelf.sender, location_id=floor.catalogue.locations["SILVER"].id)
    assert shelf.journal_prompt.question == "bin"


def test_lot_and_package_go_on_until_a_label_says_another(shelf: JournalDevice) -> None:
    shelf.scan("1900-S")
    assert shelf.codes("C-1", "CL-1", "CP-1") == ["AskNumber", "AskNumber", "SerialOnJournal"]
    assert shelf.scan("C-2").code == "SerialOnJournal"
    assert shelf.scan("(01)09521234019008(10)CL-2(21)C-3").code == "SerialOnJournal"
    assert shelf.words == [
        "1900-S Serial No. C-1 Lot No. CL-1 Package No. CP-1",
        "1900-S Serial No. C-2 Lot No. CL-1 Package No. CP-1",
        "1900-S Serial No. C-3 Lot No. CL-2 Package No. CP-1",
    ]


def test_the_next_lot_has_its_own_date(floor: Floor, shelf: JournalDevice) -> None:
    shelf.scan("2020")
    assert shelf.codes("E-1", "EL-1") == ["AskNumber", "AskExpirationDate"]
    assert shelf.type("2030-12-31", "expiration-date").code == "SerialOnJournal"
    assert shelf.scan("E-2").code == "SerialOnJournal"
    assert shelf.scan("(01)09521234020202(10)EL-2(21)E-3").code == "AskExpirationDate"
    assert shelf.type("2031-06-30", "expiration-date").code == "SerialOnJournal"
    assert shelf.scan("(01)09521234020202(10)EL-3(17)320630(21)E-4").code == "SerialOnJournal"
    row = ItemJournalLine
    days = floor.read(lambda s: s.scalars(select(row.expiration_date).order_by(row.id)).all())
    assert [str(day) for day in days] == ["2030-12-31", "2030-12-31", "2031-06-30", "2032-06-30"]


def test_a_serial_no_that_has_the_date_asks_it_of_the_next_one_too(
    floor: Floor, shelf: JournalDevice
) -> None:
    floor.change(
        ItemTrackingCode,
        floor.catalogue.items["2010"].item_tracking_code_id or 0,
        use_expiration_dates=True,
    )
    shelf.codes("2010", "N-1")
    assert shelf.type("2030-12-31", "expiration-date").code == "SerialOnJournal"
    assert shelf.scan("N-2").code == "AskExpirationDate"


def test_a_warranty_date_is_asked_where_the_code_demands_it(shelf: JournalDevice) -> None:
    assert shelf.codes("2040", "M-1", "MP-1") == ["AskNumber", "AskNumber", "AskWarrantyDate"]
    assert shelf.type("soon", "warranty-date").code == "DateNotReadable"
    assert shelf.type("2030-12-31", "warranty-date").code == "SerialOnJournal"


def test_a_serial_no_is_entered_once_whatever_way_its_batch_keeps_it(
    floor: Floor,
) -> None:
    for on_lines in (True, False):
        set_up_batch(floor, on_lines=on_lines)
        device = scanning_journal(floor)
        serial_no = f"N-{on_lines}".upper()
        assert device.codes("S-01-0002", "2010", serial_no, serial_no) == [
            "JournalBin",
            "AskNumber",
            "SerialOnJournal",
            "AlreadyOnJournal",
        ]
    assert device.words == [
        "2010 Serial No. N-TRUE",
        "2010 Serial No. N-FALSE",
    ]


def test_the_same_lot_in_the_same_bin_is_a_further_line(shelf: JournalDevice) -> None:
    for quantity in ("5", "2"):
        shelf.codes("3050", "CABLE-9")
        assert shelf.type(quantity).code == "LineOnJournal"
    assert [line[:3] for line in shelf.entered] == [
        ("3050 Lot No. CABLE-9", 5, "M"),
        ("3050 Lot No. CABLE-9", 2, "M"),
    ]


def test_a_label_of_a_box_is_entered_in_boxes(shelf: JournalDevice) -> None:
    shelf.scan(f"{PAINT_BOX}(17)301231(10)A1")
    assert shelf.journal_prompt.unit == "BOX"
    shelf.type("3")
    assert shelf.entered == [("3020 Lot No. A1", 3, "BOX", "S-01-0002")]


def test_an_item_without_numbers_asks_how_many(shelf: JournalDevice) -> None:
    assert shelf.scan("9521234030119").code == "AskQuantity"
    assert shelf.type("nine").code == "QuantityNotReadable"
    assert shelf.type("0").code == "QuantityZero"
    assert spoken(shelf.type("9")).startswith("9 PCS of 3010")


def test_a_number_that_nothing_asks_for_is_refused(shelf: JournalDevice) -> None:
    assert shelf.type("9").code == "QuantityNotAsked"
    assert shelf.type("2030-12-31", "expiration-date").code == "NotOnDocument"
    assert shelf.type("-", "put-back").code == "NotOnDocument"


def test_a_quantity_is_not_asked_of_a_serial_no(shelf: JournalDevice) -> None:
    shelf.codes("2010", "N-1")
    assert shelf.type("9").code == "QuantityNotAsked"


def test_what_waits_for_an_answer_is_kept_or_put_back(shelf: JournalDevice) -> None:
    shelf.codes("3050", "CABLE-9")
    assert shelf.codes("S-01-0003", "2010") == ["AnswerFirst", "AnswerFirst"]
    assert spoken(shelf.type("-", "put-back")).startswith("3050 Lot No. CABLE-9 is put back.")
    assert shelf.codes("S-01-0003") == ["JournalBin"]
    assert shelf.entered == []


def test_the_code_of_an_item_is_no_number_of_the_one_in_the_hand(shelf: JournalDevice) -> None:
    shelf.scan("2010")
    assert shelf.scan("2030").code == "NotANumber"
    assert shelf.given.asks == "serial"


def test_a_number_that_is_known_names_its_item(shelf: JournalDevice) -> None:
    assert shelf.scan("DR-2001").code == "SerialOnJournal"
    assert shelf.entered == [("2010 Serial No. DR-2001", 1, "PCS", "S-01-0002")]


def test_a_package_that_holds_several_items_is_no_line(shelf: JournalDevice) -> None:
    assert shelf.scan("PKG-000101").code == "NotOnDocument"


def test_a_label_that_may_be_several_items_is_chosen(shelf: JournalDevice) -> None:
    asked = shelf.scan("VENDOR-77")
    assert asked.code == "Choose"
    paint = next(choice.key for choice in asked.choices if "3020" in choice.words)
    assert shelf.scan("VENDOR-77", choice=paint).code == "AskNumber"
    assert shelf.journal_prompt.item_no == "3020"


def test_a_label_that_contradicts_the_known_date_is_refused(
    floor: Floor, shelf: JournalDevice
) -> None:
    known = floor.catalogue.work_date + timedelta(days=60)
    wrong = known + timedelta(days=1)
    assert shelf.scan(f"{PAINT}(17){wrong:%y%m%d}(10)P2403").code == "ExpirationDateDiffers"
    assert shelf.scan(f"{PAINT}(17){known:%y%m%d}(10)P2403").code == "AskQuantity"


def test_a_document_is_opened(floor: Floor, journal: JournalDevice) -> None:
    assert journal.scan("COUNT-01").code == "OtherLocation"
    white = floor.catalogue.locations["WHITE"]
    floor.change(Location, white.id, directed_put_away_and_pick=False)
    device = scanning_journal(floor, "WHITE")
    assert device.scan("COUNT-01").goto == "count/COUNT-01"


def test_what_follows_a_refused_item_unseen_does_not_go_to_the_one_before(
    shelf: JournalDevice,
) -> None:
    shelf.codes("2010", "N-1")
    refused, later = shelf.queued("(01)09999999999994", "X-1")
    assert (refused.code, later.code) == ("UnknownCode", "EarlierScanRefused")
    assert shelf.journal_prompt.question == "stock"
    assert shelf.journal_prompt.bin_code == "S-01-0002"


def test_a_serial_no_that_is_there_already_stops_nothing(shelf: JournalDevice) -> None:
    shelf.codes("2010", "N-1")
    codes = [outcome.code for outcome in shelf.queued("N-1", "N-2")]
    assert codes == ["AlreadyOnJournal", "SerialOnJournal"]


def test_a_worker_enters_no_item_journal(floor: Floor) -> None:
    assert (
        scanning_journal(floor, "SILVER", "WORKER2").scan("S-01-0002").code
        == "JournalOfSupervisors"
    )


def test_directed_stock_is_adjusted_in_its_bins(floor: Floor) -> None:
    device = scanning_journal(floor, "WHITE")
    assert device.journal_prompt.question == "directed"
    assert device.scan("W-01-0102").code == "DirectedLocation"


def test_a_journal_that_is_gone_says_so(journal: JournalDevice) -> None:
    journal.open("item-journal", "GONE")
    assert journal.scan("S-01-0002").code == "DocumentGone"


def test_a_batch_that_can_number_no_document_says_so_at_once(floor: Floor) -> None:
    device = scanning_journal(floor)
    assert device.journal_prompt.question == "document"
    assert device.scan("S-01-0002").code == "DocumentNoMissing"
    assert device.given == NOTHING_GIVEN


def test_the_same_scan_sent_twice_is_one_line(shelf: JournalDevice) -> None:
    shelf.scan("2010")
    scan = shelf.captured("N-1")
    first, second = shelf.send_again(scan), shelf.send_again(scan)
    assert first.outcome == second.outcome
    assert second.repeated
    assert len(shelf.entered) == 1
