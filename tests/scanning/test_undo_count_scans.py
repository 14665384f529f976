"""The last scan of a count is undone: facts stay, and are taken back (docs/domain.md 10.8)."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scanner_app.insert_rows import insert_in_order
from scanner_app.warehouse.expectation import reopen_bin
from scanner_app.warehouse.physical_inventory import count_of_bin
from scanner_app.warehouse.register_journal import register_warehouse_journal
from scanner_app.warehouse.take_back_count import AS_BEFORE
from scanner_app.warehouse.warehouse_journal import CountEntry, WarehouseJournalLine
from tests.scanning.floor import Floor, Handheld, spoken
from tests.scanning.test_count_units import CHAIRS, counting
from tests.scanning.undoing import undo

BIN = "W-01-0101"


def sums(floor: Floor, bin_code: str) -> dict[str, int]:
    """What the entries of a bin come to, what comes to nothing left out."""
    found: dict[str, int] = {}
    for words, quantity in floor.counted(bin_code):
        found[words] = found.get(words, 0) + int(quantity)
    return {words: total for words, total in found.items() if total}


def test_a_serial_no_that_was_counted_can_be_counted_again_elsewhere(floor: Floor) -> None:
    handheld = counting(floor, BIN)
    handheld.codes("DR-1003", "DR-1002")
    assert spoken(undo(handheld)) == "Undone: DR-1002."
    assert floor.counted(BIN) == [
        ("2010 PCS DR-1003", 1),
        ("2010 PCS DR-1002", 1),
        ("2010 PCS DR-1002", -1),
    ]
    assert handheld.codes(BIN, "W-01-0102", "DR-1002")[-1] == "CountedElsewhere"
    assert sums(floor, BIN) == {"2010 PCS DR-1003": 1}


def test_a_quantity_that_was_typed_is_asked_for_again(floor: Floor) -> None:
    handheld = counting(floor, "W-02-0102")
    handheld.scan("CB01")
    handheld.type("12")
    undo(handheld)
    assert sums(floor, "W-02-0102") == {}
    assert handheld.given.asks == "quantity"
    assert spoken(handheld.type("11")) == "11 BAG of 3030 Lot No. CB01 counted."
    undo(handheld)
    undo(handheld)
    assert (handheld.given.asks, handheld.given.units) == ("", ())


def test_a_quantity_that_replaced_another_gives_way_to_it(floor: Floor) -> None:
    handheld = counting(floor, "W-02-0102")
    handheld.scan("CB01")
    handheld.type("12")
    handheld.scan("CB01")
    handheld.type("5", "quantity-replace")
    assert sums(floor, "W-02-0102") == {"3030 BAG CB01": 5}
    undo(handheld)
    assert sums(floor, "W-02-0102") == {"3030 BAG CB01": 12}


def test_a_package_is_taken_back_whole_and_counts_again(floor: Floor) -> None:
    handheld = counting(floor, "W-01-0501")
    handheld.scan(CHAIRS)
    counted = sums(floor, "W-01-0501")
    assert len(counted) == 3
    undo(handheld)
    assert sums(floor, "W-01-0501") == {}
    assert handheld.scan(CHAIRS).code == "PackageCounted"
    assert sums(floor, "W-01-0501") == counted


def test_a_bin_that_was_opened_by_mistake_is_anybodys_again(floor: Floor) -> None:
    handheld = floor.opened("count", "COUNT-01")
    handheld.scan(BIN)
    undo(handheld)
    assert (floor.state_of(BIN), handheld.given.bin_id) == ("To count", 0)
    assert floor.opened("count", "COUNT-01", "WORKER2").scan(BIN).code == "BinOpened"


def test_a_bin_that_was_closed_too_early_is_open_again(floor: Floor) -> None:
    handheld = counting(floor, BIN)
    handheld.codes("DR-1003", "FX-5101", BIN)
    assert floor.state_of(BIN) == "Closed"
    assert spoken(undo(handheld)) == f"Undone: {BIN}."
    assert floor.state_of(BIN) == "Open"
    assert floor.read(_counted_lines) == 0
    assert handheld.codes("DR-1002", BIN) == ["Counted", "BinClosed"]
    assert floor.read(_counted_lines) > 0


def test_a_bin_that_was_closed_as_empty_is_open_again(floor: Floor) -> None:
    handheld = counting(floor, BIN)
    assert handheld.codes(BIN, BIN) == ["ConfirmEmpty", "BinClosedEmpty"]
    undo(handheld)
    assert floor.state_of(BIN) == "Open"
    assert handheld.given.confirm_empty


def _counted_lines(session: Session) -> int:
    row = WarehouseJournalLine
    statement = select(func.count()).where(row.qty_phys_inventory_base.is_not(None))
    return session.scalar(statement) or 0


def test_what_is_registered_stays(floor: Floor) -> None:
    handheld = counting(floor, BIN)
    handheld.codes("DR-1003", BIN)
    by = floor.by("WORKER1")
    floor.write(lambda s: register_warehouse_journal(s, floor.batch(s).id, by))
    assert spoken(undo(handheld)) == (
        f"Bin {BIN} is registered, or was changed since. Ask a supervisor to open it again."
    )
    assert floor.state_of(BIN) == "Registered"


def twin(handheld: Handheld) -> Handheld:
    """Another device of the same worker, on the same open bin."""
    other = handheld.floor.opened("count", "COUNT-01")
    assert other.scan(BIN).code == "BinOpened"
    return other


def test_a_bin_in_which_another_device_has_seen_something_stays_open(floor: Floor) -> None:
    handheld = counting(floor, BIN)
    twin(handheld).scan("DR-1003")
    assert undo(handheld).code == "BinCountChanged"
    assert floor.state_of(BIN) == "Open"


def test_a_bin_that_another_device_closed_keeps_what_was_seen(floor: Floor) -> None:
    handheld = counting(floor, BIN)
    handheld.scan("DR-1003")
    twin(handheld).scan(BIN)
    assert undo(handheld).code == "BinCountChanged"
    assert sums(floor, BIN) == {"2010 PCS DR-1003": 1}


def test_what_was_seen_in_an_earlier_round_stays(floor: Floor) -> None:
    handheld = counting(floor, BIN)
    handheld.scan("DR-1003")
    other = twin(handheld)
    other.scan(BIN)
    _open_anew(floor)
    other.scan(BIN)
    assert undo(handheld).code == "BinCountChanged"


def _open_anew(floor: Floor) -> None:
    bin_ = floor.catalogue.bins[BIN]
    floor.write(lambda s: reopen_bin(s, count_of_bin(s, floor.batch(s), bin_)))


def test_no_entry_is_taken_back_twice(floor: Floor) -> None:
    handheld = counting(floor, BIN)
    handheld.scan("DR-1003")
    undo(handheld)
    undone = floor.read(
        lambda s: s.scalars(select(CountEntry).where(CountEntry.undoes_id.is_not(None))).one()
    )
    row = {name: getattr(undone, name) for name in AS_BEFORE} | {
        "quantity": undone.quantity,
        "quantity_base": undone.quantity_base,
        "counted_at": undone.counted_at,
        "user_id": undone.user_id,
        "undoes_id": undone.undoes_id,
        "scan_id": None,
    }
    with pytest.raises(IntegrityError):
        floor.write(lambda s: insert_in_order(s, CountEntry, [row]))
