"""What every bench hands on: a line of JSON for machines, and the commit it was measured at."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence

Figures = Mapping[str, object]


def report(
    name: str,
    figures: Figures,
    floors: Figures,
    ratios: Figures,
    limits: Figures,
    ok: bool,  # noqa: FBT001 - the place in the line of JSON
    as_json: bool,  # noqa: FBT001 - handed through from the command line
) -> None:
    """Print the result and leave with exit code 1 when it is not ok.

    Args:
        name: which bench ran.
        figures: what was measured, units in the names.
        floors: what the machine does without the product, measured in the same run.
        ratios: figures over floors, which hold on other machines too.
        limits: what the bench demands.
        ok: whether every limit held.
        as_json: print one JSON object as the last line.
    """
    verdict = "ok" if ok else "NOT OK"
    print(f"{name}: {verdict}")
    if as_json:
        line = {
            "name": name,
            "commit": commit(),
            "figures": figures,
            "floors": floors,
            "ratios": ratios,
            "limits": limits,
            "ok": ok,
        }
        print(json.dumps(line, sort_keys=True), flush=True)
    sys.exit(0 if ok else 1)


def commit() -> str:
    """Return the short name of the commit, "" outside a repository or before the first."""
    asked = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - found on the PATH of who asked
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() if asked.returncode == 0 else ""


def print_table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under headings, the first column to the left and the others to the right."""
    cells = [[str(cell) for cell in row] for row in [headings, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    for row in cells:
        first, *others = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        aligned = [cell.strip().rjust(len(cell)) for cell in others]
        print("  ".join([first, *aligned]).rstrip())


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the sorted values lies, 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
