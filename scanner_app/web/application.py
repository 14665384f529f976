"""The app: settings, a database and a clock go in, a Flask app comes out.

Whoever adds a page family adds its module to `page_families`, and its stylesheet, if it has one,
to `STYLESHEETS`.

This module must never read the environment; `wsgi.py` and the command line do.
"""

import gc
import json
import logging
import sys
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask_login import LoginManager
from htmx_flask import Htmx
from werkzeug.middleware.proxy_fix import ProxyFix

from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.web.address_numbers import initialise_address_numbers
from scanner_app.web.current import EXTENSION, Installation, stop_reading
from scanner_app.web.item_journal_ways import initialise_item_journals
from scanner_app.web.job_pages import initialise_jobs
from scanner_app.web.label_symbols import symbol_address
from scanner_app.web.page_families import (
    ITEM_JOURNALS,
    OF_RECEIPTS,
    OF_SHIPMENTS,
    OF_TRANSFERS,
    PAGE_FAMILIES,
    SEVERAL_FAMILIES,
)
from scanner_app.web.pages import is_current, navigation
from scanner_app.web.photos import initialise_photos
from scanner_app.web.refusals import initialise_refusals
from scanner_app.web.scan_answers import kept_answer
from scanner_app.web.security import initialise_security, static_url, vendor_integrity
from scanner_app.web.sessions import ScannerSessions, signed_in_user
from scanner_app.web.texts import initialise_texts
from scanner_app.web.tracked_places import initialise_tracked_places
from scanner_app.web.transfer_pages import initialise_transfer_lines

# In the order of their layers, see static/css/layers.css; the dark colours are linked apart.
STYLESHEETS = (
    "layers",
    "reset",
    "tokens",
    "colors_light",
    "base",
    "layout",
    "action_bar",
    "navigation",
    "buttons",
    "fields",
    "keypad",
    "cards",
    "fast_tabs",
    "lists",
    "notices",
    "badges",
    "tabs",
    "charts",
    "progress",
    "task",
    "scan_field",
    "outcomes",
    "tell_me",
    "pages",
    "print",
)
FORM_PARTS_MAX = 50
# docs/decisions.md, "htmx without eval": nothing in a fragment may run.
HTMX_CONFIG = {
    "allowEval": False,
    "allowScriptTags": False,
    "includeIndicatorStyles": False,
    "attributesToSettle": ["class", "width", "height"],
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "historyRestoreAsHxRequest": False,
    "timeout": 8000,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "(400|403|409|422|503)", "swap": True, "error": True},
        {"code": "...", "swap": False, "error": True},
    ],
}


class JsonLines(logging.Formatter):
    """One JSON object per line; only the facts named here ever get into it."""

    FACTS = ("request_id", "endpoint", "method", "fault", "device")

    def format(self, record: logging.LogRecord) -> str:
        """Write the record, with the traceback where there is one."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line.update({name: vars(record)[name] for name in self.FACTS if name in vars(record)})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def utc_now() -> datetime:
    """The moment now, aware, in UTC."""
    return datetime.now(UTC)


def create_app(
    settings: Settings, database: Database, clock: Callable[[], datetime] = utc_now
) -> Flask:
    """Build the app of one installation."""
    app = Flask(
        "scanner_app",
        template_folder=str(resource_folder("templates")),
        static_folder=str(resource_folder("static")),
    )
    app.config.from_mapping(_configuration(settings))
    app.extensions[EXTENSION] = Installation(settings, database, clock)
    app.session_interface = ScannerSessions()
    initialise_address_numbers(app)
    app.teardown_appcontext(stop_reading)
    Htmx(app)
    LoginManager(app).request_loader(signed_in_user)
    initialise_texts(app)
    initialise_security(app)
    initialise_refusals(app)
    initialise_photos(app)
    initialise_jobs(app, database, clock)
    _add_globals(app, settings)
    for family in PAGE_FAMILIES:
        app.register_blueprint(family.blueprint)
    initialise_item_journals(app, ITEM_JOURNALS)
    initialise_tracked_places(app, OF_RECEIPTS, OF_SHIPMENTS, OF_TRANSFERS)
    initialise_transfer_lines(app)
    for several in SEVERAL_FAMILIES:
        for blueprint in several.blueprints:
            app.register_blueprint(blueprint)
    if settings.trust_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign] # Flask's own advice
    return app


def log_as_json() -> None:
    """Send the log of the whole process to stderr as JSON lines."""
    output = logging.StreamHandler(sys.stderr)
    output.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[output], force=True)


def collect_garbage_less() -> None:
    """Pass over what is loaded when garbage is collected, and wait for more than 700 new objects.

    What is loaded stays as long as the process: each full collection would look at every class and
    table again, some forty times while 50,000 lines are posted. A posting makes 700 objects for a
    few lines.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def resource_folder(name: str) -> Path:
    """The folder beside the package in a checkout, inside of it in a wheel."""
    package = Path(__file__).resolve().parent.parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def _configuration(settings: Settings) -> dict[str, object]:
    """The session protection of Flask-Login is off: it writes to the session on a GET."""
    host = urlsplit(settings.public_url).hostname
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_PROTECTION": None,
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": settings.form_bytes_max,
        "MAX_FORM_MEMORY_SIZE": settings.form_bytes_max,
        "MAX_FORM_PARTS": FORM_PARTS_MAX,
        "TRUSTED_HOSTS": [host, "localhost", "127.0.0.1"] if host else None,
    }


def _add_globals(app: Flask, settings: Settings) -> None:
    app.jinja_env.globals.update(
        demo=settings.demo,
        kept_answer=kept_answer,
        htmx_config=json.dumps(HTMX_CONFIG),
        navigation=navigation,
        is_current=is_current,
        new_request_id=lambda: str(uuid.uuid4()),
        static_url=static_url,
        stylesheets=STYLESHEETS,
        symbol_address=symbol_address,
        vendor_integrity=vendor_integrity,
    )
