"""An item journal of the demo warehouse that is entered by scanning on a device."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.scanning.given import Given
from scanner_app.scanning.journal_prompts import JournalPrompt, journal_prompt
from scanner_app.scanning.open_item_journal import (
    ITEM_JOURNAL,
    JournalOnDevice,
    journal_on_device,
)
from scanner_app.warehouse.set_up_item_journal_batch import find_item_journal_batch
from tests.scanning.floor import Floor, Handheld

BATCH = "OPENING"


@dataclass
class JournalDevice(Handheld):
    """A device on which the batch OPENING is open for scanning."""

    @property
    def given(self) -> Given:
        return self.floor.read(lambda session: self._journal(session).given)

    @property
    def journal_prompt(self) -> JournalPrompt:
        """What the page of the item journal asks next."""

        return self.floor.read(
            lambda session: journal_prompt(session, self._journal(session), self._location(session))
        )

    @property
    def entered(self) -> list[tuple[str, int, str, str]]:
        """What the lines say, the first one first: words, quantity, unit and bin."""
        lines = self.journal_prompt.lines[::-1]
        return [(line.words, int(line.quantity), line.unit, line.bin_code) for line in lines]

    @property
    def words(self) -> list[str]:
        """Item and numbers of each line, the first one first."""
        return [words for words, *_ in self.entered]

    def _journal(self, session: Session) -> JournalOnDevice:
        batch = find_item_journal_batch(session, self.no)
        assert batch is not None
        return journal_on_device(session, batch, self._location(session), self.identity)

    def _location(self, session: Session) -> Location:
        return session.get_one(Location, self.sender.location_id)


def scanning_journal(
    floor: Floor, location: str = "SILVER", user_name: str = "SUPERVISOR"
) -> JournalDevice:
    """A new device on which the journal is open, in the hand of somebody at a location."""
    device = floor.handheld(user_name, location)
    return JournalDevice(floor, device.sender, device.identity, ITEM_JOURNAL, BATCH)


def set_up_batch(floor: Floor, *, on_lines: bool = True) -> None:
    """Give the batch a No. Series, and say where it keeps numbers."""

    def work(session: Session) -> None:
        series = session.scalars(select(NumberSeries).where(NumberSeries.code == "PHYSINV")).one()
        of_batch = update(ItemJournalBatch).where(ItemJournalBatch.name == BATCH)
        fields = {"number_series_id": series.id, "item_tracking_on_lines": on_lines}
        session.execute(of_batch.values(fields))

    floor.write(work)
