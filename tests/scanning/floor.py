"""The floor of the demo warehouse, and handhelds that scan straight into `apply_scan`.

A handheld sends as a device does: each scan has an identity, its number on the device and the
number of the last answer seen. A test reads the lines, the count entries and the half given
facts back from the database, never from what the scan was answered.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.database import Database
from scanner_app.demo.catalogue import Catalogue
from scanner_app.demo.stock import Goods
from scanner_app.inventory.item_tracking import NO_NUMBERS, TrackingNumbers, numbers_of
from scanner_app.scanning.apply_scan import ScanAnswer, apply_scan
from scanner_app.scanning.count_prompts import CountPrompt, count_prompt
from scanner_app.scanning.given import Given
from scanner_app.scanning.keep_scan import NewScan, ScanSender, device_of
from scanner_app.scanning.open_activity import ActivityOnDevice, activity_on_device
from scanner_app.scanning.open_count import CountOnDevice, count_on_device
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.prompts import ActivityPrompt, activity_prompt
from scanner_app.scanning.resolve import Candidate
from scanner_app.scanning.stop_scans import ACTIVITY_OF_KIND, COUNT
from scanner_app.warehouse.activity import (
    ActionType,
    ActivityType,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.new_activity import NewPair, insert_activity
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.warehouse_journal import BinCount, CountEntry, WarehouseJournalBatch
from tests.demo_copies import LOADED

T = TypeVar("T")
Resolve = Callable[..., list[Candidate]]

NOON = LOADED
COUNT_NAME = "COUNT-01"
SETTINGS = BarcodeSettings(house_prefixes={"LOC:": "bin", "ITM:": "item", "SER:": "serial"})


@dataclass(frozen=True)
class Handled:
    """One pair with something to handle: what, how much, from where and to where."""

    words: str
    quantity: Decimal
    take: str
    place: str


@dataclass(frozen=True)
class Floor:
    """The demo warehouse with its records by the codes that people use."""

    database: Database
    catalogue: Catalogue

    def write(self, work: Callable[[Session], T]) -> T:
        return self.database.write(work)

    def read(self, work: Callable[[Session], T]) -> T:
        with self.database.read() as session:
            return work(session)

    def handheld(self, user_name: str = "WORKER1", location: str | None = "WHITE") -> "Handheld":
        """A new device in the hand of somebody who stands at a location."""
        identity = str(uuid.uuid4())
        device_id = self.write(lambda session: device_of(session, identity, NOON).id)
        location_id = self.catalogue.locations[location].id if location else None
        user_id = self.catalogue.users[user_name]
        return Handheld(self, ScanSender(user_id, device_id, location_id, NOON), identity)

    def opened(self, kind: str, no: str, user_name: str = "WORKER1") -> "Handheld":
        """A new device on which a document of WHITE is open."""
        return self.handheld(user_name).open(kind, no)

    def pair(
        self,
        what: str,
        quantity: str,
        take: str,
        place: str = "",
        numbers: TrackingNumbers = NO_NUMBERS,
    ) -> NewPair:
        """A Take and a Place of “item unit” or “item unit variant”; place '' lets people choose."""
        item_no, unit, *variant = what.split()
        fields = self.catalogue.item_fields(Goods(item_no, unit, variant="".join(variant)))
        del fields["item_id"]
        return NewPair(
            item=self.catalogue.items[item_no],
            quantity=Decimal(quantity),
            numbers=numbers,
            take_bin_id=self.catalogue.bins[take].id,
            place_bin_id=self.catalogue.bins[place].id if place else None,
            **fields,
        )

    def add_activity(self, type_: ActivityType, *pairs: NewPair, location: str = "WHITE") -> str:
        """A further open document; returns its number."""
        by = self.catalogue.by("SUPERVISOR")
        location_id = self.catalogue.locations[location].id

        def work(session: Session) -> str:
            header = WarehouseActivity(type=type_, location_id=location_id)
            return insert_activity(session, header, pairs, by).no

        return self.write(work)

    def change(self, table: type[Any], key: int, **fields: object) -> None:
        """Change a record of the set-up."""
        self.write(lambda s: s.execute(update(table).where(table.id == key).values(**fields)))

    def item_id(self, no: str) -> int:
        return self.catalogue.items[no].id

    def by(self, user_name: str) -> By:
        return self.catalogue.by(user_name)

    def activity(self, session: Session, no: str) -> WarehouseActivity:
        return session.scalars(select(WarehouseActivity).where(WarehouseActivity.no == no)).one()

    def handled(self, no: str) -> list[Handled]:
        """The pairs of a document with something to handle, in line order."""
        return self.read(lambda session: self._handled(session, no))

    def scanned(self, no: str) -> list[tuple[str, Decimal, str]]:
        """What, how much, and where it is placed."""
        return [(row.words, row.quantity, row.place) for row in self.handled(no)]

    def taken(self, no: str) -> list[tuple[str, Decimal, str]]:
        """The same, shorter: what, how much, and where it is taken."""
        return [(row.words, row.quantity, row.take) for row in self.handled(no)]

    def _handled(self, session: Session, no: str) -> list[Handled]:
        row = WarehouseActivityLine
        activity_id = self.activity(session, no).id
        lines = session.scalars(
            select(row).where(row.activity_id == activity_id).order_by(row.line_no)
        ).all()
        places = {line.pair_no: line for line in lines if line.action_type is ActionType.PLACE}
        found = []
        for take in lines:
            if take.action_type is ActionType.PLACE:
                continue
            place = places[take.pair_no]
            assert take.qty_to_handle == place.qty_to_handle
            assert take.quantity == place.quantity
            assert numbers_of(take) == numbers_of(place)
            if take.qty_to_handle > 0:
                bins = self._bin_code(take.bin_id), self._bin_code(place.bin_id)
                found.append(Handled(self._words(take), take.qty_to_handle, *bins))
        return found

    def counted(self, bin_code: str) -> list[tuple[str, Decimal]]:
        """What the count entries of a bin say, in the order in which they were made."""
        row = CountEntry
        statement = (
            select(row)
            .join(BinCount, BinCount.id == row.bin_count_id)
            .join(WarehouseJournalBatch, WarehouseJournalBatch.id == BinCount.batch_id)
            .where(
                WarehouseJournalBatch.name == COUNT_NAME,
                BinCount.bin_id == self.catalogue.bins[bin_code].id,
            )
            .order_by(row.id)
        )
        return self.read(
            lambda s: [(self._words(entry), entry.quantity) for entry in s.scalars(statement)]
        )

    def state_of(self, bin_code: str) -> str:
        """How far the count of a bin is."""
        bin_id = self.catalogue.bins[bin_code].id
        statement = (
            select(BinCount.state)
            .join(WarehouseJournalBatch, WarehouseJournalBatch.id == BinCount.batch_id)
            .where(WarehouseJournalBatch.name == COUNT_NAME, BinCount.bin_id == bin_id)
        )
        return self.read(lambda session: session.scalars(statement).one().value)

    def batch(self, session: Session) -> WarehouseJournalBatch:
        """The open count of the demo."""
        statement = select(WarehouseJournalBatch).where(WarehouseJournalBatch.name == COUNT_NAME)
        return session.scalars(statement).one()

    def _words(self, row: WarehouseActivityLine | CountEntry) -> str:
        no_of = {item.id: no for no, item in self.catalogue.items.items()}
        unit_of = {unit_id: code for code, unit_id in self.catalogue.units.items()}
        unit = unit_of[row.unit_of_measure_id]
        numbers = [number for number in numbers_of(row).as_tuple() if number]
        return " ".join([no_of[row.item_id], unit, *numbers])

    def _bin_code(self, bin_id: int | None) -> str:
        return next((c for c, b in self.catalogue.bins.items() if b.id == bin_id), "")


@dataclass
class Handheld:
    """One device: what it scans goes to the document that is open on it."""

    floor: Floor
    sender: ScanSender
    identity: str
    kind: str = ""
    no: str = ""
    sequence: int = field(default=0, repr=False)
    settings: BarcodeSettings = SETTINGS

    def open(self, kind: str, no: str) -> "Handheld":
        self.kind, self.no = kind, no
        return self

    def captured(self, raw: str, **fields: object) -> NewScan:
        """A scan as the device keeps it; every answer before it was seen."""
        self.sequence += 1
        usual: dict[str, object] = {"document_kind": self.kind, "document_no": self.no}
        return NewScan(
            uuid=str(uuid.uuid4()),
            device_seq=self.sequence,
            raw=raw,
            **({"seen_seq": self.sequence - 1} | usual | fields),  # type: ignore[arg-type] # its fields
        )

    def queued(self, *raws: str) -> list[Outcome]:
        """Scans captured one after the other before any of their answers was seen."""
        seen = self.sequence
        scans = [self.captured(raw, seen_seq=seen) for raw in raws]
        return [self.send(scan) for scan in scans]

    def send(self, new: NewScan) -> Outcome:
        """Send a scan in a transaction of its own; whatever is answered can be said."""
        outcome = self.send_again(new).outcome
        assert spoken(outcome)
        return outcome

    def send_again(self, new: NewScan) -> ScanAnswer:
        """Send a scan, and say whether its answer was kept from an earlier sending."""
        return self.floor.write(
            lambda session: apply_scan(session, new, self.sender, self.settings)
        )

    def scan(self, raw: str, **fields: object) -> Outcome:
        return self.send(self.captured(raw, **fields))

    def codes(self, *raws: str) -> list[str]:
        """The names of the answers to scans, each made after the answer before it was seen."""
        return [self.scan(raw).code for raw in raws]

    def type(self, raw: str, step: str = "quantity") -> Outcome:
        """Type an answer that the page asks for."""
        return self.scan(raw, step=step)

    @property
    def given(self) -> Given:
        """What is half given on the open document."""
        on_device = self._count if self.kind == COUNT else self._activity
        return self.floor.read(lambda session: on_device(session).given)

    @property
    def prompt(self) -> ActivityPrompt:
        """What the page of the open put-away, pick or movement asks next."""
        return self.floor.read(lambda session: activity_prompt(session, self._activity(session)))

    @property
    def count_prompt(self) -> CountPrompt:
        """What the page of the open count asks next."""
        user_id = self.sender.user_id
        return self.floor.read(lambda session: count_prompt(session, self._count(session), user_id))

    def _activity(self, session: Session) -> ActivityOnDevice:
        type_, user_id = ACTIVITY_OF_KIND[self.kind], self.sender.user_id
        found = activity_on_device(session, type_, self.no, user_id, self.identity, self.kind)
        assert found is not None
        return found

    def _count(self, session: Session) -> CountOnDevice:
        batch = self.floor.batch(session)
        found = count_on_device(session, batch.location_id, batch.name, self.identity)
        assert found is not None
        return found


def spoken(outcome: Outcome) -> str:
    """Message and way out with their places filled, as a page would show them."""
    said = outcome.said
    return f"{said.message} {said.way_out}".strip().format(**outcome.parameters)
