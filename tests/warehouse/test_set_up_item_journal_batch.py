"""Setting up item journal batches: what a card may say, and what stands against it."""

import pytest

from scanner_app.access.change_log import CardChanged
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.warehouse.set_up_item_journal_batch import (
    change_item_journal_batch,
    delete_item_journal_batch,
    find_item_journal_batch,
    list_item_journal_batches,
)
from tests.builders import Warehouse, another_location
from tests.warehouse.item_journals import (
    add_batch,
    add_line,
    batch_card,
    edit_batch,
    remove_line,
)
from tests.warehouse.place_cards import BY, logged, refusal_of


@pytest.fixture(autouse=True)
def silver(white: Warehouse) -> None:
    another_location(white, "SILVER", "S-1")
    white.add_item("GOODS")


def remove(white: Warehouse, name: str = "BALANCES") -> None:
    white.write(lambda session: delete_item_journal_batch(session, name, BY))


def names(white: Warehouse) -> list[str]:
    with white.database.read() as session:
        return [batch.name for batch in list_item_journal_batches(session)]


def test_a_batch_says_what_was_typed(white: Warehouse) -> None:
    white.write(lambda session: session.add(ReasonCode(code="OPEN", description="Opening")))
    add_batch(white, " opening ", description="Balances", number_series="sync", reason_code="open")
    assert batch_card(white, "OPENING") == {
        "name": "OPENING",
        "description": "Balances",
        "number_series": "SYNC",
        "reason_code": "OPEN",
        "item_tracking_on_lines": "Yes",
    }
    assert logged(white, "item_journal_batch", "OPENING")["Description"] == ("", "Balances")


@pytest.mark.parametrize(
    ("name", "fields", "refusal"),
    [
        ("", {}, "NameMissing"),
        ("X" * 11, {}, "FieldTooLong"),
        ("A\x00", {}, "FieldNotReadable"),
        ("A/B", {}, "NameNotInAddress"),
        ("THERE", {}, "NameTaken"),
        ("SYNC", {}, "NameTaken"),
        ("NEW", {"number_series": "NONE"}, "RecordNotFound"),
        ("NEW", {"reason_code": "NONE"}, "RecordNotFound"),
        ("NEW", {"description": "x" * 101}, "FieldTooLong"),
    ],
)
def test_what_no_batch_can_be_is_refused(
    white: Warehouse, name: str, fields: dict[str, str], refusal: str
) -> None:
    add_batch(white, "THERE")
    refusal_of(lambda: add_batch(white, name, **fields), refusal)
    assert names(white) == ["THERE"]


def test_the_batch_of_the_sync_is_none_that_people_open(white: Warehouse) -> None:
    white.write(lambda session: session.add(ItemJournalBatch(name="SYNC")))
    assert names(white) == []
    with white.database.read() as session:
        assert find_item_journal_batch(session, "sync") is None
        assert find_item_journal_batch(session, "A\x00") is None
    refusal_of(lambda: remove(white, "SYNC"), "RecordUnknown")


def test_a_batch_is_changed_and_keeps_its_name(white: Warehouse) -> None:
    add_batch(white)
    read = batch_card(white)
    typed = read | {"name": "OTHER", "description": "Opening", "number_series": "SYNC"}
    white.write(lambda session: change_item_journal_batch(session, "BALANCES", read, typed, BY))
    assert batch_card(white)["description"] == "Opening"
    assert names(white) == ["BALANCES"]
    assert logged(white, "item_journal_batch", "BALANCES")["No. Series"] == ("", "SYNC")


def test_the_second_of_two_editors_is_told(white: Warehouse) -> None:
    add_batch(white)
    read = batch_card(white)
    edit_batch(white, description="Mine")
    with pytest.raises(CardChanged):
        white.write(lambda session: change_item_journal_batch(session, "BALANCES", read, read, BY))


@pytest.mark.parametrize(
    "tracking",
    [
        {"serial_no": "S1"},
        {"lot_no": "L1"},
        {"package_no": "P1"},
        {"warranty_date": "2030-01-31"},
        {"expiration_date": "2030-01-31"},
    ],
)
def test_item_tracking_stays_on_while_a_line_has_it(
    white: Warehouse, tracking: dict[str, str]
) -> None:
    add_batch(white)
    add_line(white)
    line_no = add_line(white, **tracking)
    said = refusal_of(lambda: edit_batch(white, item_tracking_on_lines="No"), "TrackingOnLinesUsed")
    assert f"line {line_no} of BALANCES" in said
    remove_line(white, line_no)
    edit_batch(white, item_tracking_on_lines="No")
    assert batch_card(white)["item_tracking_on_lines"] == "No"


def test_a_batch_with_lines_stays(white: Warehouse) -> None:
    add_batch(white)
    line_no = add_line(white)
    refusal_of(lambda: remove(white), "RecordInUse")
    remove_line(white, line_no)
    remove(white)
    assert names(white) == []
    refusal_of(lambda: remove(white), "RecordUnknown")
    assert logged(white, "item_journal_batch", "BALANCES")["Name"] == ("BALANCES", "")
