"""What the pages promise is what the house does, and what the code cites is there."""

import re
from collections.abc import Iterator

from tests.house.source_files import ROOT, assert_no_faults, named, python_files

FIRST_SCREEN_LINES = 60
COMMAND = re.compile(r"^\s*(python3 dev\.py [^#\n]*?)\s*(?:#.*)?$", re.MULTILINE)
# A citation may go on in the next line, in a docstring or in a comment.
GAP = r"(?:\s|\n\s*#\s)+"
SECTION = r"\d+(?:\.\d+)*"
DOMAIN_CITATION = re.compile(
    rf"docs/domain\.md,?{GAP}({SECTION}(?:(?:,| and|,{GAP}and){GAP}{SECTION})*)"
)
HEADING_CITATION = re.compile(rf"docs/(\w+)\.md,{GAP}[\"“]([^\"”]+)[\"”]")
HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)


def test_the_readme_begins_with_the_two_commands() -> None:
    lines = (ROOT / "README.md").read_text().splitlines()[:FIRST_SCREEN_LINES]
    blocks = "\n".join(lines).split("```")[1::2]
    commands = [command for block in blocks for command in COMMAND.findall(block)]
    assert "python3 dev.py run" in commands
    assert "python3 dev.py test" in commands


def test_the_gate_runs_the_test_command_of_the_readme() -> None:
    gate = COMMAND.findall((ROOT / ".ci" / "run").read_text())
    readme = COMMAND.findall((ROOT / "README.md").read_text())
    assert gate == ["python3 dev.py check", "python3 dev.py test"]
    assert gate[-1] in readme, f"README.md: show `{gate[-1]}`, the command of .ci/run"


def test_every_cited_section_of_the_domain_exists() -> None:
    headings = HEADING.findall((ROOT / "docs" / "domain.md").read_text())
    sections = {heading.split()[0].rstrip(".") for heading in headings}
    assert_no_faults(
        [
            f"{place}: docs/domain.md has no section {section}: cite the one that says it"
            for place, section in _cited_sections()
            if section not in sections
        ]
    )


def test_every_heading_that_code_cites_exists() -> None:
    faults = []
    for place, page, heading in _cited_headings():
        path = ROOT / "docs" / f"{page}.md"
        if not path.exists() or heading not in HEADING.findall(path.read_text()):
            faults.append(f"{place}: docs/{page}.md has no heading “{heading}”")
    assert_no_faults(faults)


def test_citations_are_found_across_lines() -> None:
    text = '"""Kept as docs/domain.md 3.3, 4 and\n    5.1.2 say."""\n# see docs/domain.md\n# 7.'
    assert [found.split() for found in DOMAIN_CITATION.findall(text)] == [
        ["3.3,", "4", "and", "5.1.2"],
        ["7"],
    ]
    assert HEADING_CITATION.findall('docs/decisions.md,\n"One writer"') == [
        ("decisions", "One writer")
    ]


def _cited_sections() -> Iterator[tuple[str, str]]:
    for place, match in _citations(DOMAIN_CITATION):
        for section in re.findall(SECTION, match.group(1)):
            yield place, section


def _cited_headings() -> Iterator[tuple[str, str, str]]:
    for place, match in _citations(HEADING_CITATION):
        yield place, match.group(1), re.sub(GAP, " ", match.group(2))


def _citations(pattern: re.Pattern[str]) -> Iterator[tuple[str, re.Match[str]]]:
    for path in python_files():
        if path.samefile(__file__):
            continue
        text = path.read_text()
        for match in pattern.finditer(text):
            yield f"{named(path)}:{text.count(chr(10), 0, match.start()) + 1}", match
