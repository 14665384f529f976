"""One writer at a time on SQLite, across threads and processes.

SQLite's own busy handler sleeps and polls, so that with many handhelds the last one waits for
seconds. Threads queue at a lock here; processes (the command line beside the server) at a
file lock next to the database. The wait has a limit, after which the caller says "busy".

This module must never be asked for on PostgreSQL, which queues its writers itself.
"""

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POLL_SECONDS = 0.003


class WriterBusy(Exception):
    """Nobody got the writer within the limit: nothing was written, try the same again."""


class WriterGate:
    """The gate in front of BEGIN IMMEDIATE."""

    def __init__(self, lock_file: Path, wait_seconds: float) -> None:
        self._thread_lock = threading.Lock()
        self._lock_file = lock_file
        self._wait_seconds = wait_seconds

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Hold the writer for the time of the block.

        Raises:
            WriterBusy: when the limit passes first.
        """
        until = time.monotonic() + self._wait_seconds
        if not self._thread_lock.acquire(timeout=self._wait_seconds):
            raise WriterBusy
        try:
            with self._lock_file.open("a") as handle:
                self._lock_across_processes(handle.fileno(), until)
                yield
        finally:
            self._thread_lock.release()

    def _lock_across_processes(self, descriptor: int, until: float) -> None:
        """Closing the file gives this lock back, also when the process dies."""
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise WriterBusy from None
                time.sleep(POLL_SECONDS)
            else:
                return
