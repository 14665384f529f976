"""Package tables of plain codes: units of measure and reason codes.

This module must never decide what a record may say: the verbs of the pages do.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.configuration.package_table import Found, PackageField, RecordTable, key_field
from scanner_app.errors import N_
from scanner_app.inventory import unit_of_measure_setup
from scanner_app.inventory.description import read_description
from scanner_app.inventory.item import UnitOfMeasure
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.text_card import TextCard
from scanner_app.inventory.unit_of_measure_setup import (
    change_unit_of_measure,
    create_unit_of_measure,
    find_unit_of_measure,
    unit_of_measure_card,
)
from scanner_app.warehouse.record_card import blank_card, read_card
from scanner_app.warehouse.set_up_reason_code import FIELDS as REASON_FIELDS
from scanner_app.warehouse.set_up_reason_code import (
    card_of_reason_code,
    change_reason_code,
    create_reason_code,
    find_reason_code,
)

UNITS_NO, REASONS_NO = 204, 231


def _list_units(session: Session) -> Iterator[TextCard]:
    return map(unit_of_measure_card, session.scalars(select(UnitOfMeasure).order_by("code")))


def _find_unit(session: Session, typed: TextCard) -> Found | None:
    row = find_unit_of_measure(session, typed["code"])
    return Found(row.id, unit_of_measure_card(row)) if row else None


UNIT_OF_MEASURE = RecordTable(
    UNITS_NO,
    N_("Unit of Measure"),
    (key_field("code", N_("Code")), PackageField("description", N_("Description"))),
    dict.fromkeys(unit_of_measure_setup.CAPTIONS, ""),
    _list_units,
    read=lambda typed: read_description(typed["description"]),
    sample=dict.fromkeys(unit_of_measure_setup.CAPTIONS, ""),
    find=_find_unit,
    create=create_unit_of_measure,
    change=lambda session, found, typed, change: change_unit_of_measure(
        session, found.card["code"], found.card, typed, change
    ),
)


def _list_reasons(session: Session) -> Iterator[TextCard]:
    return map(card_of_reason_code, session.scalars(select(ReasonCode).order_by("code")))


def _find_reason(session: Session, typed: TextCard) -> Found | None:
    row = find_reason_code(session, typed["code"])
    return Found(row.id, card_of_reason_code(row)) if row else None


REASON_CODE = RecordTable(
    REASONS_NO,
    N_("Reason Code"),
    (key_field("code", N_("Code")), PackageField("description", N_("Description"))),
    blank_card(REASON_FIELDS),
    _list_reasons,
    read=lambda typed: read_card(REASON_FIELDS, typed),
    sample=blank_card(REASON_FIELDS),
    find=_find_reason,
    create=create_reason_code,
    change=lambda session, found, typed, change: change_reason_code(
        session, found.card["code"], found.card, typed, change
    ),
)
