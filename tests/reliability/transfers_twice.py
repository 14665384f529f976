"""Transfer orders, each of their forms sent twice; the hall is one end of them."""

from scanner_app.warehouse.employee import WarehouseEmployee
from tests.builders import Warehouse, another_location, lot
from tests.reliability.documents_twice import name_numbers
from tests.reliability.sent_twice import Twice


def transfer_goods(twice: Twice, hall: Warehouse) -> None:
    """An order that is typed and deleted, and one that is shipped and received at every end."""
    another_location(hall, "TRANSIT", use_as_in_transit=True)
    yard, depot = (another_location(hall, code) for code in ("YARD", "DEPOT"))
    employees = [
        WarehouseEmployee(user_id=hall.by.user_id, location_id=place.location.id)
        for place in (yard, depot)
    ]
    hall.write(lambda session: session.add_all(employees))
    goods = hall.add_item("COFFERS")
    hall.stock(hall.add_item("TRUNKS", "lot"), "A", 2, lot("L3"))
    yard.post(yard.line(goods, 3), bin_code=None)
    type_and_delete(twice, hall)
    for end in ("DEPOT", "WHITE"):
        ship_and_receive(twice, end)


def type_order(twice: Twice, transfer_from: str, transfer_to: str, item_no: str) -> str:
    """An order with the lines 10000 and 20000; its address."""
    ends = {"transfer_from": transfer_from, "transfer_to": transfer_to, "in_transit": "TRANSIT"}
    order = twice("/transfers/new", "/transfers", "card", **ends)
    twice(f"{order}/header", f"{order}/header", "card", receipt_date="2030-01-01")
    for _ in range(2):
        line = {"item_no": item_no, "quantity": "1"}
        twice(f"{order}/lines/new", f"{order}/lines", "card", **line)
    return order


def type_and_delete(twice: Twice, hall: Warehouse) -> None:
    order = type_order(twice, "WHITE", "YARD", "TRUNKS")
    second = f"{order}/lines/20000"
    twice(second, second, "card", quantity="4")
    entries = f"{second}/tracking/entries"
    twice(entries, entries, "select", numbers='["", "L3", ""]')
    name_numbers(twice, hall.database, f"{second}/tracking")
    twice(second, f"{second}/removal", "removal")
    twice(order, f"{order}/release", "release")
    shipment = twice(order, f"{order}/warehouse-shipment", "create_shipment")
    twice(f"{shipment}/header", f"{shipment}/removal", "removal")
    twice(order, f"{order}/reopening", "reopen")
    twice(f"{order}/header", f"{order}/removal", "removal")


def ship_and_receive(twice: Twice, end: str) -> None:
    order = type_order(twice, "YARD", end, "COFFERS")
    twice(f"{order}/lines/20000", f"{order}/lines/20000/removal", "removal")
    twice(order, f"{order}/release", "release")
    assert "posted=" in twice(order, f"{order}/shipment", "post_shipment")
    if end == "DEPOT":
        assert "posted=" in twice(order, f"{order}/receipt", "post_receipt")
    else:
        assert "/receipts/" in twice(order, f"{order}/warehouse-receipt", "create_receipt")
