from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_settings_are_printed_without_secrets(
    run: Run, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://scanner:open-sesame@db/scanner")
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    ended = run("config")
    assert ended.code == 0
    lines = dict(line.split(maxsplit=1) for line in ended.out.splitlines() if " " in line)
    assert lines["data_folder"] == str(data_folder)
    assert lines["database_url"] == "postgresql://scanner:***@db/scanner"
    assert lines["port"] == "8080"
    assert "open-sesame" not in ended.out
    assert "kkkk" not in ended.out


def test_the_demo_has_a_folder_and_a_database_of_its_own(run: Run, data_folder: Path) -> None:
    ended = run("--demo", "config")
    lines = dict(line.split(maxsplit=1) for line in ended.out.splitlines() if " " in line)
    assert lines["database_url"] == f"sqlite:///{data_folder / 'demo' / 'scanner.db'}"
    assert (lines["demo"], lines["host"]) == ("True", "127.0.0.1")
