"""What it costs to go live from a workbook: items, bins and 50,000 lines by a package.

    python bench/configuration_packages.py [--small] [--json]

A workbook is read, kept, validated, applied, and applied again, by the product's own verbs and one
job each, in a database without anything. What a handheld would wait for is the longest step.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._report import report
from scanner_app.configuration.import_package import read_package
from scanner_app.database import Database
from scanner_app.jobs.job import JobState
from scanner_app.jobs.work import work_on_jobs
from scanner_app.migrations.upgrade import upgrade
from tests.configuration.packages import (
    CODE,
    Rows,
    add_package,
    add_user,
    book,
    job_of,
    request,
    send,
)
from tests.warehouse.masters import MOMENT

LINES, RECORDS = 50_000, 1_000
STEP_SECONDS_MAX, MEGABYTES_MAX = 2.0, 600


@dataclass(frozen=True)
class Seconds:
    """What one run took, and the longest time for which it kept the writer."""

    read: float
    kept: float
    validated: float
    applied: float
    applied_again: float
    longest_step: float
    megabytes: float


def main() -> None:
    """Measure, print the figures and the verdict."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--small", action="store_true", help="a quick look on less data")
    arguments.add_argument("--json", action="store_true", help="one JSON object as last line")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines, records = (3_000, 100) if asked.small else (LINES, RECORDS)
        seconds = _measure(Path(folder), lines, records)
    for name, figure in vars(seconds).items():
        print(f"{name}: {figure:.2f}")
    fits = seconds.longest_step < STEP_SECONDS_MAX and seconds.megabytes < MEGABYTES_MAX
    limits = {"longest_step": STEP_SECONDS_MAX, "megabytes": MEGABYTES_MAX}
    report("configuration-packages", vars(seconds), {}, {}, limits, fits, asked.json)


def _measure(folder: Path, lines: int, records: int) -> Seconds:
    database = Database(f"sqlite:///{folder / 'bench.db'}")
    upgrade(database)
    user_id = add_user(database)
    add_package(database)
    content = book(_sheets(lines, records))
    read = _timed(lambda: read_package(content, "book.xlsx", CODE))
    both = _timed(lambda: send(database, content))
    steps: list[float] = []
    validated = _timed(lambda: _work(database, user_id, steps, apply=False))
    applied = _timed(lambda: _work(database, user_id, steps, apply=True))
    again = _timed(lambda: _work(database, user_id, steps, apply=True))
    database.close()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Seconds(read, max(both - read, 0.0), validated, applied, again, max(steps), megabytes)


def _work(database: Database, user_id: int, steps: list[float], *, apply: bool) -> None:
    """Let a worker do the whole job, and look at the clock before each step."""
    job_id = request(database, user_id, apply=apply)
    before = [time.perf_counter()]

    def stop() -> bool:
        now = time.perf_counter()
        steps.append(now - before[0])
        before[0] = now
        return False

    work_on_jobs(database, lambda: MOMENT, stop)
    job = job_of(database, job_id)
    assert job.state is JobState.DONE
    assert job.checkpoint["errors"] == 0


def _sheets(lines: int, records: int) -> dict[int, Rows]:
    places: Rows = [["EAST", f"B{number:05}"] for number in range(records)]
    items: Rows = [[f"I{number:05}", f"Item {number}", "PCS"] for number in range(records)]
    captions = [
        "Journal Batch Name",
        "Item No.",
        "Location Code",
        "Bin Code",
        "Quantity",
        "Lot No.",
    ]
    return {
        204: [["Code", "Description"], ["PCS", "Piece"]],
        14: [["Code", "Name", "Bin Mandatory"], ["EAST", "East", "Yes"]],
        7354: [["Location Code", "Code"], *places],
        27: [["No.", "Description", "Base Unit of Measure"], *items],
        308: [["Code", "Description"], ["OPEN", "Opening"]],
        309: [["Series Code", "Starting Date", "Starting No."], ["OPEN", "2020-01-01", "OP0001"]],
        233: [["Name", "No. Series", "Item Tracking on Lines"], ["OPENING", "OPEN", "Yes"]],
        83: [captions, *(_line(number, records) for number in range(lines))],
    }


def _line(number: int, records: int) -> Sequence[str | int]:
    place = f"{number % records:05}"
    return ["OPENING", f"I{place}", "EAST", f"B{place}", number % 50 + 1, f"L{number}"]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
