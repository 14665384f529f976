"""The demo warehouse for tests: loaded once per test process, copied for each test in no time."""

from dataclasses import dataclass
from datetime import UTC, datetime

from scanner_app.database import Database
from scanner_app.demo.load import load_demo

LOADED = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class DemoTemplate:
    """Where a loaded demo lies, a file or the name of a database, and who may sign in there."""

    place: str
    passwords: dict[str, str]


@dataclass(frozen=True)
class DemoCopy:
    """A demo of its own for one test."""

    database: Database
    passwords: dict[str, str]


def load_template(url: str, place: str) -> DemoTemplate:
    """Load the demo where the schema is; nobody is left connected."""
    database = Database(url)
    passwords = load_demo(database, LOADED)
    database.close()
    return DemoTemplate(place, passwords)
