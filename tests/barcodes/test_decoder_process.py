import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from PIL import Image

from scanner_app.barcodes import decoder_process, decoder_worker
from scanner_app.barcodes.decoded_image import (
    MEBIBYTE,
    DecodedCode,
    DecodedImage,
    DecoderBusy,
    DecoderStopped,
    ImageLimits,
    NoCodeFound,
    PhotoEmpty,
    PhotoNotAnImage,
    PhotoTookTooLong,
    PhotoTooLarge,
    PhotoTooManyPixels,
)
from scanner_app.barcodes.decoder_process import DecoderProcess
from scanner_app.barcodes.labels import label_png
from scanner_app.barcodes.scanned_code import ScannedCode
from tests.barcodes.photos import TODAY, to_jpeg
from tests.barcodes.test_image_loading import png_of, saved

pytestmark = pytest.mark.slow

LABEL = label_png("code-128", "W-01-0101", TODAY)
PATIENT_SECONDS = 60  # The machine that tests may be busy.


@pytest.fixture
def decoder() -> Iterator[DecoderProcess]:
    process = DecoderProcess(photo_seconds_max=PATIENT_SECONDS, turn_seconds_max=PATIENT_SECONDS)
    yield process
    process.close()


def read_text(decoder: DecoderProcess, photo: bytes = LABEL) -> str:
    [found] = decoder.decode(photo).codes
    return found.code.text


def test_a_photo_is_read_in_a_process_of_its_own(decoder: DecoderProcess) -> None:
    assert decoder.worker_id() is None
    assert read_text(decoder) == "W-01-0101"
    worker = decoder.worker_id()
    assert worker not in {None, os.getpid()}
    assert read_text(decoder) == "W-01-0101"
    assert decoder.worker_id() == worker
    assert decoder.stops == 0


def test_the_worker_hands_over_everything_that_was_found(decoder: DecoderProcess) -> None:
    from scanner_app.barcodes.image_decoding import decode_image

    gs1 = label_png("gs1-datamatrix", "(10)LOT0001(21)1001", TODAY)
    assert decoder.decode(gs1).codes == decode_image(gs1, ImageLimits()).codes


@pytest.mark.parametrize("raw", [b"\x1d10LOT\xff", None])
def test_what_was_found_is_the_same_after_it_went_over_as_json(raw: bytes | None) -> None:
    code = ScannedCode("10LOT", "]d2", "photo", raw)
    found = DecodedCode(code, "zxing-cpp", "whole", ((0, 0), (9, 0), (9, 9), (0, 9)))
    image = DecodedImage((found,), 12, ("whole", "turned"))
    sent = json.loads(json.dumps(decoder_worker.encode_image(image)))
    assert decoder_worker.decode_answer(sent) == image


def test_the_process_that_serves_pages_loads_no_engine() -> None:
    script = (
        "import sys\n"
        "import scanner_app.barcodes.decoder_process, scanner_app.barcodes.parser\n"
        "import scanner_app.barcodes.labels\n"
        "loaded = {'PIL', 'zxingcpp', 'pyzbar', 'biip'} & set(sys.modules)\n"
        "sys.exit(str(loaded) if loaded else 0)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    ("photo", "refusal"),
    [
        (b"", PhotoEmpty),
        (b"\x00" * (17 * MEBIBYTE), PhotoTooLarge),
        (b"1001", PhotoNotAnImage),
        (png_of(20000, 10000), PhotoTooManyPixels),
        (to_jpeg(Image.new("L", (300, 200), 255)), NoCodeFound),
    ],
)
def test_a_refusal_comes_back_by_name_and_the_worker_stays(
    decoder: DecoderProcess, photo: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        decoder.decode(photo)
    assert str(refused.value).isprintable()
    assert decoder.stops == 0


def test_a_killed_worker_is_told_and_the_next_photo_gets_a_new_one(
    decoder: DecoderProcess,
) -> None:
    read_text(decoder)
    worker = decoder.worker_id()
    assert worker is not None
    os.kill(worker, signal.SIGKILL)
    with pytest.raises(DecoderStopped):
        decoder.decode(LABEL)
    assert read_text(decoder) == "W-01-0101"
    assert decoder.worker_id() != worker
    assert decoder.stops == 1


def test_a_photo_that_takes_too_long_is_given_up_and_its_worker_killed(
    decoder: DecoderProcess,
) -> None:
    read_text(decoder)
    worker = decoder.worker_id()
    assert worker is not None
    os.kill(worker, signal.SIGSTOP)
    decoder.photo_seconds_max = 0.05
    with pytest.raises(PhotoTookTooLong):
        decoder.decode(LABEL)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    decoder.photo_seconds_max = PATIENT_SECONDS
    assert read_text(decoder) == "W-01-0101"


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is Linux's")
def test_a_picture_that_needs_too_much_memory_stops_the_worker_and_not_the_server() -> None:
    decoder = DecoderProcess(
        ImageLimits(other_pixels_max=10**9, jpeg_pixels_max=10**9),
        photo_seconds_max=PATIENT_SECONDS,
        memory_bytes_max=256 * MEBIBYTE,
    )
    bomb = saved(Image.new("1", (13000, 13000)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(DecoderStopped):
        decoder.decode(bomb)
    assert read_text(decoder) == "W-01-0101"
    decoder.close()


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_the_largest_photos_fit_into_the_memory_of_the_worker(decoder: DecoderProcess) -> None:
    clear = Image.new("RGBA", (5000, 5000), (255, 255, 255, 9))
    pictures = [
        to_jpeg(Image.new("L", (8000, 6200), 200)),
        saved(clear, "PNG", compress_level=1),
    ]
    for picture in pictures:
        with pytest.raises(NoCodeFound):
            decoder.decode(picture)
    assert decoder.stops == 0
    assert 0 < decoder.resident_bytes() < 256 * MEBIBYTE


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_the_worker_does_not_grow_with_the_photos(decoder: DecoderProcess) -> None:
    for _ in range(40):
        read_text(decoder)
    before = decoder.resident_bytes()
    for _ in range(200):
        read_text(decoder)
    assert decoder.resident_bytes() - before < 4 * MEBIBYTE


def test_a_worker_that_does_not_start_in_time_is_told_and_the_next_photo_gets_a_new_one(
    decoder: DecoderProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as hurried:
        hurried.setattr(decoder_process, "START_SECONDS_MAX", 0)
        with pytest.raises(DecoderStopped):
            decoder.decode(LABEL)
    assert read_text(decoder) == "W-01-0101"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_only_linux_holds_the_worker_to_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(sys, "platform", "darwin")
    decoder_worker.limit_resources(2**20)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_threads_share_one_worker(decoder: DecoderProcess) -> None:
    with ThreadPoolExecutor(8) as threads:
        texts = list(threads.map(lambda _: read_text(decoder), range(40)))
    assert texts == ["W-01-0101"] * 40
    assert decoder.stops == 0


def test_a_photo_whose_turn_does_not_come_is_refused(decoder: DecoderProcess) -> None:
    read_text(decoder)
    worker = decoder.worker_id()
    assert worker is not None
    os.kill(worker, signal.SIGSTOP)
    waiting = threading.Thread(target=decode_quietly, args=(decoder,))
    waiting.start()
    while not decoder.is_busy():
        time.sleep(0.001)
    decoder.turn_seconds_max = 0.01
    with pytest.raises(DecoderBusy):
        decoder.decode(LABEL)
    os.kill(worker, signal.SIGCONT)
    waiting.join()
    assert decoder.stops == 0


def decode_quietly(decoder: DecoderProcess) -> None:
    with suppress(DecoderStopped):
        decoder.decode(LABEL)


def test_after_close_nothing_runs_and_a_new_photo_is_read_all_the_same(
    decoder: DecoderProcess,
) -> None:
    read_text(decoder)
    worker = decoder.worker_id()
    assert worker is not None
    decoder.close()
    decoder.close()
    assert decoder.worker_id() is None
    assert decoder.resident_bytes() == 0
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    assert read_text(decoder) == "W-01-0101"
