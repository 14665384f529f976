"""Delete a pick that is not worth going on with; what was registered of it stays.

What its lines would have brought is open again, so that a pick can be created anew or the shipment
reopened (docs/domain.md 6.3).

This module must never throw away what somebody has scanned.
"""

from collections.abc import Sequence

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind, forget_codes
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.warehouse.activity import (
    TO_REGISTER,
    ActivityType,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.register_activity import DocumentGone, lock_activity
from scanner_app.warehouse.shipment import WarehouseShipment


class PickHasScans(RuleRefused):
    """Somebody holds what was scanned, or has set it down somewhere."""

    message = N_("Something of pick {pick_no} is scanned, or noted as missing, and not registered.")
    way_out = N_("Register what is scanned first, then delete the rest.")


def open_pick_of(session: Session, shipment: WarehouseShipment) -> WarehouseActivity | None:
    """The first open pick of a shipment, None where there is none."""
    return next(iter(open_picks_of(session, shipment, 1)), None)


def open_picks_of(
    session: Session, shipment: WarehouseShipment, picks_max: int
) -> Sequence[WarehouseActivity]:
    """So many open picks of a shipment, the first one first."""
    row = WarehouseActivity
    of_shipment = (
        row.location_id == shipment.location_id,
        row.type == ActivityType.PICK,
        row.source_no == shipment.no,
    )
    return session.scalars(select(row).where(*of_shipment).order_by(row.id).limit(picks_max)).all()


def delete_pick(session: Session, shipment: WarehouseShipment) -> str:
    """Delete the open pick of a shipment, and return its number.

    Raises:
        DocumentGone: when none is open.
        PickHasScans: while something of it is scanned and not registered.
    """
    hold_set_up(session)
    found = open_pick_of(session, shipment)
    if found is None:
        raise DocumentGone(document=shipment.no)
    pick, line = lock_activity(session, found.id), WarehouseActivityLine
    scanned = exists().where(line.activity_id == pick.id, TO_REGISTER)
    if session.scalar(select(scanned)):
        raise PickHasScans(pick_no=pick.no)
    session.execute(delete(line).where(line.activity_id == pick.id))
    forget_codes(session, CodeKind.PICK, [pick.id])
    session.delete(pick)
    session.flush()
    return pick.no
