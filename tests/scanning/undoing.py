"""Undo as the page of the document that is open on a device offers it."""

from scanner_app.scanning.effects import UNDO, LastScan
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.stop_scans import COUNT
from tests.scanning.floor import Handheld


def last_scan(handheld: Handheld) -> LastScan | None:
    """The scan that the page offers to undo."""
    on_device = handheld._count if handheld.kind == COUNT else handheld._activity  # noqa: SLF001 - what a page reads
    return handheld.floor.read(lambda session: on_device(session).last_scan)


def undo(handheld: Handheld) -> Outcome:
    """Tap Undo."""
    last = last_scan(handheld)
    return handheld.type(last.uuid if last else "-", UNDO)
