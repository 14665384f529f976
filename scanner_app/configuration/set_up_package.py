"""Setting up configuration packages: one is made, its name and tables change, it goes.

Whether a table is in a package is a switch on its card. A table that leaves takes its records
with it. The verbs write the change log. They never commit: the caller does.

This module must never touch a record of the tables themselves.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.configuration.configuration_package import (
    ConfigurationPackage,
    ConfigurationPackageError,
    ConfigurationPackageRecord,
    ConfigurationPackageTable,
)
from scanner_app.configuration.package_refusals import PackageBusy
from scanner_app.configuration.package_tables import TABLES
from scanner_app.errors import N_
from scanner_app.inventory.text_card import NO, YES, TextCard, changed_fields, check_unchanged
from scanner_app.warehouse.record_card import (
    CardField,
    FieldKind,
    Fields,
    blank_card,
    by_caption,
    log_card,
    read_card,
    read_name,
)
from scanner_app.warehouse.record_refusals import NameTaken, RecordUnknown

TABLE = ConfigurationPackage.__tablename__
CODE_LENGTH = 20
PACKAGE = N_("Configuration Package")
TABLES_TAB = "tables"

FIELDS: Fields = (
    CardField(
        "code",
        N_("Code"),
        N_("Specifies the name of the package, as its files say it. It cannot be changed later."),
        FieldKind.CODE,
        CODE_LENGTH,
        is_name=True,
    ),
    CardField(
        "package_name",
        N_("Package Name"),
        N_("Specifies what the package is for, in your words."),
        FieldKind.DESCRIPTION,
        50,
    ),
    *(
        CardField(
            f"table_{table.number}",
            table.name,
            N_("Specifies that the table is in the package."),
            FieldKind.SWITCH,
            tab=TABLES_TAB,
        )
        for table in TABLES.values()
    ),
)


def find_package(session: Session, code: str) -> ConfigurationPackage | None:
    """The package of a code as somebody typed it."""
    name = code.strip().upper()
    if not name.isprintable():
        return None
    row = ConfigurationPackage
    return session.scalar(select(row).where(row.code == name))


def lock_package(session: Session, code: str) -> ConfigurationPackage:
    """Find a package and keep it and its records for this transaction.

    Raises:
        RecordUnknown: when there is none.
        PackageBusy: while a job works on it.
    """
    name, package = code.strip().upper(), None
    if name.isprintable():
        row = ConfigurationPackage
        wanted = select(row).where(row.code == name).with_for_update()
        package = session.scalar(wanted.execution_options(populate_existing=True))
    if package is None:
        raise RecordUnknown(record=PACKAGE, code=code[:CODE_LENGTH])
    if package.frozen_at is not None:
        raise PackageBusy(code=package.code)
    return package


def tables_of(session: Session, package_id: int) -> Sequence[ConfigurationPackageTable]:
    """The tables of a package in the order in which they are applied."""
    row = ConfigurationPackageTable
    order = list(TABLES)
    rows = session.scalars(select(row).where(row.package_id == package_id)).all()
    return sorted(rows, key=lambda table: order.index(table.table_no))


def card_of_package(session: Session, package: ConfigurationPackage) -> TextCard:
    """What the card of a package says."""
    chosen = {f"table_{table.table_no}" for table in tables_of(session, package.id)}
    own = {"code": package.code, "package_name": package.package_name}
    return blank_card(FIELDS) | own | dict.fromkeys(chosen, YES)


def create_package(session: Session, typed: TextCard, change: Change) -> ConfigurationPackage:
    """Add a package.

    Raises:
        NameTaken: when there is such a package.
        RuleRefused: as `read_name` and `read_card` raise it.
    """
    code = read_name(typed["code"], CODE_LENGTH)
    card = read_card(FIELDS, typed)
    if find_package(session, code):
        raise NameTaken(record=PACKAGE, code=code)
    package = ConfigurationPackage(code=code, package_name=card["package_name"])
    session.add(package)
    session.flush()
    _write_tables(session, package, card)
    changes = changed_fields(blank_card(FIELDS), card)
    log_card(session, TABLE, code, change, by_caption(FIELDS, changes))
    return package


def change_package(
    session: Session, code: str, as_read: TextCard, typed: TextCard, change: Change
) -> None:
    """Let the card say what was typed.

    Raises:
        RecordUnknown, PackageBusy: as `lock_package` raises them.
        CardChanged: when somebody changed the card after it was read.
        RuleRefused: as `read_card` raises it.
    """
    package = lock_package(session, code)
    stored = card_of_package(session, package)
    check_unchanged(as_read, stored)
    card = read_card(FIELDS, typed | {"code": package.code})
    changes = changed_fields(stored, card)
    if not changes:
        return
    package.package_name = card["package_name"]
    package.lock_version += 1
    _write_tables(session, package, card)
    log_card(session, TABLE, package.code, change, by_caption(FIELDS, changes))


def delete_package(session: Session, code: str, change: Change) -> None:
    """Remove a package and what waits in it; what was applied stays.

    Raises:
        RecordUnknown, PackageBusy: as `lock_package` raises them.
    """
    package = lock_package(session, code)
    for table in tables_of(session, package.id):
        _remove_table(session, table)
    session.flush()
    session.delete(package)
    log_card(session, TABLE, package.code, change, [("Code", package.code, "")])


def _write_tables(session: Session, package: ConfigurationPackage, card: TextCard) -> None:
    there = {table.table_no: table for table in tables_of(session, package.id)}
    for number in TABLES:
        chosen = card[f"table_{number}"] != NO
        if chosen and number not in there:
            session.add(ConfigurationPackageTable(package_id=package.id, table_no=number))
        elif not chosen and number in there:
            _remove_table(session, there[number])
    session.flush()


def _remove_table(session: Session, table: ConfigurationPackageTable) -> None:
    error, record = ConfigurationPackageError, ConfigurationPackageRecord
    session.execute(delete(error).where(error.package_table_id == table.id))
    session.execute(delete(record).where(record.package_table_id == table.id))
    session.delete(table)
