from scanner_app.migrations.upgrade import head_revision
from tests.cli.conftest import Run


def test_the_first_migration_makes_the_tables_and_the_next_does_nothing(run: Run) -> None:
    first, second = run("migrate"), run("migrate")
    assert first.out == f"The database went from revision none to {head_revision()}.\n"
    assert second.out == f"The database is at revision {head_revision()} already.\n"
    assert (first.code, second.code) == (0, 0)
