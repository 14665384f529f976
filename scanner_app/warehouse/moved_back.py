"""Moved Back: which lines of registered documents were brought back, and by which movement.

Registered documents never change, so it stands beside them (docs/domain.md 5.6). A line is moved
back once: the database holds that too.

This module must never move anything: `move_back` does.
"""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.errors import N_, RuleRefused
from scanner_app.guards import guard_append_only
from scanner_app.records import Base, Entry, Id


class LineMovedBack(RuleRefused):
    """The line was moved back before."""

    message = N_("{what} is moved back already, as {no}.")
    way_out = N_("Nothing changed. Open the registered document again.")
    field = "Line No."


class NothingToMoveBack(RuleRefused):
    """No line of the document is chosen."""

    message = N_("No line of {no} is chosen.")
    way_out = N_("Choose at least one line that is not moved back yet.")
    field = "Line No."


class MovedBack(Entry, Base):
    """One Place line of a registered put-away or movement, and the movement that reversed it."""

    __tablename__ = "moved_back"

    id: Mapped[Id]
    registered_line_id: Mapped[int] = mapped_column(
        ForeignKey("registered_activity_line.id"), unique=True
    )
    movement_id: Mapped[int] = mapped_column(ForeignKey("registered_activity.id"), index=True)


guard_append_only(MovedBack.__table__)  # type: ignore[arg-type]
