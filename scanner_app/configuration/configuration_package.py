"""Configuration Package: which tables it has, and the records that were imported and wait.

Answers to Business Central's Config. Package, Config. Package Table, Config. Package Record and
Config. Package Error. A record is kept as the file says it, cell by cell, and read when it is
validated or applied, because what it names comes and goes meanwhile.

This module must never read what a cell says.
"""

import enum
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.configuration.package_table import PackageTable
from scanner_app.errors import N_
from scanner_app.records import Base, Code, Code20, Editable, Id
from scanner_app.warehouse.publication_plan import digest_of

LEFT = 0


class PackageTableState(enum.StrEnum):
    """How far the records of a table are."""

    EMPTY = ""
    IMPORTED = N_("Imported")
    VALIDATED = N_("Validated")
    APPLIED = N_("Applied")


class ConfigurationPackage(Editable, Base):
    """A named set of tables. While it is frozen, its job alone changes what is in it.

    `job_id` is the job that its page tells of, until somebody has read how that ended.
    """

    __tablename__ = "configuration_package"
    __table_args__ = (UniqueConstraint("code"), UniqueConstraint("job_id"))

    id: Mapped[Id]
    code: Mapped[Code20]
    package_name: Mapped[str] = mapped_column(String(50), default="")
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    frozen_at: Mapped[datetime | None]


class ConfigurationPackageTable(Base):
    """One table of a package, and how many records and errors it has there."""

    __tablename__ = "configuration_package_table"
    __table_args__ = (UniqueConstraint("package_id", "table_no"),)

    id: Mapped[Id]
    package_id: Mapped[int] = mapped_column(ForeignKey("configuration_package.id"))
    table_no: Mapped[int]
    state: Mapped[PackageTableState] = mapped_column(default=PackageTableState.EMPTY)
    records: Mapped[int] = mapped_column(default=0)
    errors: Mapped[int] = mapped_column(default=0)


class ConfigurationPackageRecord(Base):
    """One record as a file says it.

    Attributes:
        key: digest of the fields that say which record it is; a new line of a journal is known
            by all that it says.
        row_no: its row in the file that brought it last; 0 for one that has left the package, and
            is kept to know its line.
        digest: digest of its cells.
        line_id: the line of a journal that it became; ids come once, numbers come again.
        applied_digest: its cells when it became that.
    """

    __tablename__ = "configuration_package_record"
    __table_args__ = (
        UniqueConstraint("package_table_id", "key"),
        Index("ix_configuration_package_record_order", "package_table_id", "id"),
    )

    id: Mapped[Id]
    package_table_id: Mapped[int] = mapped_column(ForeignKey("configuration_package_table.id"))
    key: Mapped[str] = mapped_column(Code(64))
    row_no: Mapped[int]
    cells: Mapped[dict[str, str]] = mapped_column(JSON)
    faults: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(Code(64))
    line_id: Mapped[int | None]
    applied_digest: Mapped[str] = mapped_column(Code(64), default="")


class ConfigurationPackageError(Base):
    """Why a record cannot be applied: the field at fault, and the refusal as it is stored."""

    __tablename__ = "configuration_package_error"
    __table_args__ = (
        Index("ix_configuration_package_error_record", "record_id"),
        Index("ix_configuration_package_error_order", "package_table_id", "id"),
    )

    id: Mapped[Id]
    package_table_id: Mapped[int] = mapped_column(ForeignKey("configuration_package_table.id"))
    record_id: Mapped[int] = mapped_column(ForeignKey("configuration_package_record.id"))
    field_name: Mapped[str] = mapped_column(String(63))
    refusal: Mapped[dict[str, Any]] = mapped_column(JSON)


def key_of(table: PackageTable, cells: Mapping[str, str]) -> str:
    """What tells the record of a row from the others of its table."""
    said = (cells.get(field.name, "").strip() or table.blank[field.name] for field in table.keys)
    return digest_of_key(said)


def digest_of_key(values: Iterable[str]) -> str:
    """What tells one key from another: codes have no blanks around them, and are in capitals."""
    return digest_of([value.strip().upper() for value in values])
