"""Setting up put-away templates: one is made, its card and its lines change (docs/domain.md 6.12).

Put-aways that are made already stay as they are.

This module must never look for a bin.
"""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.errors import N_
from scanner_app.inventory.item import Item
from scanner_app.inventory.location import Location
from scanner_app.inventory.set_up_lock import lock_set_up
from scanner_app.inventory.text_card import TextCard, changed_fields, check_unchanged
from scanner_app.warehouse.put_away_template import PutAwayTemplate, PutAwayTemplateLine
from scanner_app.warehouse.put_away_template_card import (
    CODE_LENGTH,
    LINE_FIELDS,
    LINE_STEP,
    PUT_AWAY_TEMPLATE,
    TEMPLATE_FIELDS,
    TemplateLineGone,
    TemplateLineTaken,
    blank_template_line,
    card_of_line,
    card_of_template,
    whole_line,
)
from scanner_app.warehouse.record_card import (
    blank_card,
    by_caption,
    log_card,
    read_card,
    read_name,
    write_card,
)
from scanner_app.warehouse.record_refusals import (
    NameTaken,
    RecordInUse,
    RecordNotFound,
    RecordUnknown,
)

TABLE = PutAwayTemplate.__tablename__
USERS_OF_TEMPLATES: tuple[tuple[Any, str], ...] = (
    (Location, N_("locations")),
    (Item, N_("items")),
)


def find_template(session: Session, code: str) -> PutAwayTemplate | None:
    """The template of a code as somebody typed it."""
    name = code.strip().upper()
    if not name.isprintable():
        return None
    return session.scalar(select(PutAwayTemplate).where(PutAwayTemplate.code == name))


def check_template(session: Session, caption: str, code: str) -> None:
    """Refuse the code of a template that is not there; none is fine.

    Raises:
        RecordNotFound: with the caption of the field that says it.
    """
    if code and find_template(session, code) is None:
        raise RecordNotFound(field=caption, code=code)


def find_line(
    session: Session, template: PutAwayTemplate, line_id: int
) -> PutAwayTemplateLine | None:
    """A line of a template."""
    line = PutAwayTemplateLine
    return session.scalar(select(line).where(line.template_id == template.id, line.id == line_id))


def create_template(session: Session, typed: TextCard, change: Change) -> PutAwayTemplate:
    """Add a template without lines.

    Raises:
        NameTaken: when there is such a template.
        RuleRefused: as `read_name` and `read_card` raise it.
    """
    code = read_name(typed["code"], CODE_LENGTH)
    lock_set_up(session)
    if find_template(session, code):
        raise NameTaken(record=PUT_AWAY_TEMPLATE, code=code)
    card = read_card(TEMPLATE_FIELDS, typed)
    row = PutAwayTemplate()
    write_card(TEMPLATE_FIELDS, row, card)
    session.add(row)
    session.flush()
    changes = changed_fields(blank_card(TEMPLATE_FIELDS), card)
    log_card(session, TABLE, code, change, by_caption(TEMPLATE_FIELDS, changes))
    return row


def change_template(
    session: Session, code: str, as_read: TextCard, typed: TextCard, change: Change
) -> None:
    """Let the card say what was typed.

    Raises:
        RecordUnknown: for a template that is not there.
        CardChanged: when somebody changed the card after it was read.
        RuleRefused: as `read_card` raises it.
    """
    row = _lock(session, code)
    stored = card_of_template(row)
    check_unchanged(as_read, stored)
    card = read_card(TEMPLATE_FIELDS, typed | {"code": row.code})
    write_card(TEMPLATE_FIELDS, row, card)
    session.flush()
    changes = changed_fields(stored, card)
    log_card(session, TABLE, row.code, change, by_caption(TEMPLATE_FIELDS, changes))


def delete_template(session: Session, code: str, change: Change) -> None:
    """Remove a template with its lines.

    Raises:
        RecordUnknown: for a template that is not there.
        RecordInUse: when a location or an item says it.
    """
    row = _lock(session, code)
    for table, place in USERS_OF_TEMPLATES:
        named = select(table.id).where(table.put_away_template_code == row.code)
        if session.scalar(named.limit(1)) is not None:
            raise RecordInUse(record=PUT_AWAY_TEMPLATE, code=row.code, place=place)
    line = PutAwayTemplateLine
    for each in session.scalars(select(line).where(line.template_id == row.id)):
        session.delete(each)
    session.flush()
    session.delete(row)
    log_card(session, TABLE, row.code, change, [("Code", row.code, "")])


def create_line(session: Session, code: str, typed: TextCard, change: Change) -> int:
    """Add a line to a template, at the end where it has no number; returns its id.

    Raises:
        RecordUnknown: for a template that is not there.
        TemplateLineTaken: when the template has this number.
        RuleRefused: as `read_card` and `whole_line` raise it.
    """
    template = _lock(session, code)
    row = PutAwayTemplateLine(template_id=template.id)
    card = _read_line(session, template, row, typed)
    write_card(LINE_FIELDS, row, card)
    session.add(row)
    session.flush()
    changes = changed_fields(blank_template_line(), card)
    log_card(session, TABLE, template.code, change, by_caption(LINE_FIELDS, changes))
    return row.id


def change_line(
    session: Session,
    code: str,
    line_id: int,
    *,
    as_read: TextCard,
    typed: TextCard,
    change: Change,
) -> None:
    """Let a line ask what was typed.

    Raises:
        RecordUnknown, TemplateLineGone: for what is not there.
        CardChanged: when somebody changed the line after it was read.
        TemplateLineTaken: when another line has this number.
        RuleRefused: as `read_card` and `whole_line` raise it.
    """
    template = _lock(session, code)
    row = _line(session, template, line_id)
    stored = card_of_line(row)
    check_unchanged(as_read, stored)
    card = _read_line(session, template, row, typed)
    write_card(LINE_FIELDS, row, card)
    session.flush()
    changes = changed_fields(stored, card)
    log_card(session, TABLE, template.code, change, by_caption(LINE_FIELDS, changes))


def delete_line(session: Session, code: str, line_id: int, change: Change) -> None:
    """A template asks for this no more.

    Raises:
        RecordUnknown, TemplateLineGone: for what is not there.
    """
    template = _lock(session, code)
    row = _line(session, template, line_id)
    gone = [("Line No.", str(row.line_no), "")]
    session.delete(row)
    log_card(session, TABLE, template.code, change, gone)


def _read_line(
    session: Session, template: PutAwayTemplate, row: PutAwayTemplateLine, typed: TextCard
) -> TextCard:
    card = whole_line(read_card(LINE_FIELDS, typed))
    line = PutAwayTemplateLine
    if card["line_no"] == "0":
        last = select(func.max(line.line_no)).where(line.template_id == template.id)
        card["line_no"] = str((session.scalar(last) or 0) + LINE_STEP)
    same = (line.template_id == template.id, line.line_no == int(card["line_no"]))
    if session.scalar(select(line.id).where(*same, line.id != row.id)) is not None:
        raise TemplateLineTaken(code=template.code, line_no=card["line_no"])
    return card


def _lock(session: Session, code: str) -> PutAwayTemplate:
    """Who names or changes the template at the same moment waits."""
    lock_set_up(session)
    row = find_template(session, code)
    if row is None:
        raise RecordUnknown(record=PUT_AWAY_TEMPLATE, code=code[:CODE_LENGTH])
    session.refresh(row, with_for_update=True)
    return row


def _line(session: Session, template: PutAwayTemplate, line_id: int) -> PutAwayTemplateLine:
    row = find_line(session, template, line_id)
    if row is None:
        raise TemplateLineGone(code=template.code)
    return row
