"""Two people at one package, and a package beside whoever works in the warehouse meanwhile."""

from datetime import timedelta

from sqlalchemy import select

from scanner_app.configuration.import_package import import_package, read_package
from scanner_app.configuration.set_up_package import FIELDS, create_package, delete_package
from scanner_app.database import Database
from scanner_app.inventory.item import Item
from scanner_app.inventory.unit_of_measure_setup import create_unit_of_measure
from scanner_app.jobs.apply_package_job import request_package_job
from scanner_app.jobs.job import JobState
from scanner_app.warehouse.record_card import blank_card
from tests.builders import Warehouse, build_warehouse, lot
from tests.configuration.go_live import ITEMS, UNITS
from tests.configuration.packages import (
    CODE,
    add_package,
    book,
    counts,
    job_of,
    request,
    send,
    told,
    work,
)
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken
from tests.warehouse.place_cards import BY

UNIT = book({UNITS: [["Code"], ["CRATE"]]})


def opened(database: Database) -> Warehouse:
    """A warehouse with a package in which a unit waits."""
    white = build_warehouse(database)
    add_package(database)
    send(database, UNIT)
    return white


@ON_POSTGRESQL
def test_who_imports_while_a_job_is_asked_for_waits_and_sees_it(database: Database) -> None:
    white = opened(database)
    tables = read_package(UNIT, "book.xlsx", CODE)
    refusal = overtaken(
        white,
        lambda session: request_package_job(session, CODE, white.by, apply=True, leave_out=False),
        lambda session: import_package(session, CODE, "book.xlsx", tables, BY, replace=True),
    )
    assert refusal is not None
    assert refusal.code == "PackageBusy"


@ON_POSTGRESQL
def test_who_asks_for_a_package_that_goes_finds_none(database: Database) -> None:
    white = opened(database)
    refusal = overtaken(
        white,
        lambda session: delete_package(session, CODE, BY),
        lambda session: request_package_job(session, CODE, white.by, apply=True, leave_out=False),
    )
    assert refusal is None or refusal.code == "RecordUnknown"


@ON_POSTGRESQL
def test_of_two_who_make_one_package_the_second_finds_it_there(database: Database) -> None:
    white = build_warehouse(database)
    typed = blank_card(FIELDS) | {"code": CODE}
    refusal = overtaken(
        white,
        lambda session: create_package(session, typed, BY),
        lambda session: create_package(session, typed, BY),
    )
    assert refusal is not None
    assert refusal.code == "NameTaken"


def test_what_somebody_makes_between_two_parts_is_found(database: Database) -> None:
    """The unit is made on its page after the package was validated: nothing is left to do."""
    white = opened(database)
    job_id = request(database, white.by.user_id)
    left = iter([False] * 3)
    work(database, stop=lambda: next(left, True))
    assert job_of(database, job_id).checkpoint["phase"] == "apply"
    says = {"code": "CRATE", "description": ""}
    database.write(lambda session: create_unit_of_measure(session, says, BY).id)
    lapsed = job_of(database, job_id).lease_until
    assert lapsed is not None
    work(database, lapsed + timedelta(seconds=1))
    job = job_of(database, job_id)
    assert (job.state, counts(job)) == (JobState.DONE, {"Unit of Measure": {"unchanged": 1}})


def test_a_record_that_postings_stand_against_is_told(database: Database) -> None:
    """The package would take the item its lots away, of which there is stock."""
    white = build_warehouse(database)
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "A", 3, lot("L1"))
    add_package(database)
    send(database, book({ITEMS: [["No.", "Item Tracking Code"], ["GOODS", ""]]}))
    request(database, white.by.user_id)
    work(database)
    assert [each[2:] for each in told(database)] == [
        ("Item Tracking Code", "", "TrackingFixedByLedger")
    ]
    with database.read() as session:
        item = session.scalars(select(Item).where(Item.no == "GOODS")).one()
        assert item.item_tracking_code_id == goods.item.item_tracking_code_id
    white.assert_sound()
