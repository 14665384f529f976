"""The pages of demo labels: in the demo only, every symbol served and readable."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from scanner_app.barcodes.engines import read_with_zxing
from scanner_app.barcodes.labels import label_png
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.demo.bin_sheets import bin_labels, bin_sheets
from scanner_app.demo.labels import DemoLabel, labels_to_scan
from scanner_app.demo.load import load_demo
from scanner_app.web.demo_labels import screens_too_narrow
from scanner_app.web.label_symbols import symbol_address
from tests.apps import app_of
from tests.demo.every_label import every_label
from tests.web.conftest import SECRET_KEY
from tests.web.page_client import Page, PageClient

LOADED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
# The demo is opened later than it was loaded, and its dates have to stay.
OPENED = datetime(2026, 12, 31, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 23)
PAGES = ("", "/bin-sheets", "/bins", "/packages")
LABELS = every_label(DAY)
DATED = ("extinguisher", "paint-can", "best-before", "coffee-cb03")


@pytest.fixture(scope="module")
def client(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageClient]:
    """WORKER1 in the demo; the pages only read, so that one load serves every test."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copyfile(sqlite_template, folder / "scanner.db")
    database = Database(f"sqlite:///{folder / 'scanner.db'}")
    passwords = load_demo(database, LOADED)
    settings = Settings(data_folder=folder, database_url="", secret_key=SECRET_KEY, demo=True)
    client = PageClient(app_of(settings, database, lambda: OPENED))
    client.sign_in("WORKER1", passwords["WORKER1"])
    yield client
    database.close()


def symbols_of(page: Page) -> set[str]:
    """The addresses of every picture on a page."""
    drawn = {element.get("src") for element in page.all("img")}
    return drawn | {element.get("srcset") for element in page.all("source")}


def test_without_the_demo_there_is_no_such_page_and_no_way_to_it(worker: PageClient) -> None:
    for path in PAGES:
        assert worker.get(f"/demo-labels{path}").status == 404
    assert "Demo labels" not in worker.get("/menu").words


def test_every_signed_in_user_of_the_demo_finds_the_page(client: PageClient) -> None:
    assert "Demo labels" in client.get("/menu").words
    page = client.get("/demo-labels")
    assert page.h1 == "Demo labels"
    assert len(page.all("h2")) == len(labels_to_scan(DAY))


@pytest.mark.parametrize("path", PAGES)
def test_every_symbol_of_a_page_is_served_by_its_own_address(client: PageClient, path: str) -> None:
    page = client.get(f"/demo-labels{path}")
    assert page.status == 200
    assert symbols_of(page)
    for address in symbols_of(page):
        picture = client.client.get(address)
        assert picture.status_code == 200
        assert picture.mimetype == "image/svg+xml"
        assert "immutable" in picture.headers["Cache-Control"]
        assert picture.get_data(as_text=True).startswith("<svg ")


@pytest.mark.parametrize("label", LABELS.values(), ids=list(LABELS))
def test_a_label_decodes_to_its_content(label: DemoLabel) -> None:
    picture = Image.open(BytesIO(label_png(label.symbology, label.content, DAY)))
    [reading] = read_with_zxing(picture.convert("L"))
    held = re.sub(r"\((\d+)\)", r"\1", label.content)
    assert reading.text.replace("\x1d", "") == held


def test_a_label_says_the_dates_of_the_day_of_loading(client: PageClient) -> None:
    words = client.get("/demo-labels").words + client.get("/demo-labels/bin-sheets").words
    contents = [LABELS[name].content for name in DATED]
    assert contents == [
        "(01)09521234020202(17)291123(10)FX26A(21)FX-5101",
        "(01)09521234030201(17)280100(10)P2404",
        "(01)09521234030607(15)261203(10)AD-3",
        "(01)09521234030300(17)270423(10)CB03",
    ]
    for content in contents:
        assert content in words


def test_markup_on_a_label_is_shown_as_text(client: PageClient) -> None:
    assert "&lt;b&gt;1&lt;/b&gt;" in client.get("/demo-labels").text


def test_the_adjustment_bin_has_no_label() -> None:
    contents = [label.content for label in bin_labels()]
    assert "W-11-0001" not in contents
    assert len(contents) == 59 + 6


def test_a_sheet_says_what_lies_in_a_bin_and_not_what_is_booked(client: PageClient) -> None:
    page = client.get("/demo-labels/bin-sheets")
    assert [sheet.bin.content for sheet in bin_sheets(DAY)] == [
        heading.removeprefix("Bin ") for heading in map(text_of, page.all("h2"))
    ]
    for expected in ("Coffee, 21 BAG", "Package, 7 PCS", "Nothing lies in this bin."):
        assert expected in page.words
    assert "DR-1002" not in page.words


def text_of(element: object) -> str:
    words = "".join(element.itertext())  # type: ignore[attr-defined] # an element of html5lib
    return re.sub(r"\s+", " ", words).strip()


def test_a_symbol_that_is_too_wide_for_a_screen_stands_upright_there(client: PageClient) -> None:
    screens = {screens_too_narrow(LABELS[name], DAY) for name in ("bin", "package-of-chairs")}
    assert screens == {""}
    assert screens_too_narrow(LABELS["container"], DAY) == "screen and (max-width: 30rem)"
    assert screens_too_narrow(LABELS["pallet"], DAY) == "screen"
    page = client.get("/demo-labels")
    upright = {s.get("srcset"): s.get("media") for s in page.all("source")}
    assert upright[address_of(client, "pallet", turned=True)] == "screen"


def test_every_symbol_fits_a_screen_of_360_pixels(client: PageClient) -> None:
    for name, label in LABELS.items():
        size = size_of(client.client.get(address_of(client, name)).get_data(as_text=True))
        upright = screens_too_narrow(label, DAY)
        assert (min(size) if upright else size[0]) <= 360, name


def address_of(client: PageClient, name: str, *, turned: bool = False) -> str:
    label = LABELS[name]
    with client.client.application.test_request_context():
        return symbol_address(label.symbology, label.content, "screen", turned=turned)


def size_of(svg: str) -> tuple[int, int]:
    width, height = re.findall(r'(?:width|height)="([0-9]+)"', svg)[:2]
    return int(width), int(height)
