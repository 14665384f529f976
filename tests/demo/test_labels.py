"""Every label of the demo gives what its card says, as far as the records decide it."""

from datetime import date

import pytest

from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.barcodes.labels import LabelSymbology
from scanner_app.barcodes.parsed_barcode import ParsedBarcode
from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.code_index import meanings_of
from scanner_app.demo.labels import day_of_loading, labels_to_scan
from scanner_app.errors import RuleRefused
from scanner_app.scanning.resolve import Candidate, UnknownCode, candidates_of
from tests.demo.conftest import DAY, Demo, day
from tests.demo.every_label import every_label

IDENTIFIERS = {
    LabelSymbology.CODE_128: "]C0",
    LabelSymbology.GS1_128: "]C1",
    LabelSymbology.GS1_DATA_MATRIX: "]d2",
    LabelSymbology.QR_CODE: "]Q1",
    LabelSymbology.EAN_13: "]E0",
    LabelSymbology.EAN_8: "]E4",
    LabelSymbology.UPC_A: "]E0",
}
# Kind, item, variant, unit and numbers of every candidate, or the refusal.
GIVES = {
    "bin": {"bin"},
    "chair": {"gtin 1900-S PCS 1001 LOT0001"},
    "bare-serial": {"serial 1900-S 1001", "serial 2010 1001"},
    "container": {"package CONTAINER010"},
    "package-of-chairs": {"package 395212340000000014"},
    "package-of-monitors": {"package 395212340000000021"},
    "drill": {"gtin 2010 PCS DR-1003"},
    "drill-lower-case": {"serial 2010 DR-1003"},
    "extinguisher": {"gtin 2020 PCS FX-5101 FX26A"},
    "paint-can": {"gtin 3020 CAN P2404"},
    "paint-box": {"reference 3020 BOX P2403"},
    "receipt": {"receipt"},
    "paint-that-comes": {"gtin 3020 CAN P2501"},
    "drill-that-comes": {"gtin 2010 PCS DR-3001"},
    "best-before": {"gtin 3060 TUBE AD-3"},
    "coffee": {"reference 3030 BAG"},
    "cable": {"reference 3050 M"},
    "vest": {"reference 3010 M PCS"},
    "web-address": {"gtin 2020 PCS FX-5102 FX26A"},
    "not-gs1": {"UnknownCode"},
    "wrong-check-digit": {"CheckDigitDoesNotFit"},
    "ended-reference": {"ReferenceEnded"},
    "two-items": {"reference 3020 CAN", "reference 3060 TUBE"},
    "formula": {"UnknownCode"},
    "markup": {"UnknownCode"},
    "unknown": {"UnknownCode"},
}


def parsed_label(name: str) -> ParsedBarcode:
    label = every_label(DAY)[name]
    code = ScannedCode(label.content, IDENTIFIERS[label.symbology])
    return parse_barcode(code, DAY, BarcodeSettings())


def words_of(demo: Demo, candidate: Candidate) -> str:
    catalogue = demo.catalogue
    no_of = {item.id: no for no, item in catalogue.items.items()}
    variant_of = {row_id: code for (_, code), row_id in catalogue.variants.items()}
    unit_of = {unit_id: code for code, unit_id in catalogue.units.items()}
    words = [
        candidate.kind.value,
        no_of.get(candidate.item_id, ""),
        variant_of.get(candidate.variant_id, ""),
        unit_of.get(candidate.unit_of_measure_id, ""),
        *candidate.numbers.as_tuple(),
    ]
    return " ".join(filter(None, words))


def test_every_label_resolves_to_what_its_card_says(demo: Demo) -> None:
    assert {*GIVES, "pallet"} == {label.name for label in labels_to_scan(DAY)}
    white = demo.catalogue.locations["WHITE"].id
    for name, expected in GIVES.items():
        with demo.database.read() as session:
            try:
                found = candidates_of(session, parsed_label(name), white, DAY)
                given = {words_of(demo, candidate) for candidate in found}
            except RuleRefused as refusal:
                given = {refusal.code}
        assert given == expected, name


def test_a_pallet_that_is_not_booked_is_an_unknown_package_and_no_lot(demo: Demo) -> None:
    white = demo.catalogue.locations["WHITE"].id
    with demo.database.read() as session, pytest.raises(UnknownCode):
        candidates_of(session, parsed_label("pallet"), white, DAY)


@pytest.mark.parametrize(
    ("name", "expires"),
    [
        ("extinguisher", day("W+3Y")),
        ("paint-can", day("W+14M+CM")),
        ("best-before", None),
        ("coffee-cb03", day("W+5M")),
    ],
)
def test_dates_on_labels_are_those_of_the_stock(name: str, expires: date | None) -> None:
    assert parsed_label(name).expiration_date == expires


def test_the_day_of_loading_is_known_once_the_demo_is_loaded(demo: Demo) -> None:
    with demo.database.read() as session:
        assert day_of_loading(session) == DAY


def test_every_bin_item_and_document_of_the_demo_can_be_scanned(demo: Demo) -> None:
    documents = {"PA-00001", "PA-00002", "PI-00001", "PI-00002", "COUNT-01"}
    documents |= {"SH-00001", "SH-00002", "SH-00003", "RC-00003"}
    codes = documents | demo.catalogue.bins.keys() | demo.catalogue.items.keys()
    with demo.database.read() as session:
        assert {meaning.code for meaning in meanings_of(session, codes)} == codes
        assert meanings_of(session, ["RC-00001", "RC-00002"]) == []
