"""Load the open documents of the demo: receipts, put-aways, shipments, picks and a count.

Receipts are posted but for one, shipments released and picks created by the verbs of the product. A
supervisor then sends some goods to another bin than the put-away template suggests.

This module must never choose a number that a worker is to scan.
"""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.demo.catalogue import Catalogue
from scanner_app.demo.documents import (
    COUNT,
    EXPECTED,
    DemoExpected,
    DemoReceipt,
    DemoShipment,
    DemoTransfer,
    PlacedIn,
)
from scanner_app.demo.documents import (
    RECEIPTS as DEMO_RECEIPTS,
)
from scanner_app.demo.documents import (
    SHIPMENTS as DEMO_SHIPMENTS,
)
from scanner_app.demo.documents import (
    TRANSFERS as DEMO_TRANSFERS,
)
from scanner_app.demo.stock import Stock
from scanner_app.errors import InvariantBroken
from scanner_app.inventory.text_card import text_of_day
from scanner_app.quantities import ZERO, to_base
from scanner_app.warehouse.activity import ActionType, WarehouseActivity, WarehouseActivityLine
from scanner_app.warehouse.calculate_inventory import bins_to_count, calculate_inventory
from scanner_app.warehouse.create_pick import create_pick
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, DocumentKind
from scanner_app.warehouse.document_line_card import blank_line_card
from scanner_app.warehouse.document_lines import add_document_line
from scanner_app.warehouse.document_tracking import lock_tracked_document_line
from scanner_app.warehouse.journal_tracking_lines import add_tracking_line, tracking_fields
from scanner_app.warehouse.master_codes import index_batch
from scanner_app.warehouse.post_receipt import post_warehouse_receipt
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.source_document import SourceDocument
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.warehouse.transfer_orders import create_transfer, release_transfer
from scanner_app.warehouse.warehouse_documents import (
    create_document,
    find_warehouse_document,
    release_shipment,
)
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch

WHITE = "WHITE"


def load_documents(session: Session, catalogue: Catalogue) -> None:
    """Make the documents in the order in which a warehouse would."""
    by = catalogue.by("SUPERVISOR")
    for receipt in DEMO_RECEIPTS:
        put_away = _receive(session, catalogue, receipt, by)
        _place(session, catalogue, put_away, receipt.placed)
    _expect(session, catalogue, EXPECTED, by)
    for shipment in DEMO_SHIPMENTS:
        released = _release(session, catalogue, shipment, by)
        if shipment.picked:
            create_pick(session, released, by)
    for transfer in DEMO_TRANSFERS:
        _release_transfer(session, catalogue, transfer, by)
    _start_count(session, catalogue)


def _receive(session: Session, catalogue: Catalogue, row: DemoReceipt, by: By) -> WarehouseActivity:
    """Make a receipt and post the whole of it."""
    no = _new_receipt(session, row.source_no, row.bin_code, by)
    for parts in _by_item(row.received):
        quantity = sum((part.quantity for part in parts), ZERO)
        _add_line(session, catalogue, RECEIPTS, no, quantity, parts)
    receipt = find_warehouse_document(session, RECEIPTS, no)
    put_away = post_warehouse_receipt(session, receipt.id, by)
    if put_away is None:
        raise InvariantBroken("WHITE asks for a put-away of everything that is received")
    return put_away


def _expect(session: Session, catalogue: Catalogue, row: DemoExpected, by: By) -> None:
    """Make a receipt of which nothing has come."""
    no = _new_receipt(session, row.source_no, row.bin_code, by)
    for goods, quantity in row.expected:
        part = Stock(row.bin_code, goods, quantity)
        _add_line(session, catalogue, RECEIPTS, no, quantity, [part])


def _new_receipt(session: Session, source_no: str, bin_code: str, by: By) -> str:
    """A receipt of a purchase order without lines; its number."""
    header = {"source_document": SourceDocument.PURCHASE_ORDER.value, "source_no": source_no}
    day = {"bin": bin_code, "expected_receipt_date": by.work_date.isoformat()}
    return create_document(session, RECEIPTS, WHITE, header | day, by)


def _by_item(parts: Sequence[Stock]) -> list[list[Stock]]:
    """The parts of one receipt line each, in their order."""
    lines: dict[tuple[str, str], list[Stock]] = {}
    for part in parts:
        lines.setdefault((part.goods.item_no, part.goods.unit), []).append(part)
    return list(lines.values())


def _add_line(
    session: Session,
    catalogue: Catalogue,
    kind: DocumentKind,
    no: str,
    quantity: Decimal,
    parts: Sequence[Stock],
) -> None:
    """A line of a document with the numbers of its parts."""
    goods = parts[0].goods
    typed = {"item_no": goods.item_no, "variant": goods.variant, "unit": goods.unit}
    card = blank_line_card(kind) | typed | {"quantity": f"{quantity:f}"}
    if kind is TRANSFERS:
        card |= {"transfer_from_bin": parts[0].bin_code}
    line_no = add_document_line(session, kind, no, card)
    per_unit = catalogue.per_unit[goods.item_no, goods.unit]
    for part in parts:
        if part.goods.numbers:
            tracked = lock_tracked_document_line(session, kind, no, line_no)
            numbers = {
                "serial_no": part.goods.numbers.serial_no,
                "lot_no": part.goods.numbers.lot_no,
                "package_no": part.goods.numbers.package_no,
                "quantity": f"{to_base(part.quantity, per_unit):f}",
            }
            if kind.comes_in:
                numbers["expiration_date"] = text_of_day(catalogue.day(part.goods.expires))
            blank = blank_card(tracking_fields(tracked))
            add_tracking_line(session, tracked, blank | numbers)


def _place(
    session: Session,
    catalogue: Catalogue,
    put_away: WarehouseActivity,
    wanted: Sequence[PlacedIn],
) -> None:
    """Change the bin of Place lines that the put-away template suggests otherwise."""
    rest = {placed: placed.quantity for placed in wanted}
    row = WarehouseActivityLine
    lines = session.scalars(
        select(row)
        .where(row.activity_id == put_away.id, row.action_type == ActionType.PLACE)
        .order_by(row.line_no)
    ).all()
    for line in lines:
        line.bin_id = catalogue.bins[_bin_of(line, catalogue, rest)].id
    session.flush()


def _bin_of(
    line: WarehouseActivityLine, catalogue: Catalogue, rest: dict[PlacedIn, Decimal]
) -> str:
    """The first bin that is to hold as much more of the line's item; the line takes its share."""
    for placed, quantity in rest.items():
        if catalogue.items[placed.item_no].id == line.item_id and quantity >= line.quantity:
            rest[placed] = quantity - line.quantity
            return placed.bin_code
    raise InvariantBroken("the put-away is split otherwise than the demo says")


def _release(session: Session, catalogue: Catalogue, row: DemoShipment, by: By) -> int:
    """Make a released shipment; numbers that it names stand on item tracking lines."""
    header = {"source_document": SourceDocument.SALES_ORDER.value, "source_no": row.source_no}
    day = {"bin": row.bin_code, "shipment_date": by.work_date.isoformat()}
    no = create_document(session, SHIPMENTS, WHITE, header | day, by)
    for goods, quantity in row.shipped:
        part = Stock(row.bin_code, goods, quantity)
        _add_line(session, catalogue, SHIPMENTS, no, quantity, [part])
    release_shipment(session, no)
    return int(find_warehouse_document(session, SHIPMENTS, no).id)


def _release_transfer(session: Session, catalogue: Catalogue, row: DemoTransfer, by: By) -> None:
    """Make a released transfer order; what is to go names its numbers and its bin."""
    day = by.work_date.isoformat()
    header = {
        "transfer_from": row.transfer_from,
        "transfer_to": row.transfer_to,
        "in_transit": row.in_transit,
        "shipment_date": day,
        "receipt_date": day,
    }
    no = create_transfer(session, header, by)
    for part in row.transferred:
        _add_line(session, catalogue, TRANSFERS, no, part.quantity, [part])
    release_transfer(session, no)


def _start_count(session: Session, catalogue: Catalogue) -> None:
    """A blind count of bins that hold surprises, ready to be counted."""
    batch = WarehouseJournalBatch(
        location_id=catalogue.locations[WHITE].id,
        name=COUNT.name,
        description=COUNT.description,
    )
    session.add(batch)
    session.flush()
    index_batch(session, batch)
    bins = bins_to_count(session, batch.location_id, codes=COUNT.bins)
    calculate_inventory(session, batch.id, bins)
