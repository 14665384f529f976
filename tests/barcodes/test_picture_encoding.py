"""Pictures of goods: small, upright, and with nothing of the file they came in."""

from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from scanner_app.barcodes import decoder_worker
from scanner_app.barcodes.decoded_image import MEBIBYTE, DecoderStopped, PhotoNotAnImage
from scanner_app.barcodes.decoder_process import DecoderProcess
from scanner_app.barcodes.picture_encoding import encode_picture
from scanner_app.barcodes.picture_limits import (
    KEPT_BYTES_MAX,
    SIDE_MAX,
    UPLOAD_LIMITS,
    EncodedPicture,
    PictureMissing,
    PictureMustWait,
    PictureNotAnImage,
    PictureTookTooLong,
    PictureTooLarge,
    PictureTooManyPixels,
)
from tests.barcodes.photos import to_jpeg
from tests.barcodes.test_image_loading import png_of, saved

PATIENT_SECONDS = 60  # The machine that tests may be busy.
SECRET = b"taken at 52.5 13.4"


@pytest.fixture
def decoder() -> Iterator[DecoderProcess]:
    process = DecoderProcess(photo_seconds_max=PATIENT_SECONDS, turn_seconds_max=PATIENT_SECONDS)
    yield process
    process.close()


def encode(data: bytes) -> EncodedPicture:
    return encode_picture(data, UPLOAD_LIMITS)


def opened(picture: EncodedPicture) -> Image.Image:
    return Image.open(BytesIO(picture.content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_as_a_small_webp(kind: str) -> None:
    picture = encode(saved(Image.effect_noise((2000, 1000), 90).convert("RGB"), kind))
    assert (picture.width, picture.height) == (SIDE_MAX, SIDE_MAX // 2)
    assert len(picture.content) <= KEPT_BYTES_MAX
    assert opened(picture).format == "WEBP"
    assert opened(picture).size == (picture.width, picture.height)


def test_a_small_picture_is_not_made_larger() -> None:
    picture = encode(saved(Image.new("RGB", (30, 20), "red"), "PNG"))
    assert (picture.width, picture.height) == (30, 20)


def test_a_picture_that_no_quality_makes_small_enough_gets_smaller_sides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("scanner_app.barcodes.picture_encoding.KEPT_BYTES_MAX", 6000)
    picture = encode(saved(Image.effect_noise((480, 480), 90), "PNG"))
    assert len(picture.content) <= 6000
    assert picture.width < SIDE_MAX


def test_a_picture_is_turned_as_the_camera_held_it() -> None:
    lying = Image.new("L", (40, 20), 255)
    assert opened(encode(to_jpeg(lying, orientation=6))).size == (20, 40)


def test_metadata_and_what_hides_behind_the_picture_are_left_behind() -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    file = BytesIO()
    Image.new("RGB", (20, 20)).save(file, "JPEG", exif=exif, comment=SECRET, icc_profile=SECRET)
    data = file.getvalue() + b"PK\x03\x04" + SECRET
    assert data.count(SECRET) == 4
    picture = encode(data)
    assert SECRET not in picture.content
    assert not opened(picture).getexif()
    assert not {"exif", "icc_profile", "xmp"} & opened(picture).info.keys()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_kept(mode: str) -> None:
    picture = opened(encode(saved(Image.new(mode, (20, 20)), "PNG")))
    assert picture.mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    picture = opened(encode(saved(Image.new("RGBA", (20, 20), (255, 0, 0, 0)), "PNG")))
    assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_a_file_that_is_no_picture_is_refused() -> None:
    with pytest.raises(PhotoNotAnImage):
        encode(b"PK\x03\x04 a zip file")


def test_a_picture_is_the_same_after_it_went_over_as_json() -> None:
    picture = encode(saved(Image.new("RGB", (20, 10), "red"), "PNG"))
    sent = decoder_worker.picture_as_json(picture)
    assert decoder_worker.picture_of_answer(sent) == picture


@pytest.mark.parametrize(
    "changed",
    [
        {"width": 481},
        {"height": 0},
        {"content": b64encode(b"<svg onload=alert(1)>").decode()},
        {"content": b64encode(b"RIFF....WEBP" + bytes(KEPT_BYTES_MAX)).decode()},
    ],
)
def test_what_no_sound_worker_answers_is_refused(changed: dict[str, object]) -> None:
    sent = decoder_worker.picture_as_json(encode(saved(Image.new("RGB", (20, 10)), "PNG")))
    with pytest.raises(DecoderStopped):
        decoder_worker.picture_of_answer(sent | changed)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", PictureMissing),
        (b"\x00" * (11 * MEBIBYTE), PictureTooLarge),
        (b"no picture", PictureNotAnImage),
        (png_of(20000, 10000), PictureTooManyPixels),
    ],
)
def test_a_picture_of_no_use_is_refused_in_its_own_words(
    decoder: DecoderProcess, data: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        decoder.reduce(data)
    assert decoder.stops == 0
    picture = saved(Image.new("RGB", (20, 20), "red"), "PNG")
    assert decoder.reduce(picture) == encode(picture)


@pytest.mark.slow
def test_a_picture_that_takes_too_long_is_given_up(decoder: DecoderProcess) -> None:
    decoder.reduce(saved(Image.new("RGB", (20, 20)), "PNG"))
    decoder.photo_seconds_max = 0
    with pytest.raises(PictureTookTooLong):
        decoder.reduce(saved(Image.effect_noise((2500, 2500), 90), "PNG"))


def test_a_picture_waits_for_its_turn_no_longer_than_a_photo(decoder: DecoderProcess) -> None:
    decoder.turn_seconds_max = 0
    with decoder._take_turn(), pytest.raises(PictureMustWait):  # noqa: SLF001 - as a photo does
        decoder.reduce(b"any")
