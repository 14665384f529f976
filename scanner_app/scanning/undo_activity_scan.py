"""Undo a scan of a put-away, pick or movement: its lines say again what they said (10.8).

This module must never undo what is registered, nor what another scan has changed since.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import numbers_of
from scanner_app.quantities import ZERO
from scanner_app.scanning.activity_pairs import state_of_pair
from scanner_app.scanning.activity_work import ActivityWork
from scanner_app.scanning.effects import EffectToUndo
from scanner_app.warehouse.activity import (
    ActionType,
    WarehouseActivityLine,
    set_qty_missing,
    set_qty_to_handle,
)

LINE = WarehouseActivityLine
Halves = dict[ActionType, WarehouseActivityLine]


def undo_activity_scan(work: ActivityWork, effect: EffectToUndo) -> None:
    """Take back what a scan changed, the last change first.

    Raises:
        ChangedSinceScan: when a line is not as the scan left it.
    """
    pairs = _pairs(work, effect.changes)
    for change in reversed(effect.changes):
        halves = pairs[change["after"]["pair_no"]]
        if not halves or _state(halves) != change["after"]:
            raise effect.refuse()
        _restore(halves, change["before"])
        if change["split_off"]:
            _join(work.session, halves, pairs[change["split_off"]])


def _pairs(work: ActivityWork, changes: Sequence[dict[str, Any]]) -> defaultdict[int, Halves]:
    concerned = {change["after"]["pair_no"] for change in changes}
    concerned |= {change["split_off"] for change in changes}
    lines = work.session.scalars(
        select(LINE).where(
            LINE.activity_id == work.activity.id, LINE.pair_no.in_(sorted(concerned))
        )
    )
    pairs: defaultdict[int, Halves] = defaultdict(dict)
    for line in lines:
        pairs[line.pair_no][line.action_type] = line
    return pairs


def _state(halves: Halves) -> dict[str, Any]:
    return state_of_pair(halves[ActionType.TAKE], halves[ActionType.PLACE])


def _restore(halves: Halves, before: dict[str, Any]) -> None:
    for line in halves.values():
        line.serial_no, line.lot_no, line.package_no = before["numbers"]
        set_qty_to_handle(line, Decimal(before["qty_to_handle"]), "")
        set_qty_missing(line, Decimal(before.get("qty_missing", 0)))
        line.missing_reason_id = before.get("reason_id")
    halves[ActionType.PLACE].bin_id = before["place_bin_id"]


def _join(session: Session, halves: Halves, rest: Halves) -> None:
    """The rest that was split off comes back, unless somebody has done something with it."""
    if not rest or any(_differs(line, rest[action]) for action, line in halves.items()):
        return
    for action, line in halves.items():
        other = rest[action]
        line.quantity += other.quantity
        line.quantity_base += other.quantity_base
        line.qty_outstanding += other.qty_outstanding
        line.qty_outstanding_base += other.qty_outstanding_base
        session.delete(other)
    session.flush()


def _differs(line: WarehouseActivityLine, rest: WarehouseActivityLine) -> bool:
    """Whether the rest is begun, or asks for something else."""
    begun = rest.qty_to_handle > ZERO or rest.qty_handled > ZERO or rest.qty_missing > ZERO
    return begun or (rest.bin_id, numbers_of(rest)) != (line.bin_id, numbers_of(line))
