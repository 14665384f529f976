"""Column types: the same limits on both databases, in Python and below it."""

import enum
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import CheckConstraint, MetaData, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Mapped, Session

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.access.user import Role, User
from scanner_app.database import Database
from scanner_app.errors import InvariantBroken
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.records import (
    NAMES_OF_CONSTRAINTS,
    Amount,
    Base,
    Code10,
    CodeNotReadable,
    CodeTooLong,
    Id,
    partial_index,
    to_code,
    values_of,
)

MOMENT = datetime(2026, 11, 22, 13, 30, 0, 123456, tzinfo=UTC)
FINEST = Decimal("12345678901234.56789")


class Laboratory(Base):
    """Metadata of their own, so that the tables of these tests are nobody else's."""

    __abstract__ = True

    metadata = MetaData(naming_convention=NAMES_OF_CONSTRAINTS)


class Sample(Laboratory):
    __tablename__ = "sample"

    id: Mapped[Id]
    quantity: Mapped[Decimal | None]
    amount: Mapped[Amount]
    moment: Mapped[datetime | None]
    day: Mapped[date | None]


@pytest.fixture
def laboratory(database: Database) -> Iterator[Database]:
    Laboratory.metadata.create_all(database.engine)
    yield database
    Laboratory.metadata.drop_all(database.engine)


def stored(database: Database, **values: object) -> Sample:
    """The row as another session reads it."""
    key = database.write(
        lambda session: session.scalar(insert(Sample).values(**values).returning(Sample.id))
    )
    with database.read() as session:
        return session.scalars(select(Sample).where(Sample.id == key)).one()


def user(**changed: object) -> dict[str, Any]:
    usual = {
        "user_name": "KELLER",
        "full_name": "",
        "role": Role.WORKER,
        "password_hash": "none",
        "disabled": False,
        "created_at": MOMENT,
        "lock_version": 1,
    }
    return usual | changed


def add_user(database: Database, **changed: object) -> None:
    database.write(lambda session: session.execute(insert(User).values(user(**changed))))


def execute(database: Database, statement: str) -> None:
    database.write(lambda session: session.execute(text(statement)))


@pytest.mark.parametrize(("field", "length"), [("user_name", 50), ("full_name", 100)])
def test_a_text_longer_than_its_field_is_refused_below_python(
    database: Database, field: str, length: int
) -> None:
    add_user(database)
    change = f"UPDATE user_account SET {field} = :value"  # noqa: S608 - names stand above
    with pytest.raises(DBAPIError):
        database.write(lambda one: one.execute(text(change), {"value": "X" * (length + 1)}))
    database.write(lambda one: one.execute(text(change), {"value": "X" * length}))


def test_a_value_outside_its_enumeration_is_refused_below_python(database: Database) -> None:
    add_user(database)
    with pytest.raises(IntegrityError):
        execute(database, "UPDATE user_account SET role = 'owner'")
    execute(database, "UPDATE user_account SET role = 'supervisor'")
    with database.read() as session:
        assert session.scalar(select(User.role)) is Role.SUPERVISOR


def test_a_value_outside_its_enumeration_is_refused_in_python(database: Database) -> None:
    with pytest.raises(StatementError):
        add_user(database, role="owner")


def test_codes_sort_byte_by_byte(database: Database) -> None:
    codes = ["A-1", "A1", "A_1", "B", "a", "Ä"]
    rows = [{"code": code, "description": ""} for code in reversed(codes)]
    database.write(lambda session: session.execute(insert(ReasonCode), rows))
    with database.read() as session:
        assert list(session.scalars(select(ReasonCode.code).order_by(ReasonCode.code))) == codes


@pytest.mark.parametrize("quantity", [FINEST, -FINEST, Decimal("0.00001"), Decimal(0)])
def test_a_quantity_is_stored_to_its_last_decimal(laboratory: Database, quantity: Decimal) -> None:
    kept = stored(laboratory, quantity=quantity, amount=quantity)
    assert (kept.quantity, kept.amount) == (quantity, quantity)


def test_a_sum_of_quantities_is_exact(laboratory: Database) -> None:
    rows = [{"quantity": Decimal("0.1"), "amount": FINEST} for _ in range(3)]
    laboratory.write(lambda session: session.execute(insert(Sample), rows))
    with laboratory.read() as session:
        total, largest = session.execute(
            select(func.sum(Sample.quantity), func.sum(Sample.amount))
        ).one()
    assert total == Decimal("0.3")
    assert largest == 3 * FINEST


def test_a_quantity_or_moment_may_be_unknown(laboratory: Database) -> None:
    kept = stored(laboratory, quantity=None, moment=None, day=None)
    assert (kept.quantity, kept.moment, kept.day) == (None, None, None)
    assert kept.amount == 0


@pytest.mark.parametrize("wrong", [1.5, Decimal("0.000001"), Decimal("NaN")])
def test_an_inexact_quantity_never_reaches_the_database(
    laboratory: Database, wrong: object
) -> None:
    with pytest.raises((InvariantBroken, StatementError), match=r"float|exact|no quantity"):
        stored(laboratory, quantity=wrong)


def test_a_quantity_that_was_averaged_is_refused_on_the_way_out(laboratory: Database) -> None:
    rows = [{"quantity": Decimal(n).scaleb(-5), "amount": Decimal(0)} for n in (1, 2)]
    laboratory.write(lambda session: session.execute(insert(Sample), rows))
    averaged = select(func.avg(Sample.quantity, type_=Sample.quantity.type))
    with laboratory.read() as session, pytest.raises(InvariantBroken, match="not whole"):
        session.scalar(averaged)


@pytest.mark.parametrize("hours", [0, 5, -8])
def test_a_moment_comes_back_aware_and_in_utc(laboratory: Database, hours: int) -> None:
    moment = MOMENT.astimezone(timezone(timedelta(hours=hours)))
    kept = stored(laboratory, moment=moment).moment
    assert kept == MOMENT
    assert kept is not None
    assert kept.utcoffset() == timedelta(0)


def test_a_moment_without_a_time_zone_is_refused(laboratory: Database) -> None:
    with pytest.raises((InvariantBroken, StatementError), match="without a time zone"):
        stored(laboratory, moment=MOMENT.replace(tzinfo=None))


def test_moments_are_compared_as_moments(laboratory: Database) -> None:
    stored(laboratory, moment=MOMENT)
    earlier = (MOMENT - timedelta(seconds=1)).astimezone(timezone(timedelta(hours=9)))
    with laboratory.read() as session:
        assert session.scalar(select(func.count()).where(Sample.moment > earlier)) == 1
        assert session.scalar(select(func.count()).where(Sample.moment < earlier)) == 0


def test_a_key_is_given_by_the_database(database: Database) -> None:
    def work(session: Session) -> list[int]:
        codes = [ReasonCode(code=code) for code in ("A", "B")]
        session.add_all(codes)
        session.flush()
        return [code.id for code in codes]

    first, second = database.write(work)
    assert second == first + 1


def test_a_row_must_point_to_a_row(database: Database) -> None:
    with pytest.raises(IntegrityError):
        execute(
            database,
            "INSERT INTO warehouse_employee (user_id, location_id, is_default) VALUES (1, 1, true)",
        )


def test_an_entry_can_be_added_but_not_removed(database: Database) -> None:
    def work(session: Session) -> ChangeLogEntry:
        entry = ChangeLogEntry(
            changed_at=MOMENT,
            table_name="location",
            record_name="WHITE",
            field_name="name",
            old_value="",
            new_value="White",
        )
        session.add(entry)
        session.flush()
        return entry

    entry = database.write(work)

    def remove(session: Session) -> None:
        session.delete(session.merge(entry))
        session.flush()

    with pytest.raises(InvariantBroken, match="ChangeLogEntry is append-only"):
        database.write(remove)


def test_only_columns_with_a_length_are_checked_for_it() -> None:
    class Remark(Laboratory):
        __tablename__ = "remark"

        id: Mapped[Id]
        words: Mapped[str]
        code: Mapped[Code10]

    assert {
        constraint.name
        for constraint in Laboratory.metadata.tables["remark"].constraints
        if isinstance(constraint, CheckConstraint)
    } == {"ck_remark_code_length"}


def test_a_class_that_maps_a_query_has_no_lengths_to_check() -> None:
    class KnownSample(Laboratory):
        __table__ = select(Sample.id, Sample.day).subquery()
        __mapper_args__ = {"primary_key": [__table__.c.id]}  # noqa: RUF012 - SQLAlchemy's own

    assert KnownSample.__table__.c.keys() == ["id", "day"]


def test_a_partial_index_carries_its_condition_to_both_databases() -> None:
    index = partial_index("ix_sample_open", "id", where="quantity > 0", unique=True)
    conditions = {str(index.dialect_options[name]["where"]) for name in ("sqlite", "postgresql")}
    assert conditions == {"quantity > 0"}
    assert index.unique


def test_the_stored_words_of_an_enumeration_are_its_values() -> None:
    class Colour(enum.Enum):
        RED = "red"
        SEVEN = 7

    assert values_of(Colour) == ["red", "7"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [(" lot-1 ", "LOT-1"), ("", ""), ("ÄÖ", "ÄÖ"), ("A B", "A B"), ("x" * 20, "X" * 20)],
)
def test_a_code_is_kept_trimmed_and_in_upper_case(typed: str, code: str) -> None:
    assert to_code(typed, 20) == code


@pytest.mark.parametrize("typed", ["A\x00B", "A\tB", "A\u200bB", "\ud800", "A\u202eB", "A\nB"])
def test_a_code_with_characters_nobody_sees_is_refused(typed: str) -> None:
    with pytest.raises(CodeNotReadable):
        to_code(typed, 20)


def test_a_code_that_does_not_fit_is_refused_with_its_start() -> None:
    with pytest.raises(CodeTooLong) as refusal:
        to_code("x" * 90, 20)
    assert refusal.value.parameters == {"typed": "X" * 40, "length": 20}
    with pytest.raises(CodeTooLong):
        to_code("ß" * 11, 20)


@given(st.text(max_size=60))
def test_a_code_that_was_kept_is_kept_the_same_again(typed: str) -> None:
    try:
        code = to_code(typed, 50)
    except (CodeNotReadable, CodeTooLong):
        return
    assert to_code(code, 50) == code
    assert len(code) <= 50
    code.encode("utf-8")
