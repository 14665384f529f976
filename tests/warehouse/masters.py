"""Master records for the tests, each made in the session that it is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.user import Role, User
from scanner_app.inventory.item import Item, ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import NumberSeries, NumberSeriesLine
from scanner_app.warehouse.bin import Bin, BinType, Zone
from scanner_app.warehouse.employee import WarehouseEmployee
from scanner_app.warehouse.register_activity import By

DAY = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SERIES = (
    ("PUTAWAY", "PU0001"),
    ("PICK", "PI0001"),
    ("MOVEMENT", "MV0001"),
    ("REG-PUTAWAY", "RPU0001"),
    ("REG-PICK", "RPI0001"),
    ("REG-MOVE", "RMV0001"),
    ("POSTED-REC", "PR0001"),
    ("POSTED-SHP", "PS0001"),
    ("PHYSINV", "CNT0001"),
    ("WHITEM", "WI0001"),
    ("WHRECLASS", "WR0001"),
    ("SYNC", "SYNC0001"),
    ("RECEIPT", "RC0001"),
    ("SHIPMENT", "SM0001"),
    ("TRANSFER", "TO0001"),
    ("POSTED-TSH", "TS0001"),
    ("POSTED-TRC", "TR0001"),
)
BIN_TYPES = {
    "RECEIVE": {"receive": True},
    "SHIP": {"ship": True},
    "PUTAWAY": {"put_away": True},
    "PUTPICK": {"put_away": True, "pick": True},
    "QC": {},
}


@dataclass(frozen=True)
class Goods:
    """An item with what every line of it has to say."""

    item: Item
    tracking_code: ItemTrackingCode | None
    variant_id: int
    units: Mapping[str, tuple[int, Decimal]]

    @property
    def id(self) -> int:
        return self.item.id

    @property
    def serial_specific(self) -> bool:
        return self.tracking_code is not None and self.tracking_code.serial_specific_tracking


def add_location(session: Session, code: str, **fields: object) -> Location:
    location = Location(code=code, name=code.title(), **fields)
    session.add(location)
    session.flush()
    return location


def add_series(session: Session, code: str, starting_no: str, **fields: object) -> NumberSeriesLine:
    series = NumberSeries(code=code)
    session.add(series)
    session.flush()
    usual: dict[str, object] = {"starting_date": date(2026, 1, 1)}
    line = NumberSeriesLine(number_series_id=series.id, starting_no=starting_no, **(usual | fields))
    session.add(line)
    session.flush()
    return line


def add_bin(session: Session, location_id: int, code: str, bin_type: str, **fields: object) -> Bin:
    kind = session.scalar(select(BinType).where(BinType.code == bin_type))
    zone = None
    if kind is not None:
        zone = session.scalar(
            select(Zone).where(Zone.location_id == location_id, Zone.code == bin_type)
        ) or Zone(location_id=location_id, code=bin_type, bin_type_id=kind.id)
        session.add(zone)
        session.flush()
    bin_ = Bin(
        location_id=location_id,
        code=code,
        zone_id=zone.id if zone else None,
        bin_type_id=kind.id if kind else None,
        **fields,
    )
    session.add(bin_)
    session.flush()
    return bin_


def add_worker(session: Session, name: str, location: Location, *, is_default: bool) -> By:
    user = User(user_name=name, role=Role.WORKER, password_hash="none", created_at=MOMENT)
    session.add(user)
    session.flush()
    assigned = {"user_id": user.id, "location_id": location.id}
    session.add(WarehouseEmployee(**assigned, is_default=is_default))
    return By(user.id, DAY, MOMENT)


def add_item(
    session: Session,
    no: str,
    kinds: tuple[str, ...],
    units: Mapping[str, int],
    own: Mapping[str, object],
    switches: Mapping[str, object],
) -> Goods:
    code = None
    if kinds or switches:
        code = ItemTrackingCode(code=no[:10], **{f: True for k in kinds for f in _tracks(k)})
        for name, value in switches.items():
            setattr(code, name, value)
        session.add(code)
        session.flush()
    made = {name: _unit(session, name) for name in ("PCS", *units)}
    item = Item(
        no=no,
        base_unit_of_measure_id=made["PCS"],
        item_tracking_code_id=code.id if code else None,
        **{"description": f"Item {no}", **own},
    )
    session.add(item)
    session.flush()
    variant = ItemVariant(item_id=item.id, code="")
    session.add(variant)
    factors = {"PCS": Decimal(1)} | {name: Decimal(count) for name, count in units.items()}
    session.add_all(
        ItemUnit(item_id=item.id, unit_of_measure_id=made[name], qty_per_unit_of_measure=factor)
        for name, factor in factors.items()
    )
    session.flush()
    return Goods(item, code, variant.id, {name: (made[name], factors[name]) for name in factors})


def _tracks(kind: str) -> tuple[str, str]:
    return (f"{kind}_specific_tracking", f"{kind}_warehouse_tracking")


def _unit(session: Session, code: str) -> int:
    unit = session.scalar(select(UnitOfMeasure).where(UnitOfMeasure.code == code))
    if unit is None:
        unit = UnitOfMeasure(code=code)
        session.add(unit)
        session.flush()
    return unit.id
