"""Settings: what the environment says, or a refusal that names the variable."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from scanner_app.config import Settings, SettingsUnfit


def settings_from(folder: Path, **values: str) -> Settings:
    return Settings.from_environment({"SCANNER_DATA": str(folder), **values})


def test_without_any_variable_the_app_serves_this_machine_from_one_folder(tmp_path: Path) -> None:
    settings = settings_from(tmp_path / "data")
    assert settings.data_folder == tmp_path / "data"
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'scanner.db'}"
    assert (settings.host, settings.port, settings.threads) == ("127.0.0.1", 8080, 8)
    switches = (settings.demo, settings.trust_proxy, settings.plain_code_128_is_gs1)
    assert not any(switches)
    assert not settings.over_https


def test_every_variable_is_read(tmp_path: Path) -> None:
    settings = settings_from(
        tmp_path,
        DATABASE_URL="postgresql:///scanner",
        SECRET_KEY="k" * 40,
        PUBLIC_URL="https://scanner.example",
        SCANNER_HOST="0.0.0.0",  # noqa: S104 - only read back
        SCANNER_PORT="0",
        SCANNER_THREADS="3",
        SCANNER_TIME_ZONE="Europe/Amsterdam",
        SCANNER_TRUST_PROXY="1",
        SCANNER_HOUSE_PREFIXES="%B%=bin, %P%=package,",
        SCANNER_PLAIN_CODE_128_IS_GS1="1",
    )
    assert settings.database_url == "postgresql:///scanner"
    assert settings.secret_key == "k" * 40
    assert settings.over_https
    assert (settings.host, settings.port, settings.threads) == ("0.0.0.0", 0, 3)  # noqa: S104 - as above
    assert settings.time_zone == "Europe/Amsterdam"
    assert settings.trust_proxy
    assert settings.plain_code_128_is_gs1
    assert settings.house_prefixes == {"%B%": "bin", "%P%": "package"}


def test_the_process_environment_is_read_when_no_other_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCANNER_DATA", str(tmp_path / "own"))
    monkeypatch.setenv("SCANNER_PORT", "8099")
    assert Settings.from_environment().port == 8099


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "k" * 31),
        ("SCANNER_PORT", "65536"),
        ("SCANNER_PORT", "-1"),
        ("SCANNER_PORT", "٨٠٨٠"),
        ("SCANNER_PORT", ""),
        ("SCANNER_THREADS", "many"),
        ("SCANNER_THREADS", "0"),
        ("SCANNER_HOUSE_PREFIXES", "%B%"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(
    tmp_path: Path, variable: str, value: str
) -> None:
    with pytest.raises(SettingsUnfit, match=variable):
        settings_from(tmp_path, **{variable: value})


def test_the_secret_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    first = settings_from(tmp_path / "data").secret_key
    assert settings_from(tmp_path / "data").secret_key == first
    assert len(first) >= 32
    assert settings_from(tmp_path / "other").secret_key != first
    modes = [
        stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "data", tmp_path / "data/secret_key")
    ]
    assert modes == [0o700, 0o600]


def test_processes_that_start_at_once_have_the_same_secret_key(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    reading = "from scanner_app.config import Settings; import sys; sys.stdin.readline();"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", f"{reading} print(Settings.from_environment().secret_key)"],
            env=os.environ | {"SCANNER_DATA": str(tmp_path / "data"), "SECRET_KEY": ""},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    keys = {process.communicate(timeout=30)[0] for process in processes}
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret_key"]


def test_a_key_made_meanwhile_by_another_process_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = settings_from(tmp_path).secret_key
    monkeypatch.setattr(Path, "exists", lambda _: False)
    assert settings_from(tmp_path).secret_key == others


def test_the_secret_key_is_not_shown_with_the_settings(tmp_path: Path) -> None:
    settings = settings_from(tmp_path)
    assert settings.secret_key not in repr(settings)
