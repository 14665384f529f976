"""Item tracking codes that a test sets up, as a person with a card does."""

from collections.abc import Mapping

import pytest
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_tracking_code_fields import Values, values_of
from scanner_app.inventory.item_tracking_code_setup import (
    AskedChange,
    change_item_tracking_code,
    create_item_tracking_code,
    find_item_tracking_code,
    follow_edits,
)
from scanner_app.inventory.item_tracking_code_use import FindItem
from tests.builders import Warehouse
from tests.warehouse.masters import MOMENT


def nowhere(session: Session, code_id: int) -> str:
    """No item of any code was ever in a bin."""
    return ""


def everywhere(session: Session, code_id: int) -> str:
    """Item BINNED of every code was in a bin."""
    return "BINNED"


def change_by(white: Warehouse) -> Change:
    return Change(MOMENT, white.by.user_id)


def values(white: Warehouse, code: str) -> Values:
    with white.database.read() as session:
        row = find_item_tracking_code(session, code)
        assert row is not None
        return values_of(row)


def edit(white: Warehouse, code: str, **edits: bool | str) -> None:
    """Change fields of a card as somebody does who opened it just now."""
    edit_beside(white, code, nowhere, edits)


def edit_beside(
    white: Warehouse, code: str, in_warehouse: FindItem, edits: Mapping[str, bool | str]
) -> None:
    """The same, with what the warehouse answers about the code."""
    read = values(white, code)
    asked = AskedChange(read, follow_edits(read, dict(edits)))
    white.write(
        lambda session: change_item_tracking_code(
            session, code, asked, in_warehouse, change_by(white)
        )
    )


def add_code(white: Warehouse, code: str, **edits: bool | str) -> None:
    white.write(lambda session: create_item_tracking_code(session, code, "", change_by(white)))
    if edits:
        edit(white, code, **edits)


def refused(white: Warehouse, code: str, name: str, **edits: bool | str) -> str:
    """What is said against an edit; nothing may be written."""
    before = values(white, code)
    with pytest.raises(RuleRefused) as refusal:
        edit(white, code, **edits)
    assert refusal.value.code == name
    assert values(white, code) == before
    return str(refusal.value)
