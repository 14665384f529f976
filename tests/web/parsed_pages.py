"""Pages read as HTML: strictly by html5lib, and once for all pages of the same markup.

Most pages of a run differ from another by their words only: numbers, names, a token. What such
words are cannot change how the page is read, so they are put into a copy of the tree that was read
before. To read every page anew took a tenth of a run.
"""

import copy
import re
from dataclasses import dataclass, field
from typing import Any

import html5lib

Element = Any  # html5lib gives elements of xml.etree, whose tags may also be functions

KEPT_MAX = 400
# A value in quotes, or a text between tags. The type of an input says where it may stand.
_WORDS = re.compile(r"""(?<! type)=(?:"([^"<>&]+)"|'([^'<>&]+)')|>([^"<>&]+)(?=<)""")
_MARK = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True)
class _Marked:
    """A page with marks for its words, as it was read, and where the marks came to stand."""

    tree: Element
    attributes: list[tuple[int, str]] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)


_kept: dict[tuple[bool, str], _Marked] = {}


def read_html(text: str, *, whole: bool) -> Element:
    """The tree of a page, or of a fragment; what is not HTML fails with its place."""
    words: list[str] = []

    def mark(found: re.Match[str]) -> str:
        word = found[1] or found[2] or found[3]
        if not _may_be_any_word(word):
            return found[0]
        words.append(word)
        return found[0].replace(word, f"\ue000{len(words) - 1}\ue001", 1)

    if "\ue000" in text:
        return _read(text, text, whole=whole)
    key = whole, _WORDS.sub(mark, text)
    marked = _kept.get(key)
    if marked is None:
        marked = _find_marks(_read(key[1], text, whole=whole))
        if len(_kept) == KEPT_MAX:
            _kept.clear()
        _kept[key] = marked
    return _filled(marked, words)


def _may_be_any_word(word: str) -> bool:
    """Blanks and control characters mean something to a reader of HTML, as no others do."""
    return word.isprintable() and not word[0].isspace()


def _read(text: str, shown: str, *, whole: bool) -> Element:
    parser = html5lib.HTMLParser()
    tree = parser.parse(text) if whole else parser.parseFragment(text)
    for (line, column), code, _ in parser.errors:
        excerpt = shown.splitlines()[max(line - 2, 0) : line + 1]
        raise AssertionError(f"not HTML in line {line}:{column}, {code}:\n" + "\n".join(excerpt))
    return tree


def _find_marks(tree: Element) -> _Marked:
    marked = _Marked(tree)
    for number, element in enumerate(tree.iter()):
        marked.attributes.extend(
            (number, name) for name, value in element.items() if _MARK.search(value)
        )
        marked.texts.extend(
            (number, part)
            for part in ("text", "tail")
            if _MARK.search(getattr(element, part) or "")
        )
    return marked


def _filled(marked: _Marked, words: list[str]) -> Element:
    def word(found: re.Match[str]) -> str:
        return words[int(found[1])]

    tree = copy.deepcopy(marked.tree)
    elements = list(tree.iter())
    for number, name in marked.attributes:
        element = elements[number]
        element.set(name, _MARK.sub(word, element.get(name)))
    for number, part in marked.texts:
        element = elements[number]
        setattr(element, part, _MARK.sub(word, getattr(element, part)))
    return tree
