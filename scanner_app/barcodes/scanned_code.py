"""A scanned code: one text as it came from a device, before anything is read into it.

This module must never change the text it holds.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ScannedCode:
    """What a device read.

    Attributes:
        text: the text as it arrived; FNC1 inside a message stands as U+001D.
        symbology: AIM identifier such as `]C1`, or "" where the device does not say.
        source: wedge, photo, keypad or camera.
        raw: the bytes of the symbol, where the decoder hands them over.
    """

    text: str
    symbology: str = ""
    source: str = "wedge"
    raw: bytes | None = None
