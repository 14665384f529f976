"""Which tests say what was reached of the code: tracing takes half as long again, and more.

A case on PostgreSQL that runs on SQLite as well goes the same way through the code, and what a
browser asks for, tests of pages have asked for before. What a database has to itself is tested
on that one alone, and traced there; and so are migrations, which have steps of their own for each.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from coverage import Coverage

UNTRACED = pytest.StashKey[bool]()
# What the tests of migrations begin with, on both databases: one without any table.
BEFORE_MIGRATIONS = "empty_url"


def choose_traced(items: Sequence[pytest.Item]) -> None:
    """Note the tests whose way through the code another test goes."""
    names = {item.nodeid for item in items}
    for item in items:
        migrates = BEFORE_MIGRATIONS in getattr(item, "fixturenames", ())
        again = not migrates and twin_on_sqlite(item.nodeid) in names
        item.stash[UNTRACED] = again or item.get_closest_marker("browser") is not None


def twin_on_sqlite(name: str) -> str | None:
    """The same case of the same test on SQLite; None for one that is not on PostgreSQL."""
    test, bracket, case = name.partition("[")
    if "postgresql" not in case:
        return None
    return f"{test}{bracket}{case.replace('postgresql', 'sqlite')}"


@contextmanager
def traced_where_chosen(item: pytest.Item) -> Iterator[None]:
    """Let the coverage of this process rest during such a test, its fixtures included."""
    coverage = Coverage.current() if item.stash[UNTRACED] else None
    if coverage is None:
        yield
        return
    coverage.stop()
    try:
        yield
    finally:
        coverage.start()
