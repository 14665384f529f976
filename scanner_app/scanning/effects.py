"""The effect of a scan: what it changed, and how the last one is undone (docs/domain.md 10.8).

Every scan that left something remembers what was half given before it, and which scan was the
last one on the document then: so the scans of a device on a document are undone one by one,
from the last.

This module must never know what a line is: the kind of document takes back its own changes.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.orm import Session

from scanner_app.errors import N_, InvariantBroken, RuleRefused
from scanner_app.scanning.document_work import Scanned
from scanner_app.scanning.given import Given, given_from, read_given, write_given
from scanner_app.scanning.outcomes import Outcome, Result, from_json
from scanner_app.scanning.scan import OpenDocument, Scan

UNDO = "undo"
RAW_SHOWN_CHARS = 60


class NothingToUndo(RuleRefused):
    """No scan of this device on this document is left that could be undone."""

    message = N_("There is no scan of this device to undo here.")
    way_out = N_("Go on scanning.")


class NotTheLastScan(RuleRefused):
    """What is undone is always what the worker sees: the last scan."""

    message = N_("Nothing was undone: that is not the last scan any more.")
    way_out = N_("Read which scan is the last now. Undo it if it is wrong.")


class ChangedSinceScan(RuleRefused):
    """What the scan changed is registered, or somebody changed it again."""

    message = N_("{scanned} cannot be undone: it is registered, or was changed since.")
    way_out = N_("Look at the list of what is scanned, or ask a supervisor.")


@dataclass(frozen=True)
class LastScan:
    """The scan that an undo on a device would take back, as a page shows it."""

    uuid: str
    outcome: Outcome


def last_scan(uuid: str | None, outcome: dict[str, Any] | None) -> LastScan | None:
    """The last scan of an open document, from the columns of its row; None when there is none."""
    return LastScan(uuid, from_json(outcome)) if uuid and outcome else None


class WorkOnDocument(Protocol):
    """One scan on any kind of document, with what it leaves behind."""

    scanned: Scanned
    given: Given
    effects: list[dict[str, Any]]


def leave_effect(
    document: OpenDocument, work: WorkOnDocument, outcome: Outcome
) -> dict[str, Any] | None:
    """Keep what is half given now; returns what an undo of this scan needs.

    A scan that changed no line and only drew attention leaves nothing to undo.
    """
    before = read_given(document)
    effect = {
        "changes": work.effects,
        "given": document.given,
        "previous": document.undoable_scan_id,
    }
    write_given(document, work.given)
    moved_on = outcome.result is Result.ACCEPTED and work.given != before
    if not (work.effects or moved_on):
        return None
    document.undoable_scan_id = work.scanned.scan_id
    return effect


def effect_to_undo(session: Session, document: OpenDocument, scanned: Scanned) -> "EffectToUndo":
    """The effect of the last scan on a document, when that is the one a worker wants undone.

    Raises:
        NothingToUndo: when there is none.
        NotTheLastScan: when another scan came after it, or it is undone already.
    """
    if document.undoable_scan_id is None:
        raise NothingToUndo
    scan = session.get_one(Scan, document.undoable_scan_id)
    if scan.uuid != scanned.new.raw.strip().upper():
        raise NotTheLastScan
    return EffectToUndo(scan)


class EffectToUndo:
    """What one scan left, read back.

    Attributes:
        scanned: what was scanned, as it can be shown.
        changes: the changes of lines, in the order in which they were made.
    """

    def __init__(self, scan: Scan) -> None:
        if scan.effect is None:
            raise InvariantBroken("a scan without an effect was the last one")
        self.scanned = scan.raw[:RAW_SHOWN_CHARS]
        self.changes: list[dict[str, Any]] = scan.effect["changes"]
        self._given: dict[str, Any] = scan.effect["given"]
        self._previous: int | None = scan.effect["previous"]

    def refuse(self) -> ChangedSinceScan:
        """The refusal for a change that cannot be taken back."""
        return ChangedSinceScan(scanned=self.scanned)

    def step_back(self, document: OpenDocument) -> Outcome:
        """What was half given before is so again, and the scan before is the last one."""
        write_given(document, given_from(self._given))
        document.undoable_scan_id = self._previous
        return Outcome("Undone", {"scanned": self.scanned})
