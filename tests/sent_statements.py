"""What is asked of a database: the statements a test makes the product send."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

Sent = list[tuple[str, Any]]


@contextmanager
def statements_sent(engine: Engine | type[Engine]) -> Iterator[Sent]:
    """The statements sent meanwhile, each with its values, by one engine or by all."""
    sent: Sent = []

    def remember(
        connection: object, cursor: object, statement: str, values: object, *_: object
    ) -> None:
        sent.append((statement, values))

    event.listen(engine, "before_cursor_execute", remember)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", remember)
