"""Users by the command line: the same rules as on the pages, passwords never as arguments."""

import re
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.access.sign_in import SignInRefused, sign_in
from scanner_app.access.user import Role, User
from scanner_app.cli.installation import command_line
from scanner_app.database import Database
from scanner_app.inventory.location import Location
from tests.cli.conftest import Run

PASSWORD = "correct horse battery"
STDIN = ("--password-stdin",)


def role_after_sign_in(database: Database, name: str, password: str = PASSWORD) -> Role:
    with database.read() as session:
        return sign_in(session, name, password).role


@pytest.fixture
def keller(run: Run, installed: Database) -> str:
    assert run("user", "add", "keller", *STDIN, typed=f"{PASSWORD}\n").code == 0
    return "KELLER"


@pytest.fixture
def supervisor(run: Run, installed: Database) -> str:
    options = ("--role", "supervisor", "--full-name", "Ada Boss", *STDIN)
    assert run("user", "add", "boss", *options, typed=f"{PASSWORD}\n").code == 0
    return "BOSS"


def test_a_user_is_added_with_the_password_from_standard_input(
    run: Run, installed: Database
) -> None:
    ended = run("user", "add", "keller", *STDIN, typed=f"{PASSWORD}\n")
    assert ended.code == 0
    assert ended.out.startswith("Added worker KELLER.\n")
    assert PASSWORD not in ended.out
    assert role_after_sign_in(installed, "KELLER") is Role.WORKER


def test_a_supervisor_is_added_by_the_role(installed: Database, supervisor: str) -> None:
    assert role_after_sign_in(installed, supervisor) is Role.SUPERVISOR
    with installed.read() as session:
        assert session.scalar(select(User.full_name)) == "Ada Boss"


def test_a_typed_password_is_asked_for_twice(
    run: Run, installed: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([PASSWORD, PASSWORD])
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _: next(answers))
    assert run("user", "add", "keller").code == 0
    assert list(answers) == []
    assert role_after_sign_in(installed, "keller") is Role.WORKER


def test_a_generated_password_is_printed_and_works(run: Run, installed: Database) -> None:
    ended = run("user", "add", "keller", "--generate")
    found = re.search(r"Password, shown this once: (\S+)", ended.out)
    assert found is not None
    assert re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}", found[1])
    assert role_after_sign_in(installed, "keller", found[1]) is Role.WORKER


def test_what_the_command_line_changed_is_in_the_change_log(
    run: Run, installed: Database, keller: str
) -> None:
    run("user", "password", keller, "--generate")
    with installed.read() as session:
        entries = session.scalars(select(ChangeLogEntry).order_by(ChangeLogEntry.id)).all()
    assert [(e.record_name, e.field_name, e.user_id) for e in entries] == [
        ("KELLER", "role", None),
        ("KELLER", "password", None),
    ]


def test_a_rule_that_says_no_ends_as_its_sentences(run: Run, keller: str) -> None:
    taken = run("user", "add", "Keller", "--generate")
    assert taken.code == 2
    assert taken.err.startswith("There is a user KELLER already. ")
    short = run("user", "password", keller, *STDIN, typed="short\n")
    assert short.code == 2
    assert "fewer than" in short.err
    assert "short\n" not in short.err


def test_a_disabled_user_cannot_sign_in_until_enabled(
    run: Run, installed: Database, keller: str
) -> None:
    assert run("user", "disable", "keller").out == "KELLER can no longer sign in.\n"
    with pytest.raises(SignInRefused):
        role_after_sign_in(installed, keller)
    assert run("user", "enable", "keller").out == "KELLER can sign in again.\n"
    assert role_after_sign_in(installed, keller) is Role.WORKER


def test_a_new_password_replaces_the_old_one(run: Run, installed: Database, keller: str) -> None:
    ended = run("user", "password", "keller", *STDIN, typed="another long one\n")
    assert ended.code == 0
    assert role_after_sign_in(installed, keller, "another long one") is Role.WORKER
    with pytest.raises(SignInRefused):
        role_after_sign_in(installed, keller)


@pytest.mark.parametrize(
    "command",
    [("disable",), ("enable",), ("password", "--generate"), ("location", "WHITE")],
)
def test_somebody_unknown_is_named_with_the_way_to_the_names(
    run: Run, installed: Database, command: tuple[str, ...]
) -> None:
    verb, *rest = command
    ended = run("user", verb, "nobody", *rest)
    assert ended.code == 2
    assert ended.err == "There is no user NOBODY. The command “user list” shows the names.\n"


def test_users_are_listed_with_role_state_and_locations(
    run: Run, installed: Database, keller: str, supervisor: str
) -> None:
    codes = [{"code": code} for code in ("EAST", "WHITE")]
    installed.write(lambda session: session.execute(insert(Location), codes))
    assert run("user", "location", "boss", "east").out == "BOSS works at EAST.\n"
    assert run("user", "location", "boss", "white", "--default").code == 0
    run("user", "disable", "keller")
    lines = [line.split() for line in run("user", "list").out.splitlines()]
    assert lines == [
        ["BOSS", "supervisor", "enabled", "WHITE,", "EAST"],
        ["KELLER", "worker", "disabled"],
    ]


def test_a_location_that_is_not_there_is_refused(run: Run, keller: str) -> None:
    ended = run("user", "location", keller, "NOWHERE")
    assert ended.code == 2
    assert "NOWHERE" in ended.err


def test_a_database_that_was_not_migrated_is_refused_with_the_command(run: Run) -> None:
    ended = run("user", "list")
    assert ended.code == 2
    assert "Run `scanner-app migrate`." in ended.err


def test_a_further_command_is_named_as_it_can_be_called(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "scanner-app"
    program.touch()
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", "")
    assert command_line("user", "list") == f"{program} user list"
    program.unlink()
    assert command_line("user", "list") == "scanner-app user list"
