"""Forms that are sent twice: the second time changes no table and answers alike."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from scanner_app.all_tables import metadata
from scanner_app.database import Database
from tests.web.page_client import Page, PageClient


class Twice:
    """Sends every form twice and keeps which endpoints were asked."""

    def __init__(self, app: Flask, client: PageClient, database: Database) -> None:
        self.done: set[str] = set()
        self._client, self._database = client, database
        self._addresses = app.url_map.bind("localhost")

    def __call__(self, page_path: str, action: str, form_id: str = "", **fields: str) -> str:
        """Send the form of a page twice; the second time changes nothing and answers alike."""
        page = self._client.get(page_path)
        return self._send_twice(
            action, lambda: self._client.post_form(action, page, form_id or None, **fields)
        )

    def upload(self, page_path: str, action: str, form_id: str, **files: bytes) -> str:
        """Send a form with files twice."""
        page = self._client.get(page_path)
        return self._send_twice(action, lambda: self._client.upload(action, page, form_id, **files))

    def _send_twice(self, action: str, send: Callable[[], Page]) -> str:
        first = send()
        assert first.status == 303, f"{action}: {first.status} {first.text}"
        before = rows(self._database)
        second = send()
        assert (second.status, second.location) == (first.status, first.location), action
        assert rows(self._database) == before, action
        self.done.add(str(self._addresses.match(action, method="POST")[0]))
        return first.location


def rows(database: Database) -> dict[str, int]:
    """How many rows every table holds."""
    with database.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }
