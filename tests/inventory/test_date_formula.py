"""Date formulas: the grammar, the vectors of Business Central's documentation, the edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.errors import RuleRefused
from scanner_app.inventory.date_formula import (
    DateFormulaNotReadable,
    DateOutOfRange,
    apply_date_formula,
    read_date_formula,
)

TUESDAY = date(1996, 5, 21)
DAYS = st.dates()
COUNTS = st.integers(0, 9999)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("CQ+1M-10D", date(1996, 7, 20)),
        ("-WD2", date(1996, 5, 14)),
        ("CM+30D", date(1996, 6, 30)),
    ],
)
def test_the_vectors_of_the_documentation(formula: str, expected: date) -> None:
    assert apply_date_formula(formula, TUESDAY) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("", TUESDAY),
        ("0D", TUESDAY),
        ("10D", date(1996, 5, 31)),
        ("2W", date(1996, 6, 4)),
        ("2WD", date(1996, 5, 23)),
        ("1M", date(1996, 6, 21)),
        ("1Q", date(1996, 8, 21)),
        ("1Y", date(1997, 5, 21)),
        ("+1M", date(1996, 6, 21)),
        ("-1Y", date(1995, 5, 21)),
        ("CD", TUESDAY),
        ("CW", date(1996, 5, 26)),
        ("CM", date(1996, 5, 31)),
        ("CQ", date(1996, 6, 30)),
        ("CY", date(1996, 12, 31)),
        ("-CD", TUESDAY),
        ("-CW", date(1996, 5, 20)),
        ("-CM", date(1996, 5, 1)),
        ("-CQ", date(1996, 4, 1)),
        ("-CY", date(1996, 1, 1)),
        ("D10", date(1996, 6, 10)),
        ("D21", date(1996, 6, 21)),
        ("D22", date(1996, 5, 22)),
        ("-D21", date(1996, 4, 21)),
        ("-D20", date(1996, 5, 20)),
        ("WD4", date(1996, 5, 23)),
        ("WD2", date(1996, 5, 28)),
        ("-WD7", date(1996, 5, 19)),
        (" <cm+1m> ", date(1996, 6, 30)),
    ],
)
def test_every_shape_of_term(formula: str, expected: date) -> None:
    assert apply_date_formula(formula, TUESDAY) == expected


@pytest.mark.parametrize(
    ("formula", "reference", "expected"),
    [
        ("1M", date(2026, 1, 31), date(2026, 2, 28)),
        ("1M", date(2028, 1, 31), date(2028, 2, 29)),
        ("-1M", date(2026, 3, 31), date(2026, 2, 28)),
        ("1Y", date(2028, 2, 29), date(2029, 2, 28)),
        ("1Q", date(2026, 11, 30), date(2027, 2, 28)),
        ("D31", date(2026, 1, 31), date(2026, 2, 28)),
        ("D31", date(2026, 2, 28), date(2026, 3, 31)),
        ("-D31", date(2026, 3, 30), date(2026, 2, 28)),
        ("-D30", date(2026, 3, 1), date(2026, 2, 28)),
    ],
)
def test_a_shorter_month_ends_on_its_last_day(
    formula: str, reference: date, expected: date
) -> None:
    assert apply_date_formula(formula, reference) == expected


@pytest.mark.parametrize(
    ("formula", "place"),
    [
        ("1X", 1),
        ("D", 1),
        ("C", 1),
        ("CWD", 1),
        ("WD8", 1),
        ("WD0", 1),
        ("D0", 1),
        ("D32", 1),
        ("10000D", 1),
        ("1M1D", 3),
        ("1M+", 3),
        ("1M+1D+1W+1Y", 9),
        ("1M 1D", 3),
        ("1٣D", 1),
        ("1M+1D" + "0" * 20, 1),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(formula: str, place: int) -> None:
    with pytest.raises(DateFormulaNotReadable) as refused:
        read_date_formula(formula)
    assert refused.value.parameters["place"] == place


def test_a_formula_has_at_most_twenty_characters() -> None:
    assert len(read_date_formula("9999WD+9999WD+9999WD")) == 3
    with pytest.raises(DateFormulaNotReadable):
        read_date_formula("+9999WD+9999WD+9999WD")


@pytest.mark.parametrize(
    ("formula", "reference"),
    [
        ("9999Y", TUESDAY),
        ("-9999Y", TUESDAY),
        ("1D", date.max),
        ("-1D", date.min),
        ("WD1", date.max),
        ("D1", date(9999, 12, 31)),
        ("-D31", date(1, 1, 1)),
        ("CW", date.max),
    ],
)
def test_beyond_the_calendar_there_is_a_refusal_and_no_fault(formula: str, reference: date) -> None:
    with pytest.raises(DateOutOfRange):
        apply_date_formula(formula, reference)


@given(st.text(alphabet="+-CDWMQY0123456789< >x٣", max_size=24), DAYS)
def test_any_text_gives_a_date_or_a_refusal(formula: str, reference: date) -> None:
    try:
        assert isinstance(apply_date_formula(formula, reference), date)
    except RuleRefused as refused:
        assert isinstance(refused, DateFormulaNotReadable | DateOutOfRange)  # noqa: PT017 - both


@given(st.text(max_size=30))
def test_any_unicode_gives_steps_or_a_refusal(formula: str) -> None:
    try:
        read_date_formula(formula)
    except RuleRefused as refused:
        assert isinstance(refused, DateFormulaNotReadable)  # noqa: PT017 - and no other


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)), COUNTS)
def test_days_and_weeks_are_plain_arithmetic(reference: date, count: int) -> None:
    assert apply_date_formula(f"{count}D", reference) == reference + timedelta(days=count)
    assert apply_date_formula(f"-{count}W", reference) == reference - timedelta(weeks=count)


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)), st.integers(1, 7), st.sampled_from("+-"))
def test_a_weekday_is_never_today_and_within_a_week(
    reference: date, weekday: int, sign: str
) -> None:
    found = apply_date_formula(f"{sign}WD{weekday}", reference)
    distance = (found - reference).days * (1 if sign == "+" else -1)
    assert found.isoweekday() == weekday
    assert 1 <= distance <= 7


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)), st.integers(1, 28), st.sampled_from("+-"))
def test_a_day_of_the_month_is_never_today_and_within_a_month(
    reference: date, day: int, sign: str
) -> None:
    found = apply_date_formula(f"{sign}D{day}", reference)
    distance = (found - reference).days * (1 if sign == "+" else -1)
    assert found.day == day
    assert 1 <= distance <= 31
