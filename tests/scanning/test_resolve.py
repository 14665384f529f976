"""Every record that a code can stand for is found, and nothing is ever guessed (10.3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.code_index import CodeKind, Meaning, index_codes
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.scanning.resolve import (
    Candidate,
    CheckDigitDoesNotFit,
    NeedsChoice,
    OtherLocation,
    ReferenceEnded,
    UnknownCode,
    candidates_of,
    choose,
)
from scanner_app.scanning.words_of_candidates import WORD_OF_KIND, choices_of
from tests.scanning.floor import SETTINGS, Floor

Resolve = Callable[..., list[Candidate]]


@pytest.fixture
def resolve(floor: Floor) -> Resolve:
    """Resolve a text as somebody does who stands at a location."""

    def candidates(text: str, location: str = "WHITE", later: int = 0) -> list[Candidate]:
        day = floor.catalogue.work_date + timedelta(days=later)
        parsed = parse_barcode(ScannedCode(text, "", "wedge"), day, SETTINGS)
        location_id = floor.catalogue.locations[location].id
        return floor.read(lambda s: candidates_of(s, parsed, location_id, day))

    return candidates


def item_id(floor: Floor, no: str) -> int:
    return floor.catalogue.items[no].id


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("W-01-0101", CodeKind.BIN),
        ("2010", CodeKind.ITEM),
        ("9521234020103", CodeKind.GTIN),
        ("9521234030119", CodeKind.REFERENCE),
        ("DR-1003", CodeKind.SERIAL),
        ("P2403", CodeKind.LOT),
        ("PKG-000101", CodeKind.PACKAGE),
        ("PA-00001", CodeKind.PUT_AWAY),
        ("PI-00001", CodeKind.PICK),
        ("COUNT-01", CodeKind.COUNT),
        ("SH-00003", CodeKind.SHIPMENT),
    ],
)
def test_each_kind_of_record_is_found_by_its_code(
    resolve: Resolve, text: str, kind: CodeKind
) -> None:
    [candidate] = resolve(text)
    assert candidate.kind is kind
    assert candidate.is_unit is (kind in list(CodeKind)[1:7])


def test_letter_case_and_blanks_around_a_code_do_not_count(resolve: Resolve) -> None:
    assert resolve(" dr-1003 ") == resolve("DR-1003")


@pytest.mark.parametrize("text", ["20003012", "000020003012", "0000020003012", "00000020003012"])
def test_a_gtin_of_8_digits_is_the_same_in_8_12_13_and_14_digits(
    floor: Floor, resolve: Resolve, text: str
) -> None:
    [candidate] = resolve(text)
    assert candidate.item_id == item_id(floor, "3030")
    assert candidate.unit_of_measure_id == floor.catalogue.units["BAG"]


@pytest.mark.parametrize("text", ["412345003019", "0412345003019", "00412345003019"])
def test_a_upc_of_12_digits_is_the_same_in_13_and_14_digits(
    floor: Floor, resolve: Resolve, text: str
) -> None:
    [candidate] = resolve(text)
    assert candidate.item_id == item_id(floor, "3050")


@pytest.mark.parametrize("text", ["9521234020103", "09521234020103", "(01)09521234020103"])
def test_the_gtin_of_an_item_is_found_in_13_and_14_digits(
    floor: Floor, resolve: Resolve, text: str
) -> None:
    [candidate] = resolve(text)
    assert (candidate.kind, candidate.item_id) == (CodeKind.GTIN, item_id(floor, "2010"))
    assert candidate.unit_of_measure_id == floor.catalogue.units["PCS"]


def test_a_gtin_of_14_digits_names_the_unit_of_measure(floor: Floor, resolve: Resolve) -> None:
    [candidate] = resolve("19521234030208")
    assert candidate.item_id == item_id(floor, "3020")
    assert candidate.unit_of_measure_id == floor.catalogue.units["BOX"]


def test_a_reference_decides_the_variant(floor: Floor, resolve: Resolve) -> None:
    [medium] = resolve("9521234030119")
    [large] = resolve("9521234030126")
    assert medium.item_id == large.item_id == item_id(floor, "3010")
    assert medium.variant_id == floor.catalogue.variants["3010", "M"]
    assert large.variant_id == floor.catalogue.variants["3010", "L"]


def test_digits_that_are_a_gtin_may_be_a_number_of_the_house_too(
    floor: Floor, resolve: Resolve
) -> None:
    meaning = Meaning("20003012", CodeKind.SERIAL, item_id(floor, "2010"), item_id(floor, "2010"))
    floor.write(lambda s: index_codes(s, [meaning]))
    kinds = [candidate.kind for candidate in resolve("20003012")]
    assert kinds == [CodeKind.REFERENCE, CodeKind.SERIAL]


def test_a_reference_that_ended_is_refused_with_its_last_day(
    floor: Floor, resolve: Resolve
) -> None:
    with pytest.raises(ReferenceEnded) as refusal:
        resolve("OLD-3010")
    last = floor.catalogue.day("-30D")
    assert refusal.value.parameters == {"code": "OLD-3010", "ended": last}
    [candidate] = resolve("OLD-3010", later=-30)
    assert candidate.kind is CodeKind.REFERENCE


def test_a_reference_that_has_not_begun_is_unknown(floor: Floor, resolve: Resolve) -> None:
    begins = floor.catalogue.work_date + timedelta(days=1)
    meaning = Meaning("NEW-1", CodeKind.REFERENCE, 99, item_id(floor, "2010"), valid_from=begins)
    floor.write(lambda s: index_codes(s, [meaning]))
    with pytest.raises(UnknownCode):
        resolve("NEW-1")
    assert len(resolve("NEW-1", later=1)) == 1


def test_the_bin_of_another_location_is_refused_as_such(resolve: Resolve) -> None:
    with pytest.raises(OtherLocation):
        resolve("S-01-0001")
    with pytest.raises(OtherLocation):
        resolve("W-01-0101", "SILVER")
    assert resolve("S-01-0001", "SILVER")[0].kind is CodeKind.BIN


def test_a_reference_of_two_items_gives_both(floor: Floor, resolve: Resolve) -> None:
    found = resolve("VENDOR-77")
    assert {candidate.item_id for candidate in found} == {
        item_id(floor, "3020"),
        item_id(floor, "3060"),
    }


def test_a_bare_serial_no_of_two_items_gives_both(floor: Floor, resolve: Resolve) -> None:
    found = resolve("1001")
    assert [candidate.numbers for candidate in found] == [TrackingNumbers("1001")] * 2
    assert {candidate.item_id for candidate in found} == {
        item_id(floor, "1900-S"),
        item_id(floor, "2010"),
    }


def test_a_lot_no_of_two_items_gives_two_lots(floor: Floor, resolve: Resolve) -> None:
    found = resolve("LOT0100")
    assert {candidate.item_id for candidate in found} == {
        item_id(floor, "1910-S"),
        item_id(floor, "3050"),
    }


@pytest.mark.parametrize("text", ["CONTAINER010", "395212340000000014", "(00)395212340000000014"])
def test_a_package_of_several_items_is_one_candidate_without_an_item(
    resolve: Resolve, text: str
) -> None:
    [candidate] = resolve(text)
    assert candidate.kind is CodeKind.PACKAGE
    assert (candidate.item_id, candidate.variant_id, candidate.target_id) == (0, 0, 0)
    assert candidate.numbers == TrackingNumbers("", "", text.removeprefix("(00)"))


def test_a_prefix_of_the_house_says_which_kind_is_meant(floor: Floor, resolve: Resolve) -> None:
    meaning = Meaning("W-01-0101", CodeKind.SERIAL, item_id(floor, "2010"), item_id(floor, "2010"))
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
    assert candidate.item_id == item_id(floor, "2020")
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
        item_id(floor, "1900-S"): TrackingNumbers("1001", "LOT0001"),
        item_id(floor, "2010"): TrackingNumbers("1001"),
    }


def test_a_label_whose_serial_no_is_not_known_means_its_lot(resolve: Resolve) -> None:
    [candidate] = resolve("(10)P2403(21)MAKER-1")
    assert (candidate.kind, candidate.numbers) == (CodeKind.LOT, TrackingNumbers("", "P2403"))


def test_a_number_counts_only_as_what_its_identifier_says(floor: Floor, resolve: Resolve) -> None:
    meaning = Meaning("LOT0001", CodeKind.SERIAL, item_id(floor, "2010"), item_id(floor, "2010"))
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


def test_where_the_document_expects_exactly_one_that_one_is_meant(
    floor: Floor, resolve: Resolve
) -> None:
    found = resolve("1001")
    drill = item_id(floor, "2010")
    assert choose(found, lambda c: c.item_id == drill).item_id == drill


def test_where_there_is_one_in_all_it_is_meant_also_when_it_does_not_fit(
    resolve: Resolve,
) -> None:
    found = resolve("DR-1003")
    assert choose(found, lambda _: False) is found[0]


def test_else_the_worker_chooses_among_those_that_fit(floor: Floor, resolve: Resolve) -> None:
    found = [*resolve("1001"), *resolve("DR-1003")]
    chair = item_id(floor, "1900-S")
    with pytest.raises(NeedsChoice) as every:
        choose(found, lambda _: False)
    assert every.value.candidates == tuple(found)
    with pytest.raises(NeedsChoice) as some:
        choose(found, lambda c: c.item_id != chair)
    assert [c.item_id for c in some.value.candidates] == [item_id(floor, "2010")] * 2


def test_a_tap_decides_and_a_tap_on_nothing_of_this_does_not(
    floor: Floor, resolve: Resolve
) -> None:
    found = resolve("1001")
    for candidate in found:
        assert choose(found, lambda _: False, candidate.key) is candidate
    with pytest.raises(NeedsChoice):
        choose(found, lambda _: False, "serial:0:0:0")
    twice = [found[0], replace(found[0], code="OTHER")]
    with pytest.raises(NeedsChoice):
        choose(twice, lambda _: False, found[0].key)


def test_a_choice_says_what_it_is_and_of_which_item(floor: Floor, resolve: Resolve) -> None:
    words = floor.read(lambda s: [c.words for c in choices_of(s, resolve("1001"))])
    assert sorted(words) == ["Serial No. 1001 1900-S Chair", "Serial No. 1001 2010 Cordless drill"]
    [package] = floor.read(lambda s: choices_of(s, resolve("CONTAINER010")))
    assert (package.key, package.words) == ("package:0:0:0", "Package No. CONTAINER010")


def test_every_kind_of_record_has_a_word() -> None:
    assert set(WORD_OF_KIND) == set(CodeKind)
