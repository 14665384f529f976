"""`scanner-app serve` as a process of its own: how soon it answers and how much memory it holds.

Several handhelds scan and register there at once, then one sends a photo, which starts the
decoder process.
"""

import os
import re
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.cookiejar import CookieJar
from json import dumps
from pathlib import Path
from urllib.parse import urlencode

from bench._scanner import FORM_TOKEN, FRAGMENT, TOKEN, scans_of
from bench._warehouse import PASSWORD, ROOT, USER, PutAway
from tests.barcodes.photos import own_photos

HANDHELDS = 4
ANSWERS = re.compile(r"http://127\.0\.0\.1:[0-9]+")


@dataclass(frozen=True)
class Served:
    """Seconds from the start of the process to the first answer, and resident megabytes."""

    start_seconds: float
    start_megabytes: float
    end_megabytes: float
    decoder_megabytes: float
    scans: int

    def figures(self) -> dict[str, float]:
        """The same, rounded, for the report."""
        return {name: round(value, 2) for name, value in asdict(self).items()}


class Handheld:
    """One browser that is signed in."""

    def __init__(self, address: str) -> None:
        self._address = address
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        sign_in = self._ask("/sign-in")
        fields = {
            "user_name": USER,
            "password": PASSWORD,
            "csrf_token": _found(FORM_TOKEN, sign_in),
        }
        self._ask("/sign-in", urlencode(fields).encode())
        self._token = _found(TOKEN, self._ask("/put-aways"))

    def work_off(self, put_aways: Sequence[PutAway]) -> int:
        """Scan and register put-aways; returns how many scans that took."""
        headers = FRAGMENT | {"X-CSRFToken": self._token, "Content-Type": "application/json"}
        scans = 0
        for put_away in put_aways:
            for raw in (code for pair in put_away.scans for code in pair):
                scans += 1
                body = dumps(dict(scans_of(put_away, raw, scans))).encode()
                assert 'data-result="accepted"' in self._ask("/scans", body, headers)
            form = urlencode({"csrf_token": self._token, "request_id": str(uuid.uuid4())})
            self._ask(f"/put-aways/{put_away.no}/registration", form.encode())
        return scans

    def send_photo(self, photo: bytes) -> None:
        """Send a photo of a barcode."""
        boundary = uuid.uuid4().hex
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="photo"; filename="p.png"\r\n'
            "Content-Type: image/png\r\n\r\n"
        )
        body = head.encode() + photo + f"\r\n--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        headers = FRAGMENT | {"X-CSRFToken": self._token, "Content-Type": kind}
        assert "data-scan-raw" in self._ask("/photos", body, headers)

    def _ask(
        self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> str:
        request = urllib.request.Request(  # noqa: S310 - our own server
            self._address + path, body, {"Referer": self._address} | (headers or {})
        )
        with self._opener.open(request, timeout=30) as answer:
            return str(answer.read().decode())


def serve_and_scan(folder: Path, database: Path, put_aways: Sequence[PutAway]) -> Served:
    """Start the server on a database and let several handhelds work there at once."""
    started = time.perf_counter()
    with _server(folder, database) as (server, address):
        with urllib.request.urlopen(f"{address}/health", timeout=10) as answer:  # noqa: S310 - ours
            assert answer.status == 200
        start_seconds = time.perf_counter() - started
        start_megabytes = _megabytes(server.pid)
        handhelds = [Handheld(address) for _ in range(HANDHELDS)]
        parts = [put_aways[number::HANDHELDS] for number in range(HANDHELDS)]
        with ThreadPoolExecutor(HANDHELDS) as pool:
            scans = sum(pool.map(Handheld.work_off, handhelds, parts))
        end_megabytes = _megabytes(server.pid)
        handhelds[0].send_photo(next(own_photos()).data)
        decoder = sum(_megabytes(child) for child in _children(server.pid))
    return Served(start_seconds, start_megabytes, end_megabytes, decoder, scans)


@contextmanager
def _server(folder: Path, database: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    environment = os.environ | {
        "SCANNER_DATA": str(folder),
        "DATABASE_URL": f"sqlite:///{database}",
        "SCANNER_PORT": "0",
        "PYTHONPATH": str(ROOT),
    }
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "scanner_app.cli", "serve"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        assert server.stdout is not None
        address = ANSWERS.search(server.stdout.readline())
        assert address is not None, (folder / "server.log").read_text()
        yield server, address[0]
    finally:
        server.terminate()
        server.wait(timeout=10)


def _megabytes(process: int) -> float:
    """The resident memory of a process."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(_found(re.compile(r"VmRSS:\s+([0-9]+) kB"), status)) / 1024


def _children(process: int) -> list[int]:
    """The processes that it started, and those that they started."""
    own = [
        int(child)
        for task in Path(f"/proc/{process}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return own + [deeper for child in own for deeper in _children(child)]


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    assert match is not None, text
    return match[1]
