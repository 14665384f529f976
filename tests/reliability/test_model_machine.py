"""Random warehouse work, compared with a model; and proof that the comparison finds faults.

The usual run has 300 examples of 50 steps on SQLite and 60 of 30 on PostgreSQL. With
SCANNER_TEST_QUICK=1 there are fewer, with SCANNER_TEST_DEEP=1 many more.
"""

import builtins
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.exc import IntegrityError

from scanner_app.access import posted_request
from scanner_app.database import Database
from scanner_app.errors import RuleRefused
from scanner_app.warehouse import adjustment_sync, register_differences, warehouse_posting
from scanner_app.warehouse.register_reclassifications import Reclassifications
from tests.builders import Warehouse, build_warehouse
from tests.warehouse.masters import Goods
from tests.warehouse.model_reclassifications import ReclassifyingMachine

PARTS = 4
Machine = type[ReclassifyingMachine]


def examples(usual: int) -> int:
    """How many examples a run has: a twentieth when it has to be quick, 20,000 when it is deep."""
    if os.environ.get("SCANNER_TEST_QUICK"):
        return max(usual // 20, 2)
    return usual * 66 if os.environ.get("SCANNER_TEST_DEEP") else usual


def settings_of(example_count: int, step_count: int, **more: Any) -> settings:  # noqa: ANN401 - hypothesis's own
    return settings(
        max_examples=example_count,
        stateful_step_count=step_count,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
        **more,
    )


def build(url: str) -> tuple[Warehouse, dict[str, Goods]]:
    """A warehouse with an item of each kind, whose database is then copied for each example."""
    database = Database(url)
    white = build_warehouse(database, require_put_away=True, always_create_put_away_line=True)
    items = {"LOT": white.add_item("LOT", "lot"), "SN": white.add_item("SN", "serial")}
    items["PLAIN"] = white.add_item("PLAIN")
    database.close()
    return white, items


@pytest.fixture(scope="session")
def sqlite_machine(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    # Memory, where the machine has it: each example needs a file of its own for milliseconds.
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    base = str(memory) if memory.is_dir() else str(tmp_path_factory.getbasetemp())
    folder = Path(tempfile.mkdtemp(prefix="machine", dir=base))
    template, example = folder / "template.db", folder / "example.db"
    shutil.copyfile(sqlite_template, template)
    white, items = build(f"sqlite:///{template}")
    opened = Database(f"sqlite:///{example}")
    event.listen(opened.engine, "connect", write_without_waiting)

    class OnSqlite(ReclassifyingMachine):
        warehouse, goods, database = white, items, opened

        def renew(self) -> None:
            for left in folder.glob(example.name + "-*"):
                left.unlink()
            shutil.copyfile(template, example)

    yield OnSqlite
    opened.close()
    shutil.rmtree(folder)


def write_without_waiting(connection: Any, _: object) -> None:  # noqa: ANN401 - a driver's own
    """No power cut is tested here, so nothing waits for the disk."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def postgresql_machine(postgresql_server: str, postgresql_template: str) -> Iterator[Machine]:
    server = make_url(postgresql_server)
    engine = create_engine(
        server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )

    def administer(statement: str) -> None:
        with engine.connect() as connection:
            connection.execute(text(statement))

    def url_of(name: str) -> str:
        return server.set(database=name).render_as_string(hide_password=False)

    administer(f"CREATE DATABASE machine TEMPLATE {postgresql_template}")
    white, items = build(url_of("machine"))
    opened = Database(url_of("example"))

    class OnPostgresql(ReclassifyingMachine):
        warehouse, goods, database = white, items, opened

        def renew(self) -> None:
            administer("DROP DATABASE IF EXISTS example")
            administer("CREATE DATABASE example TEMPLATE machine")

    yield OnPostgresql
    opened.close()
    engine.dispose()


# Tracing lines would take a third of the time, and other tests reach every one of them.
@pytest.mark.no_cover
@pytest.mark.parametrize("part", range(PARTS))
def test_the_product_does_what_the_model_does_on_sqlite(sqlite_machine: Machine, part: int) -> None:
    """Every part draws examples of its own, so that parts can run beside each other."""
    run_state_machine_as_test(sqlite_machine, settings=settings_of(examples(300 // PARTS), 50))


@pytest.mark.no_cover
@pytest.mark.postgresql
def test_the_product_does_what_the_model_does_on_postgresql(postgresql_machine: Machine) -> None:
    run_state_machine_as_test(postgresql_machine, settings=settings_of(examples(60), 30))


def forget_the_adjustment_bin(patch: pytest.MonkeyPatch) -> None:
    original = warehouse_posting._update_balances  # noqa: SLF001 - the place of the fault

    def update(session: Any, registration: Any, changes: Any, last_entry_id: int) -> None:  # noqa: ANN401 - as patched
        kept = [change for change in changes if not change.balance.is_adjustment_bin]
        original(session, registration, kept or changes[:1], last_entry_id)

    patch.setattr(warehouse_posting, "_update_balances", update)


def forget_the_serial_check(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(warehouse_posting, "_check_serials_in_one_bin", lambda session, changes: None)


def write_one_half_of_a_pair(patch: pytest.MonkeyPatch) -> None:
    original = register_differences._pair  # noqa: SLF001 - the place of the fault

    def pair(*arguments: Any) -> Any:  # noqa: ANN401 - as patched
        return [entry for entry in original(*arguments) if not entry.bin.is_adjustment_bin]

    patch.setattr(register_differences, "_pair", pair)


def apply_a_replay_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(posted_request, "once", lambda session, request, work: work(session))


def write_increases_first(patch: pytest.MonkeyPatch) -> None:
    def falling(values: Any, key: Any = None) -> Any:  # noqa: ANN401 - as the built-in
        return builtins.sorted(values, key=key, reverse=key is not None)

    patch.setattr(warehouse_posting, "sorted", falling, raising=False)


def propose_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(adjustment_sync, "_delete_proposals", lambda session, location, items: None)


def call_stock_anew_in_bins_only(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Reclassifications, "_post_transfers", lambda lines, by: {})


DEEP = pytest.mark.deep
# One is looked for in every run, the others in the deep one.
FAULTS = (
    forget_the_adjustment_bin,
    pytest.param(forget_the_serial_check, marks=DEEP),
    pytest.param(write_one_half_of_a_pair, marks=DEEP),
    pytest.param(apply_a_replay_again, marks=DEEP),
    pytest.param(write_increases_first, marks=DEEP),
    pytest.param(propose_twice, marks=DEEP),
    pytest.param(call_stock_anew_in_bins_only, marks=DEEP),
)
# How a fault shows: the comparison fails, the database objects, or a rule refuses too much.
SYMPTOMS = (AssertionError, IntegrityError, RuleRefused)


def few() -> settings:
    """The same few examples each time, for a machine that is expected to fail soon."""
    return settings_of(
        24,
        50,
        derandomize=True,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
    )


@pytest.mark.parametrize("sow", FAULTS)
def test_the_machine_finds_a_fault_that_was_sown(
    sqlite_machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    sow: Callable[[pytest.MonkeyPatch], None],
) -> None:
    sow(monkeypatch)
    with pytest.raises(SYMPTOMS):
        run_state_machine_as_test(sqlite_machine, settings=few())


@pytest.mark.slow
def test_the_same_examples_pass_without_a_fault(sqlite_machine: Machine) -> None:
    run_state_machine_as_test(sqlite_machine, settings=few())
