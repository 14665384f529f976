"""Stock To Move: what lies in bins of some items, and how much of it is free (docs/domain.md 5.5).

Free is what open documents do not take from the bin and no shipment waits for. A document that
leaves the number to its worker takes of what is left, as long as enough is left.

This module must never change anything, nor know who scans.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking import TrackingNumbers, describe
from scanner_app.inventory.location import Location
from scanner_app.quantities import ZERO, from_base
from scanner_app.warehouse.bin import Bin, BinType, check_open_outbound
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.calculate_inventory import units_of_items
from scanner_app.warehouse.claims_on_stock import claims_of_documents
from scanner_app.warehouse.held_stock import by_goods, stock_in_bins
from scanner_app.warehouse.move_refusals import (
    AdjustmentBinNotMoved,
    ReceiveBinNotMoved,
    StockOnDocuments,
    StockPickedForShipment,
)
from scanner_app.warehouse.pickable_stock import (
    Claim,
    Goods,
    GoodsInUnit,
    LeftOut,
    PickableStock,
    StockInBin,
)
from scanner_app.warehouse.picked_numbers import picked_and_not_shipped
from scanner_app.warehouse.shipment import WarehouseShipment, WarehouseShipmentLine
from scanner_app.warehouse.warehouse_posting import QuantityInBinInsufficient

Taken = Mapping[int, Decimal]  # base quantities by the id of their balance
NOTHING_TAKEN: Taken = {}
GoodsInBin = tuple[int, GoodsInUnit]  # id of the bin first


@dataclass(frozen=True)
class PartToMove:
    """So much of one set of numbers, in base units."""

    goods: Goods
    stock: StockInBin
    quantity_base: Decimal

    @property
    def goods_in_unit(self) -> GoodsInUnit:
        """What it is, of whatever numbers."""
        return (*self.goods, self.stock.unit_of_measure_id)

    @property
    def goods_in_bin(self) -> GoodsInBin:
        """What it is and where it lies, of whatever numbers."""
        return self.stock.bin_id, self.goods_in_unit


class StockToMove:
    """What lies of some items in some bins of a location, in as many look-ups for one as for all.

    Attributes:
        per_unit: the base units in a unit, by item and unit.
    """

    def __init__(
        self, session: Session, location: Location, bins: Collection[Bin], item_ids: Collection[int]
    ) -> None:
        self._session = session
        self.location = location
        self._bins = {bin_.id: bin_ for bin_ in bins}
        row, ids = BinBalance, sorted(item_ids)
        here = (row.bin_id.in_(sorted(self._bins)), row.item_id.in_(ids), HAS_STOCK)
        held = by_goods(session, stock_in_bins().where(*here))
        self.per_unit = units_of_items(session, ids)
        self.parts = [
            PartToMove(goods, stock, stock.quantity_base)
            for goods, found in held.items()
            for stock in sorted(found, key=lambda stock: (stock.numbers, stock.id))
        ]
        self._together = defaultdict[GoodsInBin, list[StockInBin]](list)
        for part in self.parts:
            self._together[part.goods_in_bin].append(part.stock)
        self._shipment_of: dict[GoodsInBin, str] = {}
        self._claims = self._claims_of_shipments(ids)
        for unit, claims in claims_of_documents(session, location, ids).items():
            for claim in claims:
                self._claims[claim.bin_id or 0, unit].append(claim)

    @property
    def bin(self) -> Bin:
        """The bin, of stock that was asked of one bin only."""
        [bin_] = self._bins.values()
        return bin_

    def find_part(
        self, place: GoodsInBin, numbers: TrackingNumbers, quantity_base: Decimal
    ) -> PartToMove | None:
        """So much of the stock of some numbers in a bin, None where nothing of them lies there."""
        for stock in self._together[place]:
            if stock.numbers == numbers:
                return PartToMove((place[1][0], place[1][1]), stock, quantity_base)
        return None

    def free_base(self, part: PartToMove, taken: Taken = NOTHING_TAKEN) -> Decimal:
        """How much of a part may be moved when so much else of the bin is moved too."""
        place = part.goods_in_bin
        without = dict(taken) | {part.stock.id: ZERO}
        whole = without | {part.stock.id: part.stock.quantity_base}
        return part.stock.quantity_base - (
            self._missing(place, whole) - self._missing(place, without)
        )

    def check(self, parts: Sequence[PartToMove]) -> None:
        """Refuse what is not there, and what others take.

        Raises:
            QuantityInBinInsufficient: when the bin holds less.
            StockOnDocuments, StockPickedForShipment: when too little would be left for them.
        """
        summed = _summed(parts)
        taken = {part.stock.id: part.quantity_base for part in summed}
        for part in summed:
            if part.quantity_base > part.stock.quantity_base:
                raise self._insufficient(part)
        for place in dict.fromkeys(part.goods_in_bin for part in summed):
            if self._missing(place, taken) > self._missing(place, NOTHING_TAKEN):
                raise self._why_not([part for part in summed if part.goods_in_bin == place])

    def in_unit(self, part: PartToMove, quantity_base: Decimal) -> Decimal:
        """A base quantity in the unit in which the part lies there."""
        per: Decimal = self.per_unit[part.goods[0], part.stock.unit_of_measure_id]
        return from_base(quantity_base, per)

    def _missing(self, place: GoodsInBin, taken: Taken) -> Decimal:
        """How much of its claims a bin does not hold any more when so much is taken."""
        left = (
            stock._replace(quantity_base=stock.quantity_base - taken.get(stock.id, ZERO))
            for stock in self._together[place]
        )
        claims, found = self._claims[place], PickableStock(left, {})
        found.leave_out(claims)
        claimed = sum((claim.quantity_base for claim in claims), ZERO)
        return claimed - sum(found.left_out.values(), ZERO)

    def _claims_of_shipments(self, item_ids: Sequence[int]) -> defaultdict[GoodsInBin, list[Claim]]:
        """What is picked and waits in a shipment bin for its shipment to be posted."""
        line, shipment = WarehouseShipmentLine, WarehouseShipment
        unit = (line.item_id, line.variant_id, line.unit_of_measure_id)
        rows = self._session.execute(
            select(line.id, shipment.bin_id, shipment.no, *unit)
            .join(shipment, shipment.id == line.shipment_id)
            .where(
                shipment.location_id == self.location.id,
                shipment.bin_id.in_(sorted(self._bins)),
                line.item_id.in_(item_ids),
                line.qty_picked_base > line.qty_shipped_base,
            )
        ).all()
        places: dict[int, GoodsInBin] = {row[0]: (row[1], (row[3], row[4], row[5])) for row in rows}
        self._shipment_of = {places[row[0]]: row[2] for row in rows}
        claims: defaultdict[GoodsInBin, list[Claim]] = defaultdict(list)
        if not rows:
            return claims
        for line_id, numbers, quantity in picked_and_not_shipped(self._session, list(places)):
            place = places[line_id]
            claims[place].append(Claim(LeftOut.ON_OTHER_DOCUMENTS, quantity, place[0], numbers))
        return claims

    def _insufficient(self, part: PartToMove) -> QuantityInBinInsufficient:
        return QuantityInBinInsufficient(
            bin_code=part.stock.bin_code,
            available=self.in_unit(part, part.stock.quantity_base),
            quantity=self.in_unit(part, part.quantity_base),
            unit=self._unit(part),
            what=self._words(part),
        )

    def _why_not(self, parts: Iterable[PartToMove]) -> StockOnDocuments | StockPickedForShipment:
        """What is said of the first part of which too much would be moved."""
        taken: dict[int, Decimal] = {}
        short: list[tuple[PartToMove, Decimal]] = []
        for part in parts:
            free = self.free_base(part, taken)
            if part.quantity_base > free:
                short.append((part, free))
            taken[part.stock.id] = part.quantity_base
        part, free = short[0]
        shipment_no = self._shipment_of.get(part.goods_in_bin)
        if shipment_no:
            return StockPickedForShipment(
                what=self._words(part), bin_code=part.stock.bin_code, shipment_no=shipment_no
            )
        return StockOnDocuments(
            free=self.in_unit(part, free),
            unit=self._unit(part),
            what=self._words(part),
            bin_code=part.stock.bin_code,
        )

    def _words(self, part: PartToMove) -> str:
        return describe(self._session.get_one(Item, part.goods[0]).no, part.stock.numbers)

    def _unit(self, part: PartToMove) -> str:
        return self._session.get_one(UnitOfMeasure, part.stock.unit_of_measure_id).code


def _summed(parts: Iterable[PartToMove]) -> list[PartToMove]:
    """One part for each stock, where several take from it."""
    found: dict[int, PartToMove] = {}
    for part in parts:
        before = found.get(part.stock.id)
        total = part.quantity_base + (before.quantity_base if before else ZERO)
        found[part.stock.id] = replace(part, quantity_base=total)
    return list(found.values())


def items_in_packages(session: Session, bin_: Bin, package_nos: Collection[str]) -> set[int]:
    """The items that lie in packages in a bin."""
    if not package_nos:
        return set()
    row = BinBalance
    in_packages = (row.bin_id == bin_.id, row.package_no.in_(sorted(package_nos)), HAS_STOCK)
    return set(session.scalars(select(row.item_id).where(*in_packages).distinct()))


def check_move_from(session: Session, location: Location, bin_: Bin) -> None:
    """Refuse a bin from which nothing is moved.

    Raises:
        AdjustmentBinNotMoved, ReceiveBinNotMoved, BinBlocked: when it is one.
    """
    _check_real_bin(session, location, bin_)
    check_open_outbound(bin_)


def check_move_to(session: Session, location: Location, bin_: Bin) -> None:
    """Refuse a bin into which nothing is moved; its block is what registering asks.

    Raises:
        AdjustmentBinNotMoved, ReceiveBinNotMoved: when it is one.
    """
    _check_real_bin(session, location, bin_)


def _check_real_bin(session: Session, location: Location, bin_: Bin) -> None:
    if bin_.is_adjustment_bin:
        raise AdjustmentBinNotMoved(bin_code=bin_.code)
    bin_type = session.get(BinType, bin_.bin_type_id) if bin_.bin_type_id else None
    if location.directed_put_away_and_pick and bin_type is not None and bin_type.receive:
        raise ReceiveBinNotMoved(bin_code=bin_.code, bin_type=bin_type.code)
