"""Setting up number series: what a card may say, and what stands against changing it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import CardChanged
from scanner_app.errors import RuleRefused
from scanner_app.inventory.counted_number import counted_numbers
from scanner_app.inventory.inventory_setup import (
    change_inventory_setup,
    setup_card,
)
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.number_series import NumberSeries, NumberSeriesLine, take_numbers
from scanner_app.inventory.number_series_card import find_series, line_keys
from scanner_app.inventory.number_series_refusals import NumberSeriesUnknown
from scanner_app.inventory.number_series_setup import check_line
from scanner_app.warehouse.set_up_number_series import (
    change_number_series,
    delete_number_series,
)
from tests.builders import Warehouse
from tests.warehouse.item_cards import add, add_lot_code, change_by
from tests.warehouse.masters import DAY
from tests.warehouse.number_series_cards import (
    create,
    logged,
    new_line,
    of_line,
    refused,
    remove_line,
    save,
    series_card,
)


@pytest.fixture
def white(white: Warehouse) -> Warehouse:
    """With the series SN, whose line begins at SN-0001."""
    create(white, "SN", "Serial nos.")
    save(white, "SN", new_line("2026-01-01", "SN-0001"))
    return white


def take(white: Warehouse, quantity: int = 1) -> list[str]:
    return white.write(lambda session: take_numbers(session, "SN", DAY, quantity))


def delete(white: Warehouse, code: str) -> None:
    white.write(lambda session: delete_number_series(session, code, change_by(white)))


def refuses_to_delete(white: Warehouse, code: str) -> str:
    with pytest.raises(RuleRefused) as refusal:
        delete(white, code)
    with white.database.read() as session:
        assert find_series(session, code)
    return refusal.value.code


def test_a_new_series_gives_numbers_by_itself_once_it_has_a_line(white: Warehouse) -> None:
    card = series_card(white, "SN")
    assert (card["default_nos"], card["manual_nos"]) == ("Yes", "No")
    assert take(white, 3) == ["SN-0001", "SN-0002", "SN-0003"]
    changes = logged(white, "SN")
    assert changes["Description"] == ("", "Serial nos.")
    assert changes["2026-01-01 Starting No."] == ("", "SN-0001")
    assert changes["2026-01-01 Increment-by No."] == ("", "1")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("", "NumberSeriesMissing"),
        (" ", "NumberSeriesMissing"),
        ("A/B", "NumberSeriesNotInAddress"),
        ("..", "NumberSeriesNotInAddress"),
        ("sn", "NumberSeriesTaken"),
        ("X" * 21, "CodeTooLong"),
        ("A\x00", "CodeNotReadable"),
    ],
)
def test_a_code_of_no_use_is_refused(white: Warehouse, code: str, name: str) -> None:
    with pytest.raises(RuleRefused) as refusal:
        create(white, code)
    assert refusal.value.code == name


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("starting_date", "", "DateNotReadable"),
        ("starting_date", "soon", "DateNotReadable"),
        ("starting_date", "2026-02-30", "DateNotReadable"),
        ("starting_date", "2026-01-01", "StartingDateTwice"),
        ("starting_no", "", "StartingNoMissing"),
        ("starting_no", "LOT", "NumberCannotBeCounted"),
        ("starting_no", "X" * 21, "CodeTooLong"),
        ("ending_no", "B9", "NumberOfOtherShape"),
        ("ending_no", "A9X", "NumberOfOtherShape"),
        ("ending_no", "END", "NumberCannotBeCounted"),
        ("ending_no", "A9", "NumberBelowStart"),
        ("warning_no", "A-15", "NumberOfOtherShape"),
        ("warning_no", "A9", "NumberBelowStart"),
        ("warning_no", "A\x00", "CodeNotReadable"),
        ("last_no_used", "B11", "NumberOfOtherShape"),
        ("last_no_used", "A9", "NumberBelowStart"),
        ("last_no_used", "A100", "LastNoUsedAfterEnd"),
        ("increment_by", "", "IncrementNotReadable"),
        ("increment_by", "0", "IncrementNotReadable"),
        ("increment_by", "-1", "IncrementNotReadable"),
        ("increment_by", "1.5", "IncrementNotReadable"),
        ("increment_by", "1000001", "IncrementNotReadable"),
    ],
)
def test_what_is_wrong_with_a_line_is_refused_at_its_field(
    white: Warehouse, field: str, value: str, name: str
) -> None:
    line = {"starting_date": "2027-01-01", "starting_no": "A10", "ending_no": "A99"}
    assert refused(white, "SN", name, new_line(**(line | {field: value}))) == field


def test_a_line_that_has_given_numbers_keeps_its_beginning(white: Warehouse) -> None:
    save(white, "SN", of_line(white, "SN", starting_no="SN-0005"))
    take(white, 5)
    starting_no = of_line(white, "SN", starting_no="SN-0001")
    assert refused(white, "SN", "StartingNoFixed", starting_no) == "starting_no"
    with pytest.raises(RuleRefused) as refusal:
        remove_line(white, "SN")
    assert refusal.value.code == "LineHasGivenNumbers"
    assert len(line_keys(series_card(white, "SN"))) == 1


def test_the_last_number_used_goes_forward_only(white: Warehouse) -> None:
    take(white, 5)
    for back in ("SN-0004", ""):
        edit = of_line(white, "SN", last_no_used=back)
        assert refused(white, "SN", "LastNoUsedBack", edit) == "last_no_used"
    save(white, "SN", of_line(white, "SN", last_no_used="sn-0041", ending_no="SN-0042"))
    edit = of_line(white, "SN", ending_no="SN-0040")
    assert refused(white, "SN", "LastNoUsedAfterEnd", edit) == "last_no_used"
    assert take(white) == ["SN-0042"]


def test_a_line_without_numbers_can_be_removed_and_others_change_their_dates(
    white: Warehouse,
) -> None:
    save(white, "SN", new_line("2027-01-01", "SN-5001", increment_by="5", allow_gaps="No"))
    exchanged = (
        of_line(white, "SN", 0, starting_date="2027-01-01"),
        of_line(white, "SN", 1, starting_date="2026-01-01"),
    )
    save(white, "SN", *exchanged)
    assert take(white, 2) == ["SN-5001", "SN-5006"]
    remove_line(white, "SN", 1)
    assert len(line_keys(series_card(white, "SN"))) == 1
    assert logged(white, "SN")["2027-01-01 Starting No."] == ("SN-0001", "")
    with white.database.read() as session:
        [line] = session.scalars(
            select(NumberSeriesLine).join(NumberSeries).where(NumberSeries.code == "SN")
        )
        assert not line.allow_gaps


def test_a_switch_is_logged_and_nothing_is_for_a_card_that_was_not_touched(
    white: Warehouse,
) -> None:
    before = logged(white, "SN")
    save(white, "SN")
    assert logged(white, "SN") == before
    save(white, "SN", {"manual_nos": "Yes", "description": " Serials "})
    changes = logged(white, "SN")
    assert changes["Manual Nos."] == ("No", "Yes")
    assert changes["Description"] == ("Serial nos.", "Serials")


def test_numbers_taken_meanwhile_are_no_change_of_another_editor(white: Warehouse) -> None:
    read = series_card(white, "SN")
    take(white, 7)
    save(white, "SN", {"description": "Of chairs"}, read=read)
    assert take(white) == ["SN-0008"]
    read = series_card(white, "SN")
    take(white)
    with pytest.raises(CardChanged) as refusal:
        save(white, "SN", of_line(white, "SN", last_no_used="SN-0020"), read=read)
    assert refusal.value.parameters["count"] == 1


def test_the_second_of_two_editors_is_told_what_changed(white: Warehouse) -> None:
    read = series_card(white, "SN")
    save(white, "SN", new_line("2027-01-01", "SN-5001"), {"description": "Of chairs"})
    with pytest.raises(CardChanged) as refusal:
        save(white, "SN", {"manual_nos": "Yes"}, read=read)
    assert refusal.value.parameters["count"] == 5
    read = series_card(white, "SN")
    remove_line(white, "SN", 1)
    with pytest.raises(CardChanged):
        save(white, "SN", {"manual_nos": "Yes"}, read=read)


def test_a_line_of_a_form_that_was_never_read_is_a_new_one(white: Warehouse) -> None:
    """Whoever writes the form by hand gets a line, never somebody else's."""
    read = series_card(white, "SN")
    stranger = {
        name.replace("new.", "999999."): v for name, v in new_line("2030-01-01", "1").items()
    }
    save(white, "SN", stranger, read=read)
    assert len(line_keys(series_card(white, "SN"))) == 2


def test_a_series_that_nothing_uses_is_removed_with_its_lines(white: Warehouse) -> None:
    delete(white, "sn")
    with white.database.read() as session:
        assert find_series(session, "SN") is None
    assert logged(white, "SN")["Code"] == ("SN", "")
    with pytest.raises(NumberSeriesUnknown):
        delete(white, "SN")
    with pytest.raises(NumberSeriesUnknown):
        white.write(lambda s: change_number_series(s, "S\x00", {}, {}, change_by(white)))


def test_a_series_that_is_used_stays(white: Warehouse) -> None:
    assert refuses_to_delete(white, "PICK") == "SeriesOfDocuments"
    white.add_item("SEED")
    add_lot_code(white, "LOTS")
    add(white, "GLOVE", item_tracking_code="LOTS", lot_nos="SN")
    assert refuses_to_delete(white, "SN") == "SeriesOfItem"
    create(white, "PKG")
    choose_package_nos(white, "pkg")
    assert refuses_to_delete(white, "PKG") == "SeriesOfInventorySetup"
    create(white, "JOURNAL")

    def name_it(session: Session) -> None:
        series = find_series(session, "JOURNAL")
        assert series is not None
        session.add(ItemJournalBatch(name="DAILY", number_series_id=series.id))

    white.write(name_it)
    assert refuses_to_delete(white, "JOURNAL") == "SeriesOfJournal"


def test_a_series_that_has_given_numbers_stays(white: Warehouse) -> None:
    take(white)
    assert refuses_to_delete(white, "SN") == "SeriesHasGivenNumbers"


def choose_package_nos(white: Warehouse, code: str, read: str | None = None) -> None:
    with white.database.read() as session:
        as_read = setup_card(session) if read is None else {"package_nos": read}
    typed = {"package_nos": code}
    white.write(lambda s: change_inventory_setup(s, as_read, typed, change_by(white)))


def test_package_numbers_are_one_series_for_the_whole_company(white: Warehouse) -> None:
    choose_package_nos(white, "")
    choose_package_nos(white, "sn")
    with white.database.read() as session:
        assert setup_card(session) == {"package_nos": "SN"}
    for unknown in ("NONE", "S\x00"):
        with pytest.raises(RuleRefused) as refusal:
            choose_package_nos(white, unknown)
        assert refusal.value.code == "PackageNosNotFound"
    with pytest.raises(CardChanged) as changed:
        choose_package_nos(white, "PICK", read="")
    assert changed.value.parameters["count"] == 1
    choose_package_nos(white, " ")
    with white.database.read() as session:
        assert setup_card(session) == {"package_nos": ""}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.from_regex(r"[A-Z]{0,4}-?[0-9]{1,5}[A-Z]{0,3}", fullmatch=True),
    st.integers(1, 50),
    st.lists(st.integers(0, 60), min_size=3, max_size=3).map(sorted),
)
def test_every_number_that_is_counted_up_from_the_first_is_taken_as_one_of_the_line(
    starting_no: str, increment_by: int, steps: list[int]
) -> None:
    numbers = counted_numbers(starting_no, increment_by, 61)
    warning_no, last_no_used, ending_no = (numbers[step] for step in steps)
    line = {"warning_no": warning_no, "last_no_used": last_no_used, "ending_no": ending_no}
    check_line("1", {"starting_no": starting_no} | line)
