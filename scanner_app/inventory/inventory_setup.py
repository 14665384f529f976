"""Inventory Setup: what holds for the whole company (docs/domain.md 2.12).

So far it is one field, the number series of package numbers: a package holds several items, so no
item can name it.

This module must never have a second row.
"""

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.access.change_log import log_changes
from scanner_app.access.sign_in import Change
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.inventory.number_series_card import find_series
from scanner_app.inventory.text_card import TextCard, check_unchanged
from scanner_app.inventory.typed_fields import VALUE_SHOWN_MAX
from scanner_app.records import Base, Editable, Id
from scanner_app.upsert import insert_into

ONLY_ROW = 1
CAPTIONS = {"package_nos": N_("Package Nos.")}


class PackageNosNotFound(RuleRefused):
    """The form names a series that is not there."""

    message = N_("There is no number series {code}.")
    way_out = N_("Choose one of the list.")
    field = "Package Nos."


class InventorySetup(Editable, Base):
    """The one row of what holds for the whole company."""

    __tablename__ = "inventory_setup"
    __table_args__ = (CheckConstraint(f"id = {ONLY_ROW}", name="one_row"),)

    id: Mapped[Id]
    package_nos_id: Mapped[int | None] = mapped_column(ForeignKey("number_series.id"))


TABLE = InventorySetup.__tablename__


def setup_card(session: Session) -> TextCard:
    """What the page says; nothing is set up before the first saving."""
    return {"package_nos": package_nos(session)}


def package_nos(session: Session) -> str:
    """The code of the series of package numbers, '' where none is chosen."""
    of_setup = select(NumberSeries.code).join(
        InventorySetup, InventorySetup.package_nos_id == NumberSeries.id
    )
    return session.scalar(of_setup) or ""


def change_inventory_setup(
    session: Session, as_read: TextCard, typed: TextCard, change: Change
) -> None:
    """Let the page say what was chosen, unless another editor was first.

    Raises:
        CardChanged: when somebody changed it after it was read.
        PackageNosNotFound: for a series that is not there.
    """
    row = _lock(session)
    stored = setup_card(session)
    check_unchanged(as_read, stored)
    series = _find_series(session, typed["package_nos"])
    new = series.code if series else ""
    if new == stored["package_nos"]:
        return
    row.package_nos_id = series.id if series else None
    row.lock_version += 1
    log_changes(
        session,
        changed_at=change.changed_at,
        user_id=change.changed_by,
        table_name=TABLE,
        record_name=TABLE,
        changes={CAPTIONS["package_nos"]: (stored["package_nos"], new)},
    )


def _find_series(session: Session, typed: str) -> NumberSeries | None:
    """The series of a code, kept from being removed before it is named here."""
    if not typed.strip():
        return None
    found = find_series(session, typed, lock=True)
    if found is None:
        raise PackageNosNotFound(code=typed.strip().upper()[:VALUE_SHOWN_MAX])
    return found


def _lock(session: Session) -> InventorySetup:
    """The row, made where it is missing; two editors who both make it wait for each other."""
    made = insert_into(session, InventorySetup).values(id=ONLY_ROW, lock_version=1)
    session.execute(made.on_conflict_do_nothing())
    return session.get_one(InventorySetup, ONLY_ROW, with_for_update=True, populate_existing=True)
