"""Import receipts and shipments: the rows of a file become documents, or none of them does.

The verb never commits. Who imports has the set-up of the location for that moment, so that the
same file that comes twice at once is imported once (docs/domain.md 6.8).

This module must never post or release, nor write what typing it would refuse.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from scanner_app.insert_rows import insert_rows
from scanner_app.inventory.item_tracking import ItemTrackingLine
from scanner_app.inventory.number_series import lock_series
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.warehouse.document_import_numbers import DraftedLine
from scanner_app.warehouse.document_import_plan import PlannedDocument, plan_import
from scanner_app.warehouse.document_import_refusals import ImportRefused, ImportWithoutRows
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, DocumentKind
from scanner_app.warehouse.item_journal_lines import STEP
from scanner_app.warehouse.journal_tracking_lines import row_of_part
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.set_up_location import lock_location
from scanner_app.warehouse.warehouse_documents import add_documents
from scanner_app.workbooks.read import ReadRow


@dataclass(frozen=True)
class Imported:
    """How many documents and lines were made."""

    documents: int
    lines: int


def import_documents(
    session: Session,
    location_code: str,
    rows: Sequence[ReadRow],
    by: By,
    *,
    again: bool = False,
) -> Imported:
    """Make a receipt or shipment of the rows of each source, at one location.

    `again` imports also what was posted before.

    Raises:
        RecordUnknown: for a location that is not there.
        ImportWithoutRows: for a file without rows.
        ImportRefused: when a row is at fault; `plan_import` says which, and why.
        RuleRefused: as `add_documents` raises it.
    """
    if not rows:
        raise ImportWithoutRows
    hold_set_up(session)
    location = lock_location(session, location_code)
    plan = plan_import(session, location, rows, by, again=again)
    if plan.faults:
        raise ImportRefused(count=len(plan.faults))
    lock_series(session, [RECEIPTS.series, SHIPMENTS.series])
    for kind in (RECEIPTS, SHIPMENTS):
        _write_documents(session, kind, [each for each in plan.documents if each.kind is kind], by)
    return Imported(len(plan.documents), sum(len(each.lines) for each in plan.documents))


def _write_documents(
    session: Session, kind: DocumentKind, documents: Sequence[PlannedDocument], by: By
) -> None:
    if not documents:
        return
    add_documents(session, kind, [each.header for each in documents], by)
    drafts: list[DraftedLine] = []
    for document in documents:
        for place, draft in enumerate(document.lines, start=1):
            setattr(draft.line, kind.key.key, document.header.id)
            draft.line.line_no = place * STEP
            drafts.append(draft)
    session.add_all([draft.line for draft in drafts])
    session.flush()
    parts = [(draft.line.id, part) for draft in drafts for part in draft.parts]
    numbers = [row_of_part(kind.source, line_id, part) for line_id, part in parts]
    insert_rows(session, ItemTrackingLine, numbers)
