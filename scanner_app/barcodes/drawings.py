"""Drawings: simple pictures that the house draws itself, where no photo of the goods is at hand.

This module must never read a file: it draws shapes of one colour each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scanner_app.barcodes.picture_encoding import encode_drawing
from scanner_app.barcodes.picture_limits import EncodedPicture

SIDE = 240
PAPER = "#ffffff"
# Drawn twice as large and made smaller, so that slanted edges are smooth.
FINER = 2


@dataclass(frozen=True)
class Shape:
    """One shape of one colour; coordinates are in pixels from the upper left of a square of 240."""

    kind: Literal["box", "oval", "polygon"]
    colour: str
    points: tuple[tuple[int, int], ...]


def draw_picture(shapes: Sequence[Shape]) -> EncodedPicture:
    """Return the shapes on white, the later over the earlier, as a picture is kept."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - stays out of the process that serves pages

    picture = Image.new("RGB", (SIDE * FINER, SIDE * FINER), PAPER)
    pencil = ImageDraw.Draw(picture)
    draw = {"box": pencil.rectangle, "oval": pencil.ellipse, "polygon": pencil.polygon}
    for shape in shapes:
        finer = [(across * FINER, down * FINER) for across, down in shape.points]
        draw[shape.kind](finer, fill=shape.colour)
    return encode_drawing(picture.resize((SIDE, SIDE)))
