"""No. Series: where document numbers and new serial, lot and package numbers come from.

A series has lines by starting date; the line in force gives the next number by counting up the
last run of digits in the last one used (docs/domain.md 2.8). The line is locked while numbers
are taken, in the transaction that uses them, so that two people never get the same one and work
that is undone leaves no gap.

This module must never give a number twice.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.counted_number import counted_numbers, following_number, read_counted
from scanner_app.records import Base, Code20, Editable, Flag, Id, Text100

NUMBER_CHARS_MAX = 20


class NumberSeriesExhausted(RuleRefused):
    """The series has no further number on this date."""

    message = N_("No. series {series} has no number left on {on_date}.")
    way_out = N_("Ask a supervisor to add a line to the series.")
    field = "No. Series"


class NumberSeriesTooShort(RuleRefused):
    """The series has numbers, but fewer than are asked for."""

    message = N_("No. series {series} has only {left} numbers left on {on_date}.")
    way_out = N_("Ask for fewer, or set a later Ending No. on the card of the series.")
    field = "No. Series"


class NumberSeriesNotAutomatic(RuleRefused):
    """Default Nos. is off: nothing is numbered from the series by itself."""

    message = N_("No. series {series} gives no numbers by itself: its Default Nos. is off.")
    way_out = N_("Ask a supervisor to switch Default Nos. on, on the card of the series.")
    field = "Default Nos."


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
    __table_args__ = (
        UniqueConstraint("number_series_id", "starting_date"),
        CheckConstraint("starting_no <> ''", name="starting_no_not_blank"),
        CheckConstraint("increment_by >= 1", name="increment_by_positive"),
    )

    id: Mapped[Id]
    number_series_id: Mapped[int] = mapped_column(ForeignKey("number_series.id"))
    starting_date: Mapped[date]
    starting_no: Mapped[Code20]
    ending_no: Mapped[Code20] = mapped_column(default="")
    warning_no: Mapped[Code20] = mapped_column(default="")
    increment_by: Mapped[int] = mapped_column(default=1)
    last_no_used: Mapped[Code20] = mapped_column(default="")
    allow_gaps: Mapped[bool] = mapped_column(default=True)

    @property
    def next_no(self) -> str:
        """The number that is taken next, whether or not it may be."""
        if not self.last_no_used:
            return self.starting_no
        return following_number(self.last_no_used, self.increment_by)

    @property
    def numbers_left(self) -> int:
        """How many numbers can still be taken: up to the Ending No., or as long as they fit."""
        following = read_counted(self.next_no)
        digits_max = NUMBER_CHARS_MAX - len(following.head) - len(following.tail)
        last = int("9" * digits_max)
        if self.ending_no:
            last = min(last, read_counted(self.ending_no).count)
        return max(0, (last - following.count) // self.increment_by + 1)

    @property
    def warns(self) -> bool:
        """Whether the last number used has reached the Warning No."""
        if not (self.warning_no and self.last_no_used):
            return False
        return read_counted(self.last_no_used).count >= read_counted(self.warning_no).count


@dataclass(frozen=True)
class SeriesWarning:
    """A series that has reached its Warning No., and what it has left.

    Attributes:
        numbers_left: None where the series has no Ending No.
    """

    series: str
    numbers_left: int | None


def take_number(session: Session, series_code: str, on_date: date) -> str:
    """Take the next number of the line in force on a date; refusals as `take_numbers`."""
    [number] = take_numbers(session, series_code, on_date, 1)
    return number


def take_numbers(session: Session, series_code: str, on_date: date, quantity: int) -> list[str]:
    """Take the next so many numbers of the line in force on a date: all of them, or none.

    Raises:
        NumberSeriesExhausted: when no line is in force or its ending no. is passed.
        NumberSeriesTooShort: when there are some left, but not so many.
        NumberSeriesNotAutomatic: when Default Nos. of the series is off.
        NumberCannotBeCounted: when the last number used holds no digits.
    """
    found = session.execute(
        select(NumberSeriesLine, NumberSeries.default_nos)
        .join(NumberSeries, NumberSeries.id == NumberSeriesLine.number_series_id)
        .where(NumberSeries.code == series_code, NumberSeriesLine.starting_date <= on_date)
        .order_by(NumberSeriesLine.starting_date.desc())
        .limit(1)
        .with_for_update(of=NumberSeriesLine)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NumberSeriesExhausted(series=series_code, on_date=on_date)
    line, is_automatic = found
    if not is_automatic:
        raise NumberSeriesNotAutomatic(series=series_code)
    if not line.numbers_left:
        raise NumberSeriesExhausted(series=series_code, on_date=on_date)
    if line.numbers_left < quantity:
        raise NumberSeriesTooShort(series=series_code, left=line.numbers_left, on_date=on_date)
    numbers = counted_numbers(line.next_no, line.increment_by, quantity)
    line.last_no_used = numbers[-1]
    session.flush()
    return numbers


def lock_series(session: Session, series_codes: Collection[str]) -> None:
    """Lock the lines of several series before numbers are taken from more than one of them.

    They are locked in one order, so that two people who take from the same series the other way
    round never wait for each other in a ring.
    """
    line = NumberSeriesLine
    of_series = select(line.id).join(NumberSeries).where(NumberSeries.code.in_(series_codes))
    session.execute(of_series.order_by(line.id).with_for_update(of=line)).all()


def lines_in_force(
    session: Session, series_ids: Collection[int], on_date: date
) -> dict[int, NumberSeriesLine]:
    """The line of each series that gives its numbers on a date, in one look-up."""
    line = NumberSeriesLine
    begun = session.scalars(
        select(line)
        .where(line.number_series_id.in_(sorted(series_ids)), line.starting_date <= on_date)
        .order_by(line.starting_date)
    )
    return {row.number_series_id: row for row in begun}


def series_warnings(
    session: Session, series_codes: Iterable[str], on_date: date
) -> list[SeriesWarning]:
    """Those of the series that have reached their Warning No."""
    codes = sorted({code for code in series_codes if code})
    named = select(NumberSeries.id, NumberSeries.code).where(NumberSeries.code.in_(codes))
    code_of = {row.id: row.code for row in session.execute(named.order_by(NumberSeries.code))}
    lines = lines_in_force(session, code_of, on_date)
    return [
        SeriesWarning(code, lines[key].numbers_left if lines[key].ending_no else None)
        for key, code in code_of.items()
        if key in lines and lines[key].warns
    ]


def series_running_out(session: Session, on_date: date) -> list[SeriesWarning]:
    """Every series that has reached its Warning No."""
    warned = (NumberSeriesLine.warning_no != "", NumberSeriesLine.last_no_used != "")
    of_lines = select(NumberSeries.code).join(NumberSeriesLine).where(*warned)
    return series_warnings(session, session.scalars(of_lines), on_date)
