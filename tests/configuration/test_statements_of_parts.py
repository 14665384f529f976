"""Validating and applying asks the same of the database for each part, however many there are."""

import pytest

from scanner_app.database import Database
from scanner_app.jobs import apply_package_job
from tests.configuration.go_live import (
    BATCHES,
    BINS,
    CONTENTS,
    EMPLOYEES,
    GO_LIVE,
    ITEM_UNITS,
    ITEMS,
    LINES,
    LOCATIONS,
    LOTS,
    REFERENCES,
    SERIES,
    SERIES_LINES,
    UNITS,
    VARIANTS,
    WHSE_BATCHES,
    WHSE_LINES,
    ZONES,
)
from tests.configuration.packages import Rows, book, run, send, told
from tests.sent_statements import statements_sent

PART = 5


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RECORDS_PER_STEP", "LINES_PER_STEP"):
        monkeypatch.setattr(apply_package_job, name, PART)


def parts(prefix: str, number: int) -> dict[int, Rows]:
    """So many parts of each table, each record of a location, item, user or series of its own."""
    codes = [f"{prefix}{each:02}" for each in range(number * PART)]
    more: dict[int, Rows] = {
        UNITS: [[code, ""] for code in codes],
        SERIES: [[code, "Yes"] for code in codes],
        SERIES_LINES: [[code, "2020-01-01", f"{code}-1", 1] for code in codes],
        LOCATIONS: [[code, "", "Yes", "Yes", "ADJ"] for code in codes],
        ZONES: [[code, "STORE", "STORE"] for code in codes],
        BINS: [[code, "ADJ", "", 0] for code in codes],
        EMPLOYEES: [["ADMIN", code, "No"] for code in codes],
        ITEMS: [[code, "", code, "LOTS", ""] for code in codes],
        VARIANTS: [[code, "RED", ""] for code in codes],
        ITEM_UNITS: [[code, "BOX", 12] for code in codes],
        REFERENCES: [[code, "RED", "BOX", "Bar Code", f"R{code}"] for code in codes],
        CONTENTS: [["WEST", "W-1", code, "RED", "BOX", "Yes", 1] for code in codes],
        LOTS: [[code, "L1", "No"] for code in codes],
        BATCHES: [[code, code, "COUNT", "Yes"] for code in codes],
        WHSE_BATCHES: [["Item", code, "FOUND"] for code in codes],
        LINES: [[1, code, "OPENING", "EAST", "E-1", "L1", "RED", ""] for code in codes],
        WHSE_LINES: [["Item", "FOUND", "WEST", code, "W-1", 1, "BOX"] for code in codes],
    }
    return {number: [GO_LIVE[number][0], *rows] for number, rows in more.items()}


def test_a_part_more_asks_as_much_as_the_part_before(database: Database, admin: int) -> None:
    """A warehouse is there; what comes on top of it is of the same kind."""
    send(database, book(GO_LIVE))
    run(database, admin)
    asked = []
    for number, prefix in ((1, "A"), (2, "B"), (3, "C")):
        send(database, book(parts(prefix, number)))
        with statements_sent(database.engine) as sent:
            run(database, admin)
        assert told(database) == []
        asked.append(len(sent))
    one, two, three = asked
    assert three - two == two - one
