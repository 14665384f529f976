import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from scanner_app.barcodes.decoded_image import (
    MEBIBYTE,
    ImageLimits,
    PhotoEmpty,
    PhotoNotAnImage,
    PhotoTooLarge,
    PhotoTooManyPixels,
)
from scanner_app.barcodes.image_loading import load_photo
from tests.barcodes.photos import to_jpeg

LIMITS = ImageLimits()


def png_of(width: int, height: int, content: bytes = b"") -> bytes:
    """Return a PNG whose header claims a size, whatever follows it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(content))
        + chunk(b"IEND", b"")
    )


def saved(picture: Image.Image, kind: str, **options: int) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def test_an_empty_upload_is_refused() -> None:
    with pytest.raises(PhotoEmpty):
        load_photo(b"", LIMITS)


def test_an_upload_over_16_mib_is_refused_unopened() -> None:
    with pytest.raises(PhotoTooLarge) as refused:
        load_photo(b"\x00" * (30 * MEBIBYTE), LIMITS)
    assert refused.value.parameters == {"mebibytes": 30, "maximum": 16}


@pytest.mark.parametrize(
    "data",
    [
        b"1001",
        b"\xff\xd8\xff",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        png_of(10, 10, b"\x00"),
        png_of(10, 10)[:40],
        saved(Image.new("L", (9, 9)), "BMP"),
        saved(Image.new("L", (9, 9)), "TIFF"),
        saved(Image.effect_noise((90, 90), 9), "JPEG")[:600],
        saved(Image.effect_noise((90, 90), 9), "WEBP")[:200],
    ],
)
def test_what_is_no_whole_jpeg_png_or_webp_is_refused(data: bytes) -> None:
    with pytest.raises(PhotoNotAnImage):
        load_photo(data, LIMITS)


@pytest.mark.parametrize(("width", "height"), [(5001, 5000), (20000, 10000), (100000, 100000)])
def test_a_picture_that_would_unpack_to_too_much_is_refused_by_its_header(
    width: int, height: int
) -> None:
    with pytest.raises(PhotoTooManyPixels):
        load_photo(png_of(width, height), LIMITS)


def test_a_jpeg_may_be_twice_as_large_as_the_others() -> None:
    limits = ImageLimits(jpeg_pixels_max=20_000, other_pixels_max=10_000)
    picture = Image.new("L", (150, 100), 255)
    assert load_photo(saved(picture, "JPEG"), limits).picture.size == (150, 100)
    for kind in ("PNG", "WEBP"):
        with pytest.raises(PhotoTooManyPixels):
            load_photo(saved(picture, kind), limits)
    with pytest.raises(PhotoTooManyPixels):
        load_photo(saved(Image.new("L", (201, 100)), "JPEG"), limits)


def test_a_large_jpeg_is_loaded_at_half_its_size_until_the_whole_is_asked_for() -> None:
    data = to_jpeg(Image.new("L", (2400, 1800), 255))
    reduced = load_photo(data, LIMITS)
    assert (reduced.picture.size, reduced.scale, reduced.is_reduced) == ((1200, 900), 2, True)
    whole = load_photo(data, LIMITS, whole=True)
    assert (whole.picture.size, whole.scale, whole.is_reduced) == ((2400, 1800), 1, False)


def test_the_photo_is_turned_as_the_camera_held_it() -> None:
    assert load_photo(to_jpeg(Image.new("L", (60, 40)), 6), LIMITS).picture.size == (40, 60)
    assert load_photo(to_jpeg(Image.new("L", (60, 40)), 0), LIMITS).picture.size == (60, 40)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_counts_as_white_paper(mode: str) -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0)).convert(mode)
    data = saved(clear, "PNG", **({"transparency": 0} if mode == "P" else {}))
    assert load_photo(data, LIMITS).picture.getextrema() == (255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "CMYK"])
def test_every_kind_of_pixel_becomes_grey(mode: str) -> None:
    data = saved(Image.new(mode, (8, 8)), "JPEG" if mode != "1" else "PNG")
    assert load_photo(data, LIMITS).picture.mode == "L"
