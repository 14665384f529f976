"""A quick run leaves tests out by rule, takes others next time, and says so in its last line."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.house.source_files import ROOT
from tests.quick_runs import DRAWN_BY, one_case_each

NAMES = [f"test_a.py::test_fields[{number}]" for number in range(20)]
TESTS = """
import pytest
@pytest.mark.parametrize("number", range({cases}))
def test_fields(number): pass
@pytest.mark.slow
def test_long(): pass
"""


def test_of_each_test_one_case_is_taken() -> None:
    alone, few = "test_a.py::test_alone", ["test_b.py::test_two[a]", "test_b.py::test_two[b]"]
    taken = one_case_each([*NAMES, alone, *few], "a commit")
    assert Counter(name.partition("[")[0] for name in taken) == {
        "test_a.py::test_fields": 1,
        alone: 1,
        "test_b.py::test_two": 1,
    }


def test_the_same_commit_takes_the_same_cases_in_any_order() -> None:
    assert one_case_each(NAMES, "a commit") == one_case_each(NAMES[::-1], "a commit")


def test_sooner_or_later_every_case_is_taken() -> None:
    taken = {name for number in range(400) for name in one_case_each(NAMES, f"commit {number}")}
    assert taken == set(NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("processes", ["0", "2"])
def test_the_last_line_says_what_was_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: str
) -> None:
    (tmp_path / "test_few.py").write_text(TESTS.format(cases=5))
    (tmp_path / "test_statements_of_few.py").write_text("def test_few(): pass")
    (tmp_path / "conftest.py").write_text(
        "from tests.quick_runs import begin_quick_run as pytest_configure\n"
    )
    monkeypatch.setenv(DRAWN_BY, "a commit")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    options = ["-q", "-n", processes, "-m", "not slow", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, "-W", "ignore", str(tmp_path)]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    *_, passed, last = ran.stdout.splitlines()
    assert passed.startswith("1 passed"), ran.stdout + ran.stderr
    assert last.startswith("Left to the full run, 6 tests: 4 further cases, 1 slow, 1 of costs.")
