"""The addresses of symbols: what they say is drawn, and kept by the browser."""

import re
from urllib.parse import quote

import pytest

from scanner_app.web.label_symbols import turn_by_a_quarter
from tests.web.page_client import PageClient

CHAIR = "/label-symbols/{}/gs1-datamatrix.svg?content=(01)09521234019008(21)1001"
CONTENT_OF_PALLET = "(00)395212340000000038(02)09521234019206(37)12(10)LOT201"
PALLET = f"/label-symbols/screen/gs1-128.svg?content={CONTENT_OF_PALLET}"


def drawn(client: PageClient, address: str) -> str:
    picture = client.client.get(address)
    assert picture.status_code == 200
    assert picture.mimetype == "image/svg+xml"
    assert "immutable" in picture.headers["Cache-Control"]
    return picture.get_data(as_text=True)


def size_of(svg: str) -> tuple[int, int]:
    width, height = re.findall(r'(?:width|height)="([0-9]+)"', svg)[:2]
    return int(width), int(height)


def test_a_symbol_is_larger_on_a_screen_than_on_paper(worker: PageClient) -> None:
    paper, screen = (drawn(worker, CHAIR.format(scale)) for scale in ("paper", "screen"))
    assert size_of(paper) == (36, 36)
    assert size_of(screen) == (90, 90)


def test_a_turned_symbol_is_as_high_as_it_was_wide(worker: PageClient) -> None:
    lying, upright = drawn(worker, PALLET), drawn(worker, f"{PALLET}&turned=1")
    width, height = size_of(lying)
    assert width > 360 >= height
    assert size_of(upright) == (height, width)
    assert lying in upright
    assert turn_by_a_quarter("no drawing") == "no drawing"


@pytest.mark.parametrize(
    "address",
    [
        "paper/aztec.svg?content=1",
        "wall/qr-code.svg?content=1",
        "paper/qr-code.svg",
        "paper/ean-13.svg?content=9521234020104",
        "paper/gs1-128.svg?content=(10",
        "paper/code-128.svg?content=%00",
        f"paper/qr-code.svg?content={'X' * 513}",
    ],
)
def test_an_address_that_no_symbol_can_hold_is_none(worker: PageClient, address: str) -> None:
    assert worker.get(f"/label-symbols/{address}").status == 404


def test_symbols_are_drawn_for_people_who_are_signed_in(visitor: PageClient) -> None:
    assert visitor.get(CHAIR.format("paper")).location.startswith("/sign-in")


def test_what_a_symbol_holds_is_no_markup(worker: PageClient) -> None:
    svg = drawn(worker, f"/label-symbols/paper/qr-code.svg?content={quote('<script>')}")
    assert "<script" not in svg
