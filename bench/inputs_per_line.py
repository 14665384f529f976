"""How many scans, typed numbers and taps a worker makes for one line, beside other products.

    python bench/inputs_per_line.py [--json]

Each way of working is done once in the demo warehouse over HTTP, with the very inputs that are
counted: a scan that is not accepted, or a line that is not done in the end, stops the benchmark.
What others need was counted by reading their scanning screens: a clean label, the whole quantity,
the document open. S is a scan, K a typed number, T a tap. The demands are 2 scans for a line that
is put away, 3 for two units that go into one bin, 2 for a package of any size, and no tap for any.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import scanner_app.all_tables  # noqa: F401 - foreign keys name tables that nothing here imports
from bench._report import print_table, report
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.demo.load import load_demo
from scanner_app.migrations.upgrade import upgrade
from scanner_app.web.application import create_app
from tests.flows.handheld import Handheld

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECRET_KEY = "a key of this benchmark only, long enough"
SCAN, KEYED = "S", "K"


@dataclass(frozen=True)
class Way:
    """One way of working: its inputs, what the page says when they are done, and the demand.

    Attributes:
        opens: inputs before the first line, once for a bin; they are not counted.
        inputs: a code is scanned; an answer to a question is typed, with its step before a colon.
        lines: how many lines, units or records the inputs are for.
        says: what the page of the document says then.
        scans_max: the most scans for one line that are accepted.
        peers: what it takes elsewhere.
    """

    name: str
    path: str
    inputs: tuple[str, ...]
    lines: int
    says: str
    scans_max: Fraction
    peers: str
    opens: tuple[str, ...] = ()
    user_name: str = "WORKER1"


TWO, ONE = Fraction(2), Fraction(1)
WAYS = (
    Way(
        "put-away: unit, bin",
        "/put-aways/PA-00002",
        ("FX-5101", "W-01-0601"),
        1,
        "1 of 5 lines scanned",
        TWO,
        "Business Central ADCS 4S 2K; Dynamics 365 2S 1T; Shopfloor 2S",
    ),
    Way(
        "put-away: two units, one bin",
        "/put-aways/PA-00002",
        ("FX-5102", "FX-5103", "W-01-0601"),
        2,
        "3 of 5 lines scanned",
        Fraction(3, 2),
        "InvenTree 1S; ERPNext 1S; Warehouse Insight 1S to 2S",
    ),
    Way(
        "put-away: a package of 6 lines",
        "/put-aways/PA-00001",
        ("CONTAINER010", "W-02-0401"),
        6,
        "Everything is scanned",
        TWO / 6,
        "Shopfloor 2S for a package",
    ),
    Way(
        "pick: serial no.",
        "/picks/PI-00001",
        ("DR-1003",),
        1,
        "1 of 4 lines scanned",
        ONE,
        "Business Central ADCS 4S 2K; Dynamics 365 3S 1K; InvenTree 1S 1T",
    ),
    Way(
        "pick: lot, as much as is asked",
        "/picks/PI-00001",
        ("W-01-0202", "P2402"),
        1,
        "2 of 4 lines scanned",
        TWO,
        "Business Central ADCS 4S 2K; Clever 3S 1K; Shopfloor 2S",
    ),
    Way(
        "pick: lot, another quantity",
        "/picks/PI-00001",
        ("W-02-0101", "P2403", "quantity:1"),
        1,
        "3 of 4 lines scanned",
        TWO,
        "Business Central ADCS 4S 2K; Dynamics 365 3S 1K",
    ),
    Way(
        "move: serial no. from bin to bin",
        "/move",
        ("DR-1005", "W-04-0101"),
        1,
        "From bin W-01-0102",
        TWO,
        "Shopfloor 2S",
    ),
    Way(
        "count: serial nos. in an open bin",
        "/counts/COUNT-01",
        ("DR-1003", "DR-1002"),
        2,
        "2 found",
        ONE,
        "Odoo Barcode 1S; ERPNext 1S; Snipe-IT 1S",
        opens=("W-01-0101",),
        user_name="WORKER2",
    ),
    Way(
        "receive: new serial nos. of an item",
        "/receipts/RC-00003",
        ("(01)09521234020103(21)DR-3001", "DR-3002", "DR-3003"),
        3,
        "1 of 3 lines have come",
        ONE,
        "Shopfloor 3S 1T",
    ),
)


def main() -> None:
    """Do every way of working, and print its inputs."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true", dest="as_json")
    as_json = arguments.parse_args().as_json
    with tempfile.TemporaryDirectory() as folder:
        counted = _count_all(Path(folder))
    rows = [
        (way.name, way.lines, _words(inputs, way.lines), way.peers)
        for way, inputs in zip(WAYS, counted, strict=True)
    ]
    print_table(("way of working", "lines", "for a line", "elsewhere"), rows)
    per_line = {
        way.name: float(Fraction(inputs[SCAN], way.lines))
        for way, inputs in zip(WAYS, counted, strict=True)
    }
    limits = {way.name: float(way.scans_max) for way in WAYS}
    ok = all(per_line[name] <= limit for name, limit in limits.items())
    report("inputs-per-line", per_line, {}, {}, limits, ok, as_json)


def _count_all(folder: Path) -> list[Counter[str]]:
    database = Database(f"sqlite:///{folder / 'scanner.db'}")
    upgrade(database)
    passwords = load_demo(database, NOON)
    app = create_app(Settings(folder, str(database.url), SECRET_KEY, demo=True), database, _noon)

    def device_of(user_name: str) -> Handheld:
        return Handheld(app, user_name, passwords[user_name])

    try:
        return [_count(way, device_of) for way in WAYS]
    finally:
        database.close()


def _noon() -> datetime:
    return NOON


def _count(way: Way, device_of: Callable[[str], Handheld]) -> Counter[str]:
    """Work this way, and count what was done; no page has a button to tap in between."""
    worker = device_of(way.user_name)
    worker.open(way.path)
    _do(worker, way, way.opens)
    inputs = _do(worker, way, way.inputs)
    words = worker.open(way.path).words
    if way.says not in words:
        sys.exit(f"{way.name}: the page does not say {way.says!r}")
    return inputs


def _do(worker: Handheld, way: Way, inputs: Sequence[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for each in inputs:
        step, _, typed = each.rpartition(":")
        answer = worker.type(typed, step) if step else worker.scan(each)
        if answer.result != "accepted":
            sys.exit(f"{way.name}: {each} is {answer.result}: {answer.message}")
        counted[KEYED if step else SCAN] += 1
    return counted


def _words(inputs: Counter[str], lines: int) -> str:
    """The inputs for one line: “2S”, “2S 1K”, “1/3S”."""
    return " ".join(f"{Fraction(count, lines)}{kind}" for kind, count in inputs.items())


if __name__ == "__main__":
    main()
