"""Whatever is typed into a form of the set-up is taken or refused by name, and never a fault."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import Warehouse
from tests.passwords import PASSWORD
from tests.quick_runs import examples
from tests.reliability.page_device import opened_hall
from tests.reliability.test_bad_input import ANY_CHARACTER, MARKUP
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient

EXAMPLES = examples(25)
SERIES = "/number-series"
ASSIGN = "/items/SERIALS/assign-numbers"
# What people nearly type is found out more often than what nobody types.
NEARLY = st.sampled_from(
    ["", " ", "0", "1", "-1", "1e9", "9" * 25, "SN-1", "SN", "2026-02-30", "\x00", "\ud800", MARKUP]
)
TEXTS = st.one_of(NEARLY, st.text(ANY_CHARACTER, max_size=60))
FIELDS_OF_LINE = (
    "starting_date",
    "starting_no",
    "ending_no",
    "warning_no",
    "increment_by",
    "last_no_used",
)


@pytest.fixture
def opened(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Warehouse, Flask]]:
    with opened_hall(sqlite_template, tmp_path, Clock()) as both:
        yield both


@pytest.fixture
def supervisor(opened: tuple[Warehouse, Flask]) -> PageClient:
    """SUE, at an item with serial numbers and with the series SN."""
    hall, app = opened
    hall.add_item("SERIALS", "serial")
    client = PageClient(app)
    client.sign_in("SUE", PASSWORD)
    client.post_form(SERIES, client.get(f"{SERIES}/new"), "new", code="SN")
    line = {"new.starting_date": "2026-01-01", "new.starting_no": "SN-1"}
    card = client.get(f"{SERIES}/SN")
    assert client.post_form(f"{SERIES}/SN", card, "card", **line, manual_nos="on").status == 303
    return client


def try_out(names: tuple[str, ...], send: Callable[[dict[str, str]], Page]) -> None:
    """Send texts of every kind in the fields; what is refused says so twice, and nothing breaks."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.fixed_dictionaries(dict.fromkeys(names, TEXTS)))
    def check(typed: dict[str, str]) -> None:
        page = send(
            {name: text.encode("utf-8", "replace").decode() for name, text in typed.items()}
        )
        assert page.status in (200, 303, 422), page.text
        if page.status == 422:
            assert page.all("p", class_="outcome-message")
            assert page.all("p", class_="outcome-way-out")
        assert page.tree is None or not page.all("img", src="x")

    check()


def as_sent(text: str) -> str:
    """A lone surrogate is no UTF-8: no browser and no test client can send it."""
    return text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("position", [0, 1])
def test_a_line_of_a_series(supervisor: PageClient, position: int) -> None:
    """That of the series, and a new one."""
    card = supervisor.get(f"{SERIES}/SN")
    lines = [e.get("id") for e in card.all("details") if str(e.get("id")).startswith("line-")]
    key = lines[position].removeprefix("line-")

    def send(typed: dict[str, str]) -> Page:
        card = supervisor.get(f"{SERIES}/SN")
        return supervisor.post_form(f"{SERIES}/SN", card, "card", **typed)

    try_out(tuple(f"{key}.{name}" for name in FIELDS_OF_LINE), send)


def test_a_new_series(supervisor: PageClient) -> None:
    def send(typed: dict[str, str]) -> Page:
        return supervisor.post_form(SERIES, supervisor.get(f"{SERIES}/new"), "new", **typed)

    try_out(("code", "description"), send)


def test_serial_numbers_that_are_typed(supervisor: PageClient) -> None:
    def send(typed: dict[str, str]) -> Page:
        address = f"{ASSIGN}/customized-serial-nos"
        return supervisor.post_form(address, supervisor.get(ASSIGN), "customized", **typed)

    try_out(("start", "increment", "quantity"), send)


def test_a_range_of_bins(supervisor: PageClient) -> None:
    def send(typed: dict[str, str]) -> Page:
        response = supervisor.client.get("/labels/bins", query_string=typed)
        return supervisor._read(response)  # noqa: SLF001 - a page client builds no addresses

    try_out(("location", "from", "to"), send)
