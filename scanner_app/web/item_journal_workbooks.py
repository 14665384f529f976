"""Edit in Excel for a batch of an item journal.

This module must never know more than which batch it is: `journal_workbook_pages` does the rest.
"""

from functools import partial

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.warehouse.edited_item_journal import EditedItemJournal, lock_item_journal
from scanner_app.web.current import reading
from scanner_app.web.item_journal_batches import find_batch_here
from scanner_app.web.item_journal_ways import address_of, title_here
from scanner_app.web.journal_workbook_pages import (
    Address,
    Drawn,
    WorkbookPages,
    draw_excel,
    draw_upload,
    publish_upload,
    send_errors,
    send_lines,
    take_file,
)
from scanner_app.web.security import supervisor_required, takes_file

blueprint = Blueprint("item_journal_workbooks", __name__, url_prefix="/item-journals/<name>/excel")


@blueprint.get("")
@supervisor_required
def show(name: str) -> Drawn:
    """Where the lines are downloaded, and where the file is sent back."""
    return draw_excel(_pages(name))


@blueprint.post("/workbook")
@supervisor_required
def download(name: str) -> AnyResponse | Drawn:
    """The lines as a workbook."""
    return send_lines(partial(_pages, name))


@blueprint.post("/uploads")
@supervisor_required
@takes_file
def upload(name: str) -> AnyResponse | Drawn:
    """Keep what was sent, and show what it would change."""
    return take_file(partial(_pages, name))


@blueprint.get("/uploads/<int:upload_id>")
@supervisor_required
def show_upload(name: str, upload_id: int) -> Drawn:
    """What publishing the file would do, row by row."""
    return draw_upload(_pages(name), upload_id)


@blueprint.post("/uploads/<int:upload_id>/publication")
@supervisor_required
def publish(name: str, upload_id: int) -> AnyResponse | Drawn:
    """Publish what was seen, or nothing."""
    return publish_upload(partial(_pages, name), upload_id)


@blueprint.get("/uploads/<int:upload_id>/errors")
@supervisor_required
def download_errors(name: str, upload_id: int) -> AnyResponse:
    """The rows with what stands against them."""
    return send_errors(_pages(name), upload_id)


def _pages(name: str) -> WorkbookPages:
    batch = find_batch_here(name)
    address = _address_in(batch.name)
    return WorkbookPages(
        title_here(),
        EditedItemJournal(reading(), batch),
        lock_item_journal(batch.name),
        address,
        address,
        partial(address_of, "item_journals.show", name=batch.name),
    )


def _address_in(name: str) -> Address:
    """The pages of the batch; a form is sent to where its page is."""
    return lambda view, **values: address_of(f"{blueprint.name}.{view}", name=name, **values)
