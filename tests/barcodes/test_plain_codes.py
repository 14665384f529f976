import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.barcodes.plain_codes import (
    NumberTooLong,
    check_digit,
    expand_upc_e,
    has_right_check_digit,
    split_house_prefix,
    to_gtin_14,
    to_number,
)

PREFIXES = {"B:": "bin", "B:X": "item", "L/": "lot"}


@pytest.mark.parametrize(
    "number",
    ["9521234030119", "20003012", "412345003019", "19521234030208", "395212340000000014"],
)
def test_numbers_of_the_house_have_right_check_digits(number: str) -> None:
    assert has_right_check_digit(number)


@pytest.mark.parametrize("number", ["9521234020104", "", "A", "\u0660\u0660", "12345678901b"])
def test_other_texts_have_none(number: str) -> None:
    assert not has_right_check_digit(number)


@given(
    st.text("0123456789", min_size=7, max_size=17),
    st.data(),
)
def test_one_wrong_digit_is_always_noticed(payload: str, data: st.DataObject) -> None:
    number = payload + check_digit(payload)
    at = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != number[at]]))
    assert has_right_check_digit(number)
    assert not has_right_check_digit(number[:at] + other + number[at + 1 :])


def test_every_gtin_becomes_fourteen_digits() -> None:
    assert to_gtin_14("20003012") == "00000020003012"
    assert to_gtin_14("412345003019") == "00412345003019"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("01264904", "012000006494"),
        ("04124498", "041244000098"),
        ("04965802", "049000006582"),
        ("01234531", "012300000451"),
        ("01234543", "012340000053"),
    ],
)
def test_a_upc_e_stands_for_a_upc_a_with_the_same_check_digit(short: str, long: str) -> None:
    assert expand_upc_e(short) == long
    assert has_right_check_digit(long)


def test_numbers_are_kept_in_capitals_without_outer_blanks() -> None:
    assert to_number(" dr-1003 ") == "DR-1003"


def test_a_number_over_fifty_characters_is_refused() -> None:
    assert to_number("A" * 50) == "A" * 50
    with pytest.raises(NumberTooLong):
        to_number("A" * 51)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("B:W-01-0101", ("bin", "W-01-0101")),
        ("b:w-01-0101", ("bin", "W-01-0101")),
        ("B:X1900-S", ("item", "1900-S")),
        ("L/LOT0001", ("lot", "LOT0001")),
        ("B:", None),
        ("W-01-0101", None),
    ],
)
def test_the_longest_prefix_of_the_house_says_what_a_label_names(
    text: str, found: tuple[str, str] | None
) -> None:
    assert split_house_prefix(text, PREFIXES) == found
