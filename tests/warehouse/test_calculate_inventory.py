"""What lies in the bins to be counted, and which bins those are."""

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.warehouse.calculate_inventory import (
    BinOnOtherCount,
    bins_on_no_count,
    bins_to_count,
    calculate_inventory,
)
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    WarehouseJournalBatch,
    WarehouseJournalLine,
)
from tests.builders import Warehouse, another_location, days, lot
from tests.warehouse.counting import add_count, count_bin, register_count


def test_the_bins_of_a_location_a_zone_or_a_list_and_never_the_adjustment_bin(
    white: Warehouse,
) -> None:
    another_location(white, "BASIC", "SHELF")
    with white.database.read() as session:

        def codes(**wanted: object) -> list[str]:
            found = bins_to_count(session, white.location.id, **wanted)  # type: ignore[arg-type]
            return [bin_.code for bin_ in found]

        assert codes() == ["A", "B", "C", "RECV", "SHIP"]
        assert codes(zone_id=white.bins["A"].zone_id) == ["A", "B", "C"]
        assert codes(codes=["C", "ADJ", "SHELF"]) == ["C"]


def test_one_line_for_each_number_and_unit_with_its_known_date(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot", units={"BOX": 6}, use_expiration_dates=True)
    plain = white.add_item("PLAIN")
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(5))
    white.stock(goods, "A", 1, lot("L1"), unit="BOX")
    white.stock(goods, "A", 2, lot("L0"), warranty_date=days(9))
    white.stock(goods, "B", 2, lot("L2"))
    white.stock(plain, "A", 7)
    white.stock(plain, "C", 7)
    add_count(white, "A", "B")
    row = WarehouseJournalLine
    with white.database.read() as session:
        lines = session.scalars(select(row).order_by(row.line_no)).all()
    assert [(n.lot_no, n.qty_calculated_base, n.line_no) for n in lines] == [
        ("L0", 2, 10_000),
        ("L1", 5, 20_000),
        ("L1", 6, 30_000),
        ("", 7, 40_000),
        ("L2", 2, 50_000),
    ]
    assert [n.expiration_date for n in lines] == [None, days(5), days(5), None, None]
    assert lines[0].warranty_date == days(9)
    assert {n.qty_phys_inventory_base for n in lines} == {None}


def test_bins_are_added_to_a_count_that_has_lines(white: Warehouse) -> None:
    goods = white.add_item("PLAIN")
    for code in ("A", "B"):
        white.stock(goods, code, 5)
    batch = add_count(white, "A")

    def add(session: Session) -> int:
        return calculate_inventory(session, batch, [white.bins["B"], white.bins["C"]])

    assert white.write(add) == 1
    with white.database.read() as session:
        row = WarehouseJournalLine
        assert session.scalars(select(row.line_no).order_by(row.id)).all() == [10_000, 20_000]


def test_a_bin_is_on_one_count_until_it_is_registered(white: Warehouse) -> None:
    batch = add_count(white, "A", "B", name="FIRST")
    with pytest.raises(BinOnOtherCount) as refused:
        add_count(white, "B", "C")
    assert refused.value.parameters == {"bin_code": "B", "batch_name": "FIRST"}
    count_bin(white, batch, "B")
    register_count(white, batch)
    with white.database.read() as session:
        assert bins_on_no_count(session, [white.bins["A"], white.bins["B"]]) == [white.bins["B"]]
    add_count(white, "B", "C")


def test_two_people_who_add_the_same_bin_at_once_make_one_count(white: Warehouse) -> None:
    refusals: list[BinOnOtherCount] = []
    together = threading.Barrier(2)

    def batch(name: str) -> int:
        def add(session: Session) -> int:
            made = WarehouseJournalBatch(location_id=white.location.id, name=name)
            session.add(made)
            session.flush()
            return made.id

        return white.write(add)

    def calculate(batch_id: int) -> None:
        together.wait()
        try:
            white.write(
                lambda session: calculate_inventory(
                    session, batch_id, [white.bins["A"], white.bins["B"]]
                )
            )
        except BinOnOtherCount as refused:
            refusals.append(refused)

    threads = [threading.Thread(target=calculate, args=(batch(name),)) for name in ("X", "Y")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 1
    with white.database.read() as session:
        assert len(session.scalars(select(BinCount)).all()) == 2
