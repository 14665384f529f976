"""The checks that need no test run: style, types, directions of import, locks, templates.

All of them run, whatever the others said, and each says its result; none is ever left out.
"""

import re
import subprocess
import time
from pathlib import Path

from tools.places import PYTHON, ROOT, VENV, environment

CHECKS: dict[str, tuple[str | Path, ...]] = {
    "style (ruff check)": ("-m", "ruff", "check", "."),
    "layout (ruff format)": ("-m", "ruff", "format", "--check", "."),
    "types (mypy)": ("-m", "mypy"),
    "import directions (lint-imports)": (VENV / "bin" / "lint-imports", "--no-logo"),
    "dependencies (deptry)": ("-m", "deptry", "."),
    "templates (djlint)": ("-m", "djlint", "--lint", "templates"),
}
NPM_LOCK = "package-lock.json"
ADDRESS_IN_NPM_LOCK = re.compile(r'"resolved"|https?://')
ADDRESS_IN_REQUIREMENTS = re.compile(r"index-url|find-links|trusted-host|https?://|file:")


def run_all() -> int:
    """Run every check and return 1 when one of them failed."""
    failed = [name for name, arguments in CHECKS.items() if not _passes(name, arguments)]
    if faults := lock_faults(ROOT):
        failed.append("lock files")
        print("\n".join(faults))
    print(f"{_mark(not faults)}  lock files", flush=True)
    if failed:
        print("\nFailed: " + "; ".join(failed))
        return 1
    print(f"\nAll {len(CHECKS) + 1} checks passed.")
    return 0


def _passes(name: str, arguments: tuple[str | Path, ...]) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        [PYTHON, *arguments],
        cwd=ROOT,
        env=environment(),
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        print(done.stdout.rstrip())
    seconds = time.monotonic() - started
    print(f"{_mark(done.returncode == 0)}  {name}, {seconds:.1f} s", flush=True)
    return done.returncode == 0


def _mark(passed: bool) -> str:  # noqa: FBT001 - a mark has two sides
    return "passed" if passed else "FAILED"


def lock_faults(root: Path) -> list[str]:
    """Return a sentence for every line of a lock file that says where to fetch from.

    Where packages come from is the business of each machine. A lock that names a host would send
    every other machine there, or tell the world what stands in somebody's network.
    """
    patterns = {root / NPM_LOCK: ADDRESS_IN_NPM_LOCK}
    for path in sorted((root / "requirements").glob("*.txt")):
        patterns[path] = ADDRESS_IN_REQUIREMENTS
    return [
        f"{path.relative_to(root)}:{number}: names where to fetch from. Make the file anew as "
        "CONTRIBUTING.md says, and leave the address out."
        for path, pattern in patterns.items()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]
