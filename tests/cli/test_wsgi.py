"""The door for WSGI servers: what a server of the installation's own choice would load."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK_FOR_A_PAGE = """
import gc

from scanner_app.wsgi import application

print(application.test_client().get("/sign-in").status_code)
print(gc.get_freeze_count() > 100_000)
"""


@pytest.mark.slow
def test_a_wsgi_server_finds_an_application_that_answers(tmp_path: Path) -> None:
    environment = os.environ | {"SCANNER_DATA": str(tmp_path)}
    migrate = [sys.executable, "-m", "scanner_app.cli", "migrate"]
    subprocess.run(migrate, env=environment, check=True, capture_output=True)
    answer = subprocess.run(
        [sys.executable, "-c", ASK_FOR_A_PAGE],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert answer.stdout.splitlines()[-2:] == ["200", "True"]
