"""The state machine with one step more: stock is moved and called anew in its bins."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.builders import Warehouse
from tests.reliability.warehouse_model import STORAGE, InBin
from tests.warehouse.model_machine import BINS, KEYS, QUANTITIES, WarehouseMachine, quantity_of
from tests.warehouse.warehouse_journals import RECLASSIFICATION, Journal


class ReclassifyingMachine(WarehouseMachine):
    """Subclasses name a database, as those of the machine without the step."""

    @precondition(lambda self: self.stocked())
    @rule(place=st.integers(0, 99), number=st.integers(0, 99), to_bin=BINS, quantity=QUANTITIES)
    def reclassify(self, place: int, number: int, to_bin: str, quantity: int) -> None:
        """Of what lies somewhere so much goes to a bin, under a number of the same item."""
        stocked = self.stocked()
        from_bin, item_no, numbers = stocked[place % len(stocked)]
        same_item = [other for other in KEYS if other[0] == item_no]
        old, new = (item_no, numbers), same_item[number % len(same_item)]
        quantity = quantity_of(old, quantity)

        def in_product(white: Warehouse) -> None:
            journal = Journal(white, RECLASSIFICATION)
            journal.add_batch()
            journal.add_line(
                item_no=item_no,
                quantity=str(quantity),
                from_bin=from_bin,
                to_bin=to_bin,
                serial_no=numbers.serial_no,
                lot_no=numbers.lot_no,
                new_serial_no=new[1].serial_no,
                new_lot_no=new[1].lot_no,
            )
            journal.register()
            journal.remove_batch()

        self.do(
            lambda: self.model.reclassify((from_bin, *old), (to_bin, *new), quantity), in_product
        )

    def stocked(self) -> list[InBin]:
        """What lies in real bins, by bin, item and numbers."""
        return sorted(each for each, n in self.model.bins.items() if n > 0 and each[0] in STORAGE)
