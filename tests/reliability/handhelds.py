"""Handhelds: clients that scan as the page's scan field does, over a network that loses things.

A handheld signs in, captures scans into a queue in bursts, sends the head of the queue, and
sends the same ids again until every scan has an answer. It holds nothing back and never invents
a new id for an old scan.
"""

import asyncio
import json
import random
import re
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from tests.reliability.lossy_proxy import HANDHELD_HEADER, close, read_headers

ANSWER_SECONDS_MAX = 8.0
BATCH_MAX = 20
BURST_MAX = 20
ATTEMPTS_MAX = 200
TOKEN = re.compile(r'"X-CSRFToken": "([^"]+)"')
SCAN_ANSWER = re.compile(r'data-scan-id="([^"]+)" data-device-seq="([0-9]+)" data-result="(\w+)"')
REQUEST_ID = re.compile(r'name="request_id" value="([^"]+)"')
FORM_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ANSWERED = frozenset({HTTPStatus.OK, HTTPStatus.CONFLICT})
PAGES = {"put-away": "/put-aways/", "pick": "/picks/", "count": "/counts/"}


class NetworkLost(Exception):
    """No whole answer came back."""


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: Sequence[tuple[str, str]]
    text: str

    def header(self, name: str) -> str:
        """The first header of a name, "" where there is none."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def is_sign_in(self) -> bool:
        """Whether the session is over."""
        asks = self.status == HTTPStatus.SEE_OTHER and "/sign-in" in self.header("location")
        return self.status == HTTPStatus.UNAUTHORIZED or asks


@dataclass(frozen=True)
class Code:
    """Something to scan or type."""

    raw: str
    step: str = ""

    @property
    def source(self) -> str:
        """A step is asked and answered on the keypad."""
        return "keypad" if self.step else "wedge"


@dataclass
class Handheld:
    """One handheld, its cookies and its queue.

    Attributes:
        address: the port to talk to on this machine; asked anew for every request.
        answers: the outcome of every scan that has one, by id.
        tries: how many requests it sent.
        pauses: the first and the longest pause before it sends again, in seconds.
    """

    name: str
    password: str
    address: Callable[[], int]
    seed: int = 0
    pauses: tuple[float, float] = (0.05, 1.0)
    answers: dict[str, str] = field(default_factory=dict)
    statuses: list[Answer] = field(default_factory=list)
    tries: int = 0
    scanned: int = 0
    seen: int = 0
    token: str = ""
    _cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(f"{self.seed} {self.name}")

    async def sign_in(self) -> None:
        """Sign in by the page's own form; a lost answer is a sign-in to repeat."""
        page = await self._until(lambda: self.request("GET", "/sign-in"))
        while page.status != HTTPStatus.SEE_OTHER:
            found = FORM_TOKEN.search(page.text)
            assert found, f"no form to sign in: {page.status} {page.text[:200]}"
            fields = {
                "csrf_token": found[1],
                "user_name": self.name,
                "password": self.password,
            }
            page = await self._until(lambda fields=fields: self.post("/sign-in", fields))  # type: ignore[misc]
            if page.status == HTTPStatus.BAD_REQUEST:
                page = await self._until(lambda: self.request("GET", "/sign-in"))
        home = await self._until(lambda: self.request("GET", "/menu"))
        assert not home.is_sign_in, f"{self.name} is not signed in"
        self._read_token(home)

    async def scan(self, kind: str, no: str, codes: Iterable[Code]) -> None:
        """Capture codes of a document in bursts and send them until all are answered."""
        waiting = list(codes)
        queue: list[dict[str, Any]] = []
        pause = self.pauses[0]
        while waiting or queue:
            burst = self.chance.randint(1, BURST_MAX)
            queue += [self._capture(kind, no, code) for code in waiting[:burst]]
            waiting = waiting[burst:]
            answer = await self.send(queue[: self.chance.randint(1, BATCH_MAX)])
            answered = self._answered(answer)
            queue = [scan for scan in queue if scan["id"] not in answered]
            pause = self.pauses[0] if answered else await self._rest(answer, pause)

    async def send(self, scans: Sequence[dict[str, Any]]) -> Answer | None:
        """Send a batch once; None when no answer came."""
        headers = {
            "Content-Type": "application/json",
            "Accept": "text/html",
            "X-CSRFToken": self.token,
            "HX-Request": "true",
        }
        body = json.dumps({"scans": scans}).encode()
        try:
            answer = await self.request("POST", "/scans", headers, body)
        except NetworkLost:
            return None
        if answer.is_sign_in or answer.status == HTTPStatus.BAD_REQUEST:
            await self.sign_in()
            return None
        assert answer.status in ANSWERED or answer.status >= 500, answer.text[:300]
        return answer

    async def register(self, kind: str, no: str) -> Answer:
        """Press Register on a document's page, again and again until it is answered."""
        path = f"{PAGES[kind]}{no}"
        page = await self._until(lambda: self.request("GET", path))
        return await self.press(page, f"{path}/registration")

    async def press(self, page: Answer, action: str, **fields: str | list[str]) -> Answer:
        """Send a form of a page with its own request id until there is an answer."""
        form = page.text.partition(f'action="{action}"')[2]
        request_id, token = REQUEST_ID.search(form), FORM_TOKEN.search(form)
        assert request_id, f"no form to {action} on the page: {page.status}"
        assert token
        given = {"csrf_token": token[1], "request_id": request_id[1], **fields}
        return await self._until(lambda: self.post(action, given))

    async def get(self, path: str) -> Answer:
        """Open a page, again and again until it comes."""
        return await self._until(lambda: self.request("GET", path))

    async def post(self, path: str, fields: dict[str, str | list[str]]) -> Answer:
        """Send a form once."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(fields, doseq=True).encode()
        return await self.request("POST", path, headers, body)

    async def request(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        """One request over a connection of its own.

        Raises:
            NetworkLost: when no whole answer came in time.
        """
        self.tries += 1
        named = {
            "Host": "127.0.0.1",
            "Connection": "close",
            HANDHELD_HEADER: self.name,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Content-Length": str(len(body)),
        } | (headers or {})
        lines = [f"{method} {path} HTTP/1.1", *(f"{k}: {v}" for k, v in named.items()), "", ""]
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                answer = await _exchange(self.address(), "\r\n".join(lines).encode() + body)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as fault:
            raise NetworkLost from fault
        self._keep_cookies(answer)
        return answer

    def _capture(self, kind: str, no: str, code: Code) -> dict[str, Any]:
        """One scan as the page sends it, made once and never changed."""
        self.scanned += 1
        return {
            "id": str(uuid.UUID(int=self.chance.getrandbits(128), version=4)),
            "device_seq": self.scanned,
            "seen_seq": self.seen,
            "raw": code.raw,
            "symbology": "",
            "source": code.source,
            "scanned_at": datetime.now(UTC).isoformat(),
            "document_kind": kind,
            "document_no": no,
            "step": code.step,
            "choice": "",
        }

    def _answered(self, answer: Answer | None) -> set[str]:
        """The ids that are done with."""
        if answer is None or answer.status not in ANSWERED:
            return set()
        found = SCAN_ANSWER.findall(answer.text)
        self.answers |= {scan_id: result for scan_id, _, result in found}
        self.seen = max([self.seen, *(int(sequence) for _, sequence, _ in found)])
        return {scan_id for scan_id, _, _ in found}

    async def _until(self, ask: Callable[[], Any]) -> Answer:
        """Ask until there is an answer that is no passing failure."""
        pause = self.pauses[0]
        for _ in range(ATTEMPTS_MAX):
            try:
                answer: Answer = await ask()
            except NetworkLost:
                pause = await self._rest(None, pause)
                continue
            if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                return answer
            pause = await self._rest(answer, pause)
        raise AssertionError(f"{self.name} got no answer in {ATTEMPTS_MAX} attempts")

    async def _rest(self, answer: Answer | None, pause: float) -> float:
        """Wait as long as the server asks, else a random part of a growing pause."""
        if answer is not None and answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.statuses.append(answer)
        asked = answer.header("retry-after") if answer else ""
        await asyncio.sleep(float(asked) if asked else self.chance.uniform(0, pause))
        return min(2 * pause, self.pauses[1])

    def _keep_cookies(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]

    def _read_token(self, page: Answer) -> None:
        found = TOKEN.search(page.text)
        assert found
        self.token = found[1]


async def _exchange(port: int, request: bytes) -> Answer:
    """Send a request and read its answer to the last byte that was promised."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        headers = read_headers(head)
        length = int(dict(headers).get("content-length", "0"))
        body = await reader.readexactly(length)
    finally:
        await close(writer)
    return Answer(int(head.split(b" ", 2)[1]), headers, body.decode())
