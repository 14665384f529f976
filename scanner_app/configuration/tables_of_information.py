"""Package tables of what is known of numbers: information cards, and Inventory Setup.

This module must never decide what a record may say: the verbs of the pages do.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.configuration.package_table import (
    Found,
    PackageField,
    RecordTable,
    key_field,
    options_of,
)
from scanner_app.configuration.tables_of_numbers import ITEMS_NO, SERIES_NO, VARIANTS_NO
from scanner_app.errors import N_
from scanner_app.inventory import information_card, inventory_setup
from scanner_app.inventory.information_setup import (
    change_information,
    create_information,
    read_card,
)
from scanner_app.inventory.inventory_setup import change_inventory_setup, setup_card
from scanner_app.inventory.item import Item, ItemVariant
from scanner_app.inventory.text_card import TextCard
from scanner_app.inventory.tracking_information import CARD_TABLES, NumberKind, TestQuality
from scanner_app.workbooks.column import ColumnKind


def _find_information(session: Session, kind: NumberKind, typed: TextCard) -> Found | None:
    names = [typed[name].strip().upper() for name in information_card.KEY_FIELDS]
    if not all(name.isprintable() for name in names):
        return None
    table, number = CARD_TABLES[kind]
    row = session.scalar(
        select(table)
        .join(Item, Item.id == table.item_id)
        .join(ItemVariant, ItemVariant.id == table.variant_id)
        .where(Item.no == names[0], ItemVariant.code == names[1])
        .where(getattr(table, number) == names[2])
    )
    return Found(row.id, information_card.card_of(session, kind, row)) if row else None


def _information(number: int, name: str, kind: NumberKind) -> RecordTable:
    captions = information_card.captions_of(kind)
    kinds = {"blocked": ColumnKind.SWITCH, "number": ColumnKind.NUMBER_TEXT}
    names = {
        "item_no": (ITEMS_NO, ("item_no",)),
        "variant_code": (VARIANTS_NO, ("item_no", "variant_code")),
    }
    blank = information_card.blank_card(kind)
    return RecordTable(
        number,
        name,
        tuple(
            PackageField(
                name,
                caption,
                kinds.get(name, ColumnKind.TEXT),
                is_key=name in information_card.KEY_FIELDS,
                may_miss=name == "variant_code",
                names=names.get(name),
                choices=options_of(TestQuality) if name == "test_quality" else (),
            )
            for name, caption in captions.items()
        ),
        blank,
        lambda session: information_card.list_information_cards(session, kind),
        read=lambda typed: read_card(kind, typed),
        sample=blank | {"item_no": "A", "number": "A"},
        find=lambda session, typed: _find_information(session, kind, typed),
        create=lambda session, typed, change: create_information(session, kind, typed, change),
        change=lambda session, found, typed, change: change_information(
            session, kind, found.id, found.card, typed, change
        ),
    )


SERIAL_NO_INFORMATION = _information(6504, N_("Serial No. Information"), NumberKind.SERIAL)
LOT_NO_INFORMATION = _information(6505, N_("Lot No. Information"), NumberKind.LOT)
PACKAGE_NO_INFORMATION = _information(6515, N_("Package No. Information"), NumberKind.PACKAGE)

INVENTORY_SETUP = RecordTable(
    313,
    N_("Inventory Setup"),
    (
        key_field("primary_key", N_("Primary Key"), may_miss=True),
        PackageField(
            "package_nos",
            inventory_setup.CAPTIONS["package_nos"],
            names=(SERIES_NO, ("package_nos",)),
        ),
    ),
    {"primary_key": "", "package_nos": ""},
    lambda session: iter([{"primary_key": ""} | setup_card(session)]),
    read=lambda typed: typed,
    sample={"primary_key": "", "package_nos": ""},
    find=lambda session, _: Found(
        inventory_setup.ONLY_ROW, {"primary_key": ""} | setup_card(session)
    ),
    create=lambda *_: None,
    change=lambda session, found, typed, change: change_inventory_setup(
        session, found.card, typed, change
    ),
)
