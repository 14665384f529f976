"""No text reaches a page around gettext, and codes wrap where they may."""

import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from jinja2 import Environment, nodes

from scanner_app.web.page_list import PAGES
from scanner_app.web.tell_me import ICONS
from scanner_app.web.texts import code_parts, stays_whole
from tests.house.source_files import ROOT, assert_no_faults, named, templates

GETTEXT = {"_", "gettext", "ngettext"}
READ_ATTRIBUTES = {"aria-label", "placeholder", "title", "alt", "aria-description"}
# What stands for an expression while the markup around it is read.
EXPRESSION = "\ue000"
ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def faults_of(name: str, source: str) -> list[str]:
    return [
        *(f"{name}: wrap “{words}” in _()" for words in bare_texts(markup_of(source))),
        *(f"{name}:{line}: wrap “{words}” in _()" for line, words in bare_constants(source)),
    ]


def markup_of(source: str) -> str:
    """The template without its Jinja: expressions become one character, translations nothing."""
    markup, inside_trans, inside_block = [], False, ""
    for _, kind, value in ENVIRONMENT.lex(source):
        if kind == "block_begin":
            inside_block = "begun"
        elif inside_block == "begun" and kind == "name":
            inside_trans = value == "trans" or (inside_trans and value != "endtrans")
            inside_block = value
        elif kind == "variable_begin":
            markup.append(EXPRESSION)
        elif kind == "data" and not inside_trans:
            markup.append(value)
    return "".join(markup)


def bare_texts(markup: str) -> Iterator[str]:
    """The words that a reader sees or hears and that are not translated."""
    for element in html5lib.parse(markup).iter():
        heard = [element.get(name) for name in READ_ATTRIBUTES]
        for words in (element.text, element.tail, *heard):
            if any(character.isalpha() for character in (words or "").replace(EXPRESSION, "")):
                yield str(words).strip()


def bare_constants(source: str) -> Iterator[tuple[int, str]]:
    """Sentences and titles given to a macro or printed as they stand, outside of _()."""
    yield from _bare_in(ENVIRONMENT.parse(source))


def _bare_in(node: nodes.Node) -> Iterator[tuple[int, str]]:
    if isinstance(node, nodes.Call) and getattr(node.node, "name", "") in GETTEXT:
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and node.value[:1].isupper():
        yield node.lineno, node.value
    for child in node.iter_child_nodes():
        yield from _bare_in(child)


@pytest.mark.parametrize("path", templates(), ids=named)
def test_every_text_of_a_template_goes_through_gettext(path: Path) -> None:
    assert_no_faults(faults_of(named(path), path.read_text()))


@pytest.mark.parametrize(
    "source",
    [
        "<p>Scan the bin</p>",
        '<p aria-label="Scan the bin"></p>',
        '<input placeholder="{{ x }} or type">',
        '{{ button("Register") }}',
        '{% if x %}{{ "Nothing" }}{% endif %}',
    ],
)
def test_each_bare_text_is_seen(source: str) -> None:
    assert len(faults_of("a.html", source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '<p>{{ _("Scan the bin") }}</p>',
        "<p aria-label=\"{{ _('Scan the bin') }}\">{{ bin }} / {{ total }}</p>",
        "{% trans n=n %}{{ n }} of them{% endtrans %}",
        '{{ button(_("Register"), kind="primary") }}',
    ],
)
def test_translated_texts_are_left_alone(source: str) -> None:
    assert faults_of("a.html", source) == []


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("W-02-0401", ["W-", "02-", "0401"]),
        ("1001", ["1001"]),
        ("", []),
        ("A--B", ["A-", "-", "B"]),
    ],
)
def test_a_code_wraps_after_its_separators(code: str, parts: list[str]) -> None:
    assert code_parts(code) == parts


def test_a_short_code_never_wraps() -> None:
    assert stays_whole("W-02-0401")
    assert not stays_whole("SN-2026-000401")


def test_no_icon_is_named_that_is_not_drawn() -> None:
    drawn = set(re.findall(r'id="([a-z-]+)"', (ROOT / "static/icons/sprite.svg").read_text()))
    sources = "".join(path.read_text() for path in templates())
    asked = set(re.findall(r'\bicon\("([a-z-]+)"\)|icon_name="([a-z-]+)"', sources))
    named_in_code = {entry.icon for entry in PAGES} | set(ICONS.values())
    used = {name for pair in asked for name in pair if name} | named_in_code
    assert len(used) > 10
    assert used <= drawn
