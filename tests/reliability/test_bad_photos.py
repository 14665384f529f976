"""A photo of no use is refused by name, whatever the file is."""

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.reliability.page_device import Device, assert_refused_by_name, opened_hall
from tests.web.conftest import Clock


@pytest.fixture
def device(sqlite_template: Path, tmp_path: Path) -> Iterator[Device]:
    with opened_hall(sqlite_template, tmp_path, Clock()) as (_, app):
        yield Device(app, "WALT")


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG of one bit for each pixel that claims a size and holds what it likes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(data)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg(width: int, height: int) -> bytes:
    output = io.BytesIO()
    Image.new("L", (width, height), 255).save(output, "JPEG")
    return output.getvalue()


PHOTOS = {
    "empty": b"",
    "truncated JPEG": jpeg(200, 200)[:300],
    "text": b"no photo at all",
    "above the pixels of a PNG": png(6000, 5000, bytes(751 * 5000)),
    "decompression bomb": png(60_000, 60_000, bytes(1_000_000)),
    "EPS": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n(x) run\n",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "without a code": jpeg(200, 200),
}


@pytest.mark.parametrize("name", PHOTOS)
def test_a_photo_of_no_use_is_refused_by_name(device: Device, name: str) -> None:
    page = device.photograph(PHOTOS[name])
    assert_refused_by_name(page, 422)
    assert not page.all("script")


def test_a_photo_above_the_limit_is_refused_by_name(device: Device) -> None:
    page = device.photograph(bytes(16 * 1024 * 1024 + 300_000))
    assert_refused_by_name(page, 413)
    assert_refused_by_name(device.photograph(b"x" * (16 * 1024 * 1024 + 1)), 422)


def test_a_form_without_photo_is_refused_by_name(device: Device) -> None:
    page = device.pages.as_htmx.post("/photos", csrf_token=device.token)
    assert_refused_by_name(page, 422)
