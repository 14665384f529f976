"""What no Python package carries: the zbar library, venv itself, a browser for the tests.

Debian and Ubuntu are served through apt-get, macOS through Homebrew. On any other system, and
where neither root nor sudo is at hand, the person gets the exact line or names and decides.
"""

import importlib.util
import os
import shutil
import sys
from collections.abc import Sequence
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

from tools import progress
from tools.places import BROWSER_COMMANDS, HOMEBREW_LIBRARIES

MACOS_BROWSERS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)


@dataclass(frozen=True)
class SystemPackage:
    """One package of the operating system."""

    what: str
    debian: str
    homebrew: tuple[str, ...]
    """The words after `brew install`; none where macOS needs nothing."""


ZBAR = SystemPackage("the zbar library", "libzbar0", ("zbar",))
VENV_MODULE = SystemPackage("Python's venv module", "python3-venv", ())
BROWSER = SystemPackage("Chromium or Chrome", "chromium", ("--cask", "google-chrome"))
ATOMIC = SystemPackage("the atomic library", "libatomic1", ())


def missing_packages(*, browser: bool) -> list[SystemPackage]:
    """Return what this machine lacks; with `browser`, also what only browser tests need."""
    missing = []
    if not _has_zbar():
        missing.append(ZBAR)
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        missing.append(VENV_MODULE)
    if browser and find_browser() is None:
        missing.append(BROWSER)
    if browser and sys.platform == "linux" and not find_library("atomic"):
        missing.append(ATOMIC)  # the node inside playwright's wheel does not start without it
    return missing


def find_browser() -> str | None:
    """Return the path of a Chromium or Chrome, or None."""
    on_path = (shutil.which(command) for command in BROWSER_COMMANDS)
    in_applications = (str(path) for path in MACOS_BROWSERS if path.exists())
    return next((found for found in (*on_path, *in_applications) if found), None)


def _has_zbar() -> bool:
    if sys.platform == "darwin":
        return any(list(folder.glob("libzbar*.dylib")) for folder in HOMEBREW_LIBRARIES)
    return find_library("zbar") is not None


def install(packages: Sequence[SystemPackage], *, browser: bool) -> None:
    """Install system packages with the machine's own tool.

    Raises:
        SystemExit: with what to do, when it cannot be done from here or did not help.
    """
    if shutil.which("apt-get"):
        _install_with_apt([package.debian for package in packages])
    elif sys.platform == "darwin" and shutil.which("brew"):
        for package in packages:
            if package.homebrew:
                progress.run(["brew", "install", *package.homebrew])
    else:
        sys.exit(
            "This system needs, by whatever tool it installs with:\n"
            + "\n".join(f"  {package.what} (Debian: {package.debian})" for package in packages)
        )
    if still_missing := missing_packages(browser=browser):
        sys.exit(
            "Installed, but still not found: "
            + ", ".join(package.what for package in still_missing)
            + ".\nOn Ubuntu, apt's Chromium is only a pointer to a snap: install Google Chrome, "
            "or run `python3 dev.py test --quick`, which needs no browser."
            * (BROWSER in still_missing)
        )


def _install_with_apt(names: Sequence[str]) -> None:
    line = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    if os.geteuid() == 0:
        before: list[str] = []
    elif shutil.which("sudo"):
        before = ["sudo"]
    else:
        sys.exit("This machine lacks some packages. As root:\n  " + " ".join(line))
    apt_get = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q=2"]
    progress.run([*apt_get, "update"])
    progress.run([*apt_get, *line[1:]])
