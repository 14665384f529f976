"""An item journal as one supervisor and one device meet it, to be entered by scanning.

This module must never change a journal: it locks it for the scan that will.
"""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from scanner_app.access.user import User
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalTemplate
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.scanning.given import Given, given_from
from scanner_app.scanning.scan import Device, OpenDocument
from scanner_app.warehouse.set_up_item_journal_batch import (
    find_item_journal_batch,
    lock_item_journal_batch,
)

ITEM_JOURNAL = "item-journal"
GIVEN_ON_DEVICE = (
    select(OpenDocument.given)
    .join(Device, Device.id == OpenDocument.device_id)
    .where(
        and_(
            Device.identity == bindparam("identity"),
            OpenDocument.document_kind == ITEM_JOURNAL,
            OpenDocument.document_id == bindparam("batch_id"),
        )
    )
)


class JournalOfSupervisors(RuleRefused):
    """A worker scans into an item journal."""

    message = N_("Item journals are entered by supervisors.")
    way_out = N_("Ask a supervisor, or sign in as one.")


@dataclass(frozen=True)
class JournalOnDevice:
    """An item journal, and what is half given to it on a device."""

    batch: ItemJournalBatch
    given: Given


def journal_on_device(session: Session, batch: ItemJournalBatch, identity: str) -> JournalOnDevice:
    """What a page shows of a journal on a device."""
    wanted = {"identity": identity.upper(), "batch_id": batch.id}
    return JournalOnDevice(batch, given_from(session.scalar(GIVEN_ON_DEVICE, wanted)))


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
