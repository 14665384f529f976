"""Units of measure: added, described, and removed while no item counts in them."""

import pytest
from sqlalchemy import select

from scanner_app.access.change_log import CardChanged, ChangeLogEntry
from scanner_app.access.sign_in import Change
from scanner_app.inventory.description import DescriptionTooLong
from scanner_app.inventory.text_card import TextCard
from scanner_app.inventory.unit_of_measure_setup import (
    TABLE,
    UnitOfMeasureInUse,
    UnitOfMeasureMissing,
    UnitOfMeasureNotInAddress,
    UnitOfMeasureTaken,
    UnitOfMeasureUnknown,
    change_unit_of_measure,
    create_unit_of_measure,
    delete_unit_of_measure,
    find_unit_of_measure,
    unit_of_measure_card,
)
from scanner_app.records import CodeNotReadable, CodeTooLong
from tests.builders import Warehouse
from tests.warehouse.masters import MOMENT


def by(white: Warehouse) -> Change:
    return Change(MOMENT, white.by.user_id)


def add(white: Warehouse, code: str, description: str = "") -> None:
    typed = {"code": code, "description": description}
    white.write(lambda session: create_unit_of_measure(session, typed, by(white)).id)


def card(white: Warehouse, code: str) -> TextCard | None:
    with white.database.read() as session:
        row = find_unit_of_measure(session, code)
        return unit_of_measure_card(row) if row else None


def describe(white: Warehouse, code: str, read: TextCard, words: str) -> None:
    typed = read | {"description": words}
    white.write(lambda session: change_unit_of_measure(session, code, read, typed, by(white)))


def remove(white: Warehouse, code: str) -> None:
    white.write(lambda session: delete_unit_of_measure(session, code, by(white)))


def test_a_unit_is_added_described_and_removed(white: Warehouse) -> None:
    add(white, " crate ", "Crate")
    read = {"code": "CRATE", "description": "Crate"}
    assert card(white, "crate") == read
    describe(white, "CRATE", read, " Wooden crate ")
    assert card(white, "CRATE") == {"code": "CRATE", "description": "Wooden crate"}
    remove(white, "CRATE")
    assert card(white, "CRATE") is None
    with white.database.read() as session:
        entries = session.scalars(select(ChangeLogEntry).where(ChangeLogEntry.table_name == TABLE))
        assert [(e.record_name, e.field_name, e.old_value, e.new_value) for e in entries] == [
            ("CRATE", "Code", "", "CRATE"),
            ("CRATE", "Description", "", "Crate"),
            ("CRATE", "Description", "Crate", "Wooden crate"),
            ("CRATE", "Code", "CRATE", ""),
            ("CRATE", "Description", "Wooden crate", ""),
        ]


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        (" ", UnitOfMeasureMissing),
        ("A/B", UnitOfMeasureNotInAddress),
        ("..", UnitOfMeasureNotInAddress),
        ("pcs", UnitOfMeasureTaken),
        ("X" * 11, CodeTooLong),
        ("A\x00", CodeNotReadable),
    ],
)
def test_what_is_no_new_code_is_refused(
    white: Warehouse, code: str, refusal: type[Exception]
) -> None:
    white.add_item("CUP")
    with pytest.raises(refusal):
        add(white, code)


def test_a_description_that_is_too_long_is_refused(white: Warehouse) -> None:
    with pytest.raises(DescriptionTooLong):
        add(white, "CRATE", "x" * 101)


def test_a_unit_in_which_an_item_counts_stays(white: Warehouse) -> None:
    white.add_item("CUP", units={"BOX": 6})
    for code in ("PCS", "BOX"):
        with pytest.raises(UnitOfMeasureInUse) as refused:
            remove(white, code)
        assert f"Item CUP counts in {code}" in str(refused.value)


def test_a_second_editor_is_told_what_changed(white: Warehouse) -> None:
    add(white, "CRATE", "Crate")
    read = {"code": "CRATE", "description": "Crate"}
    describe(white, "CRATE", read, "Box")
    with pytest.raises(CardChanged) as refused:
        describe(white, "CRATE", read, "Mine")
    assert refused.value.parameters["count"] == 1


@pytest.mark.parametrize("code", ["NOWHERE", "\x00"])
def test_a_unit_that_is_gone_says_so(white: Warehouse, code: str) -> None:
    with pytest.raises(UnitOfMeasureUnknown):
        remove(white, code)
