"""Upgrade: bring a database to the schema this version of the product needs.

One process does it, the others wait and find it done: on SQLite behind the writer gate, on
PostgreSQL under an advisory lock. All steps are one transaction.

This module must never be called while pages are served: `serve` only checks.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from scanner_app.database import Database, DatabaseUnfit

FOLDER = Path(__file__).parent
ADVISORY_LOCK = 7_226_621  # "scanner" on a telephone keypad; PostgreSQL wants some number
WAIT_MILLISECONDS = 60_000


class DatabaseNotMigrated(DatabaseUnfit):
    """The tables are not those of this version of the product."""


def upgrade(database: Database) -> None:
    """Run the steps that the database lacks; do nothing where it lacks none.

    Raises:
        DatabaseNotMigrated: when a later version of the product made the database.
        WriterBusy: when another process held the writer for too long.
    """
    _run_alone(database, lambda config: command.upgrade(config, "head"))


def downgrade(database: Database, revision: str) -> None:
    """Undo the steps after a revision, or all of them for "base". Their data are lost."""
    _run_alone(database, lambda config: command.downgrade(config, revision))


def head_revision() -> str:
    """The revision that this version of the product needs."""
    return str(_scripts().get_current_head())


def current_revision(database: Database) -> str | None:
    """The revision the database is at; None when it is empty or not there yet."""
    file = database.url.database
    if database.dialect == "sqlite" and not Path(str(file)).exists():
        return None
    with database.read() as session:
        return _revision_of(session.connection())


def check_migrated(database: Database) -> None:
    """Refuse a database whose tables are not those of this version.

    Raises:
        DatabaseNotMigrated: with the command that helps.
    """
    current = current_revision(database)
    _check_known(current)
    if current != head_revision():
        raise DatabaseNotMigrated(
            f"The database is at revision {current or 'none'}, this version needs "
            f"{head_revision()}. Run `scanner-app migrate`."
        )


def _run_alone(database: Database, steps: Callable[[Config], None]) -> None:
    def work(session: Session) -> None:
        if database.dialect == "postgresql":
            _wait_for_turn(session)
        connection = session.connection()
        _check_known(_revision_of(connection))
        config = _config()
        config.attributes["connection"] = connection
        steps(config)

    database.write(work)


def _wait_for_turn(session: Session) -> None:
    """Creating tables takes longer than the limits that suit a scan."""
    session.execute(text(f"SET LOCAL lock_timeout = {WAIT_MILLISECONDS}"))
    session.execute(text(f"SET LOCAL statement_timeout = {WAIT_MILLISECONDS}"))
    session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})


def _check_known(revision: str | None) -> None:
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseNotMigrated(
            f"The database is at revision {revision}, which only a later version of the scanner "
            "app knows. Start that version."
        )


def _revision_of(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config
