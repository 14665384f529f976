"""The ground every table stands on: the declarative base and the exact column types.

An integer is a 64-bit key, a `Decimal` an exact quantity, a `datetime` an aware instant in
UTC, a `StrEnum` one of its values by a CHECK; code columns carry a length that both databases
enforce and sort byte by byte. Ledger tables mix in `Entry`, which refuses to be changed.

This module must never know a concept of the warehouse.
"""

import enum
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Enum,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    event,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from scanner_app.errors import N_, InvariantBroken, RuleRefused
from scanner_app.quantities import from_units, to_units

NAMES_OF_CONSTRAINTS = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class CodeTooLong(RuleRefused):
    """A code does not fit its field."""

    message = N_("“{typed}” is longer than the {length} characters this field holds.")
    way_out = N_("Use a shorter code.")


class CodeNotReadable(RuleRefused):
    """A code holds characters no code may hold."""

    message = N_("This code holds a character that cannot be printed or seen.")
    way_out = N_("Type the code again.")


def to_code(text: str, length: int) -> str:
    """Return the text as Business Central keeps codes: trimmed and upper-cased.

    Raises:
        CodeTooLong: when more than `length` characters remain.
        CodeNotReadable: for control characters, lone surrogates and invisible ones.
    """
    code = text.strip().upper()
    if not code.isprintable():
        raise CodeNotReadable
    if len(code) > length:
        raise CodeTooLong(typed=code[:40], length=length)
    return code


class Code(TypeDecorator[str]):
    """A code of limited length, compared byte by byte on both databases."""

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """PostgreSQL sorts codes by the C collation, as SQLite does by itself."""
        collation = "C" if dialect.name == "postgresql" else None
        return dialect.type_descriptor(String(self.length, collation=collation))


class Quantity(UserDefinedType[Decimal]):
    """An exact quantity, stored as a 64-bit whole number of 0.00001 (docs/domain.md 3.1)."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:  # noqa: ANN401 - SQLAlchemy's signature
        """The same integer column on both databases."""
        return "BIGINT"

    def bind_processor(self, dialect: Dialect) -> Callable[[Decimal | None], int | None]:
        """Refuse floats and a sixth decimal on the way in."""
        return lambda quantity: None if quantity is None else to_units(quantity)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[int | None], Decimal | None]:
        """Refuse floats on the way out: an untyped CASE or AVG would have made one."""
        return lambda units: None if units is None else from_units(units)


class UtcInstant(TypeDecorator[datetime]):
    """A moment, aware in and aware out on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Take only aware moments; SQLite keeps them without a zone, in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise InvariantBroken(f"a moment without a time zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every moment back in UTC."""
        if value is None or value.tzinfo is not None:
            return value if value is None else value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that meet a condition, the same on both databases."""
    condition = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def values_of(choices: type[enum.Enum]) -> list[str]:
    """The stored words of an enumeration are its values, not its Python names."""
    return [str(choice.value) for choice in choices]


KEY = BigInteger().with_variant(Integer, "sqlite")

Id = Annotated[int, mapped_column(KEY, primary_key=True)]
Code10 = Annotated[str, mapped_column(Code(10))]
Code20 = Annotated[str, mapped_column(Code(20))]
Code50 = Annotated[str, mapped_column(Code(50))]
Text100 = Annotated[str, mapped_column(String(100))]
Text250 = Annotated[str, mapped_column(String(250))]
Text2000 = Annotated[str, mapped_column(String(2000))]
Uuid = Annotated[str, mapped_column(Code(36))]
# Serial, lot and package numbers are '' and never NULL: unique keys do not hold over NULL.
TrackingNumber = Annotated[str, mapped_column(Code(50), default="")]
Flag = Annotated[bool, mapped_column(default=False)]
Amount = Annotated[Decimal, mapped_column(Quantity(), default=Decimal(0))]


class Base(DeclarativeBase):
    """Every table of the product."""

    metadata = MetaData(naming_convention=NAMES_OF_CONSTRAINTS)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own class attribute
        int: KEY,
        Decimal: Quantity(),
        datetime: UtcInstant(),
        date: Date(),
        enum.StrEnum: Enum(
            enum.StrEnum,
            native_enum=False,
            create_constraint=True,
            length=20,
            values_callable=values_of,
        ),
    }


class Editable:
    """A record that people edit: two editors are told apart by its lock version."""

    lock_version: Mapped[int] = mapped_column(default=1)


class Entry:
    """A row of a ledger: inserted once, never changed, never removed (docs/domain.md 1.1).

    The classes that mix this in get the same guard as a trigger, see `scanner_app/guards.py`.
    """

    __append_only__ = True


@event.listens_for(Entry, "before_update", propagate=True)
@event.listens_for(Entry, "before_delete", propagate=True)
def _refuse_change_of_entry(mapper: Mapper[Any], connection: object, target: object) -> None:
    raise InvariantBroken(f"{mapper.class_.__name__} is append-only")


@event.listens_for(Base, "instrument_class", propagate=True)
def _repeat_promises_in_table(mapper: Mapper[Any], class_: type) -> None:
    """SQLite ignores the length of a column; a CHECK repeats it on both databases."""
    table = mapper.local_table
    if not isinstance(table, Table):
        return
    if "id" in table.columns and not issubclass(class_, Entry):
        # History points to rows that are gone; SQLite would give their ids out again.
        table.dialect_options["sqlite"]["autoincrement"] = True
    for column in table.columns:
        if isinstance(column.type, (Code, String)) and not isinstance(column.type, Enum):
            length = column.type.length
            if length is not None:
                rule = f"length({column.name}) <= {length}"
                table.append_constraint(CheckConstraint(rule, name=f"{column.name}_length"))
