"""The macros that scan pages are built from, rendered and read like a page."""

import shutil
from pathlib import Path

import pytest
from flask import render_template_string

from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.web.application import create_app
from tests.passwords import PASSWORD
from tests.web.conftest import SECRET_KEY
from tests.web.page_client import Page, PageClient

TASK_PAGE = """
{% extends "layout.html" %}
{% from "_macros/frame.html" import header, action_bar with context %}
{% from "_macros/forms.html" import button, date_field, quantity_field %}
{% from "_macros/parts.html" import badge, chart, definitions, notice, tabs %}
{% from "_macros/scan.html" import answer_region, outcome, scan_field %}
{% from "_macros/task.html" import chips, done_lines, item_line, next_line, progress %}
{% from "_macros/task.html" import quantity_line, task_panel %}
{% block title %}PA-00001{% endblock %}
{% block header %}{{ header("PA-00001", back="/", progress_text="7 / 12") }}{% endblock %}
{% block progress %}{{ progress(7, 12, "7 of 12 lines") }}{% endblock %}
{% block answer %}{% endblock %}
{% block main %}
  {% call task_panel("Scan the bin", expected) %}
    {{ item_line("1900-S", "Chair", picture="ab12") }}
    {{ chips([("LOT0001", true), ("1001", false)]) }}
    {{ quantity_line(1, 4, "PCS", "W-08-0001") }}
  {% endcall %}
  {{ scan_field("/scans", "Scan the bin") }}
  {% call answer_region() %}
    {% for kind, tone in outcomes %}{{ outcome(kind, tone, hostile, "Scan another.") }}{% endfor %}
    {% call outcome("choose", "", "Which one") %}{{ button("It is here") }}{% endcall %}
  {% endcall %}
  {{ next_line("1910-S", "LOT0100", "W-02-0401") }}
  {{ done_lines([("1900-S", "4 PCS")]) }}
  {{ tabs("Filter", [("/", "Open"), ("/menu", "Done")], "/") }}
  {{ definitions([("Bin", hostile)]) }}{{ notice("Blind.") }}{{ badge("3", tone="warn") }}
  {% call chart("By day", [("Mon", 4)], "Day", "Quantity") %}
    <svg viewBox="0 0 9 9" aria-hidden="true"><rect class="chart-bar" width="9" height="9"/></svg>
  {% endcall %}
  <form>{{ quantity_field("Quantity", unit="PCS") }}
  {{ date_field("Expiration date", "day") }}</form>
{% endblock %}
{% block action_bar %}{% call action_bar("Actions") %}{{ button("Skip", "quiet") }}{% endcall %}
{% endblock %}
"""
OUTCOMES = [
    ("accepted", "ok"),
    ("attention", "warn"),
    ("refused", "stop"),
    ("choose", ""),
    ("waiting", ""),
]
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def page(people_database: tuple[Path, Database], tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The page once for the tests, which only look at it; its route needs an app of its own."""
    folder = tmp_path_factory.mktemp("macros")
    shutil.copyfile(people_database[0] / "people.db", folder / "macros.db")
    database = Database(f"sqlite:///{folder / 'macros.db'}")
    app = create_app(Settings(folder, "", SECRET_KEY), database)

    @app.get("/task")
    def show_task() -> str:
        return render_template_string(
            TASK_PAGE, expected="W-02-0401", outcomes=OUTCOMES, hostile=HOSTILE
        )

    client = PageClient(app)
    client.sign_in("WALT", PASSWORD)
    shown = client.get("/task")
    database.close()
    return shown


def test_there_is_one_armed_scan_field_that_opens_no_keyboard(page: Page) -> None:
    [field] = page.all("input", id_="scan")
    assert field.get("inputmode") == "none"
    assert field.get("enterkeyhint") == "go"
    assert field.get("autocapitalize") == "none"
    assert field.get("autofocus") is not None
    assert page.all("input", id_="photo")[0].get("capture") == "environment"


def test_the_answer_has_one_place_that_is_read_aloud(page: Page) -> None:
    [region] = page.all("div", id_="answer")
    assert (region.get("role"), region.get("aria-live")) == ("status", "polite")
    shown = [(card.get("data-outcome"), card.get("data-tone")) for card in page.all("article")]
    assert shown[: len(OUTCOMES)] == OUTCOMES


def test_every_outcome_has_words_beside_its_colour(page: Page) -> None:
    words = page.words
    for word in ("Accepted:", "Attention:", "Refused:", "Choose:", "Waiting:"):
        assert word in words


def test_scanned_text_is_shown_and_never_becomes_an_element(page: Page) -> None:
    assert HOSTILE in page.words
    assert [image.get("src") for image in page.all("img")] == ["/items/1900-S/picture/ab12.webp"]


def test_a_code_may_wrap_after_its_separators_and_is_whole(page: Page) -> None:
    [expected] = page.all("p", class_="task-expected")
    assert "".join(expected.itertext()) == "W-02-0401"
    assert len([part for part in expected.iter() if str(part.tag).endswith("wbr")]) == 2


def test_the_keypad_waits_for_a_script_and_the_field_does_not(page: Page) -> None:
    [field] = page.all("input", id_="quantity")
    assert field.get("inputmode") == "decimal"
    [keys] = page.all("div", data_keypad_for="quantity")
    assert keys.get("hidden") is not None
    assert [key.get("data-key") for key in keys.iter() if key.get("data-key")] == [
        *"789456123",
        ".",
        "0",
        "delete",
    ]


def test_unsent_scans_have_a_badge_that_hides_at_none(page: Page) -> None:
    assert page.all("span", id_="unsent")[0].get("hidden") is not None
