"""Photos: the one decoder process of this server, started with the first photo.

This module must never open an image itself: that happens in another process, with limits.
"""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from scanner_app.barcodes.decoder_process import DecoderProcess

EXTENSION = "scanner_app_decoder"


@dataclass(frozen=True)
class PhotoCode:
    """One barcode read from a photo, as a page offers it."""

    text: str
    symbology: str


def decode_photo(data: bytes) -> list[PhotoCode]:
    """The barcodes of a photo, the most plausible first.

    Raises:
        RuleRefused: when the photo cannot be read or holds no barcode.
    """
    decoded = decoder().decode(data)
    return [PhotoCode(found.code.text, found.code.symbology) for found in decoded.codes]


def initialise_photos(app: Flask) -> None:
    """Give the app its decoder; no process is started before the first photo."""
    app.extensions[EXTENSION] = DecoderProcess()


def decoder() -> DecoderProcess:
    """The decoder of this app."""
    return cast("DecoderProcess", current_app.extensions[EXTENSION])
