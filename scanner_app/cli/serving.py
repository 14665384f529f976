"""`serve`: answer pages on a database that is at this version."""

import click

from scanner_app.cli.installation import Installation, opened, pass_installation
from scanner_app.cli.listening import listen
from scanner_app.cli.migrating import migrate_database
from scanner_app.config import Settings
from scanner_app.migrations.upgrade import check_migrated
from scanner_app.web.application import collect_garbage_less, create_app, log_as_json
from scanner_app.web.job_pages import job_worker


@click.command()
@click.option("--migrate", "migrate_first", is_flag=True, help="Bring the database up first.")
@pass_installation
def serve(installation: Installation, *, migrate_first: bool) -> None:
    """Serve the pages where SCANNER_HOST and SCANNER_PORT say."""
    settings = installation.settings()
    if migrate_first:
        migrate_database(settings)
    serve_pages(settings)


def serve_pages(settings: Settings) -> None:
    """Answer until the process is told to stop.

    Raises:
        DatabaseNotMigrated: when the tables are not those of this version.
        SettingsUnfit: when the address cannot be had.
    """
    with opened(settings.database_url, settings.writer_wait_seconds) as database:
        check_migrated(database)
        log_as_json()
        application = create_app(settings, database)
        collect_garbage_less()
        worker = job_worker(application)
        worker.start()
        try:
            listen(application, settings)
        finally:
            worker.close()
