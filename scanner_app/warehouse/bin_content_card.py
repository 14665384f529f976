"""Bin Content card: the items that have their place in a bin, as people read and type it.

Every value is text, see `text_card` (docs/domain.md 4.3).

This module must never decide what a card may say: that is `set_up_bin_content`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scanner_app.errors import N_
from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import NO, ROWS_AT_ONCE, YES, TextCard
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.journal_fields import ITEM_NO, UNIT, VARIANT
from scanner_app.warehouse.record_card import CardField, FieldKind, Fields, blank_card, captions_of

FIELDS: Fields = (
    replace(ITEM_NO, is_name=True),
    replace(VARIANT, is_name=True),
    replace(
        UNIT,
        specifies=N_("Specifies the unit in which it lies here; empty is the base unit."),
        is_name=True,
    ),
    CardField(
        "fixed",
        N_("Fixed"),
        N_("Specifies that this is a place of the item: put-aways fill it first."),
        FieldKind.SWITCH,
    ),
    CardField(
        "max_qty",
        N_("Max. Qty."),
        N_("Specifies how much of the item the bin holds at most; empty is no limit."),
        FieldKind.OPTIONAL_QUANTITY,
        30,
    ),
    CardField(
        "is_default",
        N_("Default"),
        N_("Specifies that the item belongs here; locations without directed put-away use it."),
        FieldKind.SWITCH,
    ),
    CardField(
        "min_qty",
        N_("Min. Qty."),
        N_("Specifies below how much a put-away template may find the bin; empty is never."),
        FieldKind.OPTIONAL_QUANTITY,
        30,
    ),
)
KEY = ("item_no", "variant", "unit")
CAPTIONS = captions_of(FIELDS)


@dataclass(frozen=True)
class ContentOfBin:
    """A content among those of all bins, and what its card says."""

    id: int
    location: str
    bin_code: str
    card: TextCard


def blank_content_card() -> TextCard:
    """What the card of a new bin content says: a place of the item."""
    return blank_card(FIELDS) | {"fixed": YES}


def fields_at(location: Location, *cards: TextCard) -> Fields:
    """The fields that a card offers: Default only where items have a default bin.

    One that was named before the location directed put-aways is offered, to be switched off.
    """
    named = any(card["is_default"] == YES for card in cards)
    if named or not location.directed_put_away_and_pick:
        return FIELDS
    return tuple(each for each in FIELDS if each.name != "is_default")


def list_bin_contents(session: Session, bin_: Bin) -> list[tuple[int, TextCard, str]]:
    """The contents that are set up for a bin: id, card and description of the item."""
    in_order = _with_codes().where(BinContent.bin_id == bin_.id)
    rows = session.execute(in_order.order_by(Item.no, ItemVariant.code, UnitOfMeasure.code))
    return [(row.id, _card(row, *codes), item) for row, item, *codes in rows]


def list_every_content(session: Session) -> Iterator[ContentOfBin]:
    """All contents that are set up, in the order of their codes, in one look-up."""
    in_order = _with_places().order_by(
        Location.code, Bin.code, Item.no, ItemVariant.code, UnitOfMeasure.code
    )
    for row in session.execute(in_order.execution_options(yield_per=ROWS_AT_ONCE)):
        yield _content_of_bin(*row)


def find_content_of_item(
    session: Session, location_code: str, bin_code: str, typed: TextCard
) -> ContentOfBin | None:
    """The content of an item in a bin, each as somebody typed it; no unit is the base unit."""
    as_typed = (location_code, bin_code, *(typed[name] for name in KEY))
    codes = [code.strip().upper() for code in as_typed]
    if not all(code.isprintable() for code in codes):
        return None
    location, in_bin, item_no, variant, unit = codes
    in_base_unit = BinContent.unit_of_measure_id == Item.base_unit_of_measure_id
    of_item = _with_places().where(
        Location.code == location,
        Bin.code == in_bin,
        Item.no == item_no,
        ItemVariant.code == variant,
        UnitOfMeasure.code == unit if unit else in_base_unit,
    )
    found = session.execute(of_item).one_or_none()
    return _content_of_bin(*found) if found is not None else None


def card_of_content(session: Session, content: BinContent) -> TextCard:
    """What the card of a bin content says."""
    row, _, *codes = session.execute(_with_codes().where(BinContent.id == content.id)).one()
    return _card(row, *codes)


def _with_codes() -> Select[BinContent, str, str, str, str]:
    row = BinContent
    return (
        select(row, Item.description, Item.no, ItemVariant.code, UnitOfMeasure.code)
        .join(Item, Item.id == row.item_id)
        .join(ItemVariant, ItemVariant.id == row.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == row.unit_of_measure_id)
    )


def _with_places() -> Select[BinContent, str, str, str, str, str, str]:
    """Each content with what it names beside it, so that its card asks nothing more."""
    of_bins = _with_codes().join(Bin, Bin.id == BinContent.bin_id)
    of_locations = of_bins.join(Location, Location.id == Bin.location_id)
    return of_locations.add_columns(Location.code, Bin.code)


def _content_of_bin(
    row: BinContent, _: str, item_no: str, variant: str, unit: str, location: str, bin_code: str
) -> ContentOfBin:
    return ContentOfBin(row.id, location, bin_code, _card(row, item_no, variant, unit))


def _card(row: BinContent, item_no: str, variant: str, unit: str) -> TextCard:
    return {
        "item_no": item_no,
        "variant": variant,
        "unit": unit,
        "fixed": YES if row.fixed else NO,
        "max_qty": f"{row.max_qty.normalize():f}" if row.max_qty else "",
        "is_default": YES if row.is_default else NO,
        "min_qty": f"{row.min_qty.normalize():f}" if row.min_qty else "",
    }
