"""A client that reads every page it gets, as a browser, a screen reader and a reviewer would.

`PageClient(app).get(path)` returns a `Page` that is valid HTML with one h1, a title that starts
with it, labelled inputs, protected forms and nothing inline. A failure says what to write.
"""

import copy
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.parsed_pages import Element, read_html

HTML = "{http://www.w3.org/1999/xhtml}"
UNLABELLED = {"hidden", "submit", "button"}
HTMX = {"HX-Request": "true"}


@dataclass
class Page:
    """An answer of the app, parsed when it is HTML."""

    response: TestResponse
    text: str
    tree: Any = field(repr=False, default=None)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def location(self) -> str:
        return self.response.headers.get("Location", "")

    @property
    def h1(self) -> str:
        return _text_of(self.all("h1")[0])

    @property
    def words(self) -> str:
        return _text_of(self.tree)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of a name whose attributes have these values (`id_` is `id`)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.tree.iter(HTML + tag)
            if all(element.get(name) == value for name, value in wanted.items())
        ]

    def form(self, form_id: str | None, action: str) -> Element:
        """The form of an id, else the first one that is sent to an address."""
        for form in self.all("form"):
            matches = form.get("id") == form_id if form_id else form.get("action") == action
            if matches:
                return form
        raise AssertionError(f"no form with id {form_id!r} or action {action!r} on the page")


class PageClient:
    """A browser without a screen: cookies are kept, forms are filled from their page."""

    def __init__(self, app: Flask, base_url: str = "http://localhost") -> None:
        self.client: FlaskClient = app.test_client()
        self.base_url = base_url
        self.headers: dict[str, str] = {}

    @property
    def as_htmx(self) -> "PageClient":
        """The same browser, asking for fragments."""
        asking = copy.copy(self)
        asking.headers = HTMX
        return asking

    def get(self, path: str, **headers: str) -> Page:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._read(
            self.client.get(path, headers=self.headers | named, base_url=self.base_url)
        )

    def follow(self, page: Page) -> Page:
        """Open the address that a redirect names."""
        assert page.status == 303, f"expected a redirect with 303, got {page.status}: {page.text}"
        parts = urlsplit(page.location)
        return self.get(f"{parts.path}?{parts.query}".rstrip("?"))

    def post(self, path: str, **fields: str | list[str]) -> Page:
        """Send exactly these fields, as no browser would."""
        headers = self.headers | {"Referer": f"{self.base_url}/"}
        return self._read(
            self.client.post(path, data=fields, headers=headers, base_url=self.base_url)
        )

    def post_form(self, path: str, page: Page, form_id: str | None = None, **fields: str) -> Page:
        """Send a form of a page with its hidden fields and these values in the others."""
        form = page.form(form_id, path)
        unknown = fields.keys() - {element.get("name") for element in form.iter()}
        assert not unknown, f"the form has no field {sorted(unknown)}"
        return self.post(path, **(_values_of(form) | fields))

    def upload(self, path: str, page: Page, form_id: str, **files: bytes) -> Page:
        """Send a form of a page as it stands with these files."""
        fields = _values_of(page.form(form_id, path))
        parts = [
            *(_part(name, text.encode()) for name, texts in fields.items() for text in texts),
            *(_part(name, content, "upload.bin") for name, content in files.items()),
        ]
        sent = self.client.post(
            path,
            data=b"".join(parts) + b"--b--\r\n",
            headers=self.headers | {"Referer": f"{self.base_url}/"},
            base_url=self.base_url,
            content_type="multipart/form-data; boundary=b",
        )
        return self._read(sent)

    def download(self, path: str, page: Page, form_id: str) -> bytes:
        """Send a form that answers with a file."""
        fields = _values_of(page.form(form_id, path))
        headers = self.headers | {"Referer": f"{self.base_url}/"}
        answer = self.client.post(path, data=fields, headers=headers, base_url=self.base_url)
        assert answer.headers["Content-Disposition"].startswith("attachment"), answer.status
        return bytes(answer.data)

    def sign_in(self, user_name: str, password: str) -> Page:
        page = self.get("/sign-in")
        return self.post_form("/sign-in", page, user_name=user_name, password=password)

    def cookie(self, name: str) -> str | None:
        kept = self.client.get_cookie(name)
        return kept.value if kept else None

    def _read(self, response: TestResponse) -> Page:
        page = Page(response, response.get_data(as_text=True))
        response.close()
        if response.mimetype == "text/html" and page.text and response.status_code != 303:
            whole = page.text.lstrip().lower().startswith("<!doctype")
            page.tree = read_html(page.text, whole=whole)
            if whole:
                assert_whole_page(page)
            assert_readable(page)
        return page


def assert_whole_page(page: Page) -> None:
    headings = page.all("h1")
    assert len(headings) == 1, f"write exactly one <h1>, there are {len(headings)}"
    title = _text_of(page.all("title")[0])
    assert title.startswith(page.h1), f"start the <title> with “{page.h1}”, it is “{title}”"
    assert page.all("html")[0].get("lang"), "write lang on <html>"
    assert page.all("main"), "write the content into <main>"


def assert_readable(page: Page) -> None:
    ids = [element.get("id") for element in page.tree.iter() if element.get("id")]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    assert not twice, f"give each element an id of its own, twice there: {twice}"
    for element in page.tree.iter():
        inline = [name for name in element.attrib if name == "style" or name.startswith("on")]
        assert not inline, f"move {inline} of <{_name(element)}> to static/css or static/js"
    for script in page.all("script"):
        assert script.get("src"), "move the script to static/js and name it with src"
    assert not page.all("style"), "move the <style> to static/css"
    _assert_labelled(page)
    _assert_forms_protected(page)


def _assert_labelled(page: Page) -> None:
    labelled = {label.get("for") for label in page.all("label")}
    for tag in ("input", "select", "textarea"):
        for element in page.all(tag):
            if element.get("type") in UNLABELLED:
                continue
            name = element.get("id") or element.get("name")
            has_label = element.get("id") in labelled or element.get("aria-label")
            assert has_label, f"write <label for> or aria-label for the {tag} “{name}”"
    for button in [*page.all("button"), *page.all("a")]:
        words = _text_of(button) or button.get("aria-label")
        assert words, f"write words or aria-label for <{_name(button)} {button.get('id')}>"


def _assert_forms_protected(page: Page) -> None:
    for form in page.all("form"):
        if form.get("method", "get").lower() != "post":
            continue
        names = {element.get("name") for element in form.iter(HTML + "input")}
        assert "csrf_token" in names, f"write csrf_field() into the form to {form.get('action')}"


def _values_of(form: Element) -> dict[str, list[str]]:
    """What a browser would send of a form that nobody touched; ticked rows share a name."""
    values: dict[str, list[str]] = {}
    for element in form.iter(HTML + "input"):
        unticked = element.get("type") in {"checkbox", "radio"} and element.get("checked") is None
        if element.get("name") and not unticked and element.get("type") != "file":
            values.setdefault(element.get("name"), []).append(element.get("value", ""))
    for select in form.iter(HTML + "select"):
        options = list(select.iter(HTML + "option"))
        chosen = [option for option in options if option.get("selected") is not None] or options
        if chosen:
            values[select.get("name")] = [chosen[0].get("value", "")]
    return values


def _part(name: str, content: bytes, file_name: str = "") -> bytes:
    """One field of a form with files, in a body that no library kept in a file of its own."""
    file = f'; filename="{file_name}"' if file_name else ""
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def _text_of(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _name(element: Element) -> str:
    return str(element.tag).removeprefix(HTML)
