"""The part of the walk that a supervisor takes through the set-up.

This module must import nothing but the standard library, as all of tools/ but guide.py.
"""

from tools.guide_walker import Walker

DONE_ON_CARD = ".outcome[data-outcome=accepted]"


def set_up(walker: Walker) -> None:
    """Look at everything that a supervisor prepares."""
    _set_up_tracking(walker)
    _set_up_items(walker)
    _set_up_item_parts(walker)
    _describe_numbers(walker)
    _set_up_number_series(walker)
    _assign_numbers(walker)
    _set_up_places(walker)
    _enter_opening_balances(walker)


def _set_up_tracking(walker: Walker) -> None:
    walker.go("/set-up", "set-up")
    walker.go("/item-tracking-codes", "tracking-codes")
    walker.go("/item-tracking-codes/new", "tracking-code-new")
    walker.fill("Code", "LOTALL")
    walker.fill("Description", "Lot no. in every flow")
    walker.press("Create")
    walker.wait_for("#card")
    walker.look("tracking-code")
    walker.click("#title-lot")
    walker.click("#lot_specific_tracking")
    walker.wait_for("#lot_transfer_tracking[disabled]")
    walker.look("tracking-code-specific")
    walker.go("/item-tracking-codes/SNSALE")
    walker.click("#title-lot")
    walker.click("#lot_specific_tracking")
    walker.wait_for("#lot_specific_tracking-error")
    walker.look("tracking-code-refused")
    walker.go("/item-tracking-codes/LOTEXP")
    walker.show("#tab-misc")
    walker.look("tracking-code-expiration")
    walker.go("/item-tracking-codes/SN")
    walker.show("#tab-misc")
    walker.look("tracking-code-warranty")


def _set_up_items(walker: Walker) -> None:
    walker.go("/items", "items")
    walker.go("/items/new", "item-new")
    walker.go("/items/3030", "item")
    walker.click("#expiration_calculation")
    walker.fill("Expiration Calculation", "CM+1M-10D")
    walker.wait_for("#expiration_calculation-preview p:has-text('2026')")
    walker.look("item-formula")
    walker.go("/items/2010")
    walker.choose("Item Tracking Code", "LOT")
    walker.press("Save")
    walker.wait_for("#item_tracking_code-error")
    walker.look("item-refused")


def _set_up_item_parts(walker: Walker) -> None:
    walker.go("/items/3020/references", "item-references")
    walker.go("/items/3010/references/new", "item-reference-new")
    walker.fill("Reference No.", "VENDOR-77")
    walker.press("Add row")
    walker.wait_for("#references-others")
    walker.look("item-reference-other")
    walker.go("/items/3020/units")
    walker.click("#tab-units a:has-text('Edit')")
    walker.wait_for("#edit-units")
    walker.fill("Qty. per Unit of Measure", "6")
    walker.press("Save row")
    walker.wait_for("#units-qty_per_unit_of_measure-error")
    walker.look("item-unit-refused")
    walker.go("/units-of-measure", "units-of-measure")
    walker.go("/units-of-measure/new", "unit-of-measure-new")
    walker.go("/units-of-measure/BOX", "unit-of-measure")


def _describe_numbers(walker: Walker) -> None:
    walker.go("/look-up?code=P2399", "look-up-blocked")
    walker.go("/lot-no-information", "lot-cards")
    walker.go("/lot-no-information/new?item_no=3030&number=CB02", "lot-card-new")
    walker.go("/lot-no-information?q=P2399")
    walker.click("#cards .button")
    walker.wait_for("#card")
    walker.look("lot-card")
    walker.click("details:has(#removal) > summary")
    walker.press("Delete")
    walker.wait_for(".outcome[data-outcome=refused]")
    walker.look("lot-card-refused")
    walker.go("/package-no-information", "package-cards")
    walker.go("/package-no-information/new", "package-card-new")
    walker.go("/package-no-information/1", "package-card")
    walker.go("/serial-no-information", "serial-cards")
    walker.go("/serial-no-information/new?item_no=2010&number=1044")
    walker.click("#blocked")
    walker.fill("Description", "Returned, not checked yet")
    walker.look("serial-card-new")
    walker.press("Create")
    walker.wait_for(".outcome[data-outcome=accepted]")
    walker.look("serial-card")
    walker.go("/sync", "sync-waiting")


def _set_up_number_series(walker: Walker) -> None:
    walker.go("/number-series", "number-series")
    walker.go("/number-series/new", "number-series-new")
    walker.fill("Code", "GLOVE-SN")
    walker.fill("Description", "Serial nos. of gloves")
    walker.press("Create")
    walker.wait_for("#card")
    walker.look("number-series-card")
    walker.fill("Starting Date", "2026-01-01")
    walker.fill("Starting No.", "G-0001")
    walker.fill("Ending No.", "H-9999")
    walker.press("Save")
    walker.wait_for(".field-error")
    walker.click(".input[aria-invalid]")
    walker.look("number-series-refused")
    walker.go("/inventory-setup")
    walker.choose("Package Nos.", "PKG")
    walker.press("Save")
    walker.wait_for(DONE_ON_CARD)
    walker.look("inventory-setup")


def _assign_numbers(walker: Walker) -> None:
    walker.go("/items/1900-S/assign-numbers", "assign-numbers")
    walker.fill("Quantity to Create", "12")
    walker.click("#serial-create_new_lot")
    walker.press("Assign Serial No.")
    walker.wait_for(DONE_ON_CARD)
    walker.look("numbers-assigned")
    walker.click(".outcome .button")
    walker.wait_for(".label img")
    walker.look("labels-of-numbers")
    walker.go("/labels/items/1900-S", "label-of-item")
    walker.go("/labels/bins?location=WHITE&from=W-01&to=W-01", "labels-of-bins")


def _set_up_places(walker: Walker) -> None:
    walker.go("/bin-types", "bin-types")
    walker.go("/bin-types/new", "bin-type-new")
    walker.go("/bin-types/PUTPICK", "bin-type")
    walker.go("/put-away-templates", "put-away-templates")
    walker.go("/put-away-templates/new", "put-away-template-new")
    walker.go("/put-away-templates/STD", "put-away-template")
    walker.go("/put-away-templates/STD/lines/new", "put-away-template-line-new")
    walker.go("/put-away-templates/STD/lines/1", "put-away-template-line")
    walker.go("/locations", "locations")
    walker.go("/locations/new", "location-new")
    walker.go("/locations/WHITE", "location")
    walker.fill("Adjustment Bin Code", "W-10-0002")
    walker.press("Save")
    walker.wait_for("#adjustment_bin-error")
    walker.look("location-refused")
    walker.go("/locations/WHITE/zones", "zones")
    walker.go("/locations/WHITE/zones/new", "zone-new")
    walker.go("/locations/WHITE/zones/PICK", "zone")
    contents = "/locations/WHITE/bins/W-01-0602/contents"
    walker.go(f"{contents}/new", "bin-content-new")
    walker.fill("Item No.", "3030")
    walker.fill("Max. Qty.", "40")
    walker.press("Create")
    walker.wait_for(".notice, .outcome")
    walker.look("bin-contents")
    walker.click(".list a")
    walker.wait_for("#card")
    walker.look("bin-content")
    walker.go("/locations/WHITE/bins", "bins")
    walker.go("/locations/WHITE/bins/new", "bin-new")
    walker.go("/locations/WHITE/bins/W-01-0101", "bin")
    walker.go("/locations/WHITE/create-bins", "bins-create")
    walker.choose("Zone Code", "BULK")
    walker.fill("Rack from", "W-04")
    walker.fill("Rack to", "W-06")
    walker.fill("Section from", "0501")
    walker.fill("Section to", "0512")
    walker.press("Preview")
    walker.wait_for("#found")
    walker.look("bins-create-preview")
    walker.press("Create")
    walker.wait_for("#bins")
    walker.look("bins-created")


def _enter_opening_balances(walker: Walker) -> None:
    walker.go("/item-journals", "journal")
    walker.go("/item-journal-batches/new")
    walker.fill("Name", "BALANCES")
    walker.fill("Description", "Opening balances")
    walker.click("#item_tracking_on_lines")
    walker.look("journal-batch-new")
    walker.press("Create")
    walker.wait_for(DONE_ON_CARD)
    walker.look("journal-batches")
    walker.go("/item-journal-batches/BALANCES", "journal-batch")
    for lot_no, shown in (("PAINT-A", ""), ("PAINT-B", "journal-line-new"), ("", "")):
        walker.go("/item-journals/BALANCES/lines/new", shown)
        _enter_line(walker, lot_no)
    walker.go("/item-journals/BALANCES?check=1", "journal-checked")
    _name_the_numbers(walker)
    walker.go("/item-journals/BALANCES/preview", "journal-preview")
    walker.go("/item-journals/BALANCES/lines/10000")
    walker.choose("Location Code", "WHITE")
    walker.fill("Bin Code", "")
    walker.press("Save")
    walker.wait_for(".outcome[data-outcome=refused]")
    walker.look("journal-line-refused")
    _edit_in_excel(walker)
    _take_from_inventory(walker)
    _scan_a_shelf(walker)


def _name_the_numbers(walker: Walker) -> None:
    lines = "/item-journals/BALANCES/lines"
    walker.go(f"{lines}/30000/tracking")
    for lot_no, quantity in (("PAINT-E", "5"), ("PAINT-F", "7")):
        walker.fill("Lot No.", lot_no)
        walker.fill("Quantity (Base)", quantity)
        walker.fill("Expiration Date", "2030-12-31")
        walker.press("Add")
        walker.wait_for(DONE_ON_CARD)
    walker.look("tracking-lines")
    walker.click(".table a.button")
    walker.wait_for("#save")
    walker.look("tracking-line")


def _take_from_inventory(walker: Walker) -> None:
    lines = "/item-journals/BALANCES/lines"
    walker.go(f"{lines}/new")
    walker.fill("Item No.", "2010")
    walker.choose("Entry Type", "Negative Adjmt.")
    walker.fill("Quantity", "1")
    walker.press("Create")
    walker.wait_for(DONE_ON_CARD)
    walker.go(f"{lines}/40000/tracking/entries", "select-entries")


def _scan_a_shelf(walker: Walker) -> None:
    _work_at(walker, "SILVER")
    walker.go("/item-journals/BALANCES/scan")
    walker.scan("S-01-0004", "2010", "DR-3001", "DR-3002", name="journal-scan-serials")
    walker.scan("(01)09521234030508(10)CABLE-9", name="journal-scan-quantity")
    walker.answer("text", "80")
    walker.look("journal-scan")
    _work_at(walker, "WHITE")


def _work_at(walker: Walker, location: str) -> None:
    walker.go("/menu")
    walker.choose("Location", location)
    walker.press("Work here")
    walker.wait_for("main")


def _edit_in_excel(walker: Walker) -> None:
    head = "Item No.,Location Code,Bin Code,Quantity,Lot No.,Expiration Date,Document No."
    paint = "3020,SILVER,S-01-0001,{},{},2030-12-31,OPENING-1"
    walker.go("/item-journals/BALANCES/excel", "journal-excel")
    walker.send_file([head, paint.format(4, "PAINT-C"), paint.format(6, "PAINT-D")])
    walker.look("journal-upload")
    walker.go("/item-journals/BALANCES/excel")
    walker.send_file(
        [head, paint.format(4, "PAINT-C"), paint.format("some", "PAINT-D"), "1044,,,2"]
    )
    walker.look("journal-upload-refused")


def _enter_line(walker: Walker, lot_no: str) -> None:
    walker.fill("Document No.", "OPENING-1")
    walker.fill("Item No.", "3020")
    walker.choose("Location Code", "SILVER")
    walker.fill("Bin Code", "S-01-0001")
    walker.fill("Quantity", "12")
    walker.fill("Lot No.", lot_no)
    walker.fill("Expiration Date", "2030-12-31" if lot_no else "")
    walker.press("Create")
    walker.wait_for(DONE_ON_CARD)
