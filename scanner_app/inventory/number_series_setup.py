"""Setting up number series: reading what was typed on a card, and what its lines may say.

Which items and documents take numbers from a series is asked in `warehouse.set_up_number_series`,
which alone writes (docs/domain.md 2.12).

This module must never write a series.
"""

from datetime import date

from scanner_app.inventory.counted_number import read_counted
from scanner_app.inventory.description import read_description
from scanner_app.inventory.number_series import NUMBER_CHARS_MAX
from scanner_app.inventory.number_series_card import (
    CAPTIONS,
    flat_line,
    flat_name,
    line_keys,
    line_on,
)
from scanner_app.inventory.number_series_refusals import (
    IncrementNotReadable,
    LastNoUsedAfterEnd,
    LastNoUsedBack,
    LineHasGivenNumbers,
    NumberBelowStart,
    NumberOfOtherShape,
    NumberSeriesMissing,
    NumberSeriesNotInAddress,
    StartingDateTwice,
    StartingNoFixed,
    StartingNoMissing,
)
from scanner_app.inventory.text_card import NO, YES, TextCard
from scanner_app.inventory.typed_fields import (
    VALUE_SHOWN_MAX,
    at_field,
    read_day,
    read_whole_number,
)
from scanner_app.records import to_code

CODE_LENGTH = 20
INCREMENT_MAX = 1_000_000
NUMBERS_OF_LINE = ("starting_no", "ending_no", "warning_no", "last_no_used")


def read_code(typed: str) -> str:
    """Return the code of a new series.

    Raises:
        NumberSeriesMissing: when nothing was typed.
        NumberSeriesNotInAddress: for a code that no address can name.
        CodeTooLong, CodeNotReadable: for what is no code.
    """
    code = to_code(typed, CODE_LENGTH)
    if not code:
        raise NumberSeriesMissing
    if "/" in code or not any(character.isalnum() for character in code):
        raise NumberSeriesNotInAddress(code=code)
    return code


def read_card(typed: TextCard) -> TextCard:
    """Return the fields and lines as the card keeps them.

    Raises:
        DescriptionTooLong, DescriptionNotReadable: for what is no description.
        DateNotReadable, IncrementNotReadable: for what is no day and no step.
        CodeTooLong, CodeNotReadable: for what is no number.
    """
    read = {name: typed[name] for name in CAPTIONS} | {
        "description": read_description(typed["description"]),
        "default_nos": _read_switch(typed["default_nos"]),
        "manual_nos": _read_switch(typed["manual_nos"]),
    }
    for key in line_keys(typed):
        read |= flat_line(key, _read_line(key, line_on(typed, key)))
    return read


def read_increment(typed: str) -> str:
    """Return a whole number to count up by.

    Raises:
        IncrementNotReadable: for anything else.
    """
    step = read_whole_number(typed, INCREMENT_MAX)
    if step is None:
        raise IncrementNotReadable(typed=typed[:VALUE_SHOWN_MAX], maximum=INCREMENT_MAX)
    return str(step)


def check_lines(stored: TextCard, card: TextCard) -> None:
    """Refuse lines that contradict each other or the numbers that they have given.

    Raises:
        LineHasGivenNumbers: for a line that is gone from the card.
        StartingDateTwice: for two lines of one date.
        RuleRefused: as `check_line` raises it.
    """
    for key in line_keys(stored):
        if flat_name(key, "starting_no") not in card and stored[flat_name(key, "last_no_used")]:
            raise LineHasGivenNumbers(
                starting_date=date.fromisoformat(stored[flat_name(key, "starting_date")]),
                last_no_used=stored[flat_name(key, "last_no_used")],
            )
    dates: set[str] = set()
    for key in line_keys(card):
        line = line_on(card, key)
        check_line(key, line)
        if flat_name(key, "starting_no") in stored:
            _check_given(key, line_on(stored, key), line)
        if line["starting_date"] in dates:
            begins = date.fromisoformat(line["starting_date"])
            raise StartingDateTwice(starting_date=begins, at=flat_name(key, "starting_date"))
        dates.add(line["starting_date"])


def check_line(key: str, line: TextCard) -> None:
    """Refuse a line whose numbers are not counted up from its first one.

    Raises:
        StartingNoMissing, NumberCannotBeCounted: for the Starting No.
        NumberOfOtherShape, NumberBelowStart: for the other numbers.
        LastNoUsedAfterEnd: for a Last No. Used behind the Ending No.
    """
    starting_no = line["starting_no"]
    if not starting_no:
        raise StartingNoMissing(at=flat_name(key, "starting_no"))
    start = at_field(flat_name(key, "starting_no"), read_counted, starting_no)
    for name in ("ending_no", "warning_no", "last_no_used"):
        number, at = line[name], flat_name(key, name)
        if not number:
            continue
        counted = at_field(at, read_counted, number)
        if counted.shape != start.shape:
            raise NumberOfOtherShape(number=number, starting_no=starting_no, at=at)
        if counted.count < start.count:
            raise NumberBelowStart(number=number, starting_no=starting_no, at=at)
    last, end = line["last_no_used"], line["ending_no"]
    if last and end and read_counted(last).count > read_counted(end).count:
        raise LastNoUsedAfterEnd(number=last, ending_no=end, at=flat_name(key, "last_no_used"))


def _read_line(key: str, typed: TextCard) -> TextCard:
    numbers = {
        name: at_field(
            flat_name(key, name), lambda text: to_code(text, NUMBER_CHARS_MAX), typed[name]
        )
        for name in NUMBERS_OF_LINE
    }
    return (
        typed
        | numbers
        | {
            "starting_date": at_field(
                flat_name(key, "starting_date"), _read_starting_date, typed["starting_date"]
            ),
            "increment_by": at_field(
                flat_name(key, "increment_by"), read_increment, typed["increment_by"]
            ),
            "allow_gaps": _read_switch(typed["allow_gaps"]),
        }
    )


def _check_given(key: str, stored: TextCard, line: TextCard) -> None:
    """What a line has given stays, and is never given again."""
    given = stored["last_no_used"]
    if not given:
        return
    if line["starting_no"] != stored["starting_no"]:
        raise StartingNoFixed(starting_no=stored["starting_no"], at=flat_name(key, "starting_no"))
    last = line["last_no_used"]
    if not last or read_counted(last).count < read_counted(given).count:
        raise LastNoUsedBack(last_no_used=given, at=flat_name(key, "last_no_used"))


def _read_switch(typed: str) -> str:
    return YES if typed == YES else NO


def _read_starting_date(typed: str) -> str:
    return read_day("Starting Date", typed).isoformat()
