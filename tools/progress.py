"""Plain lines about what set-up does: step n of m, and how long it took.

A command that takes long says so every few seconds; one that fails is shown whole, so that it can
be tried by hand. When there is nothing to bring, nothing is said.
"""

import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.places import ROOT

SECONDS_BETWEEN_SIGNS_OF_LIFE = 10


@dataclass(frozen=True)
class Step:
    """One thing that a machine may lack."""

    what: str
    """What is brought, for the line that says so."""

    is_there: Callable[[], bool]
    """Answers quickly and changes nothing."""

    bring: Callable[[], None]
    """Brings it, or leaves the program with a sentence that says what to do."""


def take(steps: Sequence[Step]) -> None:
    """Bring in order what is not there yet, and say so."""
    missing = [step for step in steps if not step.is_there()]
    for number, step in enumerate(missing, start=1):
        say(f"Step {number} of {len(missing)}: {step.what} …")
        started = time.monotonic()
        step.bring()
        say(f"Step {number} of {len(missing)}: done in {time.monotonic() - started:.0f} s")


def run(command: Sequence[str | Path]) -> None:
    """Run a command of set-up from the root of the checkout.

    Raises:
        SystemExit: when the command fails, with the line to try by hand.
    """
    words = [str(word) for word in command]
    started = time.monotonic()
    try:
        with subprocess.Popen(words, cwd=ROOT) as process:
            while (code := _wait(process)) is None:
                say(f"        still at it, {time.monotonic() - started:.0f} s")
    except OSError as fault:
        sys.exit(f"{shlex.join(words)}\ncannot be started: {fault}")
    if code != 0:
        sys.exit(
            f"This command ended with {code}; its own words are above:\n  {shlex.join(words)}\n"
            "Once it works by hand, start dev.py again: it goes on from there."
        )


def _wait(process: subprocess.Popen[bytes]) -> int | None:
    try:
        return process.wait(SECONDS_BETWEEN_SIGNS_OF_LIFE)
    except subprocess.TimeoutExpired:
        return None


def say(line: str) -> None:
    """Print a line at once, in order with what the commands themselves print."""
    print(line, flush=True)
