"""Transfers that are posted in parts: each part is whole, and the next one goes on from it."""

import pytest

from tests.builders import Warehouse, another_location, days, lot
from tests.jobs.posting_in_parts import LATER, job, request, steps, work_at
from tests.warehouse.item_journals import (
    add_line,
    add_reclassification,
    line_nos,
    parts_of,
    posted,
)
from tests.warehouse.masters import MOMENT, Goods

USUAL = {"item_no": "GOODS", "location": "SILVER", "document_no": "D1"}


@pytest.fixture
def silver(white: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """A journal of transfers, posted in parts of two lines."""
    silver = another_location(white, "SILVER", "S-1", "S-2")
    add_reclassification(silver)
    parts_of(monkeypatch, 2)
    return silver


@pytest.fixture
def goods(silver: Warehouse) -> Goods:
    """Three of each of five lots in S-1."""
    goods = silver.add_item("GOODS", "lot", use_expiration_dates=True)
    for number in range(5):
        silver.stock(goods, "S-1", 3, lot(f"L{number}"), expiration_date=days(9))
    return goods


def post_in_parts(silver: Warehouse) -> str | None:
    """Post by the job; returns what it was refused for."""
    job_id = request(silver)
    work_at(silver, MOMENT)
    fault = job(silver, job_id).fault
    return str(fault) if fault else None


def test_every_transfer_is_posted_once_and_names_where_it_came_from(
    silver: Warehouse, goods: Goods
) -> None:
    for number in range(5):
        new = {"new_lot_no": f"N{number}", "new_bin": "S-2"}
        add_line(silver, bin="S-1", lot_no=f"L{number}", quantity="2", **USUAL, **new)
    assert post_in_parts(silver) is None
    assert line_nos(silver) == []
    entries = posted(silver)
    assert len({entry.register_id for entry in entries}) == 3
    assert sorted((entry.lot_no, int(entry.quantity)) for entry in entries) == [
        *((f"L{number}", -2) for number in range(5)),
        *((f"N{number}", 2) for number in range(5)),
    ]
    assert silver.in_bins(goods) == {
        **{("S-1", lot(f"L{number}")): 1 for number in range(5)},
        **{("S-2", lot(f"N{number}")): 2 for number in range(5)},
    }
    silver.assert_sound()


def test_lots_are_merged_over_parts_and_a_dead_worker_loses_and_doubles_nothing(
    silver: Warehouse, goods: Goods
) -> None:
    for number in range(5):
        line = {"bin": "S-1", "lot_no": f"L{number}", "new_lot_no": "ALL"}
        add_line(silver, quantity="3", **line, **USUAL)
    request(silver)
    work_at(silver, MOMENT, steps(7))
    assert 0 < len(line_nos(silver)) < 5
    work_at(silver, LATER)
    assert line_nos(silver) == []
    assert silver.in_ledger(goods) == {lot("ALL"): 15}
    assert sum(entry.quantity for entry in posted(silver) if entry.quantity < 0) == -15
    silver.assert_sound()
