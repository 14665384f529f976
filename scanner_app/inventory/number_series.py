"""No. Series: where document numbers and new serial, lot and package numbers come from.

A series has lines by starting date; the line in force gives the next number by counting up the
last run of digits in the last one used (docs/domain.md 2.8). The line is locked while a number
is taken, in the transaction that uses it, so that two people never get the same one.

This module must never give a number back: a series that allows gaps has them.
"""

import re
from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.errors import N_, RuleRefused
from scanner_app.records import Base, Code20, Editable, Flag, Id, Text100

NUMBER_CHARS_MAX = 20
_LAST_DIGITS = re.compile(r"(.*?)([0-9]+)([^0-9]*)", re.ASCII)


class NumberSeriesExhausted(RuleRefused):
    """The series has no further number on this date."""

    message = N_("No. series {series} has no number left on {on_date}.")
    way_out = N_("Ask a supervisor to add a line to the series.")
    field = "No. Series"


class NumberCannotBeCounted(RuleRefused):
    """A number without digits cannot be counted up."""

    message = N_("“{number}” holds no digits, so no number follows it.")
    way_out = N_("Start from a number that ends in digits, such as {number}1.")
    field = "No. Series"


class NumberSeries(Editable, Base):
    """A named source of numbers."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[Id]
    code: Mapped[Code20]
    description: Mapped[Text100] = mapped_column(default="")
    default_nos: Mapped[bool] = mapped_column(default=True)
    manual_nos: Mapped[Flag]


class NumberSeriesLine(Base):
    """The range of a series that is in force from a date."""

    __tablename__ = "number_series_line"
    __table_args__ = (UniqueConstraint("number_series_id", "starting_date"),)

    id: Mapped[Id]
    number_series_id: Mapped[int] = mapped_column(ForeignKey("number_series.id"))
    starting_date: Mapped[date]
    starting_no: Mapped[Code20]
    ending_no: Mapped[Code20] = mapped_column(default="")
    warning_no: Mapped[Code20] = mapped_column(default="")
    increment_by: Mapped[int] = mapped_column(default=1)
    last_no_used: Mapped[Code20] = mapped_column(default="")
    allow_gaps: Mapped[bool] = mapped_column(default=True)


def take_number(session: Session, series_code: str, on_date: date) -> str:
    """Take the next number of the line in force on a date.

    Raises:
        NumberSeriesExhausted: when no line is in force or its ending no. is passed.
        NumberCannotBeCounted: when the last number used holds no digits.
    """
    line = session.scalars(
        select(NumberSeriesLine)
        .join(NumberSeries, NumberSeries.id == NumberSeriesLine.number_series_id)
        .where(NumberSeries.code == series_code, NumberSeriesLine.starting_date <= on_date)
        .order_by(NumberSeriesLine.starting_date.desc())
        .limit(1)
        .with_for_update(of=NumberSeriesLine)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if line is None:
        raise NumberSeriesExhausted(series=series_code, on_date=on_date)
    number = (
        following_number(line.last_no_used, line.increment_by)
        if line.last_no_used
        else line.starting_no
    )
    passed = line.ending_no and (len(number), number) > (len(line.ending_no), line.ending_no)
    if passed or len(number) > NUMBER_CHARS_MAX:
        raise NumberSeriesExhausted(series=series_code, on_date=on_date)
    line.last_no_used = number
    session.flush()
    return number


def following_number(number: str, increment_by: int = 1) -> str:
    """Count up the last run of digits in a number, keeping its leading zeros.

    Raises:
        NumberCannotBeCounted: when it holds no digits.
    """
    parts = _LAST_DIGITS.fullmatch(number)
    if parts is None:
        raise NumberCannotBeCounted(number=number)
    head, digits, tail = parts.groups()
    return f"{head}{int(digits) + increment_by:0{len(digits)}d}{tail}"
