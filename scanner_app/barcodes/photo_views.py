"""Photo views: the pictures made from one photo to look at it again, and the way back.

A view scales, turns or sharpens the photo; its corners can be told in pixels of the photo.

This module must never decode: it only makes pictures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

Corner = tuple[float, float]

_SMALL_PIXELS = 1000  # Long side up to which a picture is cheap to enlarge.
_GREY = 128  # Neither bar nor space: the corners that turning adds make no edge of either.


@dataclass(frozen=True)
class View:
    """A picture made from the photo.

    Attributes:
        picture: mode L.
        scale: pixels of the photo for one pixel of the picture.
        degrees: how far the picture was turned, counter-clockwise.
        turned_from: width and height before turning.
    """

    picture: Image.Image
    scale: float
    degrees: int = 0
    turned_from: tuple[int, int] = (0, 0)

    def to_photo(self, corners: tuple[Corner, ...]) -> tuple[tuple[int, int], ...]:
        """Return corners in this picture as whole pixels of the photo."""
        return tuple(self._corner_in_photo(across, down) for across, down in corners)

    def _corner_in_photo(self, across: float, down: float) -> tuple[int, int]:
        if self.degrees:
            angle = math.radians(self.degrees)
            from_middle = across - self.picture.width / 2, down - self.picture.height / 2
            across = from_middle[0] * math.cos(angle) - from_middle[1] * math.sin(angle)
            down = from_middle[0] * math.sin(angle) + from_middle[1] * math.cos(angle)
            across += self.turned_from[0] / 2
            down += self.turned_from[1] / 2
        return round(across * self.scale), round(down * self.scale)


def is_small(picture: Image.Image) -> bool:
    """Say whether the picture is cheap to enlarge."""
    return max(picture.size) <= _SMALL_PIXELS


def rescale(view: View) -> View:
    """Return a small picture at twice its size, a large one at half: either may read better."""
    return enlarge(view) if is_small(view.picture) else halve(view)


def enlarge(view: View) -> View:
    """Return the picture at twice its size."""
    from PIL import Image  # noqa: PLC0415 - stays out of processes that do not decode

    size = view.picture.width * 2, view.picture.height * 2
    return View(view.picture.resize(size, Image.Resampling.BICUBIC), view.scale / 2)


def halve(view: View) -> View:
    """Return the picture at half its size."""
    return View(view.picture.reduce(2), view.scale * 2)


def turn(view: View, degrees: int) -> View:
    """Return the picture turned: bars that lean are read along their rows again."""
    from PIL import Image  # noqa: PLC0415 - the same

    upright = view if is_small(view.picture) else halve(view)
    turned = upright.picture.rotate(
        degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=_GREY
    )
    return View(turned, upright.scale, degrees, upright.picture.size)


def sharpen(view: View) -> View:
    """Return the picture rescaled and with its edges raised, against blur."""
    from PIL import ImageFilter  # noqa: PLC0415 - the same

    rescaled = rescale(view)
    mask = ImageFilter.UnsharpMask(radius=2, percent=150, threshold=3)
    return View(rescaled.picture.filter(mask), rescaled.scale)


def invert(view: View) -> View:
    """Return the picture with black and white exchanged: no engine reads white bars itself."""
    from PIL import ImageOps  # noqa: PLC0415 - the same

    return View(ImageOps.invert(view.picture), view.scale)


def stretch_contrast(view: View) -> View:
    """Return the picture with its grey spread from black to white, against faint print."""
    from PIL import ImageOps  # noqa: PLC0415 - the same

    return View(ImageOps.autocontrast(view.picture, cutoff=2), view.scale)


def crop_around(picture: Image.Image, corners: tuple[Corner, ...]) -> Image.Image:
    """Return the part of a picture with a code in it and room for its quiet zones."""
    across, down = zip(*corners, strict=True)
    margin_across = max(20.0, (max(across) - min(across)) / 4)
    margin_down = max(20.0, (max(down) - min(down)) / 4)
    return picture.crop(
        (
            max(0, int(min(across) - margin_across)),
            max(0, int(min(down) - margin_down)),
            min(picture.width, int(max(across) + margin_across)),
            min(picture.height, int(max(down) + margin_down)),
        )
    )
