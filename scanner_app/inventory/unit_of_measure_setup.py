"""Setting up units of measure: added, described, and removed while no item counts in them.

Business Central's page Units of Measure. The code of a unit stays (docs/domain.md 2.11). The
verbs never commit: the caller does.

This module must never know how much a unit holds: that is the item's.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import log_changes
from scanner_app.access.sign_in import Change
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.description import read_description
from scanner_app.inventory.item import Item, ItemUnit, UnitOfMeasure
from scanner_app.inventory.set_up_lock import lock_set_up
from scanner_app.inventory.text_card import TextCard, changed_fields, check_unchanged
from scanner_app.records import to_code

TABLE = UnitOfMeasure.__tablename__
CODE_LENGTH = 10
CAPTIONS = {"code": N_("Code"), "description": N_("Description")}


class UnitOfMeasureMissing(RuleRefused):
    """A unit needs a code."""

    message = N_("The Code of the unit is empty.")
    way_out = N_("Type a code of at most 10 characters, such as PCS.")
    field = "Code"


class UnitOfMeasureNotInAddress(RuleRefused):
    """The card of a unit has an address with the code in it."""

    message = N_("“{code}” cannot be the Code of a unit.")
    way_out = N_("Use at least one letter or digit, and no slash.")
    field = "Code"


class UnitOfMeasureTaken(RuleRefused):
    """Codes of units are unique."""

    message = N_("There is a unit of measure {code} already.")
    way_out = N_("Choose another code, or edit that unit.")
    field = "Code"


class UnitOfMeasureUnknown(RuleRefused):
    """A form names a unit that is not there."""

    message = N_("There is no unit {code} any more.")
    way_out = N_("Open the page Units of Measure again and choose one of the list.")
    field = "Code"


class UnitOfMeasureInUse(RuleRefused):
    """An item counts in the unit."""

    message = N_("Item {no} counts in {code}.")
    way_out = N_("Remove the unit from the item first, or keep it.")
    field = "Code"


def unit_of_measure_card(row: UnitOfMeasure) -> TextCard:
    """What a unit says."""
    return {"code": row.code, "description": row.description}


def find_unit_of_measure(session: Session, code: str) -> UnitOfMeasure | None:
    """The unit of a code as somebody typed it."""
    name = code.strip().upper()
    if not name.isprintable():
        return None
    return session.scalar(select(UnitOfMeasure).where(UnitOfMeasure.code == name))


def create_unit_of_measure(session: Session, typed: TextCard, change: Change) -> UnitOfMeasure:
    """Add a unit.

    Raises:
        UnitOfMeasureMissing, UnitOfMeasureNotInAddress, UnitOfMeasureTaken: for the code.
        CodeTooLong, CodeNotReadable: for what is no code.
        DescriptionTooLong, DescriptionNotReadable: for what is no description.
    """
    code = to_code(typed["code"], CODE_LENGTH)
    if not code:
        raise UnitOfMeasureMissing
    if "/" in code or not any(character.isalnum() for character in code):
        raise UnitOfMeasureNotInAddress(code=code)
    card = {"code": code, "description": read_description(typed["description"])}
    lock_set_up(session)
    if find_unit_of_measure(session, code):
        raise UnitOfMeasureTaken(code=code)
    row = UnitOfMeasure(**card)
    session.add(row)
    session.flush()
    _log(session, code, change, dict.fromkeys(card, ""), card)
    return row


def change_unit_of_measure(
    session: Session, code: str, as_read: TextCard, typed: TextCard, change: Change
) -> None:
    """Describe a unit otherwise.

    Raises:
        UnitOfMeasureUnknown: for a unit that is not there.
        CardChanged: when somebody changed it after it was read.
        DescriptionTooLong, DescriptionNotReadable: for what is no description.
    """
    row = _lock(session, code)
    stored = unit_of_measure_card(row)
    check_unchanged(as_read, stored)
    card = stored | {"description": read_description(typed["description"])}
    row.description = card["description"]
    _log(session, row.code, change, stored, card)


def delete_unit_of_measure(session: Session, code: str, change: Change) -> None:
    """Remove a unit in which no item counts.

    Raises:
        UnitOfMeasureUnknown: for a unit that is not there.
        UnitOfMeasureInUse: when an item counts in it.
    """
    row = _lock(session, code)
    in_use = select(Item.no).join(ItemUnit, ItemUnit.item_id == Item.id)
    no = session.scalar(in_use.where(ItemUnit.unit_of_measure_id == row.id).limit(1))
    if no is not None:
        raise UnitOfMeasureInUse(no=no, code=row.code)
    card = unit_of_measure_card(row)
    session.delete(row)
    session.flush()
    _log(session, row.code, change, card, dict.fromkeys(card, ""))


def _lock(session: Session, code: str) -> UnitOfMeasure:
    lock_set_up(session)
    row = find_unit_of_measure(session, code)
    if row is None:
        raise UnitOfMeasureUnknown(code=code[:CODE_LENGTH])
    session.refresh(row, with_for_update=True)
    return row


def _log(session: Session, code: str, change: Change, old: TextCard, new: TextCard) -> None:
    log_changes(
        session,
        changed_at=change.changed_at,
        user_id=change.changed_by,
        table_name=TABLE,
        record_name=code,
        changes={CAPTIONS[name]: values for name, values in changed_fields(old, new).items()},
    )
