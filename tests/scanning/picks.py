"""Picks that tests make, and the cards that they block."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.tracking_information import (
    LotNoInformation,
    PackageNoInformation,
    SerialNoInformation,
)
from scanner_app.warehouse.activity import ActivityType
from tests.scanning.floor import Floor, Handheld

SHIP = "W-09-0001"
CHAIRS = "395212340000000014"

CARDS: dict[str, Any] = {
    "serial_no": SerialNoInformation,
    "lot_no": LotNoInformation,
    "package_no": PackageNoInformation,
}

Pick = Callable[..., Handheld]


def picks_of(floor: Floor) -> Pick:
    """Makes a pick of “item unit”, quantity, bin and numbers for each pair, open on a device."""

    def make(*rows: tuple[str, str, str] | tuple[str, str, str, TrackingNumbers]) -> Handheld:
        pairs = [floor.pair(row[0], row[1], row[2], SHIP, *row[3:]) for row in rows]
        return floor.opened("pick", floor.add_activity(ActivityType.PICK, *pairs))

    return make


def block(floor: Floor, item_no: str, **number: str) -> None:
    """Block the card of a number; where there is none it is made."""
    [(name, value)] = number.items()
    table = CARDS[name]
    wanted = {
        "item_id": floor.catalogue.items[item_no].id,
        "variant_id": floor.catalogue.variants[item_no, ""],
        name: value,
    }

    def work(session: Session) -> None:
        card = session.scalars(select(table).filter_by(**wanted)).one_or_none()
        if card is None:
            card = table(**wanted)
            session.add(card)
        card.blocked = True

    floor.write(work)
