"""Pictures of goods: what is accepted of an upload, and what is kept of it.

This module must never open a picture, nor load a library that does: the process that serves
pages knows these words.
"""

from dataclasses import dataclass

from scanner_app.barcodes.decoded_image import (
    MEBIBYTE,
    DecoderBusy,
    DecoderStopped,
    ImageLimits,
    PhotoEmpty,
    PhotoNotAnImage,
    PhotoTookTooLong,
    PhotoTooLarge,
    PhotoTooManyPixels,
)
from scanner_app.errors import N_, RuleRefused

SIDE_MAX = 480
KEPT_BYTES_MAX = 60 * 1024
UPLOAD_BYTES_MAX = 10 * MEBIBYTE
UPLOAD_LIMITS = ImageLimits(upload_bytes_max=UPLOAD_BYTES_MAX)
CONTENT_TYPE = "image/webp"


@dataclass(frozen=True)
class EncodedPicture:
    """A picture as it is kept: small, upright, and with nothing of the file it came in."""

    content: bytes
    sha256: str
    width: int
    height: int
    content_type: str = CONTENT_TYPE


class PictureMissing(RuleRefused):
    """The form came without a file."""

    message = N_("No picture was chosen.")
    way_out = N_("Choose a JPEG, PNG or WebP file, or take a photo.")
    field = "Picture"


class PictureTooLarge(RuleRefused):
    """The file is larger than a camera's photo."""

    message = N_("The picture has {mebibytes} MiB, more than the {maximum} that are accepted.")
    way_out = N_("Take it at a lower resolution, or save it smaller.")
    field = "Picture"


class PictureTooManyPixels(RuleRefused):
    """The picture would need too much memory."""

    message = N_("The picture has more than the {maximum} megapixels that its format may have.")
    way_out = N_("Take it at a lower resolution, or save it smaller.")
    field = "Picture"


class PictureNotAnImage(RuleRefused):
    """The file is no JPEG, PNG or WebP, or is cut off."""

    message = N_("The file is not a JPEG, PNG or WebP picture, or is incomplete.")
    way_out = N_("Save the picture as JPEG, PNG or WebP, and choose it again.")
    field = "Picture"


class PictureTookTooLong(RuleRefused):
    """The picture could not be made smaller in time, or broke what makes it smaller."""

    message = N_("The picture could not be made smaller.")
    way_out = N_("Save it at a lower resolution, and choose it again.")
    field = "Picture"


class PictureMustWait(RuleRefused):
    """Photos are being read, and the wait for a turn was used up."""

    message = N_("Photos are being read just now.")
    way_out = N_("Choose the picture again in a moment.")
    field = "Picture"


# The same limits are told in other words where a label is photographed.
REFUSAL_OF_PICTURE: dict[type[RuleRefused], type[RuleRefused]] = {
    PhotoEmpty: PictureMissing,
    PhotoTooLarge: PictureTooLarge,
    PhotoTooManyPixels: PictureTooManyPixels,
    PhotoNotAnImage: PictureNotAnImage,
    PhotoTookTooLong: PictureTookTooLong,
    DecoderStopped: PictureTookTooLong,
    DecoderBusy: PictureMustWait,
}


def of_picture(refusal: RuleRefused) -> RuleRefused:
    """What a refusal of a photo says of a picture."""
    refused = REFUSAL_OF_PICTURE.get(type(refusal))
    return refused(**refusal.parameters) if refused else refusal
