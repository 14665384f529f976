"""A scan outside of any document: open what it belongs to, or look it up (docs/domain.md 10.3).

A document opens itself. A unit, item or bin opens the one open put-away or pick that waits for it;
several are offered; none leads to the look-up.

This module must never change a line.
"""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind
from scanner_app.inventory.location import Location
from scanner_app.scanning.document_work import NotOnDocument, Scanned
from scanner_app.scanning.other_document import (
    DOCUMENTS_OFFERED_MAX,
    document_choice,
    other_document,
)
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.resolve import Candidate, candidates_of, choose
from scanner_app.warehouse.activity import (
    ActivityType,
    WarehouseActivity,
    WarehouseActivityLine,
)

KIND_OF_TYPE = {
    ActivityType.PUT_AWAY: CodeKind.PUT_AWAY,
    ActivityType.PICK: CodeKind.PICK,
    ActivityType.MOVEMENT: CodeKind.MOVEMENT,
}
LOOK_UP = "look-up"


def find_document(session: Session, scanned: Scanned, location: Location) -> Outcome:
    """The document to open, a choice of documents, or the look-up.

    Raises:
        RuleRefused: when the code is not known.
        NeedsChoice: when it can mean several things and no open document decides.
    """
    if scanned.parsed is None:
        raise NotOnDocument(what=scanned.new.raw[:40], document_no="-")
    candidates = candidates_of(session, scanned.parsed, location.id, scanned.work_date)
    if scanned.new.step == LOOK_UP:
        candidate = choose(candidates, lambda _: True, scanned.new.choice)
        return Outcome("LookedUp", {"what": candidate.code}, goto=_look_up(candidate))
    documents = [c for c in candidates if not c.is_unit and c.kind is not CodeKind.BIN]
    if len(documents) == 1:
        return other_document(session, documents[0], scanned.by.user_id)
    waiting = _waiting_for(session, location, candidates)
    if len(waiting) == 1:
        no, kind = waiting[0].no, KIND_OF_TYPE[waiting[0].type]
        return Outcome("OpenDocument", {"document": no}, goto=f"{kind.value}/{no}")
    if waiting:
        choices = tuple(
            document_choice(KIND_OF_TYPE[each.type], each.no, each.type.value) for each in waiting
        )
        return Outcome("ChooseDocument", {"code": scanned.new.raw[:60]}, choices)
    candidate = choose(candidates, lambda _: True, scanned.new.choice)
    return Outcome("LookedUp", {"what": candidate.code}, goto=_look_up(candidate))


def _look_up(candidate: Candidate) -> str:
    return f"{LOOK_UP}/{candidate.key}|{candidate.code}"


def _waiting_for(
    session: Session, location: Location, candidates: Sequence[Candidate]
) -> Sequence[WarehouseActivity]:
    """Open put-aways, picks and movements with an outstanding line for any candidate."""
    line = WarehouseActivityLine
    wanted = []
    for candidate in candidates:
        serial_no, lot_no, package_no = candidate.numbers.as_tuple()
        if candidate.kind is CodeKind.PACKAGE:
            wanted.append(line.package_no == package_no)
        elif candidate.is_unit:
            same_item = line.item_id == candidate.item_id
            if serial_no:
                same_item &= line.serial_no == serial_no
            if lot_no:
                same_item &= line.lot_no == lot_no
            wanted.append(same_item)
    if not wanted:
        return []
    statement = (
        select(WarehouseActivity)
        .join(line, line.activity_id == WarehouseActivity.id)
        .where(WarehouseActivity.location_id == location.id, or_(*wanted))
        .distinct()
        .order_by(WarehouseActivity.id)
        .limit(DOCUMENTS_OFFERED_MAX)
    )
    return session.scalars(statement).all()
