"""docs/words.md: every concept of the ledgers has a word, a meaning and one home."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source_files import ROOT, assert_no_faults, named

WORDS = ROOT / "docs" / "words.md"
HEADER = ["Word", "Meaning", "Home"]
ROOMS_WITH_WORDS = ("inventory", "warehouse")


def test_the_table_of_words_is_well_formed() -> None:
    rows = list(_rows())
    assert rows, "docs/words.md: write a table with the columns | Word | Meaning | Home |"
    faults = [
        f"docs/words.md:{line}: write three filled cells: | word | meaning | home |"
        for line, cells in rows
        if len(cells) != len(HEADER) or not all(cells)
    ]
    assert_no_faults(faults)


def test_no_word_is_explained_twice() -> None:
    seen: dict[str, int] = {}
    faults = []
    for line, cells in _rows():
        word = _plain(cells[0])
        if word in seen:
            faults.append(f"docs/words.md:{line}: “{cells[0]}” stands in line {seen[word]} already")
        seen.setdefault(word, line)
    assert_no_faults(faults)


def test_every_table_of_the_ledgers_has_a_word() -> None:
    words = [_plain(cells[0]) for _, cells in _rows()]
    assert_no_faults(
        [
            f"{named(path)}:{node.lineno}: add a row for “{_split(node.name)}” to docs/words.md"
            for path, node in _tables()
            if not any(_split(node.name) in word for word in words)
        ]
    )


def test_a_class_name_is_split_as_its_word_is_written() -> None:
    assert _split("SerialNoInformation") == _plain("**Serial No. information**")
    assert _split("PutAwayLine") == _plain("put-away line")


def _rows() -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of the rows of every table with the header of words."""
    inside = False
    for number, line in enumerate(WORDS.read_text().splitlines(), start=1):
        if not line.startswith("|"):
            inside = False
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if inside and not all(set(cell) <= set("-: ") and cell for cell in cells):
            yield number, cells
        inside = inside or cells == HEADER


def _tables() -> Iterator[tuple[Path, ast.ClassDef]]:
    for room in ROOMS_WITH_WORDS:
        for path in sorted((ROOT / "scanner_app" / room).rglob("*.py")):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.ClassDef) and _maps_a_table(node):
                    yield path, node


def _maps_a_table(node: ast.ClassDef) -> bool:
    names = [
        target.id
        for statement in node.body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for target in (
            statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        )
        if isinstance(target, ast.Name)
    ]
    return "__tablename__" in names


def _split(class_name: str) -> str:
    return " ".join(re.findall(r"[A-Z][a-z0-9]*", class_name)).lower()


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))
