"""What PostgreSQL asks to be tried again, and how it ends when it never works."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scanner_app.database import ATTEMPTS_MAX, Database
from scanner_app.writer_gate import WriterBusy

SERIALIZATION_FAILURE, UNIQUE_VIOLATION, FOREIGN_KEY_VIOLATION = "40001", "23505", "23503"


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
@pytest.mark.parametrize(
    ("state", "ends_as"),
    [
        (SERIALIZATION_FAILURE, WriterBusy),
        (UNIQUE_VIOLATION, IntegrityError),
        (FOREIGN_KEY_VIOLATION, IntegrityError),
    ],
)
def test_what_another_writer_caused_is_tried_again_and_then_said(
    database: Database, state: str, ends_as: type[Exception]
) -> None:
    attempts: list[int] = []

    def work(session: Session) -> None:
        attempts.append(1)
        session.execute(text(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$"))

    with pytest.raises(ends_as):
        database.write(work)
    assert len(attempts) == ATTEMPTS_MAX
