"""What a quick run leaves to the full one: by rule, and never without a word about it.

Every test that `dev.py test --quick` may take keeps one of its cases; with each commit it is
another. What something costs, in statements or by the plan of a query, takes many records to see
and changes seldom: such files are left out. Most properties are tried with fewer examples. A run
of some files or names takes every case of theirs.
"""

import os
import zlib
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import settings

# What the cases are drawn by; dev.py sets it for a quick run of everything.
DRAWN_BY = "SCANNER_TEST_CASES"
FILES_OF_COSTS = ("test_statements", "test_query_plans")
EXAMPLES = 10
LEFT_TO_THE_FULL_RUN = {
    "browser": "with a browser",
    "postgresql": "on PostgreSQL",
    "slow": "slow",
    "deep": "deep",
}
COUNTED = "left_out"


class QuickRun:
    """The part of pytest that chooses, and counts what was left out in each process."""

    def __init__(self, drawn_by: str) -> None:
        self._drawn_by = drawn_by
        self._left_out: Counter[str] = Counter()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Keep one case of each test, in the order they had."""
        names = [item.nodeid for item in items if not is_of_costs(item)]
        taken = one_case_each(names, self._drawn_by)
        left = [item for item in items if item.nodeid not in taken]
        items[:] = [item for item in items if item.nodeid in taken]
        config.hook.pytest_deselected(items=left)

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """Count, by the first reason, whatever is left out."""
        for item in items:
            reasons = [mark for mark in LEFT_TO_THE_FULL_RUN if item.get_closest_marker(mark)]
            kind = "of costs" if is_of_costs(item) else "further cases"
            self._left_out[LEFT_TO_THE_FULL_RUN[reasons[0]] if reasons else kind] += 1

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Tell the process that reports."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[COUNTED] = dict(self._left_out)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Hear it from a process that tested: each of them collected the same."""
        self._left_out = Counter(getattr(node, "workeroutput", {}).get(COUNTED, {}))

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Say it in the last line."""
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None and not hasattr(config, "workeroutput"):
            reporter.write_line(left_out_sentence(self._left_out))


def begin_quick_run(config: pytest.Config) -> None:
    """Choose less when dev.py asked for it."""
    drawn_by = os.environ.get(DRAWN_BY)
    if drawn_by:
        settings.register_profile("quick", max_examples=EXAMPLES)
        settings.load_profile("quick")
        config.pluginmanager.register(QuickRun(drawn_by))


def examples(usual: int) -> int:
    """How many examples a property is tried with that has a number of its own."""
    return min(usual, EXAMPLES) if os.environ.get(DRAWN_BY) else usual


def is_of_costs(item: pytest.Item) -> bool:
    """Tell whether a test counts statements, or looks at how a database finds its rows."""
    return item.path.name.startswith(FILES_OF_COSTS)


def one_case_each(names: Sequence[str], drawn_by: str) -> set[str]:
    """Of each test one case, drawn by a text: the same for the same, another for another."""
    chosen: dict[str, str] = {}
    for name in sorted(names, key=lambda name: zlib.crc32(f"{drawn_by} {name}".encode())):
        chosen.setdefault(name.partition("[")[0], name)
    return set(chosen.values())


def left_out_sentence(left_out: Counter[str]) -> str:
    """One line for who reads only the last one."""
    counts = ", ".join(f"{count} {what}" for what, count in left_out.most_common())
    return (
        f"Left to the full run, {left_out.total()} tests: {counts or 'none'}. Of one test "
        f"one case ran, another with each commit; of most properties {EXAMPLES} examples."
    )
