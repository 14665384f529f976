import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.barcodes.clean_text import (
    BarcodeTooLong,
    CharactersNotAllowed,
    NothingScanned,
    clean_text,
    printable,
    unwrap_frame,
)
from scanner_app.errors import RuleRefused


def test_outer_blanks_and_the_enter_of_a_wedge_scanner_are_taken_off() -> None:
    assert clean_text(" \t1001\r\n", 512) == "1001"


def test_blanks_inside_and_letters_of_any_language_stay() -> None:
    assert clean_text("Größe 日本 1", 512) == "Größe 日本 1"


@pytest.mark.parametrize("text", ["", " ", "\r\n", "\t \u00a0"])
def test_a_scan_without_characters_is_refused(text: str) -> None:
    with pytest.raises(NothingScanned):
        clean_text(text, 512)


def test_a_text_over_the_limit_is_refused_and_one_at_the_limit_is_not() -> None:
    assert clean_text("A" * 512, 512) == "A" * 512
    with pytest.raises(BarcodeTooLong) as refused:
        clean_text("A" * 513, 512)
    assert refused.value.parameters == {"length": 513, "maximum": 512}


@pytest.mark.parametrize(
    ("text", "code_point"),
    [
        ("A\x00", "U+0000"),
        ("A\x1bB", "U+001B"),
        ("A\nB", "U+000A"),
        ("A\x1eB", "U+001E"),
        ("A\x85B", "U+0085"),
        ("A\x9bB", "U+009B"),
        ("A\ud800", "U+D800"),
        ("A\u202eB", "U+202E"),
        ("A\u2066B", "U+2066"),
        ("A\u200bB", "U+200B"),
        ("\ufeffA", "U+FEFF"),
        ("A\u2028B", "U+2028"),
        ("A\U000e0041", "U+E0041"),
    ],
)
def test_a_hidden_character_is_refused_by_its_code_point(text: str, code_point: str) -> None:
    with pytest.raises(CharactersNotAllowed) as refused:
        clean_text(text, 512)
    assert refused.value.parameters == {"code_point": code_point}
    assert str(refused.value).isprintable()


def test_the_separator_stays_and_can_be_made_visible() -> None:
    assert clean_text("10A\x1d21B", 512) == "10A\x1d21B"
    assert printable("10A\x1d21B") == "10A␝21B"


def test_the_frame_of_iso_15434_is_taken_off_and_its_format_told() -> None:
    framed = clean_text("[)>\x1e05\x1d10LOT\x1d21S\x1e\x04", 512)
    assert unwrap_frame(framed) == ("10LOT\x1d21S", "05")


def test_a_text_without_frame_has_no_format() -> None:
    assert unwrap_frame("[)>05") == ("[)>05", "")


def test_an_empty_frame_holds_nothing() -> None:
    with pytest.raises(NothingScanned):
        unwrap_frame("[)>\x1e05\x1d\x1e\x04")


@given(st.text(st.characters(), max_size=600))
def test_what_is_let_through_can_be_shown_and_stored(text: str) -> None:
    try:
        cleaned = clean_text(text, 512)
        content, _ = unwrap_frame(cleaned)
    except RuleRefused:
        return
    assert "\x1e" not in content
    assert "\x00" not in content
    content.encode()
