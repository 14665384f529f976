"""Every way a request can end badly says what happened and the way out."""

import dataclasses
import io
import json
import logging
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.errors import Parameter
from scanner_app.web import application
from scanner_app.web.application import JsonLines, create_app
from scanner_app.web.current import reading
from scanner_app.web.refusals import sentence
from scanner_app.writer_gate import WriterBusy
from tests.passwords import PASSWORD
from tests.web.page_client import PageClient


def break_down() -> str:
    raise ZeroDivisionError("secret in the fault")


def be_busy() -> str:
    raise WriterBusy


def be_locked() -> str:
    raise OperationalError("SELECT 1", {}, _sqlite_fault("database is locked"))


def miss_a_table() -> str:
    reading().execute(text("SELECT * FROM nothing_like_it"))
    return ""


def _sqlite_fault(words: str) -> Exception:
    import sqlite3

    return sqlite3.OperationalError(words)


@pytest.fixture
def client(app: Flask) -> PageClient:
    for view in (break_down, be_busy, be_locked, miss_a_table):
        app.add_url_rule(f"/{view.__name__}", view_func=view)
    client = PageClient(app)
    client.sign_in("WALT", PASSWORD)
    return client


def test_the_values_of_a_sentence_are_written_as_the_reader_writes_them(app: Flask) -> None:
    values: dict[str, Parameter] = {
        "quantity": Decimal("1234.5"),
        "day": date(2026, 11, 22),
        "line": 10000,
    }
    with app.test_request_context():
        said = sentence("{quantity} on {day} in line {line}", values)
    assert said == "1,234.5 on 22 Nov 2026 in line 10000"


@pytest.mark.parametrize("path", ["/be_busy", "/be_locked"])
def test_a_busy_database_asks_to_send_the_same_again(client: PageClient, path: str) -> None:
    page = client.get(path)
    assert page.status == 503
    assert page.response.headers["Retry-After"] == "1"
    assert "Send the same again in a moment." in page.words
    assert client.as_htmx.get(path).all("article")[0].get("data-outcome") == "attention"


@pytest.mark.parametrize("path", ["/break_down", "/miss_a_table"])
def test_a_fault_of_ours_is_named_by_a_number_that_the_log_knows(
    client: PageClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    page = client.get(path)
    assert page.status == 500
    [record] = [record for record in caplog.records if record.message == "request_failed"]
    assert vars(record)["request_id"] in page.words
    assert "secret in the fault" not in page.text


def test_pages_that_are_missing_or_asked_in_the_wrong_way_have_names(worker: PageClient) -> None:
    assert worker.get("/nowhere").h1 == "This page does not exist"
    wrong = worker.get("/location")
    assert wrong.status == 405
    assert wrong.h1 == "This address takes no such request"


def test_a_form_that_is_too_large_is_refused_with_a_page(
    settings: Settings, web_database: Database
) -> None:
    small = dataclasses.replace(settings, form_bytes_max=1000)
    client = PageClient(create_app(small, web_database))
    page = client.post("/sign-in", user_name="x" * 1001)
    assert page.status == 413
    assert page.h1 == "Too much was sent at once"


def test_a_database_that_cannot_be_read_is_said_on_every_page(
    worker: PageClient, web_database: Database
) -> None:
    web_database.write(
        lambda session: session.execute(text("ALTER TABLE user_session RENAME TO x"))
    )
    page = worker.get("/")
    assert page.status == 500
    assert page.h1 == "Something broke here"


def test_a_log_line_is_json_with_the_named_facts_only() -> None:
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("scanner_app.tests.json")
    logger.addHandler(handler)
    try:
        break_down()
    except ZeroDivisionError:
        logger.exception("request_failed", extra={"request_id": "12", "password": "no"})
    line = json.loads(output.getvalue())
    assert line["event"] == "request_failed"
    assert line["request_id"] == "12"
    assert "ZeroDivisionError" in line["traceback"]
    assert "password" not in line


def test_no_log_of_a_sign_in_holds_a_password_or_an_identity(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = PageClient(app)
    client.sign_in("WALT", "a wrong password")
    client.sign_in("WALT", PASSWORD)
    written = application.JsonLines()
    lines = "\n".join(written.format(record) for record in caplog.records)
    assert "sign_in_refused" in lines
    assert "wrong password" not in lines
    assert PASSWORD not in lines
    assert (client.cookie("scanner_session") or "-") not in lines
