"""Cards of places that a test fills in, as a person does who opened them just now."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.access.sign_in import Change
from scanner_app.errors import RuleRefused
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.place_fields import BIN_TYPE_FIELDS, ZONE_FIELDS
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.set_up_bin import (
    card_of_bin,
    change_bin,
    create_bin,
    delete_bin,
    find_bin,
)
from scanner_app.warehouse.set_up_bin_type import create_bin_type
from scanner_app.warehouse.set_up_location import (
    card_of_location,
    change_location,
    create_location,
    find_location,
)
from scanner_app.warehouse.set_up_zone import card_of_zone, change_zone, create_zone, find_zone
from tests.builders import Warehouse
from tests.warehouse.masters import MOMENT

BY = Change(MOMENT, None)


def location_card(white: Warehouse, code: str = "WHITE") -> TextCard:
    with white.database.read() as session:
        location = find_location(session, code)
        assert location is not None
        return card_of_location(session, location)


def zone_card(white: Warehouse, code: str) -> TextCard:
    with white.database.read() as session:
        zone = find_zone(session, white.location.id, code)
        assert zone is not None
        return card_of_zone(session, zone)


def bin_card(white: Warehouse, code: str) -> TextCard:
    with white.database.read() as session:
        bin_ = find_bin(session, white.location.id, code)
        assert bin_ is not None
        return card_of_bin(session, bin_)


def has_bin(white: Warehouse, code: str) -> bool:
    with white.database.read() as session:
        return find_bin(session, white.location.id, code) is not None


def is_adjustment_bin(white: Warehouse, code: str) -> bool:
    with white.database.read() as session:
        return session.scalars(select(Bin.is_adjustment_bin).where(Bin.code == code)).one()


def add_location(white: Warehouse, code: str, **fields: str) -> None:
    white.write(lambda session: create_location(session, {"code": code} | fields, BY).id)


def add_zone(white: Warehouse, code: str, **fields: str) -> None:
    typed = blank_card(ZONE_FIELDS) | {"code": code, "bin_type": "PUTPICK"} | fields
    white.write(lambda session: create_zone(session, "WHITE", typed, BY).id)


def add_bin(white: Warehouse, code: str, *, at: str = "WHITE", **fields: str) -> None:
    white.write(lambda session: create_bin(session, at, {"code": code} | fields, BY))


def add_bin_type(white: Warehouse, code: str, **fields: str) -> None:
    typed = blank_card(BIN_TYPE_FIELDS) | {"code": code} | fields
    white.write(lambda session: create_bin_type(session, typed, BY).id)


def edit_location(white: Warehouse, code: str = "WHITE", **fields: str) -> None:
    read = location_card(white, code)
    white.write(lambda session: change_location(session, code, read, read | fields, BY))


def edit_zone(white: Warehouse, code: str, **fields: str) -> None:
    read = zone_card(white, code)
    white.write(
        lambda session: change_zone(
            session, "WHITE", code, as_read=read, typed=read | fields, change=BY
        )
    )


def edit_bin(white: Warehouse, code: str, **fields: str) -> None:
    read = bin_card(white, code)
    white.write(
        lambda session: change_bin(
            session, "WHITE", code, as_read=read, typed=read | fields, change=BY
        )
    )


def remove_bin(white: Warehouse, code: str) -> None:
    white.write(lambda session: delete_bin(session, "WHITE", code, BY))


def refusal_of(work: Callable[[], object], name: str) -> str:
    """What is said against it."""
    with pytest.raises(RuleRefused) as refusal:
        work()
    assert refusal.value.code == name
    return str(refusal.value)


def work_of(white: Warehouse, verb: Callable[[Session], object]) -> Callable[[], object]:
    return lambda: white.write(verb)


def logged(white: Warehouse, table: str, name: str) -> dict[str, tuple[str, str]]:
    """What the change log has of a place: old and new by field."""
    with white.database.read() as session:
        entries = session.scalars(
            select(ChangeLogEntry)
            .where(ChangeLogEntry.table_name == table, ChangeLogEntry.record_name == name)
            .order_by(ChangeLogEntry.id)
        )
        return {row.field_name: (row.old_value, row.new_value) for row in entries}
