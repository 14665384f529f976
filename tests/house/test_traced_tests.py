"""What is traced for coverage: every test but those whose way through the code another goes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scanner_app.warehouse.location_rules import time_zones
from tests.house.source_files import ROOT
from tests.traced_tests import forget_what_is_cached, twin_on_sqlite

HOOKS = """
import pytest
from tests.traced_tests import choose_traced, traced_where_chosen

def pytest_collection_modifyitems(items): choose_traced(items)

@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    with traced_where_chosen(item):
        return (yield)
"""
CODE = """
def shared():
    return 1
def on_postgresql_alone():
    return 2
def by_a_browser():
    return 3
def in_a_set_up():
    return 4
def after_all():
    return 5
def in_a_room_of_data():
    return 6
"""
TESTS = """
import pytest
import reached

@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    if request.param == "postgresql": reached.in_a_set_up()
    return request.param

def test_both(database):
    if database == "sqlite": reached.shared()

@pytest.mark.parametrize("database", ["postgresql"])
def test_one(database): reached.on_postgresql_alone()

@pytest.mark.browser
def test_page(): reached.by_a_browser()

def test_later(): reached.after_all()
"""
TESTS_OF_DATA = """
import pytest
import reached

@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_data(database):
    if database == "postgresql": reached.in_a_room_of_data()
"""


@pytest.mark.slow
def test_only_a_way_that_no_other_test_goes_is_traced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reached.py").write_text(CODE)
    for folder, tests in (("flows", TESTS), ("warehouse", TESTS_OF_DATA)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"test_{folder}.py").write_text(tests)
    (tmp_path / "conftest.py").write_text(HOOKS)
    (tmp_path / ".coveragerc").write_text("[run]\nsource = .\n")
    for name in ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}:{tmp_path}")
    options = ["-q", "--cov", "--cov-report=json", "-W", "ignore", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, str(tmp_path)]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    functions = json.loads((tmp_path / "coverage.json").read_text())["files"]["reached.py"][
        "functions"
    ]
    reached = {name for name, seen in functions.items() if name and seen["executed_lines"]}
    assert reached == {"shared", "on_postgresql_alone", "in_a_room_of_data", "after_all"}


def test_only_the_case_names_the_database() -> None:
    assert twin_on_sqlite("test_postgresql.py::test_a[1-postgresql]") == (
        "test_postgresql.py::test_a[1-sqlite]"
    )
    assert twin_on_sqlite("test_a.py::test_a[sqlite]") is None
    assert twin_on_sqlite("test_postgresql.py::test_a") is None


def test_what_an_untraced_test_has_cached_is_worked_out_again() -> None:
    time_zones()
    assert time_zones.cache_info().currsize == 1
    forget_what_is_cached()
    assert time_zones.cache_info().currsize == 0
