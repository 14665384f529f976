"""The last scan of a device on a document, offered to be undone in the reader's language.

This module must never undo: the button sends a scan like any other.
"""

from scanner_app.scanning.effects import LastScan
from scanner_app.web.refusals import sentence


def undo_offer(last: LastScan | None) -> dict[str, str] | None:
    """What was said of the last scan, and the identity by which it is undone."""
    if last is None:
        return None
    outcome = last.outcome
    return {"scan_id": last.uuid, "said": sentence(outcome.said.message, outcome.parameters)}
