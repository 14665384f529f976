from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.barcodes.element_strings import (
    ElementString,
    GS1DateWrong,
    GS1NotReadable,
    GS1ValuesContradict,
    is_bracketed,
    join_message,
    split_bracketed,
    split_message,
    to_bracketed,
    to_date,
)
from scanner_app.barcodes.plain_codes import CheckDigitWrong, check_digit

TODAY = date(2026, 11, 22)
CHAIR = "09521234019008"
GS1_CHARACTERS = "!\"%&'*+,-./0123456789:;<=>?ABCXYZ_abcxyz"


def numbers_with_check_digit(digits: int) -> st.SearchStrategy[str]:
    payloads = st.text("0123456789", min_size=digits - 1, max_size=digits - 1)
    return payloads.map(lambda payload: payload + check_digit(payload))


VALUES = {
    "00": numbers_with_check_digit(18),
    "01": numbers_with_check_digit(14),
    "02": numbers_with_check_digit(14),
    "10": st.text(GS1_CHARACTERS, min_size=1, max_size=20),
    "11": st.dates(date(1980, 1, 1), date(2070, 1, 1)).map(lambda day: f"{day:%y%m%d}"),
    "17": st.dates(date(1980, 1, 1), date(2070, 1, 1)).map(lambda day: f"{day:%y%m%d}"),
    "21": st.text(GS1_CHARACTERS, min_size=1, max_size=20),
    "240": st.text(GS1_CHARACTERS, min_size=1, max_size=30),
    "30": st.text("0123456789", min_size=1, max_size=8),
    "3103": st.text("0123456789", min_size=6, max_size=6),
    "37": st.text("0123456789", min_size=1, max_size=8),
}


@st.composite
def messages(draw: st.DrawFn) -> tuple[ElementString, ...]:
    identifiers = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, unique=True))
    return tuple(ElementString(ai, draw(VALUES[ai])) for ai in identifiers)


@given(messages())
def test_every_message_is_split_as_it_was_joined(elements: tuple[ElementString, ...]) -> None:
    assert split_message(join_message(elements)) == elements


@given(messages())
def test_brackets_say_the_same_as_separators(elements: tuple[ElementString, ...]) -> None:
    assert split_bracketed(to_bracketed(elements)) == elements


def test_a_separator_is_allowed_where_none_is_needed() -> None:
    assert split_message(f"\x1d01{CHAIR}\x1d10A\x1d\x1d21B\x1d") == (
        ElementString("01", CHAIR),
        ElementString("10", "A"),
        ElementString("21", "B"),
    )


def test_what_no_identifier_starts_is_kept_up_to_the_separator() -> None:
    assert split_message("XY\x1d10A") == (ElementString("", "XY"), ElementString("10", "A"))


@pytest.mark.parametrize("number", [f"01{CHAIR[:-1]}9", "00395212340000000015"])
def test_a_bad_check_digit_is_refused(number: str) -> None:
    with pytest.raises(CheckDigitWrong):
        split_message(number)


@pytest.mark.parametrize(
    "message",
    [
        "01952123401900",
        "10" + "A" * 21,
        "10Ä",
        "01" + "\u0660" * 14,
        "10",
        "30ABC",
        "37123456789",
    ],
)
def test_a_value_that_breaks_its_rule_is_refused(message: str) -> None:
    with pytest.raises(GS1NotReadable):
        split_message(message)


def test_the_same_value_twice_counts_once_and_two_values_are_refused() -> None:
    assert split_message("10A\x1d10A") == (ElementString("10", "A"),)
    with pytest.raises(GS1ValuesContradict) as refused:
        split_message("10A\x1d10B")
    assert refused.value.parameters == {"ai": "10", "first": "A", "second": "B"}


@pytest.mark.parametrize("text", ["(01)1", "(3103)1", "(10)"])
def test_an_identifier_in_brackets_is_noticed(text: str) -> None:
    assert is_bracketed(text)


@pytest.mark.parametrize("text", ["(555) 123", "01(10)A", "()A", "(1)A", "10A", "(\u0661\u0660)A"])
def test_other_brackets_are_none_of_gs1(text: str) -> None:
    assert not is_bracketed(text)


def test_brackets_that_are_no_identifier_belong_to_the_value() -> None:
    assert split_bracketed("(10)A(5)B(21)C") == (
        ElementString("10", "A(5)B"),
        ElementString("21", "C"),
    )


def test_blanks_and_separators_between_brackets_do_not_count() -> None:
    assert split_bracketed("(10)A\x1d (21) B ") == (
        ElementString("10", "A"),
        ElementString("21", "B"),
    )


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("270200", date(2027, 2, 28)),
        ("280200", date(2028, 2, 29)),
        ("261200", date(2026, 12, 31)),
        ("261122", date(2026, 11, 22)),
        ("760101", date(2076, 1, 1)),
        ("770101", date(1977, 1, 1)),
    ],
)
def test_day_00_ends_the_month_and_the_century_is_the_nearest(value: str, day: date) -> None:
    assert to_date(ElementString("17", value), TODAY) == day


def test_the_century_moves_with_the_work_date() -> None:
    assert to_date(ElementString("17", "010101"), date(1999, 5, 1)) == date(2001, 1, 1)
    assert to_date(ElementString("17", "990101"), date(2001, 5, 1)) == date(1999, 1, 1)


@pytest.mark.parametrize("value", ["271131", "270229", "000000"])
def test_no_day_of_the_calendar_is_refused(value: str) -> None:
    with pytest.raises(GS1DateWrong):
        to_date(ElementString("17", value), TODAY)


def test_a_month_13_is_refused_as_a_date() -> None:
    with pytest.raises(GS1DateWrong) as refused:
        split_message(f"01{CHAIR}17271332")
    assert refused.value.parameters == {"ai": "17", "value": "271332"}
