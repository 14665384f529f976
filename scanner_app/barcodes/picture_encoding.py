"""Picture encoding: an upload becomes a small upright WebP with nothing else in it.

The pixels alone are taken over: metadata, colour profiles, further frames and whatever a file
hides behind its picture stay behind.

This module must never run in the process that serves pages but for what the house drew itself.
"""

from __future__ import annotations

import hashlib
import math
from io import BytesIO
from typing import TYPE_CHECKING

from scanner_app.barcodes.image_loading import load_colours
from scanner_app.barcodes.picture_limits import KEPT_BYTES_MAX, SIDE_MAX, EncodedPicture

if TYPE_CHECKING:
    from PIL import Image

    from scanner_app.barcodes.decoded_image import ImageLimits

_QUALITIES = (80, 65, 50, 35, 20)
_METHOD = 4  # Pillow's own balance of time and size.
_SMALLER = 0.75


def encode_picture(data: bytes, limits: ImageLimits) -> EncodedPicture:
    """Return an upload as the picture that is kept.

    Raises:
        PhotoEmpty, PhotoTooLarge, PhotoTooManyPixels, PhotoNotAnImage: as they say.
    """
    return encode_drawing(load_colours(data, limits, SIDE_MAX))


def encode_drawing(drawing: Image.Image) -> EncodedPicture:
    """Return a picture in RGB as it is kept, at the best quality that is small enough."""
    side = SIDE_MAX
    while True:
        picture = drawing.copy()
        picture.thumbnail((side, side))
        for quality in _QUALITIES:
            content = _write(picture, quality)
            if len(content) <= KEPT_BYTES_MAX:
                digest = hashlib.sha256(content).hexdigest()
                return EncodedPicture(content, digest, picture.width, picture.height)
        side = math.floor(side * _SMALLER)


def _write(picture: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    picture.save(file, "WEBP", quality=quality, method=_METHOD, exif=b"", icc_profile=b"")
    return file.getvalue()
