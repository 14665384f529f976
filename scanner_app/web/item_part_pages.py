"""The units, variants and references of an item as pages show them: rows, forms and words.

This module must never write, nor know what stands against a change.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from scanner_app.errors import N_
from scanner_app.inventory.item import Item, ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_picture import ItemPicture
from scanner_app.inventory.item_reference import ItemReference, ReferenceType
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.item_part import PartOfItem
from scanner_app.warehouse.set_up_item import TABLE
from scanner_app.warehouse.set_up_item_reference import REFERENCES
from scanner_app.warehouse.set_up_item_unit import UNITS
from scanner_app.warehouse.set_up_item_variant import VARIANTS
from scanner_app.web.card_form import CardFields, CardForm
from scanner_app.web.cards import Said
from scanner_app.web.item_choices import Choices, choices_of
from scanner_app.web.last_changes import ChangeRow, last_changes
from scanner_app.web.texts import gettext

ROWS_MAX = 50
DONE_WITH_PARTS = {
    "row-added": N_("The row is added."),
    "row-saved": N_("The row is saved."),
    "row-removed": N_("The row is removed."),
}
TYPES = {
    ReferenceType.BAR_CODE: N_("Bar Code"),
    ReferenceType.VENDOR: N_("Vendor"),
    ReferenceType.CUSTOMER: N_("Customer"),
    ReferenceType.BLANK: N_("Other"),
}


@dataclass(frozen=True)
class PartPage:
    """How one kind of row is shown.

    Attributes:
        name: as addresses and templates call it.
        find_rows: the rows of an item after one of them, and one more than is shown.
        find_choices: what a form for a new row offers.
        blank: what a form for a new row says first.
    """

    name: str
    kind: PartOfItem
    fields: CardFields
    title: str
    new_title: str
    list_template: str
    fields_template: str
    find_rows: Callable[[Session, Item, int], Sequence[Any]]
    find_choices: Callable[[Session, Item], dict[str, Choices]]
    blank: TextCard


@dataclass(frozen=True)
class ShownPart:
    """One part of an item on a page, with a form where a row is edited.

    Attributes:
        row_id: the row that is edited; 0 for a new one.
        asks_others: whether the form asks if a code is meant to stand for other goods too.
        says_others: whether its editor said so.
    """

    page: PartPage
    rows: Sequence[Any]
    more: bool
    form: CardForm | None = None
    row_id: int = 0
    choices: dict[str, Choices] = field(default_factory=dict)
    refused: Said | None = None
    asks_others: bool = False
    says_others: bool = False

    @property
    def last_row_id(self) -> int:
        """After which row the next ones are found."""
        last = self.rows[-1]
        return int(last.id if hasattr(last, "id") else last[0].id)


def shown_parts(session: Session, item: Item) -> list[ShownPart]:
    """The parts of an item, each with its first rows."""
    return [shown_part(session, item, page) for page in PARTS.values()]


def shown_part(session: Session, item: Item, page: PartPage, after: int = 0) -> ShownPart:
    """One part of an item with the rows after one of them."""
    rows = page.find_rows(session, item, after)
    return ShownPart(page, rows[:ROWS_MAX], more=len(rows) > ROWS_MAX)


def changes_of_item(session: Session, no: str) -> list[ChangeRow]:
    """The last changes of an item's card, of its parts and of its picture."""
    tables = [page.kind.model.__tablename__ for page in PARTS.values()]
    return last_changes(session, TABLE, no, parts=[*tables, ItemPicture.__tablename__])


def _unit_rows(session: Session, item: Item, after: int) -> Sequence[Any]:
    """By how much they hold."""
    row, unit = ItemUnit, UnitOfMeasure
    held = (
        select(row, unit.code, unit.description)
        .join(unit, unit.id == row.unit_of_measure_id)
        .where(row.item_id == item.id)
    )
    held_after = _page_after(session, held, row.qty_per_unit_of_measure, row.id, after)
    return session.execute(held_after).all()


def _variant_rows(session: Session, item: Item, after: int) -> Sequence[Any]:
    row = ItemVariant
    named = select(row).where(row.item_id == item.id, row.code != "")
    return session.scalars(_page_after(session, named, row.code, row.id, after)).all()


def _reference_rows(session: Session, item: Item, after: int) -> Sequence[Any]:
    row = ItemReference
    named = (
        select(row, ItemVariant.code, UnitOfMeasure.code)
        .join(ItemVariant, ItemVariant.id == row.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == row.unit_of_measure_id)
        .where(row.item_id == item.id)
    )
    return session.execute(_page_after(session, named, row.reference_no, row.id, after)).all()


def _page_after(
    session: Session,
    rows: Any,  # noqa: ANN401 - of one or of several columns
    order: InstrumentedAttribute[Any],
    row_id: InstrumentedAttribute[int],
    after: int,
) -> Any:  # noqa: ANN401 - as it was asked
    """The rows in their order, after the one with an id, and one more than is shown."""
    last = session.scalar(select(order).where(row_id == after)) if after else None
    if last is not None:
        rows = rows.where(or_(order > last, and_(order == last, row_id > after)))
    return rows.order_by(order, row_id).limit(ROWS_MAX + 1)


def _unit_choices(session: Session, _: Item) -> dict[str, Choices]:
    return {"code": choices_of(session, UnitOfMeasure)}


def _reference_choices(session: Session, item: Item) -> dict[str, Choices]:
    variants = session.execute(
        select(ItemVariant.code, ItemVariant.description)
        .where(ItemVariant.item_id == item.id)
        .order_by(ItemVariant.code)
    )
    units = session.scalars(
        select(UnitOfMeasure.code)
        .join(ItemUnit, ItemUnit.unit_of_measure_id == UnitOfMeasure.id)
        .where(ItemUnit.item_id == item.id)
        .order_by(UnitOfMeasure.code)
    )
    return {
        "reference_type": [(type_.value, gettext(words)) for type_, words in TYPES.items()],
        "unit": [(code, code) for code in units],
        "variant": [
            (code, f"{code}: {words}" if words else code or gettext("None"))
            for code, words in variants
        ],
    }


def _fields(kind: PartOfItem, *switches: str) -> CardFields:
    return CardFields(kind.captions, switches=frozenset(switches), kept=kind.kept)


PARTS = {
    "units": PartPage(
        "units",
        UNITS,
        _fields(UNITS),
        N_("Units of measure"),
        N_("New unit of measure"),
        "items/_units.html",
        "items/_fields_of_units.html",
        _unit_rows,
        _unit_choices,
        {"code": "", "qty_per_unit_of_measure": ""},
    ),
    "variants": PartPage(
        "variants",
        VARIANTS,
        _fields(VARIANTS, "blocked"),
        N_("Variants"),
        N_("New variant"),
        "items/_variants.html",
        "items/_fields_of_variants.html",
        _variant_rows,
        lambda _session, _item: {},
        {"code": "", "description": "", "blocked": "No"},
    ),
    "references": PartPage(
        "references",
        REFERENCES,
        _fields(REFERENCES),
        N_("Item references"),
        N_("New item reference"),
        "items/_references.html",
        "items/_fields_of_references.html",
        _reference_rows,
        _reference_choices,
        dict.fromkeys(REFERENCES.captions, "") | {"reference_type": ReferenceType.BAR_CODE.value},
    ),
}
