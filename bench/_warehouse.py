"""A warehouse of any size for the benches: stock in bulk, and put-aways ready to scan.

The put-aways come from receipts that the product's own verbs post. Filled databases are kept
under build/bench/ and copied for each run.
"""

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench._bulk_stock import BulkLedgers, StockRecord
from scanner_app.access.passwords import hash_password
from scanner_app.access.user import User
from scanner_app.database import Database
from scanner_app.inventory.item import Item
from scanner_app.migrations.upgrade import upgrade
from scanner_app.warehouse.activity import (
    ActionType,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.master_codes import index_bins, index_item
from tests.builders import Warehouse, build_warehouse, lot, serial
from tests.warehouse.documents import Part, receive
from tests.warehouse.masters import DAY, Goods

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "bench"
USER, PASSWORD = "WORKER", "a password of benches only"

RECORDS_PER_REGISTER = 1000
ITEMS_OF_A_KIND = 10
PAIRS_PER_PUT_AWAY = 20
LOT_QUANTITY = 24


@dataclass(frozen=True)
class Size:
    """How many stock records there are, and how many warehouse entries they came from.

    Attributes:
        bins: how many bins the stock lies in; a number that shares no divisor with the kinds of
            items spreads each item over all of them.
        dated: whether lots have expiration dates and are picked first expired first out.
    """

    stock: int
    entries: int
    put_aways: int
    bins: int = 200
    dated: bool = False

    @property
    def name(self) -> str:
        """The size in the name of a file."""
        dated = "-dated" if self.dated else ""
        return f"{self.stock}-{self.entries}-{self.put_aways}-{self.bins}{dated}"


@dataclass(frozen=True)
class PutAway:
    """One put-away: the code of each unit and of the bin where it goes."""

    id: int
    no: str
    scans: tuple[tuple[str, str], ...]


def copy_of_warehouse(size: Size, target: Path) -> Path:
    """A filled database of a size at a place of its own, made when it is asked for first."""
    own = FOLDER / f"warehouse-{size.name}-{_fingerprint()}.db"
    if not own.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        draft = own.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        database = Database(f"sqlite:///{draft}")
        upgrade(database)
        _fill(database, size)
        database.close()
        draft.rename(own)
        for rest in FOLDER.glob(f"{draft.name}*"):
            rest.unlink()
    shutil.copyfile(own, target)
    return target


def put_aways_of(database: Database) -> list[PutAway]:
    """The put-aways that wait, in the order in which they were made."""
    place = WarehouseActivityLine
    statement = (
        select(WarehouseActivity, place.serial_no, place.lot_no, Item.gtin, Bin.code)
        .join(place, place.activity_id == WarehouseActivity.id)
        .join(Item, Item.id == place.item_id)
        .join(Bin, Bin.id == place.bin_id)
        .where(place.action_type == ActionType.PLACE)
        .order_by(WarehouseActivity.id, place.line_no)
    )
    scans: dict[tuple[int, str], list[tuple[str, str]]] = {}
    with database.read() as session:
        for activity, serial_no, lot_no, gtin, bin_code in session.execute(statement):
            label = serial_no or f"]C101{gtin}10{lot_no}"
            scans.setdefault((activity.id, activity.no), []).append((label, bin_code))
    return [PutAway(key, no, tuple(pairs)) for (key, no), pairs in scans.items()]


def _fingerprint() -> str:
    """Changes with the tables and with what fills them."""
    sources = [
        *(ROOT / "scanner_app" / "migrations" / "versions").glob("*.py"),
        *(ROOT / "bench" / name for name in ("_warehouse.py", "_bulk_stock.py")),
    ]
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def _fill(database: Database, size: Size) -> None:
    warehouse = build_warehouse(database, require_receive=True, require_put_away=True)
    serials = [
        warehouse.add_item(f"S{n:03d}", "serial", "lot", gtin=_gtin(n))
        for n in range(ITEMS_OF_A_KIND)
    ]
    warehouse.change(warehouse.location, pick_according_to_fefo=size.dated)
    lots = [
        warehouse.add_item(f"L{n:03d}", "lot", gtin=_gtin(100 + n), use_expiration_dates=size.dated)
        for n in range(ITEMS_OF_A_KIND)
    ]
    bins = database.write(partial(_finish_masters, warehouse, [*serials, *lots], size.bins))
    with database.engine.begin() as connection:
        ledgers = BulkLedgers(connection, warehouse.by.user_id)
        for register, first in enumerate(range(0, size.stock, RECORDS_PER_REGISTER)):
            moves = _moves(size, register)
            keys = range(first, min(first + RECORDS_PER_REGISTER, size.stock))
            ledgers.insert([_record(key, moves, serials, lots, bins, size) for key in keys])
        ledgers.insert_counters()
    for number in range(size.put_aways):
        receive(warehouse, *_parts(number, serials, lots))


def _gtin(number: int) -> str:
    digits = f"04012345{number:05d}"
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def _finish_masters(
    warehouse: Warehouse, items: Sequence[Goods], bins: int, session: Session
) -> list[Bin]:
    """Make everything scannable, add the bulk bins and a password; returns the bulk bins."""
    pick_bin = warehouse.bins["A"]
    bulk = [
        Bin(
            location_id=warehouse.location.id,
            code=f"W-{number:04d}",
            zone_id=pick_bin.zone_id,
            bin_type_id=pick_bin.bin_type_id,
        )
        for number in range(bins)
    ]
    session.add_all(bulk)
    session.flush()
    for bin_ in [*warehouse.bins.values(), *bulk]:
        index_bins(session, bin_.location_id, {bin_.code: bin_.id})
    for goods in items:
        index_item(session, goods.item)
    user = session.get_one(User, warehouse.by.user_id)
    user.password_hash = hash_password(PASSWORD)
    return bulk


def _moves(size: Size, register: int) -> int:
    """An even number of entries per record is the mean of two odd ones: a receipt and moves."""
    return (size.entries // size.stock - 1 + register % 2) // 2


def _record(
    key: int,
    moves: int,
    serials: Sequence[Goods],
    lots: Sequence[Goods],
    bins: Sequence[Bin],
    size: Size,
) -> StockRecord:
    kind, number = key % 2, key // 2
    good_for = timedelta(days=number * 7919 % 700)  # in another order than the numbers
    return StockRecord(
        key=key,
        goods=(serials, lots)[kind][number % ITEMS_OF_A_KIND],
        serial_no="" if kind else f"SN{number:07d}",
        lot_no=f"LOT{number:07d}" if kind else f"LS{number // 500:05d}",
        quantity=Decimal(LOT_QUANTITY if kind else 1),
        home=bins[number % len(bins)],
        other=bins[(number + 1) % len(bins)],
        moves=moves,
        expiration_date=DAY + good_for if size.dated and kind else None,
    )


def _parts(number: int, serials: Sequence[Goods], lots: Sequence[Goods]) -> Iterator[Part]:
    """Half of a put-away are serial numbers, half are lots."""
    for line in range(PAIRS_PER_PUT_AWAY // 2):
        key = f"{number:05d}{line:02d}"
        yield Part(serials[line % ITEMS_OF_A_KIND], 1, serial(f"PS{key}", f"PL{number:05d}"))
        yield Part(lots[line % ITEMS_OF_A_KIND], LOT_QUANTITY, lot(f"PT{key}"))
