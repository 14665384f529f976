"""Item Picture: what an item looks like, as it is shown on a handheld (docs/domain.md 2.11).

The picture stands in a table of its own, so that no list carries it, and is named by the digest
of its bytes, so that a browser may keep it for good.

This module must never keep a file as it was uploaded: what it is given is encoded anew.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.access.change_log import log_changes
from scanner_app.access.sign_in import Change
from scanner_app.barcodes.picture_limits import KEPT_BYTES_MAX, SIDE_MAX, EncodedPicture
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.records import Base, Code, Id

CAPTION = N_("Picture")
DIGEST_SHOWN = 12


class ItemPictureChanged(RuleRefused):
    """Another editor was first."""

    message = N_("Somebody else changed the picture of item {no} while you had it open.")
    way_out = N_("Look at the picture that is there now, then choose again.")
    field = "Picture"


class ItemPicture(Base):
    """The one picture of an item."""

    __tablename__ = "item_picture"
    __table_args__ = (
        UniqueConstraint("item_id"),
        CheckConstraint(f"width BETWEEN 1 AND {SIDE_MAX}", name="width_small"),
        CheckConstraint(f"height BETWEEN 1 AND {SIDE_MAX}", name="height_small"),
        CheckConstraint(f"length(content) <= {KEPT_BYTES_MAX}", name="content_small"),
        CheckConstraint("length(sha256) = 64", name="digest_whole"),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    content_type: Mapped[str] = mapped_column(Code(20))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(Code(64))
    width: Mapped[int]
    height: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


def find_picture(session: Session, item_id: int) -> ItemPicture | None:
    """The picture of an item, its bytes left in the database."""
    return session.scalar(select(ItemPicture).where(ItemPicture.item_id == item_id))


def picture_bytes(session: Session, no: str, sha256: str) -> tuple[str, bytes] | None:
    """The type and the bytes of a picture; None where the item has another or none."""
    row = session.execute(
        select(ItemPicture.content_type, ItemPicture.content)
        .join(Item, Item.id == ItemPicture.item_id)
        .where(Item.no == no, ItemPicture.sha256 == sha256)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def set_picture(
    session: Session, item: Item, as_read: str, picture: EncodedPicture, change: Change
) -> None:
    """Give an item a picture, or another one; the caller holds the item.

    Raises:
        ItemPictureChanged: when the item has another picture than its editor saw.
    """
    row = _as_it_was_read(session, item, as_read)
    old = row.sha256 if row else ""
    if old == picture.sha256:
        return
    row = row or ItemPicture(item_id=item.id)
    row.content_type = picture.content_type
    row.content = picture.content
    row.sha256 = picture.sha256
    row.width, row.height = picture.width, picture.height
    row.changed_at, row.changed_by_id = change.changed_at, change.changed_by
    session.add(row)
    session.flush()
    _log(session, item, change, old, picture.sha256)


def remove_picture(session: Session, item: Item, as_read: str, change: Change) -> None:
    """Leave an item without a picture; the caller holds the item.

    Raises:
        ItemPictureChanged: when the item has another picture than its editor saw.
    """
    row = _as_it_was_read(session, item, as_read)
    if row is None:
        return
    session.delete(row)
    session.flush()
    _log(session, item, change, row.sha256, "")


def _as_it_was_read(session: Session, item: Item, as_read: str) -> ItemPicture | None:
    row = find_picture(session, item.id)
    if (row.sha256 if row else "") != as_read:
        raise ItemPictureChanged(no=item.no)
    return row


def _log(session: Session, item: Item, change: Change, old: str, new: str) -> None:
    """A picture is called by the beginning of its digest."""
    log_changes(
        session,
        changed_at=change.changed_at,
        user_id=change.changed_by,
        table_name=ItemPicture.__tablename__,
        record_name=item.no,
        changes={CAPTION: (old[:DIGEST_SHOWN], new[:DIGEST_SHOWN])},
    )
