"""Several supervisors who set items up at the same moment."""

from scanner_app.access.change_log import CardChanged
from scanner_app.inventory.item_refusals import GtinTaken, ItemNumberTaken
from scanner_app.warehouse.set_up_item import change_item
from tests.builders import Warehouse
from tests.warehouse.item_cards import add, card, change_by
from tests.warehouse.test_concurrency import together

EDITORS = 6
GTIN = "4006381333931"


def test_a_number_is_given_once(white: Warehouse) -> None:
    white.add_item("SEED")
    outcomes = together([lambda: add(white, "CUP")] * EDITORS)
    assert outcomes == {"done": 1, ItemNumberTaken.__name__: EDITORS - 1}


def test_a_gtin_is_given_once(white: Warehouse) -> None:
    white.add_item("SEED")
    works = [lambda no=no: add(white, f"CUP{no}", gtin=GTIN) for no in range(EDITORS)]
    assert together(works) == {"done": 1, GtinTaken.__name__: EDITORS - 1}


def test_one_of_several_editors_saves_and_the_others_are_told(white: Warehouse) -> None:
    white.add_item("SEED")
    read = card(white, "SEED")

    def save(description: str) -> None:
        typed = read | {"description": description}
        white.write(lambda session: change_item(session, "SEED", read, typed, change_by(white)))

    outcomes = together([lambda n=n: save(f"Cup {n}") for n in range(EDITORS)])  # type: ignore[misc]
    assert outcomes == {"done": 1, CardChanged.__name__: EDITORS - 1}
