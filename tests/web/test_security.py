"""Closed by default, protected forms, and the headers on every answer."""

import dataclasses
import io
import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.web.application import HTMX_CONFIG, create_app
from scanner_app.web.security import HEADERS, OPEN_ENDPOINTS, takes_file
from tests.house.source_files import ROOT
from tests.passwords import PASSWORD
from tests.web.page_client import HTMX, PageClient


def requests_of(app: Flask) -> list[tuple[str, str, str]]:
    """Every endpoint with each of its methods and an address that fits it."""
    return [
        (rule.endpoint, method, address_of(rule, app))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def address_of(rule: Rule, app: Flask) -> str:
    values = {name: _value_for(converter) for name, converter in _converters(rule)}
    return str(app.url_map.bind("localhost").build(rule.endpoint, values))


def _value_for(converter: object) -> str | int:
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, IntegerConverter) else "x"


def _converters(rule: Rule) -> list[tuple[str, object]]:
    return list(rule._converters.items())  # noqa: SLF001 - werkzeug shows them nowhere else


def test_every_address_is_closed_to_visitors_unless_it_is_named_open(app: Flask) -> None:
    checked = 0
    for endpoint, method, address in requests_of(app):
        if endpoint in OPEN_ENDPOINTS:
            continue
        checked += 1
        response = app.test_client().open(address, method=method)
        where = response.headers.get("Location", "")
        assert response.status_code == 303, f"{method} {address} answers {response.status_code}"
        assert where.startswith("/sign-in"), f"{method} {address} goes to {where}"
    assert checked >= 10


def test_what_is_not_there_is_closed_too(visitor: PageClient) -> None:
    assert visitor.get("/nowhere").status == 303


def test_a_fragment_is_answered_by_sending_the_whole_page_to_sign_in(visitor: PageClient) -> None:
    page = visitor.as_htmx.get("/menu", HX_Current_URL="http://localhost/menu")
    assert page.status == 401
    assert page.response.headers["HX-Redirect"] == "/sign-in?next=/menu"


def test_every_supervisor_page_is_closed_to_workers(app: Flask, worker: PageClient) -> None:
    token = next(
        field.get("value")
        for field in worker.get("/menu").form("sign-out", "").iter()
        if field.get("name") == "csrf_token"
    )
    closed = 0
    for endpoint, method, address in requests_of(app):
        if getattr(app.view_functions[endpoint], "supervisor_only", False):
            closed += 1
            page = (
                worker.post(address, csrf_token=token) if method == "POST" else worker.get(address)
            )
            assert page.status == 403, f"{method} {address} answers {page.status}"
            assert "This page is for supervisors." in page.words
    assert closed >= 8


def test_everything_about_employees_is_for_supervisors(app: Flask) -> None:
    views = {name: view for name, view in app.view_functions.items() if "employees." in name}
    assert len(views) == 8
    assert all(getattr(view, "supervisor_only", False) for view in views.values())


@pytest.mark.parametrize("fields", [{}, {"csrf_token": "forged"}])
def test_a_post_without_its_token_is_refused_with_a_page(
    worker: PageClient, fields: dict[str, str]
) -> None:
    page = worker.post("/sign-out", **fields)
    assert page.status == 400
    assert page.h1 == "This page was open too long"
    assert "Open the page again" in page.words


def test_the_token_may_come_as_a_header(worker: PageClient) -> None:
    body = worker.get("/menu").all("body")[0]
    token = re.findall(r'"X-CSRFToken": "([^"]+)"', body.get("hx-headers"))[0]
    response = worker.client.post("/sign-out", headers={"X-CSRFToken": token})
    assert response.status_code == 303


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}]
)
def test_a_form_sent_by_another_site_is_refused(
    worker: PageClient, headers: dict[str, str]
) -> None:
    menu = worker.get("/menu")
    field = next(f for f in menu.form("sign-out", "").iter() if f.get("name") == "csrf_token")
    response = worker.client.post(
        "/sign-out",
        data={"csrf_token": field.get("value")},
        headers=headers,
    )
    assert response.status_code == 400


def test_a_form_of_our_own_origin_is_taken(worker: PageClient) -> None:
    menu = worker.get("/menu")
    field = next(f for f in menu.form("sign-out", "").iter() if f.get("name") == "csrf_token")
    response = worker.client.post(
        "/sign-out",
        data={"csrf_token": field.get("value")},
        headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
    )
    assert response.status_code == 303


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/static/css/base.css", "/health"])
def test_every_answer_carries_the_headers(worker: PageClient, path: str) -> None:
    headers = worker.get(path).response.headers
    for name, value in HEADERS.items():
        assert headers[name] == value


def test_the_policy_allows_nothing_inline_and_no_eval() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "nonce" not in policy


def test_pages_are_not_kept_and_differ_by_cookie_and_by_htmx(worker: PageClient) -> None:
    headers = worker.get("/").response.headers
    assert headers["Cache-Control"] == "no-store"
    assert {part.strip() for part in headers["Vary"].split(",")} >= {"HX-Request", "Cookie"}


def test_a_static_file_is_kept_for_good_under_the_digest_of_its_content(
    worker: PageClient,
) -> None:
    sheets = [link.get("href") for link in worker.get("/").all("link", rel="stylesheet")]
    assert len(sheets) > 10
    for address in sheets:
        assert re.fullmatch(r"/static/css/[a-z_]+\.css\?v=[0-9a-f]{16}", address)
        assert "immutable" in worker.get(address).response.headers["Cache-Control"]
    other = worker.get(f"{sheets[0].partition('?')[0]}?v=0123456789abcdef")
    assert other.response.headers["Cache-Control"] == "no-cache"


def test_scripts_of_others_are_named_with_their_digest(worker: PageClient) -> None:
    scripts = worker.get("/").all("script")
    [htmx] = [script for script in scripts if "vendor" in script.get("src")]
    assert htmx.get("integrity").startswith("sha384-")


def test_only_a_page_for_photos_takes_a_large_body(
    settings: Settings, web_database: Database
) -> None:
    app = create_app(dataclasses.replace(settings, form_bytes_max=100_000), web_database)
    app.add_url_rule("/photo", "photo", takes_file(lambda: "taken"), methods=["POST"])
    app.add_url_rule("/form", "form", lambda: "taken", methods=["POST"])
    client = PageClient(app)
    client.sign_in("WALT", PASSWORD)
    body = client.get("/menu").all("body")[0]
    token = re.findall(r'"X-CSRFToken": "([^"]+)"', body.get("hx-headers"))[0]
    for path, status in (("/photo", 200), ("/form", 413)):
        photo = {"photo": (io.BytesIO(b"x" * 150_000), "photo.jpg")}
        answer = client.client.post(path, data=photo, headers={"X-CSRFToken": token})
        assert answer.status_code == status


def test_only_the_public_host_is_answered_where_it_is_known(
    settings: Settings, web_database: Database
) -> None:
    named = dataclasses.replace(settings, public_url="http://warehouse.test")
    client = create_app(named, web_database).test_client()
    assert client.get("/health", base_url="http://warehouse.test").status_code == 200
    assert client.get("/health", base_url="http://evil.test").status_code == 400


def test_nothing_in_a_fragment_can_run() -> None:
    assert HTMX_CONFIG["allowEval"] is False
    assert HTMX_CONFIG["allowScriptTags"] is False
    assert HTMX_CONFIG["historyCacheSize"] == 0
    assert HTMX_CONFIG["historyRestoreAsHxRequest"] is False
    assert "style" not in HTMX_CONFIG["attributesToSettle"]  # type: ignore[operator]


def test_a_page_from_the_history_is_whole(worker: PageClient) -> None:
    headers = HTMX | {"HX-History-Restore-Request": "true"}
    response = worker.client.get("/nowhere", headers=headers)
    assert response.get_data(as_text=True).lstrip().startswith("<!DOCTYPE")


def test_the_broken_reswap_argument_of_the_library_is_never_used() -> None:
    faults = [
        str(path.relative_to(ROOT))
        for path in sorted(Path(ROOT / "scanner_app").rglob("*.py"))
        if re.search(r"\breswap\s*=", path.read_text())
    ]
    assert not faults, f"set the header HX-Reswap directly in {faults}"
