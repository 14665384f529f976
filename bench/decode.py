"""How well and how fast photos are read: each engine alone, and the pipeline.

    python bench/decode.py [--own] [--json]

A hit is a photo with an answer that matches; a wrong value is a photo with answers of which
none matches, or with any answer though it holds no code.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image, ImageOps

from bench._report import percentile, print_table, report
from scanner_app.barcodes.decoded_image import ImageLimits
from scanner_app.barcodes.engines import Reading, read_with_zbar, read_with_zxing
from scanner_app.barcodes.image_decoding import decode_image
from scanner_app.errors import RuleRefused
from tests.barcodes.photos import Photo, own_photos, same_value, shared_photos

SHARED_HITS_MIN = 55
SHARED_WRONG_MAX = 1
OWN_HITS_SHARE_MIN = 0.95
OWN_WRONG_MAX = 0

Answer = tuple[str, bytes | None, str]
Reader = Callable[[bytes], list[Answer]]


@dataclass(frozen=True)
class Outcome:
    """What one reader made of one photo."""

    photo: Photo
    answers: list[Answer]
    cpu_milliseconds: float

    @property
    def is_hit(self) -> bool:
        """Say whether an answer matches."""
        return any(same_value(self.photo, *answer) for answer in self.answers)

    @property
    def is_wrong(self) -> bool:
        """Say whether there are answers and none matches."""
        return bool(self.answers) and not self.is_hit


def main() -> None:
    """Measure, print the table and the verdict."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--own", action="store_true", help="only the project's own photos")
    arguments.add_argument("--json", action="store_true", help="one JSON object as last line")
    asked = arguments.parse_args()
    photos = [] if asked.own else list(shared_photos())
    is_shared = bool(photos)
    photos = photos or list(own_photos())
    outcomes = {name: [_look(read, photo) for photo in photos] for name, read in READERS.items()}
    _print_families(outcomes, photos)
    figures = {name: _figures(results) for name, results in outcomes.items()}
    limits = _limits(photos, is_shared=is_shared)
    pipeline = figures["pipeline"]
    ok = pipeline["hits"] >= limits["hits_min"] and pipeline["wrong"] <= limits["wrong_max"]
    floor = figures["zxing-cpp"]["cpu_ms_mean"]
    with_code = sum(photo.holds_code for photo in photos)
    report(
        "decode, shared photos" if is_shared else "decode, own photos",
        figures={"photos": len(photos), "with_code": with_code, **figures},
        floors={"zxing_cpu_ms_mean": floor},
        ratios={"pipeline_to_zxing_cpu": round(pipeline["cpu_ms_mean"] / max(floor, 0.01), 2)},
        limits=limits,
        ok=ok,
        as_json=asked.json,
    )


def _limits(photos: Sequence[Photo], *, is_shared: bool) -> dict[str, float]:
    if is_shared:
        return {"hits_min": SHARED_HITS_MIN, "wrong_max": SHARED_WRONG_MAX}
    with_code = sum(photo.holds_code for photo in photos)
    return {"hits_min": int(with_code * OWN_HITS_SHARE_MIN), "wrong_max": OWN_WRONG_MAX}


def _look(read: Reader, photo: Photo) -> Outcome:
    started = time.process_time()
    answers = read(photo.data)
    return Outcome(photo, answers, (time.process_time() - started) * 1000)


def _read_with_pipeline(data: bytes) -> list[Answer]:
    try:
        image = decode_image(data, ImageLimits())
    except RuleRefused:
        return []
    return [(found.code.text, found.code.raw, found.code.symbology) for found in image.codes]


def _read_with_zxing_alone(data: bytes) -> list[Answer]:
    return _answers(read_with_zxing(_grey(data)))


def _read_with_zbar_alone(data: bytes) -> list[Answer]:
    return _answers(read_with_zbar(_grey(data)))


def _answers(readings: Iterable[Reading]) -> list[Answer]:
    return [(reading.text, reading.raw, reading.symbology) for reading in readings]


def _grey(data: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(BytesIO(data)).convert("L"))


READERS: dict[str, Reader] = {
    "pyzbar": _read_with_zbar_alone,
    "zxing-cpp": _read_with_zxing_alone,
    "pipeline": _read_with_pipeline,
}


def _figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    hits = sum(outcome.is_hit for outcome in outcomes)
    wrong = sum(outcome.is_wrong for outcome in outcomes)
    times = [outcome.cpu_milliseconds for outcome in outcomes]
    return {
        "hits": hits,
        "wrong": wrong,
        "unread": sum(outcome.photo.holds_code and not outcome.answers for outcome in outcomes),
        "cpu_ms_median": round(percentile(times, 0.5), 2),
        "cpu_ms_p95": round(percentile(times, 0.95), 2),
        "cpu_ms_mean": round(sum(times) / max(len(times), 1), 2),
    }


def _print_families(outcomes: dict[str, list[Outcome]], photos: Sequence[Photo]) -> None:
    """Print one row per family and reader: hits, wrong and unread of how many, and CPU time."""
    rows = []
    for family in [*sorted({photo.family for photo in photos}), "all"]:
        for name, results in outcomes.items():
            of_family = [one for one in results if family in {"all", one.photo.family}]
            figures = _figures(of_family)
            rows.append([family, name, len(of_family), *list(figures.values())[:5]])
    headings = ["format", "reader", "photos", "hits", "wrong", "unread", "median ms", "p95 ms"]
    print_table(headings, rows)


if __name__ == "__main__":
    main()
