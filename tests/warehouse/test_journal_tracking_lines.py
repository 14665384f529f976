"""Item tracking lines of a journal line: what is entered, filled in, refused and posted."""

import pytest
from sqlalchemy.orm import Session

from scanner_app.access.change_log import CardChanged
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.warehouse.journal_tracking_lines import (
    add_tracking_line,
    card_of_part,
    change_tracking_line,
    delete_tracking_line,
)
from scanner_app.warehouse.post_item_journal_batch import post_item_journal_batch
from tests.builders import Warehouse, another_location, lot
from tests.inventory.assigning import tracked
from tests.warehouse.item_journals import (
    BATCH,
    add_batch,
    add_line,
    edit_line,
    line_card,
    post_batch,
    posted,
    problems,
)
from tests.warehouse.journal_tracking import (
    BLANK,
    LINE,
    assign,
    edit,
    enter,
    on_line,
    parts,
    remove,
    tracking,
    update_all,
)
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken
from tests.warehouse.place_cards import refusal_of, work_of


@pytest.fixture(autouse=True)
def silver(white: Warehouse) -> Warehouse:
    """BALANCES with Item Tracking on Lines; lots of GOODS, serial nos. of DRILLS, at SILVER."""
    add_batch(white)
    white.add_item("GOODS", "lot", units={"BOX": 6}, use_expiration_dates=True)
    tracked(white, "DRILLS", "serial", "lot")
    return another_location(white, "SILVER", "S-1")


def test_the_numbers_of_a_line_are_its_first_item_tracking_line(silver: Warehouse) -> None:
    add_line(silver, quantity="2", unit="BOX", lot_no="L1", expiration_date="2030-12-31")
    [part] = tracking(silver).parts
    assert (part.id, part.numbers, part.quantity_base) == (0, lot("L1"), 12)
    assert tracking(silver).undefined_base == 0


def test_they_go_there_with_the_first_one_that_is_entered(silver: Warehouse) -> None:
    add_line(silver, quantity="5", lot_no="L1", expiration_date="2030-12-31")
    refusal_of(lambda: enter(silver, lot_no="L2", quantity="2"), "TrackedTooMuch")
    assert line_card(silver, LINE)["lot_no"] == "L1"
    edit_line(silver, LINE, lot_no="", expiration_date="")
    enter(silver, lot_no="L1", quantity="3", expiration_date="2030-12-31")
    enter(silver, lot_no="L2")
    assert parts(silver) == {"L1": 3, "L2": 2}
    assert tracking(silver).undefined_base == 0


def test_several_lots_of_one_line_are_posted_one_by_one(silver: Warehouse) -> None:
    add_line(silver, quantity="5")
    enter(silver, lot_no="L1", quantity="3", expiration_date="2030-12-31")
    assert problems(silver) == {LINE: "TrackingNotComplete"}
    refusal_of(lambda: post_batch(silver), "TrackingNotComplete")
    enter(silver, lot_no="L2", warranty_date="2031-12-31")
    assert problems(silver) == {}
    post_batch(silver)
    assert [(e.lot_no, e.quantity) for e in posted(silver)] == [("L1", 3), ("L2", 2)]
    assert [str(e.expiration_date) for e in posted(silver)] == ["2030-12-31", "None"]
    silver.assert_sound()


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({}, "TrackingNumberNotGiven"),
        ({"lot_no": "L1", "quantity": "1"}, "NumbersTwiceOnLine"),
        ({"lot_no": "L2", "quantity": "3"}, "TrackedTooMuch"),
        ({"lot_no": "L2", "quantity": "0.000001"}, "QuantityNotReadable"),
        ({"lot_no": "L2", "quantity": "-1"}, "QuantityNotReadable"),
        ({"lot_no": "L2", "quantity": "0"}, "TrackedNothing"),
        ({"serial_no": "S1", "quantity": "2"}, "SerialQuantityNotOne"),
        ({"lot_no": "L2", "expiration_date": "soon"}, "DateNotReadable"),
        ({"lot_no": "L" * 51}, "FieldTooLong"),
    ],
)
def test_what_cannot_stand_on_the_line_is_refused(
    silver: Warehouse, typed: dict[str, str], refused: str
) -> None:
    add_line(silver, quantity="5")
    enter(silver, lot_no="L1", quantity="3")
    refusal_of(lambda: enter(silver, **typed), refused)
    assert parts(silver) == {"L1": 3}


def test_a_serial_no_stands_once_on_a_line_whatever_its_lot(silver: Warehouse) -> None:
    add_line(silver, item_no="DRILLS", quantity="2")
    enter(silver, serial_no="S1", lot_no="L1")
    refusal_of(lambda: enter(silver, serial_no="S1", lot_no="L2"), "SerialTwiceOnLine")
    assert parts(silver) == {"S1 L1": 1}


def test_a_lot_has_one_date_on_the_line(silver: Warehouse) -> None:
    add_line(silver, quantity="5")
    enter(silver, lot_no="L1", package_no="P1", quantity="1", expiration_date="2030-12-31")
    enter(silver, lot_no="L1", package_no="P2", quantity="1")
    dates = [str(part.expiration_date) for part in tracking(silver).parts]
    assert dates == ["2030-12-31", "2030-12-31"]
    edit(silver, 1, expiration_date="2031-01-31")
    dates = [str(part.expiration_date) for part in tracking(silver).parts]
    assert dates == ["2031-01-31", "2031-01-31"]


def test_a_date_that_the_ledger_knows_is_filled_in_and_not_another(silver: Warehouse) -> None:
    add_line(silver, lot_no="L1", expiration_date="2030-12-31")
    post_batch(silver)
    add_line(silver, quantity="5")
    enter(silver, lot_no="L1", quantity="1")
    assert str(tracking(silver).parts[0].expiration_date) == "2030-12-31"
    later = {"lot_no": "L1", "package_no": "P1", "expiration_date": "2031-01-31"}
    refusal_of(lambda: enter(silver, **later), "ExpirationDateDiffers")


def test_an_item_without_expiration_dates_gets_none(silver: Warehouse) -> None:
    silver.add_item("PLAIN", "lot")
    add_line(silver, item_no="PLAIN", quantity="5")
    enter(silver, lot_no="L1", expiration_date="2030-12-31")
    assert tracking(silver).parts[0].expiration_date is None


def test_serial_numbers_are_assigned_as_many_as_are_undefined(silver: Warehouse) -> None:
    add_line(silver, item_no="DRILLS", quantity="3")
    assign(silver, NumberKind.SERIAL, lot_no="L1")
    assert parts(silver) == {"S-001 L1": 1, "S-002 L1": 1, "S-003 L1": 1}
    refusal_of(lambda: assign(silver, NumberKind.SERIAL), "QuantityToCreateNotReadable")


def test_some_serial_numbers_and_one_lot_are_assigned(silver: Warehouse) -> None:
    add_line(silver, item_no="DRILLS", quantity="3")
    assign(silver, NumberKind.SERIAL, quantity="2")
    assign(silver, NumberKind.LOT, quantity="1")
    assert parts(silver) == {"S-001": 1, "S-002": 1, "L-001": 1}
    assert problems(silver) == {LINE: "NumberMissing"}


def test_a_kind_of_number_without_a_series_is_refused(silver: Warehouse) -> None:
    add_line(silver, quantity="3")
    refusal_of(lambda: assign(silver, NumberKind.LOT), "LotNosNotChosen")
    refusal_of(lambda: assign(silver, NumberKind.SERIAL), "SerialNosNotTracked")
    refusal_of(lambda: assign(silver, NumberKind.PACKAGE), "PackageNosNotTracked")


def test_numbers_are_changed_and_deleted(silver: Warehouse) -> None:
    add_line(silver, quantity="5")
    enter(silver, lot_no="L1", quantity="2")
    enter(silver, lot_no="L2", quantity="2")
    edit(silver, 0, lot_no="L3", quantity="3")
    assert parts(silver) == {"L3": 3, "L2": 2}
    refusal_of(lambda: edit(silver, 0, lot_no="L2"), "NumbersTwiceOnLine")
    refusal_of(lambda: edit(silver, 0, quantity="4"), "TrackedTooMuch")
    remove(silver, 0)
    assert parts(silver) == {"L2": 2}


def test_the_journal_line_keeps_to_its_numbers(silver: Warehouse) -> None:
    add_line(silver, quantity="5")
    enter(silver, lot_no="L1", quantity="3")
    refusal_of(lambda: edit_line(silver, LINE, lot_no="L9"), "NumbersOnTrackingLines")
    refusal_of(lambda: edit_line(silver, LINE, item_no="DRILLS"), "TrackedLineChanged")
    refusal_of(lambda: edit_line(silver, LINE, quantity="2"), "TrackedQuantityLower")
    edit_line(silver, LINE, quantity="3", document_no="D2")
    assert tracking(silver).undefined_base == 0


def test_updating_takes_the_numbers_of_all_lines_there(silver: Warehouse) -> None:
    add_line(silver, quantity="2", lot_no="L1")
    add_line(silver, quantity="1", item_no="DRILLS", serial_no="S1", lot_no="L1")
    add_line(silver, quantity="4", bin="")
    assert update_all(silver) == 2
    assert parts(silver) == {"L1": 2}
    assert parts(silver, 20_000) == {"S1 L1": 1}
    assert line_card(silver, LINE)["lot_no"] == ""
    assert update_all(silver) == 0


def test_updating_takes_none_there_while_one_is_refused(silver: Warehouse) -> None:
    add_line(silver, quantity="2", lot_no="L1")
    add_line(silver, quantity="1", item_no="DRILLS", serial_no="S1")
    refusal_of(lambda: update_all(silver), "NumbersNotTransferred")
    assert line_card(silver, LINE)["lot_no"] == "L1"


def test_a_serial_no_on_tracking_lines_leaves_before_it_comes_back(silver: Warehouse) -> None:
    add_line(silver, item_no="DRILLS", quantity="1")
    enter(silver, serial_no="S1", lot_no="L1")
    post_batch(silver)
    add_line(silver, item_no="DRILLS", quantity="1")
    enter(silver, serial_no="S1", lot_no="L1")
    assert problems(silver) == {LINE: "SerialAlreadyOnInventory"}
    add_line(silver, item_no="DRILLS", quantity="1", entry_type="Negative Adjmt.")
    enter(silver, 20_000, serial_no="S1", lot_no="L1")
    assert problems(silver) == {}
    post_batch(silver)
    silver.assert_sound()


@ON_POSTGRESQL
def test_no_number_is_entered_while_the_batch_is_posted(silver: Warehouse) -> None:
    add_line(silver, quantity="5", lot_no="L1", expiration_date="2030-12-31")

    def post(session: Session) -> None:
        post_item_journal_batch(session, BATCH, silver.by)

    def enter_late(session: Session) -> None:
        on_line(LINE, add_tracking_line, BLANK | {"lot_no": "L2"})(session)

    refused = overtaken(silver, post, enter_late)
    assert refused is not None
    assert refused.code == "JournalLineGone"


def test_what_is_not_there_is_refused_by_name(silver: Warehouse) -> None:
    add_line(silver, quantity="5")
    enter(silver, lot_no="L1", quantity="1")
    refusal_of(lambda: enter(silver, 70_000, lot_no="L1"), "JournalLineGone")
    part = tracking(silver).parts[0]
    remove(silver, 0)
    gone = work_of(silver, on_line(LINE, delete_tracking_line, part.id))
    refusal_of(gone, "TrackingLineGone")


def test_two_editors_of_one_number_are_told_of_each_other(silver: Warehouse) -> None:
    add_line(silver, quantity="5")
    enter(silver, lot_no="L1", quantity="1")
    part = tracking(silver).parts[0]
    read = card_of_part(part)
    edit(silver, 0, quantity="2")
    late = work_of(
        silver,
        on_line(LINE, change_tracking_line, part.id, read, read | {"quantity": "3"}),
    )
    with pytest.raises(CardChanged):
        late()
