"""No query in a loop: a document of twenty lines takes as many statements as one of one line."""

from collections.abc import Callable

import pytest

from scanner_app.inventory.item_tracking_code import EntryType
from tests.builders import Warehouse, days, lot, serial
from tests.sent_statements import Sent, statements_sent
from tests.warehouse.counting import add_count, calculate, count_bin, post_proposals, register_count
from tests.warehouse.documents import (
    Part,
    add_receipt,
    add_shipment,
    pick,
    post_receipt,
    receive,
    register,
    scan,
    ship,
)
from tests.warehouse.imported_documents import ORDERED, SOLD, bring
from tests.warehouse.masters import Goods
from tests.warehouse.typed_documents import uses_documents
from tests.warehouse.warehouse_journals import RECLASSIFICATION, Journal

MANY = 20


def once_for_many_rows(white: Warehouse, sent: Sent) -> list[str]:
    """The statements that were sent; one for many rows counts once."""
    counted: list[str] = []
    for statement, _ in sent:
        # SQLite is given rows one by one where their ids are asked for in order.
        repeated = counted[-1:] == [statement] and white.database.dialect == "sqlite"
        if not (repeated and statement.startswith("INSERT") and "RETURNING" in statement):
            counted.append(statement)
    return counted


def compare(white: Warehouse, work: Callable[[int], Callable[[], object]]) -> None:
    """Prepare the work for one line and for many, and count what each sends."""
    work(1)()  # whatever is sent only once in the life of a database
    counted = []
    for lines in (1, MANY):
        prepared = work(lines)
        with statements_sent(white.database.engine) as sent:
            prepared()
        counted.append(once_for_many_rows(white, sent))
    one, many = counted
    assert len(many) == len(one), "\n".join(sorted(set(many), key=many.count, reverse=True)[:3])


class Numbers:
    """Serial numbers that were never used before."""

    def __init__(self) -> None:
        self.last = 0

    def next_no(self) -> str:
        self.last += 1
        return f"S{self.last:04d}"

    def parts(self, goods: Goods, count: int) -> list[Part]:
        first, self.last = self.last, self.last + count
        return [Part(goods, 1, serial(f"S{number:04d}")) for number in range(first, self.last)]


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    white.change(white.location, require_put_away=True)
    return white.add_item("SN", "serial")


def test_registering_a_put_away(white: Warehouse, goods: Goods) -> None:
    numbers = Numbers()

    def prepare(lines: int) -> Callable[[], object]:
        put_away = receive(white, *numbers.parts(goods, lines))
        scan(white, put_away)
        return lambda: register(white, put_away)

    compare(white, prepare)


def test_posting_a_receipt(white: Warehouse, goods: Goods) -> None:
    numbers = Numbers()
    white.change(white.location, require_put_away=False)

    def prepare(lines: int) -> Callable[[], object]:
        receipt = add_receipt(white, *numbers.parts(goods, lines))
        return lambda: post_receipt(white, receipt)

    compare(white, prepare)


def test_posting_a_receipt_that_makes_a_put_away(white: Warehouse, goods: Goods) -> None:
    numbers = Numbers()

    def prepare(lines: int) -> Callable[[], object]:
        receipt = add_receipt(white, *numbers.parts(goods, lines))
        return lambda: post_receipt(white, receipt)

    compare(white, prepare)


def test_creating_a_pick(white: Warehouse, goods: Goods) -> None:
    numbers = Numbers()

    def prepare(lines: int) -> Callable[[], object]:
        parts = numbers.parts(goods, lines)
        white.post(*[white.line(goods, 1, part.numbers) for part in parts])
        shipment = add_shipment(white, *parts)
        return lambda: pick(white, shipment)

    compare(white, prepare)


def test_creating_a_pick_of_what_is_not_named(white: Warehouse) -> None:
    white.change(white.location, pick_according_to_fefo=True)
    dated = white.add_item("DATED", "lot", use_expiration_dates=True)
    plain = white.add_item("PLAIN", "lot")
    for goods in (dated, plain):
        names = [lot(f"L{number:02d}") for number in range(MANY)]
        white.post(*[white.line(goods, 9, name, expiration_date=days(9)) for name in names])
    short = white.add_item("SHORT")

    def prepare(lines: int) -> Callable[[], object]:
        parts = [Part(goods, 1) for goods in (dated, plain, short)] * lines
        shipment = add_shipment(white, *parts)
        return lambda: pick(white, shipment)

    compare(white, prepare)


def test_posting_a_shipment(white: Warehouse, goods: Goods) -> None:
    numbers = Numbers()

    def prepare(lines: int) -> Callable[[], object]:
        parts = numbers.parts(goods, lines)
        white.post(*[white.line(goods, 1, part.numbers) for part in parts])
        shipment = add_shipment(white, *parts)
        activity = pick(white, shipment)
        scan(white, activity)
        register(white, activity)
        return lambda: ship(white, shipment)

    compare(white, prepare)


def test_posting_and_leaving_again(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot", use_expiration_dates=True)

    def prepare(lines: int) -> Callable[[], object]:
        names = [lot(f"L{lines}-{number}") for number in range(lines)]
        white.post(*[white.line(goods, 2, name, expiration_date=days(9)) for name in names])
        sales = [white.line(goods, -1, name, entry_type=EntryType.SALE) for name in names]
        return lambda: white.post(*sales)

    compare(white, prepare)


def test_registering_a_count(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot", use_expiration_dates=True)
    bins = iter("ABC")

    def prepare(lines: int) -> Callable[[], object]:
        code = next(bins)
        names = [lot(f"{code}-{number}") for number in range(lines)]
        batch = add_count(white, code)
        count_bin(white, batch, code, *(Part(goods, 2, name, days(9)) for name in names))
        return lambda: register_count(white, batch)

    compare(white, prepare)


def find_unbooked(white: Warehouse, code: str, lines: int) -> None:
    """A count of an empty bin finds so many lots; what was found before is synced first."""
    if calculate(white).lines:
        post_proposals(white)
    goods = white.add_item(f"LOT{code}", "lot")
    batch = add_count(white, code)
    count_bin(white, batch, code, *(Part(goods, 2, lot(f"L{n}")) for n in range(lines)))
    register_count(white, batch)


def test_calculating_the_sync(white: Warehouse) -> None:
    bins = iter("ABC")

    def prepare(lines: int) -> Callable[[], object]:
        find_unbooked(white, next(bins), lines)
        return lambda: calculate(white)

    compare(white, prepare)


def test_posting_the_sync(white: Warehouse) -> None:
    bins = iter("ABC")

    def prepare(lines: int) -> Callable[[], object]:
        find_unbooked(white, next(bins), lines)
        calculate(white)
        return lambda: post_proposals(white)

    compare(white, prepare)


def test_checking_and_registering_manual_lines(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "serial", use_expiration_dates=True)
    numbers = Numbers()
    journal = Journal(white)
    journal.add_batch()

    def prepare(lines: int) -> Callable[[], object]:
        for part in numbers.parts(goods, lines):
            journal.add_line(serial_no=part.numbers.serial_no, expiration_date="2030-12-31")
        return lambda: (journal.problems(), journal.register())

    compare(white, prepare)


def test_checking_and_registering_reclassification_lines(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "serial", use_expiration_dates=True)
    numbers = Numbers()
    journal = Journal(white, RECLASSIFICATION)
    journal.add_batch()

    def prepare(lines: int) -> Callable[[], object]:
        for part in numbers.parts(goods, lines):
            number = part.numbers.serial_no
            white.stock(goods, "A", 1, part.numbers, expiration_date=days(9))
            journal.add_line(serial_no=number, new_serial_no=f"NEW-{number}")
        return lambda: (journal.problems(), journal.register())

    compare(white, prepare)


def test_importing_many_documents_asks_no_more_than_one(white: Warehouse) -> None:
    uses_documents(white)
    white.add_item("GOODS", "lot", use_expiration_dates=True)
    numbers = Numbers()

    def work(count: int) -> Callable[[], object]:
        nos = [numbers.next_no() for _ in range(count)]
        rows = [
            {**row, "source_no": f"{row['source_no']}-{no}", "lot_no": lot_no}
            for no in nos
            for row in (ORDERED, SOLD)
            for lot_no in (no, f"{no}-2", "")
        ]
        return lambda: bring(white, *rows)

    compare(white, work)
