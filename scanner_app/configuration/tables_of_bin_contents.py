"""Package table of bin contents: the items that have their place in a bin.

This module must never decide what a record may say: the verbs of the page do.
"""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.configuration.package_table import (
    Found,
    RecordTable,
    field_of_card,
    key_field,
)
from scanner_app.configuration.tables_of_items import OF_GOODS
from scanner_app.configuration.tables_of_places import LOCATION, OF_BIN, OF_LOCATION
from scanner_app.errors import N_
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.bin_content_card import (
    FIELDS,
    ContentOfBin,
    blank_content_card,
    find_content_of_item,
    list_every_content,
)
from scanner_app.warehouse.record_card import read_card
from scanner_app.warehouse.set_up_bin_content import change_bin_content, create_bin_content

# As on the card: a field that is left out is the item without a variant, in its base unit.
MAY_MISS = ("variant", "unit")
BLANK = {"location": "", "bin": ""} | blank_content_card()


def _card(content: ContentOfBin) -> TextCard:
    return {"location": content.location, "bin": content.bin_code} | content.card


def _list_contents(session: Session) -> Iterator[TextCard]:
    return map(_card, list_every_content(session))


def _find_content(session: Session, typed: TextCard) -> Found | None:
    content = find_content_of_item(session, typed["location"], typed["bin"], typed)
    return Found(content.id, _card(content)) if content else None


def _create_content(session: Session, typed: TextCard, change: Change) -> None:
    create_bin_content(session, typed["location"], typed["bin"], typed, change)


def _change_content(session: Session, found: Found, typed: TextCard, change: Change) -> None:
    location, bin_code = found.card["location"], found.card["bin"]
    as_read = {field.name: found.card[field.name] for field in FIELDS}
    change_bin_content(
        session, location, bin_code, found.id, as_read=as_read, typed=typed, change=change
    )


BIN_CONTENT = RecordTable(
    7302,
    N_("Bin Content"),
    (
        key_field("location", LOCATION, OF_LOCATION),
        key_field("bin", N_("Bin Code"), OF_BIN),
        *(
            field_of_card(
                field,
                OF_GOODS.get(field.name),
                is_key=field.is_name,
                may_miss=field.name in MAY_MISS,
            )
            for field in FIELDS
        ),
    ),
    BLANK,
    _list_contents,
    read=lambda typed: read_card(FIELDS, typed),
    sample=BLANK,
    find=_find_content,
    create=_create_content,
    change=_change_content,
)
