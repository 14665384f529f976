"""The count with its surprises, and the seed's container, through the verbs of the product."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.demo.stock import Goods, of_lot, of_package
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.posting_refusals import SerialAlreadyOnInventory
from scanner_app.warehouse.create_pick import create_pick
from scanner_app.warehouse.physical_inventory import (
    SerialAlreadyCounted,
    count_of_bin,
    count_units,
    open_bin,
)
from scanner_app.warehouse.post_shipment import post_warehouse_shipment
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch
from tests.demo.conftest import Demo
from tests.demo.verbs import (
    calculate,
    count_away_at_silver,
    count_bin,
    drill,
    entries_of_last_register,
    post_all_but,
    problems_of_journal,
    proposals,
    register_count,
    register_whole,
    seen,
    shipment_id,
)

LIES_THERE: dict[str, Sequence[tuple[Goods, int]]] = {
    "W-01-0101": [drill("1001"), drill("DR-1003"), drill("DR-1004")],
    "W-01-0102": [drill("DR-1005"), drill("1044")],
    "W-02-0102": [
        (of_lot("3030", "BAG", "CB01"), 12),
        (of_lot("3030", "BAG", "CB03", expires="5M"), 5),
    ],
    "W-02-0201": [(of_lot("3030", "BAG", "CB02"), 21)],
    "W-02-0202": [
        (of_package("3040", "PCS", "PKG-000101"), 5),
        (of_package("3040", "PCS", "PKG-000777"), 7),
    ],
    "W-03-0401": [],
}
# Bin, number and quantity of each entry, the adjustment bin's included.
ENTRIES = {
    ("W-01-0101", "DR-1002", -1),
    ("W-11-0001", "DR-1002", 1),
    ("W-01-0101", "DR-1004", 1),
    ("W-11-0001", "DR-1004", -1),
    ("W-01-0101", "1001", 0),
    ("W-11-0001", "1001", 0),
    ("W-01-0101", "DR-1003", 0),
    ("W-11-0001", "DR-1003", 0),
    ("W-01-0102", "DR-1004", -1),
    ("W-11-0001", "DR-1004", 1),
    ("W-01-0102", "DR-1005", 0),
    ("W-11-0001", "DR-1005", 0),
    ("W-01-0102", "1044", 0),
    ("W-11-0001", "1044", 0),
    ("W-02-0102", "CB01", 0),
    ("W-11-0001", "CB01", 0),
    ("W-02-0102", "CB03", 5),
    ("W-11-0001", "CB03", -5),
    ("W-02-0201", "CB02", -3),
    ("W-11-0001", "CB02", 3),
    ("W-02-0202", "PKG-000101", 0),
    ("W-11-0001", "PKG-000101", 0),
    ("W-02-0202", "PKG-000102", -7),
    ("W-11-0001", "PKG-000102", 7),
    ("W-02-0202", "PKG-000777", 7),
    ("W-11-0001", "PKG-000777", -7),
}
PROPOSED = [
    "Negative Adjmt. 2 PCS 2010: DR-1002 1, DR-1010 1",
    "Positive Adjmt. 1 PCS 2010: 1044 1",
    "Negative Adjmt. 1 BAG 3030: CB02 1",
    "Positive Adjmt. 5 BAG 3030: CB03 5 2027-04-22",
    "Negative Adjmt. 7 PCS 3040: PKG-000102 7",
    "Positive Adjmt. 7 PCS 3040: PKG-000777 7",
]


def test_the_count_registers_calculates_and_posts_as_the_page_says(demo: Demo) -> None:
    for bin_code, lying in LIES_THERE.items():
        count_bin(demo, bin_code, lying)
    registered = register_count(demo)
    assert (registered.bins, registered.bins_remaining, registered.lines) == (6, 0, 13)
    assert set(entries_of_last_register(demo)) == ENTRIES
    assert len(entries_of_last_register(demo)) == len(ENTRIES)
    calculate(demo)
    assert proposals(demo) == PROPOSED
    problems = problems_of_journal(demo)
    assert [number for number, _ in problems] == ["1044"]
    refusal = problems[0][1]
    assert isinstance(refusal, SerialAlreadyOnInventory)
    assert refusal.parameters["location"] == "SILVER"
    post_all_but(demo, "1044")
    assert demo.in_adjustment_bin() == {("2010", "1044"): "-1"}
    demo.assert_sound()
    count_away_at_silver(demo)
    assert problems_of_journal(demo) == []
    post_all_but(demo)
    assert demo.in_adjustment_bin() == {}
    demo.assert_sound()


def test_a_label_that_sticks_on_two_sides_counts_once(demo: Demo) -> None:
    def work(session: Session) -> None:
        by = demo.catalogue.by("WORKER2")
        batch = session.scalars(
            select(WarehouseJournalBatch).where(WarehouseJournalBatch.name == "COUNT-01")
        ).one()
        count = count_of_bin(session, batch, demo.catalogue.bins["W-01-0101"])
        open_bin(session, count, demo.catalogue.bins["W-01-0101"], by)
        for _ in range(2):
            count_units(session, count, [seen(demo, *drill("DR-1003"))], by, None)

    with pytest.raises(SerialAlreadyCounted):
        demo.write(work)


def test_the_container_of_the_seed_is_put_away_picked_and_shipped_whole(demo: Demo) -> None:
    register_whole(demo, "PA-00001")
    demo.write(
        lambda session: create_pick(session, shipment_id(session), demo.catalogue.by("SUPERVISOR"))
    )
    picked = demo.lines_of("PI-00003")
    assert len(picked) == 12
    assert all("W-02-0401" in line for line in picked if "Take" in line)
    assert all("CONTAINER010" in line for line in picked)
    register_whole(demo, "PI-00003")
    by = demo.catalogue.by("SUPERVISOR")
    demo.write(lambda session: post_warehouse_shipment(session, shipment_id(session), by))

    def shipped(session: Session) -> list[tuple[str, str, Decimal]]:
        entries = session.scalars(
            select(ItemLedgerEntry)
            .where(ItemLedgerEntry.entry_type == EntryType.SALE)
            .order_by(ItemLedgerEntry.id)
        )
        return [(e.serial_no, e.package_no, e.quantity) for e in entries]

    chairs = [(number, "CONTAINER010", -1) for number in ("1001", "1002", "1003", "1004")]
    assert demo.read(shipped) == [*chairs, ("", "CONTAINER010", -6), ("", "CONTAINER010", -12)]
    demo.assert_sound()


def test_what_the_demo_opens_can_be_registered_once_the_free_serial_is_scanned(demo: Demo) -> None:
    register_whole(demo, "PA-00002")
    register_whole(demo, "PI-00001", free_serial="1001")
    register_whole(demo, "PI-00002")
    demo.assert_sound()
