"""The decoder's worker: what runs in the process that reads photos and reduces pictures.

It speaks JSON, not pickles: a picture may take over the native code that reads it, and must not
be able to hand objects to the process that serves pages.

This module must never be imported by anything but the process that starts the worker.
"""

import hashlib
import json
import sys
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import asdict
from multiprocessing.connection import Connection
from typing import Any

from scanner_app.barcodes.decoded_image import (
    DecodedCode,
    DecodedImage,
    DecoderStopped,
    ImageLimits,
)
from scanner_app.barcodes.engines import available_engines
from scanner_app.barcodes.image_decoding import decode_image
from scanner_app.barcodes.picture_encoding import encode_picture
from scanner_app.barcodes.picture_limits import KEPT_BYTES_MAX, SIDE_MAX, EncodedPicture
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.errors import RuleRefused

READY = b"ready"
# What a message begins with: what is to be done with the bytes behind it.
READ_CODES, REDUCE = b"c", b"r"


def serve(connection: Connection, limits: ImageLimits, memory_bytes_max: int) -> None:
    """Answer photos with codes, and pictures with smaller ones, until the other side hangs up."""
    limit_resources(memory_bytes_max)
    available_engines()
    with suppress(EOFError, KeyboardInterrupt):
        connection.send_bytes(READY)
        while True:
            message = connection.recv_bytes()
            task, data = message[:1], message[1:]
            try:
                if task == REDUCE:
                    answer = picture_as_json(encode_picture(data, limits))
                else:
                    answer = encode_image(decode_image(data, limits))
            except RuleRefused as refusal:
                answer = {"refused": refusal.code, "parameters": refusal.parameters}
            connection.send_bytes(json.dumps(answer).encode())


def encode_image(image: DecodedImage) -> dict[str, Any]:
    """Return a decoded image as JSON values."""
    return {
        "milliseconds": image.milliseconds,
        "stages": image.stages,
        "codes": [
            {
                "text": found.code.text,
                "symbology": found.code.symbology,
                "raw": None if found.code.raw is None else b64encode(found.code.raw).decode(),
                "engine": found.engine,
                "stage": found.stage,
                "corners": found.corners,
            }
            for found in image.codes
        ],
    }


def picture_as_json(picture: EncodedPicture) -> dict[str, Any]:
    """Return a picture as JSON values."""
    return asdict(picture) | {"content": b64encode(picture.content).decode()}


def picture_of_answer(answer: dict[str, Any]) -> EncodedPicture:
    """Return the picture that the worker's JSON describes; its digest is taken here.

    Raises:
        RuleRefused: the refusal that the worker answered with.
        DecoderStopped: for what no sound worker answers.
    """
    _raise_refusal(answer)
    content, width, height = b64decode(answer["content"]), answer["width"], answer["height"]
    is_small = 0 < width <= SIDE_MAX and 0 < height <= SIDE_MAX and len(content) <= KEPT_BYTES_MAX
    if not is_small or content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise DecoderStopped
    return EncodedPicture(content, hashlib.sha256(content).hexdigest(), width, height)


def decode_answer(answer: dict[str, Any]) -> DecodedImage:
    """Return the decoded image that the worker's JSON describes.

    Raises:
        RuleRefused: the refusal that the worker answered with.
    """
    _raise_refusal(answer)
    codes = tuple(_decode_code(found) for found in answer["codes"])
    return DecodedImage(codes, answer["milliseconds"], tuple(answer["stages"]))


def _raise_refusal(answer: dict[str, Any]) -> None:
    if "refused" in answer:
        raise RuleRefused.by_code[answer["refused"]](**answer["parameters"])


def _decode_code(found: dict[str, Any]) -> DecodedCode:
    raw = None if found["raw"] is None else b64decode(found["raw"])
    code = ScannedCode(found["text"], found["symbology"], "photo", raw)
    corners = tuple((across, down) for across, down in found["corners"])
    return DecodedCode(code, found["engine"], found["stage"], corners)


def limit_resources(memory_bytes_max: int) -> None:
    """Cap the memory of this process, and let a crash leave no core file.

    Linux alone holds a process to its address space; elsewhere the limits on pixels must do.
    """
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - not there on Windows

    for kind, value in ((resource.RLIMIT_AS, memory_bytes_max), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, allowed))
