"""The card of a package, and what may not be done with one while a job works on it."""

import pytest
from sqlalchemy.orm import Session

from scanner_app.configuration.configuration_package import ConfigurationPackage
from scanner_app.configuration.set_up_package import (
    card_of_package,
    change_package,
    delete_package,
    find_package,
    tables_of,
)
from scanner_app.database import Database
from scanner_app.errors import RuleRefused
from scanner_app.inventory.text_card import NO, YES, TextCard
from scanner_app.jobs.apply_package_job import cancel_package_job, put_package_report_away
from scanner_app.jobs.job import JobState
from scanner_app.warehouse.set_up_reason_code import (
    change_reason_code,
    create_reason_code,
    find_reason_code,
)
from tests.configuration.go_live import UNITS
from tests.configuration.packages import (
    CODE,
    add_package,
    book,
    export,
    job_of,
    request,
    run,
    send,
    work,
)
from tests.warehouse.masters import MOMENT
from tests.warehouse.place_cards import BY

UNIT = book({UNITS: [["Code"], ["PCS"]]})


def card(database: Database, code: str = CODE) -> TextCard:
    with database.read() as session:
        package = find_package(session, code)
        assert package is not None
        return card_of_package(session, package)


def change(database: Database, **typed: str) -> None:
    as_read = card(database)
    database.write(lambda session: change_package(session, CODE, as_read, as_read | typed, BY))


def code_of(caught: pytest.ExceptionInfo[RuleRefused]) -> str:
    assert str(caught.value)
    return caught.value.code


def test_tables_join_a_package_and_leave_it_with_their_records(
    database: Database, admin: int
) -> None:
    change(database, package_name="Go live", table_204=YES, table_27=YES)
    assert card(database) == card(database) | {"package_name": "Go live", "table_204": YES}
    send(database, UNIT)
    run(database, admin)
    change(database, table_204=NO)
    with database.read() as session:
        package = find_package(session, "go-live ")
        assert package is not None
        assert [table.table_no for table in tables_of(session, package.id)] == [27]
    change(database)


def test_a_package_goes_with_what_waits_in_it(database: Database, admin: int) -> None:
    send(database, book({UNITS: [["Code"], ["A/B"]]}))
    job_id = run(database, admin, apply=False).id
    database.write(lambda session: delete_package(session, CODE, BY))
    with database.read() as session:
        assert find_package(session, CODE) is None
        assert find_package(session, "\x00") is None
    assert job_of(database, job_id).state is JobState.DONE
    for code in (CODE, "\x00"):
        with pytest.raises(RuleRefused) as caught:
            database.write(lambda session, code=code: delete_package(session, code, BY))  # type: ignore[misc]
        assert code_of(caught) == "RecordUnknown"


def test_a_code_names_one_package(database: Database, admin: int) -> None:
    with pytest.raises(RuleRefused) as caught:
        add_package(database, code="go-live")
    assert code_of(caught) == "NameTaken"
    as_read = card(database)
    change(database, package_name="First")
    with pytest.raises(RuleRefused) as caught:
        database.write(lambda session: change_package(session, CODE, as_read, as_read, BY))
    assert code_of(caught) == "CardChanged"
    assert admin


def test_a_package_without_tables_or_records_has_nothing_to_do(
    database: Database, admin: int
) -> None:
    with pytest.raises(RuleRefused) as caught:
        export(database)
    assert code_of(caught) == "PackageWithoutTables"
    with pytest.raises(RuleRefused) as caught:
        request(database, admin)
    assert code_of(caught) == "PackageEmpty"


def test_nobody_changes_a_package_that_a_job_works_on(database: Database, admin: int) -> None:
    send(database, UNIT)
    request(database, admin)
    as_read = card(database)
    for again in (
        lambda: send(database, UNIT),
        lambda: request(database, admin),
        lambda: change(database, package_name="X"),
        lambda: database.write(lambda session: delete_package(session, CODE, BY)),
    ):
        with pytest.raises(RuleRefused) as caught:
            again()
        assert code_of(caught) == "PackageBusy"
    assert card(database) == as_read


def cancel(database: Database, job_id: int, code: str = CODE) -> None:
    database.write(lambda session: cancel_package_job(session, code, job_id, MOMENT))


def test_a_job_is_cancelled_before_it_writes(database: Database, admin: int) -> None:
    send(database, UNIT)
    job_id = request(database, admin)
    with pytest.raises(RuleRefused) as caught:
        cancel(database, job_id, "OTHER")
    assert code_of(caught) == "PackageJobEnded"
    cancel(database, job_id)
    assert job_of(database, job_id).state is JobState.CANCELLED
    with pytest.raises(RuleRefused) as caught:
        cancel(database, job_id)
    assert code_of(caught) == "PackageJobEnded"
    with pytest.raises(RuleRefused) as caught:
        cancel(database, job_id + 1)
    assert code_of(caught) == "PackageJobEnded"
    assert run(database, admin).state is JobState.DONE


def test_a_job_that_has_written_is_not_cancelled(database: Database, admin: int) -> None:
    send(database, UNIT)
    job_id = request(database, admin)
    # Claimed, validated, the end of that, and one part applied.
    left = iter([False] * 4)
    work(database, stop=lambda: next(left, True))
    with pytest.raises(RuleRefused) as caught:
        cancel(database, job_id)
    assert code_of(caught) == "PackageApplied"
    assert caught.value.parameters == {"code": CODE, "done": 1, "total": 1}


def put_away(database: Database, job_id: int) -> None:
    database.write(lambda session: put_package_report_away(session, CODE, job_id))


def told_of(database: Database) -> int | None:
    with database.read() as session:
        package = find_package(session, CODE)
        assert isinstance(package, ConfigurationPackage)
        return package.job_id


def test_a_report_is_told_until_it_was_read(database: Database, admin: int) -> None:
    send(database, UNIT)
    job_id = request(database, admin)
    put_away(database, job_id)
    assert told_of(database) == job_id
    work(database)
    put_away(database, job_id + 1)
    assert told_of(database) == job_id
    put_away(database, job_id)
    assert told_of(database) is None


def test_a_reason_code_is_made_and_described_otherwise(database: Database) -> None:
    says = {"code": "found", "description": "Found"}
    database.write(lambda session: create_reason_code(session, says, BY).id)
    with pytest.raises(RuleRefused) as caught:
        database.write(lambda session: create_reason_code(session, says, BY).id)
    assert code_of(caught) == "NameTaken"
    as_read = says | {"code": "FOUND"}

    def describe(session: Session, code: str) -> None:
        change_reason_code(session, code, as_read, as_read | {"description": "Found again"}, BY)

    database.write(lambda session: describe(session, "found"))
    for code, expected in (("FOUND", "CardChanged"), ("LOST", "RecordUnknown")):
        with pytest.raises(RuleRefused) as caught:
            database.write(lambda session, code=code: describe(session, code))  # type: ignore[misc]
        assert code_of(caught) == expected
    with database.read() as session:
        row = find_reason_code(session, "FOUND")
        assert row is not None
        assert row.description == "Found again"
        assert find_reason_code(session, "\x00") is None


def test_a_code_that_no_address_can_name_is_refused(database: Database) -> None:
    for code, expected in (("A/B", "NameNotInAddress"), ("", "NameMissing")):
        with pytest.raises(RuleRefused) as caught:
            add_package(database, code=code)
        assert code_of(caught) == expected
