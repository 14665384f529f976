"""Edit in Excel for a batch of a warehouse journal, each template a family of pages.

This module must never know more than which batch it is: `journal_workbook_pages` does the rest.
"""

from functools import partial

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.warehouse.edited_warehouse_journal import (
    EditedWarehouseJournal,
    lock_warehouse_journal,
)
from scanner_app.warehouse.warehouse_journal import WarehouseJournalTemplate
from scanner_app.web.current import reading
from scanner_app.web.journal_workbook_pages import (
    Drawn,
    WorkbookPages,
    draw_excel,
    draw_upload,
    publish_upload,
    send_errors,
    send_lines,
    take_file,
)
from scanner_app.web.security import takes_file
from scanner_app.web.warehouse_journal_ways import (
    JOURNALS,
    WORKBOOKS,
    action_of,
    address_of,
    family_of,
    find_batch_here,
    journal_here,
    of_directed_location,
    prefix_of,
    title_here,
)


@of_directed_location
def show(name: str) -> Drawn:
    """Where the lines are downloaded, and where the file is sent back."""
    return draw_excel(_pages(name))


@of_directed_location
def download(name: str) -> AnyResponse | Drawn:
    """The lines as a workbook."""
    return send_lines(partial(_pages, name))


@of_directed_location
@takes_file
def upload(name: str) -> AnyResponse | Drawn:
    """Keep what was sent, and show what it would change."""
    return take_file(partial(_pages, name))


@of_directed_location
def show_upload(name: str, upload_id: int) -> Drawn:
    """What publishing the file would do, row by row."""
    return draw_upload(_pages(name), upload_id)


@of_directed_location
def publish(name: str, upload_id: int) -> AnyResponse | Drawn:
    """Publish what was seen, or nothing."""
    return publish_upload(partial(_pages, name), upload_id)


@of_directed_location
def download_errors(name: str, upload_id: int) -> AnyResponse:
    """The rows with what stands against them."""
    return send_errors(_pages(name), upload_id)


def _family(template: WarehouseJournalTemplate) -> Blueprint:
    """The pages of one template, below those of the batch."""
    prefix = f"{prefix_of(template, JOURNALS)}/<name>/excel"
    family = Blueprint(family_of(template, WORKBOOKS), __name__, url_prefix=prefix)
    family.get("")(show)
    family.post("/workbook")(download)
    family.post("/uploads")(upload)
    family.get("/uploads/<int:upload_id>")(show_upload)
    family.post("/uploads/<int:upload_id>/publication")(publish)
    family.get("/uploads/<int:upload_id>/errors")(download_errors)
    return family


blueprints = tuple(_family(template) for template in WarehouseJournalTemplate)


def _pages(name: str) -> WorkbookPages:
    batch = find_batch_here(name)
    return WorkbookPages(
        title_here(),
        EditedWarehouseJournal(reading(), batch),
        lock_warehouse_journal(journal_here(), batch.name),
        partial(address_of, WORKBOOKS, name=batch.name),
        partial(action_of, WORKBOOKS, name=batch.name),
        partial(address_of, JOURNALS, "show", name=batch.name),
    )
