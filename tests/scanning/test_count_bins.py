"""A count opens a bin, and the same bin again closes it (docs/domain.md 7.3, 10.7)."""

import pytest
from sqlalchemy.orm import Session

from scanner_app.warehouse.calculate_inventory import calculate_inventory
from scanner_app.warehouse.physical_inventory import close_bin, count_of_bin
from scanner_app.warehouse.register_activity import register_warehouse_activity
from scanner_app.warehouse.register_journal import register_warehouse_journal
from scanner_app.warehouse.seen_in_bin import counted_so_far
from tests.scanning.floor import Floor, Handheld, spoken


@pytest.fixture
def count(floor: Floor) -> Handheld:
    return floor.opened("count", "COUNT-01")


def close_elsewhere(floor: Floor, bin_code: str, *, register: bool = False) -> None:
    """The same worker closes the bin on another device, and may register the count."""
    by = floor.by("WORKER1")

    def close(session: Session) -> None:
        found = count_of_bin(session, floor.batch(session), floor.catalogue.bins[bin_code])
        close_bin(session, found, counted_so_far(session, found), by)

    floor.write(close)
    if register:
        floor.write(lambda s: register_warehouse_journal(s, floor.batch(s).id, by))


def test_nothing_is_counted_before_its_bin_is_known(count: Handheld) -> None:
    assert spoken(count.scan("DR-1003")) == (
        "No bin is open for counting. Scan the label of the bin first."
    )


def test_the_bin_comes_first(floor: Floor, count: Handheld) -> None:
    opened = count.scan("W-01-0101")
    assert spoken(opened) == "Counting bin W-01-0101. Scan what you find in it."
    assert floor.state_of("W-01-0101") == "Open"


def test_the_same_bin_again_closes_it(floor: Floor, count: Handheld) -> None:
    count.codes("W-01-0101", "DR-1003", "1001")
    assert spoken(count.scan("W-01-0101")) == "Bin W-01-0101 is closed: 2 found."
    assert floor.state_of("W-01-0101") == "Closed"
    assert count.given.bin_id == 0


def test_a_bin_in_which_nothing_was_scanned_is_scanned_once_more(
    floor: Floor, count: Handheld
) -> None:
    count.scan("W-03-0401")
    asked = count.scan("W-03-0401")
    assert spoken(asked) == (
        "Nothing was scanned in bin W-03-0401. Scan the bin once more if it is empty."
    )
    assert floor.state_of("W-03-0401") == "Open"
    assert spoken(count.scan("W-03-0401")) == "Bin W-03-0401 is closed: empty."
    assert floor.state_of("W-03-0401") == "Closed"


def test_something_found_takes_the_question_back(floor: Floor, count: Handheld) -> None:
    codes = count.codes("W-01-0101", "W-01-0101", "DR-1003", "W-01-0101")
    assert codes == ["BinOpened", "ConfirmEmpty", "Counted", "BinClosed"]


def test_what_was_taken_back_leaves_the_bin_empty(floor: Floor, count: Handheld) -> None:
    count.codes("W-02-0102", "CB01")
    count.type("12")
    count.scan("CB01")
    count.type("0", "quantity-replace")
    assert count.codes("W-02-0102", "W-02-0102") == ["ConfirmEmpty", "BinClosedEmpty"]


def test_a_scan_in_between_asks_anew_whether_the_bin_is_empty(count: Handheld) -> None:
    assert count.codes("W-03-0401", "W-03-0401") == ["BinOpened", "ConfirmEmpty"]
    assert count.scan("HELLO-42").code == "UnknownCode"
    assert count.codes("W-03-0401", "W-03-0401") == ["ConfirmEmpty", "BinClosedEmpty"]


def test_another_bin_is_refused_while_one_is_open(floor: Floor, count: Handheld) -> None:
    count.scan("W-01-0101")
    assert spoken(count.scan("W-01-0102")) == (
        "Bin W-01-0101 is still open. Scan W-01-0101 again to close it, then bin W-01-0102."
    )
    assert floor.state_of("W-01-0102") == "To count"


def test_a_bin_that_is_not_on_the_count_is_refused(count: Handheld) -> None:
    assert spoken(count.scan("W-04-0101")).startswith("Bin W-04-0101 is not on count COUNT-01.")


def test_a_bin_that_somebody_else_counts_is_refused_with_the_name(
    floor: Floor, count: Handheld
) -> None:
    floor.opened("count", "COUNT-01", "WORKER2").scan("W-01-0101")
    assert spoken(count.scan("W-01-0101")).startswith("WORKER2 is counting bin W-01-0101.")


def test_a_closed_bin_is_refused_with_who_closed_it(count: Handheld) -> None:
    count.codes("W-01-0101", "1001", "W-01-0101")
    assert spoken(count.scan("W-01-0101")).startswith(
        "Bin W-01-0101 was counted and closed by WORKER1."
    )


def test_whoever_opened_a_bin_goes_on_counting_it_on_another_device(
    floor: Floor, count: Handheld
) -> None:
    count.codes("W-01-0101", "1001")
    other = floor.opened("count", "COUNT-01")
    assert other.codes("W-01-0101", "DR-1003") == ["BinOpened", "Counted"]
    assert spoken(other.scan("W-01-0101")).endswith("2 found.")


@pytest.mark.parametrize("register", [False, True])
def test_a_device_goes_on_when_its_bin_was_closed_on_another_one(
    floor: Floor, count: Handheld, *, register: bool
) -> None:
    count.codes("W-01-0101", "1001")
    close_elsewhere(floor, "W-01-0101", register=register)
    assert count.scan("DR-1003").code == "ScanBinFirst"
    again = "BinNotOnCount" if register else "BinAlreadyCounted"
    assert count.codes("W-01-0101", "W-01-0102") == [again, "BinOpened"]


def test_a_question_of_a_bin_that_was_closed_meanwhile_waits_no_more(
    floor: Floor, count: Handheld
) -> None:
    count.codes("W-02-0102", "CB01")
    close_elsewhere(floor, "W-02-0102")
    assert count.type("12").code in {"NotOnDocument", "ScanBinFirst"}
    assert count.scan("W-01-0102").code == "BinOpened"


def test_the_label_of_a_document_opens_it(count: Handheld) -> None:
    assert count.scan("PA-00001").goto == "put-away/PA-00001"


def test_a_count_of_a_location_where_nobody_chose_to_work_is_refused(floor: Floor) -> None:
    nowhere = floor.handheld("WORKER1", location=None).open("count", "COUNT-01")
    assert nowhere.scan("W-01-0101").code == "NoLocationChosen"


def test_a_count_belongs_to_the_location_where_one_works(floor: Floor) -> None:
    at_silver = floor.handheld("WORKER2", "SILVER").open("count", "COUNT-01")
    assert at_silver.scan("S-01-0001").code == "DocumentGone"
    stranger = floor.handheld("WORKER1", "SILVER").open("count", "COUNT-01")
    assert stranger.scan("S-01-0001").code == "NotWarehouseEmployee"


def test_a_package_that_came_in_after_the_calculation_counts_whole(
    floor: Floor, count: Handheld
) -> None:
    bins = [floor.catalogue.bins["W-02-0401"]]
    floor.write(lambda s: calculate_inventory(s, floor.batch(s).id, bins))
    put_away = floor.opened("put-away", "PA-00001")
    put_away.codes("CONTAINER010", "W-02-0401")
    by = floor.by("WORKER1")
    floor.write(lambda s: register_warehouse_activity(s, floor.activity(s, "PA-00001").id, by))
    assert count.codes("W-02-0401", "CONTAINER010") == ["BinOpened", "PackageCounted"]
    assert len(floor.counted("W-02-0401")) == 6
