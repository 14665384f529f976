"""An item journal as one supervisor and one device meet it, to be entered by scanning.

This module must never change a journal: it locks it for the scan that will.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from scanner_app.access.user import User
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalTemplate
from scanner_app.inventory.location import Location
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.scanning.given import NOTHING_GIVEN, Given, given_on_device
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.set_up_item_journal_batch import (
    find_item_journal_batch,
    lock_item_journal_batch,
)

ITEM_JOURNAL = "item-journal"


class JournalOfSupervisors(RuleRefused):
    """A worker scans into an item journal."""

    message = N_("Item journals are entered by supervisors.")
    way_out = N_("Ask a supervisor, or sign in as one.")


@dataclass(frozen=True)
class JournalOnDevice:
    """An item journal, and what is half given to it on a device."""

    batch: ItemJournalBatch
    given: Given


def journal_on_device(
    session: Session, batch: ItemJournalBatch, location: Location, identity: str
) -> JournalOnDevice:
    """What a page shows of a journal on a device, at the location where its user works."""
    given = given_on_device(session, identity, ITEM_JOURNAL, batch.id)
    return JournalOnDevice(batch, given_here(session, given, location))


def given_here(session: Session, given: Given, location: Location) -> Given:
    """What is half given, unless it was at another location or its bin is there no more."""
    bin_ = session.get(Bin, given.bin_id) if given.bin_id else None
    bin_holds = bin_ is not None if given.bin_id else not location.bin_mandatory
    return given if given.location_id == location.id and bin_holds else NOTHING_GIVEN


def lock_open_item_journal(session: Session, name: str, user_id: int) -> ItemJournalBatch | None:
    """A journal, locked as `lock_item_journal_batch` does; None when it is gone.

    What is transferred is not scanned in: it lies somewhere already.

    Raises:
        JournalOfSupervisors: for anybody else.
        JournalFrozen: for one whose lines are checked or posted in parts.
    """
    if not session.get_one(User, user_id).is_supervisor:
        raise JournalOfSupervisors
    hold_set_up(session)
    batch = find_item_journal_batch(session, name)
    if batch is None or batch.template is not ItemJournalTemplate.ITEM:
        return None
    return lock_item_journal_batch(session, name)
