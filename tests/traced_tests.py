"""Which tests say what was reached of the code: tracing takes half as long again, and more.

A case on PostgreSQL of a flow, a page or a scan that runs on SQLite as well goes the same way
through the code, and what a browser asks for, tests of pages have asked for before. What speaks to
a database has ways of its own for each: the tests of those rooms are traced on both.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import pytest
from coverage import Coverage

CACHING = type(cache(lambda: None))
UNTRACED = pytest.StashKey[bool]()
# The folders of tests whose rooms speak to no database by themselves.
ABOVE_THE_DATA = frozenset({"flows", "web", "scanning", "reliability", "demo", "browser"})


def choose_traced(items: Sequence[pytest.Item]) -> None:
    """Note the tests whose way through the code another test goes."""
    names = {item.nodeid for item in items}
    for item in items:
        above = item.path.parent.name in ABOVE_THE_DATA
        again = above and twin_on_sqlite(item.nodeid) in names
        item.stash[UNTRACED] = again or item.get_closest_marker("browser") is not None


def twin_on_sqlite(name: str) -> str | None:
    """The same case of the same test on SQLite; None for one that is not on PostgreSQL."""
    test, bracket, case = name.partition("[")
    if "postgresql" not in case:
        return None
    return f"{test}{bracket}{case.replace('postgresql', 'sqlite')}"


@contextmanager
def traced_where_chosen(item: pytest.Item) -> Iterator[None]:
    """Let the coverage of this process rest during such a test, its fixtures included.

    What it has worked out once for all is worked out again by the next that asks.
    """
    coverage = Coverage.current() if item.stash[UNTRACED] else None
    if coverage is None:
        yield
        return
    coverage.stop()
    try:
        yield
    finally:
        forget_what_is_cached()
        coverage.start()


def forget_what_is_cached() -> None:
    """Empty the caches of all functions of the app."""
    for name, module in list(sys.modules.items()):
        if name.startswith("scanner_app."):
            for value in vars(module).values():
                if isinstance(value, CACHING):
                    value.cache_clear()
