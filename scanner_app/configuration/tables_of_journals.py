"""Package tables of journals: batches of item and warehouse journals, and their lines.

Lines are read, tested and written in bulk: see `journal_records.py` of this room.

This module must never decide what a record may say: the verbs of the pages do.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.configuration.line_numbers import LINE_NO
from scanner_app.configuration.package_refusals import OtherTemplate
from scanner_app.configuration.package_table import (
    Found,
    Named,
    PackageField,
    PackageTable,
    RecordTable,
    field_of_card,
    key_field,
)
from scanner_app.configuration.tables_of_codes import REASONS_NO
from scanner_app.configuration.tables_of_items import OF_GOODS
from scanner_app.configuration.tables_of_numbers import SERIES_NO
from scanner_app.configuration.tables_of_places import LOCATION, OF_BIN, OF_LOCATION
from scanner_app.errors import N_
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalTemplate
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.text_card import ROWS_AT_ONCE, TextCard
from scanner_app.inventory.typed_fields import VALUE_SHOWN_MAX
from scanner_app.warehouse import item_journal_fields, warehouse_journal_fields
from scanner_app.warehouse.adjustment_sync import BATCH_NAME as SYNC
from scanner_app.warehouse.item_journal_line_card import blank_line_card, list_line_cards
from scanner_app.warehouse.manual_line_card import blank_manual_line_card, list_adjustment_cards
from scanner_app.warehouse.manual_line_kind import LINE_KINDS
from scanner_app.warehouse.place_refusals import LOCATION as LOCATION_RECORD
from scanner_app.warehouse.record_card import Fields, blank_card, card_of, read_card
from scanner_app.warehouse.record_refusals import ChoiceUnknown, RecordUnknown
from scanner_app.warehouse.set_up_item_journal_batch import (
    card_of_batch,
    change_item_journal_batch,
    create_item_journal_batch,
    find_item_journal_batch,
)
from scanner_app.warehouse.set_up_location import find_location
from scanner_app.warehouse.set_up_warehouse_journal_batch import (
    WarehouseJournal,
    card_of_warehouse_journal_batch,
    change_warehouse_journal_batch,
    create_warehouse_journal_batch,
    find_warehouse_journal_batch,
)
from scanner_app.warehouse.warehouse_journal import (
    WarehouseJournalBatch,
    WarehouseJournalTemplate,
)

ITEM_BATCHES_NO, WAREHOUSE_BATCHES_NO = 233, 7310
TEMPLATE = N_("Journal Template Name")
ITEM_TEMPLATE = "ITEM"
# Their lines say that more or less lies in a bin; what is called anew comes in no package.
ADJUSTMENTS = (WarehouseJournalTemplate.PHYSICAL_INVENTORY, WarehouseJournalTemplate.ITEM)
WAREHOUSE_TEMPLATES = tuple(template.value for template in ADJUSTMENTS)
BATCH = N_("Journal Batch Name")
NAMED: dict[str, Named] = OF_GOODS | {
    "number_series": (SERIES_NO, ("number_series",)),
    "reason_code": (REASONS_NO, ("reason_code",)),
    "location": OF_LOCATION,
    "bin": OF_BIN,
}


@dataclass(frozen=True)
class LineTable(PackageTable):
    """A table of journal lines.

    Attributes:
        batch_key: the fields that say which batch a line is of.
    """

    batch_key: tuple[str, ...]
    line_fields: Fields


def check_template(typed: TextCard) -> None:
    """Refuse any other template than the one that item journals have.

    Raises:
        OtherTemplate: for such a one.
    """
    if typed.get("template", ITEM_TEMPLATE).strip().upper() != ITEM_TEMPLATE:
        raise OtherTemplate(
            field=TEMPLATE, typed=typed["template"][:VALUE_SHOWN_MAX], template=ITEM_TEMPLATE
        )


def _fields(fields: Fields) -> tuple[PackageField, ...]:
    return tuple(
        field_of_card(field, NAMED.get(field.name), is_key=field.is_name) for field in fields
    )


def _list_item_batches(session: Session) -> Iterator[TextCard]:
    batch, fields = ItemJournalBatch, item_journal_fields.BATCH_FIELDS
    in_order = (
        select(batch, NumberSeries.code, ReasonCode.code)
        .outerjoin(NumberSeries, NumberSeries.id == batch.number_series_id)
        .outerjoin(ReasonCode, ReasonCode.id == batch.reason_code_id)
        .where(batch.name != SYNC, batch.template == ItemJournalTemplate.ITEM)
        .order_by(batch.name)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for row, series, reason in session.execute(in_order):
        named = {"number_series": series or "", "reason_code": reason or ""}
        yield {"template": ITEM_TEMPLATE} | card_of(fields, row, named)


def item_batch_of(session: Session, name: str) -> ItemJournalBatch | None:
    """The batch of a name; one that holds transfers is not of this table."""
    batch = find_item_journal_batch(session, name)
    return batch if batch and batch.template is ItemJournalTemplate.ITEM else None


def _find_item_batch(session: Session, typed: TextCard) -> Found | None:
    row = item_batch_of(session, typed["name"])
    if row is None:
        return None
    return Found(row.id, {"template": ITEM_TEMPLATE} | card_of_batch(session, row))


def _create_item_batch(session: Session, typed: TextCard, change: Change) -> None:
    check_template(typed)
    create_item_journal_batch(session, typed, change)


def _change_item_batch(session: Session, found: Found, typed: TextCard, change: Change) -> None:
    check_template(typed)
    change_item_journal_batch(session, found.card["name"], found.card, typed, change)


ITEM_JOURNAL_BATCH = RecordTable(
    ITEM_BATCHES_NO,
    N_("Item Journal Batch"),
    (
        key_field("template", TEMPLATE, may_miss=True, choices=(ITEM_TEMPLATE,)),
        *_fields(item_journal_fields.BATCH_FIELDS),
    ),
    {"template": ITEM_TEMPLATE} | blank_card(item_journal_fields.BATCH_FIELDS),
    _list_item_batches,
    read=lambda typed: read_card(item_journal_fields.BATCH_FIELDS, typed),
    sample=blank_card(item_journal_fields.BATCH_FIELDS),
    find=_find_item_batch,
    create=_create_item_batch,
    change=_change_item_batch,
)
ITEM_JOURNAL_LINE = LineTable(
    83,
    N_("Item Journal Line"),
    (
        key_field("template", TEMPLATE, may_miss=True, choices=(ITEM_TEMPLATE,)),
        key_field("batch", BATCH, (ITEM_BATCHES_NO, ("template", "batch"))),
        key_field("line_no", LINE_NO, may_miss=True),
        *_fields(item_journal_fields.LINE_FIELDS),
    ),
    {"template": ITEM_TEMPLATE, "batch": "", "line_no": ""} | blank_line_card(),
    lambda session: ({"template": ITEM_TEMPLATE} | card for card in list_line_cards(session)),
    batch_key=("template", "batch"),
    line_fields=item_journal_fields.LINE_FIELDS,
)


def journal_of(session: Session, typed: TextCard) -> WarehouseJournal | None:
    """The warehouse journal that a row is of, None where its location is not there.

    Raises:
        ChoiceUnknown: for a template that is not there.
    """
    template, location = template_of(typed), find_location(session, typed["location"])
    return WarehouseJournal(location.id, template) if location else None


def journal_named(session: Session, typed: TextCard) -> WarehouseJournal:
    """The warehouse journal that a row is of.

    Raises:
        ChoiceUnknown: for a template that is not there.
        RecordUnknown: for a location that is not there.
    """
    journal = journal_of(session, typed)
    if journal is None:
        raise RecordUnknown(record=LOCATION_RECORD, code=typed["location"][:10])
    return journal


def template_of(typed: TextCard) -> WarehouseJournalTemplate:
    """The warehouse journal template of a row.

    Raises:
        ChoiceUnknown: for one that is not there.
    """
    by_word = {each.value.upper(): each for each in ADJUSTMENTS}
    template = by_word.get(typed["template"].strip().upper())
    if template is None:
        raise ChoiceUnknown(field=TEMPLATE, typed=typed["template"][:VALUE_SHOWN_MAX])
    return template


def _list_warehouse_batches(session: Session) -> Iterator[TextCard]:
    batch, fields = WarehouseJournalBatch, warehouse_journal_fields.BATCH_FIELDS
    in_order = (
        select(batch, Location.code, ReasonCode.code)
        .join(Location, Location.id == batch.location_id)
        .outerjoin(ReasonCode, ReasonCode.id == batch.reason_code_id)
        .where(batch.template.in_(ADJUSTMENTS))
        .order_by(Location.code, batch.template, batch.name)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for row, location, reason in session.execute(in_order):
        key = {"template": row.template.value, "location": location}
        yield key | card_of(fields, row, {"reason_code": reason or ""})


def _find_warehouse_batch(session: Session, typed: TextCard) -> Found | None:
    journal = journal_of(session, typed)
    row = find_warehouse_journal_batch(session, journal, typed["name"]) if journal else None
    if journal is None or row is None:
        return None
    location = session.get_one(Location, journal.location_id)
    key = {"template": journal.template.value, "location": location.code}
    return Found(row.id, key | card_of_warehouse_journal_batch(session, row))


def _create_warehouse_batch(session: Session, typed: TextCard, change: Change) -> None:
    journal = journal_named(session, typed)
    create_warehouse_journal_batch(session, journal, typed, change)


def _change_warehouse_batch(
    session: Session, found: Found, typed: TextCard, change: Change
) -> None:
    journal, name = journal_named(session, found.card), found.card["name"]
    change_warehouse_journal_batch(session, journal, name, found.card, typed, change)


WAREHOUSE_JOURNAL_BATCH = RecordTable(
    WAREHOUSE_BATCHES_NO,
    N_("Warehouse Journal Batch"),
    (
        key_field("template", TEMPLATE, choices=WAREHOUSE_TEMPLATES),
        key_field("location", LOCATION, NAMED["location"]),
        *_fields(warehouse_journal_fields.BATCH_FIELDS),
    ),
    {"template": "", "location": ""} | blank_card(warehouse_journal_fields.BATCH_FIELDS),
    _list_warehouse_batches,
    read=lambda typed: read_card(warehouse_journal_fields.BATCH_FIELDS, typed),
    sample=blank_card(warehouse_journal_fields.BATCH_FIELDS),
    find=_find_warehouse_batch,
    create=_create_warehouse_batch,
    change=_change_warehouse_batch,
)
WAREHOUSE_JOURNAL_LINE = LineTable(
    7311,
    N_("Warehouse Journal Line"),
    (
        key_field("template", TEMPLATE, choices=WAREHOUSE_TEMPLATES),
        key_field("batch", BATCH, (WAREHOUSE_BATCHES_NO, ("template", "location", "batch"))),
        key_field("location", LOCATION, NAMED["location"]),
        key_field("line_no", LINE_NO, may_miss=True),
        *_fields(warehouse_journal_fields.LINE_FIELDS),
    ),
    {"template": "", "batch": "", "location": "", "line_no": ""}
    | blank_manual_line_card(LINE_KINDS[WarehouseJournalTemplate.ITEM]),
    list_adjustment_cards,
    batch_key=("template", "location", "batch"),
    line_fields=warehouse_journal_fields.LINE_FIELDS,
)
