from io import BytesIO

import pytest
from PIL import Image

from scanner_app.barcodes import engines
from scanner_app.barcodes.engines import PYZBAR, ZXING, available_engines
from tests.barcodes.photos import LABELS, TODAY, draw_label, payload

needs_zbar = pytest.mark.skipif(not available_engines()[PYZBAR], reason="libzbar is not installed")


def draw_with_writer(kind: str, content: str, **options: bool) -> Image.Image:
    import zxingcpp

    barcode = zxingcpp.create_barcode(content, getattr(zxingcpp.BarcodeFormat, kind), **options)
    return Image.fromarray(barcode.to_image(scale=4)).convert("L")


def test_zxing_is_always_there() -> None:
    assert available_engines()[ZXING]


@pytest.mark.parametrize(("symbology", "content", "identifier"), LABELS)
def test_zxing_reads_every_label_with_its_identifier(
    symbology: str, content: str, identifier: str
) -> None:
    [reading] = engines.read_with_zxing(draw_label(symbology, content))
    assert reading.text.replace("\x1d", "") == payload(content)
    assert reading.symbology == identifier


@needs_zbar
@pytest.mark.parametrize(
    ("symbology", "content", "identifier"),
    [label for label in LABELS if label[0] != "gs1-datamatrix"],
)
def test_zbar_reads_every_label_with_the_same_identifier(
    symbology: str, content: str, identifier: str
) -> None:
    [reading] = engines.read_with_zbar(draw_label(symbology, content))
    assert reading.text.replace("\x1d", "") == payload(content)
    assert reading.symbology == identifier


@needs_zbar
def test_both_engines_keep_the_separator_of_gs1() -> None:
    picture = draw_label("gs1-128", "(10)LOT0001(21)1001")
    for read in (engines.read_with_zxing, engines.read_with_zbar):
        [reading] = read(picture)
        assert (reading.text, reading.symbology) == ("10LOT0001\x1d211001", "]C1")


@needs_zbar
def test_zbar_tells_a_gs1_qr_code_from_a_plain_one() -> None:
    [gs1] = engines.read_with_zbar(draw_with_writer("QRCode", "(10)LOT0001", gs1=True))
    [plain] = engines.read_with_zbar(draw_with_writer("QRCode", "10LOT0001"))
    assert (gs1.symbology, plain.symbology) == ("]Q3", "]Q1")


@needs_zbar
def test_a_upc_e_is_expanded_by_both_engines() -> None:
    picture = draw_with_writer("UPCE", "01264904")
    for read in (engines.read_with_zxing, engines.read_with_zbar):
        assert [reading.text for reading in read(picture)] == ["012000006494"]


@needs_zbar
def test_what_zbar_guesses_is_not_handed_on() -> None:
    picture = draw_with_writer("QRCode", "Größe 日本")
    assert engines.read_with_zbar(picture) == []
    assert [reading.text for reading in engines.read_with_zxing(picture)] == ["Größe 日本"]


@needs_zbar
@pytest.mark.parametrize(
    ("kind", "content", "options"),
    [
        ("DataBarExp", "(01)09521234019008(10)A", {"gs1": True}),
        ("DataBarOmni", "9521234019008", {}),
        ("PDF417", "LOT0001", {}),
    ],
)
def test_symbols_that_zbar_misreads_are_left_to_zxing(
    kind: str, content: str, options: dict[str, bool]
) -> None:
    picture = draw_with_writer(kind, content, **options)
    assert engines.read_with_zbar(picture) == []
    assert engines.read_with_zxing(picture)


def test_bytes_that_are_no_text_are_still_told() -> None:
    import zxingcpp

    barcode = zxingcpp.create_barcode(b"\x80\x81\x00", zxingcpp.BarcodeFormat.QRCode)
    [reading] = engines.read_with_zxing(Image.fromarray(barcode.to_image(scale=4)).convert("L"))
    assert reading.raw == b"\x80\x81\x00"
    assert reading.text


@pytest.fixture
def without_libzbar(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ImportError("Unable to find zbar shared library")

    monkeypatch.setattr(engines, "_load_zbar", refuse)
    monkeypatch.setattr(engines, "_has_zbar", lambda: False)


def test_without_libzbar_photos_are_read_by_zxing_alone(without_libzbar: None) -> None:
    from scanner_app.barcodes.decoded_image import ImageLimits
    from scanner_app.barcodes.image_decoding import decode_image
    from scanner_app.barcodes.labels import label_png

    assert available_engines() == {ZXING: True, PYZBAR: False}
    assert engines.read_with_zbar(draw_label("code-128", "1001")) == []
    label = label_png("ean-13", "9521234030119", TODAY)
    assert Image.open(BytesIO(label)).format == "PNG"
    [found] = decode_image(label, ImageLimits()).codes
    assert (found.code.text, found.engine) == ("9521234030119", ZXING)


@needs_zbar
def test_a_libzbar_too_old_to_tell_gs1_is_used_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def old_library(*_: object) -> None:
        raise AttributeError("zbar_symbol_get_modifiers")

    monkeypatch.setattr("pyzbar.wrapper.zbar_function", old_library)
    engines.zbar_modifiers.cache_clear()
    try:
        [reading] = engines.read_with_zbar(draw_label("gs1-128", "(00)395212340000000014"))
    finally:
        engines.zbar_modifiers.cache_clear()
    assert reading.text.endswith("00395212340000000014")
    assert reading.symbology == "]C0"


def test_a_code_found_nowhere_on_the_picture_has_no_corners() -> None:
    assert engines.box_around(()) == ()
