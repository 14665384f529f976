"""Image decoding: a photo of a label becomes the codes on it.

Step 2 of the flow. Two engines look at the photo in stages, from cheap to dear; the first stage
that finds something plausible ends the search. `bench/decode.py` measures the order.

This module must never run in the process that serves pages (see `decoder_process`), and never
take a check digit for a proof: a blurred EAN-13 can misread into another right one.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from scanner_app.barcodes.decoded_image import (
    DecodedCode,
    DecodedImage,
    ImageLimits,
    NoCodeFound,
)
from scanner_app.barcodes.engines import Reading, read_with_zbar, read_with_zxing
from scanner_app.barcodes.image_loading import load_photo
from scanner_app.barcodes.photo_views import (
    View,
    crop_around,
    halve,
    invert,
    is_small,
    rescale,
    sharpen,
    stretch_contrast,
    turn,
)
from scanner_app.barcodes.plain_codes import has_right_check_digit
from scanner_app.barcodes.scanned_code import ScannedCode

if TYPE_CHECKING:
    from PIL import Image

_RETAIL = "]E"
_ITF = "]I"

_Look = Callable[["Image.Image"], list[Reading]]
_Stage = tuple[str, Callable[[], View], _Look]


def decode_image(data: bytes, limits: ImageLimits) -> DecodedImage:
    """Return the codes on a photo.

    Args:
        data: the bytes of a JPEG, PNG or WebP file.
        limits: sizes that are accepted, and the time for the search.

    Raises:
        PhotoEmpty, PhotoTooLarge, PhotoTooManyPixels, PhotoNotAnImage: of the file.
        NoCodeFound: when no stage found a plausible code in time.
    """
    started = time.monotonic()
    tried: list[str] = []
    for name, make_view, look in _stages(data, limits):
        if tried and time.monotonic() - started > limits.search_seconds_max:
            break
        tried.append(name)
        view = make_view()
        plausible = _keep_plausible(look(view.picture), limits)
        confirmed = [reading for reading in plausible if _is_confirmed(reading, view.picture)]
        if confirmed:
            codes = tuple(_to_code(reading, view, name) for reading in confirmed)
            milliseconds = round((time.monotonic() - started) * 1000)
            return DecodedImage(codes, milliseconds, tuple(tried))
    raise NoCodeFound


def _stages(data: bytes, limits: ImageLimits) -> Iterator[_Stage]:
    """Yield the looks at a photo; a picture is only made when its stage is reached."""
    photo = load_photo(data, limits)
    taken = View(photo.picture, photo.scale)
    yield "as taken, upright", lambda: taken, _read_upright
    yield "as taken", lambda: taken, read_with_zxing
    yield "as taken", lambda: taken, read_with_zbar
    rescaled = rescale(taken)
    yield "rescaled", lambda: rescaled, read_with_zxing
    yield "rescaled", lambda: rescaled, read_with_zbar
    yield "turned by 45°", lambda: turn(taken, 45), read_with_zxing
    yield "turned by 22°", lambda: turn(taken, 22), read_with_zbar
    yield "turned by 68°", lambda: turn(taken, 68), read_with_zbar
    yield "inverted", lambda: invert(taken), read_with_zxing
    yield "sharpened", lambda: sharpen(taken), read_with_zxing
    yield "more contrast", lambda: stretch_contrast(taken), read_with_zxing
    if is_small(photo.picture):
        yield "halved", lambda: halve(taken), read_with_zxing
        yield "halved", lambda: halve(taken), read_with_zbar
    if photo.is_reduced:
        yield "at full size", lambda: _load_whole(data, limits), read_with_zxing


def _read_upright(picture: Image.Image) -> list[Reading]:
    return read_with_zxing(picture, thorough=False)


def _load_whole(data: bytes, limits: ImageLimits) -> View:
    photo = load_photo(data, limits, whole=True)
    return View(photo.picture, photo.scale)


def _keep_plausible(readings: Iterable[Reading], limits: ImageLimits) -> list[Reading]:
    """Return each code once, without what is known to be pieces or misreadings of others."""
    kept = {reading.key: reading for reading in readings if _is_plausible(reading, limits)}
    return list(kept.values())


def _is_plausible(reading: Reading, limits: ImageLimits) -> bool:
    if reading.symbology.startswith(_RETAIL):
        return has_right_check_digit(reading.text)
    if reading.symbology.startswith(_ITF):
        return len(reading.text) in limits.itf_lengths
    return bool(reading.text)


def _is_confirmed(reading: Reading, picture: Image.Image) -> bool:
    """Look again at a retail code from near, with both engines at two scales.

    Its check digit lets one misreading in ten pass, where other codes let one in a hundred or
    none. No second answer leaves the first as it is; other answers outvote it.
    """
    if not reading.symbology.startswith(_RETAIL) or not reading.corners:
        return True
    near = View(crop_around(picture, reading.corners), 1)
    votes = Counter([reading.text])
    for view in (near, rescale(near)):
        for look in (read_with_zxing, read_with_zbar):
            seen = {other.text for other in look(view.picture) if _is_retail(other)}
            votes.update(seen)
    others = [count for text, count in votes.items() if text != reading.text]
    return votes[reading.text] > max(others, default=0)


def _is_retail(reading: Reading) -> bool:
    return reading.symbology.startswith(_RETAIL) and has_right_check_digit(reading.text)


def _to_code(reading: Reading, view: View, stage: str) -> DecodedCode:
    code = ScannedCode(reading.text, reading.symbology, "photo", reading.raw)
    return DecodedCode(code, reading.engine, stage, view.to_photo(reading.corners))
