"""The floor of the benches: a bare Flask and SQLAlchemy app that only writes the rows.

It is told what to write, knows no user, no rule and no code, and writes in one durable
transaction the rows that the product writes for the same scan or registration.
"""

from datetime import UTC, date, datetime
from typing import Any

from flask import Flask, request
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from scanner_app.access.posted_request import PostedRequest
from scanner_app.code_index import CodeIndexEntry, CodeKind
from scanner_app.counters import RegisterCounter
from scanner_app.inventory.number_series import NumberSeries, NumberSeriesLine
from scanner_app.scanning.scan import OpenDocument, Scan, ScanSource
from scanner_app.warehouse.activity import (
    ActionType,
    RegisteredActivity,
    RegisteredActivityLine,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.bin_balance import BinBalance
from scanner_app.warehouse.receipt import PostedReceiptLine
from scanner_app.warehouse.warehouse_ledger import (
    WarehouseDocument,
    WarehouseEntry,
    WarehouseEntryType,
    WarehouseRegister,
)

OF_UNIT = ("item_id", "variant_id", "unit_of_measure_id", "serial_no", "lot_no", "package_no")
SERIES = "REG-PUTAWAY"
TODAY = date(2026, 11, 23)


def create_bare_app(engine: Engine) -> Flask:
    """The two handlers, on the engine of writers of the database."""
    app = Flask("bare_app")

    @app.post("/scans")
    def scan() -> dict[str, Any]:
        with Session(engine) as session:
            answer = _write_scan(session, request.get_json())
            session.commit()
        return answer

    @app.post("/registrations")
    def register() -> dict[str, Any]:
        with Session(engine) as session:
            answer = _write_registration(session, request.get_json())
            session.commit()
        return answer

    return app


def _write_scan(session: Session, sent: dict[str, Any]) -> dict[str, Any]:
    """The row of the scan, what is in the hand, and the Take and Place that a bin completes."""
    now = datetime.now(UTC)
    row = Scan(
        uuid=sent["id"],
        digest=sent["digest"],
        device_id=sent["device_id"],
        device_seq=sent["device_seq"],
        seen_seq=sent["seen_seq"],
        user_id=sent["user_id"],
        sent_by_id=sent["user_id"],
        location_id=sent["location_id"],
        document_kind="put-away",
        document_no=sent["document_no"],
        raw=sent["raw"],
        source=ScanSource.WEDGE,
        received_at=now,
        outcome=sent["outcome"],
        effect=sent["effect"],
    )
    session.add(row)
    session.get_one(OpenDocument, sent["open_document_id"]).given = sent["given"]
    if sent["pair_no"]:
        for line in session.scalars(
            select(WarehouseActivityLine).where(
                WarehouseActivityLine.activity_id == sent["activity_id"],
                WarehouseActivityLine.pair_no == sent["pair_no"],
            )
        ):
            line.qty_to_handle = line.qty_outstanding
            line.qty_to_handle_base = line.qty_outstanding_base
    return {"id": sent["id"], "result": "accepted"}


def _write_registration(session: Session, sent: dict[str, Any]) -> dict[str, Any]:
    """Register a put-away whole: entries, balances, registered copy, and the document is gone."""
    now = datetime.now(UTC)
    activity = session.get_one(WarehouseActivity, sent["activity_id"])
    line = WarehouseActivityLine
    lines = list(session.scalars(select(line).where(line.activity_id == activity.id)))
    no = _next_number(session)
    register = _add_register(session, len(lines), sent["user_id"], now)
    session.add_all(
        _entry(activity, line, no, register, place)
        for place, line in enumerate(lines, start=register.from_entry_no)
    )
    _change_balances(session, activity, lines, register.to_entry_no, now)
    _add_registered(session, activity, lines, no, register, now)
    _count_put_away(session, lines)
    for line_done in lines:
        session.delete(line_done)
    code = CodeIndexEntry
    of_document = code.kind == CodeKind.PUT_AWAY, code.target_id == activity.id
    session.delete(session.scalars(select(code).where(*of_document)).one())
    session.add(
        PostedRequest(
            uuid=sent["request_id"],
            digest=sent["request_id"],
            user_id=sent["user_id"],
            endpoint="register",
            posted_at=now,
            answer={"no": no, "left": 0},
        )
    )
    session.flush()
    session.delete(activity)
    return {"no": no, "lines": len(lines)}


def _next_number(session: Session) -> str:
    series = NumberSeriesLine
    line = session.scalars(
        select(series)
        .join(NumberSeries, NumberSeries.id == series.number_series_id)
        .where(NumberSeries.code == SERIES)
    ).one()
    last = line.last_no_used or line.starting_no
    line.last_no_used = f"{last[:3]}{int(last[3:]) + 1:04d}"
    return line.last_no_used


def _add_register(session: Session, entries: int, user_id: int, now: datetime) -> WarehouseRegister:
    counter = session.get_one(RegisterCounter, WarehouseRegister.__tablename__)
    counter.last_number += 1
    last = session.scalar(select(func.max(WarehouseEntry.id))) or 0
    register = WarehouseRegister(
        id=(session.scalar(select(func.max(WarehouseRegister.id))) or 0) + 1,
        no=counter.last_number,
        created_at=now,
        user_id=user_id,
        source_code="BARE",
        from_entry_no=last + 1,
        to_entry_no=last + entries,
    )
    session.add(register)
    return register


def _entry(
    activity: WarehouseActivity,
    line: WarehouseActivityLine,
    no: str,
    register: WarehouseRegister,
    entry_no: int,
) -> WarehouseEntry:
    sign = -1 if line.action_type is ActionType.TAKE else 1
    return WarehouseEntry(
        id=entry_no,
        register_id=register.id,
        registering_date=TODAY,
        location_id=activity.location_id,
        bin_id=line.bin_id,
        qty_per_unit_of_measure=line.qty_per_unit_of_measure,
        quantity=sign * line.qty_to_handle,
        quantity_base=sign * line.qty_to_handle_base,
        entry_type=WarehouseEntryType.MOVEMENT,
        reference_document=WarehouseDocument.PUT_AWAY,
        reference_no=no,
        source_no=activity.source_no,
        user_id=register.user_id,
        **{name: getattr(line, name) for name in OF_UNIT},
    )


def _change_balances(
    session: Session,
    activity: WarehouseActivity,
    lines: list[WarehouseActivityLine],
    last_entry_no: int,
    now: datetime,
) -> None:
    """What is taken is all there is of its numbers; what is placed lies there first."""
    takes = [line for line in lines if line.action_type is ActionType.TAKE]
    balance = BinBalance
    taken = session.scalars(
        select(balance).where(
            balance.bin_id == takes[0].bin_id,
            balance.item_id.in_({line.item_id for line in takes}),
            balance.lot_no.in_({line.lot_no for line in takes}),
            balance.quantity_base != 0,
        )
    ).all()
    specific = {(row.item_id, row.serial_no, row.lot_no): row.serial_specific for row in taken}
    for row in taken:
        row.quantity_base -= row.quantity_base
        row.version += 1
        row.unsettled_since = None
        row.settled_entry_id = last_entry_no
    # A serial no. has to leave its bin before it stands in the next one.
    session.flush()
    session.add_all(
        BinBalance(
            location_id=activity.location_id,
            bin_id=line.bin_id,
            serial_specific=specific[line.item_id, line.serial_no, line.lot_no],
            quantity_base=line.qty_to_handle_base,
            version=1,
            unsettled_since=now,
            **{name: getattr(line, name) for name in OF_UNIT},
        )
        for line in lines
        if line.action_type is ActionType.PLACE
    )


def _add_registered(
    session: Session,
    activity: WarehouseActivity,
    lines: list[WarehouseActivityLine],
    no: str,
    register: WarehouseRegister,
    now: datetime,
) -> None:
    header = RegisteredActivity(
        type=activity.type,
        no=no,
        activity_no=activity.no,
        location_id=activity.location_id,
        source_no=activity.source_no,
        registering_date=TODAY,
        registered_at=now,
        user_id=register.user_id,
        register_id=register.id,
    )
    session.add(header)
    session.flush()
    session.add_all(
        RegisteredActivityLine(
            registered_activity_id=header.id,
            line_no=line.line_no,
            action_type=line.action_type,
            bin_id=line.bin_id,
            qty_per_unit_of_measure=line.qty_per_unit_of_measure,
            quantity=line.qty_to_handle,
            quantity_base=line.qty_to_handle_base,
            source_document_line_id=line.source_document_line_id,
            **{name: getattr(line, name) for name in OF_UNIT},
        )
        for line in lines
    )


def _count_put_away(session: Session, lines: list[WarehouseActivityLine]) -> None:
    places = [line for line in lines if line.action_type is ActionType.PLACE]
    done = {line.source_document_line_id: line.qty_to_handle_base for line in places}
    received = PostedReceiptLine
    for row in session.scalars(select(received).where(received.id.in_(list(done)))):
        row.qty_put_away_base += done[row.id]
