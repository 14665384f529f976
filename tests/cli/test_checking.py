"""The check says how much it verified and names every row that is wrong."""

import json

import pytest
from sqlalchemy import insert

from scanner_app.database import Database
from scanner_app.inventory.location import Location
from tests.cli.conftest import Run


@pytest.fixture
def broken_location(installed: Database) -> str:
    """A location that directs its work but has no adjustment bin."""
    location = {"code": "WHITE", "bin_mandatory": True, "directed_put_away_and_pick": True}
    installed.write(lambda session: session.execute(insert(Location), [location]))
    return "WHITE"


def test_ledgers_that_hold_end_well(run: Run, installed: Database) -> None:
    ended = run("check")
    assert (ended.code, ended.err) == (0, "")
    *invariants, last = ended.out.splitlines()
    assert last == "Every balance is what the ledgers say."
    assert len(invariants) > 5
    assert all(line.startswith("ok ") and " 0 rows  " in line for line in invariants)


def test_a_row_that_is_wrong_is_named(run: Run, broken_location: str) -> None:
    ended = run("check")
    assert ended.code == 1
    lines = ended.out.splitlines()
    [place] = [n for n, line in enumerate(lines) if line.startswith("BROKEN")]
    assert " 1 rows  " in lines[place]
    assert lines[place + 1].startswith("        location WHITE: expected ")
    assert lines[-1] == "Rows that are not what the ledgers say: 1."


def test_programs_read_the_same_as_json(run: Run, broken_location: str) -> None:
    ended = run("check", "--json")
    assert ended.code == 1
    verified = json.loads(ended.out)["verified"]
    [broken] = [row for one in verified for row in one["broken"]]
    assert (broken["table"], broken["row_id"]) == ("location", "WHITE")
    assert [one["rows"] for one in verified if one["broken"]] == [1]


def test_a_database_that_was_not_migrated_is_not_checked(run: Run) -> None:
    ended = run("check")
    assert ended.code == 2
    assert "scanner-app migrate" in ended.err
