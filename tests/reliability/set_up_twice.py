"""The set-up of the app, each of its forms sent twice."""

import pytest
from PIL import Image
from sqlalchemy import func, select

from scanner_app.all_tables import metadata
from scanner_app.database import Database
from tests.barcodes.test_image_loading import saved
from tests.builders import Warehouse, another_location
from tests.reliability.sent_twice import Twice
from tests.warehouse.item_journals import parts_of


def set_everything_up(twice: Twice, hall: Warehouse) -> None:
    """Send every form of the pages on Set-up twice."""
    set_up_item_tracking_codes(twice)
    set_up_items(twice)
    set_up_information_cards(twice)
    set_up_item_parts(twice, hall.database)
    set_up_number_series(twice)
    assign_numbers(twice, hall)
    set_up_places(twice)
    enter_item_journal(twice, hall)
    enter_item_reclassification(twice, hall)
    for journal in ("physical-inventory", "item"):
        enter_warehouse_journal(twice, f"/warehouse-{journal}-journal", {"bin": "C"})
    moved = {"from_bin": "C", "to_bin": "B"}
    enter_warehouse_journal(twice, "/warehouse-reclassification-journal", moved)
    apply_packages(twice, hall.database)


def set_up_item_tracking_codes(twice: Twice) -> None:
    path = "/item-tracking-codes"
    assert f"{path}/EVERY" in twice(f"{path}/new", path, "new", code="every", description="All")
    twice(f"{path}/EVERY", f"{path}/EVERY", "card", description="Every flow")
    twice(f"{path}/EVERY", f"{path}/EVERY/removal", "removal")


def set_up_items(twice: Twice) -> None:
    unit = {"base_unit_of_measure": "PCS"}
    assert "/items/CUP" in twice("/items/new", "/items", "card", no="cup", **unit)
    twice("/items/CUP", "/items/CUP", "card", description="Cup")


def set_up_information_cards(twice: Twice) -> None:
    for kind in ("serial", "lot", "package"):
        path = f"/{kind}-no-information"
        fields = {"item_no": "SERIALS", "number": f"NEW-{kind}"}
        made = twice(f"{path}/new", path, "card", **fields).partition("?")[0]
        twice(made, made, "card", description="Expected")
        twice(made, f"{made}/removal", "removal")


def set_up_item_parts(twice: Twice, database: Database) -> None:
    units = "/units-of-measure"
    twice(f"{units}/new", units, "new", code="crate")
    twice(f"{units}/CRATE", f"{units}/CRATE", "card", description="Crate")
    new_rows = {
        "units": {"code": "CRATE", "qty_per_unit_of_measure": "12"},
        "variants": {"code": "RED"},
        "references": {"reference_no": "CUPS"},
    }
    tables = {"units": "item_unit", "variants": "item_variant", "references": "item_reference"}
    for part, fields in new_rows.items():
        path = f"/items/CUP/{part}"
        twice(f"{path}/new", path, f"edit-{part}", **fields)
        table = metadata.tables[tables[part]]
        with database.read() as session:
            row = f"{path}/{session.scalars(select(func.max(table.c.id))).one()}"
        field = "qty_per_unit_of_measure" if part == "units" else "description"
        twice(row, row, f"edit-{part}", **{field: "8"})
        twice(row, f"{row}/removal", f"remove-{part}")
    twice(f"{units}/CRATE", f"{units}/CRATE/removal", "removal")
    picture = saved(Image.new("RGB", (20, 20)), "PNG")
    twice.upload("/items/CUP", "/items/CUP/picture", "set-picture", picture=picture)
    twice("/items/CUP", "/items/CUP/picture/removal", "remove-picture")


def set_up_number_series(twice: Twice) -> None:
    path = "/number-series"
    for code in ("SN", "OLD"):
        assert f"{path}/{code}" in twice(f"{path}/new", path, "new", code=code)
    line = {"new.starting_date": "2026-01-01", "new.starting_no": "SN-001"}
    twice(f"{path}/SN", f"{path}/SN", "card", **line, manual_nos="on")
    twice(f"{path}/OLD", f"{path}/OLD/removal", "removal")
    twice("/inventory-setup", "/inventory-setup", "card", package_nos="SN")


def assign_numbers(twice: Twice, hall: Warehouse) -> None:
    hall.add_item("ALL", "serial", "lot", "package")
    twice("/items/ALL", "/items/ALL", "card", serial_nos="SN", lot_nos="SN")
    page = "/items/ALL/assign-numbers"
    twice(page, f"{page}/serial-nos", "serial", quantity="3", create_new_lot="on")
    twice(page, f"{page}/lot-nos", "lot", create_cards="on")
    twice(page, f"{page}/package-nos", "package")
    twice(page, f"{page}/customized-serial-nos", "customized", start="X1", quantity="2")


def set_up_places(twice: Twice) -> None:
    types, east = "/bin-types", "/locations/EAST"
    assert f"{types}/STAGE" in twice(f"{types}/new", types, "card", code="stage", ship="on")
    twice(f"{types}/STAGE", f"{types}/STAGE", "card", description="Staging")
    assert east in twice("/locations/new", "/locations", "card", code="east")
    twice(east, east, "card", name="East hall")
    zones, bins = f"{east}/zones", f"{east}/bins"
    twice(f"{zones}/new", zones, "card", code="hall", bin_type="STAGE")
    twice(f"{zones}/HALL", f"{zones}/HALL", "card", zone_ranking="7")
    twice(f"{bins}/new", bins, "card", code="e-1", zone="HALL")
    twice(f"{bins}/E-1", f"{bins}/E-1", "card", bin_ranking="9")
    racks = f"{east}/create-bins"
    preview = f"{racks}?preview=yes&rack_from=R1&rack_to=R3"
    assert "created=3" in twice(preview, racks, "creation")
    for code in ("E-1", "R1", "R2", "R3"):
        twice(f"{bins}/{code}", f"{bins}/{code}/removal", "removal")
    twice(f"{zones}/HALL", f"{zones}/HALL/removal", "removal")
    twice(east, f"{east}/removal", "removal")
    twice(f"{types}/STAGE", f"{types}/STAGE/removal", "removal")
    templates = "/put-away-templates"
    standard = twice(f"{templates}/new", templates, "card", code="std").partition("?")[0]
    twice(standard, standard, "card", description="Standard")
    lines = f"{standard}/lines"
    twice(f"{lines}/new", lines, "card", find_empty_bin="on")
    twice(f"{lines}/1", f"{lines}/1", "card", description="Empty ones")
    twice(f"{lines}/1", f"{lines}/1/removal", "removal")
    twice(standard, f"{standard}/removal", "removal")


def enter_item_tracking_lines(twice: Twice, journal: str, database: Database) -> None:
    """The lots of a line become others, and one that is on inventory leaves."""
    assert "transferred=2" in twice(journal, f"{journal}/tracking-update", "update-tracking")
    line, table = f"{journal}/lines/10000/tracking", metadata.tables["item_tracking_line"]
    with database.read() as session:
        part = f"{line}/{session.scalars(select(func.min(table.c.id))).one()}"
    twice(part, part, "card", quantity="1")
    twice(line, line, "card", lot_no="L5")
    twice(part, f"{part}/removal", "removal")
    twice(line, f"{line}/scans", "scan-number", code="L6")
    fields = {"item_no": "CRATES", "location": "SHED", "document_no": "D1"}
    out = fields | {"quantity": "1", "entry_type": "Negative Adjmt."}
    twice(f"{journal}/lines/new", f"{journal}/lines", "card", **out)
    entries = f"{journal}/lines/30000/tracking/entries"
    twice(entries, entries, "select", numbers='["", "L0", ""]')


def enter_item_journal(twice: Twice, hall: Warehouse) -> None:
    another_location(hall, "SHED")
    hall.add_item("CRATES", "lot")
    contents = "/locations/WHITE/bins/C/contents"
    twice(f"{contents}/new", contents, "card", item_no="CRATES")
    twice(f"{contents}/1", f"{contents}/1", "card", max_qty="7")
    twice(f"{contents}/1", f"{contents}/1/removal", "removal")
    batches, journal = "/item-journal-batches", "/item-journals/BALANCES"
    twice(f"{batches}/new", batches, "card", name="balances", item_tracking_on_lines="on")
    twice(f"{batches}/BALANCES", f"{batches}/BALANCES", "card", description="Opening")
    line = {"item_no": "CRATES", "location": "SHED", "quantity": "2", "document_no": "D1"}
    twice(f"{journal}/lines/new", f"{journal}/lines", "card", lot_no="L0", **line)
    assert "posted=1" in twice(journal, f"{journal}/posting", "post")
    for lot_no in ("L1", "L2"):
        twice(f"{journal}/lines/new", f"{journal}/lines", "card", lot_no=lot_no, **line)
    twice(f"{journal}/lines/20000", f"{journal}/lines/20000", "card", quantity="3")
    twice(f"{journal}/lines/20000", f"{journal}/lines/20000/removal", "removal")
    excel = f"{journal}/excel"
    row = b"Item No.,Location Code,Quantity,Lot No.\nCRATES,SHED,4,L3\n"
    upload = twice.upload(excel, f"{excel}/uploads", "upload", file=row)
    assert "published=1" in twice(upload, f"{upload}/publication", "publish")
    enter_item_tracking_lines(twice, journal, hall.database)
    check_in_parts(twice, hall.database, journal)
    assert "posted=4" in twice(journal, f"{journal}/posting", "post")
    twice(f"{batches}/BALANCES", f"{batches}/BALANCES/removal", "removal")


def enter_item_reclassification(twice: Twice, hall: Warehouse) -> None:
    """Two pieces of L0 are there, of which lines and item tracking lines make L8 and L9."""
    batches = "/item-reclassification-journal-batches"
    journal = "/item-reclassification-journals/RECLASS"
    twice(f"{batches}/new", batches, "card", name="reclass")
    twice(f"{batches}/RECLASS", f"{batches}/RECLASS", "card", description="Wrong labels")
    line = {"item_no": "CRATES", "location": "SHED", "document_no": "R1", "quantity": "1"}
    for lot_no in ("L8", "L9"):
        old = {"lot_no": "L3", "new_lot_no": lot_no}
        twice(f"{journal}/lines/new", f"{journal}/lines", "card", **line, **old)
    twice(f"{journal}/lines/20000", f"{journal}/lines/20000", "card", quantity="2")
    twice(journal, f"{journal}/tracking-update", "update-tracking")
    tracking = f"{journal}/lines/20000/tracking"
    with hall.database.read() as session:
        table = metadata.tables["item_tracking_line"]
        part = f"{tracking}/{session.scalars(select(func.max(table.c.id))).one()}"
    twice(part, part, "card", quantity="1")
    twice(tracking, tracking, "card", lot_no="L3", new_lot_no="L7")
    twice(part, f"{part}/removal", "removal")
    twice(tracking, f"{tracking}/scans", "scan-number", code="L6")
    twice(f"{journal}/lines/20000", f"{journal}/lines/20000/removal", "removal")
    twice(f"{journal}/lines/new", f"{journal}/lines", "card", **line)
    entries = f"{journal}/lines/20000/tracking/entries"
    twice(entries, entries, "select", numbers='["", "L3", ""]')
    twice(f"{journal}/lines/20000", f"{journal}/lines/20000/removal", "removal")
    excel = f"{journal}/excel"
    row = b"Item No.,Location Code,Quantity,Lot No.,New Lot No.\nCRATES,SHED,1,L3,L5\n"
    upload = twice.upload(excel, f"{excel}/uploads", "upload", file=row)
    twice(upload, f"{upload}/publication", "publish")
    check_in_parts(twice, hall.database, journal)
    assert "posted=4" in twice(journal, f"{journal}/posting", "post")
    twice(f"{batches}/RECLASS", f"{batches}/RECLASS/removal", "removal")


def check_in_parts(twice: Twice, database: Database, journal: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        parts_of(monkeypatch, 1)
        twice(journal, f"{journal}/check", "check")
    with database.read() as session:
        job_id = session.scalars(select(func.max(metadata.tables["job"].c.id))).one()
    twice(journal, f"{journal}/postings/{job_id}/cancellation", "cancel")
    twice(journal, f"{journal}/postings/{job_id}/reading", "report")


def enter_warehouse_journal(twice: Twice, path: str, bins: dict[str, str]) -> None:
    batches, journal = f"{path}-batches", f"{path}s/FOUND"
    twice(f"{batches}/new", batches, "card", name="found")
    twice(f"{batches}/FOUND", f"{batches}/FOUND", "card", description="Opening")
    line = {"item_no": "CRATES", "quantity": "2"} | bins
    for lot_no in ("L1", "L2"):
        twice(f"{journal}/lines/new", f"{journal}/lines", "card", lot_no=lot_no, **line)
    twice(f"{journal}/lines/20000", f"{journal}/lines/20000", "card", quantity="3")
    twice(f"{journal}/lines/20000", f"{journal}/lines/20000/removal", "removal")
    excel = f"{journal}/excel"
    captions = ("Bin Code",) if "bin" in bins else ("From Bin Code", "To Bin Code")
    row = ",".join(["Item No.", *captions, "Quantity", "Lot No."])
    row += ",".join(["\nCRATES", *bins.values(), "1", "L3\n"])
    upload = twice.upload(excel, f"{excel}/uploads", "upload", file=row.encode())
    assert "published=1" in twice(upload, f"{upload}/publication", "publish")
    assert "registered=2" in twice(journal, f"{journal}/registration", "register")
    twice(f"{batches}/FOUND", f"{batches}/FOUND/removal", "removal")


def apply_packages(twice: Twice, database: Database) -> None:
    packages, package = "/configuration-packages", "/configuration-packages/GO-LIVE"
    assert package in twice(f"{packages}/new", packages, "card", code="go-live")
    twice(f"{package}/card", f"{package}/card", "card", package_name="Opening")
    sheet = b"GO-LIVE,Unit of Measure,204\n\nCode,Description\nPALLET,Pallet\n"
    assert "imported=1" in twice.upload(package, f"{package}/import", "import", file=sheet)
    for way in ("validation", "application"):
        form = {"validation": "validate", "application": "apply"}[way]
        twice(package, f"{package}/{way}", form)
        with database.read() as session:
            job_id = session.scalars(select(func.max(metadata.tables["job"].c.id))).one()
        twice(package, f"{package}/jobs/{job_id}/cancellation", "cancel")
        twice(package, f"{package}/jobs/{job_id}/reading", "report")
    twice(f"{package}/card", f"{package}/removal", "removal")
