"""Receipts and shipments that people type, each of their forms sent twice."""

from sqlalchemy import func, select

from scanner_app.all_tables import metadata
from scanner_app.database import Database
from scanner_app.warehouse.receipt import WarehouseReceipt
from tests.builders import Warehouse, lot
from tests.reliability.sent_twice import Twice
from tests.warehouse.documents import Part, add_receipt

IMPORTED = b"""Source Document,Source No.,Item No.,Quantity,Lot No.
Purchase Order,PO-9,PARCELS,2,L9
Sales Order,SO-9,PARCELS,1,
"""


def type_documents(twice: Twice, hall: Warehouse) -> None:
    """A receipt and a shipment from their first line until they are deleted."""
    hall.change(hall.location, require_receive=True, require_shipment=True, require_pick=True)
    hall.stock(hall.add_item("PARCELS", "lot"), "A", 2, lot("L3"))
    receipt = type_document(twice, "receipts")
    for quantities in ("quantities/removal", "quantities"):
        form = "delete_quantities" if "removal" in quantities else "autofill"
        twice(receipt, f"{receipt}/{quantities}", form)
    name_numbers(twice, hall.database, f"{receipt}/lines/20000/tracking")
    receive(twice, hall)
    shipment = type_document(twice, "shipments")
    twice(shipment, f"{shipment}/release", "release")
    assert "made=" in twice(shipment, f"{shipment}/pick", "pick")
    twice(shipment, f"{shipment}/pick/removal", "delete-pick")
    twice(shipment, f"{shipment}/reopening", "reopen")
    lines = f"{shipment}/lines/20000/tracking"
    entries = f"{lines}/entries"
    twice(entries, entries, "select", numbers='["", "L3", ""]')
    name_numbers(twice, hall.database, lines)
    twice.upload("/documents/import", "/documents/import", "import", file=IMPORTED)
    for document in (receipt, shipment):
        twice(f"{document}/lines/20000", f"{document}/lines/20000/removal", "removal")
        twice(f"{document}/header", f"{document}/removal", "removal")


def receive(twice: Twice, hall: Warehouse) -> None:
    """A receipt of which everything was scanned is posted on a handheld."""
    receipt_id = add_receipt(hall, Part(hall.add_item("BRICKS"), 3))
    with hall.database.read() as session:
        receipt = session.get_one(WarehouseReceipt, receipt_id)
    hall.change(receipt, received_by_scanning=True)
    page = f"/receipts/{receipt.no}"
    assert "done=" in twice(page, f"{page}/posting", "post")


def type_document(twice: Twice, kind: str) -> str:
    """A document with the lines 10000 and 20000; its address."""
    documents = f"/documents/{kind}"
    document = twice(f"{documents}/new", documents, "card", source_no="ORDER-1")
    twice(f"{document}/header", f"{document}/header", "card", source_no="ORDER-2")
    for _ in range(2):
        line = {"item_no": "PARCELS", "quantity": "3"}
        twice(f"{document}/lines/new", f"{document}/lines", "card", **line)
    twice(f"{document}/lines/20000", f"{document}/lines/20000", "card", quantity="4")
    return document


def name_numbers(twice: Twice, database: Database, lines: str) -> None:
    twice(lines, lines, "card", lot_no="L7", quantity="1")
    twice(lines, f"{lines}/scans", "scan-number", code="L8")
    with database.read() as session:
        table = metadata.tables["item_tracking_line"]
        part = f"{lines}/{session.scalars(select(func.max(table.c.id))).one()}"
    twice(part, part, "card", warranty_date="2030-01-01")
    twice(part, f"{part}/removal", "removal")
