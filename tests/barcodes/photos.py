"""Photos for tests and bench: labels of the house as a camera might see them, and shared ones."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFilter, ImageOps

from scanner_app.barcodes.labels import label_png

TODAY = date(2026, 11, 22)
SHARED_IMAGES = Path(__file__).resolve().parents[3] / "shared" / "images"
GROUP_SEPARATOR = "\x1d"

LABELS = (
    ("code-128", "W-01-0101", "]C0"),
    ("code-128", "CONTAINER010", "]C0"),
    ("gs1-128", "(00)395212340000000014", "]C1"),
    ("gs1-128", "(01)19521234030208(10)P2403", "]C1"),
    ("gs1-datamatrix", "(01)09521234019008(10)LOT0001(21)1001", "]d2"),
    ("qr-code", "https://id.gs1.org/01/09521234020202/10/FX26A/21/FX-5102", "]Q1"),
    ("ean-13", "9521234030119", "]E0"),
    ("ean-8", "20003012", "]E4"),
    ("upc-a", "412345003019", "]E0"),
)
_PAPER = 235
_DESK = 120


@dataclass(frozen=True)
class Photo:
    """One photo and what is on it; no text and no raw bytes: it holds no code."""

    name: str
    family: str
    data: bytes
    text: str | None
    raw: bytes | None = None

    @property
    def holds_code(self) -> bool:
        return self.text is not None or self.raw is not None


def shared_photos() -> Iterator[Photo]:
    """Yield the photos of the shared folder; none where it is missing."""
    manifest = SHARED_IMAGES / "manifest.json"
    if not manifest.is_file():
        return
    for entry in json.loads(manifest.read_text(encoding="utf-8"))["images"]:
        raw = bytes.fromhex(entry["bytes_hex"]) if entry["bytes_hex"] else None
        data = (SHARED_IMAGES / entry["file"]).read_bytes()
        yield Photo(entry["file"], entry["family"], data, entry["text"], raw)


def own_photos() -> Iterator[Photo]:
    """Yield every label of the house straight, leaning, blurred, inverted, small and faint."""
    for symbology, content, _ in LABELS:
        label = draw_label(symbology, content)
        text = payload(content)
        changes = {
            "straight": on_desk(label),
            "leaning 15": on_desk(lean(label, 15)),
            "leaning 30": on_desk(lean(label, 30)),
            "leaning 45": on_desk(lean(label, 45)),
            "blurred": on_desk(label).filter(ImageFilter.GaussianBlur(2)),
            "inverted": ImageOps.invert(label),
            "faint": on_desk(label).point(lambda grey: 110 + grey * 45 // 255),
            "small": on_desk(draw_label(symbology, content, scale=1)),
        }
        for change, picture in changes.items():
            yield Photo(f"{content} {change}", symbology, to_jpeg(picture), text)
    blank = Image.effect_noise((800, 600), 60)
    yield Photo("noise", "no code", to_jpeg(blank), None)


def draw_label(symbology: str, content: str, scale: int = 4) -> Image.Image:
    """Return the label in grey on paper, with a margin."""
    drawn = Image.open(BytesIO(label_png(symbology, content, TODAY, scale=scale))).convert("L")
    return ImageOps.expand(drawn, 12 * scale, 255)


def lean(picture: Image.Image, degrees: int) -> Image.Image:
    return picture.rotate(degrees, expand=True, fillcolor=_DESK, resample=Image.Resampling.BICUBIC)


def on_desk(label: Image.Image) -> Image.Image:
    """Return the label as greyish paper on a darker desk."""
    paper = label.point(lambda grey: grey * _PAPER // 255)
    return ImageOps.expand(paper, 60, _DESK)


def to_jpeg(picture: Image.Image, orientation: int = 1) -> bytes:
    file = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(file, "JPEG", quality=85, exif=exif)
    return file.getvalue()


def payload(content: str) -> str:
    """Return bracketed content as the symbol holds it; separators and brackets do not count."""
    return content.replace("(", "").replace(")", "")


def same_value(photo: Photo, text: str, raw: bytes | None, symbology: str) -> bool:
    """Say whether an answer is what the photo holds; retail codes compare as numbers."""
    if photo.raw is not None:
        return raw == photo.raw
    if photo.text is None:
        return False
    answered, expected = (
        payload(value).replace(GROUP_SEPARATOR, "") for value in (text, photo.text)
    )
    if symbology.startswith("]E") and answered.isdigit() and expected.isdigit():
        return int(answered) == int(expected)
    return answered == expected
