"""No number in an address is too large for the app to answer it."""

import re

import pytest
from flask import Flask

from tests.web.page_client import PageClient

HUGE = "9" * 40
WITH_QUERY = (
    "/sync?posted={}",
    "/items/NONE/units?after={}",
    "/lot-no-information?after_id={}",
    "/item-journals?posted={}&register={}",
)


def test_every_key_in_an_address_is_answered(app: Flask, supervisor: PageClient) -> None:
    with_keys = [rule for rule in app.url_map.iter_rules() if "<int" in rule.rule]
    assert len(with_keys) >= 10
    for rule in with_keys:
        path = re.sub(r"<int[^>]*>", HUGE, rule.rule)
        path = re.sub(r"<[^>]*>", "NONE", path)
        answer = supervisor.get(path) if "GET" in (rule.methods or ()) else supervisor.post(path)
        assert answer.status in (400, 403, 404, 405), path


@pytest.mark.parametrize("number", [HUGE, "-1", "\u00b2", "x"])
@pytest.mark.parametrize("path", WITH_QUERY)
def test_every_number_behind_a_question_mark_is_answered(
    supervisor: PageClient, path: str, number: str
) -> None:
    assert supervisor.get(path.format(number, number)).status in (200, 404, 422)
