"""`demo` and `run-demo`: the demo warehouse, in a database or served at once."""

from dataclasses import replace
from datetime import UTC, datetime

import click
from sqlalchemy import select

from scanner_app.access.user import User
from scanner_app.cli.installation import (
    Installation,
    command_line,
    demo_settings,
    opened,
    pass_installation,
)
from scanner_app.cli.migrating import migrate_database
from scanner_app.cli.serving import serve_pages
from scanner_app.config import Settings
from scanner_app.database import Database, DatabaseUnfit
from scanner_app.demo.load import load_demo
from scanner_app.migrations.upgrade import check_migrated


@click.command()
@pass_installation
def demo(installation: Installation) -> None:
    """Load the demo warehouse into a database that has no users yet."""
    with installation.database() as database:
        check_migrated(database)
        if user_names(database):
            raise DatabaseUnfit("The database is in use. Load the demo into an empty one.")
        print_passwords(load_demo(database, datetime.now(UTC)))


@click.command("run-demo")
@click.option("--port", type=click.IntRange(0, 65535), help="Instead of SCANNER_PORT.")
@click.pass_context
def run_demo(context: click.Context, *, port: int | None) -> None:
    """Serve the demo warehouse on this machine only, from a database of its own."""
    settings = demo_settings(Settings.from_environment())
    if port is not None:
        settings = replace(settings, port=port)
    migrate_database(settings)
    load_once(settings)
    serve_pages(settings)


def load_once(settings: Settings) -> None:
    """Load the demo warehouse where there is nobody yet, and say how to sign in."""
    with opened(settings.database_url, settings.writer_wait_seconds) as database:
        names = user_names(database)
        if not names:
            print_passwords(load_demo(database, datetime.now(UTC)))
            return
    print(f"Users: {', '.join(names)}. Their passwords were shown at the first start.")
    again = command_line("--demo", "user", "password", names[0], "--generate")
    print(f"For a new one: {again}")


def user_names(database: Database) -> list[str]:
    """Everybody who may sign in, by name."""
    statement = select(User.user_name).where(User.disabled.is_(False)).order_by(User.user_name)
    with database.read() as session:
        return list(session.scalars(statement))


def print_passwords(passwords: dict[str, str]) -> None:
    """Show the passwords of the new users, once: they are kept nowhere."""
    width = max(map(len, passwords))
    print("Sign in as one of these. The passwords are shown this once only:")
    for name, password in passwords.items():
        print(f"  {name:<{width}}  {password}")
