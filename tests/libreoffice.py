"""LibreOffice, where a machine has it: opens a workbook and saves it again, without a screen."""

import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice")
NEEDS_LIBREOFFICE = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
SECONDS_MAX = 120


def saved_by_libreoffice(content: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it; a word of it about the file fails the test."""
    assert PROGRAM is not None
    folder.mkdir(exist_ok=True)
    opened, saved = folder / "opened.xlsx", folder / "saved"
    opened.write_bytes(content)
    saved.mkdir(exist_ok=True)
    done = subprocess.run(
        [
            PROGRAM,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(saved),
            str(opened),
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
    )
    words = done.stderr.replace("Warning: failed to launch javaldx - java may not function", "")
    assert "error" not in words.lower(), words
    assert "warning" not in words.lower(), words
    return (saved / opened.name).read_bytes()
