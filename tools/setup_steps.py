"""The steps from a bare machine to a running app; each is known by what it leaves behind.

Python packages come from the hash-pinned lists in requirements/, through the pip of `.venv` and
so through whatever source the machine's pip is set to. Nothing here ever names one.
"""

import hashlib
import shutil
import sys
from pathlib import Path

from tools import assets, system_packages
from tools.places import NODE_FROM_PIP, PYTHON, ROOT, VENV
from tools.progress import Step, run, take

REQUIREMENTS = ROOT / "requirements"
LAUNCHER = VENV / "bin" / "scanner-app"
LAUNCHER_TEXT = """#!/bin/sh
# Written by dev.py: the command line, run from this checkout.
here=$(cd "$(dirname "$0")" && pwd)
PYTHONPATH="$here/../..${PYTHONPATH:+:$PYTHONPATH}" exec "$here/python" -m scanner_app.cli "$@"
"""
# Holds the name and digest of the list that was installed last: the lists share `.venv`, so
# there is one answer to what is in it.
INSTALLED = VENV / ".installed-list"


def set_up_to_run() -> None:
    """Bring what the app needs, unless the longer list of a developer is already here."""
    take(
        [
            *_machine_steps(browser=False),
            _packages_step("run", or_already="dev"),
            *_asset_steps(assets.SERVED),
            _launcher_step(),
        ]
    )


def set_up_to_develop(*, browser: bool) -> None:
    """Bring what tests and checks need; with `browser`, a Chromium as well."""
    take(
        [
            *_machine_steps(browser=browser),
            _packages_step("dev"),
            *_asset_steps(assets.SERVED, assets.FOR_TESTS),
            _launcher_step(),
        ]
    )


def _machine_steps(*, browser: bool) -> list[Step]:
    missing = system_packages.missing_packages(browser=browser)
    return [
        Step(
            "system packages: " + ", ".join(package.what for package in missing),
            is_there=lambda: not missing,
            bring=lambda: system_packages.install(missing, browser=browser),
        ),
        Step("a Python environment in .venv", is_there=_venv_is_whole, bring=_make_venv),
    ]


def _venv_is_whole() -> bool:
    """Tell whether `.venv` starts, and still with the Python it was filled for."""
    if not PYTHON.exists():
        return False
    # After an upgrade of the machine, the same link may lead to a newer Python, which looks for
    # its packages in another folder.
    name = PYTHON.resolve().name
    return not name.startswith("python3.") or (VENV / "lib" / name).is_dir()


def _make_venv() -> None:
    run([sys.executable, "-m", "venv", "--clear", VENV])


def _packages_step(name: str, or_already: str = "") -> Step:
    def is_there() -> bool:
        accepted = [_installed_mark(known) for known in (name, or_already) if known]
        return _venv_is_whole() and INSTALLED.exists() and INSTALLED.read_text() in accepted

    def bring() -> None:
        INSTALLED.unlink(missing_ok=True)
        _pip_install(_list_path(name))
        INSTALLED.write_text(_installed_mark(name))

    return Step(f"Python packages from requirements/{name}.txt", is_there, bring)


def _installed_mark(name: str) -> str:
    return f"{name} {hashlib.sha256(_list_path(name).read_bytes()).hexdigest()}\n"


def _list_path(name: str) -> Path:
    return REQUIREMENTS / f"{name}.txt"


def _pip_install(requirements: Path, *options: str | Path) -> None:
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    run([*pip, "--require-hashes", "--only-binary", ":all:", *options, "-r", requirements])


def _asset_steps(*folders: assets.AssetFolder) -> list[Step]:
    def are_there() -> bool:
        return all(assets.is_fresh(folder) for folder in folders)

    def npm_is_there() -> bool:
        return are_there() or assets.find_npm(NODE_FROM_PIP) is not None

    def bring_npm() -> None:
        shutil.rmtree(NODE_FROM_PIP, ignore_errors=True)
        _pip_install(_list_path("node"), "--target", NODE_FROM_PIP)

    def bring_files() -> None:
        npm = assets.find_npm(NODE_FROM_PIP)
        if npm is None:
            sys.exit("There is no npm on this machine and none in build/node: delete build/node.")
        assets.bring(npm, folders)

    return [
        Step("node and npm, from a Python package", npm_is_there, bring_npm),
        Step("front-end files by npm", are_there, bring_files),
    ]


def _launcher_step() -> Step:
    def is_there() -> bool:
        return LAUNCHER.exists() and LAUNCHER.read_text() == LAUNCHER_TEXT

    def bring() -> None:
        LAUNCHER.write_text(LAUNCHER_TEXT)
        LAUNCHER.chmod(0o755)

    return Step("the command .venv/bin/scanner-app", is_there, bring)
