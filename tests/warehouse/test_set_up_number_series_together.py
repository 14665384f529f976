"""Several supervisors who set number series up at the same moment, and people who take numbers."""

from scanner_app.access.change_log import CardChanged
from scanner_app.inventory.number_series import take_numbers
from scanner_app.inventory.number_series_refusals import NumberSeriesTaken
from scanner_app.warehouse.set_up_number_series import delete_number_series
from tests.builders import Warehouse
from tests.inventory.assigning import choose_package_nos
from tests.warehouse.item_cards import change_by
from tests.warehouse.masters import DAY
from tests.warehouse.number_series_cards import create, new_line, save, series_card
from tests.warehouse.test_concurrency import together

EDITORS = 6


def test_a_code_is_given_once(white: Warehouse) -> None:
    outcomes = together([lambda: create(white, "SN")] * EDITORS)
    assert outcomes == {"done": 1, NumberSeriesTaken.__name__: EDITORS - 1}


def test_one_of_several_editors_saves_and_the_others_are_told(white: Warehouse) -> None:
    create(white, "SN")
    read = series_card(white, "SN")
    works = [
        lambda n=n: save(white, "SN", new_line("2026-01-01", f"SN-{n}001"), read=read)
        for n in range(EDITORS)
    ]
    assert together(works) == {"done": 1, CardChanged.__name__: EDITORS - 1}


def test_numbers_are_taken_once_while_the_series_is_edited(white: Warehouse) -> None:
    create(white, "SN")
    save(white, "SN", new_line("2026-01-01", "SN-001"))
    read = series_card(white, "SN")
    taken: list[str] = []

    def take() -> None:
        taken.extend(white.write(lambda session: take_numbers(session, "SN", DAY, 5)))

    outcomes = together(
        [take] * EDITORS + [lambda: save(white, "SN", {"manual_nos": "Yes"}, read=read)]
    )
    assert outcomes == {"done": EDITORS + 1}
    assert sorted(taken) == [f"SN-{n:03d}" for n in range(1, 5 * EDITORS + 1)]
    assert series_card(white, "SN")["manual_nos"] == "Yes"


def test_a_series_that_is_removed_is_not_there_for_those_who_edit_it(white: Warehouse) -> None:
    create(white, "SN")
    read = series_card(white, "SN")

    def remove() -> None:
        white.write(lambda session: delete_number_series(session, "SN", change_by(white)))

    def edit() -> None:
        save(white, "SN", {"manual_nos": "Yes"}, read=read)

    def choose() -> None:
        choose_package_nos(white, "SN")

    outcomes = together([remove, *[edit] * EDITORS, choose])
    told = {"NumberSeriesUnknown", "CardChanged", "PackageNosNotFound"}
    assert outcomes.keys() <= told | {"done", "SeriesOfInventorySetup"}
    assert outcomes["done"] >= 1
