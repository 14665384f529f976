"""Put-away Template card: a template and its lines, as people read and type them.

Every value is text, see `text_card` (docs/domain.md 6.12).

This module must never write: that is `set_up_put_away_template`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.text_card import NO, YES, TextCard
from scanner_app.warehouse.put_away_template import PutAwayTemplate, PutAwayTemplateLine
from scanner_app.warehouse.record_card import (
    CardField,
    FieldKind,
    Fields,
    blank_card,
    captions_of,
    card_of,
)

PUT_AWAY_TEMPLATE = N_("Put-away Template")
CODE_LENGTH = 10
LINE_STEP = 10_000

TEMPLATE_FIELDS: Fields = (
    CardField(
        "code",
        N_("Code"),
        N_("Specifies the name of the template. It cannot be changed later."),
        FieldKind.CODE,
        CODE_LENGTH,
        is_name=True,
    ),
    CardField(
        "description",
        N_("Description"),
        N_("Specifies what the template is for, in your words."),
        FieldKind.DESCRIPTION,
    ),
)
LINE_FIELDS: Fields = (
    CardField(
        "line_no",
        N_("Line No."),
        N_("Specifies the order: lower ones are tried first. 0 puts a new line at the end."),
        FieldKind.NUMBER,
    ),
    CardField(
        "description",
        N_("Description"),
        N_("Specifies which bins the line finds, in your words."),
        FieldKind.DESCRIPTION,
    ),
    CardField(
        "find_fixed_bin",
        N_("Find Fixed Bin"),
        N_("Specifies that it is a bin where the item has its place: fixed, or default."),
        FieldKind.SWITCH,
    ),
    CardField(
        "find_floating_bin",
        N_("Find Floating Bin"),
        N_("Specifies that it is a bin where no item has its place."),
        FieldKind.SWITCH,
    ),
    CardField(
        "find_same_item",
        N_("Find Same Item"),
        N_("Specifies that the item lies there already, or is among the contents of the bin."),
        FieldKind.SWITCH,
    ),
    CardField(
        "find_unit_of_measure_match",
        N_("Find Unit of Measure Match"),
        N_("Specifies that the item is there in the unit of measure in which it is received."),
        FieldKind.SWITCH,
    ),
    CardField(
        "find_less_than_min_qty",
        N_("Find Bin w. Less than Min. Qty"),
        N_("Specifies that the bin holds less than the Min. Qty. of its content."),
        FieldKind.SWITCH,
    ),
    CardField(
        "find_empty_bin",
        N_("Find Empty Bin"),
        N_("Specifies that nothing lies in the bin."),
        FieldKind.SWITCH,
    ),
)
CAPTIONS = captions_of(LINE_FIELDS)
# Pairs that ask for what no bin is.
AGAINST_EACH_OTHER = (
    ("find_fixed_bin", "find_floating_bin"),
    ("find_less_than_min_qty", "find_floating_bin"),
    ("find_less_than_min_qty", "find_empty_bin"),
)


class TemplateLineContradicts(RuleRefused):
    """No bin can be both."""

    message = N_("{first} and {second} cannot both be on.")
    way_out = N_("Switch one of them off; a second line can ask for the other.")


class TemplateLineTaken(RuleRefused):
    """Lines are tried in the order of their numbers."""

    message = N_("Put-away template {code} has a line {line_no} already.")
    way_out = N_("Type another number, or 0 to put the line at the end.")
    field = "Line No."


class TemplateLineGone(RuleRefused):
    """Somebody deleted the line meanwhile."""

    message = N_("That line of put-away template {code} is not there any more.")
    way_out = N_("Open the template again.")


@dataclass(frozen=True)
class LineOfTemplate:
    """A line among those of all templates, and what its card says."""

    id: int
    code: str
    card: TextCard


def blank_template_line() -> TextCard:
    """What the card of a new line says."""
    return blank_card(LINE_FIELDS)


def whole_line(card: TextCard) -> TextCard:
    """What a line asks, with what follows from it.

    Where neither fixed nor floating bins are asked for, it is floating ones. Whatever asks for a
    minimum asks for fixed bins; whatever asks for fixed bins or a unit asks for the same item.

    Raises:
        TemplateLineContradicts: for a pair that no bin can meet.
    """
    on = {name for name, value in card.items() if value == YES}
    for first, second in AGAINST_EACH_OTHER:
        if {first, second} <= on:
            raise TemplateLineContradicts(first=CAPTIONS[first], second=CAPTIONS[second])
    if "find_less_than_min_qty" in on:
        on.add("find_fixed_bin")
    if "find_fixed_bin" not in on:
        on.add("find_floating_bin")
    if on & {"find_fixed_bin", "find_unit_of_measure_match"}:
        on.add("find_same_item")
    switches = [field.name for field in LINE_FIELDS if field.is_switch]
    return card | {name: YES if name in on else NO for name in switches}


def card_of_template(row: PutAwayTemplate) -> TextCard:
    """What the card of a template says."""
    return card_of(TEMPLATE_FIELDS, row, {})


def card_of_line(row: PutAwayTemplateLine) -> TextCard:
    """What the card of a line says."""
    return card_of(LINE_FIELDS, row, {})


def list_lines(session: Session, template: PutAwayTemplate) -> list[LineOfTemplate]:
    """The lines of a template in the order in which they are tried."""
    line = PutAwayTemplateLine
    rows = session.scalars(
        select(line).where(line.template_id == template.id).order_by(line.line_no)
    )
    return [LineOfTemplate(row.id, template.code, card_of_line(row)) for row in rows]


def list_every_line(session: Session) -> Iterator[LineOfTemplate]:
    """The lines of all templates, in one look-up."""
    template, line = PutAwayTemplate, PutAwayTemplateLine
    in_order = (
        select(template.code, line)
        .join(line, line.template_id == template.id)
        .order_by(template.code, line.line_no)
    )
    for code, row in session.execute(in_order):
        yield LineOfTemplate(row.id, code, card_of_line(row))
