"""A database of its own for each test: a copy of one that was built once per test process."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

KINDS_OF_DATABASE = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]

_numbers = count(1)


@contextmanager
def copied(
    request: pytest.FixtureRequest, folder: Path, sqlite: str, postgresql: str
) -> Iterator[str]:
    """The address of a copy of a template, which the fixture of that name for its kind gives."""
    if request.param == "sqlite":
        path = folder / f"{sqlite}.db"
        shutil.copyfile(request.getfixturevalue(sqlite), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql_server")
    template = request.getfixturevalue(postgresql)
    name = f"copy_{next(_numbers)}"
    administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield address_of(server, name)
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def address_of(server: str, name: str) -> str:
    """The address of one database of a PostgreSQL server."""
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def administer(server: str, statement: str) -> None:
    """Run a statement that PostgreSQL takes only outside of a transaction."""
    address = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
