"""A decoded image: the codes that were found in one photo, and how.

Step 2 of the flow. What is kept here goes into the audit trail of a scan.

This module must never hold the photo: it is thrown away once it is read.
"""

from dataclasses import dataclass

from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.errors import N_, RuleRefused

MEBIBYTE = 1024 * 1024
MEGAPIXEL = 1_000_000


@dataclass(frozen=True)
class ImageLimits:
    """What is accepted of a photo, and how long it is looked at.

    Attributes:
        upload_bytes_max: size of the file.
        jpeg_pixels_max: width times height of a JPEG, which can be loaded at half its size.
        other_pixels_max: width times height of a PNG or WebP, which is loaded whole.
        search_seconds_max: no further stage of the search starts after this.
        itf_lengths: digits that an ITF (Interleaved 2 of 5) may have; it has no check of its
            own, and a part of one reads as a shorter one.
    """

    upload_bytes_max: int = 16 * MEBIBYTE
    jpeg_pixels_max: int = 50 * MEGAPIXEL
    other_pixels_max: int = 25 * MEGAPIXEL
    search_seconds_max: float = 1.2
    itf_lengths: tuple[int, ...] = (14,)


@dataclass(frozen=True)
class DecodedCode:
    """One code of a photo.

    Attributes:
        code: the text, its symbology identifier and bytes.
        engine: zxing-cpp or pyzbar.
        stage: the step of the search that found it.
        corners: x and y in pixels of the photo as it is shown, not as it is stored.
    """

    code: ScannedCode
    engine: str
    stage: str
    corners: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class DecodedImage:
    """Every code of a photo, with the stages that were tried and the time they took."""

    codes: tuple[DecodedCode, ...]
    milliseconds: int
    stages: tuple[str, ...]


class PhotoEmpty(RuleRefused):
    """The upload holds no bytes."""

    message = N_("The photo is empty.")
    way_out = N_("Take it again.")


class PhotoTooLarge(RuleRefused):
    """The file is larger than a camera's photo."""

    message = N_("The photo has {mebibytes} MiB, more than the {maximum} that are accepted.")
    way_out = N_("Take it at a lower resolution, or type the number.")


class PhotoTooManyPixels(RuleRefused):
    """The picture would need too much memory."""

    message = N_("The photo has more than the {maximum} megapixels that its format may have.")
    way_out = N_("Take it at a lower resolution, or type the number.")


class PhotoNotAnImage(RuleRefused):
    """The file is no JPEG, PNG or WebP, or is cut off."""

    message = N_("The file is not a JPEG, PNG or WebP photo, or is incomplete.")
    way_out = N_("Take the photo with the camera of this device, or type the number.")


class NoCodeFound(RuleRefused):
    """No barcode could be read from the photo."""

    message = N_("No barcode was found in the photo.")
    way_out = N_("Hold the label straight, fill the picture with it, or type the number.")


class PhotoTookTooLong(RuleRefused):
    """The photo kept the decoder busy past its time."""

    message = N_("Reading the photo took longer than {seconds} seconds.")
    way_out = N_("Take it closer to the label, or type the number.")


class DecoderStopped(RuleRefused):
    """The decoder broke down over this photo; a new one reads the next."""

    message = N_("The decoder stopped while reading this photo.")
    way_out = N_("Take another photo, or type the number.")


class DecoderBusy(RuleRefused):
    """Other photos are being read, and the wait for a turn was used up."""

    message = N_("Other photos are being read.")
    way_out = N_("Take the photo again in a moment, or type the number.")
