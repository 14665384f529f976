"""Which installation a command works on: the one of the environment, or its demo warehouse.

The demo warehouse has a folder, a database and a marker of its own inside the data folder, so
that no demo data ever meet real ones.

This module must never open the demo on a database that is not marked as the demo's.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

from scanner_app.config import Settings
from scanner_app.database import Database, DatabaseUnfit

DEMO_FOLDER = "demo"
DEMO_MARKER = "demo"
DATABASE_FILE = "scanner.db"
MIGRATION_WAIT_SECONDS = 60.0


@dataclass(frozen=True)
class Installation:
    """What the options before the command chose."""

    demo: bool

    def settings(self) -> Settings:
        """The settings of the environment, pointed at the demo warehouse where that is asked.

        Raises:
            SettingsUnfit: for a value that cannot be used.
            DatabaseUnfit: when the demo's folder holds a database that is not the demo's.
        """
        settings = Settings.from_environment()
        return demo_settings(settings) if self.demo else settings

    @contextmanager
    def database(self) -> Iterator[Database]:
        """The database of these settings, closed at the end of the block."""
        settings = self.settings()
        with opened(settings.database_url, settings.writer_wait_seconds) as database:
            yield database


pass_installation = click.make_pass_decorator(Installation)


@contextmanager
def opened(url: str, writer_wait_seconds: float) -> Iterator[Database]:
    """A database that is closed at the end of the block."""
    database = Database(url, writer_wait_seconds=writer_wait_seconds)
    try:
        yield database
    finally:
        database.close()


def demo_settings(settings: Settings) -> Settings:
    """The settings of the demo warehouse: its own database, for this machine only.

    Raises:
        DatabaseUnfit: when its folder holds a database that is not marked as the demo's.
    """
    folder = settings.data_folder / DEMO_FOLDER
    file, marker = folder / DATABASE_FILE, folder / DEMO_MARKER
    if file.exists() and not marker.exists():
        raise DatabaseUnfit(f"{file} is not a demo database. Move it away to run the demo.")
    folder.mkdir(mode=0o700, exist_ok=True)
    marker.touch(mode=0o600)
    return replace(
        settings,
        data_folder=folder,
        database_url=f"sqlite:///{file}",
        host="127.0.0.1",
        demo=True,
    )


def command_line(*words: str) -> str:
    """How to call a further command from where this one was called."""
    program = "scanner-app"
    beside = Path(sys.executable).with_name(program)
    if shutil.which(program) is None and beside.exists():
        program = str(beside)
    return " ".join((program, *words))
