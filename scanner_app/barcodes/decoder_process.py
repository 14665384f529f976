"""The decoder process: photos are read beside the process that serves pages, never in it.

Native decoders have had overflows, and a photo can cost any amount of time and memory. One
worker is started when the first photo comes, and again after it was killed or crashed.

This module must never fork: the server has threads. Importing it must load
neither Pillow nor an engine.
"""

import json
import math
import multiprocessing
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from scanner_app.barcodes.decoded_image import (
    MEBIBYTE,
    DecodedImage,
    DecoderBusy,
    DecoderStopped,
    ImageLimits,
    PhotoTookTooLong,
)
from scanner_app.barcodes.decoder_worker import (
    READ_CODES,
    READY,
    REDUCE,
    decode_answer,
    picture_of_answer,
    serve,
)
from scanner_app.barcodes.image_loading import check_size
from scanner_app.barcodes.picture_limits import UPLOAD_LIMITS, EncodedPicture, of_picture
from scanner_app.errors import RuleRefused

MEMORY_BYTES_MAX = 512 * MEBIBYTE
PHOTO_SECONDS_MAX = 3.0
START_SECONDS_MAX = 20.0
TURN_SECONDS_MAX = 6.0
_ANSWER_BYTES_MAX = MEBIBYTE


class DecoderProcess:
    """Reads photos and reduces pictures, one at a time, in a worker process; threads may share it.

    Attributes:
        limits: what is accepted of a photo.
        photo_seconds_max: after this a photo is given up and the worker killed.
        turn_seconds_max: how long a photo waits for those before it.
        stops: workers that were killed or crashed so far.
    """

    def __init__(
        self,
        limits: ImageLimits | None = None,
        *,
        photo_seconds_max: float = PHOTO_SECONDS_MAX,
        turn_seconds_max: float = TURN_SECONDS_MAX,
        memory_bytes_max: int = MEMORY_BYTES_MAX,
    ) -> None:
        self.limits = limits or ImageLimits()
        self.photo_seconds_max = photo_seconds_max
        self.turn_seconds_max = turn_seconds_max
        self.stops = 0
        self._memory_bytes_max = memory_bytes_max
        self._turn = threading.Lock()
        self._worker: BaseProcess | None = None
        self._connection: Connection | None = None

    def decode(self, data: bytes) -> DecodedImage:
        """Return the codes on a photo.

        Raises:
            PhotoEmpty, PhotoTooLarge, PhotoTooManyPixels, PhotoNotAnImage, NoCodeFound: of
                the photo.
            PhotoTookTooLong: when it was given up.
            DecoderStopped: when the worker broke down over it.
            DecoderBusy: when its turn did not come.
        """
        check_size(data, self.limits)
        return decode_answer(json.loads(self._have_done(READ_CODES, data)))

    def reduce(self, data: bytes, limits: ImageLimits = UPLOAD_LIMITS) -> EncodedPicture:
        """Return a picture of goods as it is kept.

        Raises:
            PictureMissing, PictureTooLarge, PictureTooManyPixels, PictureNotAnImage,
                PictureTookTooLong, PictureMustWait: as they say.
        """
        try:
            check_size(data, limits)
            return picture_of_answer(json.loads(self._have_done(REDUCE, data)))
        except RuleRefused as refusal:
            raise of_picture(refusal) from refusal

    def _have_done(self, task: bytes, data: bytes) -> bytes:
        """What the worker answers, once it is this caller's turn."""
        with self._take_turn():
            connection = self._connection or self._start()
            try:
                return self._ask(connection, task + data)
            except PhotoTookTooLong:
                self._kill()
                raise
            except (EOFError, OSError) as fault:
                self._kill()
                raise DecoderStopped from fault

    def is_busy(self) -> bool:
        """Say whether a photo is being read right now."""
        return self._turn.locked()

    def worker_id(self) -> int | None:
        """Return the process id of the worker, or None before the first photo."""
        worker = self._worker
        return worker.pid if worker is not None else None

    def resident_bytes(self) -> int:
        """Return the memory that the worker occupies, 0 without one or where it cannot be told."""
        try:
            pages = Path(f"/proc/{self.worker_id()}/statm").read_text().split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def close(self) -> None:
        """Stop the worker; the next photo would start another."""
        with self._turn:
            self._end_worker()

    @contextmanager
    def _take_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=self.turn_seconds_max):
            raise DecoderBusy
        try:
            yield
        finally:
            self._turn.release()

    def _start(self) -> Connection:
        """Start a worker and wait until it has its limits and engines.

        Raises:
            DecoderStopped: when it does not come up.
        """
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._worker = context.Process(
            target=serve,
            args=(theirs, self.limits, self._memory_bytes_max),
            name="photo decoder",
            daemon=True,
        )
        self._worker.start()
        theirs.close()
        self._connection = ours
        with suppress(EOFError, OSError):
            if ours.poll(START_SECONDS_MAX) and ours.recv_bytes(len(READY)) == READY:
                return ours
        self._kill()
        raise DecoderStopped

    def _ask(self, connection: Connection, data: bytes) -> bytes:
        connection.send_bytes(data)
        if not connection.poll(self.photo_seconds_max):
            raise PhotoTookTooLong(seconds=math.ceil(self.photo_seconds_max))
        return connection.recv_bytes(_ANSWER_BYTES_MAX)

    def _kill(self) -> None:
        self.stops += 1
        self._end_worker()

    def _end_worker(self) -> None:
        worker, self._worker = self._worker, None
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        if worker is not None:
            worker.kill()
            worker.join()
            worker.close()
