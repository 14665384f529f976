"""The doctor says what works, and for the rest what to do."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scanner_app.cli.findings import Finding, State
from scanner_app.cli.inspecting_database import inspect_database
from scanner_app.cli.inspecting_machine import (
    inspect_address,
    inspect_disk,
    inspect_engines,
    inspect_modes,
    inspect_package,
    inspect_python,
    inspect_time_zone,
)
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.migrations.upgrade import downgrade
from tests.cli.conftest import Run


def test_a_sound_installation_has_nothing_missing(run: Run, installed: Database) -> None:
    ended = run("doctor", "--json")
    findings = {finding["name"]: finding for finding in json.loads(ended.out)}
    assert {finding["state"] for finding in findings.values()} <= {"ok", "attention"}
    assert findings["Database"]["found"].startswith("SQLite ")
    assert findings["Durability"]["found"] == "journal mode wal, synchronous FULL"
    assert ended.code == 0


def test_the_lines_are_aligned_and_the_remedy_stands_below(run: Run, data_folder: Path) -> None:
    ended = run("doctor")
    assert ended.code == 1
    lines = ended.out.splitlines()
    [place] = [n for n, line in enumerate(lines) if line.startswith("missing    Database")]
    assert lines[place].endswith("there is none yet")
    column = lines[place].index("there")
    assert lines[place + 1][:column].isspace()
    assert lines[place + 1][column:].startswith("Run: ")
    assert not (data_folder / "scanner.db").exists()


def test_files_that_others_may_read_are_named_with_the_command(
    run: Run, installed: Database, data_folder: Path
) -> None:
    (data_folder / "scanner.db").chmod(0o644)
    ended = run("doctor", "--json")
    [found] = [one for one in json.loads(ended.out) if one["name"] == "Database file"]
    assert found["state"] == "attention"
    assert found["remedy"] == f"Run: chmod go= {data_folder / 'scanner.db'}"


def test_tables_of_another_version_are_missing(run: Run, installed: Database) -> None:
    downgrade(installed, "-1")
    ended = run("doctor", "--json")
    [found] = [one for one in json.loads(ended.out) if one["name"] == "Tables"]
    assert found["state"] == "missing"
    assert "Run `scanner-app migrate`." in found["found"]
    assert ended.code == 1


@pytest.mark.parametrize("url", ["postgresql:///none?host={folder}", "sqlite://"])
def test_a_database_that_cannot_be_reached_is_missing(tmp_path: Path, url: str) -> None:
    [finding] = inspect_database(settings(tmp_path, url.format(folder=tmp_path)))
    assert (finding.name, finding.state) == ("Database", State.MISSING)
    assert "\n" not in finding.found


def test_a_server_has_no_database_file_to_look_at(data_folder: Path) -> None:
    installation = Settings.from_environment({"SCANNER_DATA": str(data_folder)})
    names = [
        one.name for one in inspect_modes(replace(installation, database_url="postgresql:///"))
    ]
    assert names == ["Data folder", "Secret key"]


@pytest.mark.postgresql
def test_postgresql_is_looked_at_too(tmp_path: Path, postgresql_server: str) -> None:
    kind, durable, tables = inspect_database(settings(tmp_path, postgresql_server))
    assert kind.found.startswith("PostgreSQL ")
    assert durable.name == "Durability"
    assert tables.state is State.MISSING


def settings(folder: Path, url: str) -> Settings:
    return Settings(data_folder=folder, database_url=url, secret_key="k" * 40)


@pytest.mark.parametrize(
    ("finding", "state"),
    [
        (inspect_python((3, 10)), State.MISSING),
        (inspect_python((3, 14)), State.OK),
        (inspect_engines({"zxing-cpp": True, "pyzbar": True})[1], State.OK),
        (inspect_engines({"zxing-cpp": True, "pyzbar": False})[1], State.ATTENTION),
        (inspect_engines({"zxing-cpp": False, "pyzbar": True})[0], State.MISSING),
        (inspect_package("click"), State.OK),
        (inspect_package("no-such-package"), State.MISSING),
        (inspect_disk(2 * 2**30, Path()), State.OK),
        (inspect_disk(2**29, Path()), State.ATTENTION),
        (inspect_disk(2**20, Path()), State.MISSING),
        (inspect_address("https://scanner.example"), State.OK),
        (inspect_address("http://localhost:8080"), State.OK),
        (inspect_address("http://scanner.example"), State.ATTENTION),
        (inspect_address(""), State.ATTENTION),
        (inspect_time_zone("Europe/Amsterdam"), State.OK),
        (inspect_time_zone("Europe/Nowhere"), State.MISSING),
        (inspect_time_zone("../../etc"), State.MISSING),
    ],
)
def test_each_finding_has_a_state_and_a_remedy_unless_it_is_well(
    finding: Finding, state: State
) -> None:
    assert finding.state is state
    assert bool(finding.remedy) == (state is not State.OK)
