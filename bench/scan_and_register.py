"""What a scan and a registered line cost the server, beside a bare app that writes the same rows.

    python bench/scan_and_register.py [--small] [--json]

Product and bare app are asked in turn, request by request, in one process; each figure is a
median of processor time around the request, waiting for the disk left out and shown apart. The
test client's own share, in the place of a web server's, is in both. The product is asked on a
database of 10,000 warehouse entries too, in the same turns. Memory and start are those of
`scanner-app serve` on the large database.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import Engine, event

from bench._bare_app import create_bare_app
from bench._report import print_table, report
from bench._scanner import BareScanner, Cost, ProductScanner
from bench._served import Served, serve_and_scan
from bench._warehouse import (
    FOLDER,
    PAIRS_PER_PUT_AWAY,
    PutAway,
    Size,
    copy_of_warehouse,
    put_aways_of,
)
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.warehouse.ledger_check import check_ledgers
from scanner_app.web.application import create_app

RATIO_MAX, RATIO_AIM, GROWTH_MAX, STATEMENTS_MAX = 4.0, 3.0, 1.15, 16
START_MEGABYTES_MAX, END_MEGABYTES_MAX, START_SECONDS_MAX = 150, 200, 2.0
PUT_AWAYS_MAX = 90
PUT_AWAYS_SERVED = 8
BOOKKEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass
class Costs:
    """What one side took, request by request."""

    unit_scans: list[Cost] = field(default_factory=list)
    bin_scans: list[Cost] = field(default_factory=list)
    registrations: list[Cost] = field(default_factory=list)

    def forget(self) -> None:
        """Leave out what was spent on warming up."""
        for costs in (self.unit_scans, self.bin_scans, self.registrations):
            costs.clear()

    @property
    def unit_scan_ms(self) -> float:
        """Processor time of a scan that takes a unit into the hand."""
        return median(cost.cpu_ms for cost in self.unit_scans)

    @property
    def bin_scan_ms(self) -> float:
        """Processor time of a scan that applies a line."""
        return median(cost.cpu_ms for cost in self.bin_scans)

    @property
    def scan_ms(self) -> float:
        """The mean of both."""
        return (self.unit_scan_ms + self.bin_scan_ms) / 2

    @property
    def line_ms(self) -> float:
        """Processor time of one registered line."""
        return median(cost.cpu_ms for cost in self.registrations) / PAIRS_PER_PUT_AWAY

    @property
    def waited_ms(self) -> float:
        """What a scan waited, for the disk most of all."""
        return median(cost.waited_ms for cost in self.bin_scans)


@dataclass
class Product:
    """The product on one database: who scans there, what waits, and what it took."""

    database: Database
    scanner: ProductScanner
    put_aways: Iterator[PutAway]
    costs: Costs = field(default_factory=Costs)


@dataclass(frozen=True)
class Result:
    """All that one run measured."""

    small: Costs
    large: Costs
    bare: Costs
    statements: dict[str, tuple[int, int]]
    broken: int
    served: Served


def main() -> None:
    """Measure, print the table and the verdict."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--small", action="store_true", help="a quick look on less data")
    arguments.add_argument("--json", action="store_true", help="one JSON object as last line")
    asked = arguments.parse_args()
    waiting = 16 if asked.small else PUT_AWAYS_MAX
    few = Size(stock=10_000, entries=10_000, put_aways=waiting)
    many = few if asked.small else Size(100_000, 1_000_000, put_aways=waiting)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        result = _measure(Path(folder), few, many)
    _print(result, many)
    _report(result, as_json=asked.json)


def _measure(folder: Path, few: Size, many: Size) -> Result:
    small = _open(folder / "small.db", few)
    large = _open(folder / "large.db", many)
    bare = BareScanner(create_bare_app(large.database.engine), large.database)
    costs = Costs()
    statements = _statements(large)
    rounds = (many.put_aways - PUT_AWAYS_SERVED) // 2 - 1
    for number in range(rounds):
        _take_turns(small, large, bare, costs)
        if number == 0:
            for side in (small.costs, large.costs, costs):
                side.forget()
    with large.database.read() as session:
        broken = len(check_ledgers(session))
    rest = [next(large.put_aways) for _ in range(PUT_AWAYS_SERVED)]
    large.database.close()
    small.database.close()
    served = serve_and_scan(folder, folder / "large.db", rest)
    return Result(small.costs, large.costs, costs, statements, broken, served)


def _open(path: Path, size: Size) -> Product:
    database = Database(f"sqlite:///{copy_of_warehouse(size, path)}")
    settings = Settings(data_folder=path.parent, database_url="", secret_key="of benches only " * 3)
    scanner = ProductScanner(create_app(settings, database))
    return Product(database, scanner, iter(put_aways_of(database)))


def _take_turns(small: Product, large: Product, bare: BareScanner, costs: Costs) -> None:
    """One put-away on every side, unit by unit and bin by bin, then registered."""
    of_bare = next(large.put_aways)
    bare.open(of_bare)
    sides = [(side, next(side.put_aways)) for side in (small, large)]
    for pair, (unit, bin_code) in enumerate(of_bare.scans):
        for side, put_away in sides:
            side.costs.unit_scans.append(side.scanner.scan(put_away, put_away.scans[pair][0]))
        costs.unit_scans.append(bare.scan(unit))
        for side, put_away in sides:
            side.costs.bin_scans.append(side.scanner.scan(put_away, put_away.scans[pair][1]))
        costs.bin_scans.append(bare.scan(bin_code, pair_no=pair + 1))
    for side, put_away in sides:
        side.costs.registrations.append(side.scanner.register(put_away))
    costs.registrations.append(bare.register())


def _statements(large: Product) -> dict[str, tuple[int, int]]:
    """Statements, and BEGIN, SAVEPOINT and the like, of the second pair of a put-away."""
    put_away = next(large.put_aways)
    counted = {}
    for pair, (unit, bin_code) in enumerate(put_away.scans):
        for name, raw in (("unit scan", unit), ("bin scan", bin_code)):
            with _counting() as asked:
                large.scanner.scan(put_away, raw)
            if pair == 1:
                counted[name] = _split(asked)
    with _counting() as asked:
        large.scanner.register(put_away)
    return counted | {"registration": _split(asked)}


def _split(asked: Sequence[str]) -> tuple[int, int]:
    bookkeeping = sum(statement.lstrip().startswith(BOOKKEEPING) for statement in asked)
    return len(asked) - bookkeeping, bookkeeping


@contextmanager
def _counting() -> Iterator[list[str]]:
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    def note_end(connection: object) -> None:
        asked.append("COMMIT or ROLLBACK")

    hooks: dict[str, Callable[..., None]] = {
        "before_cursor_execute": note,
        "commit": note_end,
        "rollback": note_end,
    }
    for name, hook in hooks.items():
        event.listen(Engine, name, hook)
    yield asked
    for name, hook in hooks.items():
        event.remove(Engine, name, hook)


def _print(result: Result, many: Size) -> None:
    print(f"Processor ms, medians; the large database holds {many.stock} stock records")
    small, large, bare = result.small, result.large, result.bare
    rows = [
        (name, f"{own:.2f}", f"{floor:.2f}", f"{own / floor:.2f}", f"{own / less:.2f}")
        for name, own, floor, less in (
            ("unit scan", large.unit_scan_ms, bare.unit_scan_ms, small.unit_scan_ms),
            ("bin scan", large.bin_scan_ms, bare.bin_scan_ms, small.bin_scan_ms),
            ("scan, mean", large.scan_ms, bare.scan_ms, small.scan_ms),
            ("registered line", large.line_ms, bare.line_ms, small.line_ms),
        )
    ]
    growth = f"{many.entries} to 10000 entries"
    print_table(("", "product", "bare app", "ratio", growth), rows)
    print(f"waited for the disk: {large.waited_ms:.2f} ms, bare app {bare.waited_ms:.2f} ms")
    for name, (statements, bookkeeping) in result.statements.items():
        print(f"{name}: {statements} statements, {bookkeeping} of BEGIN, SAVEPOINT and the like")
    served = result.served
    print(
        f"serve: answers after {served.start_seconds:.2f} s, {served.start_megabytes:.0f} MB then, "
        f"{served.end_megabytes:.0f} MB after {served.scans} scans; "
        f"decoder process {served.decoder_megabytes:.0f} MB"
    )
    print(f"ledgers: {result.broken} rows broken")


def _report(result: Result, *, as_json: bool) -> None:
    small, large, bare, served = result.small, result.large, result.bare, result.served
    ratios = {
        "scan_to_floor": round(large.scan_ms / bare.scan_ms, 2),
        "line_to_floor": round(large.line_ms / bare.line_ms, 2),
        "scan_growth": round(large.scan_ms / small.scan_ms, 3),
        "line_growth": round(large.line_ms / small.line_ms, 3),
    }
    statements = {name: count for name, (count, _) in result.statements.items()}
    worst = max(count for name, count in statements.items() if name.endswith("scan"))
    ok = (
        max(ratios["scan_to_floor"], ratios["line_to_floor"]) <= RATIO_MAX
        and max(ratios["scan_growth"], ratios["line_growth"]) <= GROWTH_MAX
        and worst <= STATEMENTS_MAX
        and served.start_megabytes <= START_MEGABYTES_MAX
        and served.end_megabytes <= END_MEGABYTES_MAX
        and served.start_seconds <= START_SECONDS_MAX
        and result.broken == 0
    )
    report(
        "scan-and-register",
        figures={
            "scan_cpu_ms": round(large.scan_ms, 3),
            "line_cpu_ms": round(large.line_ms, 3),
            "scan_waited_ms": round(large.waited_ms, 3),
            "statements": statements,
            "bookkeeping": {name: count for name, (_, count) in result.statements.items()},
            "broken_rows": result.broken,
            **served.figures(),
        },
        floors={"scan_cpu_ms": round(bare.scan_ms, 3), "line_cpu_ms": round(bare.line_ms, 3)},
        ratios=ratios,
        limits={
            "ratio_max": RATIO_MAX,
            "ratio_aim": RATIO_AIM,
            "growth_max": GROWTH_MAX,
            "statements_of_scan_max": STATEMENTS_MAX,
            "start_megabytes_max": START_MEGABYTES_MAX,
            "end_megabytes_max": END_MEGABYTES_MAX,
            "start_seconds_max": START_SECONDS_MAX,
        },
        ok=ok,
        as_json=as_json,
    )


if __name__ == "__main__":
    main()
