"""The command line: private files, one sentence for a refusal, help for everything."""

import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest

from scanner_app import __version__
from scanner_app.cli import COMMANDS, commands
from scanner_app.cli.installation import Installation
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.writer_gate import WriterGate
from tests.cli.conftest import Run


def test_the_help_lists_every_command(run: Run, data_folder: Path) -> None:
    ended = run("--help")
    assert ended.code == 0
    for name, (_, sentence) in COMMANDS.items():
        assert f"  {name} " in ended.out
        assert sentence in ended.out
    assert not data_folder.exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(run: Run, data_folder: Path, name: str) -> None:
    ended = run(name, "--help")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"Usage: scanner-app {name} ")
    assert not data_folder.exists()


def test_the_commands_can_be_listed_by_a_shell() -> None:
    assert commands.list_commands(click.Context(commands)) == list(COMMANDS)


def test_an_unknown_command_is_refused(run: Run) -> None:
    ended = run("sync")
    assert ended.code == 2
    assert "No such command" in ended.err


def test_it_can_be_started_as_a_module(data_folder: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "scanner_app.cli", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == f"scanner-app, version {__version__}\n"


def test_everything_it_makes_is_its_owners_only(run: Run, data_folder: Path) -> None:
    run("migrate")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data_folder.iterdir()}
    assert modes["scanner.db"] == 0o600
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(data_folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("SCANNER_PORT", "many", "SCANNER_PORT must be a whole number.\n"),
        ("DATABASE_URL", "sqlite://", "SQLite needs a file: sqlite:////path/scanner.db\n"),
    ],
)
def test_unfit_settings_end_as_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(variable, value)
    ended = run("migrate")
    assert (ended.code, ended.out, ended.err) == (2, "", sentence)


def test_a_database_that_cannot_be_reached_ends_as_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql:///none?host={tmp_path}")
    ended = run("migrate")
    assert ended.code == 2
    assert ended.err.startswith("The database cannot be used: ")
    assert ended.err.count("\n") == 1


def test_a_busy_writer_ends_as_one_sentence(
    run: Run, installed: Database, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = replace(Settings.from_environment(), writer_wait_seconds=0.05)
    monkeypatch.setattr(Installation, "settings", lambda _: impatient)
    with WriterGate(data_folder / "scanner.db.lock", 1).entered():
        ended = run("user", "add", "keller", "--generate")
    assert ended.code == 2
    assert ended.err == "Another process is writing to the database. Try again in a moment.\n"
