"""What is half given on a device: units in the hand, a bin scanned first, a question asked.

It is kept with the open document, so that a handheld that died goes on where it was
(docs/domain.md 10.2, 10.4, 10.5).

This module must never reach the ledgers: it only reads and writes `OpenDocument.given`.
"""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.scanning.scan import Device, OpenDocument
from scanner_app.upsert import INSERT_OF_DIALECT

OPEN_DOCUMENT = (
    select(OpenDocument)
    .where(
        OpenDocument.device_id == bindparam("device_id"),
        OpenDocument.document_kind == bindparam("document_kind"),
        OpenDocument.document_id == bindparam("document_id"),
    )
    .with_for_update()
    .execution_options(populate_existing=True)
)
GIVEN_ON_DEVICE = (
    select(OpenDocument.given)
    .join(Device, Device.id == OpenDocument.device_id)
    .where(
        Device.identity == bindparam("identity"),
        OpenDocument.document_kind == bindparam("document_kind"),
        OpenDocument.document_id == bindparam("document_id"),
    )
)
INSERT_OPEN_DOCUMENT: dict[str, Any] = {
    name: insert(OpenDocument).on_conflict_do_nothing().returning(OpenDocument)
    for name, insert in INSERT_OF_DIALECT.items()
}


@dataclass(frozen=True)
class GivenUnit:
    """A unit that waits for its bin, or, in a count, for what is still asked of it.

    `known` says that a balance stands behind it, so that its dates need not be asked for.
    """

    item_id: int = 0
    variant_id: int = 0
    unit_of_measure_id: int = 0
    serial_no: str = ""
    lot_no: str = ""
    package_no: str = ""
    whole_package: bool = False
    quantity: str = ""
    expiration_date: str = ""
    warranty_date: str = ""
    known: bool = False

    @property
    def numbers(self) -> TrackingNumbers:
        """The numbers given so far."""
        return TrackingNumbers(self.serial_no, self.lot_no, self.package_no)

    def is_same_as(self, other: "GivenUnit") -> bool:
        """Whether both are the same thing, in whatever unit or quantity it was scanned."""
        mine = (self.item_id, self.variant_id, self.numbers)
        return mine == (other.item_id, other.variant_id, other.numbers)

    @property
    def typed_quantity(self) -> Decimal | None:
        """The quantity typed for it, if any."""
        return Decimal(self.quantity) if self.quantity else None

    @property
    def expires(self) -> date | None:
        """The expiration date given for it, if any."""
        return date.fromisoformat(self.expiration_date) if self.expiration_date else None

    @property
    def warranty(self) -> date | None:
        """The warranty date given for it, if any."""
        return date.fromisoformat(self.warranty_date) if self.warranty_date else None


@dataclass(frozen=True)
class Given:
    """The half given facts of one document on one device.

    `pair_no` is the pair whose quantity may still be replaced by a number; `asks` is what a count
    or journal waits for next: package, lot, serial, date or quantity. `goes_on` says that nothing
    is missing of the unit, only that the next one of its item may follow; `location_id` is where a
    journal was scanned; `other_bin_id` is the bin that no line names, and that takes what is in the
    hand when it is scanned again. `bin_found` says that nobody scanned the bin: it is known by the
    units that lie in it, and others may lie elsewhere. `skipped` are the pairs that are asked for
    after all others.
    """

    units: tuple[GivenUnit, ...] = ()
    bin_id: int = 0
    pair_no: int = 0
    asks: str = ""
    confirm_empty: bool = False
    goes_on: bool = False
    location_id: int = 0
    other_bin_id: int = 0
    bin_found: bool = False
    skipped: tuple[int, ...] = ()


NOTHING_GIVEN = Given()


def read_given(document: OpenDocument | None) -> Given:
    """The half given facts kept with an open document."""
    return given_from(document.given if document else None)


def given_on_device(session: Session, identity: str, document_kind: str, document_id: int) -> Given:
    """The half given facts of a document on a device, for a page that shows it."""
    wanted = {
        "identity": identity.upper(),
        "document_kind": document_kind,
        "document_id": document_id,
    }
    return given_from(session.scalar(GIVEN_ON_DEVICE, wanted))


def given_from(stored: dict[str, Any] | None) -> Given:
    """The half given facts as they were stored."""
    if not stored:
        return NOTHING_GIVEN
    rest = dict(stored)
    units = tuple(GivenUnit(**unit) for unit in rest.pop("units"))
    skipped = tuple(rest.pop("skipped", ()))
    return Given(units=units, skipped=skipped, **rest)


def write_given(document: OpenDocument, given: Given) -> None:
    """Keep the half given facts; the mapping is replaced, never changed in place."""
    stored: dict[str, Any] = asdict(given)
    stored["units"] = [asdict(unit) for unit in given.units]
    document.given = stored


def open_document(
    session: Session, device_id: int, document_kind: str, document_id: int
) -> OpenDocument:
    """The state of a document on a device, locked; made when it is opened first."""
    wanted = {
        "device_id": device_id,
        "document_kind": document_kind,
        "document_id": document_id,
    }
    found = session.scalars(OPEN_DOCUMENT, wanted).one_or_none()
    if found is None:
        row = wanted | {"given": {}, "refused_seq": 0}
        insert = INSERT_OPEN_DOCUMENT[session.get_bind().dialect.name]
        found = session.scalars(insert, row).one_or_none()
    return found or session.scalars(OPEN_DOCUMENT, wanted).one()
