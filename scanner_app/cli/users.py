"""`user`: who may sign in, and where they work.

A password is typed, read from standard input, or made here and printed once.

This module must never take a password as an argument: other people see the list of processes.
"""

import secrets
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.passwords import hash_password
from scanner_app.access.sign_in import (
    USER_NAME_LENGTH,
    Change,
    create_user,
    disable_user,
    enable_user,
    set_password,
)
from scanner_app.access.user import Role, User
from scanner_app.cli.installation import Installation, command_line, pass_installation
from scanner_app.errors import N_, RuleRefused
from scanner_app.migrations.upgrade import check_migrated
from scanner_app.records import to_code
from scanner_app.warehouse.employee import assign_location, locations_of, set_default_location

# No letter or digit that looks like another one on a handheld.
PASSWORD_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - what passwords are made of
PASSWORD_GROUPS = 4
PASSWORD_GROUP_LENGTH = 4


class NoSuchUser(RuleRefused):
    """The command names somebody who is not there."""

    message = N_("There is no user {user_name}.")
    way_out = N_("The command “user list” shows the names.")
    field = "User Name"


def asks_for_password(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options by which a password comes in."""
    generated = click.option("--generate", is_flag=True, help="Make a password and print it once.")
    typed = click.option("--password-stdin", is_flag=True, help="Read it from standard input.")
    return generated(typed(command))


@click.group()
def user() -> None:
    """Add, disable and list users, set their passwords and locations."""


@user.command()
@click.argument("name")
@click.option("--full-name", default="", help="As pages and registers show it.")
@click.option("--role", type=click.Choice([*map(str, Role)]), default="worker", show_default=True)
@asks_for_password
@pass_installation
def add(
    installation: Installation,
    *,
    name: str,
    full_name: str,
    role: str,
    generate: bool,
    password_stdin: bool,
) -> None:
    """Add a user, as worker or supervisor."""
    password_hash = hash_password(_new_password(generate=generate, from_stdin=password_stdin))

    def work(session: Session) -> None:
        create_user(
            session,
            user_name=name,
            full_name=full_name,
            role=Role(role),
            password_hash=password_hash,
            change=_change(),
        )

    _write(installation, work)
    print(f"Added {role} {name.strip().upper()}.")
    print(f"To say where: {command_line('user', 'location', name, 'LOCATION')}")


@user.command()
@click.argument("name")
@pass_installation
def disable(installation: Installation, *, name: str) -> None:
    """Take a user's access away at once, on every device."""
    _write(installation, lambda session: disable_user(session, _id_of(session, name), _change()))
    print(f"{name.strip().upper()} can no longer sign in.")


@user.command()
@click.argument("name")
@pass_installation
def enable(installation: Installation, *, name: str) -> None:
    """Let a disabled user sign in again, with the same password."""
    _write(installation, lambda session: enable_user(session, _id_of(session, name), _change()))
    print(f"{name.strip().upper()} can sign in again.")


@user.command()
@click.argument("name")
@asks_for_password
@pass_installation
def password(
    installation: Installation, *, name: str, generate: bool, password_stdin: bool
) -> None:
    """Set a new password and end the sessions that the old one opened."""
    new_hash = hash_password(_new_password(generate=generate, from_stdin=password_stdin))
    _write(
        installation,
        lambda session: set_password(session, _id_of(session, name), new_hash, _change()),
    )
    print(f"{name.strip().upper()} has a new password and is signed out everywhere.")


@user.command()
@click.argument("name")
@click.argument("location_code")
@click.option("--default", "is_default", is_flag=True, help="Chosen when the user signs in.")
@pass_installation
def location(
    installation: Installation, *, name: str, location_code: str, is_default: bool
) -> None:
    """Let a user work at a location."""

    def work(session: Session) -> None:
        user_id, change = _id_of(session, name), _change()
        assign_location(session, user_id, location_code, change)
        if is_default:
            set_default_location(session, user_id, location_code, change)

    _write(installation, work)
    print(f"{name.strip().upper()} works at {location_code.strip().upper()}.")


@user.command("list")
@pass_installation
def list_users(installation: Installation) -> None:
    """List every user with role, state and locations."""
    with installation.database() as database:
        check_migrated(database)
        with database.read() as session:
            users = session.scalars(select(User).order_by(User.user_name)).all()
            rows = [(one, [place.code for place in locations_of(session, one.id)]) for one in users]
    for one, codes in rows:
        state = "disabled" if one.disabled else "enabled"
        line = f"{one.user_name:<20} {one.role.value:<10}  {state:<8}  {', '.join(codes)}"
        print(line.rstrip())


def _write(installation: Installation, work: Callable[[Session], None]) -> None:
    with installation.database() as database:
        check_migrated(database)
        database.write(work)


def _change() -> Change:
    return Change(changed_at=datetime.now(UTC), changed_by=None)


def _new_password(*, generate: bool, from_stdin: bool) -> str:
    if generate:
        groups = (
            "".join(secrets.choice(PASSWORD_CHARACTERS) for _ in range(PASSWORD_GROUP_LENGTH))
            for _ in range(PASSWORD_GROUPS)
        )
        made = "-".join(groups)
        print(f"Password, shown this once: {made}")
        return made
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _id_of(session: Session, name: str) -> int:
    user_name = to_code(name, USER_NAME_LENGTH)
    user_id = session.scalar(select(User.id).where(User.user_name == user_name))
    if user_id is None:
        raise NoSuchUser(user_name=user_name)
    return user_id
