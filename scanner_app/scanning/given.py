"""What is half given on a device: units in the hand, a bin scanned first, a question asked.

It is kept with the open document, so that a handheld that died goes on where it was
(docs/domain.md 10.2, 10.4, 10.5).

This module must never reach the ledgers: it only reads and writes `OpenDocument.given`.
"""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.scanning.scan import OpenDocument


@dataclass(frozen=True)
class GivenUnit:
    """A unit that waits for its bin, or, in a count, for what is still asked of it."""

    item_id: int = 0
    variant_id: int = 0
    unit_of_measure_id: int = 0
    serial_no: str = ""
    lot_no: str = ""
    package_no: str = ""
    whole_package: bool = False
    quantity: str = ""
    expiration_date: str = ""

    @property
    def numbers(self) -> TrackingNumbers:
        """The numbers given so far."""
        return TrackingNumbers(self.serial_no, self.lot_no, self.package_no)

    @property
    def typed_quantity(self) -> Decimal | None:
        """The quantity typed for it, if any."""
        return Decimal(self.quantity) if self.quantity else None

    @property
    def date(self) -> date | None:
        """The expiration date given for it, if any."""
        return date.fromisoformat(self.expiration_date) if self.expiration_date else None


@dataclass(frozen=True)
class Given:
    """The half given facts of one document on one device.

    `pair_no` is the pair whose quantity may still be replaced by a number; `asks` is what a count
    waits for next: package, lot, serial, date or quantity.
    """

    units: tuple[GivenUnit, ...] = ()
    bin_id: int = 0
    pair_no: int = 0
    asks: str = ""
    confirm_empty: bool = False


NOTHING_GIVEN = Given()


def read_given(document: OpenDocument | None) -> Given:
    """The half given facts kept with an open document."""
    if document is None or not document.given:
        return NOTHING_GIVEN
    stored = dict(document.given)
    units = tuple(GivenUnit(**unit) for unit in stored.pop("units"))
    return Given(units=units, **stored)


def write_given(document: OpenDocument, given: Given) -> None:
    """Keep the half given facts; the mapping is replaced, never changed in place."""
    stored: dict[str, Any] = asdict(given)
    stored["units"] = [asdict(unit) for unit in given.units]
    document.given = stored


def open_document(
    session: Session, device_id: int, document_kind: str, document_id: int
) -> OpenDocument:
    """The state of a document on a device, locked; made when it is opened first."""
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[
        session.get_bind().dialect.name
    ]
    wanted = {
        "device_id": device_id,
        "document_kind": document_kind,
        "document_id": document_id,
    }
    statement = select(OpenDocument).filter_by(**wanted).with_for_update()
    found = session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        values = wanted | {"given": {}, "refused_seq": 0}
        session.execute(insert(OpenDocument).values(**values).on_conflict_do_nothing())
        found = session.scalars(statement).one()
    return found


def given_on(session: Session, device_id: int, document_kind: str, document_id: int) -> Given:
    """What is half given, for a page that only looks."""
    statement = select(OpenDocument).filter_by(
        device_id=device_id, document_kind=document_kind, document_id=document_id
    )
    return read_given(session.scalars(statement).one_or_none())
