"""The part of the walk through the warehouse journals and the item reclassification journal.

This module must import nothing but the standard library, as all of tools/ but guide.py.
"""

from tools.guide_walker import Walker

PHYSICAL = "/warehouse-physical-inventory-journal"
ITEM = "/warehouse-item-journal"
RECLASSIFICATION = "/item-reclassification-journal"
MOVES = "/warehouse-reclassification-journal"
ACCEPTED = ".outcome[data-outcome=accepted]"
REFUSED = ".outcome[data-outcome=refused]"


def enter_warehouse_journals(walker: Walker) -> None:
    """Bring stock into the bins of a directed location, take some out, and move some."""
    _enter_physical_inventory(walker)
    _enter_item_journal(walker)
    _enter_moves(walker)


def _enter_physical_inventory(walker: Walker) -> None:
    walker.go(f"{PHYSICAL}s", "whse-journal")
    _add_batch(walker, PHYSICAL, "whse-journal")
    lines = f"{PHYSICAL}s/FOUND/lines"
    for lot_no, shown in (("BAG-A", ""), ("BAG-B", "whse-journal-line-new"), ("", "")):
        walker.go(f"{lines}/new", shown)
        _enter_line(walker, "12", lot_no)
    walker.go(f"{PHYSICAL}s/FOUND?check=1", "whse-journal-checked")
    walker.go(f"{lines}/30000")
    walker.fill("Bin Code", "W-11-0001")
    walker.press("Save")
    walker.wait_for(REFUSED)
    walker.look("whse-journal-line-refused")
    walker.go(f"{lines}/30000")
    walker.click("details:has(#removal) > summary")
    walker.press("Delete")
    walker.wait_for(ACCEPTED)
    walker.click("#register .button-primary")
    walker.wait_for(ACCEPTED)
    walker.look("whse-journal-registered")
    head = "Item No.,Bin Code,Quantity,Lot No.,Expiration Date"
    rows = [head, "3030,W-01-0601,6,BAG-C,2030-12-31"]
    _edit_in_excel(walker, PHYSICAL, "whse-journal", rows)


def _enter_item_journal(walker: Walker) -> None:
    walker.go(f"{ITEM}s", "whse-item-journal")
    _add_batch(walker, ITEM, "whse-item-journal")
    walker.go(f"{ITEM}s/FOUND/lines/new", "whse-item-journal-line-new")
    _enter_line(walker, "-2", "BAG-A")
    walker.go(f"{ITEM}s/FOUND", "whse-item-journal-line")
    walker.go(f"{ITEM}s/FOUND/lines/10000", "whse-item-journal-line-card")
    rows = ["Item No.,Bin Code,Quantity,Lot No.", "3030,W-01-0601,-1,BAG-B"]
    _edit_in_excel(walker, ITEM, "whse-item-journal", rows)


def _enter_moves(walker: Walker) -> None:
    walker.go(f"{MOVES}s", "whse-reclass-journal")
    _add_batch(walker, MOVES, "whse-reclass-journal")
    lines = f"{MOVES}s/FOUND/lines"
    for new_lot_no, new_date in (("", ""), ("CB02-WET", ""), ("", "2030-12-31")):
        walker.go(f"{lines}/new", "whse-reclass-journal-line-new" if new_lot_no else "")
        _enter_move(walker, new_lot_no, new_date)
    walker.go(f"{MOVES}s/FOUND?check=1", "whse-reclass-journal-checked")
    walker.go(f"{lines}/20000", "whse-reclass-journal-line-card")
    head = "Item No.,From Bin Code,To Bin Code,Quantity,Lot No."
    rows = [head, "3030,W-02-0201,W-01-0602,3,CB02"]
    _edit_in_excel(walker, MOVES, "whse-reclass-journal", rows)


def _edit_in_excel(walker: Walker, journal: str, shown: str, rows: list[str]) -> None:
    walker.go(f"{journal}s/FOUND/excel", f"{shown}-excel")
    walker.send_file(rows)
    walker.look(f"{shown}-upload")


def _enter_move(walker: Walker, new_lot_no: str, new_date: str) -> None:
    walker.fill("Item No.", "3030")
    walker.fill("From Bin Code", "W-02-0201")
    walker.fill("To Bin Code", "W-01-0602")
    walker.fill("Quantity", "2")
    walker.fill("Lot No.", "CB02")
    walker.fill("New Lot No.", new_lot_no)
    walker.fill("New Expiration Date", new_date)
    walker.press("Create")
    walker.wait_for(ACCEPTED)


def _add_batch(walker: Walker, journal: str, name: str) -> None:
    walker.go(f"{journal}-batches/new")
    walker.fill("Name", "FOUND")
    walker.fill("Description", "Found in the hall")
    walker.look(f"{name}-batch-new")
    walker.press("Create")
    walker.wait_for(ACCEPTED)
    walker.look(f"{name}-batches")
    walker.go(f"{journal}-batches/FOUND", f"{name}-batch")


def _enter_line(walker: Walker, quantity: str, lot_no: str) -> None:
    walker.fill("Item No.", "3030")
    walker.fill("Bin Code", "W-01-0601")
    walker.fill("Quantity", quantity)
    walker.fill("Lot No.", lot_no)
    walker.fill("Expiration Date", "2030-12-31" if lot_no else "")
    walker.press("Create")
    walker.wait_for(ACCEPTED)


def enter_item_reclassification(walker: Walker) -> None:
    """Give lots at a location without directed put-away and pick other numbers."""
    walker.go(f"{RECLASSIFICATION}s", "reclass-journal")
    _add_batch(walker, RECLASSIFICATION, "reclass-journal")
    journal = f"{RECLASSIFICATION}s/FOUND"
    walker.go(f"{journal}/lines/new")
    _enter_transfer(walker, "4", "CB02", "CB02-B")
    walker.go(f"{journal}/lines/new", "reclass-journal-line-new")
    _enter_transfer(walker, "1", "CB02", "")
    walker.go(f"{journal}/lines/10000", "reclass-journal-line")
    walker.go(f"{journal}?check=1", "reclass-journal-checked")
    walker.go(f"{journal}/lines/20000")
    walker.fill("New Bin Code", "S-01-0005")
    walker.press("Save")
    walker.wait_for(ACCEPTED)
    walker.go(f"{journal}/preview", "reclass-journal-preview")
    _split_a_lot(walker, journal)
    walker.go(f"{journal}/excel", "reclass-journal-excel")
    head = "Item No.,Location Code,Bin Code,Quantity,Lot No.,New Lot No."
    walker.send_file([head, "3030,SILVER,S-01-0004,1,CB02,CB02-E"])
    walker.look("reclass-journal-upload")


def _split_a_lot(walker: Walker, journal: str) -> None:
    walker.go(f"{journal}/lines/new")
    _enter_transfer(walker, "3", "", "")
    tracking = f"{journal}/lines/30000/tracking"
    walker.go(f"{tracking}/entries", "reclass-select-entries")
    walker.go(tracking)
    for new_lot_no, quantity in (("CB02-C", "1"), ("CB02-D", "1")):
        walker.fill("Lot No.", "CB02")
        walker.fill("New Lot No.", new_lot_no)
        walker.fill("Quantity (Base)", quantity)
        walker.press("Add")
        walker.wait_for(ACCEPTED)
    walker.look("reclass-tracking-lines")
    walker.click(".table a.button")
    walker.wait_for("#save")
    walker.look("reclass-tracking-line")


def _enter_transfer(walker: Walker, quantity: str, lot_no: str, new_lot_no: str) -> None:
    walker.fill("Document No.", "RECLASS-1")
    walker.fill("Item No.", "3030")
    walker.choose("Location Code", "SILVER")
    walker.fill("Bin Code", "S-01-0004")
    walker.fill("Quantity", quantity)
    walker.fill("Lot No.", lot_no)
    walker.fill("New Lot No.", new_lot_no)
    walker.press("Create")
    walker.wait_for(ACCEPTED)
