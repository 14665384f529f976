"""The picture of an item: set, replaced, removed, and found by its digest."""

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.access.sign_in import Change
from scanner_app.barcodes.drawings import Shape, draw_picture
from scanner_app.barcodes.picture_limits import EncodedPicture
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_picture import (
    DIGEST_SHOWN,
    ItemPicture,
    ItemPictureChanged,
    find_picture,
    picture_bytes,
    remove_picture,
    set_picture,
)
from tests.builders import Warehouse
from tests.warehouse.masters import MOMENT

RED = draw_picture([Shape("box", "red", ((20, 20), (200, 200)))])
BLUE = draw_picture([Shape("oval", "blue", ((20, 20), (200, 200)))])


@pytest.fixture
def item(white: Warehouse) -> Item:
    return white.add_item("CUP").item


def put(white: Warehouse, item: Item, picture: EncodedPicture, as_read: str = "") -> None:
    by = Change(MOMENT, white.by.user_id)
    white.write(lambda session: set_picture(session, item, as_read, picture, by))


def take(white: Warehouse, item: Item, as_read: str) -> None:
    by = Change(MOMENT, white.by.user_id)
    white.write(lambda session: remove_picture(session, item, as_read, by))


def digest(white: Warehouse, item: Item) -> str:
    with white.database.read() as session:
        row = find_picture(session, item.id)
        return row.sha256 if row else ""


def logged(white: Warehouse) -> list[tuple[str, str]]:
    with white.database.read() as session:
        rows = session.scalars(
            select(ChangeLogEntry).where(ChangeLogEntry.table_name == "item_picture")
        )
        return [(row.old_value, row.new_value) for row in rows]


def test_a_picture_is_set_replaced_and_removed(white: Warehouse, item: Item) -> None:
    put(white, item, RED)
    assert digest(white, item) == RED.sha256
    put(white, item, BLUE, as_read=RED.sha256)
    with white.database.read() as session:
        assert picture_bytes(session, "CUP", BLUE.sha256) == ("image/webp", BLUE.content)
        assert picture_bytes(session, "CUP", RED.sha256) is None
    take(white, item, as_read=BLUE.sha256)
    assert digest(white, item) == ""
    red, blue = RED.sha256[:DIGEST_SHOWN], BLUE.sha256[:DIGEST_SHOWN]
    assert logged(white) == [("", red), (red, blue), (blue, "")]


def test_the_same_picture_again_and_none_at_all_change_nothing(
    white: Warehouse, item: Item
) -> None:
    take(white, item, as_read="")
    put(white, item, RED)
    put(white, item, RED, as_read=RED.sha256)
    assert len(logged(white)) == 1


def test_a_second_editor_is_told_that_there_is_another_picture(
    white: Warehouse, item: Item
) -> None:
    put(white, item, RED)
    with pytest.raises(ItemPictureChanged):
        put(white, item, BLUE)
    with pytest.raises(ItemPictureChanged):
        take(white, item, "")
    assert digest(white, item) == RED.sha256


def test_the_bytes_stay_in_the_database_until_they_are_asked_for(
    white: Warehouse, item: Item
) -> None:
    put(white, item, RED)

    def unloaded(session: Session) -> set[str]:
        row = find_picture(session, item.id)
        return set(inspect(row).unloaded) if row else set()

    assert white.write(unloaded) == {"content"}


@pytest.mark.parametrize(
    "fields",
    [{"width": 0}, {"width": 481}, {"height": -1}, {"sha256": "ab"}, {"content": bytes(61441)}],
)
def test_the_database_refuses_what_is_no_picture(
    white: Warehouse, item: Item, fields: dict[str, object]
) -> None:
    whole: dict[str, object] = {
        "item_id": item.id,
        "content_type": RED.content_type,
        "content": RED.content,
        "sha256": RED.sha256,
        "width": RED.width,
        "height": RED.height,
        "changed_at": MOMENT,
    }
    with pytest.raises(IntegrityError):
        white.write(lambda session: session.add(ItemPicture(**(whole | fields))))
