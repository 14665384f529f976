"""The door for WSGI servers: `scanner_app.wsgi:application`, built from the environment.

This module must never be imported by the rest of the product: importing it opens the database.
"""

from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.web.application import collect_garbage_less, create_app, log_as_json
from scanner_app.web.job_pages import job_worker

log_as_json()
_settings = Settings.from_environment()
application = create_app(
    _settings,
    Database(_settings.database_url, writer_wait_seconds=_settings.writer_wait_seconds),
)
collect_garbage_less()
job_worker(application).start()
