"""Counted numbers: what is counted up, and how numbers of one shape compare."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.inventory.counted_number import (
    NumberCannotBeCounted,
    counted_numbers,
    following_number,
    read_counted,
)

NUMBERS = st.from_regex(r"[A-Z-]{0,5}[0-9]{1,6}[A-Z-]{0,5}", fullmatch=True)


@pytest.mark.parametrize(
    ("number", "increment_by", "following"),
    [
        ("1", 1, "2"),
        ("A0009", 1, "A0010"),
        ("A9999", 1, "A10000"),
        ("LOT-007-B", 1, "LOT-008-B"),
        ("2026-0001", 1, "2026-0002"),
        ("PO-2026-001", 10, "PO-2026-011"),
        ("X9Y9Z", 1, "X9Y10Z"),
    ],
)
def test_the_last_run_of_digits_is_counted_up(
    number: str, increment_by: int, following: str
) -> None:
    assert following_number(number, increment_by) == following


@pytest.mark.parametrize("number", ["LOT", "", "LOT-\u0663", "LOT\u00b2"])
def test_a_number_without_digits_cannot_be_counted(number: str) -> None:
    with pytest.raises(NumberCannotBeCounted):
        following_number(number)


@given(NUMBERS)
def test_a_number_is_the_sum_of_its_parts(number: str) -> None:
    counted = read_counted(number)
    assert counted.at(counted.count) == number


@given(NUMBERS, st.integers(1, 500), st.integers(1, 40))
def test_numbers_keep_their_shape_and_differ_by_the_increment(
    first: str, increment_by: int, quantity: int
) -> None:
    numbers = counted_numbers(first, increment_by, quantity)
    assert numbers[0] == first
    assert len(set(numbers)) == quantity
    assert {read_counted(number).shape for number in numbers} == {read_counted(first).shape}
    for before, after in pairwise(numbers):
        assert read_counted(after).count - read_counted(before).count == increment_by
        assert following_number(before, increment_by) == after
