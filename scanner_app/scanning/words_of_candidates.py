"""What a worker reads on the buttons of a chooser: each candidate with its reason.

This module must never decide between candidates.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind
from scanner_app.errors import N_
from scanner_app.inventory.item import Item
from scanner_app.scanning.outcomes import Choice
from scanner_app.scanning.resolve import Candidate

WORD_OF_KIND = {
    CodeKind.SERIAL: N_("Serial No."),
    CodeKind.LOT: N_("Lot No."),
    CodeKind.PACKAGE: N_("Package No."),
    CodeKind.ITEM: N_("Item No."),
    CodeKind.GTIN: N_("GTIN"),
    CodeKind.REFERENCE: N_("Reference"),
    CodeKind.BIN: N_("Bin"),
    CodeKind.PUT_AWAY: N_("Put-away"),
    CodeKind.PICK: N_("Pick"),
    CodeKind.MOVEMENT: N_("Movement"),
    CodeKind.COUNT: N_("Count"),
    CodeKind.RECEIPT: N_("Receipt"),
    CodeKind.SHIPMENT: N_("Shipment"),
}


def choices_of(session: Session, candidates: Sequence[Candidate]) -> tuple[Choice, ...]:
    """One choice for each candidate: what it is, and of which item."""
    ids = {candidate.item_id for candidate in candidates if candidate.item_id}
    items = {
        item.id: f"{item.no} {item.description}".strip()
        for item in session.scalars(select(Item).where(Item.id.in_(sorted(ids))))
    }
    return tuple(
        Choice(
            candidate.key,
            " ".join(
                part
                for part in (
                    WORD_OF_KIND[candidate.kind],
                    candidate.code,
                    items.get(candidate.item_id, ""),
                )
                if part
            ),
        )
        for candidate in candidates
    )
