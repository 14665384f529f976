"""Serving: only a database of this version, and where the settings say."""

import re
import signal
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from scanner_app.cli.listening import address_to_open, listen
from scanner_app.config import Settings, SettingsUnfit
from tests.cli.conftest import Run, Start, read_until

pytestmark = pytest.mark.slow

ANSWERS = re.compile(r"The scanner app answers at (http://127\.0\.0\.1:[0-9]+/)\n")


def test_a_database_that_was_not_migrated_is_not_served(run: Run, data_folder: Path) -> None:
    ended = run("serve")
    assert ended.code == 2
    assert ended.err.endswith("Run `scanner-app migrate`.\n")
    assert not (data_folder / "scanner.db").exists()


def test_it_migrates_serves_and_ends_when_it_is_told_to(start: Start) -> None:
    server = start("serve", "--migrate")
    answers = ANSWERS.fullmatch(read_until(server, "\n"))
    assert answers is not None
    with urllib.request.urlopen(answers[1], timeout=10) as page:  # noqa: S310 - our own address
        assert page.status == 200
        assert "Server" not in page.headers
    server.send_signal(signal.SIGTERM)
    assert server.wait(10) == 0


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = Settings(data_folder=tmp_path, database_url="", secret_key="k" * 40, port=port)
        with pytest.raises(SettingsUnfit, match=f"Port {port} on 127.0.0.1 cannot be used"):
            listen(lambda _environment, _start: [], settings)


def test_an_address_of_another_machine_is_named(tmp_path: Path) -> None:
    settings = Settings(
        data_folder=tmp_path, database_url="", secret_key="k" * 40, host="2001:db8::1", port=0
    )
    with pytest.raises(SettingsUnfit, match="on 2001:db8::1 cannot be used"):
        listen(lambda _environment, _start: [], settings)


@pytest.mark.parametrize(
    ("host", "public_url", "address"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8080/"),
        ("::1", "", "http://[::1]:8080/"),
        ("127.0.0.1", "https://scanner.example", "https://scanner.example"),
    ],
)
def test_the_address_is_the_one_to_open(
    tmp_path: Path, host: str, public_url: str, address: str
) -> None:
    settings = Settings(
        data_folder=tmp_path,
        database_url="",
        secret_key="k" * 40,
        host=host,
        public_url=public_url,
    )
    assert address_to_open(settings, 8080) == address
