"""Image loading: the bytes of an upload become one picture, grey to be read, or in its colours.

This module must never load a picture before its header passed the limits, and never open any
format but JPEG, PNG and WebP: others have run programs and overflowed buffers.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from scanner_app.barcodes.decoded_image import (
    MEBIBYTE,
    MEGAPIXEL,
    ImageLimits,
    PhotoEmpty,
    PhotoNotAnImage,
    PhotoTooLarge,
    PhotoTooManyPixels,
)
from scanner_app.errors import RuleRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

_FORMATS = ("JPEG", "PNG", "WEBP")
_HALVED_ABOVE_PIXELS = 2000  # Long side of a JPEG; smaller reads as well, in a fifth of the time.
_WHITE = 255
_REDUCED_AS_THEY_ARE = frozenset({"L", "LA", "RGB", "RGBA", "CMYK"})


@dataclass(frozen=True)
class LoadedPhoto:
    """A grey picture, upright as the camera held it.

    Attributes:
        picture: mode L.
        scale: pixels of the photo for one pixel of the picture, at most.
        is_reduced: more can be had of this photo with `load_whole`.
    """

    picture: Image.Image
    scale: float
    is_reduced: bool


def check_size(data: bytes, limits: ImageLimits) -> None:
    """Refuse an upload by its size alone, before anything looks into it.

    Raises:
        PhotoEmpty, PhotoTooLarge: as they say.
    """
    if not data:
        raise PhotoEmpty
    if len(data) > limits.upload_bytes_max:
        raise PhotoTooLarge(
            mebibytes=-(-len(data) // MEBIBYTE), maximum=limits.upload_bytes_max // MEBIBYTE
        )


def load_photo(data: bytes, limits: ImageLimits, *, whole: bool = False) -> LoadedPhoto:
    """Return the photo as a grey picture, a large JPEG at about half its size unless `whole`.

    Raises:
        PhotoEmpty, PhotoTooLarge, PhotoTooManyPixels, PhotoNotAnImage: as they say.
    """
    check_size(data, limits)
    with _refusing_broken_files():
        return _load(_open(data, limits), whole=whole)


def load_colours(data: bytes, limits: ImageLimits, side: int) -> Image.Image:
    """Return an upload in RGB, upright and on white, not much larger than a square of the side.

    Raises:
        PhotoEmpty, PhotoTooLarge, PhotoTooManyPixels, PhotoNotAnImage: as they say.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - stays out of processes that do not decode

    check_size(data, limits)
    with _refusing_broken_files():
        image = _open(data, limits)
        if image.format == "JPEG":
            image.draft("RGB", (2 * side, 2 * side))
        image.load()
        small = image if image.mode in _REDUCED_AS_THEY_ARE else _with_plain_channels(image)
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        layered = ImageOps.exif_transpose(small).convert("RGBA")
        plain = Image.new("RGB", layered.size, "white")
        plain.paste(layered, mask=layered.getchannel("A"))
        return plain


@contextmanager
def _refusing_broken_files() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of sizes that are refused here.
            yield
    except (RuleRefused, MemoryError):
        raise
    except Exception as fault:  # a broken file makes Pillow's plug-ins raise whatever there is
        raise PhotoNotAnImage from fault


def _with_plain_channels(image: Image.Image) -> Image.Image:
    """Return a picture of indexed or deep colours in those that can be made smaller."""
    return image.convert("L") if image.mode.startswith(("I", "F")) else image.convert("RGBA")


def _load(image: Image.Image, *, whole: bool) -> LoadedPhoto:
    from PIL import ImageOps  # noqa: PLC0415 - stays out of processes that do not decode

    width = image.width
    halved = not whole and max(image.size) > _HALVED_ABOVE_PIXELS
    if image.format == "JPEG":
        divisor = 2 if halved else 1
        image.draft("L", (image.width // divisor, image.height // divisor))
    image.load()
    scale = width / image.width
    picture = ImageOps.exif_transpose(_to_grey(image))
    return LoadedPhoto(picture, scale, is_reduced=scale > 1)


def _open(data: bytes, limits: ImageLimits) -> Image.Image:
    """Return the picture with only its header read."""
    from PIL import Image  # noqa: PLC0415 - the same

    try:
        image = Image.open(BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as fault:
        raise _too_many_pixels(limits.jpeg_pixels_max) from fault
    maximum = limits.jpeg_pixels_max if image.format == "JPEG" else limits.other_pixels_max
    if image.width * image.height > maximum:
        raise _too_many_pixels(maximum)
    return image


def _too_many_pixels(maximum: int) -> PhotoTooManyPixels:
    return PhotoTooManyPixels(maximum=maximum // MEGAPIXEL)


def _to_grey(image: Image.Image) -> Image.Image:
    """Return the picture in grey, what is transparent in white, its orientation tag kept."""
    from PIL import Image  # noqa: PLC0415 - the same

    if not image.has_transparency_data:
        return image if image.mode == "L" else image.convert("L")
    layered = image if image.mode in {"LA", "RGBA"} else image.convert("RGBA")
    grey = Image.new("L", image.size, _WHITE)
    grey.paste(layered.convert("L"), mask=layered.getchannel("A"))
    grey.info.update(image.info)
    return grey
