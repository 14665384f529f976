"""What `load_demo` leaves behind, against the tables of the demo warehouse's own page."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import sign_in
from scanner_app.all_tables import metadata
from scanner_app.demo.load import load_demo
from scanner_app.inventory.item_ledger import ItemBalance
from scanner_app.inventory.item_tracking import numbers_of
from scanner_app.inventory.tracking_information import (
    LotNoInformation,
    PackageNoInformation,
    SerialNoInformation,
)
from scanner_app.quantities import ZERO
from scanner_app.warehouse.bin import Bin, BlockMovement, Zone
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.employee import locations_of
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch, WarehouseJournalLine
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument, WarehouseEntry
from tests.demo.conftest import DAY, NOW, Demo, day

# Location, bin, item, variant, quantity, unit, serial nos., lot no., package no., expiration date
STOCK = """
WHITE | W-08-0001 | 1900-S | | 1 | PCS | 1001, 1002, 1003, 1004 | LOT0001 | CONTAINER010 |
WHITE | W-08-0001 | 1910-S | | 6 | PCS | | LOT0100 | CONTAINER010 |
WHITE | W-08-0001 | 1920-S | | 12 | PCS | | LOT200 | CONTAINER010 |
WHITE | W-08-0002 | 2020 | | 1 | PCS | FX-5101, FX-5102, FX-5103 | FX26A | | W+3Y
WHITE | W-08-0002 | 3020 | | 3 | BOX | | P2404 | | W+14M+CM
WHITE | W-01-0101 | 2010 | | 1 | PCS | 1001, DR-1002, DR-1003 | | |
WHITE | W-01-0102 | 2010 | | 1 | PCS | DR-1004, DR-1005, 1044 | | |
WHITE | W-01-0201 | 3020 | | 10 | CAN | | P2401 | | W-1D
WHITE | W-01-0202 | 3020 | | 8 | CAN | | P2402 | | W
WHITE | W-01-0301 | 2030 | | 1 | PCS | CU-7001, CU-7002, CU-7003 | CU-L1 | |
WHITE | W-01-0302 | 2040 | | 1 | PCS | MO-9001, MO-9002 | | 395212340000000021 |
WHITE | W-01-0401 | 3050 | | 37.5 | M | | LOT0100 | |
WHITE | W-01-0402 | 3010 | M | 20 | PCS | | | |
WHITE | W-01-0402 | 3010 | L | 14 | PCS | | | |
WHITE | W-01-0501 | 1900-S | | 1 | PCS | 1005, 1006 | LOT0002 | 395212340000000014 |
WHITE | W-01-0501 | 1920-S | | 5 | PCS | | LOT201 | 395212340000000014 |
WHITE | W-01-0601 | 2020 | | 1 | PCS | FX-5001, FX-5002 | FX25B | | W+30D
WHITE | W-01-0602 | 2050 | | 6 | PCS | | | |
WHITE | W-02-0101 | 3020 | | 3 | CAN | | P2403 | | W+60D
WHITE | W-02-0102 | 3030 | | 12 | BAG | | CB01 | | W-3D
WHITE | W-02-0201 | 3030 | | 24 | BAG | | CB02 | | W+4M
WHITE | W-02-0202 | 3040 | | 5 | PCS | | | PKG-000101 |
WHITE | W-02-0202 | 3040 | | 7 | PCS | | | PKG-000102 |
WHITE | W-02-0301 | 3020 | | 4 | CAN | | P2399 | | W+20D
WHITE | W-03-0201 | 3020 | | 6 | BOX | | P2403 | | W+60D
WHITE | W-03-0202 | 3050 | | 3 | DRUM | | CA-77 | |
WHITE | W-05-0101 | 3060 | | 16 | TUBE | | AD-3 | | W+10D
WHITE | W-10-0001 | 2030 | | 1 | PCS | CU-7099 | CU-L0 | |
SILVER | S-01-0001 | 2010 | | 1 | PCS | 1044, DR-2001 | | |
SILVER | S-01-0002 | 3010 | M | 30 | PCS | | | |
SILVER | S-01-0003 | 3050 | | 120 | M | | CA-78 | |
SILVER | S-01-0004 | 3030 | | 9 | BAG | | CB02 | | W+4M
BLUE | | 3010 | L | 10 | PCS | | | |
BLUE | | 2030 | | 1 | PCS | CU-7010 | CU-L1 | |
"""
PUT_AWAYS = {
    "PA-00001": [
        ("W-08-0001", "W-02-0401", "1 PCS 1900-S 1001 LOT0001 CONTAINER010"),
        ("W-08-0001", "W-02-0401", "1 PCS 1900-S 1002 LOT0001 CONTAINER010"),
        ("W-08-0001", "W-02-0401", "1 PCS 1900-S 1003 LOT0001 CONTAINER010"),
        ("W-08-0001", "W-02-0401", "1 PCS 1900-S 1004 LOT0001 CONTAINER010"),
        ("W-08-0001", "W-02-0401", "6 PCS 1910-S LOT0100 CONTAINER010"),
        ("W-08-0001", "W-02-0401", "12 PCS 1920-S LOT200 CONTAINER010"),
    ],
    "PA-00002": [
        ("W-08-0002", "W-01-0601", "1 PCS 2020 FX-5101 FX26A"),
        ("W-08-0002", "W-01-0601", "1 PCS 2020 FX-5102 FX26A"),
        ("W-08-0002", "W-01-0601", "1 PCS 2020 FX-5103 FX26A"),
        ("W-08-0002", "W-03-0201", "2 BOX 3020 P2404"),
        ("W-08-0002", "W-03-0302", "1 BOX 3020 P2404"),
    ],
}
PICKS = {
    "PI-00001": [
        ("W-01-0202", "W-09-0001", "8 CAN 3020 P2402"),
        ("W-02-0101", "W-09-0001", "1 CAN 3020 P2403"),
        ("W-01-0101", "W-09-0001", "1 PCS 2010"),
        ("W-01-0601", "W-09-0001", "1 PCS 2020 FX-5001 FX25B"),
    ],
    "PI-00002": [
        ("W-02-0102", "W-09-0002", "12 BAG 3030 CB01"),
        ("W-02-0201", "W-09-0002", "2 BAG 3030 CB02"),
        ("W-01-0402", "W-09-0002", "5 PCS 3010 M"),
        ("W-01-0401", "W-09-0002", "20 M 3050 LOT0100"),
    ],
}

Row = tuple[str, str, str, Decimal, str, str, str, str]


def stock_rows() -> Iterator[tuple[str, Row, date | None]]:
    """Each row of the table: location; bin, item, variant, base quantity, unit, numbers; date."""
    per_unit = {"BOX": 4, "DRUM": 100}
    for line in STOCK.strip().splitlines():
        place, bin_, item, variant, count, unit, serials, lot, package, date_ = (
            part.strip() for part in line.split("|")
        )
        for serial in serials.split(", "):
            base = Decimal(count) * per_unit.get(unit, 1)
            yield place, (bin_, item, variant, base, unit, serial, lot, package), day(date_)


def balances(demo: Demo, location: str) -> dict[Row, date | None]:
    """The balances of all real bins of a location, as rows of the table."""
    catalogue = demo.catalogue
    no_of = {item.id: no for no, item in catalogue.items.items()}
    variant_of = {row_id: code for (_, code), row_id in catalogue.variants.items()}
    unit_of = {unit_id: code for code, unit_id in catalogue.units.items()}

    def work(session: Session) -> dict[Row, date | None]:
        rows = session.execute(
            select(BinBalance, Bin.code)
            .join(Bin, Bin.id == BinBalance.bin_id)
            .where(
                BinBalance.location_id == catalogue.locations[location].id,
                BinBalance.is_adjustment_bin.is_(False),
                HAS_STOCK,
            )
        )
        return {
            (
                bin_code,
                no_of[b.item_id],
                variant_of[b.variant_id],
                b.quantity_base,
                unit_of[b.unit_of_measure_id],
                *numbers_of(b).as_tuple(),
            ): b.expiration_date
            for b, bin_code in rows
        }

    return demo.read(work)


def test_the_stock_is_that_of_the_table_row_by_row(demo: Demo) -> None:
    for location in ("WHITE", "SILVER"):
        expected = {row: date_ for place, row, date_ in stock_rows() if place == location}
        assert balances(demo, location) == expected
    demo.assert_sound()


def test_three_numbers_wait_for_the_sync_and_all_others_agree(demo: Demo) -> None:
    waiting = {("2010", "DR-1010"): "+1", ("2010", "1044"): "-1", ("3030", "CB02"): "-2"}
    assert demo.in_adjustment_bin() == waiting
    no_of = {item.id: no for no, item in demo.catalogue.items.items()}
    place_of = {location.id: code for code, location in demo.catalogue.locations.items()}
    expected: dict[tuple[str, ...], Decimal] = {}
    for place, (_, item, _, base, _, *numbers), _ in stock_rows():
        key = (place, item, *numbers)
        expected[key] = expected.get(key, ZERO) + base
    expected["WHITE", "2010", "DR-1010", "", ""] = Decimal(1)
    expected["WHITE", "3030", "", "CB02", ""] -= 2
    del expected["WHITE", "2010", "1044", "", ""]

    def work(session: Session) -> dict[tuple[str, ...], Decimal]:
        found: dict[tuple[str, ...], Decimal] = {}
        for row in session.scalars(select(ItemBalance).where(ItemBalance.quantity > ZERO)):
            key = (place_of[row.location_id], no_of[row.item_id], *numbers_of(row).as_tuple())
            found[key] = found.get(key, ZERO) + row.quantity
        return found

    assert demo.read(work) == expected


def test_the_counts_that_wait_were_registered_when_by_whom_and_why(demo: Demo) -> None:
    user_of = {user_id: name for name, user_id in demo.catalogue.users.items()}
    reason_of = {row_id: code for code, row_id in demo.catalogue.reasons.items()}

    def work(session: Session) -> set[tuple[str, str, date, str]]:
        row = WarehouseEntry
        adjustment_bin = demo.catalogue.bins["W-11-0001"].id
        entries = session.scalars(
            select(row).where(
                row.bin_id == adjustment_bin,
                row.reference_document == WarehouseDocument.PHYSICAL_INVENTORY,
                row.reason_code_id.is_not(None),
            )
        )
        return {
            (
                next(filter(None, numbers_of(e).as_tuple())),
                user_of[e.user_id],
                e.registering_date,
                reason_of[e.reason_code_id or 0],
            )
            for e in entries
        }

    assert demo.read(work) == {
        ("DR-1010", "WORKER1", day("W-2D"), "NOT FOUND"),
        ("CB02", "WORKER2", day("W-1D"), "FOUND"),
        ("1044", "WORKER2", day("W-1D"), "FOUND"),
    }


def test_put_aways_and_picks_have_the_lines_of_the_table(demo: Demo) -> None:
    for no, lines in (PUT_AWAYS | PICKS).items():
        expected = [
            sentence
            for pair_no, (take, place, what) in enumerate(lines, start=1)
            for sentence in (f"{pair_no} Take {take}: {what}", f"{pair_no} Place {place}: {what}")
        ]
        assert demo.lines_of(no) == expected


def test_the_count_is_blind_and_calculated_for_six_bins(demo: Demo) -> None:
    def work(session: Session) -> tuple[bool, dict[str, int]]:
        batch = session.scalars(
            select(WarehouseJournalBatch).where(WarehouseJournalBatch.name == "COUNT-01")
        ).one()
        rows = session.execute(
            select(Bin.code, func.count())
            .join(WarehouseJournalLine, WarehouseJournalLine.bin_id == Bin.id)
            .where(WarehouseJournalLine.batch_id == batch.id)
            .group_by(Bin.code)
        )
        return batch.blind, {code: lines for code, lines in rows}

    booked = {"W-01-0101": 3, "W-01-0102": 3, "W-02-0102": 1, "W-02-0201": 1, "W-02-0202": 2}
    assert demo.read(work) == (True, booked)


def test_places_people_and_cards_are_those_of_the_tables(demo: Demo) -> None:
    def work(session: Session) -> None:
        zones = session.execute(
            select(Zone.code, func.count(Bin.id))
            .join(Bin, Bin.zone_id == Zone.id)
            .group_by(Zone.code)
        )
        assert {code: bins for code, bins in zones} == {
            "RECEIVE": 3,
            "PICK": 24,
            "BULK": 24,
            "COLD": 2,
            "SHIP": 3,
            "QC": 2,
            "ADJUSTMENT": 1,
            "CROSS-DOCK": 1,
        }
        bins = demo.catalogue.bins
        assert bins["W-02-0602"].block_movement is BlockMovement.OUTBOUND
        assert bins["W-04-0602"].block_movement is BlockMovement.INBOUND
        assert [code for code, bin_ in bins.items() if bin_.dedicated] == ["W-02-0502"]
        assert [code for code, bin_ in bins.items() if bin_.is_adjustment_bin] == ["W-11-0001"]
        assert session.scalar(select(func.count(BinContent.id))) == 6
        for name, password in demo.passwords.items():
            user = sign_in(session, name, password)
            assert locations_of(session, user.id)[0].code == "WHITE"
        blocked = [
            *session.scalars(select(LotNoInformation.lot_no).where(LotNoInformation.blocked)),
            *session.scalars(
                select(SerialNoInformation.serial_no).where(SerialNoInformation.blocked)
            ),
        ]
        assert blocked == ["P2399", "CU-7099"]
        described = select(PackageNoInformation).where(PackageNoInformation.description != "")
        assert session.scalars(described).one().package_no == "CONTAINER010"

    demo.read(work)


def test_a_second_load_changes_nothing(demo: Demo) -> None:
    def rows(session: Session) -> dict[str, int]:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
        }

    before = demo.read(rows)
    assert load_demo(demo.database, NOW) == {}
    assert demo.read(rows) == before
    assert demo.catalogue.work_date == DAY
