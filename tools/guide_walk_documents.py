"""The part of the walk that a supervisor takes with a receipt and a shipment that are typed.

This module must import nothing but the standard library, as all of tools/ but guide.py.
"""

from tools.guide_walker import Walker

ACCEPTED = ".outcome[data-outcome=accepted]"
DONE = ".notice[data-tone=ok]"
REFUSED = ".outcome[data-outcome=refused]"
RECEIPT, SHIPMENT = "/documents/receipts/RC-00004", "/documents/shipments/SH-00004"
TRANSFER, NEW_TRANSFER = "/transfers/TO-0105", "/transfers/TO-0106"


def type_documents(walker: Walker) -> None:
    """Type what is expected and what is to leave, and see what a file of both lacks."""
    _type_receipt(walker)
    _receive(walker)
    _type_shipment(walker)
    _import_rows(walker)
    _transfer(walker)


def _type_receipt(walker: Walker) -> None:
    walker.go("/documents/receipts/new")
    walker.fill("Source No.", "PO-2001")
    walker.look("receipt-new")
    walker.press("Create")
    for item, quantity in (("2010", "2"), ("3020", "4")):
        walker.go(f"{RECEIPT}/lines/new")
        walker.fill("Item No.", item)
        walker.fill("Quantity", quantity)
        if item == "2010":
            walker.look("receipt-line-new")
        walker.press("Create")
        walker.wait_for(ACCEPTED)
    walker.go(RECEIPT, "receipt")
    walker.press("Post receipt")
    walker.wait_for(REFUSED)
    walker.look("receipt-refused")
    walker.go(f"{RECEIPT}/lines/20000", "receipt-line")
    walker.go(f"{RECEIPT}/lines/10000/tracking")
    walker.fill("Label", "DR-9001")
    walker.press("Add what it says")
    walker.wait_for(ACCEPTED)
    walker.look("receipt-tracking-lines")
    walker.click("tbody a.button")
    walker.wait_for("#card")
    walker.look("receipt-tracking-line")
    walker.go(f"{RECEIPT}/header", "receipt-header")


def _receive(walker: Walker) -> None:
    """What was typed comes: one drill is named already, the other is scanned."""
    walker.go("/receipts", "receive-list")
    walker.go("/receipts/RC-00004")
    walker.scan("DR-9001", "(01)09521234020103(21)DR-9002", name="receive")
    walker.scan("(01)09521234030201(10)P9001", name="receive-date")
    walker.answer("date", "2030-12-31")
    walker.answer("text", "4")
    walker.press("Post receipt")
    walker.wait_for(DONE)
    walker.look("receive-posted")


def _type_shipment(walker: Walker) -> None:
    walker.go("/documents/shipments/new")
    walker.fill("Source No.", "SO-3001")
    walker.press("Create")
    walker.go(f"{SHIPMENT}/lines/new")
    walker.fill("Item No.", "3020")
    walker.fill("Quantity", "3")
    walker.press("Create")
    walker.wait_for(ACCEPTED)
    walker.go(f"{SHIPMENT}/lines/10000/tracking/entries", "shipment-select-entries")
    walker.click("#select input[type=checkbox]")
    walker.press("Take the selected")
    walker.wait_for(ACCEPTED)
    walker.look("shipment-tracking-lines")
    walker.click("tbody a.button")
    walker.wait_for("#card")
    walker.look("shipment-tracking-line")
    walker.go(SHIPMENT, "shipment")


def _import_rows(walker: Walker) -> None:
    walker.go("/documents/import", "documents-import")
    walker.click("details.fast-tab summary")
    rows = (
        ("Source Document", "Source No.", "Item No.", "Quantity", "Lot No."),
        ("Purchase Order", "PO-2002", "3020", "4", "PAINT-C"),
        ("Purchase Order", "PO-2002", "3020", "some", "PAINT-D"),
        ("Sales Order", "SO-3001", "3020", "3", ""),
    )
    walker.fill("Rows", "\n".join("\t".join(row) for row in rows))
    walker.press("Import")
    walker.wait_for(REFUSED)
    walker.look("documents-import-refused")


def _transfer(walker: Walker) -> None:
    """One order is typed; the one of the demo is shipped."""
    walker.go("/transfers", "transfers")
    walker.go("/transfers/new")
    walker.choose("Transfer-to Code", "BLUE")
    walker.choose("In-Transit Code", "OUT. LOG.")
    walker.look("transfer-new")
    walker.press("Create")
    walker.go(f"{NEW_TRANSFER}/lines/new")
    walker.fill("Item No.", "2010")
    walker.fill("Quantity", "1")
    walker.look("transfer-line-new")
    walker.press("Create")
    walker.wait_for(ACCEPTED)
    walker.go(f"{NEW_TRANSFER}/lines/10000/tracking/entries", "transfer-select-entries")
    walker.click("#select input[type=checkbox]")
    walker.press("Take the selected")
    walker.wait_for(ACCEPTED)
    walker.look("transfer-tracking-lines")
    walker.click("tbody a.button")
    walker.wait_for("#card")
    walker.look("transfer-tracking-line")
    walker.go(f"{NEW_TRANSFER}/lines/10000", "transfer-line")
    walker.go(f"{NEW_TRANSFER}/header", "transfer-header")
    walker.go(TRANSFER, "transfer")
    walker.press("Post shipment")
    walker.wait_for(DONE)
    walker.look("transfer-in-transit")
