"""The label of a document opens it, wherever it is scanned (docs/domain.md 10.3).

A shipment is the supervisor's; whoever else scans its label is led to its pick, or told how far
it is.

This module must never change a document.
"""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from scanner_app.access.user import User
from scanner_app.code_index import CodeKind
from scanner_app.scanning.outcomes import Choice, Outcome
from scanner_app.scanning.resolve import Candidate
from scanner_app.warehouse.delete_pick import open_picks_of
from scanner_app.warehouse.shipment import ShipmentStatus, WarehouseShipment, WarehouseShipmentLine

DOCUMENTS_OFFERED_MAX = 8


def other_document(session: Session, candidate: Candidate, user_id: int) -> Outcome:
    """Open the document of a label, or what the user may do for it."""
    is_shipment = candidate.kind is CodeKind.SHIPMENT
    if is_shipment and not session.get_one(User, user_id).is_supervisor:
        return _work_of_shipment(session, session.get_one(WarehouseShipment, candidate.target_id))
    return _open(candidate.kind, candidate.code)


def document_choice(kind: CodeKind, no: str, words: str) -> Choice:
    """A document to tap."""
    return Choice(f"document:{kind.value}/{no}", f"{words} {no}")


def _open(kind: CodeKind, no: str) -> Outcome:
    return Outcome("OpenDocument", {"document": no}, goto=f"{kind.value}/{no}")


def _work_of_shipment(session: Session, shipment: WarehouseShipment) -> Outcome:
    """The open pick of a shipment, or why there is none."""
    picks = open_picks_of(session, shipment, DOCUMENTS_OFFERED_MAX)
    if len(picks) == 1:
        return _open(CodeKind.PICK, picks[0].no)
    if picks:
        choices = tuple(document_choice(CodeKind.PICK, each.no, each.type.value) for each in picks)
        return Outcome("ChooseDocument", {"code": shipment.no}, choices)
    if shipment.status is ShipmentStatus.OPEN:
        return Outcome("ShipmentOpen", {"no": shipment.no})
    row = WarehouseShipmentLine
    missing = (row.shipment_id == shipment.id, row.qty_picked_base < row.quantity_base)
    if session.scalar(select(exists().where(*missing))):
        return Outcome("ShipmentWithoutPick", {"no": shipment.no})
    return Outcome("ShipmentPicked", {"no": shipment.no})
