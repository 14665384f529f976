"""What every scan on a document works with, and the refusals that any document may give.

This module must never apply a scan: `apply_activity_scan` and `apply_count_scan` do.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scanner_app.barcodes.parsed_barcode import ParsedBarcode
from scanner_app.errors import N_, RuleRefused
from scanner_app.scanning.keep_scan import NewScan
from scanner_app.warehouse.activity import WarehouseActivity
from scanner_app.warehouse.assignment import check_not_of_other
from scanner_app.warehouse.register_activity import By


class EarlierScanRefused(RuleRefused):
    """A scan before this one was refused, and its answer had not been seen."""

    message = N_("Not used, because the scan before it was refused.")
    way_out = N_("Read what was refused, then scan unit and bin again.")


class QuantityNotAsked(RuleRefused):
    """A number was typed, and nothing waits for one."""

    message = N_("{quantity} was typed, but nothing waits for a quantity.")
    way_out = N_("Scan what it counts first, then type.")
    field = "Quantity"


class NotOnDocument(RuleRefused):
    """The document does not ask for this."""

    message = N_("{what} is not on {document_no}.")
    way_out = N_("Put it aside, or open the document it belongs to.")


@dataclass(frozen=True)
class Scanned:
    """One scan with all that its document needs to know of it."""

    new: NewScan
    parsed: ParsedBarcode | None
    scan_id: int
    by: By

    @property
    def work_date(self) -> date:
        """The work date of the location."""
        return self.by.work_date


def check_assigned(session: Session, activity: WarehouseActivity, by: By) -> None:
    """Take an unassigned document, refuse one that is somebody else's (docs/domain.md 5.2).

    Raises:
        AssignedToOther: when it is.
    """
    if activity.assigned_user_id is None:
        activity.assigned_user_id = by.user_id
        activity.assigned_at = by.at
    check_not_of_other(session, activity, by.user_id)
