"""A scan of a receipt reads the numbers it says, however many its line names (6.9)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from scanner_app.inventory.item_tracking import ItemTrackingLine
from tests.scanning.floor import Floor
from tests.scanning.receipts import announce, expect, receiving
from tests.sent_statements import statements_sent


@contextmanager
def numbers_read() -> Iterator[list[ItemTrackingLine]]:
    """The item tracking lines that are read meanwhile."""
    read: list[ItemTrackingLine] = []

    def remember(row: ItemTrackingLine, _: object) -> None:
        read.append(row)

    event.listen(ItemTrackingLine, "load", remember)
    try:
        yield read
    finally:
        event.remove(ItemTrackingLine, "load", remember)


@pytest.mark.parametrize("scans", [("S-1", "S-2"), ("CL-1", "S-2"), ("2030", "NEW-1", "CL-9")])
def test_a_scan_reads_as_much_of_a_line_with_many_numbers_as_of_one_with_few(
    floor: Floor, scans: tuple[str, ...]
) -> None:
    taken = []
    for count in (3, 24):
        no = expect(floor, f"2030 {count + 2}")
        for place in range(count):
            announce(floor, no, serial_no=f"S-{place}", lot_no="CL-1")
        device = receiving(floor, no)
        device.scan("S-0")
        with numbers_read() as read, statements_sent(Engine) as sent:
            for raw in scans:
                device.scan(raw)
        taken.append((len(read), len(sent)))
    assert taken[0] == taken[1]


def test_what_is_not_read_counts_as_what_has_come(floor: Floor) -> None:
    no = expect(floor, "2030 3")
    for number in ("S-0", "S-1"):
        announce(floor, no, serial_no=number, lot_no="CL-1")
    device = receiving(floor, no)
    device.codes("2030", "NEW-1", "CL-1")
    assert device.scan("S-0").code == "SerialReceived"
    assert device.scan("S-0").code == "AlreadyReceived"
    device.scan("2030")
    device.scan("NEW-2")
    assert device.scan("CL-1").code == "TrackedTooMuch"
