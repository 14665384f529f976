import pytest

from scanner_app.barcodes import symbology


@pytest.mark.parametrize("identifier", ["]C1", "]d2", "]Q3", "]e0"])
def test_a_symbol_with_fnc1_in_first_place_proves_gs1(identifier: str) -> None:
    assert symbology.proves_gs1(identifier)


@pytest.mark.parametrize("identifier", ["", "]C0", "]d1", "]Q1", "]J1", "]E0", "]I1"])
def test_no_other_symbol_proves_gs1(identifier: str) -> None:
    assert not symbology.proves_gs1(identifier)


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("]C1101", ("]C1", "101")),
        ("]E09521234030119", ("]E0", "9521234030119")),
        ("]C1", ("]C1", "")),
        ("1001", ("", "1001")),
        ("]", ("", "]")),
        ("]C", ("", "]C")),
        ("]#1A", ("", "]#1A")),
        ("]C\u0661A", ("", "]C\u0661A")),
    ],
)
def test_only_an_identifier_of_the_standard_is_split_off(text: str, split: tuple[str, str]) -> None:
    assert symbology.split_identifier(text) == split


def test_eight_digits_are_a_gtin_only_in_an_ean_8() -> None:
    assert symbology.may_hold_gtin("]E4", 8)
    assert symbology.may_hold_gtin("", 8)
    assert not symbology.may_hold_gtin("]C0", 8)


@pytest.mark.parametrize("digits", [1, 7, 9, 11, 15, 18])
def test_other_lengths_are_no_gtin(digits: int) -> None:
    assert not symbology.may_hold_gtin("", digits)
