"""What a label proves narrows what its codes can mean (docs/domain.md 10.3)."""

import pytest

from scanner_app.code_index import CodeKind, Meaning, index_codes
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.scanning.resolve import (
    CheckDigitDoesNotFit,
    UnknownCode,
)
from tests.scanning.floor import Floor, Resolve


@pytest.mark.parametrize("text", ["20003012", "000020003012", "0000020003012", "00000020003012"])
def test_a_gtin_of_8_digits_is_the_same_in_8_12_13_and_14_digits(
    floor: Floor, resolve: Resolve, text: str
) -> None:
    [candidate] = resolve(text)
    assert candidate.item_id == floor.item_id("3030")
    assert candidate.unit_of_measure_id == floor.catalogue.units["BAG"]


@pytest.mark.parametrize("text", ["9521234020103", "09521234020103", "(01)09521234020103"])
def test_the_gtin_of_an_item_is_found_in_13_and_14_digits(
    floor: Floor, resolve: Resolve, text: str
) -> None:
    [candidate] = resolve(text)
    assert (candidate.kind, candidate.item_id) == (CodeKind.GTIN, floor.item_id("2010"))
    assert candidate.unit_of_measure_id == floor.catalogue.units["PCS"]


def test_a_gtin_of_14_digits_names_the_unit_of_measure(floor: Floor, resolve: Resolve) -> None:
    [candidate] = resolve("19521234030208")
    assert candidate.item_id == floor.item_id("3020")
    assert candidate.unit_of_measure_id == floor.catalogue.units["BOX"]


def test_digits_that_are_a_gtin_may_be_a_number_of_the_house_too(
    floor: Floor, resolve: Resolve
) -> None:
    meaning = Meaning("20003012", CodeKind.SERIAL, floor.item_id("2010"), floor.item_id("2010"))
    floor.write(lambda s: index_codes(s, [meaning]))
    kinds = [candidate.kind for candidate in resolve("20003012")]
    assert kinds == [CodeKind.REFERENCE, CodeKind.SERIAL]


def test_a_prefix_of_the_house_says_which_kind_is_meant(floor: Floor, resolve: Resolve) -> None:
    meaning = Meaning("W-01-0101", CodeKind.SERIAL, floor.item_id("2010"), floor.item_id("2010"))
    floor.write(lambda s: index_codes(s, [meaning]))
    assert len(resolve("W-01-0101")) == 2
    [bin_] = resolve("LOC:W-01-0101")
    assert bin_.kind is CodeKind.BIN
    [serial] = resolve("ser:w-01-0101")
    assert serial.kind is CodeKind.SERIAL
    [item] = resolve("ITM:2010")
    assert item.kind is CodeKind.ITEM
    with pytest.raises(UnknownCode):
        resolve("LOC:DR-1003")


def test_a_web_address_says_the_same_as_its_element_string(resolve: Resolve) -> None:
    [address] = resolve("https://id.gs1.org/01/09521234020202/10/FX26A/21/FX-5102")
    [elements] = resolve("(01)09521234020202(10)FX26A(21)FX-5102")
    assert address.numbers == elements.numbers == TrackingNumbers("FX-5102", "FX26A")
    assert address.key == elements.key


def test_a_gs1_label_gives_item_lot_serial_and_date_in_one(floor: Floor, resolve: Resolve) -> None:
    [candidate] = resolve("(01)09521234020202(17)291122(10)FX26A(21)FX-5101")
    assert candidate.item_id == floor.item_id("2020")
    assert candidate.numbers == TrackingNumbers("FX-5101", "FX26A")
    assert candidate.expiration_date == floor.catalogue.day("3Y")


def test_a_gs1_label_keeps_the_quantity_of_identifier_30(resolve: Resolve) -> None:
    [candidate] = resolve("(01)19521234030208(10)P2403(30)2")
    assert candidate.quantity == 2


def test_a_label_with_serial_and_lot_means_the_serial_no_of_that_lot(
    floor: Floor, resolve: Resolve
) -> None:
    found = {candidate.item_id: candidate.numbers for candidate in resolve("(10)LOT0001(21)1001")}
    assert found == {
        floor.item_id("1900-S"): TrackingNumbers("1001", "LOT0001"),
        floor.item_id("2010"): TrackingNumbers("1001"),
    }


def test_a_label_whose_serial_no_is_not_known_means_its_lot(resolve: Resolve) -> None:
    [candidate] = resolve("(10)P2403(21)MAKER-1")
    assert (candidate.kind, candidate.numbers) == (CodeKind.LOT, TrackingNumbers("", "P2403"))


def test_a_number_counts_only_as_what_its_identifier_says(floor: Floor, resolve: Resolve) -> None:
    meaning = Meaning("LOT0001", CodeKind.SERIAL, floor.item_id("2010"), floor.item_id("2010"))
    floor.write(lambda s: index_codes(s, [meaning]))
    serials = [c.code for c in resolve("(10)LOT0001(21)1001") if c.kind is CodeKind.SERIAL]
    assert set(serials) == {"1001"}


def test_a_pallet_label_means_the_pallet_and_never_its_lot(resolve: Resolve) -> None:
    with pytest.raises(UnknownCode):
        resolve("(00)395212340000000038(02)09521234019206(37)12(10)LOT201")
    [pallet] = resolve("(00)395212340000000014(02)09521234019206(37)5(10)LOT201")
    assert pallet.kind is CodeKind.PACKAGE
    assert pallet.numbers == TrackingNumbers("", "", "395212340000000014")


def test_a_number_that_the_warehouse_does_not_keep_of_the_item_is_left_out(
    resolve: Resolve,
) -> None:
    [drill] = resolve("(01)09521234020103(10)MAKER-LOT(21)DR-1003")
    assert drill.numbers == TrackingNumbers("DR-1003")
    [vest] = resolve("(01)09521234030119(10)MAKER-LOT")
    assert vest.numbers == TrackingNumbers()


def test_digits_with_a_wrong_check_digit_are_refused_as_such(resolve: Resolve) -> None:
    with pytest.raises(CheckDigitDoesNotFit):
        resolve("9521234020104")


@pytest.mark.parametrize("text", ["HELLO-42", "=1+1", "<b>1</b>", "10LOT0001", "X" * 60])
def test_what_nothing_is_called_is_unknown(resolve: Resolve, text: str) -> None:
    with pytest.raises(UnknownCode) as refusal:
        resolve(text)
    assert refusal.value.parameters == {"code": text}


def test_a_gtin_that_no_item_has_is_unknown(resolve: Resolve) -> None:
    with pytest.raises(UnknownCode):
        resolve("(01)09521234999997(10)P2403")
