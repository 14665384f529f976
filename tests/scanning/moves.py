"""A device of the demo warehouse on which goods are moved, and what its movements wrote."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import numbers_of
from scanner_app.scanning.given import Given
from scanner_app.scanning.move_prompts import MovePrompt, move_prompt
from scanner_app.scanning.open_move import MOVE, MoveOnDevice, move_on_device
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument, WarehouseEntry
from tests.scanning.floor import Floor, Handheld

Movement = tuple[str, str, str]


@dataclass
class MoveDevice(Handheld):
    """A device on which the page Move is open."""

    @property
    def given(self) -> Given:
        return self.floor.read(lambda session: self._move(session).given)

    @property
    def move_prompt(self) -> MovePrompt:
        """What the page asks next."""
        return self.floor.read(lambda session: move_prompt(session, self._move(session)))

    @property
    def held(self) -> list[tuple[str, str]]:
        """What is in the hand, the newest first."""
        return [(line.words, f"{line.quantity}") for line in self.move_prompt.lines]

    def _move(self, session: Session) -> MoveOnDevice:
        location = self.floor.catalogue.locations[self.no]
        return move_on_device(session, session.merge(location, load=False), self.identity)


def moving(floor: Floor, user_name: str = "WORKER1", location: str = "WHITE") -> MoveDevice:
    """A new device on which goods are moved at a location."""
    device = floor.handheld(user_name, location)
    return MoveDevice(floor, device.sender, device.identity, MOVE, location)


def movements(floor: Floor) -> list[Movement]:
    """What movements wrote: bin, quantity and numbers, in the order of the entries."""
    row = WarehouseEntry
    statement = (
        select(row, Bin.code)
        .join(Bin, Bin.id == row.bin_id)
        .where(row.reference_document == WarehouseDocument.MOVEMENT)
        .order_by(row.id)
    )
    return floor.read(
        lambda session: [
            (code, f"{entry.quantity}", " ".join(filter(None, numbers_of(entry).as_tuple())))
            for entry, code in session.execute(statement)
        ]
    )


def lies_in(floor: Floor, bin_code: str) -> list[tuple[str, str, str]]:
    """What lies in a bin: numbers, base quantity and expiration date, in their order."""
    row, bin_ = BinBalance, floor.catalogue.bins[bin_code]
    statement = select(row).where(row.bin_id == bin_.id, HAS_STOCK).order_by(row.id)
    return floor.read(
        lambda session: [
            (
                " ".join(filter(None, numbers_of(balance).as_tuple())),
                f"{balance.quantity_base}",
                str(balance.expiration_date or ""),
            )
            for balance in session.scalars(statement)
        ]
    )
