"""Check: every balance recomputed from the ledgers, every invariant verified (docs/domain.md 1.3).

What the constraints of the database promise row by row is verified here over whole tables: sums,
pairs, gaps. Nothing is written, so it may run beside the work, after a crash, every night.

This module must never mend what it finds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from scanner_app.quantities import from_units


@dataclass(frozen=True)
class Broken:
    """One row that is not as it has to be."""

    invariant: str
    table: str
    row_id: str
    expected: str
    found: str


@dataclass(frozen=True)
class Verified:
    """How many rows one invariant was verified on, and the rows on which it does not hold."""

    invariant: str
    rows: int
    broken: tuple[Broken, ...]


# Each compares a projection with the sum of the entries it stands for.
BALANCE_OF_BIN = """
SELECT CAST(b.id AS TEXT), COALESCE(e.total, 0), b.quantity_base
FROM bin_balance b LEFT JOIN (
    SELECT bin_id, item_id, variant_id, unit_of_measure_id, serial_no, lot_no, package_no,
        SUM(quantity_base) AS total
    FROM warehouse_entry
    GROUP BY bin_id, item_id, variant_id, unit_of_measure_id, serial_no, lot_no, package_no
) e ON e.bin_id = b.bin_id AND e.item_id = b.item_id AND e.variant_id = b.variant_id
    AND e.unit_of_measure_id = b.unit_of_measure_id AND e.serial_no = b.serial_no
    AND e.lot_no = b.lot_no AND e.package_no = b.package_no
WHERE COALESCE(e.total, 0) <> b.quantity_base
"""
BALANCE_MISSING = """
SELECT CAST(MIN(e.id) AS TEXT), SUM(e.quantity_base), 0
FROM warehouse_entry e LEFT JOIN bin_balance b
    ON e.bin_id = b.bin_id AND e.item_id = b.item_id AND e.variant_id = b.variant_id
    AND e.unit_of_measure_id = b.unit_of_measure_id AND e.serial_no = b.serial_no
    AND e.lot_no = b.lot_no AND e.package_no = b.package_no
WHERE b.id IS NULL
GROUP BY e.bin_id, e.item_id, e.variant_id, e.unit_of_measure_id, e.serial_no, e.lot_no,
    e.package_no
"""
# An item balance counts the numbers that are specific; others are blank in its key.
BALANCE_OF_ITEM = """
SELECT CAST(item_id AS TEXT) || ' ' || serial_no || ' ' || lot_no || ' ' || package_no,
    SUM(ledger), SUM(balance)
FROM (
    SELECT e.location_id, e.item_id, e.variant_id,
        CASE WHEN c.serial_specific_tracking THEN e.serial_no ELSE '' END AS serial_no,
        CASE WHEN c.lot_specific_tracking THEN e.lot_no ELSE '' END AS lot_no,
        CASE WHEN c.package_specific_tracking THEN e.package_no ELSE '' END AS package_no,
        e.quantity AS ledger, 0 AS balance
    FROM item_ledger_entry e JOIN item i ON i.id = e.item_id
    LEFT JOIN item_tracking_code c ON c.id = i.item_tracking_code_id
    UNION ALL
    SELECT location_id, item_id, variant_id, serial_no, lot_no, package_no, 0, quantity
    FROM item_balance
) both_sides
GROUP BY location_id, item_id, variant_id, serial_no, lot_no, package_no
HAVING SUM(ledger) <> SUM(balance)
"""
REMAINING_QUANTITY = """
SELECT CAST(a.inbound_item_entry_id AS TEXT), SUM(a.quantity),
    COALESCE(MAX(o.remaining_quantity), 0)
FROM item_application_entry a LEFT JOIN open_item_ledger_entry o
    ON o.item_ledger_entry_id = a.inbound_item_entry_id
GROUP BY a.inbound_item_entry_id
HAVING SUM(a.quantity) <> COALESCE(MAX(o.remaining_quantity), 0)
"""
APPLIED_WHOLE = """
SELECT CAST(e.id AS TEXT), e.quantity, COALESCE(SUM(a.quantity), 0)
FROM item_ledger_entry e LEFT JOIN item_application_entry a ON a.item_ledger_entry_id = e.id
GROUP BY e.id, e.quantity HAVING e.quantity <> COALESCE(SUM(a.quantity), 0)
"""
# I1: over the numbers with warehouse tracking, all bins together hold what the item ledger says.
I1 = """
SELECT CAST(item_id AS TEXT) || ' ' || serial_no || ' ' || lot_no || ' ' || package_no,
    SUM(ledger), SUM(bins)
FROM (
    SELECT e.location_id, e.item_id, e.variant_id,
        CASE WHEN c.serial_warehouse_tracking THEN e.serial_no ELSE '' END AS serial_no,
        CASE WHEN c.lot_warehouse_tracking THEN e.lot_no ELSE '' END AS lot_no,
        CASE WHEN c.package_warehouse_tracking THEN e.package_no ELSE '' END AS package_no,
        e.quantity AS ledger, 0 AS bins
    FROM item_ledger_entry e JOIN item i ON i.id = e.item_id
    JOIN location l ON l.id = e.location_id
    LEFT JOIN item_tracking_code c ON c.id = i.item_tracking_code_id
    WHERE l.bin_mandatory
    UNION ALL
    SELECT location_id, item_id, variant_id, serial_no, lot_no, package_no, 0, quantity_base
    FROM warehouse_entry
) both_ledgers
GROUP BY location_id, item_id, variant_id, serial_no, lot_no, package_no
HAVING SUM(ledger) <> SUM(bins)
"""
# A movement, a count and a warehouse journal only shift stock between bins.
REGISTER_BALANCED = """
SELECT CAST(r.no AS TEXT), 0, SUM(e.quantity_base)
FROM warehouse_entry e JOIN warehouse_register r ON r.id = e.register_id
WHERE e.reference_document IN ('Put-away', 'Pick', 'Movement', 'Phys. Inventory')
    OR r.source_code = 'WHITEM'
GROUP BY r.no, e.item_id, e.variant_id, e.serial_no, e.lot_no, e.package_no
HAVING SUM(e.quantity_base) <> 0
"""
# A reclassification changes numbers: what it takes from one, it gives to another of the same item.
RECLASSIFICATION_BALANCED = """
SELECT CAST(r.no AS TEXT), 0, SUM(e.quantity_base)
FROM warehouse_entry e JOIN warehouse_register r ON r.id = e.register_id
WHERE r.source_code = 'WHRCLSSJNL'
GROUP BY r.no, e.item_id, e.variant_id HAVING SUM(e.quantity_base) <> 0
"""
SERIAL_IN_ONE_BIN = """
SELECT serial_no, 1, COUNT(*)
FROM bin_balance
WHERE serial_specific AND serial_no <> '' AND quantity_base > 0 AND NOT is_adjustment_bin
GROUP BY location_id, item_id, variant_id, serial_no HAVING COUNT(*) > 1
"""
ADJUSTMENT_BINS = """
SELECT l.code, 1, COUNT(b.id)
FROM location l LEFT JOIN bin b
    ON b.id = l.adjustment_bin_id AND b.location_id = l.id AND b.is_adjustment_bin
WHERE l.directed_put_away_and_pick GROUP BY l.code HAVING COUNT(b.id) <> 1
"""
# What is shipped and not received of a line is what its posted lines left in transit.
IN_TRANSIT = """
SELECT CAST(l.id AS TEXT), l.qty_shipped_base - l.qty_received_base,
    COALESCE(SUM(p.quantity_base), 0)
FROM transfer_order_line l LEFT JOIN posted_transfer_line p ON p.transfer_line_id = l.id
GROUP BY l.id, l.qty_shipped_base, l.qty_received_base
HAVING l.qty_shipped_base - l.qty_received_base <> COALESCE(SUM(p.quantity_base), 0)
"""


KNOWN_EXPIRATION_DATE = """
SELECT CAST(k.id AS TEXT), COALESCE(CAST(e.expiration_date AS TEXT), ''),
    COALESCE(CAST(k.expiration_date AS TEXT), '')
FROM known_expiration_date k LEFT JOIN item_ledger_entry e ON e.id = k.item_ledger_entry_id
    AND e.item_id = k.item_id AND e.variant_id = k.variant_id AND e.quantity > 0
    AND k.number = CASE k.kind WHEN 'Serial' THEN e.serial_no WHEN 'Lot' THEN e.lot_no
        ELSE e.package_no END
WHERE e.id IS NULL OR COALESCE(CAST(e.expiration_date AS TEXT), '')
    <> COALESCE(CAST(k.expiration_date AS TEXT), '')
"""


def _numbers_without_gap(table: str) -> str:
    """The register numbers of a table run from 1 without a gap."""
    return (
        f"SELECT 'all', COUNT(*), COALESCE(MAX(no), 0) FROM {table} "  # noqa: S608 - our own names
        "HAVING COUNT(*) <> COALESCE(MAX(no), 0)"
    )


def _entries_within_register(entries: str, registers: str) -> str:
    """Every entry lies between the first and the last entry no. of its register."""
    return (
        f"SELECT CAST(e.id AS TEXT), r.from_entry_no, e.id FROM {entries} e "  # noqa: S608 - our own
        f"JOIN {registers} r ON r.id = e.register_id "
        "WHERE e.id NOT BETWEEN r.from_entry_no AND r.to_entry_no"
    )


def _as_quantity(units: Any) -> str:  # noqa: ANN401 - a driver's integer or decimal
    return str(from_units(int(units)))


@dataclass(frozen=True)
class Invariant:
    """A statement that finds broken rows, the table it speaks of, and how to read its numbers."""

    name: str
    table: str
    statement: str
    read: Callable[[Any], str] = _as_quantity


INVARIANTS = (
    Invariant("bin balance is the sum of its warehouse entries", "bin_balance", BALANCE_OF_BIN),
    Invariant("every warehouse entry has a bin balance", "warehouse_entry", BALANCE_MISSING),
    Invariant(
        "item balance is the sum of its item ledger entries", "item_balance", BALANCE_OF_ITEM
    ),
    Invariant(
        "what is open of an inbound entry is what was not applied",
        "item_application_entry",
        REMAINING_QUANTITY,
    ),
    Invariant("an entry is applied whole", "item_ledger_entry", APPLIED_WHOLE),
    Invariant("I1: all bins together are the item ledger", "item_ledger_entry", I1),
    Invariant(
        "a movement or count leaves the sum of all bins as it was",
        "warehouse_entry",
        REGISTER_BALANCED,
    ),
    Invariant(
        "a reclassification leaves the sum of an item as it was",
        "warehouse_entry",
        RECLASSIFICATION_BALANCED,
    ),
    Invariant("a serial no. stands in one bin", "bin_balance", SERIAL_IN_ONE_BIN, str),
    Invariant("a directed location has its adjustment bin", "location", ADJUSTMENT_BINS, str),
    Invariant("what is shipped and not received is in transit", "transfer_order_line", IN_TRANSIT),
    Invariant(
        "a known expiration date is that of its entry",
        "known_expiration_date",
        KNOWN_EXPIRATION_DATE,
        str,
    ),
    Invariant(
        "warehouse registers have no gap",
        "warehouse_register",
        _numbers_without_gap("warehouse_register"),
        str,
    ),
    Invariant(
        "item registers have no gap", "item_register", _numbers_without_gap("item_register"), str
    ),
    Invariant(
        "warehouse entries lie within their register",
        "warehouse_entry",
        _entries_within_register("warehouse_entry", "warehouse_register"),
        str,
    ),
    Invariant(
        "item ledger entries lie within their register",
        "item_ledger_entry",
        _entries_within_register("item_ledger_entry", "item_register"),
        str,
    ),
)


def verify_ledgers(session: Session) -> Iterator[Verified]:
    """Verify every invariant in turn."""
    for invariant in INVARIANTS:
        count = f"SELECT COUNT(*) FROM {invariant.table}"  # noqa: S608 - our own names
        rows = session.execute(text(count)).scalar_one()
        broken = tuple(
            Broken(
                invariant=invariant.name,
                table=invariant.table,
                row_id=str(row_id),
                expected=invariant.read(expected),
                found=invariant.read(found),
            )
            for row_id, expected, found in session.execute(text(invariant.statement))
        )
        yield Verified(invariant.name, rows, broken)


def check_ledgers(session: Session) -> list[Broken]:
    """Every row of every table on which an invariant does not hold."""
    return [broken for verified in verify_ledgers(session) for broken in verified.broken]
