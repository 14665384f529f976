"""Package tables of items: units of measure, items, and the rows that belong to an item.

This module must never decide what a record may say: the verbs of the pages do.
"""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.code_index import gtin_14
from scanner_app.configuration.package_table import (
    Found,
    Named,
    PackageField,
    RecordTable,
    StandsOnce,
    key_field,
)
from scanner_app.configuration.tables_of_numbers import (
    CODES_NO,
    ITEMS_NO,
    SERIES_NO,
    VARIANTS_NO,
)
from scanner_app.errors import N_
from scanner_app.inventory import item_card, item_setup, unit_of_measure_setup
from scanner_app.inventory.description import read_description
from scanner_app.inventory.item import Item, ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_card import find_item, list_item_cards
from scanner_app.inventory.item_refusals import GtinTaken
from scanner_app.inventory.item_reference import ItemReference, ReferenceType
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.text_card import NO, ROWS_AT_ONCE, YES, TextCard
from scanner_app.inventory.unit_of_measure_setup import (
    change_unit_of_measure,
    create_unit_of_measure,
    find_unit_of_measure,
    unit_of_measure_card,
)
from scanner_app.warehouse.item_part import PartOfItem, add_part, change_part
from scanner_app.warehouse.record_card import blank_card, read_card
from scanner_app.warehouse.set_up_item import change_item, create_item
from scanner_app.warehouse.set_up_item_reference import ALSO_ON_OTHERS, REFERENCES
from scanner_app.warehouse.set_up_item_unit import UNITS
from scanner_app.warehouse.set_up_item_variant import VARIANTS
from scanner_app.warehouse.set_up_reason_code import FIELDS as REASON_FIELDS
from scanner_app.warehouse.set_up_reason_code import (
    card_of_reason_code,
    change_reason_code,
    create_reason_code,
    find_reason_code,
)
from scanner_app.workbooks.column import ColumnKind

UNITS_NO, ITEM_UNITS_NO, REASONS_NO = 204, 5404, 231
OF_ITEM: Named = (ITEMS_NO, ("item_no",))
KINDS_OF_PARTS = {
    "blocked": ColumnKind.SWITCH,
    "qty_per_unit_of_measure": ColumnKind.QUANTITY,
    "reference_no": ColumnKind.NUMBER_TEXT,
    "starting_date": ColumnKind.DAY,
    "ending_date": ColumnKind.DAY,
}


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


NAMED_BY_ITEM: dict[str, Named] = {
    "base_unit_of_measure": (UNITS_NO, ("base_unit_of_measure",)),
    "item_tracking_code": (CODES_NO, ("item_tracking_code",)),
    "serial_nos": (SERIES_NO, ("serial_nos",)),
    "lot_nos": (SERIES_NO, ("lot_nos",)),
}
KINDS_OF_ITEM = {
    "blocked": ColumnKind.SWITCH,
    "qty_rounding_precision": ColumnKind.QUANTITY,
}


def _find_item(session: Session, typed: TextCard) -> Found | None:
    row = find_item(session, typed["no"])
    return Found(row.id, item_card.card_of(session, row)) if row else None


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
    stands_once=StandsOnce("gtin", gtin_14, lambda no, gtin: GtinTaken(no=no, gtin=gtin)),
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


def _part(
    number: int,
    name: str,
    kind: PartOfItem,
    rows: Callable[[], Any],
    *,
    columns: dict[str, Any],
    captions: dict[str, str],
    names: dict[str, Named],
    blank: TextCard,
    sample: TextCard,
) -> RecordTable:
    """Rows of an item; `columns` are those of the key besides the item, by their fields."""

    def find(session: Session, typed: TextCard) -> Found | None:
        values = {field: typed[field].strip() for field in ("item_no", *columns)}
        codes = {field: _as_key(field, value) for field, value in values.items()}
        is_type = codes.get("reference_type", "") in list(ReferenceType)
        if not is_type or not all(code.isprintable() for code in codes.values()):
            return None
        of_item = rows().where(Item.no == codes["item_no"])
        found = session.execute(
            of_item.where(*(column == codes[field] for field, column in columns.items()))
        ).first()
        if found is None:
            return None
        return Found(found[0].id, {"item_no": found[1]} | kind.card_of(session, found[0]))

    def list_cards(session: Session) -> Iterator[TextCard]:
        """What a row names comes along with it, so that its card asks nothing more."""
        for row in session.execute(rows().execution_options(yield_per=ROWS_AT_ONCE)):
            yield {"item_no": row[1]} | kind.card_of(session, row[0])

    return RecordTable(
        number,
        name,
        (
            key_field("item_no", N_("Item No."), OF_ITEM),
            *(
                PackageField(
                    field,
                    captions.get(field, caption),
                    KINDS_OF_PARTS.get(field, ColumnKind.TEXT),
                    is_key=field in columns,
                    may_miss=field in ("variant", "reference_type"),
                    names=names.get(field),
                )
                for field, caption in kind.captions.items()
            ),
        ),
        {"item_no": ""} | blank,
        list_cards,
        read=kind.read,
        sample={"item_no": "A"} | sample,
        find=find,
        create=lambda session, typed, change: add_part(
            session, kind, typed["item_no"], typed | {ALSO_ON_OTHERS: YES}, change
        ),
        change=lambda session, found, typed, change: change_part(
            session,
            kind,
            found.card["item_no"],
            found.id,
            found.card,
            typed | {ALSO_ON_OTHERS: YES},
            change,
        ),
    )


def _as_key(field: str, value: str) -> str:
    return value if field == "reference_type" else value.upper()


ITEM_VARIANT = _part(
    VARIANTS_NO,
    N_("Item Variant"),
    VARIANTS,
    _variants,
    columns={"code": ItemVariant.code},
    captions={},
    names={},
    blank=dict.fromkeys(VARIANTS.captions, "") | {"blocked": NO},
    sample={"code": "A", "description": "", "blocked": NO},
)
ITEM_UNIT = _part(
    ITEM_UNITS_NO,
    N_("Item Unit of Measure"),
    UNITS,
    _item_units,
    columns={"code": UnitOfMeasure.code},
    captions={"code": N_("Code")},
    names={"code": (UNITS_NO, ("code",))},
    blank=dict.fromkeys(UNITS.captions, "") | {"qty_per_unit_of_measure": "1"},
    sample={"code": "A", "qty_per_unit_of_measure": "1"},
)
REFERENCE_KEY = {
    "variant": ItemVariant.code,
    "unit": UnitOfMeasure.code,
    "reference_type": ItemReference.reference_type,
    "reference_no": ItemReference.reference_no,
}
ITEM_REFERENCE = _part(
    5777,
    N_("Item Reference"),
    REFERENCES,
    _references,
    columns=REFERENCE_KEY,
    captions={},
    names={
        "variant": (VARIANTS_NO, ("item_no", "variant")),
        "unit": (ITEM_UNITS_NO, ("item_no", "unit")),
    },
    blank=dict.fromkeys(REFERENCES.captions, ""),
    sample=dict.fromkeys(REFERENCES.captions, "") | {"reference_no": "A"},
)
