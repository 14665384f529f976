"""A database of its own for each test: a copy of one that was built once per test process.

Copy after copy is laid out in the same place, so that what SQLAlchemy learned of a statement in
one test serves the next: compiling statements anew took a third of all the time.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from scanner_app.database import Database
from tests.refilled_databases import RefilledDatabase, remember

MEMORY, ROOM_NEEDED = Path("/dev/shm"), 400 * 2**20  # noqa: S108 - a folder of our own in it
KINDS_OF_DATABASE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@dataclass
class Places:
    """Where the copies of one test process are laid out, and who is connected there."""

    folder: Path
    opened: dict[str, Database] = field(default_factory=dict)
    refilled: dict[str, RefilledDatabase] = field(default_factory=dict)

    @contextmanager
    def laid_out(self, request: pytest.FixtureRequest, template: str, name: str) -> Iterator[str]:
        """The address of a copy of a template: a file, or the name of a database."""
        if request.param == "sqlite":
            url = self._copy_file(template, self.folder / f"{name}.db")
        else:
            server = request.getfixturevalue("postgresql_server")
            url = self._fill_database(server, template, name)
        yield url
        if url in self.opened:
            self.opened[url].close()

    def open(self, url: str) -> Database:
        """The database of an address; the next copy there is met by the same one."""
        if url not in self.opened:
            self.opened[url] = Database(url)
        return self.opened[url]

    def _fill_database(self, server: str, template: str, name: str) -> str:
        url = address_of(server, name)
        known = self.refilled.get(url)
        if known is not None and known.refill():
            return url
        _copy_database(server, template, name)
        self.refilled[url] = remember(url)
        return url

    def _copy_file(self, template: str, path: Path) -> str:
        for left in self.folder.glob(f"{path.name}*"):
            left.unlink()
        shutil.copyfile(template, path)
        return f"sqlite:///{path}"


@contextmanager
def laid_out_in_memory() -> Iterator[Path | None]:
    """A folder in memory, where a commit waits for no disk; None where a machine has none."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM_NEEDED:
        yield None
        return
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="scanner-tests-") as folder:
        yield Path(folder)


def address_of(server: str, name: str) -> str:
    """The address of one database of a PostgreSQL server."""
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def administer(server: str, *statements: str) -> None:
    """Run statements that PostgreSQL takes only outside of a transaction."""
    address = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def further_file(template: Path, folder: Path, name: str) -> Path:
    """A copy of a template to be filled, which then is a template itself."""
    path = folder / f"{name}.db"
    shutil.copyfile(template, path)
    return path


def further_database(server: str, template: str, name: str) -> str:
    """The same on a server; the address of the copy."""
    administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return address_of(server, name)


def _copy_database(server: str, template: str, name: str) -> None:
    administer(
        server,
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
        f"CREATE DATABASE {name} TEMPLATE {template}",
    )
