"""The files that the house rules speak of, found by walking: no git is needed."""

from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON_FOLDERS = ("scanner_app", "tests", "bench", "tools")
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def python_files() -> Iterator[Path]:
    yield ROOT / "dev.py"
    for folder in PYTHON_FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def styles_and_scripts() -> list[Path]:
    static = ROOT / "static"
    found = [*static.rglob("*.css"), *static.rglob("*.js")]
    return sorted(path for path in found if "vendor" not in path.relative_to(static).parts)


def pages() -> list[Path]:
    named = [ROOT / name for name in PAGES if (ROOT / name).exists()]
    return [*named, *sorted((ROOT / "docs").rglob("*.md"))]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def assert_no_faults(faults: Sequence[str]) -> None:
    assert not faults, "\n" + "\n".join(faults)
