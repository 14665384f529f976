"""The small warehouse of `go_live`, applied once per test process and copied for each test."""

from dataclasses import dataclass

from scanner_app.database import Database
from tests.configuration.go_live import CONTENTS, LINES, WHSE_BATCHES, WHSE_LINES, without
from tests.configuration.packages import add_package, add_user, book, run, send


@dataclass(frozen=True)
class GoneLive:
    """Where the warehouse lies, a file or the name of a database, and who applied it."""

    place: str
    user_id: int


def apply_template(url: str, place: str) -> GoneLive:
    """Apply everything but lines, their warehouse batches and bin contents; nobody stays."""
    database = Database(url)
    user_id = add_user(database)
    add_package(database)
    send(database, book(without(CONTENTS, LINES, WHSE_BATCHES, WHSE_LINES)))
    run(database, user_id)
    database.close()
    return GoneLive(place, user_id)
