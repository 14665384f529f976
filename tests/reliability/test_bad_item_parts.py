"""Whatever is typed into the forms of an item's parts is answered by name, and never breaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import Warehouse
from tests.passwords import PASSWORD
from tests.quick_runs import examples
from tests.reliability.page_device import opened_hall
from tests.reliability.test_bad_input import ANY_CHARACTER
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient

EXAMPLES = examples(20)
PARTS = {
    "units": ("code", "qty_per_unit_of_measure"),
    "variants": ("code", "description"),
    "references": (
        "reference_no",
        "reference_type",
        "variant",
        "unit",
        "description",
        "starting_date",
        "ending_date",
    ),
}
WHOLE = {
    "code": "BOX",
    "qty_per_unit_of_measure": "6",
    "reference_no": "CODE",
    "reference_type": "Bar Code",
    "variant": "",
    "unit": "PCS",
}
# What nearly is a number or a day is found more seldom among all characters.
NEARLY = st.text("0123456789-.,eE+ ", max_size=30)
TYPED = NEARLY | st.text(
    ANY_CHARACTER.filter(lambda c: not "\ud800" <= c <= "\udfff"), max_size=120
)
patiently = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.fixture
def opened(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Warehouse, Flask]]:
    with opened_hall(sqlite_template, tmp_path, Clock()) as both:
        yield both


@pytest.fixture
def pages(opened: tuple[Warehouse, Flask]) -> PageClient:
    hall, app = opened
    hall.add_item("CUP")
    hall.add_item("JUG", units={"BOX": 6})
    client = PageClient(app)
    client.sign_in("SUE", PASSWORD)
    return client


def assert_answered(page: Page) -> None:
    assert page.status in (303, 422), page.text
    if page.status == 422:
        assert page.all("article", class_="outcome")


def token_of(page: Page) -> str:
    return str(page.all("input", name="csrf_token")[0].get("value"))


def whole(part: str) -> dict[str, str]:
    return {name: value for name, value in WHOLE.items() if name in PARTS[part]}


@pytest.mark.parametrize("part", PARTS)
def test_any_text_in_any_field_is_answered(pages: PageClient, part: str) -> None:
    token = token_of(pages.get(f"/items/CUP/{part}/new"))

    @patiently
    @given(st.sampled_from(PARTS[part]), TYPED, st.uuids())
    def check(field: str, typed: str, request_id: object) -> None:
        fields = whole(part) | {field: typed}
        own = {"csrf_token": token, "request_id": str(request_id)}
        assert_answered(pages.post(f"/items/CUP/{part}", **fields, **own))

    check()


@pytest.mark.parametrize("part", PARTS)
def test_any_text_as_what_was_read_is_answered(pages: PageClient, part: str) -> None:
    page = pages.get(f"/items/CUP/{part}/new")
    pages.post_form(f"/items/CUP/{part}", page, f"edit-{part}", **whole(part))
    links = [str(link.get("href")) for link in pages.get(f"/items/CUP/{part}").all("a")]
    [row] = [link for link in links if link.rpartition("/")[2].isdigit()]

    @patiently
    @given(TYPED, st.uuids())
    def check(read: str, request_id: object) -> None:
        own = {"csrf_token": token_of(page), "request_id": str(request_id)}
        for action in (row, f"{row}/removal"):
            assert pages.post(action, **whole(part), **own, read=read).status == 422

    check()


def test_any_text_is_answered_as_a_unit_of_measure(pages: PageClient) -> None:
    token = token_of(pages.get("/units-of-measure/new"))

    @patiently
    @given(TYPED, TYPED, st.uuids())
    def check(code: str, description: str, request_id: object) -> None:
        fields = {"code": code, "description": description, "request_id": str(request_id)}
        assert_answered(pages.post("/units-of-measure", csrf_token=token, **fields))

    check()
