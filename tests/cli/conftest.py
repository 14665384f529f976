import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scanner_app.cli import main
from scanner_app.database import Database
from scanner_app.migrations.upgrade import upgrade


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installation of which nothing is there yet."""
    for name in list(os.environ):
        if name.startswith("SCANNER_") or name in ("DATABASE_URL", "SECRET_KEY", "PUBLIC_URL"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SCANNER_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def run(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Run the command line in this process, and give its mask of file modes back."""

    def run_command(*arguments: str, typed: str = "") -> Ended:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        printed = capsys.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, printed.out, printed.err)

    mask = os.umask(0o022)
    yield run_command
    os.umask(mask)


@pytest.fixture(scope="session")
def migrated_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of this version, made once: most commands need one."""
    path = tmp_path_factory.mktemp("migrated") / "template.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    database.close()
    return path


@pytest.fixture
def installed(run: Run, data_folder: Path, migrated_template: Path) -> Iterator[Database]:
    """The migrated database of the installation."""
    data_folder.mkdir(mode=0o700)
    shutil.copyfile(migrated_template, data_folder / "scanner.db")
    (data_folder / "scanner.db").chmod(0o600)
    database = Database(f"sqlite:///{data_folder / 'scanner.db'}")
    yield database
    database.close()


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(data_folder: Path) -> Iterator[Start]:
    """Start a command in a process of its own, which ends with the test."""
    started: list[subprocess.Popen[str]] = []

    def start_command(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "scanner_app.cli", *arguments],
            env=os.environ | {"SCANNER_PORT": "0"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        started.append(process)
        return process

    yield start_command
    for process in started:
        process.kill()
        process.communicate(timeout=10)


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """What the process printed up to and with the line that holds the words."""
    assert process.stdout is not None
    printed = ""
    while words not in printed:
        line = process.stdout.readline()
        assert line, f"it ended after:\n{printed}"
        printed += line
    return printed
