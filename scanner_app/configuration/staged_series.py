"""Whether a series gives the document number of a new line, once the package is applied.

This module must never take a number for good.
"""

from datetime import date

from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.configuration.configuration_package import digest_of_key
from scanner_app.configuration.line_journals import BatchSays
from scanner_app.configuration.staged_records import StagedRecords
from scanner_app.configuration.tables_of_numbers import NO_SERIES, NO_SERIES_LINE
from scanner_app.configuration.write_records import try_record
from scanner_app.errors import RuleRefused
from scanner_app.inventory.number_series import take_number
from scanner_app.warehouse.item_journal_refusals import DocumentNoMissing


def refusal_of_series(
    session: Session, staged: StagedRecords, says: BatchSays, today: date, change: Change
) -> RuleRefused | None:
    """Take a number after what the package says of the series, and give it back."""
    if not says.series:
        return DocumentNoMissing(name=says.name)
    trial = session.begin_nested()
    for record in staged.by_keys(NO_SERIES.number, [digest_of_key([says.series])], sound=True):
        try_record(session, NO_SERIES, record.cells, change, completes=False)
    for record in staged.all_of(NO_SERIES_LINE.number):
        if record.cells.get("series", "").strip().upper() == says.series:
            try_record(session, NO_SERIES_LINE, record.cells, change, completes=False)
    refusal = None
    try:
        take_number(session, says.series, today)
    except RuleRefused as fault:
        refusal = fault.with_traceback(None)
    trial.rollback()
    return refusal
