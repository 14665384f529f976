"""What the doctor sees of the machine: libraries, disk, files, addresses, time zones.

This module must never change what it looks at.
"""

import importlib.metadata
import platform
import shutil
import stat
import sys
import zoneinfo
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url

from scanner_app.barcodes.engines import PYZBAR, ZXING, available_engines
from scanner_app.cli.findings import Finding, State
from scanner_app.config import Settings

PYTHON_MIN = (3, 11)
DISK_BYTES_MIN = 100 * 2**20
DISK_BYTES_WANTED = 2**30
OTHERS = stat.S_IRWXG | stat.S_IRWXO
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def inspect_machine(settings: Settings) -> list[Finding]:
    """Look at everything but the database's content."""
    return [
        inspect_python(sys.version_info[:2]),
        *inspect_engines(available_engines()),
        *(inspect_package(name) for name in ("biip", "Pillow")),
        inspect_disk(shutil.disk_usage(settings.data_folder).free, settings.data_folder),
        *inspect_modes(settings),
        inspect_address(settings.public_url),
        inspect_time_zone(settings.time_zone),
    ]


def inspect_python(version: tuple[int, int]) -> Finding:
    """The Python that runs this."""
    if version < PYTHON_MIN:
        remedy = "Start the scanner app with Python 3.11 or newer."
        return Finding("Python", State.MISSING, platform.python_version(), remedy)
    return Finding("Python", State.OK, platform.python_version())


def inspect_engines(available: dict[str, bool]) -> list[Finding]:
    """The two engines that read photos; the second only reads what the first does not."""
    zxing = (
        Finding(ZXING, State.OK, f"version {importlib.metadata.version(ZXING)}")
        if available[ZXING]
        else Finding(ZXING, State.MISSING, "cannot be loaded", "Install it: pip install zxing-cpp.")
    )
    zbar = (
        Finding("zbar library", State.OK, "loaded")
        if available[PYZBAR]
        else Finding(
            "zbar library",
            State.ATTENTION,
            "not found; photos are read by zxing-cpp alone",
            "Install it: apt-get install libzbar0, or brew install zbar.",
        )
    )
    return [zxing, zbar]


def inspect_package(name: str) -> Finding:
    """A Python package that the barcodes need."""
    try:
        return Finding(name, State.OK, f"version {importlib.metadata.version(name)}")
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, State.MISSING, "not installed", f"Install it: pip install {name}.")


def inspect_disk(free_bytes: int, folder: Path) -> Finding:
    """Room for the database to grow."""
    found = f"{free_bytes / 2**30:.1f} GiB free at {folder}"
    if free_bytes >= DISK_BYTES_WANTED:
        return Finding("Disk", State.OK, found)
    state = State.ATTENTION if free_bytes >= DISK_BYTES_MIN else State.MISSING
    return Finding("Disk", state, found, "Make room, or point SCANNER_DATA to a larger disk.")


def inspect_modes(settings: Settings) -> list[Finding]:
    """Files that only their owner may read."""
    url = make_url(settings.database_url)
    places = {
        "Data folder": settings.data_folder,
        "Secret key": settings.data_folder / "secret_key",
    }
    if url.get_backend_name() == "sqlite":
        places["Database file"] = Path(str(url.database))
    return [_inspect_mode(name, path) for name, path in places.items() if path.exists()]


def _inspect_mode(name: str, path: Path) -> Finding:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & OTHERS:
        remedy = f"Run: chmod go= {path}"
        return Finding(name, State.ATTENTION, f"others may read {path} ({mode:04o})", remedy)
    return Finding(name, State.OK, f"{path} is its owner's only ({mode:04o})")


def inspect_address(public_url: str) -> Finding:
    """A browser opens the camera and keeps an app only for https or for its own machine."""
    address = urlsplit(public_url)
    if address.scheme == "https" or address.hostname in THIS_MACHINE:
        return Finding("Secure context", State.OK, public_url)
    return Finding(
        "Secure context",
        State.ATTENTION,
        f"PUBLIC_URL is {public_url or 'not set'}; cameras of handhelds stay closed over http",
        "Serve through a proxy with TLS and set PUBLIC_URL to its https address.",
    )


def inspect_time_zone(name: str) -> Finding:
    """Dates at a location are those of its time zone."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        remedy = "Install it: pip install tzdata, or correct SCANNER_TIME_ZONE."
        return Finding("Time zones", State.MISSING, f"no data for {name}", remedy)
    return Finding("Time zones", State.OK, name)
