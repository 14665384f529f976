"""Apps for the tests: built once for a kind of installation, then given a database and a clock.

Building one takes longer than most tests, and all but a few of its parts say the same for each.
"""

import copy
import dataclasses
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask

from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.jobs.work import JobWorker
from scanner_app.web import current, job_pages
from scanner_app.web.application import create_app, utc_now

_BUILT: list[tuple[Settings, Flask]] = []


def app_of(
    settings: Settings, database: Database, clock: Callable[[], datetime] = utc_now
) -> Flask:
    """An app as `create_app` makes it; who adds a route or a hook makes one of their own."""
    kind = dataclasses.replace(settings, data_folder=Path(), database_url="")
    app = copy.copy(_built(kind, database))
    app.config = copy.copy(app.config)
    app.extensions = app.extensions | {
        current.EXTENSION: current.Installation(settings, database, clock),
        job_pages.EXTENSION: JobWorker(database, clock),
    }
    return app


def _built(kind: Settings, database: Database) -> Flask:
    """Settings hold a mapping and have no hash; there are few kinds."""
    for built_for, app in _BUILT:
        if built_for == kind:
            return app
    app = create_app(kind, database)
    _BUILT.append((kind, app))
    return app
