"""Several supervisors who set places up at the same moment, while goods move."""

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.warehouse.activity import ActionType, WarehouseActivityLine
from scanner_app.warehouse.create_bins import create_bins
from scanner_app.warehouse.register_activity import register_warehouse_activity
from scanner_app.warehouse.set_up_bin import change_bin, find_bin
from scanner_app.warehouse.set_up_bin_type import delete_bin_type
from scanner_app.warehouse.set_up_location import change_location
from tests.builders import Warehouse, lot
from tests.warehouse.documents import Part, receive, scan
from tests.warehouse.place_cards import (
    BY,
    add_bin,
    add_bin_type,
    add_location,
    add_zone,
    bin_card,
    edit_bin,
    has_bin,
    location_card,
    remove_bin,
)
from tests.warehouse.test_concurrency import together
from tests.warehouse.test_create_bins import racks

EDITORS = 6
ROUNDS = 8
ORPHANS = text(
    "SELECT COUNT(*) FROM bin_balance b LEFT JOIN bin ON bin.id = b.bin_id WHERE bin.id IS NULL"
)


class BinGone(RuleRefused):
    """What the scan of a bin says that is no longer there."""

    message = N_("There is no such bin.")


def put_away_into(white: Warehouse, activity_id: int, code: str) -> None:
    """Look the bin up, let the open line name it and register, in one transaction."""

    def work(session: Session) -> None:
        bin_ = find_bin(session, white.location.id, code)
        if bin_ is None:
            raise BinGone
        row = WarehouseActivityLine
        places = row.activity_id == activity_id, row.action_type == ActionType.PLACE
        for line in session.scalars(select(row).where(*places)):
            line.bin_id = bin_.id
        register_warehouse_activity(session, activity_id, white.by)

    white.write(work)


def test_a_bin_is_never_taken_from_under_the_put_away_into_it(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.change(white.location, require_put_away=True, always_create_put_away_line=True)
    for code in ("A", "B", "C"):
        white.change(white.bins[code], dedicated=True)
    for number in range(ROUNDS):
        code = f"NEW{number}"
        add_bin(white, code, zone="PUTPICK")
        # Otherwise the put-away would name it by itself, and it could not be removed.
        edit_bin(white, code, dedicated="Yes")
        activity_id = receive(white, Part(goods, 5, lot(f"L{number}")))
        scan(white, activity_id)
        outcomes = together(
            [
                lambda code=code: remove_bin(white, code),  # type: ignore[misc]
                lambda code=code, key=activity_id: put_away_into(white, key, code),  # type: ignore[misc]
            ]
        )
        assert outcomes["done"] == 1
        assert outcomes.keys() <= {"done", "RecordInUse", BinGone.__name__}
        lies_there = (code, lot(f"L{number}")) in white.in_bins(goods)
        assert has_bin(white, code) == lies_there == (outcomes["RecordInUse"] == 1)
    with white.database.read() as session:
        assert session.scalar(ORPHANS) == 0
    white.assert_sound()


def test_of_several_who_create_the_same_bins_one_does(white: Warehouse) -> None:
    add_zone(white, "BULK")

    def create() -> None:
        white.write(lambda session: create_bins(session, "WHITE", racks("R1", "R3"), BY).new)

    assert together([create] * EDITORS) == {"done": 1, "NoNewBins": EDITORS - 1}


def test_of_several_who_add_the_same_place_one_does(white: Warehouse) -> None:
    for add in (
        lambda: add_location(white, "EAST"),
        lambda: add_zone(white, "COLD"),
        lambda: add_bin(white, "NEW", zone="PUTPICK"),
        lambda: add_bin_type(white, "STAGE"),
    ):
        assert together([add] * EDITORS) == {"done": 1, "NameTaken": EDITORS - 1}


def test_of_several_who_remove_the_same_place_one_does(white: Warehouse) -> None:
    add_bin_type(white, "STAGE")
    add_bin(white, "NEW", zone="PUTPICK")
    remove_type = lambda: white.write(lambda s: delete_bin_type(s, "STAGE", BY))  # noqa: E731
    for remove in (remove_type, lambda: remove_bin(white, "NEW")):
        assert together([remove] * EDITORS) == {"done": 1, "RecordUnknown": EDITORS - 1}


def test_one_of_several_editors_saves_and_the_others_are_told(white: Warehouse) -> None:
    location, bin_ = location_card(white), bin_card(white, "B")

    def save_location(name: str) -> None:
        typed = location | {"name": name}
        white.write(lambda session: change_location(session, "WHITE", location, typed, BY))

    def save_bin(name: str) -> None:
        typed = bin_ | {"description": name}
        white.write(
            lambda session: change_bin(session, "WHITE", "B", as_read=bin_, typed=typed, change=BY)
        )

    for save in (save_location, save_bin):
        works = [lambda n=n, save=save: save(f"Name {n}") for n in range(EDITORS)]
        assert together(works) == {"done": 1, "CardChanged": EDITORS - 1}


def test_a_bin_type_is_never_taken_from_under_a_new_zone(white: Warehouse) -> None:
    for number in range(ROUNDS):
        code = f"TYPE{number}"
        add_bin_type(white, code)
        outcomes = together(
            [
                lambda code=code: white.write(lambda s: delete_bin_type(s, code, BY)),  # type: ignore[misc]
                lambda code=code: add_zone(white, code, bin_type=code),  # type: ignore[misc]
            ]
        )
        assert outcomes["done"] == 1
        assert outcomes.keys() <= {"done", "RecordInUse", "RecordNotFound"}


def test_a_bin_is_the_receipt_bin_or_gone(white: Warehouse) -> None:
    for number in range(ROUNDS):
        code = f"NEW{number}"
        add_bin(white, code, zone="PUTPICK")
        card = location_card(white)

        def name_it(code: str = code, card: dict[str, str] = card) -> None:
            typed = card | {"receipt_bin": code}
            white.write(lambda session: change_location(session, "WHITE", card, typed, BY))

        outcomes = together([name_it, lambda code=code: remove_bin(white, code)])  # type: ignore[misc]
        assert outcomes["done"] == 1
        assert outcomes.keys() <= {"done", "RecordInUse", "RecordNotFound"}
