"""Decoding engines: zxing-cpp and pyzbar behind one shape.

Each adapter takes a grey picture and answers with the codes it reads, in the payload
conventions of zxing-cpp: symbology identifier in front, U+001D for FNC1, UPC expanded.

This module must never be imported by the process that serves pages, and never hand on what an
engine is known to read wrongly: zbar's DataBar, PDF417, EAN-2 and EAN-5, and any text of zbar
outside ASCII, which it guesses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from scanner_app.barcodes.plain_codes import expand_upc_e, is_digits

if TYPE_CHECKING:
    from PIL import Image

ZXING = "zxing-cpp"
PYZBAR = "pyzbar"

Corner = tuple[float, float]

_FOURCC_GREY = int.from_bytes(b"Y800", "little")
_MODIFIER_GS1 = 1


@dataclass(frozen=True)
class Reading:
    """One code as an engine read it; corners are pixels of the picture it was given."""

    engine: str
    text: str
    symbology: str
    raw: bytes | None
    corners: tuple[Corner, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What makes two readings the same code, whichever engine read it."""
        return self.symbology[:2], self.text


def available_engines() -> dict[str, bool]:
    """Return which engines can be used here, for the self-check of an installation."""
    return {ZXING: _can_load(_load_zxing), PYZBAR: _can_load(_load_zbar)}


def read_with_zxing(picture: Image.Image, *, thorough: bool = True) -> list[Reading]:
    """Return what zxing-cpp reads; without `thorough` only upright, dark on light, unscaled."""
    zxing = _load_zxing()
    found = zxing.read_barcodes(
        picture,
        try_rotate=thorough,
        try_invert=thorough,
        try_downscale=thorough,
        text_mode=zxing.TextMode.Plain,
    )
    unwanted = {zxing.BarcodeFormat.EAN2, zxing.BarcodeFormat.EAN5}
    return [_from_zxing(barcode) for barcode in found if barcode.format not in unwanted]


def read_with_zbar(picture: Image.Image) -> list[Reading]:
    """Return what pyzbar's library reads, or nothing where libzbar is not installed."""
    if not _has_zbar():
        return []
    zbar = _load_zbar()
    scanner, image = zbar.zbar_image_scanner_create(), zbar.zbar_image_create()
    try:
        return _scan(zbar, scanner, image, picture)
    finally:
        zbar.zbar_image_destroy(image)
        zbar.zbar_image_scanner_destroy(scanner)


@cache
def _has_zbar() -> bool:
    return _can_load(_load_zbar)


def _can_load(load: Callable[[], Any]) -> bool:
    try:
        load()
    except (ImportError, OSError):
        return False
    return True


def _load_zxing() -> Any:  # noqa: ANN401 - an extension module
    import zxingcpp  # noqa: PLC0415 - native code stays out of processes that do not decode

    return zxingcpp


def _load_zbar() -> Any:  # noqa: ANN401 - ctypes functions without types
    from pyzbar import wrapper  # noqa: PLC0415 - the import fails where libzbar is missing

    return wrapper


def _from_zxing(barcode: Any) -> Reading:  # noqa: ANN401 - a class of an extension module
    # Bytes in several encodings have no text of their own; Latin-1 keeps each byte a character,
    # so that the border refuses them by name instead of calling the scan empty.
    text = barcode.text or barcode.bytes.decode("latin-1")
    position = barcode.position
    corners = (
        position.top_left,
        position.top_right,
        position.bottom_right,
        position.bottom_left,
    )
    return Reading(
        engine=ZXING,
        text=_without_upc_zero(text, barcode.symbology_identifier),
        symbology=barcode.symbology_identifier,
        raw=barcode.bytes,
        corners=tuple((corner.x, corner.y) for corner in corners),
    )


def _without_upc_zero(text: str, symbology: str) -> str:
    """Return a UPC-A as the 12 digits printed under it: zxing-cpp writes it as an EAN-13."""
    upc = symbology == "]E0" and len(text) == 13 and text.startswith("0")
    return text[1:] if upc else text


def _scan(zbar: Any, scanner: Any, image: Any, picture: Image.Image) -> list[Reading]:  # noqa: ANN401 - ctypes
    symbologies = _zbar_symbologies(zbar)
    for kind in zbar.ZBarSymbol:
        zbar.zbar_image_scanner_set_config(
            scanner, kind, zbar.ZBarConfig.CFG_ENABLE, int(kind in symbologies)
        )
    pixels = picture.tobytes()
    zbar.zbar_image_set_format(image, _FOURCC_GREY)
    zbar.zbar_image_set_size(image, *picture.size)
    zbar.zbar_image_set_data(image, pixels, len(pixels), None)
    zbar.zbar_scan_image(scanner, image)
    readings = []
    symbol = zbar.zbar_image_first_symbol(image)
    while symbol:
        reading = _from_zbar(zbar, symbol, symbologies.get(symbol.contents.type))
        if reading is not None:
            readings.append(reading)
        symbol = zbar.zbar_symbol_next(symbol)
    return readings


def _zbar_symbologies(zbar: Any) -> dict[int, str]:  # noqa: ANN401 - ctypes
    """Return the kinds that zbar may read, each with its identifier."""
    kind = zbar.ZBarSymbol
    return {
        kind.EAN8: "]E4",
        kind.UPCE: "]E0",
        kind.UPCA: "]E0",
        kind.EAN13: "]E0",
        kind.I25: "]I0",
        kind.CODABAR: "]F0",
        kind.CODE39: "]A0",
        kind.CODE93: "]G0",
        kind.CODE128: "]C0",
        kind.QRCODE: "]Q1",
    }


def _from_zbar(zbar: Any, symbol: Any, symbology: str | None) -> Reading | None:  # noqa: ANN401 - ctypes
    from ctypes import string_at  # noqa: PLC0415 - needed with libzbar only

    length = zbar.zbar_symbol_get_data_length(symbol)
    raw = string_at(zbar.zbar_symbol_get_data(symbol), length)
    if symbology is None or not raw.isascii():
        return None
    text = raw.decode("ascii")
    if symbol.contents.type == zbar.ZBarSymbol.UPCE and is_digits(text) and len(text) == 8:
        text = expand_upc_e(text)
    if _is_gs1(symbol):
        symbology = {"]C0": "]C1", "]Q1": "]Q3"}.get(symbology, symbology)
    corners = tuple(
        (
            float(zbar.zbar_symbol_get_loc_x(symbol, at)),
            float(zbar.zbar_symbol_get_loc_y(symbol, at)),
        )
        for at in range(zbar.zbar_symbol_get_loc_size(symbol))
    )
    return Reading(PYZBAR, _without_upc_zero(text, symbology), symbology, raw, box_around(corners))


def _is_gs1(symbol: Any) -> bool:  # noqa: ANN401 - ctypes
    """Ask libzbar whether FNC1 stood first: pyzbar does not wrap this function."""
    get_modifiers = zbar_modifiers()
    return bool(get_modifiers is not None and get_modifiers(symbol) & _MODIFIER_GS1)


@cache
def zbar_modifiers() -> Any:  # noqa: ANN401 - ctypes
    """Libzbar's function for the modifiers of a symbol; None where the library is too old."""
    from ctypes import POINTER, c_uint  # noqa: PLC0415 - needed with libzbar only

    zbar = _load_zbar()
    try:
        return zbar.zbar_function("zbar_symbol_get_modifiers", c_uint, POINTER(zbar.zbar_symbol))
    except AttributeError:
        return None


def box_around(points: tuple[Corner, ...]) -> tuple[Corner, ...]:
    """Return the four corners of the box around points in no particular order."""
    if not points:
        return ()
    across, down = zip(*points, strict=True)
    left, right, top, bottom = min(across), max(across), min(down), max(down)
    return (left, top), (right, top), (right, bottom), (left, bottom)
