"""Setting up bin contents: in which bins an item has its place (docs/domain.md 4.3, 4.5).

A put-away fills the fixed bins of an item first, up to their Max. Qty.

This module must never change what lies in a bin.
"""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.inventory.item import Item
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import YES, TextCard, changed_fields, check_unchanged
from scanner_app.quantities import ZERO, check_rounding_precision, to_base
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.bin_content_card import CAPTIONS, FIELDS, KEY, card_of_content
from scanner_app.warehouse.bin_content_refusals import (
    BaseUnitOnly,
    BinContentGone,
    BinContentTaken,
    DefaultBinNotUsed,
    DefaultBinTaken,
    MinAboveMax,
)
from scanner_app.warehouse.default_bin import default_bin_id
from scanner_app.warehouse.journal_fields import ITEM_NO
from scanner_app.warehouse.journal_records import (
    find_named_records,
    item_of,
    unit_of,
    variant_of,
)
from scanner_app.warehouse.place_refusals import BIN
from scanner_app.warehouse.record_card import blank_card, by_caption, log_card, read_card
from scanner_app.warehouse.record_refusals import RecordUnknown
from scanner_app.warehouse.set_up_bin import find_bin
from scanner_app.warehouse.set_up_location import lock_location

TABLE = BinContent.__tablename__
CODE_LENGTH = 20


def find_bin_content(session: Session, bin_: Bin, content_id: int) -> BinContent | None:
    """A content of a bin."""
    row = BinContent
    return session.scalar(select(row).where(row.bin_id == bin_.id, row.id == content_id))


def create_bin_content(
    session: Session, location_code: str, bin_code: str, typed: TextCard, change: Change
) -> int:
    """Say that an item has its place in a bin, and return the id of the content.

    Raises:
        RecordUnknown: for a location or bin that is not there.
        NameMissing, RecordNotFound: for the item, its variant and its unit.
        BaseUnitOnly: for another unit at a location without directed put-away and pick.
        BinContentTaken: when the bin has this content.
        DefaultBinNotUsed, DefaultBinTaken: for Default where it may not be.
        RuleRefused: as `read_card` raises it.
    """
    location = lock_location(session, location_code)
    bin_ = _bin(session, location, bin_code)
    card = read_card(FIELDS, typed)
    records = find_named_records(session, [card])
    item = item_of(records, card)
    unit = unit_of(records, item, card)
    if not location.directed_put_away_and_pick:
        _check_base_unit(item, unit.unit_of_measure_id, location)
    content = BinContent(
        location_id=location.id,
        bin_id=bin_.id,
        item_id=item.id,
        variant_id=variant_of(records, item, card),
        unit_of_measure_id=unit.unit_of_measure_id,
    )
    _check_free(session, content, bin_, item)
    _check_default(session, location, content, card, item)
    _write(content, card, item, unit.qty_per_unit_of_measure)
    session.add(content)
    session.flush()
    changes = changed_fields(blank_card(FIELDS), card_of_content(session, content))
    log_card(session, TABLE, content_name(location, bin_), change, by_caption(FIELDS, changes))
    return content.id


def change_bin_content(
    session: Session,
    location_code: str,
    bin_code: str,
    content_id: int,
    *,
    as_read: TextCard,
    typed: TextCard,
    change: Change,
) -> None:
    """Let the card say what was typed; which item it is of stays.

    Raises:
        RecordUnknown, BinContentGone: for what is not there.
        CardChanged: when somebody changed the card after it was read.
        DefaultBinNotUsed, DefaultBinTaken: for Default where it may not be.
        RuleRefused: as `read_card` raises it.
    """
    location = lock_location(session, location_code)
    bin_, content = _get(session, location, bin_code, content_id)
    stored = card_of_content(session, content)
    check_unchanged(as_read, stored)
    card = read_card(FIELDS, typed | {name: stored[name] for name in KEY})
    records = find_named_records(session, [card])
    item = item_of(records, card)
    _check_default(session, location, content, card, item)
    _write(content, card, item, unit_of(records, item, card).qty_per_unit_of_measure)
    session.flush()
    changes = changed_fields(stored, card_of_content(session, content))
    log_card(session, TABLE, content_name(location, bin_), change, by_caption(FIELDS, changes))


def delete_bin_content(
    session: Session, location_code: str, bin_code: str, content_id: int, change: Change
) -> None:
    """An item has no place of its own in the bin any more; what lies there stays.

    Raises:
        RecordUnknown, BinContentGone: for what is not there.
    """
    location = lock_location(session, location_code)
    bin_, content = _get(session, location, bin_code, content_id)
    item_no = card_of_content(session, content)["item_no"]
    session.delete(content)
    gone = [(ITEM_NO.caption, item_no, "")]
    log_card(session, TABLE, content_name(location, bin_), change, gone)


def content_name(location: Location, bin_: Bin) -> str:
    """How the change log names the contents of a bin."""
    return f"{location.code} {bin_.code}"


def _bin(session: Session, location: Location, code: str) -> Bin:
    bin_ = find_bin(session, location.id, code)
    if bin_ is None:
        raise RecordUnknown(record=BIN, code=code[:CODE_LENGTH])
    return bin_


def _get(
    session: Session, location: Location, bin_code: str, content_id: int
) -> tuple[Bin, BinContent]:
    bin_ = _bin(session, location, bin_code)
    content = find_bin_content(session, bin_, content_id)
    if content is None:
        raise BinContentGone(bin_code=bin_.code)
    return bin_, content


def _check_base_unit(item: Item, unit_of_measure_id: int, location: Location) -> None:
    """Only bins of a directed location hold an item in several units (docs/domain.md 4.3)."""
    if unit_of_measure_id != item.base_unit_of_measure_id:
        raise BaseUnitOnly(item_no=item.no, location=location.code)


def _check_free(session: Session, content: BinContent, bin_: Bin, item: Item) -> None:
    row = BinContent
    same = select(row.id).where(
        row.bin_id == content.bin_id,
        row.item_id == content.item_id,
        row.variant_id == content.variant_id,
        row.unit_of_measure_id == content.unit_of_measure_id,
    )
    if session.scalar(same) is not None:
        raise BinContentTaken(item_no=item.no, bin_code=bin_.code)


def _check_default(
    session: Session, location: Location, content: BinContent, card: TextCard, item: Item
) -> None:
    """One default for each item and variant, where put-aways are not directed."""
    if card["is_default"] != YES:
        return
    if location.directed_put_away_and_pick:
        raise DefaultBinNotUsed(location=location.code)
    bin_id = default_bin_id(session, location, (item.id, content.variant_id))
    if bin_id not in (None, content.bin_id):
        code = session.get_one(Bin, bin_id).code
        raise DefaultBinTaken(bin_code=code, item_no=item.no, location=location.code)


def _write(content: BinContent, card: TextCard, item: Item, per_unit: Decimal) -> None:
    """What the card says goes to the content; a minimum above the maximum is refused."""
    content.fixed, content.is_default = card["fixed"] == YES, card["is_default"] == YES
    for name in ("min_qty", "max_qty"):
        limit = Decimal(card[name]) if card[name] else ZERO
        in_base = to_base(limit, per_unit)
        check_rounding_precision(in_base, item.qty_rounding_precision, item.no, CAPTIONS[name])
        setattr(content, name, limit)
    if ZERO < content.max_qty < content.min_qty:
        raise MinAboveMax(min_qty=content.min_qty, max_qty=content.max_qty)
