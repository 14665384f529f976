"""Package tables of put-away templates: templates and their lines.

This module must never decide what a record may say: the verbs of the pages do.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.configuration.package_table import (
    Found,
    RecordTable,
    field_of_card,
    key_field,
)
from scanner_app.errors import N_
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.put_away_template import PutAwayTemplate
from scanner_app.warehouse.put_away_template_card import (
    LINE_FIELDS,
    TEMPLATE_FIELDS,
    LineOfTemplate,
    blank_template_line,
    card_of_template,
    list_every_line,
    list_lines,
    whole_line,
)
from scanner_app.warehouse.record_card import blank_card, read_card
from scanner_app.warehouse.set_up_put_away_template import (
    change_line,
    change_template,
    create_line,
    create_template,
    find_template,
)

TEMPLATES_NO = 7307
LINE_NO = "line_no"
BLANK_LINE = {"template": ""} | blank_template_line()


def _list_templates(session: Session) -> Iterator[TextCard]:
    rows = session.scalars(select(PutAwayTemplate).order_by(PutAwayTemplate.code))
    return map(card_of_template, rows)


def _find_template(session: Session, typed: TextCard) -> Found | None:
    row = find_template(session, typed["code"])
    return Found(row.id, card_of_template(row)) if row else None


PUT_AWAY_TEMPLATE = RecordTable(
    TEMPLATES_NO,
    N_("Put-away Template Header"),
    tuple(field_of_card(field, is_key=field.is_name) for field in TEMPLATE_FIELDS),
    blank_card(TEMPLATE_FIELDS),
    _list_templates,
    read=lambda typed: read_card(TEMPLATE_FIELDS, typed),
    sample=blank_card(TEMPLATE_FIELDS),
    find=_find_template,
    create=create_template,
    change=lambda session, found, typed, change: change_template(
        session, found.card["code"], found.card, typed, change
    ),
)


def _line(line: LineOfTemplate) -> TextCard:
    return {"template": line.code} | line.card


def _list_lines(session: Session) -> Iterator[TextCard]:
    return map(_line, list_every_line(session))


def _find_line(session: Session, typed: TextCard) -> Found | None:
    """A line is known by its number."""
    template = find_template(session, typed["template"])
    number = typed[LINE_NO].strip()
    if template is None or not (number.isascii() and number.isdigit()):
        return None
    lines = {line.card[LINE_NO]: line for line in list_lines(session, template)}
    found = lines.get(str(int(number[:20])))
    return Found(found.id, _line(found)) if found else None


def _change_line(session: Session, found: Found, typed: TextCard, change: Change) -> None:
    as_read = {field.name: found.card[field.name] for field in LINE_FIELDS}
    said = as_read | {name: typed[name] for name in as_read if name in typed}
    change_line(
        session, found.card["template"], found.id, as_read=as_read, typed=said, change=change
    )


PUT_AWAY_TEMPLATE_LINE = RecordTable(
    7308,
    N_("Put-away Template Line"),
    (
        key_field("template", N_("Put-away Template Code"), (TEMPLATES_NO, ("template",))),
        *(field_of_card(field, is_key=field.name == LINE_NO) for field in LINE_FIELDS),
    ),
    BLANK_LINE,
    _list_lines,
    read=lambda typed: whole_line(read_card(LINE_FIELDS, typed)),
    sample=BLANK_LINE,
    find=_find_line,
    create=lambda session, typed, change: create_line(session, typed["template"], typed, change),
    change=_change_line,
)
