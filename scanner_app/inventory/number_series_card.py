"""The card of a number series: its fields and those of its lines as text, in one flat row.

A field of a line is named by the key of the line and its own name, `12.ending_no`; the key of a
line that is not there yet is `new`. So two cards are compared field by field, whichever lines
they have.

This module must never decide what a card may say: that is `number_series_setup`.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import N_
from scanner_app.inventory.number_series import NumberSeries, NumberSeriesLine
from scanner_app.inventory.text_card import NO, YES, TextCard

NEW_LINE = "new"

CAPTIONS = {
    "code": N_("Code"),
    "description": N_("Description"),
    "default_nos": N_("Default Nos."),
    "manual_nos": N_("Manual Nos."),
}
LINE_CAPTIONS = {
    "starting_date": N_("Starting Date"),
    "starting_no": N_("Starting No."),
    "ending_no": N_("Ending No."),
    "warning_no": N_("Warning No."),
    "increment_by": N_("Increment-by No."),
    "last_no_used": N_("Last No. Used"),
    "allow_gaps": N_("Allow Gaps in Nos."),
}


def blank_line() -> TextCard:
    """What a new line says before anything is typed."""
    return dict.fromkeys(LINE_CAPTIONS, "") | {"increment_by": "1", "allow_gaps": YES}


def card_of(session: Session, series: NumberSeries) -> TextCard:
    """What the card of a series says, its lines in the order of their dates."""
    card = own_card(series)
    for line in lines_of(session, series):
        card |= flat_line(str(line.id), line_card(line))
    return card


def own_card(series: NumberSeries) -> TextCard:
    """What a series says besides its lines."""
    return {
        "code": series.code,
        "description": series.description,
        "default_nos": _yes_or_no(on=series.default_nos),
        "manual_nos": _yes_or_no(on=series.manual_nos),
    }


def lines_of(session: Session, series: NumberSeries) -> list[NumberSeriesLine]:
    """The lines of a series in the order of their dates."""
    of_series = select(NumberSeriesLine).where(NumberSeriesLine.number_series_id == series.id)
    return list(session.scalars(of_series.order_by(NumberSeriesLine.starting_date)))


def find_series(session: Session, code: str, *, lock: bool = False) -> NumberSeries | None:
    """The series of a code as somebody typed it; locked, it stays as it is until the commit."""
    name = code.strip().upper()
    if not name.isprintable():
        return None
    of_code = select(NumberSeries).where(NumberSeries.code == name)
    if lock:
        of_code = of_code.with_for_update().execution_options(populate_existing=True)
    return session.scalar(of_code)


def flat_name(key: str, name: str) -> str:
    """How the field of a line is called on the card."""
    return f"{key}.{name}"


def flat_line(key: str, line: TextCard) -> TextCard:
    """The fields of a line as the card has them."""
    return {flat_name(key, name): value for name, value in line.items()}


def line_keys(card: TextCard) -> list[str]:
    """The keys of the lines on a card, in their order."""
    return list(dict.fromkeys(name.split(".")[0] for name in card if "." in name))


def line_on(card: TextCard, key: str) -> TextCard:
    """The fields of one line of a card."""
    return {name: card[flat_name(key, name)] for name in LINE_CAPTIONS}


def changed_fields(old: TextCard, new: TextCard) -> dict[str, tuple[str, str]]:
    """The fields that differ, with both values; a line that one card lacks says nothing there."""
    names = list(dict.fromkeys([*old, *new]))
    return {
        name: (old.get(name, ""), new.get(name, ""))
        for name in names
        if old.get(name, "") != new.get(name, "")
    }


def caption_on(card: TextCard, name: str) -> str:
    """The caption of a field; that of a line begins with its Starting Date."""
    if name in CAPTIONS:
        return CAPTIONS[name]
    key, own_name = name.split(".")
    return f"{card.get(flat_name(key, 'starting_date'), '')} {LINE_CAPTIONS[own_name]}".strip()


def line_card(line: NumberSeriesLine) -> TextCard:
    """What a line says."""
    return {
        "starting_date": line.starting_date.isoformat(),
        "starting_no": line.starting_no,
        "ending_no": line.ending_no,
        "warning_no": line.warning_no,
        "increment_by": str(line.increment_by),
        "last_no_used": line.last_no_used,
        "allow_gaps": _yes_or_no(on=line.allow_gaps),
    }


def _yes_or_no(*, on: bool) -> str:
    return YES if on else NO
