"""Who may sign in, and what changing a user does to the sessions that are open."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.access.passwords import hash_password
from scanner_app.access.sign_in import (
    Change,
    FullNameTooLong,
    LastSupervisor,
    SignInRefused,
    UserNameMissing,
    UserNameTaken,
    UserUnknown,
    create_user,
    disable_user,
    enable_user,
    set_password,
    sign_in,
)
from scanner_app.access.user import Role, User
from scanner_app.access.user_session import UserSession
from scanner_app.database import Database

PASSWORD = "a good long password"
PASSWORD_HASH = hash_password(PASSWORD)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CHANGE = Change(NOW, None)


def add(database: Database, user_name: str, role: Role = Role.WORKER, full_name: str = "") -> User:
    return database.write(
        lambda session: create_user(
            session,
            user_name=user_name,
            full_name=full_name,
            role=role,
            password_hash=PASSWORD_HASH,
            change=CHANGE,
        )
    )


def open_session(database: Database, user: User) -> None:
    def work(session: Session) -> None:
        session.add(
            UserSession(
                identity_hash=f"{user.id:064}",
                user_id=user.id,
                data={},
                created_at=NOW,
                last_seen_at=NOW,
                expires_at=NOW + timedelta(hours=12),
            )
        )

    database.write(work)


def count_sessions(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(UserSession)).all())


def test_user_names_are_found_in_any_case(database: Database) -> None:
    walt = add(database, " walt ")
    with database.read() as session:
        assert sign_in(session, "Walt", PASSWORD).id == walt.id


def test_unknown_wrong_and_disabled_are_refused_with_the_same_words(database: Database) -> None:
    walt = add(database, "WALT")
    gone = add(database, "GONE")
    database.write(lambda session: disable_user(session, gone.id, CHANGE))
    said = set()
    with database.read() as session:
        for name, password in (
            ("NOBODY", PASSWORD),
            (walt.user_name, "wrong password"),
            ("GONE", PASSWORD),
            ("W" * 51, PASSWORD),
        ):
            with pytest.raises(SignInRefused) as refused:
                sign_in(session, name, password)
            said.add(str(refused.value))
    assert len(said) == 1


def test_a_user_name_is_given_once_in_any_case(database: Database) -> None:
    add(database, "WALT")
    with pytest.raises(UserNameTaken):
        add(database, "walt")


def test_a_user_needs_a_name_that_fits(database: Database) -> None:
    with pytest.raises(UserNameMissing):
        add(database, "  ")
    with pytest.raises(FullNameTooLong):
        add(database, "LONG", full_name="x" * 101)


def test_disabling_ends_all_sessions_and_enabling_gives_access_again(database: Database) -> None:
    walt = add(database, "WALT")
    open_session(database, walt)
    for _ in range(2):
        database.write(lambda session: disable_user(session, walt.id, CHANGE))
    assert count_sessions(database) == 0
    for _ in range(2):
        database.write(lambda session: enable_user(session, walt.id, CHANGE))
    with database.read() as session:
        assert sign_in(session, "WALT", PASSWORD)
        logged = session.scalars(
            select(ChangeLogEntry.new_value).where(ChangeLogEntry.field_name == "disabled")
        ).all()
    assert logged == ["yes", "no"]


def test_a_new_password_ends_all_sessions_and_is_not_logged(database: Database) -> None:
    walt = add(database, "WALT")
    open_session(database, walt)
    new = hash_password("another password")
    database.write(lambda session: set_password(session, walt.id, new, CHANGE))
    assert count_sessions(database) == 0
    with database.read() as session:
        assert sign_in(session, "WALT", "another password")
        logged = session.scalars(select(ChangeLogEntry)).all()
    assert [(entry.field_name, entry.new_value) for entry in logged] == [
        ("role", "worker"),
        ("password", "set"),
    ]


def test_the_last_supervisor_cannot_be_disabled(database: Database) -> None:
    sue = add(database, "SUE", Role.SUPERVISOR)
    with pytest.raises(LastSupervisor):
        database.write(lambda session: disable_user(session, sue.id, CHANGE))
    add(database, "SAM", Role.SUPERVISOR)
    database.write(lambda session: disable_user(session, sue.id, CHANGE))


def test_a_user_that_is_not_there_is_refused_by_name(database: Database) -> None:
    with pytest.raises(UserUnknown):
        database.write(lambda session: disable_user(session, 99, CHANGE))
