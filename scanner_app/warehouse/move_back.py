"""Move back what a registered put-away or movement placed (docs/domain.md 5.6).

The way back is a movement of its own, registered at once. What a put-away brought goes back to
the receipt bin, and is to be put away again.

This module must never change what was registered, nor which numbers are moved.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import InvariantBroken
from scanner_app.insert_rows import insert_rows
from scanner_app.inventory.location import Location
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.quantities import ZERO
from scanner_app.warehouse.activity import ActivityType, RegisteredActivity
from scanner_app.warehouse.create_put_away import create_put_away
from scanner_app.warehouse.move_stock import register_movement
from scanner_app.warehouse.moved_back import LineMovedBack, MovedBack, NothingToMoveBack
from scanner_app.warehouse.new_activity import NewPair
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.registered_documents import (
    RegisteredPair,
    find_registered,
    pairs_of_registered,
)
from scanner_app.warehouse.source_of_activity import tell_receipt_of_return
from scanner_app.warehouse.stock_to_move import PartToMove, StockToMove, check_move_from
from scanner_app.warehouse.warehouse_posting import QuantityInBinInsufficient

MOVED_BACK_TYPES = frozenset({ActivityType.PUT_AWAY, ActivityType.MOVEMENT})
LINES_AT_ONCE_MAX = 100


@dataclass(frozen=True)
class MovedBackResult:
    """The registered movement, how many lines it brought back, and what is to be done next.

    Attributes:
        put_away_no: the put-away that sends the goods of a put-away on, '' where there is none.
    """

    no: str
    lines: int
    put_away_no: str = ""


def may_move_back(registered: RegisteredActivity) -> bool:
    """A put-away and a movement; what was picked belongs to its shipment."""
    return registered.type in MOVED_BACK_TYPES


def move_back(
    session: Session, registered_id: int, line_ids: Collection[int], by: By
) -> MovedBackResult:
    """Bring chosen lines of a registered document back to the bins they came from.

    `line_ids` are those of their Place lines.

    Raises:
        RuleRefused: the first rule that does not hold; nothing is written then.
    """
    hold_set_up(session)
    registered = _lock(session, registered_id)
    location = session.get_one(Location, registered.location_id)
    pairs = _chosen(session, registered, line_ids)
    stock = stock_of_pairs(session, location, pairs)
    for bin_ in {pair.to_bin.id: pair.to_bin for pair in pairs}.values():
        check_move_from(session, location, bin_)
    moves = [(_part(stock, pair), pair.from_bin.id) for pair in pairs]
    result = register_movement(session, stock, moves, by, source_no=registered.no)
    _keep(session, location, pairs, result.no)
    put_away_no = ""
    if registered.type is ActivityType.PUT_AWAY:
        put_away_no = _put_away_again(session, registered, stock, pairs, by)
    return MovedBackResult(result.no, len(pairs), put_away_no)


def stock_of_pairs(
    session: Session, location: Location, pairs: Sequence[RegisteredPair]
) -> StockToMove:
    """What lies of the goods in the bins that they were placed in."""
    bins = {pair.to_bin.id: pair.to_bin for pair in pairs}
    return StockToMove(session, location, bins.values(), {pair.item.id for pair in pairs})


def free_of_pairs(stock: StockToMove, pairs: Sequence[RegisteredPair]) -> dict[int, Decimal]:
    """How much of each line may be moved back when those before it are too, in its unit."""
    taken: dict[int, Decimal] = {}
    free: dict[int, Decimal] = {}
    for pair in pairs:
        part = _find_part(stock, pair)
        if part is None:
            free[pair.id] = ZERO
            continue
        before = taken.get(part.stock.id, ZERO)
        left = max(stock.free_base(part, taken) - before, ZERO)
        base = min(left, pair.quantity_base)
        taken[part.stock.id] = before + base
        free[pair.id] = stock.in_unit(part, base)
    return free


def _lock(session: Session, registered_id: int) -> RegisteredActivity:
    """One by one, so that no line goes back twice."""
    row = RegisteredActivity
    return session.scalars(select(row).where(row.id == registered_id).with_for_update()).one()


def _chosen(
    session: Session, registered: RegisteredActivity, line_ids: Collection[int]
) -> list[RegisteredPair]:
    pairs = pairs_of_registered(session, registered, rows_max=LINES_AT_ONCE_MAX, ids=line_ids)
    if not pairs:
        raise NothingToMoveBack(no=registered.no)
    for pair in pairs:
        if pair.moved_back_no:
            raise LineMovedBack(what=pair.what, no=pair.moved_back_no)
    return pairs


def _find_part(stock: StockToMove, pair: RegisteredPair) -> PartToMove | None:
    goods = (pair.item.id, pair.variant_id, pair.unit_of_measure_id)
    return stock.find_part((pair.to_bin.id, goods), pair.numbers, pair.quantity_base)


def _part(stock: StockToMove, pair: RegisteredPair) -> PartToMove:
    """What of the stock the line is; its numbers and dates are those that lie there."""
    part = _find_part(stock, pair)
    if part is None:
        raise QuantityInBinInsufficient(
            bin_code=pair.to_bin.code,
            available=ZERO,
            quantity=pair.quantity,
            unit=pair.unit,
            what=pair.what,
        )
    return part


def _keep(session: Session, location: Location, pairs: Sequence[RegisteredPair], no: str) -> None:
    movement = find_registered(session, location, ActivityType.MOVEMENT, no)
    if movement is None:
        raise InvariantBroken("a movement was registered and is not there")
    rows = [{"registered_line_id": pair.id, "movement_id": movement.id} for pair in pairs]
    insert_rows(session, MovedBack, rows)


def _put_away_again(
    session: Session,
    registered: RegisteredActivity,
    stock: StockToMove,
    pairs: Sequence[RegisteredPair],
    by: By,
) -> str:
    """The goods of a put-away are at the dock again, and so they are to be put away."""
    returned: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for pair in pairs:
        if pair.source_document_line_id is not None:
            returned[pair.source_document_line_id] += pair.quantity_base
    tell_receipt_of_return(session, returned)
    if not stock.location.puts_away:
        return ""
    to_put_away = [_pair_again(stock, pair) for pair in pairs]
    made = create_put_away(session, stock.location, registered.source_no, to_put_away, by)
    return made.no if made else ""


def _pair_again(stock: StockToMove, pair: RegisteredPair) -> NewPair:
    lying = _part(stock, pair).stock
    return NewPair(
        item=pair.item,
        variant_id=pair.variant_id,
        unit_of_measure_id=pair.unit_of_measure_id,
        qty_per_unit_of_measure=stock.per_unit[pair.item.id, pair.unit_of_measure_id],
        quantity=pair.quantity,
        numbers=pair.numbers,
        take_bin_id=pair.from_bin.id,
        place_bin_id=None,
        warranty_date=lying.warranty_date,
        expiration_date=lying.expiration_date,
        source_document_line_id=pair.source_document_line_id,
    )
