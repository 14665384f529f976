"""Package tables of items, and of the rows that belong to an item.

This module must never decide what a record may say: the verbs of the pages do.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.code_index import gtin_14
from scanner_app.configuration.package_table import (
    Found,
    Named,
    PackageField,
    RecordTable,
    StandsOnce,
    key_field,
    options_of,
)
from scanner_app.configuration.tables_of_codes import UNITS_NO
from scanner_app.configuration.tables_of_numbers import (
    CODES_NO,
    ITEMS_NO,
    SERIES_NO,
    VARIANTS_NO,
)
from scanner_app.configuration.tables_of_templates import TEMPLATES_NO
from scanner_app.errors import N_
from scanner_app.inventory import item_card, item_setup
from scanner_app.inventory.item import Item, ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_card import find_item, list_item_cards
from scanner_app.inventory.item_reference import ItemReference, ReferenceType
from scanner_app.inventory.item_refusals import GtinTaken
from scanner_app.inventory.text_card import NO, ROWS_AT_ONCE, YES, TextCard
from scanner_app.warehouse.item_part import PartOfItem, add_part, change_part
from scanner_app.warehouse.set_up_item import change_item, create_item
from scanner_app.warehouse.set_up_item_reference import ALSO_ON_OTHERS, REFERENCES
from scanner_app.warehouse.set_up_item_unit import UNITS
from scanner_app.warehouse.set_up_item_variant import VARIANTS
from scanner_app.workbooks.column import ColumnKind

ITEM_UNITS_NO = 5404
OF_ITEM: Named = (ITEMS_NO, ("item_no",))
OF_GOODS: dict[str, Named] = {
    "item_no": OF_ITEM,
    "variant": (VARIANTS_NO, ("item_no", "variant")),
    "unit": (ITEM_UNITS_NO, ("item_no", "unit")),
}
KINDS_OF_PARTS = {
    "blocked": ColumnKind.SWITCH,
    "qty_per_unit_of_measure": ColumnKind.QUANTITY,
    "reference_no": ColumnKind.NUMBER_TEXT,
    "starting_date": ColumnKind.DAY,
    "ending_date": ColumnKind.DAY,
}


NAMED_BY_ITEM: dict[str, Named] = {
    "base_unit_of_measure": (UNITS_NO, ("base_unit_of_measure",)),
    "item_tracking_code": (CODES_NO, ("item_tracking_code",)),
    "serial_nos": (SERIES_NO, ("serial_nos",)),
    "lot_nos": (SERIES_NO, ("lot_nos",)),
    "put_away_template_code": (TEMPLATES_NO, ("put_away_template_code",)),
}
KINDS_OF_ITEM = {
    "blocked": ColumnKind.SWITCH,
    "qty_rounding_precision": ColumnKind.QUANTITY,
}


def _find_item(session: Session, typed: TextCard) -> Found | None:
    row = find_item(session, typed["no"])
    return Found(row.id, item_card.card_of(session, row)) if row else None


def _gtin_of(cells: Mapping[str, str]) -> str:
    return cells.get("gtin", "").strip()


ITEM = RecordTable(
    ITEMS_NO,
    N_("Item"),
    tuple(
        PackageField(
            name,
            caption,
            KINDS_OF_ITEM.get(name, ColumnKind.TEXT),
            is_key=name == "no",
            names=NAMED_BY_ITEM.get(name),
        )
        for name, caption in item_card.CAPTIONS.items()
    ),
    item_card.blank_card(),
    list_item_cards,
    read=item_setup.read_card,
    sample=item_card.blank_card(),
    find=_find_item,
    create=create_item,
    change=lambda session, found, typed, change: change_item(
        session, found.card["no"], found.card, typed, change
    ),
    stands_once=StandsOnce(
        "gtin",
        lambda cells: gtin_14(_gtin_of(cells)) if _gtin_of(cells) else "",
        lambda first, cells: GtinTaken(no=first[0], gtin=_gtin_of(cells)),
    ),
)


def _variants() -> Any:  # noqa: ANN401 - a statement of several columns
    """The blank variant comes with its item."""
    of_items = select(ItemVariant, Item.no).join(Item, Item.id == ItemVariant.item_id)
    return of_items.where(ItemVariant.code != "").order_by(Item.no, ItemVariant.code)


def _item_units() -> Any:  # noqa: ANN401 - a statement of several columns
    unit, row = UnitOfMeasure, ItemUnit
    of_items = select(row, Item.no, unit).join(Item, Item.id == row.item_id)
    return of_items.join(unit, unit.id == row.unit_of_measure_id).order_by(Item.no, unit.code)


def _references() -> Any:  # noqa: ANN401 - a statement of several columns
    unit, row, variant = UnitOfMeasure, ItemReference, ItemVariant
    return (
        select(row, Item.no, variant, unit)
        .join(Item, Item.id == row.item_id)
        .join(variant, variant.id == row.variant_id)
        .join(unit, unit.id == row.unit_of_measure_id)
        .order_by(Item.no, variant.code, unit.code, row.reference_type, row.reference_no)
    )


@dataclass(frozen=True)
class _Part:
    """How the rows of an item stand in a package.

    Attributes:
        kind: how a row is read and written on the page of its item.
        rows: the statement that lists them, with what they name beside them.
        columns: the columns of the key besides the item, by their fields.
        captions: where the sheet calls a field otherwise than the page.
        names: the records that fields name.
        blank, sample: as in `RecordTable`.
    """

    kind: PartOfItem
    rows: Callable[[], Any]
    columns: dict[str, Any]
    blank: TextCard
    sample: TextCard
    captions: dict[str, str] = field(default_factory=dict)
    names: dict[str, Named] = field(default_factory=dict)

    def find(self, session: Session, typed: TextCard) -> Found | None:
        """The row of an item that has a key."""
        values = {name: typed[name].strip() for name in ("item_no", *self.columns)}
        codes = {name: _as_key(name, value) for name, value in values.items()}
        is_type = codes.get("reference_type", "") in list(ReferenceType)
        if not is_type or not all(code.isprintable() for code in codes.values()):
            return None
        of_item = self.rows().where(Item.no == codes["item_no"])
        of_key = (column == codes[name] for name, column in self.columns.items())
        found = session.execute(of_item.where(*of_key)).first()
        if found is None:
            return None
        card = self.kind.card_of(session, found[0])
        return Found(found[0].id, {"item_no": found[1]} | card)

    def list_cards(self, session: Session) -> Iterator[TextCard]:
        """What a row names comes along with it, so that its card asks nothing more."""
        for row in session.execute(self.rows().execution_options(yield_per=ROWS_AT_ONCE)):
            yield {"item_no": row[1]} | self.kind.card_of(session, row[0])

    def create(self, session: Session, typed: TextCard, change: Change) -> None:
        """A code that stands for several goods is meant so: the file says it."""
        said = typed | {ALSO_ON_OTHERS: YES}
        add_part(session, self.kind, typed["item_no"], said, change)

    def change(self, session: Session, found: Found, typed: TextCard, change: Change) -> None:
        """As `create`."""
        said, item_no = typed | {ALSO_ON_OTHERS: YES}, found.card["item_no"]
        change_part(session, self.kind, item_no, found.id, found.card, said, change)

    @property
    def fields(self) -> tuple[PackageField, ...]:
        """The item first."""
        own = (self._field(name, caption) for name, caption in self.kind.captions.items())
        return (key_field("item_no", N_("Item No."), OF_ITEM), *own)

    def _field(self, name: str, caption: str) -> PackageField:
        return PackageField(
            name,
            self.captions.get(name, caption),
            KINDS_OF_PARTS.get(name, ColumnKind.TEXT),
            is_key=name in self.columns,
            may_miss=name in ("variant", "reference_type"),
            names=self.names.get(name),
            choices=options_of(ReferenceType) if name == "reference_type" else (),
        )


def _table_of(number: int, name: str, part: _Part) -> RecordTable:
    return RecordTable(
        number,
        name,
        part.fields,
        {"item_no": ""} | part.blank,
        part.list_cards,
        read=part.kind.read,
        sample={"item_no": "A"} | part.sample,
        find=part.find,
        create=part.create,
        change=part.change,
    )


def _as_key(name: str, value: str) -> str:
    return value if name == "reference_type" else value.upper()


ITEM_VARIANT = _table_of(
    VARIANTS_NO,
    N_("Item Variant"),
    _Part(
        VARIANTS,
        _variants,
        columns={"code": ItemVariant.code},
        blank=dict.fromkeys(VARIANTS.captions, "") | {"blocked": NO},
        sample={"code": "A", "description": "", "blocked": NO},
    ),
)
ITEM_UNIT = _table_of(
    ITEM_UNITS_NO,
    N_("Item Unit of Measure"),
    _Part(
        UNITS,
        _item_units,
        columns={"code": UnitOfMeasure.code},
        blank={"code": "", "qty_per_unit_of_measure": "1"},
        sample={"code": "A", "qty_per_unit_of_measure": "1"},
        captions={"code": N_("Code")},
        names={"code": (UNITS_NO, ("code",))},
    ),
)
ITEM_REFERENCE = _table_of(
    5777,
    N_("Item Reference"),
    _Part(
        REFERENCES,
        _references,
        columns={
            "variant": ItemVariant.code,
            "unit": UnitOfMeasure.code,
            "reference_type": ItemReference.reference_type,
            "reference_no": ItemReference.reference_no,
        },
        blank=dict.fromkeys(REFERENCES.captions, ""),
        sample=dict.fromkeys(REFERENCES.captions, "") | {"reference_no": "A"},
        names=OF_GOODS,
    ),
)
