"""A hall full of work for handhelds: users, stock and documents.

Every intent of every handheld is known before the first scan, so that what the ledgers hold
afterwards can be compared with what was meant.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scanner_app.access.user import Role, User
from scanner_app.code_index import CodeKind, Meaning, index_codes
from scanner_app.database import Database
from scanner_app.warehouse.activity import (
    ActivityType,
    WarehouseActivity,
)
from scanner_app.warehouse.employee import WarehouseEmployee
from scanner_app.warehouse.new_activity import NewPair, insert_activity
from tests.builders import Warehouse, build_warehouse, lot, serial
from tests.passwords import QUICK_HASH
from tests.reliability.handhelds import Code
from tests.warehouse.counting import add_count
from tests.warehouse.masters import Goods

SHELVES = ("A", "B", "C")
PICKED_FROM = "A"
LOT_QUANTITY = 10
COUNT_NAME = "SHARED"


@dataclass(frozen=True)
class Effect:
    """One unit or quantity that moved or was seen: in which work, at which bin."""

    kind: str
    bin_code: str
    number: str
    quantity: Decimal


@dataclass(frozen=True)
class Intent:
    """What a worker means, and the codes that say it."""

    effect: Effect
    codes: tuple[Code, ...]


@dataclass(frozen=True)
class Work:
    """One document of one handheld: its intents between a beginning and an end."""

    kind: str
    no: str
    intents: tuple[Intent, ...]
    first: tuple[Code, ...] = ()
    last: tuple[Code, ...] = ()

    @property
    def codes(self) -> list[Code]:
        """Everything to be scanned, in order."""
        return [*self.first, *(code for one in self.intents for code in one.codes), *self.last]


@dataclass
class Hall:
    """The warehouse with the work of each handheld by its user's name."""

    warehouse: Warehouse
    work: dict[str, list[Work]] = field(default_factory=dict)

    @property
    def intents(self) -> Counter[Effect]:
        """Everything that is meant, by all."""
        every = (one for works in self.work.values() for work in works for one in work.intents)
        return Counter(intent.effect for intent in every)


def make_hall(database: Database, handhelds: int, intents_each: int, seed: int) -> Hall:
    """Users, stock and documents; a third of the intents each is put away, picked and counted."""
    warehouse = build_warehouse(database)
    chance = random.Random(seed)
    serials, lots = warehouse.add_item("SERIALS", "serial"), warehouse.add_item("LOTS", "lot")
    third = intents_each // 3
    names = [f"H{number:02d}" for number in range(handhelds)]
    hall = Hall(warehouse)
    for name in names:
        warehouse.add_user(name)
        warehouse.add_bin(f"COUNT-{name}")
        for place in ("RECV", PICKED_FROM, f"COUNT-{name}"):
            _stock(warehouse, serials, lots, place, _numbers(name, place, third))
    add_count(warehouse, *(f"COUNT-{name}" for name in names), name=COUNT_NAME)
    make_scannable(warehouse)
    let_in(database, *names)
    for name in names:
        hall.work[name] = [
            _put_away(warehouse, serials, lots, _numbers(name, "RECV", third), chance),
            _pick(warehouse, serials, lots, _numbers(name, PICKED_FROM, third), chance),
            _count(name, _numbers(name, f"COUNT-{name}", third), chance),
        ]
    return hall


def let_in(database: Database, *names: str, role: Role = Role.WORKER) -> None:
    """Give users the password of the tests, a role, and their location as the default one."""

    def work(session: Session) -> None:
        chosen = User.user_name.in_(names)
        values = {"password_hash": QUICK_HASH, "role": role}
        session.execute(update(User).where(chosen).values(values))
        theirs = WarehouseEmployee.user_id.in_(select(User.id).where(chosen))
        session.execute(update(WarehouseEmployee).where(theirs).values(is_default=True))

    database.write(work)


def make_scannable(warehouse: Warehouse) -> None:
    """Enter the bins into the code index, as a label of each would be."""
    location_id = warehouse.location.id
    meanings = [
        Meaning(code, CodeKind.BIN, bin_.id, location_id=location_id)
        for code, bin_ in warehouse.bins.items()
    ]
    warehouse.write(lambda session: index_codes(session, meanings))


def _numbers(name: str, place: str, count: int) -> list[str]:
    """Every other one is a serial no., the rest are lot nos."""
    return [f"{'SL'[n % 2]}-{name}-{place[0]}{n:03d}" for n in range(count)]


def _is_serial(number: str) -> bool:
    return number.startswith("S")


def _stock(
    warehouse: Warehouse, serials: Goods, lots: Goods, place: str, numbers: Sequence[str]
) -> None:
    lines = [
        warehouse.line(serials, 1, serial(number))
        if _is_serial(number)
        else warehouse.line(lots, LOT_QUANTITY, lot(number))
        for number in numbers
    ]
    warehouse.post(*lines, bin_code=place)


def _new_pair(
    warehouse: Warehouse, serials: Goods, lots: Goods, number: str, bins: tuple[str, str]
) -> NewPair:
    goods = serials if _is_serial(number) else lots
    take, place = (warehouse.bins[code].id for code in bins)
    return NewPair(
        item=goods.item,
        variant_id=goods.variant_id,
        unit_of_measure_id=goods.units["PCS"][0],
        qty_per_unit_of_measure=Decimal(1),
        quantity=Decimal(1 if _is_serial(number) else LOT_QUANTITY),
        numbers=serial(number) if _is_serial(number) else lot(number),
        take_bin_id=take,
        place_bin_id=place,
    )


def _insert(warehouse: Warehouse, type_: ActivityType, pairs: Sequence[NewPair]) -> str:
    def work(session: Session) -> str:
        header = WarehouseActivity(type=type_, location_id=warehouse.location.id)
        return insert_activity(session, header, pairs, warehouse.by).no

    return warehouse.write(work)


def _put_away(
    warehouse: Warehouse,
    serials: Goods,
    lots: Goods,
    numbers: Sequence[str],
    chance: random.Random,
) -> Work:
    """Each number has a shelf of its own; unit and bin are scanned in either order."""
    shelves = {number: chance.choice(SHELVES) for number in numbers}
    pairs = [
        _new_pair(warehouse, serials, lots, number, ("RECV", shelf))
        for number, shelf in shelves.items()
    ]
    no = _insert(warehouse, ActivityType.PUT_AWAY, pairs)
    return Work(
        "put-away", no, tuple(_intent("put-away", n, b, chance) for n, b in shelves.items())
    )


def _pick(
    warehouse: Warehouse,
    serials: Goods,
    lots: Goods,
    numbers: Sequence[str],
    chance: random.Random,
) -> Work:
    pairs = [
        _new_pair(warehouse, serials, lots, number, (PICKED_FROM, "SHIP")) for number in numbers
    ]
    no = _insert(warehouse, ActivityType.PICK, pairs)
    return Work(
        "pick", no, tuple(_intent("pick", number, PICKED_FROM, chance) for number in numbers)
    )


def _intent(kind: str, number: str, bin_code: str, chance: random.Random) -> Intent:
    """A serial no. is one; of a lot some or all are meant, and typed."""
    unit, place = Code(number), Code(bin_code)
    if _is_serial(number):
        codes = (unit,) if kind == "pick" else chance.choice([(unit, place), (place, unit)])
        return Intent(Effect(kind, bin_code, number, Decimal(1)), codes)
    quantity = chance.randint(1, LOT_QUANTITY)
    typed = Code(str(quantity), "quantity")
    return Intent(Effect(kind, bin_code, number, Decimal(quantity)), (unit, typed, place))


def _count(name: str, numbers: Sequence[str], chance: random.Random) -> Work:
    """All handhelds share one count, each in a bin of its own."""
    place = f"COUNT-{name}"
    intents = []
    for number in numbers:
        quantity = 1 if _is_serial(number) else chance.randint(1, LOT_QUANTITY)
        typed = () if _is_serial(number) else (Code(str(quantity), "quantity"),)
        effect = Effect("count", place, number, Decimal(quantity))
        intents.append(Intent(effect, (Code(number), *typed)))
    return Work("count", COUNT_NAME, tuple(intents), (Code(place),), (Code(place),))
