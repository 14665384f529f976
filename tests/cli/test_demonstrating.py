"""The demo warehouse: a database of its own, loaded once, its passwords shown once."""

import re
import signal
import stat
import urllib.request
from pathlib import Path

import pytest

from scanner_app.access.sign_in import sign_in
from scanner_app.cli.demonstrating import load_once, user_names
from scanner_app.cli.installation import demo_settings
from scanner_app.cli.migrating import migrate_database
from scanner_app.config import Settings
from scanner_app.database import Database, DatabaseUnfit
from tests.cli.conftest import Run, Start, read_until

pytestmark = pytest.mark.slow


def shown_passwords(printed: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\S+) +(\S+)$", printed, re.MULTILINE))


def test_the_demo_is_loaded_into_an_empty_database_only(run: Run, installed: Database) -> None:
    first = run("demo")
    passwords = shown_passwords(first.out)
    assert first.code == 0
    assert sorted(passwords) == user_names(installed)
    name, password = next(iter(passwords.items()))
    with installed.read() as session:
        assert sign_in(session, name, password).user_name == name
    second = run("demo")
    assert second.code == 2
    assert second.err.startswith("The database is in use.")


def test_the_passwords_are_shown_at_the_first_start_only(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = demo_settings(Settings.from_environment())
    migrate_database(settings)
    load_once(settings)
    passwords = shown_passwords(capsys.readouterr().out)
    load_once(settings)
    later = capsys.readouterr().out
    for name, password in passwords.items():
        assert name in later
        assert password not in later
    assert "--demo user password" in later


def test_run_demo_serves_the_warehouse_and_its_users(start: Start, data_folder: Path) -> None:
    server = start("run-demo", "--port", "0")
    printed = read_until(server, "answers at")
    assert shown_passwords(printed)
    with urllib.request.urlopen(printed.split()[-1], timeout=10) as page:  # noqa: S310 - our own
        assert page.status == 200
    server.send_signal(signal.SIGTERM)
    assert server.wait(10) == 0
    assert (data_folder / "demo" / "scanner.db").exists()


def test_a_database_that_is_not_the_demos_is_left_alone(run: Run, data_folder: Path) -> None:
    folder = data_folder / "demo"
    folder.mkdir(parents=True)
    (folder / "scanner.db").write_text("somebody's own")
    for command in (("run-demo",), ("--demo", "migrate")):
        ended = run(*command)
        assert ended.code == 2
        assert "is not a demo database" in ended.err
    assert (folder / "scanner.db").read_text() == "somebody's own"


def test_the_demo_is_for_this_machine_only(data_folder: Path) -> None:
    settings = Settings.from_environment({"SCANNER_DATA": str(data_folder), "SCANNER_HOST": "::"})
    demo = demo_settings(settings)
    assert (demo.host, demo.demo) == ("127.0.0.1", True)
    assert stat.S_IMODE(demo.data_folder.stat().st_mode) == 0o700
    assert demo_settings(settings) == demo


def test_no_marker_no_demo(data_folder: Path) -> None:
    settings = Settings.from_environment()
    migrate_database(demo_settings(settings))
    (data_folder / "demo" / "demo").unlink()
    with pytest.raises(DatabaseUnfit, match="is not a demo database"):
        demo_settings(settings)
