"""Labels of records: printed, read by the engines, and found again as what they are of."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.barcodes.engines import read_with_zxing
from scanner_app.barcodes.label_contents import Label
from scanner_app.barcodes.labels import label_png
from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.code_index import CodeKind
from scanner_app.inventory.assign_numbers import (
    Asked,
    assign_lot_no,
    assign_package_no,
    assign_serial_nos,
)
from scanner_app.inventory.assigned_number import AssignedNumberBatch
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.scanning.resolve import Candidate, candidates_of
from scanner_app.warehouse.labels import label_of_item, labels_of_batch, labels_of_bins
from scanner_app.warehouse.master_codes import index_bins, index_item
from tests.builders import Warehouse, another_location, lot, serial
from tests.inventory.assigning import add_series_of, by, choose_package_nos, tracked
from tests.warehouse.masters import DAY, Goods

GTIN = "4006381333931"


def resolved(white: Warehouse, label: Label) -> Candidate:
    """The one thing that a scan of the printed label means."""
    picture = Image.open(BytesIO(label_png(label.symbology, label.content, DAY))).convert("L")
    [reading] = read_with_zxing(picture)
    code = ScannedCode(reading.text, reading.symbology)
    parsed = parse_barcode(code, DAY, BarcodeSettings())
    with white.database.read() as session:
        [candidate] = candidates_of(session, parsed, white.location.id, DAY)
    return candidate


def labels_of(white: Warehouse, batch_of: object) -> list[Label]:
    def work(session: Session) -> list[Label]:
        batch = batch_of(session)  # type: ignore[operator] # one of the verbs
        assert isinstance(batch, AssignedNumberBatch)
        return labels_of_batch(session, batch)

    return white.write(work)


def scannable(white: Warehouse, no: str, *kinds: str, **fields: object) -> Goods:
    goods = tracked(white, no, *kinds, **fields)
    white.write(lambda session: index_item(session, session.merge(goods.item)))
    return goods


@pytest.mark.parametrize(("gtin", "kind"), [(GTIN, CodeKind.GTIN), ("", CodeKind.SERIAL)])
def test_a_label_of_an_assigned_serial_number_means_item_and_number(
    white: Warehouse, gtin: str, kind: CodeKind
) -> None:
    goods = scannable(white, "CUP", "serial", gtin=gtin)
    labels = labels_of(white, lambda s: assign_serial_nos(s, Asked("CUP"), "3", DAY, by(white)))
    for number, label in zip(("S-001", "S-002", "S-003"), labels, strict=True):
        found = resolved(white, label)
        assert (found.kind, found.item_id, found.numbers) == (kind, goods.id, serial(number))


def test_a_label_of_a_serial_number_with_its_lot_means_both(white: Warehouse) -> None:
    scannable(white, "CUP", "serial", "lot", gtin=GTIN)
    asked = Asked("CUP", create_new_lot=True)
    [label] = labels_of(white, lambda s: assign_serial_nos(s, asked, "1", DAY, by(white)))
    assert resolved(white, label).numbers == serial("S-001", "L-001")


@pytest.mark.parametrize("gtin", [GTIN, ""])
def test_a_label_of_an_assigned_lot_number_means_item_and_number(
    white: Warehouse, gtin: str
) -> None:
    goods = scannable(white, "CUP", "lot", gtin=gtin)
    [label] = labels_of(white, lambda s: assign_lot_no(s, Asked("CUP"), DAY, by(white)))
    found = resolved(white, label)
    assert (found.item_id, found.numbers) == (goods.id, lot("L-001"))


def test_a_label_of_an_assigned_package_number_means_the_package(white: Warehouse) -> None:
    scannable(white, "CUP", "package", gtin=GTIN)
    add_series_of(white, "PKG", "P-001")
    choose_package_nos(white, "PKG")
    [label] = labels_of(white, lambda s: assign_package_no(s, Asked("CUP"), DAY, by(white)))
    found = resolved(white, label)
    assert (found.kind, found.numbers) == (CodeKind.PACKAGE, TrackingNumbers("", "", "P-001"))


@pytest.mark.parametrize("gtin", [GTIN, ""])
def test_a_label_of_an_item_means_the_item(white: Warehouse, gtin: str) -> None:
    goods = scannable(white, "CUP", gtin=gtin)
    found = resolved(white, label_of_item(goods.item))
    assert (found.item_id, found.numbers) == (goods.id, TrackingNumbers("", "", ""))


def test_a_label_of_a_bin_means_the_bin_of_its_location(white: Warehouse) -> None:
    silver = another_location(white, "SILVER", "A")
    for bin_ in (*white.bins.values(), *silver.bins.values()):
        white.write(lambda s, row=bin_: index_bins(s, row.location_id, {row.code: row.id}))  # type: ignore[misc] # a default of a lambda
    with white.database.read() as session:
        labels = labels_of_bins(session, white.location.id, "", "RECV")
    assert [label.number for label in labels] == ["A", "B", "C", "RECV"]
    for label in labels:
        found = resolved(white, label)
        assert (found.kind, found.target_id) == (CodeKind.BIN, white.bins[label.number].id)
