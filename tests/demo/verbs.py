"""The verbs of the product, as the flows of the demo speak of them."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.demo.stock import Goods
from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.item_tracking import TrackingNumbers, numbers_of
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.quantities import from_base
from scanner_app.warehouse.activity import (
    WarehouseActivity,
    WarehouseActivityLine,
    set_qty_to_handle,
)
from scanner_app.warehouse.adjustment_sync import calculate_warehouse_adjustment, proposed_lines
from scanner_app.warehouse.item_journal_posting import (
    JournalNumber,
    journal_problems,
    post_item_journal_lines,
    read_journal_numbers,
)
from scanner_app.warehouse.physical_inventory import (
    SeenUnit,
    close_bin,
    count_of_bin,
    count_units,
    open_bin,
)
from scanner_app.warehouse.register_activity import register_warehouse_activity
from scanner_app.warehouse.register_journal import RegisteredCount, register_warehouse_journal
from scanner_app.warehouse.seen_in_bin import counted_so_far
from scanner_app.warehouse.shipment import WarehouseShipment
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch
from scanner_app.warehouse.warehouse_ledger import WarehouseEntry, WarehouseRegister
from tests.demo.conftest import Demo


def drill(serial_no: str) -> tuple[Goods, int]:
    return Goods("2010", "PCS", TrackingNumbers(serial_no)), 1


def seen(demo: Demo, goods: Goods, quantity: int) -> SeenUnit:
    return SeenUnit(
        numbers=goods.numbers,
        quantity=Decimal(quantity),
        expiration_date=demo.catalogue.day(goods.expires),
        **demo.catalogue.item_fields(goods),
    )


def count_bin(demo: Demo, bin_code: str, lying: Sequence[tuple[Goods, int]]) -> None:
    def work(session: Session) -> None:
        by = demo.catalogue.by("WORKER2")
        bin_ = demo.catalogue.bins[bin_code]
        batch = session.scalars(
            select(WarehouseJournalBatch).where(WarehouseJournalBatch.name == "COUNT-01")
        ).one()
        count = count_of_bin(session, batch, bin_)
        open_bin(session, count, bin_, by)
        for goods, quantity in lying:
            count_units(session, count, [seen(demo, goods, quantity)], by, None)
        close_bin(session, count, counted_so_far(session, count), by)

    demo.write(work)


def register_count(demo: Demo) -> RegisteredCount:
    def work(session: Session) -> RegisteredCount:
        batch = session.scalars(
            select(WarehouseJournalBatch).where(WarehouseJournalBatch.name == "COUNT-01")
        ).one()
        return register_warehouse_journal(session, batch.id, demo.catalogue.by("WORKER2"))

    return demo.write(work)


def entries_of_last_register(demo: Demo) -> list[tuple[str, str, Decimal]]:
    code_of = {bin_.id: code for code, bin_ in demo.catalogue.bins.items()}

    def work(session: Session) -> list[tuple[str, str, Decimal]]:
        last = select(WarehouseRegister.id).order_by(WarehouseRegister.no.desc()).limit(1)
        entries = session.scalars(
            select(WarehouseEntry).where(WarehouseEntry.register_id == last.scalar_subquery())
        )
        return [(code_of[e.bin_id], first_number(e), e.quantity) for e in entries]

    return demo.read(work)


def first_number(row: object) -> str:
    return next(filter(None, numbers_of(row).as_tuple()))


def calculate(demo: Demo) -> None:
    def work(session: Session) -> None:
        batch = session.scalars(
            select(ItemJournalBatch).where(ItemJournalBatch.name == "SYNC")
        ).one()
        white = demo.catalogue.locations["WHITE"]
        calculate_warehouse_adjustment(session, white, batch, demo.catalogue.by("SUPERVISOR"))

    demo.write(work)


def journal_numbers(demo: Demo, session: Session) -> list[JournalNumber]:
    lines = proposed_lines(session, demo.catalogue.locations["WHITE"])
    return read_journal_numbers(session, lines)


def proposals(demo: Demo) -> list[str]:
    """The proposed lines, one sentence each with its numbers and dates."""
    unit_of = {unit_id: code for code, unit_id in demo.catalogue.units.items()}

    def work(session: Session) -> list[str]:
        sentences: dict[str, list[str]] = {}
        for number in journal_numbers(demo, session):
            row, line = number.journal_line, number.part.line
            unit = unit_of[row.unit_of_measure_id]
            quantity = from_base(row.quantity_base, row.qty_per_unit_of_measure)
            head = f"{row.entry_type} {quantity} {unit} {line.item.no}"
            what = [first_number(line.numbers), str(abs(line.quantity_base))]
            what += [str(line.expiration_date)] if line.expiration_date else []
            sentences.setdefault(head, []).append(" ".join(what))
        return [f"{head}: {', '.join(parts)}" for head, parts in sentences.items()]

    return demo.read(work)


def problems_of_journal(demo: Demo) -> list[tuple[str, RuleRefused]]:
    def work(session: Session) -> list[tuple[str, RuleRefused]]:
        numbers = journal_numbers(demo, session)
        problems = journal_problems(session, numbers)
        by_id = {number.id: first_number(number.part.line.numbers) for number in numbers}
        return [(by_id[key], refusal) for key, refusal in problems.items()]

    return demo.read(work)


def post_all_but(demo: Demo, *left: str) -> None:
    def work(session: Session) -> None:
        numbers = journal_numbers(demo, session)
        chosen = {n.id for n in numbers if first_number(n.part.line.numbers) not in left}
        ids = {n.journal_line.id for n in numbers}
        by = demo.catalogue.by("SUPERVISOR")
        post_item_journal_lines(session, ids, by, batch_name="SYNC", chosen=chosen)

    demo.write(work)


def count_away_at_silver(demo: Demo) -> None:
    """SILVER is not directed: what is not there is posted away by an item journal line."""

    def work(session: Session) -> None:
        by, goods = demo.catalogue.by("SUPERVISOR"), drill("1044")[0]
        batch = session.scalars(
            select(ItemJournalBatch).where(ItemJournalBatch.name == "OPENING")
        ).one()
        line = ItemJournalLine(
            batch_id=batch.id,
            line_no=10_000,
            entry_type=EntryType.NEGATIVE_ADJUSTMENT,
            posting_date=by.work_date,
            document_date=by.work_date,
            document_no="COUNT-SILVER",
            location_id=demo.catalogue.locations["SILVER"].id,
            bin_id=demo.catalogue.bins["S-01-0001"].id,
            quantity=Decimal(1),
            quantity_base=Decimal(1),
            **demo.catalogue.item_fields(goods),
            **demo.catalogue.number_fields(goods),
        )
        session.add(line)
        session.flush()
        post_item_journal_lines(session, [line.id], by, batch_name="OPENING")

    demo.write(work)


def shipment_id(session: Session) -> int:
    statement = select(WarehouseShipment.id).where(WarehouseShipment.no == "SH-00003")
    return session.scalars(statement).one()


def register_whole(demo: Demo, no: str, free_serial: str = "") -> None:
    """Handle every line whole, with a serial no. where the pick leaves it to the worker."""

    def work(session: Session) -> None:
        row = WarehouseActivityLine
        activity = session.scalars(
            select(WarehouseActivity).where(WarehouseActivity.no == no)
        ).one()
        lines = session.scalars(select(row).where(row.activity_id == activity.id)).all()
        for line in lines:
            if line.item_id == demo.catalogue.items["2010"].id:
                line.serial_no = free_serial
            set_qty_to_handle(line, line.qty_outstanding, "")
        session.flush()
        result = register_warehouse_activity(session, activity.id, demo.catalogue.by("WORKER1"))
        assert result.outstanding_lines == 0

    demo.write(work)
