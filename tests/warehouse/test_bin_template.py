"""Ranges of racks, sections and levels, and the codes that they make."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.errors import RuleRefused
from scanner_app.warehouse.bin_template import BINS_MAX, CODE_LENGTH, codes_of, read_template

NONE = ("", "")
ENDS = st.tuples(st.text(max_size=22), st.text(max_size=22))
LETTERS = st.text("ABCXYZ-.", max_size=3)


def codes(
    rack: tuple[str, str],
    section: tuple[str, str] = NONE,
    level: tuple[str, str] = NONE,
    separator: str = "-",
) -> list[str]:
    return codes_of(read_template(rack, section, level, separator))


def test_ranges_count_up_and_are_joined_racks_first() -> None:
    assert codes(("W-01", "W-02"), ("1", "2"), ("a", "a")) == [
        "W-01-1-A",
        "W-01-2-A",
        "W-02-1-A",
        "W-02-2-A",
    ]
    assert codes(("A", "a"), ("08", "11"), separator="") == ["A08", "A09", "A10", "A11"]
    assert codes(("9", "11")) == ["9", "10", "11"]
    assert codes(("0", "10"))[-1] == "10"
    assert codes(("A1B", "A3B")) == ["A1B", "A2B", "A3B"]
    assert codes(("A1", "A2"), level=("1", "1"), separator=".") == ["A1.1", "A2.1"]


@pytest.mark.parametrize(
    ("rack", "name"),
    [
        (("", ""), "RangeMissing"),
        (("A1", ""), "RangeMissing"),
        (("", "A1"), "RangeMissing"),
        (("A1", "B2"), "RangeNotReadable"),
        (("A", "B"), "RangeNotReadable"),
        (("A1", "A1B"), "RangeNotReadable"),
        (("A1B1", "A2B2"), "RangeNotReadable"),
        (("A01", "A1"), "RangeNotReadable"),
        (("1A", "A1"), "RangeNotReadable"),
        (("A²", "A³"), "RangeNotReadable"),
        (("A2", "A1"), "RangeBackwards"),
        (("1", "5001"), "TooManyBins"),
        (("1", "9" * 20), "TooManyBins"),
        (("A/1", "A/2"), "NameNotInAddress"),
        (("-", "-"), "NameNotInAddress"),
        (("X" * 21, "X" * 21), "FieldTooLong"),
        (("A\x00", "A\x00"), "FieldNotReadable"),
    ],
)
def test_what_is_no_range_is_refused(rack: tuple[str, str], name: str) -> None:
    with pytest.raises(RuleRefused) as refusal:
        codes(rack)
    assert refusal.value.code == name
    assert str(refusal.value)


@pytest.mark.parametrize("separator", ["--", "/", "X", "7", "\x00"])
def test_a_separator_is_one_sign(separator: str) -> None:
    with pytest.raises(RuleRefused) as refusal:
        codes(("1", "2"), separator=separator)
    assert refusal.value.code == "SeparatorNotReadable"


def test_a_section_has_two_ends_as_well() -> None:
    with pytest.raises(RuleRefused) as refusal:
        codes(("1", "2"), ("1", ""))
    assert str(refusal.value).startswith("Section is empty.")


def test_too_many_are_refused_with_their_number() -> None:
    assert len(codes(("1", "5000"))) == BINS_MAX
    with pytest.raises(RuleRefused) as refusal:
        codes(("01", "20"), ("01", "20"), ("01", "20"))
    assert "8000 bins" in str(refusal.value)


def test_a_code_that_grows_too_long_is_refused_with_its_length() -> None:
    assert codes(("ABCDEFGHI", "ABCDEFGHI"), ("ABCDEFGHI", "ABCDEFGHI"), separator="")
    with pytest.raises(RuleRefused) as refusal:
        codes(("ABCDEFGHI9", "ABCDEFGHI10"), ("ABCDEFGHI", "ABCDEFGHI"), separator="-")
    assert "would have 21 characters" in str(refusal.value)


@given(ENDS, ENDS, ENDS, st.text(max_size=2))
def test_whatever_is_typed_makes_codes_or_is_refused(
    rack: tuple[str, str], section: tuple[str, str], level: tuple[str, str], separator: str
) -> None:
    try:
        made = codes(rack, section, level, separator)
    except RuleRefused:
        return
    assert 1 <= len(made) <= BINS_MAX
    assert len(set(made)) == len(made)
    assert all(len(code) <= CODE_LENGTH and code == code.strip().upper() for code in made)


@given(
    LETTERS,
    LETTERS,
    st.integers(0, 999),
    st.integers(0, 60),
    st.integers(1, 4),
)
def test_a_range_holds_every_number_from_its_first_to_its_last(
    before: str, after: str, low: int, size: int, width: int
) -> None:
    high = low + size
    digits = max(width, len(str(high)))
    first, last = (f"{before}{number:0{digits}d}{after}" for number in (low, high))
    made = codes((first, last))
    assert (made[0], made[-1]) == (first, last)
    numbers = [int(re.sub(r"[^0-9]", "", code)) for code in made]
    assert numbers == list(range(low, high + 1))
