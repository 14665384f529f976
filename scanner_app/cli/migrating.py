"""`migrate`: bring the database to the tables of this version."""

import click

from scanner_app.cli.installation import (
    MIGRATION_WAIT_SECONDS,
    Installation,
    opened,
    pass_installation,
)
from scanner_app.config import Settings
from scanner_app.migrations.upgrade import current_revision, upgrade


@click.command()
@pass_installation
def migrate(installation: Installation) -> None:
    """Bring the database to this version; where it is already, nothing happens."""
    before, after = migrate_database(installation.settings())
    if before == after:
        print(f"The database is at revision {after} already.")
    else:
        print(f"The database went from revision {before or 'none'} to {after}.")


def migrate_database(settings: Settings) -> tuple[str | None, str | None]:
    """Upgrade the database of the settings; return its revision before and after."""
    with opened(settings.database_url, MIGRATION_WAIT_SECONDS) as database:
        before = current_revision(database)
        upgrade(database)
        return before, current_revision(database)
