"""docs/guide: every page has its pictures, every picture is shown, small, and said in words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.web.application import create_app
from tests.house.source_files import assert_no_faults, named
from tools.guide_shots import (
    BYTES_MAX,
    FOLDER,
    OVERVIEW,
    PICTURES,
    SCREENS,
    all_names,
    overview,
    picture_file,
)

DRAW_THEM = "run `python3 dev.py guide`"
SHOWN = re.compile(r'<img src="([^"]+)"[^>]* alt="([^"]*)"|!\[([^\]]*)\]\(([^)]+)\)')
# What a GET returns that nobody looks at as a page.
NO_PAGES = {
    "static",
    "home.health",
    "label_symbols.draw",
    "picks.show_lines",  # a part of picks.show, asked for when its list is opened
    "put_aways.show_lines",
    "counts.show_bins",  # a part of counts.show, asked for when a bin was closed
    "date_formulas.preview",  # a part of two cards, asked for while a formula is typed
    "item_journal_workbooks.download_errors",  # a file, not a page
    "reclassification_item_journal_workbooks.download_errors",
    "warehouse_physical_inventory_journal_workbooks.download_errors",
    "warehouse_item_journal_workbooks.download_errors",
    "warehouse_reclassification_journal_workbooks.download_errors",
    "reclassification_item_journal_postings.show_progress",
    "configuration_package_files.export",  # a file, not a page
    "configuration_package_files.download_errors",  # a file, not a page
    "configuration_package_jobs.show_progress",  # a part of configuration_packages.show
    "document_import.download_template",  # a file, not a page
    "item_pictures.show",  # a picture on other pages
    "item_journal_postings.show_progress",  # a part of item_journals.show, asked again
    "floor.show_now",  # a part of floor.show, asked again as the work goes on
    "counts.show_task",  # a part of counts.show, asked again while bins are added
}
NO_ENDPOINTS = {"REFUSED"}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    database = Database(f"sqlite:///{tmp_path / 'scanner.db'}")
    settings = Settings(
        tmp_path, str(database.url), "a key of tests, long enough to be one", demo=True
    )
    yield create_app(settings, database)
    database.close()


def test_every_page_of_the_app_has_a_picture(app: Flask) -> None:
    endpoints = {
        rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())
    }
    assert PICTURES.keys() - NO_ENDPOINTS == endpoints - NO_PAGES
    assert all(PICTURES.values())
    assert len(set(all_names())) == len(all_names())


def test_the_pictures_that_are_kept_are_those_of_the_walk() -> None:
    wanted = {picture_file(name, screen).name for name in all_names() for screen in SCREENS}
    kept = {path.name for path in FOLDER.iterdir() if path.suffix != ".md"}
    assert_no_faults(
        [
            *(f"docs/guide/{name} is missing: {DRAW_THEM}" for name in sorted(wanted - kept)),
            *(f"docs/guide/{name} is of no page: delete it" for name in sorted(kept - wanted)),
        ]
    )


def test_no_picture_is_too_large_to_be_kept() -> None:
    assert_no_faults(
        [
            f"{named(path)} has {path.stat().st_size} bytes: keep it under {BYTES_MAX}"
            for path in sorted(FOLDER.glob("*.webp"))
            if path.stat().st_size >= BYTES_MAX
        ]
    )


def test_every_picture_is_shown_and_every_picture_shown_exists() -> None:
    shown = {picture for _, picture, _ in _shown()}
    kept = {path.name for path in FOLDER.glob("*.webp")}
    assert_no_faults(
        [
            *(f"docs/guide: show {name} on one of the pages" for name in sorted(kept - shown)),
            *(f"docs/guide: there is no {name}: {DRAW_THEM}" for name in sorted(shown - kept)),
        ]
    )


def test_the_page_of_all_pictures_is_what_the_walk_draws() -> None:
    assert OVERVIEW.read_text(encoding="utf-8") == overview(), DRAW_THEM


def test_every_picture_is_said_in_words() -> None:
    assert_no_faults(
        [
            f"{page}: say in alt what {picture} shows"
            for page, picture, words in _shown()
            if not words
        ]
    )


def _shown() -> Iterator[tuple[str, str, str]]:
    """The page, the picture and its words, wherever a page shows one."""
    for path in sorted(FOLDER.glob("*.md")):
        for address, alt, words, linked in SHOWN.findall(path.read_text(encoding="utf-8")):
            yield named(path), address or linked, alt or words
