"""Applying a package: in the order of what needs what, once, and all or nothing of each part."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.configuration.configuration_package import (
    ConfigurationPackage,
    PackageTableState,
)
from scanner_app.configuration.set_up_package import find_package, tables_of
from scanner_app.database import Database
from scanner_app.inventory.inventory_setup import package_nos
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_card import blank_card
from scanner_app.inventory.unit_of_measure_setup import create_unit_of_measure
from scanner_app.jobs import apply_package_job
from scanner_app.jobs.job import LEASE, JobState
from scanner_app.jobs.work import work_on_jobs
from scanner_app.warehouse.manual_journal_line import ManualJournalLine
from scanner_app.warehouse.set_up_item import create_item
from tests.configuration.go_live import (
    BINS,
    GO_LIVE,
    ITEMS,
    LINES,
    LOCATIONS,
    UNITS,
    VARIANTS,
    WHSE_BATCHES,
    WHSE_LINES,
    with_rows,
    without,
)
from tests.configuration.packages import (
    CODE,
    Rows,
    book,
    counts,
    export,
    job_of,
    lines,
    request,
    run,
    send,
    told,
    work,
)
from tests.spreadsheet import Spreadsheet
from tests.warehouse.masters import MOMENT
from tests.warehouse.place_cards import BY


def states(database: Database) -> set[PackageTableState]:
    with database.read() as session:
        package = find_package(session, CODE)
        assert package is not None
        return {table.state for table in tables_of(session, package.id)}


def log_entries(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(ChangeLogEntry)) or 0


def test_a_warehouse_comes_into_being_in_any_order_of_sheets(
    database: Database, admin: int
) -> None:
    send(database, book(GO_LIVE))
    checked = run(database, admin, apply=False)
    assert told(database) == []
    assert (checked.state, checked.done, counts(checked)) == (JobState.DONE, checked.total, {})
    assert states(database) == {PackageTableState.VALIDATED}
    assert lines(database) == []
    applied = run(database, admin)
    assert (applied.state, applied.done) == (JobState.DONE, applied.total)
    assert {word for each in counts(applied).values() for word in each} == {"created", "changed"}
    assert states(database) == {PackageTableState.APPLIED}
    assert lines(database) == [("LAMP", 10_000, 5, "OP0001"), ("MILK", 20_000, 2, "OP0001")]
    with database.read() as session:
        manual = session.scalars(select(ManualJournalLine)).one()
        assert (manual.whse_document_no, int(manual.quantity_base)) == ("WI0001", 36)
        assert package_nos(session) == "OPEN"


def test_applying_again_changes_nothing_and_logs_that_alone(database: Database, admin: int) -> None:
    send(database, book(GO_LIVE))
    run(database, admin)
    before, logged = export(database), log_entries(database)
    again = run(database, admin)
    assert all(set(each) == {"unchanged"} for each in counts(again).values())
    assert export(database) == before
    assert log_entries(database) == logged + len(GO_LIVE)


@pytest.mark.parametrize("steps", range(1, 40, 5))
def test_a_worker_may_die_after_each_step(
    database: Database, admin: int, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apply_package_job, "LINES_PER_STEP", 1)
    send(database, book(GO_LIVE))
    job_id = request(database, admin)
    left = iter([False] * steps)
    work(database, stop=lambda: next(left, True))
    work(database, MOMENT + LEASE + timedelta(seconds=1))
    job = job_of(database, job_id)
    assert (job.state, job.done) == (JobState.DONE, job.total)
    assert counts(job)["Item Journal Line"] == {"created": 2}
    assert [line[:3] for line in lines(database)] == [("LAMP", 10_000, 5), ("MILK", 20_000, 2)]


def test_what_is_there_is_changed_by_its_key_and_the_rest_left_alone(
    database: Database, admin: int
) -> None:
    send(database, book(GO_LIVE))
    run(database, admin)
    sheets: dict[int, Rows] = {
        ITEMS: [["No.", "Description"], ["lamp", "Desk lamp"]],
        BINS: [["Location Code", "Code", "Bin Ranking"], ["WEST", "W-1", 9]],
        LOCATIONS: [["Code", "Name"], ["WEST", "West"]],
        VARIANTS: [["Item No.", "Code", "Blocked"], ["LAMP", "RED", "Yes"]],
        WHSE_BATCHES: [
            ["Journal Template Name", "Location Code", "Name", "Description"],
            ["ITEM", "west", "found", "Found in the hall"],
        ],
    }
    send(database, book(sheets))
    job = run(database, admin)
    assert {name: each for name, each in counts(job).items() if "changed" in each} == {
        TABLE: {"changed": 1}
        for TABLE in ("Item", "Bin", "Location", "Item Variant", "Warehouse Journal Batch")
    }
    after = Spreadsheet(export(database)).sheets
    assert after["Item"][3][:4] == ["LAMP", "Desk lamp", "PCS", "4006381333931"]
    [west] = [row for row in after["Bin"] if row[1] == "W-1"]
    assert west[2] == "STORE"
    assert after["Item Variant"][3] == ["LAMP", "RED", "Red lamp", "Yes"]


def test_nothing_is_applied_while_a_record_has_errors(database: Database, admin: int) -> None:
    send(database, book(with_rows(UNITS, ["PCS", "Piece"])))
    job = run(database, admin)
    assert (job.state, job.checkpoint["phase"]) == (JobState.DONE, "validate")
    assert {name for name, *_ in told(database)} == {
        "Item Unit of Measure",
        "Item Reference",
        "Bin Content",
        "Warehouse Journal Line",
    }
    with database.read() as session:
        assert session.scalars(select(Item)).all() == []


def test_records_with_errors_are_left_out_when_it_is_told(database: Database, admin: int) -> None:
    send(database, book(with_rows(UNITS, ["PCS", "Piece"])))
    job = run(database, admin, leave_out=True)
    assert counts(job)["Item Unit of Measure"] == {"refused": 1}
    assert counts(job)["Item"] == {"created": 2}
    assert states(database) == {PackageTableState.APPLIED, PackageTableState.VALIDATED}
    send(database, book(GO_LIVE))
    job = run(database, admin)
    assert counts(job)["Item Unit of Measure"] == {"created": 1}
    assert counts(job)["Item Journal Line"] == {"unchanged": 2}


def test_a_package_stays_frozen_until_its_job_ends(database: Database, admin: int) -> None:
    send(database, book(without(LINES, WHSE_LINES)))
    job_id = request(database, admin)
    with database.read() as session:
        package = session.scalars(select(ConfigurationPackage)).one()
        assert (package.job_id, package.frozen_at) == (job_id, MOMENT)
    work(database)
    with database.read() as session:
        package = session.scalars(select(ConfigurationPackage)).one()
        assert (package.job_id, package.frozen_at) == (job_id, None)


def test_what_is_refused_only_when_it_is_applied_ends_the_job(
    database: Database, admin: int
) -> None:
    """Somebody gives another item the GTIN between the two phases."""
    send(database, book(without(LINES, WHSE_LINES)))
    job_id = request(database, admin)
    phases = []

    def clock() -> datetime:
        place = job_of(database, job_id).checkpoint
        phases.append(place.get("phase"))
        return MOMENT

    work_on_jobs(database, clock, lambda: phases[-1:] == ["apply"])
    add_item_with_gtin(database)
    work(database, MOMENT + LEASE + timedelta(seconds=1))
    job = job_of(database, job_id)
    assert job.state is JobState.FAILED
    assert job.fault is not None
    assert job.fault["code"] == "PackageRecordRefused"
    assert job.fault["parameters"] == {"table": "Item", "row_no": 4}
    assert counts(job)["Bin"] == {"created": 3}
    run(database, admin)
    assert told(database)[0] == ("Item", 4, "GTIN", "4006381333931", "GtinTaken")


def add_item_with_gtin(database: Database) -> None:
    def work(session: Session) -> None:
        create_unit_of_measure(session, {"code": "EACH", "description": ""}, BY)
        says = {"no": "OTHER", "base_unit_of_measure": "EACH", "gtin": "4006381333931"}
        create_item(session, blank_card() | says, BY)

    database.write(work)
