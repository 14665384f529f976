"""The picture of an item: uploaded, replaced, removed, refused by name, and served for good."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.database import Database
from scanner_app.inventory.item import UnitOfMeasure
from scanner_app.inventory.item_card import blank_card
from scanner_app.inventory.item_picture import ItemPicture
from scanner_app.warehouse.set_up_item import create_item
from scanner_app.web.photos import EXTENSION
from tests.barcodes.test_image_loading import png_of, saved
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient

CARD = "/items/GLOVE"
PATH = f"{CARD}/picture"
PATIENT_SECONDS = 60  # The machine that tests may be busy.


@pytest.fixture(autouse=True)
def glove(web_database: Database, clock: Clock) -> None:
    def work(session: Session) -> None:
        session.add(UnitOfMeasure(code="PCS"))
        session.flush()
        typed = {"no": "GLOVE", "base_unit_of_measure": "PCS", "description": "Winter glove"}
        create_item(session, blank_card() | typed, Change(clock.now, None))

    web_database.write(work)


@pytest.fixture(autouse=True)
def patient_decoder(app: Flask) -> Iterator[None]:
    decoder = app.extensions[EXTENSION]
    decoder.photo_seconds_max = decoder.turn_seconds_max = PATIENT_SECONDS
    yield
    decoder.close()


def picture(colour: str = "red") -> bytes:
    return saved(Image.new("RGB", (600, 300), colour), "PNG")


def upload(client: PageClient, data: bytes, page: Page | None = None) -> Page:
    return client.upload(PATH, page or client.get(CARD), "set-picture", picture=data)


def source(page: Page) -> str:
    [shown] = page.all("img", class_="item-picture")
    return str(shown.get("src"))


def count_of_pictures(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(func.count(ItemPicture.id))).one()


def zip_file() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("picture.png", picture())
    return file.getvalue()


NOT_PICTURES = {
    "empty": (b"", "No picture was chosen."),
    "truncated": (saved(Image.effect_noise((200, 200), 9), "JPEG")[:900], "is incomplete"),
    "bomb": (png_of(60_000, 60_000, bytes(1_000_000)), "megapixels"),
    "text": (b"no picture at all", "not a JPEG, PNG or WebP"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "not a"),
    "zip": (zip_file(), "not a JPEG, PNG or WebP"),
    "GIF": (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "not a JPEG, PNG or WebP"),
    "too large": (bytes(10 * 1024 * 1024 + 1), "more than the 10 that are accepted"),
}


@pytest.mark.parametrize("name", NOT_PICTURES)
def test_a_file_of_no_use_is_refused_by_name(
    supervisor: PageClient, web_database: Database, name: str
) -> None:
    data, said = NOT_PICTURES[name]
    page = upload(supervisor, data)
    assert page.status == 422
    assert said in page.words
    assert "Nothing was changed" in page.words
    part = upload(supervisor.as_htmx, data, supervisor.get(CARD))
    assert (part.status, part.response.headers["HX-Retarget"]) == (422, "#answer")
    assert count_of_pictures(web_database) == 0


def test_a_file_above_every_limit_is_refused_before_it_is_read(supervisor: PageClient) -> None:
    page = upload(supervisor, bytes(17 * 1024 * 1024))
    assert page.status == 413
    assert "larger than this page takes" in page.words


def test_a_form_without_a_file_is_refused_by_name(supervisor: PageClient) -> None:
    page = supervisor.post_form(PATH, supervisor.get(CARD), "set-picture")
    assert page.status == 422
    assert "No picture was chosen." in page.words


def test_a_picture_is_replaced_and_removed(supervisor: PageClient) -> None:
    red = supervisor.follow(upload(supervisor, picture()))
    assert "The picture is saved." in red.words
    blue = supervisor.follow(upload(supervisor, picture("blue"), red))
    assert source(blue) != source(red)
    assert supervisor.client.get(source(red)).status_code == 404
    removal = f"{PATH}/removal"
    gone = supervisor.follow(supervisor.post_form(removal, blue, "remove-picture"))
    assert "The picture is removed." in gone.words
    rows = " ".join("".join(gone.all("section", id_="changes")[0].itertext()).split())
    assert rows.count("Picture") == 3


def test_on_the_card_the_picture_comes_back_by_itself(supervisor: PageClient) -> None:
    card = supervisor.get(CARD)
    part = upload(supervisor.as_htmx, picture(), card)
    assert part.status == 200
    assert not part.all("h1")
    assert source(part)
    assert "The picture is saved." in "".join(part.all("div", id_="answer")[0].itertext())
    gone = supervisor.as_htmx.post_form(f"{PATH}/removal", part, "remove-picture")
    assert not gone.all("img")


def test_a_second_editor_is_told_that_there_is_another_picture(supervisor: PageClient) -> None:
    late = supervisor.get(CARD)
    red = supervisor.follow(upload(supervisor, picture()))
    refused = upload(supervisor, picture("blue"), late)
    assert refused.status == 422
    assert "Somebody else changed the picture of item GLOVE" in refused.words
    assert source(supervisor.get(CARD)) == source(red)


def test_another_file_under_a_known_id_is_refused(supervisor: PageClient) -> None:
    page = supervisor.get(CARD)
    supervisor.follow(upload(supervisor, picture(), page))
    assert upload(supervisor, picture(), page).status == 303
    assert upload(supervisor, picture("blue"), page).status == 422


def test_a_picture_is_kept_by_the_browser_and_runs_nothing(
    supervisor: PageClient, worker: PageClient
) -> None:
    address = source(supervisor.follow(upload(supervisor, picture())))
    answer = worker.client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "image/webp"
    headers = answer.headers
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert Image.open(io.BytesIO(answer.data)).size == (480, 240)


def test_nobody_sees_a_picture_without_signing_in(
    supervisor: PageClient, visitor: PageClient
) -> None:
    address = source(supervisor.follow(upload(supervisor, picture())))
    assert visitor.client.get(address).status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        f"{PATH}/{'a' * 64}.webp",
        f"{PATH}/a.webp",
        f"{PATH}/{'%00' * 64}.webp",
        f"/items/%00/picture/{'a' * 64}.webp",
    ],
)
def test_where_there_is_no_picture_there_is_no_page(supervisor: PageClient, path: str) -> None:
    assert supervisor.get(path).status == 404


def test_an_item_that_is_not_there_gets_no_picture(supervisor: PageClient) -> None:
    page = supervisor.get(CARD)
    path = "/items/NOWHERE/picture"
    form = {
        element.get("name"): element.get("value", "")
        for element in page.form("set-picture", "").iter()
        if element.get("type") == "hidden"
    }
    assert supervisor.post(f"{path}/removal", **form).status == 422


def test_only_supervisors_set_pictures(worker: PageClient) -> None:
    token = worker.get("/menu").all("input", name="csrf_token")[0].get("value")
    assert worker.post(PATH, csrf_token=token).status == 403
    assert worker.post(f"{PATH}/removal", csrf_token=token).status == 403
