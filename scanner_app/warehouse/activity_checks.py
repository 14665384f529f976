"""What is checked before a put-away, pick or movement is registered (docs/domain.md 5.3).

This module must never write: `register_activity` does, when nothing here refused.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import (
    check_numbers_given,
    check_serial_quantity,
    describe,
    numbers_of,
)
from scanner_app.inventory.item_tracking_code import ItemTrackingCode, numbers_in_warehouse
from scanner_app.inventory.location import Location
from scanner_app.inventory.posting_refusals import NumberBlocked
from scanner_app.inventory.tracking_information import (
    NumberOfItem,
    find_cards,
    numbers_by_kind,
)
from scanner_app.quantities import ZERO
from scanner_app.warehouse.activity import (
    ActionType,
    ActivityType,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.bin import Bin, BlockMovement, bins_by_id
from scanner_app.warehouse.bin_room import Change, check_room

ItemsWithCodes = dict[int, tuple[Item, ItemTrackingCode | None]]
Balance = tuple[int, int, str, str, str]


class NothingToRegister(RuleRefused):
    """No line has a quantity to handle."""

    message = N_("Nothing of {document_no} is scanned yet.")
    way_out = N_("Scan at least one line, then register.")
    field = "Qty. to Handle"


class TakeAndPlaceDiffer(RuleRefused):
    """What is taken must be placed."""

    message = N_("{what}: {taken} taken, {placed} placed.")
    way_out = N_("Scan the rest of the line, or undo the half that is too much.")
    field = "Qty. to Handle"


class LineWithoutBin(RuleRefused):
    """A line to be registered names no bin."""

    message = N_("The line of {what} has no bin yet.")
    way_out = N_("Scan the bin where it goes.")
    field = "Bin Code"


class TakeAndPlaceInSameBin(RuleRefused):
    """A movement has to move."""

    message = N_("{what} would be taken from and placed in the same bin.")
    way_out = N_("Scan another bin.")
    field = "Bin Code"


class BlockedNumberNotKept(RuleRefused):
    """Blocked goods may leave the shelf, but only to where nobody takes them from."""

    message = N_("{kind} {number} of item {item_no} is blocked; bin {bin_code} would let it out.")
    way_out = N_("Move it to a bin whose Block Movement is Outbound.")
    field = "Bin Code"


class BlockedNumberWithoutReason(RuleRefused):
    """Who takes blocked goods from the shelf says why."""

    message = N_("{kind} {number} of item {item_no} is blocked, and its line gives no reason.")
    way_out = N_("Enter the Reason Code for which it is moved.")
    field = "Reason Code"


def check_activity(
    session: Session,
    activity: WarehouseActivity,
    lines: Sequence[WarehouseActivityLine],
    items: ItemsWithCodes,
) -> None:
    """Check the lines that are to be registered, in the order of docs/domain.md 5.3.

    Raises:
        RuleRefused: the first rule that does not hold.
    """
    if not lines:
        raise NothingToRegister(document_no=activity.no)
    _check_balanced(lines, items)
    for line in lines:
        item, code = items[line.item_id]
        what = describe(item.no, numbers_of(line))
        check_numbers_given(numbers_of(line), numbers_in_warehouse(code), item.no)
        check_serial_quantity(numbers_of(line), line.qty_to_handle_base)
        if line.bin_id is None:
            raise LineWithoutBin(what=what)
    _check_pairs_move(lines, items)
    if activity.type is ActivityType.PICK:
        check_not_blocked(session, [line for line in lines if _takes(line)], items)
    location = session.get_one(Location, activity.location_id)
    if activity.type is ActivityType.MOVEMENT and not location.directed_put_away_and_pick:
        check_blocked_are_kept(session, lines, items)
    if activity.type is not ActivityType.PICK:
        check_room(session, location, _changes(session, lines, items))


def check_not_blocked(
    session: Session,
    lines: Sequence[WarehouseActivityLine],
    items: ItemsWithCodes,
) -> None:
    """Refuse a number whose card is blocked; only picks ask (docs/domain.md 2.7).

    Raises:
        NumberBlocked: for the first one found.
    """
    for item_id, _, kind, number in _blocked_numbers(session, lines):
        raise NumberBlocked(kind=kind.value, number=number, item_no=items[item_id][0].no)


def check_blocked_are_kept(
    session: Session, lines: Sequence[WarehouseActivityLine], items: ItemsWithCodes
) -> None:
    """An inventory movement takes a blocked number to a bin that lets nothing out, for a reason.

    Raises:
        BlockedNumberWithoutReason: for the first that is taken without one.
        BlockedNumberNotKept: for the first that is placed elsewhere.
    """
    bins = bins_by_id(session, {line.bin_id for line in lines}).values()
    kept_in = {each.id for each in bins if each.block_movement is BlockMovement.OUTBOUND}
    blocked = set(_blocked_numbers(session, lines))
    for line in lines:
        numbers = numbers_by_kind(line.item_id, line.variant_id, numbers_of(line))
        for _, _, kind, number in (each for each in numbers if each in blocked):
            item_no = items[line.item_id][0].no
            if _takes(line) and line.reason_code_id is None:
                raise BlockedNumberWithoutReason(kind=kind.value, number=number, item_no=item_no)
            if not _takes(line) and line.bin_id not in kept_in:
                bin_code = session.get_one(Bin, line.bin_id).code
                raise BlockedNumberNotKept(
                    kind=kind.value, number=number, item_no=item_no, bin_code=bin_code
                )


def _blocked_numbers(
    session: Session, lines: Sequence[WarehouseActivityLine]
) -> list[NumberOfItem]:
    numbers = {
        number
        for line in lines
        for number in numbers_by_kind(line.item_id, line.variant_id, numbers_of(line))
    }
    return [number for number, card in sorted(find_cards(session, numbers).items()) if card.blocked]


def _changes(
    session: Session, lines: Sequence[WarehouseActivityLine], items: ItemsWithCodes
) -> list[Change]:
    """What the lines bring into bins, and take out of them."""
    bins = bins_by_id(session, {line.bin_id for line in lines})
    return [
        Change(
            bins[line.bin_id or 0],
            items[line.item_id][0],
            line.variant_id,
            line.unit_of_measure_id,
            line.qty_per_unit_of_measure,
            -line.qty_to_handle_base if _takes(line) else line.qty_to_handle_base,
        )
        for line in lines
    ]


def _takes(line: WarehouseActivityLine) -> bool:
    return line.action_type is ActionType.TAKE


def _check_balanced(
    lines: Sequence[WarehouseActivityLine],
    items: ItemsWithCodes,
) -> None:
    """Per item, variant and numbers, as much is placed as is taken."""
    totals: defaultdict[Balance, dict[ActionType, Decimal]] = defaultdict(
        lambda: {ActionType.TAKE: ZERO, ActionType.PLACE: ZERO}
    )
    for line in lines:
        key = (line.item_id, line.variant_id, *numbers_of(line).as_tuple())
        totals[key][line.action_type] += line.qty_to_handle_base
    for line in lines:
        both = totals[(line.item_id, line.variant_id, *numbers_of(line).as_tuple())]
        if both[ActionType.TAKE] != both[ActionType.PLACE]:
            raise TakeAndPlaceDiffer(
                what=describe(items[line.item_id][0].no, numbers_of(line)),
                taken=both[ActionType.TAKE],
                placed=both[ActionType.PLACE],
            )


def _check_pairs_move(
    lines: Sequence[WarehouseActivityLine],
    items: ItemsWithCodes,
) -> None:
    taken_from = {
        (line.pair_no, line.bin_id, line.unit_of_measure_id) for line in lines if _takes(line)
    }
    for line in lines:
        if not _takes(line) and (line.pair_no, line.bin_id, line.unit_of_measure_id) in taken_from:
            what = describe(items[line.item_id][0].no, numbers_of(line))
            raise TakeAndPlaceInSameBin(what=what)
