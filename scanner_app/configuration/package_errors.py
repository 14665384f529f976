"""Package errors: what stands against a record, kept with the field that is at fault.

This module must never decide whether something is an error: trying a record does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.orm import Session

from scanner_app.configuration.configuration_package import (
    LEFT,
    ConfigurationPackageError,
    ConfigurationPackageRecord,
    ConfigurationPackageTable,
)
from scanner_app.configuration.package_table import PackageTable
from scanner_app.errors import RuleRefused
from scanner_app.inventory.text_card import ROWS_AT_ONCE
from scanner_app.stored_refusals import refusal_from_json, refusal_to_json

Fault = tuple[str, RuleRefused]


@dataclass(frozen=True)
class PackageError:
    """One error as it is listed: row, field, and what the row says there."""

    id: int
    row_no: int
    caption: str
    value: str
    refusal: RuleRefused


def field_at_fault(table: PackageTable, refusal: RuleRefused) -> str:
    """The field that a refusal is about; where it says none, the first one of the key."""
    by_caption = {caption: name for name, caption in table.captions.items()}
    at = str(refusal.parameters.get("at", "")).rpartition(".")[2]
    record = f"{refusal.parameters.get('record', '')} Code"
    named = [str(refusal.parameters.get(name, "")) for name in ("field", "caption")]
    said = (record, *named, refusal.field)
    told = [at] if at in table.captions else []
    told += [by_caption[caption] for caption in said if caption in by_caption]
    return told[0] if told else table.keys[0].name


def keep_errors(
    session: Session,
    package_table: ConfigurationPackageTable,
    faults: Iterable[tuple[int, Sequence[Fault]]],
) -> None:
    """Write down what stands against records, given by their ids."""
    rows = [
        {
            "package_table_id": package_table.id,
            "record_id": record_id,
            "field_name": name,
            "refusal": refusal_to_json(fault),
        }
        for record_id, found in faults
        for name, fault in found
    ]
    if rows:
        session.execute(insert(ConfigurationPackageError), rows)


def count_records_with_errors(session: Session, package_table: ConfigurationPackageTable) -> None:
    """Let a table know how many of its records have errors."""
    row = ConfigurationPackageError
    records = select(func.count(row.record_id.distinct()))
    of_table = records.where(row.package_table_id == package_table.id)
    package_table.errors = session.scalar(of_table) or 0


def forget_errors(session: Session, package_table: ConfigurationPackageTable) -> None:
    """Let go what was found in a table before."""
    row = ConfigurationPackageError
    session.execute(delete(row).where(row.package_table_id == package_table.id))
    package_table.errors = 0


def has_errors() -> Any:  # noqa: ANN401 - a condition
    """Whether a record has errors."""
    error = ConfigurationPackageError
    return exists().where(error.record_id == ConfigurationPackageRecord.id)


def list_errors(
    session: Session, table: PackageTable, package_table_id: int, after: int, rows_max: int
) -> list[PackageError]:
    """So many errors of a table in the order in which they were found."""
    error, record = ConfigurationPackageError, ConfigurationPackageRecord
    rows = session.execute(
        select(error, record)
        .join(record, record.id == error.record_id)
        .where(error.package_table_id == package_table_id, error.id > after)
        .order_by(error.id)
        .limit(rows_max)
    )
    captions = table.captions
    return [
        PackageError(
            found.id,
            row.row_no,
            captions.get(found.field_name, found.field_name),
            row.cells.get(found.field_name, ""),
            refusal_from_json(found.refusal),
        )
        for found, row in rows
    ]


def count_errors(session: Session, package_table_id: int) -> int:
    """How many errors a table has; a record may have several."""
    row = ConfigurationPackageError
    of_table = row.package_table_id == package_table_id
    return session.scalar(select(func.count()).select_from(row).where(of_table)) or 0


def records_and_errors(
    session: Session, package_table_id: int
) -> Iterator[tuple[ConfigurationPackageRecord, list[RuleRefused]]]:
    """All records of a table in their order, each with its errors."""
    error, record = ConfigurationPackageError, ConfigurationPackageRecord
    rows = session.execute(
        select(record, error.refusal)
        .outerjoin(error, error.record_id == record.id)
        .where(record.package_table_id == package_table_id, record.row_no != LEFT)
        .order_by(record.id, error.id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    held: ConfigurationPackageRecord | None = None
    faults: list[RuleRefused] = []
    for row, stored in rows:
        if held is not None and row.id != held.id:
            yield held, faults
            faults = []
        held = row
        faults += [refusal_from_json(stored)] if stored else []
    if held is not None:
        yield held, faults
