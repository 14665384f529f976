"""Every record that a code can stand for is found, and nothing is ever guessed (10.3)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scanner_app.code_index import CodeKind, Meaning, index_codes
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.scanning.resolve import (
    NeedsChoice,
    OtherLocation,
    ReferenceEnded,
    UnknownCode,
    choose,
)
from scanner_app.scanning.words_of_candidates import WORD_OF_KIND, choices_of
from tests.scanning.floor import Floor, Resolve


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


@pytest.mark.parametrize("text", ["412345003019", "0412345003019", "00412345003019"])
def test_a_upc_of_12_digits_is_the_same_in_13_and_14_digits(
    floor: Floor, resolve: Resolve, text: str
) -> None:
    [candidate] = resolve(text)
    assert candidate.item_id == floor.item_id("3050")


def test_a_reference_decides_the_variant(floor: Floor, resolve: Resolve) -> None:
    [medium] = resolve("9521234030119")
    [large] = resolve("9521234030126")
    assert medium.item_id == large.item_id == floor.item_id("3010")
    assert medium.variant_id == floor.catalogue.variants["3010", "M"]
    assert large.variant_id == floor.catalogue.variants["3010", "L"]


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
    meaning = Meaning("NEW-1", CodeKind.REFERENCE, 99, floor.item_id("2010"), valid_from=begins)
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
        floor.item_id("3020"),
        floor.item_id("3060"),
    }


def test_a_bare_serial_no_of_two_items_gives_both(floor: Floor, resolve: Resolve) -> None:
    found = resolve("1001")
    assert [candidate.numbers for candidate in found] == [TrackingNumbers("1001")] * 2
    assert {candidate.item_id for candidate in found} == {
        floor.item_id("1900-S"),
        floor.item_id("2010"),
    }


def test_a_lot_no_of_two_items_gives_two_lots(floor: Floor, resolve: Resolve) -> None:
    found = resolve("LOT0100")
    assert {candidate.item_id for candidate in found} == {
        floor.item_id("1910-S"),
        floor.item_id("3050"),
    }


@pytest.mark.parametrize("text", ["CONTAINER010", "395212340000000014", "(00)395212340000000014"])
def test_a_package_of_several_items_is_one_candidate_without_an_item(
    resolve: Resolve, text: str
) -> None:
    [candidate] = resolve(text)
    assert candidate.kind is CodeKind.PACKAGE
    assert (candidate.item_id, candidate.variant_id, candidate.target_id) == (0, 0, 0)
    assert candidate.numbers == TrackingNumbers("", "", text.removeprefix("(00)"))


def test_where_the_document_expects_exactly_one_that_one_is_meant(
    floor: Floor, resolve: Resolve
) -> None:
    found = resolve("1001")
    drill = floor.item_id("2010")
    assert choose(found, lambda c: c.item_id == drill).item_id == drill


def test_where_there_is_one_in_all_it_is_meant_also_when_it_does_not_fit(
    resolve: Resolve,
) -> None:
    found = resolve("DR-1003")
    assert choose(found, lambda _: False) is found[0]


def test_else_the_worker_chooses_among_those_that_fit(floor: Floor, resolve: Resolve) -> None:
    found = [*resolve("1001"), *resolve("DR-1003")]
    chair = floor.item_id("1900-S")
    with pytest.raises(NeedsChoice) as every:
        choose(found, lambda _: False)
    assert every.value.candidates == tuple(found)
    with pytest.raises(NeedsChoice) as some:
        choose(found, lambda c: c.item_id != chair)
    assert [c.item_id for c in some.value.candidates] == [floor.item_id("2010")] * 2


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
