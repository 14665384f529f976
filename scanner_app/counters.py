"""Gap-free numbers of registers, for auditors.

The counter is raised in the transaction of the register that carries the number, as one of its
last statements, so that a rollback leaves no gap and nobody waits long for it.

This module must never number documents: those come from number series, which may have gaps.
"""

from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.records import Base, Code
from scanner_app.upsert import insert_into


class RegisterCounter(Base):
    """The last number given to a kind of register."""

    __tablename__ = "register_counter"

    name: Mapped[str] = mapped_column(Code(20), primary_key=True)
    last_number: Mapped[int]


def next_register_number(session: Session, name: str) -> int:
    """Raise the counter of this name by one and return it."""
    statement = insert_into(session, RegisterCounter).values(name=name, last_number=1)
    raised = statement.on_conflict_do_update(
        index_elements=[RegisterCounter.name],
        set_={"last_number": RegisterCounter.last_number + 1},
    ).returning(RegisterCounter.last_number)
    return int(session.execute(raised).scalar_one())
