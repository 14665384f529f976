from dataclasses import replace

import pytest
from PIL import Image

from scanner_app.barcodes.decoded_image import DecodedCode, ImageLimits, NoCodeFound
from scanner_app.barcodes.engines import PYZBAR, available_engines
from scanner_app.barcodes.image_decoding import decode_image
from tests.barcodes import photos
from tests.barcodes.photos import LABELS, Photo, draw_label, on_desk, payload, to_jpeg

pytestmark = pytest.mark.slow

LIMITS = ImageLimits(search_seconds_max=10)  # The machine that tests may be busy.
needs_zbar = pytest.mark.skipif(not available_engines()[PYZBAR], reason="libzbar is not installed")
needs_shared_photos = pytest.mark.skipif(
    not photos.SHARED_IMAGES.is_dir(), reason="the shared photos are not here"
)
OWN = {photo.name: photo for photo in photos.own_photos()}


def read_texts(data: bytes, limits: ImageLimits = LIMITS) -> list[str]:
    return [found.code.text.replace("\x1d", "") for found in decode_image(data, limits).codes]


def photo_of_twelve_megapixels(orientation: int) -> bytes:
    desk = Image.effect_noise((4000, 3000), 20).point(lambda grey: grey * 120 // 128)
    desk.paste(draw_label("gs1-datamatrix", LABELS[4][1], scale=6), (2200, 1400))
    if orientation == 6:
        desk = desk.transpose(Image.Transpose.ROTATE_90)
    return to_jpeg(desk, orientation)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=needs_zbar if "leaning" in name else ())
        for name, photo in OWN.items()
        if photo.holds_code
    ],
)
def test_every_label_of_the_house_is_read_from_a_bad_photo(name: str) -> None:
    assert read_texts(OWN[name].data) == [OWN[name].text]


def test_a_picture_without_a_code_gives_none() -> None:
    with pytest.raises(NoCodeFound):
        decode_image(OWN["noise"].data, LIMITS)


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photo_of_twelve_megapixels_is_read_and_its_corners_told_upright(
    orientation: int,
) -> None:
    [found] = decode_image(photo_of_twelve_megapixels(orientation), LIMITS).codes
    assert found.code.text == "010952123401900810LOT0001\x1d211001"
    assert found.code.symbology == "]d2"
    assert found.code.source == "photo"
    across, down = found.corners[0]
    assert 2200 <= across <= 2400
    assert 1400 <= down <= 1600


def test_a_symbol_too_fine_for_half_the_size_is_read_at_the_whole() -> None:
    desk = Image.new("L", (3000, 2200), 255)
    desk.paste(draw_label("gs1-128", LABELS[3][1], scale=1), (2000, 1400))
    [found] = decode_image(to_jpeg(desk), LIMITS).codes
    assert (found.code.text, found.stage) == ("011952123403020810P2403", "at full size")
    assert 2000 <= found.corners[0][0] <= 2030


def test_every_code_of_a_photo_is_told_once() -> None:
    desk = Image.new("L", (1200, 900), 120)
    for at, label in (((40, 40), LABELS[0]), ((40, 480), LABELS[5]), ((640, 480), LABELS[5])):
        desk.paste(draw_label(label[0], label[1], scale=3), at)
    assert sorted(read_texts(to_jpeg(desk))) == sorted([LABELS[0][1], LABELS[5][1]])


def test_an_itf_of_another_length_is_a_piece_of_one() -> None:
    import zxingcpp

    barcode = zxingcpp.create_barcode("1234567890", zxingcpp.BarcodeFormat.ITF)
    picture = on_desk(Image.fromarray(barcode.to_image(scale=4)).convert("L"))
    with pytest.raises(NoCodeFound):
        decode_image(to_jpeg(picture), LIMITS)
    assert read_texts(to_jpeg(picture), replace(LIMITS, itf_lengths=(10,))) == ["1234567890"]


def test_no_stage_starts_after_the_time_is_up_but_the_first() -> None:
    hurried = ImageLimits(search_seconds_max=0)
    upright = on_desk(draw_label("code-128", "W-01-0101"))
    image = decode_image(to_jpeg(upright), hurried)
    assert image.stages == ("as taken, upright",)
    with pytest.raises(NoCodeFound):
        decode_image(to_jpeg(upright.rotate(90, expand=True)), hurried)
    assert len(decode_image(to_jpeg(upright.rotate(90, expand=True)), LIMITS).stages) > 1


def test_what_found_a_code_is_kept_for_the_audit_trail() -> None:
    image = decode_image(OWN["W-01-0101 inverted"].data, LIMITS)
    [found] = image.codes
    assert found.stage == image.stages[-1]
    assert found.engine in {"zxing-cpp", "pyzbar"}
    assert found.code.raw == b"W-01-0101"
    assert image.milliseconds >= 0


@needs_zbar
@needs_shared_photos
def test_of_the_shared_photos_55_are_read_and_at_most_one_wrongly() -> None:
    hits: list[str] = []
    wrong: list[str] = []
    for photo in photos.shared_photos():
        try:
            codes = decode_image(photo.data, LIMITS).codes
        except NoCodeFound:
            continue
        (hits if matches(photo, codes) else wrong).append(photo.name)
    assert len(wrong) <= 1, wrong
    assert len(hits) >= 55


@needs_zbar
@needs_shared_photos
def test_a_blurred_retail_code_that_closer_looks_outvote_is_not_believed() -> None:
    blurred = (photos.SHARED_IMAGES / "upca-2--48.webp").read_bytes()
    image = decode_image(blurred, LIMITS)
    assert [found.code.text for found in image.codes] == ["075720003259"]
    assert len(image.stages) > 1


def matches(photo: Photo, codes: tuple[DecodedCode, ...]) -> bool:
    return any(
        photos.same_value(photo, found.code.text, found.code.raw, found.code.symbology)
        for found in codes
    )


def test_labels_are_compared_without_brackets() -> None:
    assert payload("(01)1(10)A") == "01110A"
