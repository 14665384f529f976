"""A network as bad as a warehouse's: a proxy that loses requests, loses answers and sends twice.

What happens to a request hangs on the seed, on the handheld that sends it and on how many it
sent before, so that a handheld meets the same fates in the same order in every run.
"""

import asyncio
import enum
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

HANDHELD_HEADER = "X-Handheld"
DELAY_SECONDS_MAX = 0.02
SECOND_COPY_SECONDS_MAX = 0.2
HEAD_BYTES_MAX = 64 * 1024


class Fate(enum.StrEnum):
    """What becomes of one request."""

    PASSED = "passed"
    REQUEST_LOST = "request lost"
    ANSWER_LOST = "answer lost"
    DOUBLED = "doubled"


@dataclass(frozen=True)
class Losses:
    """The shares of requests that do not simply pass, each between 0 and 1."""

    request_lost: float = 0.10
    answer_lost: float = 0.25
    doubled: float = 0.10

    def draw(self, chance: random.Random) -> Fate:
        """The fate of one request."""
        drawn = chance.random()
        for fate, share in (
            (Fate.REQUEST_LOST, self.request_lost),
            (Fate.ANSWER_LOST, self.answer_lost),
            (Fate.DOUBLED, self.doubled),
        ):
            if drawn < share:
                return fate
            drawn -= share
        return Fate.PASSED


LOSSLESS = Losses(0, 0, 0)


@dataclass
class LossyProxy:
    """Listens on a free port of this machine; `target` may change while it runs.

    Attributes:
        target: the port of the server behind it, 0 while there is none.
        fates: how many requests met which fate.
    """

    target: int
    seed: int
    losses: Losses = field(default_factory=Losses)
    fates: Counter[Fate] = field(default_factory=Counter)
    port: int = 0
    _sent: Counter[str] = field(default_factory=Counter)
    _late: set[asyncio.Task[bytes]] = field(default_factory=set)
    _carrying: set[asyncio.Task[Any] | None] = field(default_factory=set)
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
        await asyncio.gather(*self._late)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one request and its answer, or lose them on the way."""
        # A handheld that hangs up leaves nothing else that holds on to this task.
        task = asyncio.current_task()
        self._carrying.add(task)
        try:
            request, handheld = await _read_request(reader)
            answer = await self._meet_fate(request, handheld)
            writer.write(answer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # the handheld gave up, or there is no server: to it that is the same
        finally:
            self._carrying.discard(task)
            await close(writer)

    async def _meet_fate(self, request: bytes, handheld: str) -> bytes:
        """The answer that reaches the handheld, empty when it is lost."""
        self._sent[handheld] += 1
        chance = random.Random(f"{self.seed} {handheld} {self._sent[handheld]}")
        fate = self.losses.draw(chance)
        self.fates[fate] += 1
        await asyncio.sleep(chance.uniform(0, DELAY_SECONDS_MAX))
        if fate is Fate.REQUEST_LOST:
            return b""
        if fate is Fate.DOUBLED:
            wait = chance.uniform(0, SECOND_COPY_SECONDS_MAX)
            late = asyncio.create_task(self._send_late(request, wait))
            self._late.add(late)
            late.add_done_callback(self._late.discard)
        answer = await self._send(request)
        return b"" if fate is Fate.ANSWER_LOST else answer

    async def _send_late(self, request: bytes, wait: float) -> bytes:
        """The second copy: it may overtake the first, and nobody reads its answer."""
        await asyncio.sleep(wait)
        try:
            return await self._send(request)
        except OSError:
            return b""

    async def _send(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.target)
        try:
            writer.write(request)
            await writer.drain()
            return await reader.read(-1)
        finally:
            await close(writer)


async def close(writer: asyncio.StreamWriter) -> None:
    """Close a connection, whether or not the other side is still there."""
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


def read_headers(head: bytes) -> list[tuple[str, str]]:
    """The headers of a request or an answer, their names in lower case."""
    lines = head.decode("latin-1").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines if line)
    return [(name.lower(), value.strip()) for name, _, value in pairs]


async def _read_request(reader: asyncio.StreamReader) -> tuple[bytes, str]:
    """One whole request, and the handheld that sent it."""
    head = await reader.readuntil(b"\r\n\r\n")
    headers = dict(read_headers(head))
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return head + body, headers.get(HANDHELD_HEADER.lower(), "")
