"""What the doctor sees of the database: there, durable, and at this version.

This module must never create a database by looking for it.
"""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from scanner_app.cli.findings import Finding, State
from scanner_app.cli.installation import command_line, opened
from scanner_app.config import Settings
from scanner_app.database import Database, DatabaseUnfit
from scanner_app.migrations.upgrade import DatabaseNotMigrated, check_migrated, head_revision

KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
FULL = 2


def inspect_database(settings: Settings) -> list[Finding]:
    """Look at the database of the settings, as far as it can be reached."""
    try:
        with opened(settings.database_url, settings.writer_wait_seconds) as database:
            if database.dialect == "sqlite" and not Path(str(database.url.database)).exists():
                remedy = f"Run: {command_line('migrate')}"
                return [Finding("Database", State.MISSING, "there is none yet", remedy)]
            return [*_inspect_kind(database), _inspect_revision(database)]
    except (SQLAlchemyError, DatabaseUnfit) as fault:
        found = str(getattr(fault, "orig", fault)).strip().partition("\n")[0]
        remedy = "Correct DATABASE_URL, or start the database server."
        return [Finding("Database", State.MISSING, found, remedy)]


def _inspect_kind(database: Database) -> list[Finding]:
    with database.read() as session:
        if database.dialect == "postgresql":
            version = session.scalar(text("SHOW server_version"))
            durable = session.scalar(text("SHOW synchronous_commit")) != "off"
            granted = f"synchronous_commit is {'on' if durable else 'off'}"
        else:
            version = session.scalar(text("SELECT sqlite_version()"))
            mode = session.scalar(text("PRAGMA journal_mode"))
            durable = session.scalar(text("PRAGMA synchronous")) == FULL
            granted = f"journal mode {mode}, synchronous {'FULL' if durable else 'not FULL'}"
    remedy = "" if durable else "A power cut may take the last scans: set synchronous_commit on."
    return [
        Finding("Database", State.OK, f"{KINDS[database.dialect]} {version}"),
        Finding("Durability", State.OK if durable else State.ATTENTION, granted, remedy),
    ]


def _inspect_revision(database: Database) -> Finding:
    try:
        check_migrated(database)
    except DatabaseNotMigrated as refusal:
        return Finding("Tables", State.MISSING, str(refusal))
    return Finding("Tables", State.OK, f"revision {head_revision()}")
