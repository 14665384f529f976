"""The English catalogue holds every text of the product, and nothing that is gone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from scanner_app import all_tables
from scanner_app.errors import RuleRefused
from scanner_app.scanning.outcomes import SENTENCES
from scanner_app.web import application
from tests.house.source_files import assert_no_faults
from tools import texts

BRING_IN_STEP = "run `python3 dev.py texts`"
# Whoever imports the app has declared every refusal of the product.
assert all_tables
assert application


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("texts") / "messages.pot"
    texts.extract(path)
    return path


@pytest.fixture
def english() -> Catalog:
    return _read(texts.catalogue(texts.ENGLISH))


def test_the_catalogue_is_what_the_command_would_write(extracted: Path, tmp_path: Path) -> None:
    kept = texts.catalogue(texts.ENGLISH)
    written = texts.catalogue(texts.ENGLISH, tmp_path)
    written.parent.mkdir(parents=True)
    shutil.copyfile(kept, written)
    texts.bring_into_step(texts.ENGLISH, extracted, tmp_path)
    assert kept.read_text("utf-8") == written.read_text("utf-8"), BRING_IN_STEP


def test_every_sentence_of_a_refusal_and_an_outcome_is_in_the_catalogue(english: Catalog) -> None:
    assert_no_faults(
        [
            f"{where}: mark “{words}” with N_, then {BRING_IN_STEP}"
            for where, words in _sentences()
            if words and english.get(words) is None
        ]
    )


def test_the_sentences_of_the_product_are_found() -> None:
    places = {where for where, _ in _sentences()}
    assert {"UnitGiven", "AddOrReplace", "QuantityNotReadable", "PermissionRefused"} <= places


def test_a_catalogue_names_nobody_and_no_day() -> None:
    header = texts.catalogue(texts.ENGLISH).read_text("utf-8").partition("\n\n")[0]
    assert "Language: en" in header
    for field in ("Date", "Translator", "Team", "Copyright", "Generated"):
        assert field not in header


def test_another_language_keeps_its_translations(extracted: Path, tmp_path: Path) -> None:
    texts.bring_into_step("de", extracted, tmp_path)
    path = texts.catalogue("de", tmp_path)
    asked = 'msgid "Put-aways"\nmsgstr "'
    begun = path.read_text("utf-8").replace(asked, asked + "Einlagerungen")
    path.write_text(begun, "utf-8")
    texts.bring_into_step("de", extracted, tmp_path)
    german = _read(path)
    assert german["Put-aways"].string == "Einlagerungen"
    assert german.num_plurals == 2
    assert path.read_text("utf-8") == begun


@pytest.mark.parametrize("language", ["", "german", "../de", "DE", "--help"])
def test_a_word_that_is_no_language_is_refused(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert texts.main([language]) == 2
    assert "is no code of a language" in capsys.readouterr().err


def _sentences() -> Iterator[tuple[str, str]]:
    """Everything that a worker may be told, with the name under which it is declared."""
    for code, refusal in RuleRefused.by_code.items():
        if refusal.__module__.startswith("scanner_app."):
            yield code, refusal.message
            yield code, refusal.way_out
    for code, said in SENTENCES.items():
        yield code, said.message
        yield code, said.way_out


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)
