"""A page that is read by the tree of another is read as if it were the first."""

import xml.etree.ElementTree as ET

import html5lib
import pytest

from tests.web.parsed_pages import Element, read_html

PAGE = (
    "<!doctype html><title>{word}</title><body data-of='{word}'><table><tr><td>{word}</td></tr>"
    '</table><p title="{word}">{word}<b>bold</b> and {word} &amp; more</p><input value="{word}">'
)


def text_of(tree: Element) -> str:
    return ET.tostring(tree, encoding="unicode")


@pytest.mark.parametrize("word", ["a", "PAINT 7", " led by a blank", "zwölf", "&lt;b&gt;", "", " "])
def test_a_page_is_read_anew_with_its_own_words(word: str) -> None:
    read_html(PAGE.format(word="first"), whole=True)
    text = PAGE.format(word=word)
    assert text_of(read_html(text, whole=True)) == text_of(html5lib.parse(text))


def test_the_words_of_one_page_are_not_those_of_the_next() -> None:
    first = read_html('<p id="one">One</p>', whole=False)
    second = read_html('<p id="two">Two</p>', whole=False)
    assert [(p.get("id"), p.text) for tree in (first, second) for p in tree] == [
        ("one", "One"),
        ("two", "Two"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<p>One</div>",
        '<p id="one" id="two">One</p>',
        "<table><p>One</p></table>",
        '<p title="a&b;c">One</p>',
        "<p>One\x01</p>",
    ],
)
def test_what_is_not_html_fails_each_time_with_its_line(text: str) -> None:
    for _ in range(2):
        with pytest.raises(AssertionError, match="not HTML in line 1") as failed:
            read_html(text, whole=False)
        assert text in str(failed.value)
