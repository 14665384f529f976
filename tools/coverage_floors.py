"""How much of the code a full test run must reach, in branches and lines together.

Below the web everything is a rule of the warehouse, so every branch is reached. Applied after a run
that left no test out; a part of the tests says nothing about the whole.
"""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from tools.places import PYTHON, ROOT, environment

WEB = ("scanner_app/web/*", "scanner_app/cli/*")


@dataclass(frozen=True)
class Floor:
    """The least coverage of one part of the code."""

    what: str
    percent: int
    selection: tuple[str, ...]
    """The options of `coverage report` that select the part."""


FLOORS = (
    Floor("below the web", 100, ("--include", "scanner_app/*", "--omit", ",".join(WEB))),
    Floor("web and command line", 95, ("--include", ",".join(WEB))),
)


def check() -> int:
    """Say what the last full run reached; return 1 when a floor was missed."""
    results = [_check_floor(floor) for floor in FLOORS]
    return 0 if all(results) else 1


def _check_floor(floor: Floor) -> bool:
    needed = ["--fail-under", str(floor.percent), "--precision", "2"]
    total = _report([*floor.selection, *needed, "--format", "total"])
    reached = total.stdout.partition("\n")[0] or "0"
    print(f"Coverage {floor.what}: {reached} % (at least {floor.percent} %)", flush=True)
    if total.returncode != 0:
        missing = _report([*floor.selection, "--show-missing", "--skip-covered"])
        print(missing.stdout, flush=True)
    return total.returncode == 0


def _report(options: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, "-m", "coverage", "report", *options],
        cwd=ROOT,
        env=environment(),
        check=False,
        capture_output=True,
        text=True,
    )
