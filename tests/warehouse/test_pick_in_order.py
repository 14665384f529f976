"""In which order a pick takes what lies in the bins (docs/domain.md 4.4, 6.3, 6.4), case by case.

Every content holds five. Bins A, B and C rank 30, 20 and 10; RECV is the receipt bin.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingSource
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.warehouse.bin import BlockMovement
from scanner_app.warehouse.shipment import WarehouseShipmentLine
from tests.builders import Warehouse, days, lot
from tests.inventory.information_cards import block
from tests.warehouse.documents import Part, add_shipment, add_tracking, pick
from tests.warehouse.masters import Goods
from tests.warehouse.picks import DATED, STRICT, taken

EACH = 5
Content = tuple[str, str, int | None]
Quantities = Sequence[tuple[str, str, int]]


@dataclass(frozen=True)
class Case:
    """What lies there, what is asked, and what the pick takes.

    Attributes:
        stock: bin, lot and days until it expires, in the order in which it came.
        taken: bin, lot and quantity; lot "" is left to the worker.
        named: lots and quantities that the shipment line names.
        bins: bins with what they are changed to once the stock lies in them.
    """

    stock: Sequence[Content]
    wanted: int
    taken: Quantities
    switches: Mapping[str, Any] = field(default_factory=lambda: DATED)
    fefo: bool = True
    named: Mapping[str, int] = field(default_factory=dict)
    blocked: Sequence[str] = ()
    bins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


FIRST_EXPIRED_FIRST_OUT = {
    "the earliest date comes first, whatever the bins rank": Case(
        stock=[("A", "L1", 30), ("B", "L2", 10), ("C", "L3", 20)],
        wanted=12,
        taken=[("B", "L2", 5), ("C", "L3", 5), ("A", "L1", 2)],
    ),
    "of one date the lower number comes first": Case(
        stock=[("A", "L3", 10), ("B", "L2", 10), ("C", "L1", 10)],
        wanted=11,
        taken=[("C", "L1", 5), ("B", "L2", 5), ("A", "L3", 1)],
    ),
    "of one number what came first comes first": Case(
        stock=[("C", "L1", 10), ("A", "L1", 10), ("B", "L1", 10)],
        wanted=11,
        taken=[("C", "L1", 5), ("A", "L1", 5), ("B", "L1", 1)],
    ),
    "numbers without a date come last": Case(
        stock=[("A", "L1", None), ("B", "L2", None), ("C", "L3", 900)],
        wanted=11,
        taken=[("C", "L3", 5), ("A", "L1", 5), ("B", "L2", 1)],
    ),
    "only undated numbers go by number": Case(
        stock=[("A", "L2", None), ("C", "L1", None)],
        wanted=6,
        taken=[("C", "L1", 5), ("A", "L2", 1)],
    ),
    "expired numbers come first where posting is not strict": Case(
        stock=[("A", "L1", 1), ("B", "L2", -1), ("C", "L3", -2)],
        wanted=11,
        taken=[("C", "L3", 5), ("B", "L2", 5), ("A", "L1", 1)],
    ),
    "strict posting leaves expired numbers out, and the day itself is good": Case(
        stock=[("A", "L1", -1), ("B", "L2", 1), ("C", "L3", 0)],
        wanted=11,
        taken=[("C", "L3", 5), ("B", "L2", 5)],
        switches=STRICT,
    ),
    "strict posting leaves numbers without a date out": Case(
        stock=[("A", "L1", None), ("B", "L2", 1)],
        wanted=10,
        taken=[("B", "L2", 5)],
        switches=STRICT,
    ),
    "a pick that ends within a content leaves the rest of it": Case(
        stock=[("A", "L1", 20), ("B", "L2", 10)],
        wanted=7,
        taken=[("B", "L2", 5), ("A", "L1", 2)],
    ),
}
NAMED_ON_THE_SHIPMENT = {
    "a named number comes before an earlier date": Case(
        stock=[("A", "L1", 10), ("B", "L2", 20)],
        wanted=4,
        named={"L2": 3},
        taken=[("B", "L2", 3), ("A", "L1", 1)],
    ),
    "no other number is taken for a named one": Case(
        stock=[("A", "L1", 10), ("B", "L2", 20)],
        wanted=7,
        named={"L2": 7},
        taken=[("B", "L2", 5)],
    ),
    "what is named is not taken again for the rest of the line": Case(
        stock=[("A", "L1", 10), ("B", "L2", 20)],
        wanted=8,
        named={"L1": 4},
        taken=[("A", "L1", 4), ("A", "L1", 1), ("B", "L2", 3)],
    ),
    "a named number that is expired is left out where posting is strict": Case(
        stock=[("A", "L1", -1), ("B", "L2", 20)],
        wanted=4,
        named={"L1": 3},
        taken=[("B", "L2", 1)],
        switches=STRICT,
    ),
    "a named number that is blocked is left out": Case(
        stock=[("A", "L1", 10), ("B", "L2", 20)],
        wanted=4,
        named={"L1": 3},
        blocked=["L1"],
        taken=[("B", "L2", 1)],
    ),
}
LEFT_OUT = {
    "a blocked number is left out": Case(
        stock=[("A", "L1", 10), ("B", "L2", 20), ("C", "L3", 30)],
        wanted=6,
        blocked=["L1"],
        taken=[("B", "L2", 5), ("C", "L3", 1)],
    ),
    "a dedicated bin is left out": Case(
        stock=[("A", "L1", 10), ("B", "L2", 20)],
        wanted=6,
        bins={"A": {"dedicated": True}},
        taken=[("B", "L2", 5)],
    ),
    "a bin that is closed to what goes out is left out": Case(
        stock=[("A", "L1", 10), ("B", "L2", 20), ("C", "L3", 30)],
        wanted=6,
        bins={
            "A": {"block_movement": BlockMovement.OUTBOUND},
            "B": {"block_movement": BlockMovement.ALL},
        },
        taken=[("C", "L3", 5)],
    ),
    "a bin that is closed to what comes in is picked from": Case(
        stock=[("A", "L1", 10), ("B", "L2", 20)],
        wanted=6,
        bins={"A": {"block_movement": BlockMovement.INBOUND}},
        taken=[("A", "L1", 5), ("B", "L2", 1)],
    ),
    "a bin whose type is not for picking is left out": Case(
        stock=[("BULK", "L1", 10), ("B", "L2", 20)],
        wanted=6,
        taken=[("B", "L2", 5)],
    ),
    "the receipt bin is left out": Case(
        stock=[("RECV", "L1", 10), ("B", "L2", 20)],
        wanted=6,
        taken=[("B", "L2", 5)],
    ),
    "a bin without a type is picked from": Case(
        stock=[("PLAIN", "L1", 10), ("B", "L2", 20)],
        wanted=6,
        taken=[("PLAIN", "L1", 5), ("B", "L2", 1)],
    ),
}
BY_RANKING = {
    "without first expired first out the highest ranking bin comes first": Case(
        stock=[("C", "L1", 10), ("B", "L2", 20), ("A", "L3", 30), ("C", "L4", 5)],
        wanted=12,
        fefo=False,
        taken=[("A", "", 5), ("B", "", 5), ("C", "", 2)],
    ),
    "an item without dates goes by ranking where others go by date": Case(
        stock=[("C", "L1", None), ("A", "L2", None), ("B", "L3", None)],
        wanted=6,
        switches={"use_expiration_dates": False},
        taken=[("A", "", 5), ("B", "", 1)],
    ),
    "bins of one ranking go by their code": Case(
        stock=[("C", "L1", 10), ("B", "L2", 20), ("A", "L3", 30), ("C", "L4", 40)],
        wanted=11,
        fefo=False,
        bins={"A": {"bin_ranking": 10}, "B": {"bin_ranking": 10}},
        taken=[("A", "", 5), ("B", "", 5), ("C", "", 1)],
    ),
    "when all is needed the numbers are named, bin by bin": Case(
        stock=[("A", "L2", 10), ("A", "L1", 20), ("B", "L3", 5)],
        wanted=15,
        fefo=False,
        taken=[("A", "L1", 5), ("A", "L2", 5), ("B", "L3", 5)],
    ),
    "strict posting leaves expired numbers out, and those without a date not": Case(
        stock=[("A", "L1", -1), ("B", "L2", None), ("C", "L3", 0)],
        wanted=15,
        fefo=False,
        switches=STRICT,
        taken=[("B", "L2", 5), ("C", "L3", 5)],
    ),
    "dedicated bins and blocked numbers are left out": Case(
        stock=[("A", "L1", 10), ("B", "L2", 20), ("C", "L3", 30)],
        wanted=6,
        fefo=False,
        bins={"A": {"dedicated": True}},
        blocked=["L2"],
        taken=[("C", "L3", 5)],
    ),
}
CASES = FIRST_EXPIRED_FIRST_OUT | NAMED_ON_THE_SHIPMENT | LEFT_OUT | BY_RANKING


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_pick_takes_in_the_order_of_the_domain(white: Warehouse, case: Case) -> None:
    goods = build(white, case)
    shipment_id = add_shipment(white, Part(goods, case.wanted))
    for number, quantity in case.named.items():
        name(white, Part(goods, quantity, lot(number), to_handle=0))
    found = taken(white, pick(white, shipment_id))
    assert found == [(code, lot(number), quantity) for code, number, quantity in case.taken]


def build(white: Warehouse, case: Case) -> Goods:
    white.add_bin("BULK", "PUTAWAY", bin_ranking=99)
    white.add_bin("PLAIN", "")
    white.change(white.location, pick_according_to_fefo=case.fefo)
    goods = white.add_item("LOT", "lot", **case.switches)
    for code, number, expires in case.stock:
        expiration_date = None if expires is None else days(expires)
        white.stock(goods, code, EACH, lot(number), expiration_date=expiration_date)
    for code, fields in case.bins.items():
        white.change(white.bins[code], **fields)
    for number in case.blocked:
        block(white, NumberKind.LOT, "LOT", number)
    return goods


def name(white: Warehouse, part: Part) -> None:
    """Name numbers on the only line of the shipment."""

    def work(session: Session) -> None:
        line = session.scalars(select(WarehouseShipmentLine)).one()
        add_tracking(session, TrackingSource.SHIPMENT_LINE, line.id, part)

    white.write(work)
