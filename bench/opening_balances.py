"""What 50,000 opening balances cost: read, published, checked and posted in parts.

    python bench/opening_balances.py [--small] [--json]

A fifth of the lines are serial numbers, the others lots; all come by the product's own verbs,
workbooks of 2,000 rows and one job. The job looks at all lines, as the Check button does, and then
posts part by part; each part is checked once more, with everything it needs locked. So posting
makes the comprehensive check by itself: read, published and posted are what the lines cost, and
the look before the first part stands beside them.

The floor is the driver alone: the same rows into the same tables of an empty database, a
transaction for every 2,000 lines. What a posted line costs is measured on ledgers of 1,000 and of
1,000,000 item ledger entries as well, in turn, part by part.
"""

import argparse
import itertools
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy.orm import Session

from bench._opening_lines import Hall, bring_in, insert_lines, open_hall
from bench._raw_rows import insert_raw, last_ids, rows_after
from bench._report import print_table, report
from bench._warehouse import FOLDER, Size, copy_of_warehouse
from scanner_app.database import Database
from scanner_app.jobs.job import Job, JobState
from scanner_app.jobs.post_item_journal_job import request_posting
from scanner_app.jobs.work import work_on_jobs
from scanner_app.warehouse.ledger_check import check_ledgers
from scanner_app.warehouse.post_item_journal_parts import (
    PART_LINES,
    lock_lines,
    post_next_part,
)
from scanner_app.web.application import collect_garbage_less

LINES, PARTS_IN_TURN = 50_000, 6
TO_FLOOR_MAX, GROWTH_MAX, MEGABYTES_MAX = 20.0, 1.25, 600
LINE_TABLE = "item_journal_line"
POSTED_TABLES = (
    "item_register",
    "item_ledger_entry",
    "item_application_entry",
    "item_balance",
    "warehouse_register",
    "warehouse_entry",
    "bin_balance",
    "code_index",
    "open_item_ledger_entry",
)


@dataclass(frozen=True)
class Seconds:
    """What one run took, and how much of it the driver alone takes."""

    read: float
    published: float
    checked: float
    posted: float
    lines_floor: float
    posted_floor: float
    longest_part: float
    megabytes: float
    broken: int

    @property
    def altogether(self) -> float:
        """From the files to the ledgers; posting makes the comprehensive check."""
        return self.read + self.published + self.posted


def main() -> None:
    """Measure, print the table and the verdict."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--small", action="store_true", help="a quick look on less data")
    arguments.add_argument("--json", action="store_true", help="one JSON object as last line")
    asked = arguments.parse_args()
    lines = 6_000 if asked.small else LINES
    many = 10_000 if asked.small else 1_000_000
    FOLDER.mkdir(parents=True, exist_ok=True)
    collect_garbage_less()  # as a server does when it starts
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        seconds = _measure(Path(folder), lines)
        few_ms, many_ms = _growth(Path(folder), many)
    _print(seconds, lines)
    print(f"a posted line: {few_ms:.3f} ms at 1000 entries, {many_ms:.3f} ms at {many}")
    _report(seconds, lines, many_ms / few_ms, as_json=asked.json)


def _measure(folder: Path, lines: int) -> Seconds:
    path = _copy(folder, 1_000)
    hall = open_hall(Database(f"sqlite:///{path}"))
    read, published = bring_in(hall, lines)
    line_rows = rows_after(path, {LINE_TABLE: 0})
    before = last_ids(path, POSTED_TABLES)
    parts = -(-lines // PART_LINES)
    began, *posted_at = _post(hall, parts)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with hall.database.read() as session:
        broken = len(check_ledgers(session))
    hall.database.close()
    posted_rows = rows_after(path, before)
    return Seconds(
        read,
        published,
        posted_at[0] - began,
        posted_at[-1] - posted_at[0],
        insert_raw(folder / "lines.db", line_rows, parts),
        insert_raw(folder / "posted.db", posted_rows, parts),
        max(later - sooner for sooner, later in itertools.pairwise(posted_at)),
        megabytes,
        broken,
    )


def _request(hall: Hall, session: Session) -> int:
    batch, lines = lock_lines(session, hall.batch_name)
    return request_posting(session, batch, lines, hall.by, post=True).id


def _post(hall: Hall, parts: int) -> list[float]:
    """Post by one job: when it begins to look, when all is checked, when each part is posted.

    A worker asks whether to stop before it claims a job, before it looks, at the beginning and the
    end of the look and after each part of it, and after each part that it posts.
    """
    asked: list[float] = []

    def note() -> bool:
        asked.append(time.perf_counter())
        return False

    hall.database.write(partial(_request, hall))
    work_on_jobs(hall.database, lambda: datetime.now(UTC), note)
    with hall.database.read() as session:
        [job] = session.query(Job).all()
        assert job.state is JobState.DONE, job.fault
    _claim, begin, *looked_and_posted = asked
    checked_and_posted = looked_and_posted[parts + 1 :]
    assert len(checked_and_posted) == parts + 1
    return [begin, *checked_and_posted]


def _growth(folder: Path, many: int) -> tuple[float, float]:
    """Milliseconds of a posted line on a short and on a long ledger, part by part in turn."""
    halls = [open_hall(Database(f"sqlite:///{_copy(folder, size)}")) for size in (1_000, many)]
    for hall in halls:
        insert_lines(hall, PART_LINES * PARTS_IN_TURN)
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(PARTS_IN_TURN):
        for hall, seconds in zip(halls, took, strict=True):
            work = partial(post_next_part, batch_id=hall.batch_id, by=hall.by)
            seconds.append(_timed(partial(hall.database.write, work)))
    for hall in halls:
        hall.database.close()
    few, long = (median(seconds[1:]) / PART_LINES * 1000 for seconds in took)
    return few, long


def _copy(folder: Path, entries: int) -> Path:
    size = Size(stock=entries, entries=entries, put_aways=0)
    return copy_of_warehouse(size, folder / f"hall-{time.monotonic_ns()}.db")


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _print(seconds: Seconds, lines: int) -> None:
    rows = [
        (name, f"{lines / own:.0f}", f"{lines / floor:.0f}", f"{own / floor:.1f}")
        for name, own, floor in (
            ("read", seconds.read, seconds.lines_floor),
            ("published", seconds.published, seconds.lines_floor),
            ("checked", seconds.checked, seconds.lines_floor),
            ("posted", seconds.posted, seconds.posted_floor),
        )
    ]
    print_table((f"{lines} lines, a second", "product", "driver alone", "ratio"), rows)
    with_look = seconds.altogether + seconds.checked
    print(
        f"altogether {lines / seconds.altogether:.0f} lines a second: read, published, and posted "
        f"with every check; {lines / with_look:.0f} with the look at all lines before it"
    )
    print(
        f"checked in {seconds.checked:.1f} s, posted in {seconds.posted:.1f} s, "
        f"the longest part {seconds.longest_part:.2f} s; {seconds.megabytes:.0f} MB at most"
    )
    print(f"ledgers: {seconds.broken} rows broken")


def _report(seconds: Seconds, lines: int, growth: float, *, as_json: bool) -> None:
    ratios = {
        "published_to_floor": round(seconds.published / seconds.lines_floor, 2),
        "posted_to_floor": round(seconds.posted / seconds.posted_floor, 2),
        "posted_growth": round(growth, 3),
    }
    ok = (
        ratios["posted_to_floor"] <= TO_FLOOR_MAX
        and growth <= GROWTH_MAX
        and seconds.megabytes <= MEGABYTES_MAX
        and seconds.broken == 0
    )
    report(
        "opening-balances",
        figures={
            "lines": lines,
            "altogether_lines_per_second": round(lines / seconds.altogether),
            "read_lines_per_second": round(lines / seconds.read),
            "published_lines_per_second": round(lines / seconds.published),
            "checked_lines_per_second": round(lines / seconds.checked),
            "posted_lines_per_second": round(lines / seconds.posted),
            "longest_part_seconds": round(seconds.longest_part, 2),
            "peak_megabytes": round(seconds.megabytes),
        },
        floors={
            "line_rows_seconds": round(seconds.lines_floor, 2),
            "posted_rows_seconds": round(seconds.posted_floor, 2),
        },
        ratios=ratios,
        limits={
            "posted_to_floor": TO_FLOOR_MAX,
            "posted_growth": GROWTH_MAX,
            "peak_megabytes": MEGABYTES_MAX,
            "broken": 0,
        },
        ok=ok,
        as_json=as_json,
    )


if __name__ == "__main__":
    main()
