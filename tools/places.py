"""Where things are in a checkout, and how its Python is called.

Everything runs from the checkout itself, which stands on PYTHONPATH; nothing is installed twice.
This module must import nothing but the standard library, as all of tools/.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BUILD = ROOT / "build"
NODE_FROM_PIP = BUILD / "node"
HOMEBREW_LIBRARIES = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))
BROWSER_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def environment() -> dict[str, str]:
    """Return the environment in which the project's own commands run."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    changes = {"PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    if sys.platform == "darwin":
        # A Python from elsewhere does not look where Homebrew puts the zbar library.
        homebrew = os.pathsep.join(str(folder) for folder in HOMEBREW_LIBRARIES)
        changes["DYLD_FALLBACK_LIBRARY_PATH"] = os.environ.get(
            "DYLD_FALLBACK_LIBRARY_PATH", homebrew
        )
    return os.environ | changes
