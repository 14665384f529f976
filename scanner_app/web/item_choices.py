"""What an item's card offers besides its fields: codes to choose, and what a formula makes.

This module must never change anything.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import UnitOfMeasure
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.warehouse.put_away_template import PutAwayTemplate
from scanner_app.web.texts import gettext

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class ItemChoices:
    """What can be chosen on the card, blank first; pairs of code and words."""

    units: Choices
    tracking_codes: Choices
    series: Choices
    put_away_templates: Choices


def item_choices(session: Session) -> ItemChoices:
    """Every code that a card may name."""
    return ItemChoices(
        units=choices_of(session, UnitOfMeasure),
        tracking_codes=choices_of(session, ItemTrackingCode),
        series=choices_of(session, NumberSeries),
        put_away_templates=choices_of(session, PutAwayTemplate),
    )


def choices_of(session: Session, table: Any) -> Choices:  # noqa: ANN401 - of four tables
    """Every code of a table with its words, blank first."""
    rows = session.execute(select(table.code, table.description).order_by(table.code))
    named = [(code, f"{code}: {words}" if words else code) for code, words in rows]
    return [("", gettext("None")), *named]
