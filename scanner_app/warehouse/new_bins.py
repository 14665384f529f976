"""New bins: the one way in which bins come into being, one or thousands at once.

A new bin takes from its zone what is not said of it otherwise, and can be scanned in the same
transaction (docs/domain.md 4.5). The set-up pages and the demo warehouse both come here.

This module must never ask whether a bin may be made: that is `set_up_bin` and `create_bins`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from scanner_app.insert_rows import insert_in_order
from scanner_app.warehouse.bin import Bin, BlockMovement, Zone
from scanner_app.warehouse.master_codes import index_bins


@dataclass(frozen=True)
class NewBin:
    """A bin before it is made.

    Attributes:
        own: the fields that it does not take from its zone.
    """

    code: str
    zone: Zone | None = None
    own: Mapping[str, Any] = field(default_factory=dict)


def add_bins(session: Session, location_id: int, new: Sequence[NewBin]) -> list[int]:
    """Insert bins and make them scannable; returns their ids in order."""
    rows = [_row(location_id, each) for each in new]
    ids = insert_in_order(session, Bin, rows)
    index_bins(session, location_id, {each.code: key for each, key in zip(new, ids, strict=True)})
    return ids


def _row(location_id: int, new: NewBin) -> dict[str, Any]:
    zone = new.zone
    row: dict[str, Any] = {
        "location_id": location_id,
        "code": new.code,
        "zone_id": zone.id if zone else None,
        "bin_type_id": zone.bin_type_id if zone else None,
        "description": "",
        "warehouse_class_code": zone.warehouse_class_code if zone else "",
        "block_movement": BlockMovement.BLANK,
        "bin_ranking": zone.zone_ranking if zone else 0,
        "cross_dock_bin": zone.cross_dock_bin_zone if zone else False,
        "dedicated": False,
        "is_adjustment_bin": False,
        "lock_version": 1,
    }
    return row | dict(new.own)
