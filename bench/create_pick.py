"""What a pick of 500 lines costs among 100,000 bin contents, beside its rows written raw.

    python bench/create_pick.py [--small] [--json]

Twenty items lie in 5,000 contents each, one in every bin: serial nos. are picked by the ranking of
the bins, lots first expired first out. A shipment of 500 lines asks for all of them, and its pick
is made by the product's own verb. The floor is the driver alone: the same rows into the same
tables of an empty database. Both are done in turn; each figure is a median of processor time. Each
pick is taken back before the next. A line takes no statement: 50 lines and 500 send as many.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bench._raw_rows import Rows, insert_raw, last_ids, rows_after
from bench._report import print_table, report
from bench._warehouse import FOLDER, Size, copy_of_warehouse
from scanner_app.access.user import User
from scanner_app.code_index import CodeIndexEntry
from scanner_app.database import Database
from scanner_app.inventory.item import Item, ItemVariant
from scanner_app.inventory.location import Location
from scanner_app.quantities import ONE
from scanner_app.warehouse.activity import WarehouseActivity, WarehouseActivityLine
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.create_pick import create_pick
from scanner_app.warehouse.register_activity import By
from scanner_app.web.application import collect_garbage_less
from tests.builders import Warehouse
from tests.sent_statements import statements_sent
from tests.warehouse.documents import Part, add_shipment
from tests.warehouse.masters import DAY, MOMENT, Goods

LINES, FEW_LINES, ROUNDS = 500, 50, 9
# A number of bins that shares no divisor with the ten items of a kind: each lies in all of them.
FULL = Size(stock=100_000, entries=100_000, put_aways=0, bins=5_003, dated=True)
SMALL = Size(stock=10_000, entries=10_000, put_aways=0, bins=503, dated=True)
SERIALS_OF_A_LINE, QUANTITY_OF_A_LINE = 2, 30
TO_FLOOR_MAX = 10.0
TABLES = [
    table.__tablename__ for table in (WarehouseActivity, WarehouseActivityLine, CodeIndexEntry)
]


@dataclass(frozen=True)
class Hall:
    """A filled database, its items, and who works there."""

    path: Path
    warehouse: Warehouse
    goods: Sequence[Goods]


@dataclass(frozen=True)
class Result:
    """All that one run measured."""

    contents: int
    rows: int
    seconds: float
    waited: float
    floor: float
    statements: tuple[int, int]

    @property
    def to_floor(self) -> float:
        """How many times the floor a pick costs."""
        return self.seconds / self.floor

    @property
    def is_ok(self) -> bool:
        """Whether both limits hold."""
        few, many = self.statements
        return self.to_floor <= TO_FLOOR_MAX and few == many


def main() -> None:
    """Measure, print the table and the verdict."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--small", action="store_true", help="a quick look on less data")
    arguments.add_argument("--json", action="store_true", help="one JSON object as last line")
    asked = arguments.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    collect_garbage_less()  # as a server does when it starts
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        result = _measure(Path(folder), SMALL if asked.small else FULL)
    _print(result)
    _report(result, as_json=asked.json)


def _measure(folder: Path, size: Size) -> Result:
    hall = _open(copy_of_warehouse(size, folder / "hall.db"))
    few, many = (add_shipment(hall.warehouse, *_parts(hall, lines)) for lines in (FEW_LINES, LINES))
    statements = tuple(_count_statements(hall, shipment_id) for shipment_id in (few, many))
    took, floors, waited = [], [], []
    for number in range(ROUNDS):
        before = last_ids(hall.path, TABLES)
        began, began_cpu = time.perf_counter(), time.process_time()
        pick_id = _pick(hall, many)
        took.append(time.process_time() - began_cpu)
        waited.append(time.perf_counter() - began - took[-1])
        rows = rows_after(hall.path, before)
        floors.append(insert_raw(folder / f"floor-{number}.db", rows, clock=time.process_time))
        _take_back(hall, pick_id)
    contents = _contents(hall)
    hall.warehouse.database.close()
    few_sent, many_sent = statements
    return Result(
        contents,
        _count_rows(rows),
        median(took),
        median(waited),
        median(floors),
        (few_sent, many_sent),
    )


def _open(path: Path) -> Hall:
    database = Database(f"sqlite:///{path}")
    with database.read() as session:
        location = session.scalars(select(Location)).one()
        by = By(session.scalars(select(User.id)).one(), DAY, MOMENT)
        bins = session.scalars(select(Bin).where(Bin.id == location.shipment_bin_id))
        warehouse = Warehouse(database, location, by, {bin_.code: bin_ for bin_ in bins})
        variant = ItemVariant.item_id == Item.id
        items = session.execute(select(Item, ItemVariant.id).join(ItemVariant, variant))
        goods = [
            Goods(item, None, variant_id, {"PCS": (item.base_unit_of_measure_id, ONE)})
            for item, variant_id in items
        ]
    return Hall(path, warehouse, goods)


def _parts(hall: Hall, lines: int) -> Iterator[Part]:
    for line in range(lines):
        goods = hall.goods[line % len(hall.goods)]
        is_serial = goods.item.no.startswith("S")
        yield Part(goods, SERIALS_OF_A_LINE if is_serial else QUANTITY_OF_A_LINE)


def _count_statements(hall: Hall, shipment_id: int) -> int:
    with statements_sent(hall.warehouse.database.engine) as sent:
        pick_id = _pick(hall, shipment_id)
    _take_back(hall, pick_id)
    return len(sent)


def _pick(hall: Hall, shipment_id: int) -> int:
    def work(session: Session) -> int:
        return create_pick(session, shipment_id, hall.warehouse.by).id

    return hall.warehouse.write(work)


def _take_back(hall: Hall, pick_id: int) -> None:
    """Leave the stock as unclaimed as it was before the pick."""
    hall.warehouse.write(partial(_delete, pick_id))


def _delete(pick_id: int, session: Session) -> None:
    line, pick = WarehouseActivityLine, WarehouseActivity
    session.execute(delete(line).where(line.activity_id == pick_id))
    session.execute(delete(pick).where(pick.id == pick_id))


def _contents(hall: Hall) -> int:
    row = BinBalance
    contents = select(row.bin_id, row.item_id).where(HAS_STOCK).distinct().subquery()
    with hall.warehouse.database.read() as session:
        return session.scalar(select(func.count()).select_from(contents)) or 0


def _count_rows(rows: Rows) -> int:
    return sum(len(of_table) for _, of_table in rows.values())


def _print(result: Result) -> None:
    print(f"A pick of {LINES} lines among {result.contents} bin contents, {result.rows} rows")
    row = ("create pick", *(f"{n * 1000:.1f}" for n in (result.seconds, result.floor)))
    ratio = f"{result.to_floor:.1f}"
    print_table(
        ("processor ms", "product", "rows raw", "ratio", "limit"), [(*row, ratio, TO_FLOOR_MAX)]
    )
    print(f"waited, for the disk above all: {result.waited * 1000:.1f} ms")
    few, many = result.statements
    verdict = "as many" if few == many else "NOT as many"
    print(f"statements: {few} for {FEW_LINES} lines, {many} for {LINES}: {verdict}")


def _report(result: Result, *, as_json: bool) -> None:
    few, many = result.statements
    report(
        "create-pick",
        figures={
            "contents": result.contents,
            "rows": result.rows,
            "pick_cpu_ms": round(result.seconds * 1000, 2),
            "pick_waited_ms": round(result.waited * 1000, 2),
            "statements_of_50_lines": few,
            "statements_of_500_lines": many,
        },
        floors={"rows_cpu_ms": round(result.floor * 1000, 2)},
        ratios={"pick_to_floor": round(result.to_floor, 2)},
        limits={"to_floor_max": TO_FLOOR_MAX},
        ok=result.is_ok,
        as_json=as_json,
    )


if __name__ == "__main__":
    main()
