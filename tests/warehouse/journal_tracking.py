"""Item tracking lines that a test enters, as a supervisor does on their page."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.warehouse.item_journal_lines import find_item_journal_line
from scanner_app.warehouse.journal_fields import TRACKING_LINE_FIELDS, TRANSFER_TRACKING_LINE_FIELDS
from scanner_app.warehouse.journal_tracking import LineTracking, TrackedLine, tracked_line
from scanner_app.warehouse.journal_tracking_lines import (
    add_tracking_line,
    assign_tracking_numbers,
    card_of_part,
    change_tracking_line,
    delete_tracking_line,
    find_part,
    lock_tracked_line,
    tracking_fields,
)
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.scan_tracking_line import scan_tracking_line
from scanner_app.warehouse.select_entries import Selectable, select_entries, selectable_entries
from scanner_app.warehouse.set_up_item_journal_batch import find_item_journal_batch
from scanner_app.warehouse.update_item_tracking import update_item_tracking_lines
from tests.builders import Warehouse
from tests.warehouse.item_cards import change_by
from tests.warehouse.item_journals import BATCH
from tests.warehouse.masters import DAY

LINE = 10_000
BLANK = blank_card(TRACKING_LINE_FIELDS) | blank_card(TRANSFER_TRACKING_LINE_FIELDS)


def on_line(line_no: int, verb: Callable[..., None], *says: Any) -> Callable[[Session], None]:  # noqa: ANN401 - of several verbs
    """The verb, done to a line of the batch that it locks."""
    return lambda session: verb(session, lock_tracked_line(session, BATCH, line_no), *says)


def tracked_of(white: Warehouse, line_no: int = LINE) -> TrackedLine:
    with white.database.read() as session:
        batch = find_item_journal_batch(session, BATCH)
        assert batch is not None
        line = find_item_journal_line(session, batch, line_no)
        assert line is not None
        return tracked_line(session, line)


def tracking(white: Warehouse, line_no: int = LINE) -> LineTracking:
    return tracked_of(white, line_no).tracking


def parts(white: Warehouse, line_no: int = LINE) -> dict[str, int]:
    """How much each set of numbers has, by its words."""
    return {
        " ".join(filter(None, part.numbers.as_tuple())): int(part.quantity_base)
        for part in tracking(white, line_no).parts
    }


def enter(white: Warehouse, line_no: int = LINE, /, **fields: str) -> None:
    white.write(on_line(line_no, add_tracking_line, BLANK | fields))


def assign(white: Warehouse, kind: NumberKind, line_no: int = LINE, **fields: str) -> None:
    typed, change = BLANK | fields, change_by(white)
    white.write(on_line(line_no, assign_tracking_numbers, kind, typed, DAY, change))


def scan(white: Warehouse, text: str, line_no: int = LINE) -> None:
    label = parse_barcode(ScannedCode(text), DAY, BarcodeSettings())
    white.write(on_line(line_no, scan_tracking_line, label))


def edit(white: Warehouse, place: int, line_no: int = LINE, **fields: str) -> None:
    tracked = tracked_of(white, line_no)
    part = find_part(tracked.tracking, tracked.tracking.parts[place].id)
    read = card_of_part(part, tracking_fields(tracked))
    white.write(on_line(line_no, change_tracking_line, part.id, read, read | fields))


def remove(white: Warehouse, place: int, line_no: int = LINE) -> None:
    part = tracking(white, line_no).parts[place]
    white.write(on_line(line_no, delete_tracking_line, part.id))


def update_all(white: Warehouse) -> int:
    return white.write(lambda session: update_item_tracking_lines(session, BATCH))


def entries(white: Warehouse, line_no: int = LINE, rows_max: int = 50) -> list[Selectable]:
    tracked = tracked_of(white, line_no)
    with white.database.read() as session:
        return selectable_entries(session, tracked, TrackingNumbers(), rows_max)


def select(white: Warehouse, *wanted: TrackingNumbers, line_no: int = LINE) -> None:
    white.write(on_line(line_no, select_entries, list(wanted)))
