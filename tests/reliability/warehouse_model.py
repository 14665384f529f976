"""A warehouse of dictionaries: what the ledgers have to say, in a page of code.

The machine of `test_model_machine` does everything twice, here and in the product, and compares.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scanner_app.inventory.item_tracking import TrackingNumbers

Key = tuple[str, TrackingNumbers]
InBin = tuple[str, str, TrackingNumbers]
STORAGE = ("A", "B", "C")
ADJUSTMENT = "ADJ"


class Refused(Exception):
    """The model expects the product to refuse this."""


@dataclass
class WarehouseModel:
    """Quantities by bin, item and numbers; by item and numbers; and what the sync proposes."""

    bins: Counter[InBin] = field(default_factory=Counter)
    ledger: Counter[Key] = field(default_factory=Counter)
    proposed: dict[Key, int] = field(default_factory=dict)

    def receive(self, bin_code: str, key: Key, quantity: int) -> None:
        """Put received stock away into a bin."""
        if key[1].serial_no and (self.ledger[key] or self.in_real_bins(key)):
            raise Refused
        self.bins[(bin_code, *key)] += quantity
        self.ledger[key] += quantity

    def move(self, from_bin: str, to_bin: str, key: Key, quantity: int) -> None:
        """Move stock that is there to another bin."""
        if from_bin == to_bin or self.bins[(from_bin, *key)] < quantity:
            raise Refused
        self.bins[(from_bin, *key)] -= quantity
        self.bins[(to_bin, *key)] += quantity

    def reclassify(self, before: InBin, after: InBin, quantity: int) -> None:
        """Move stock that is there, and call it anew where the ledger has it too."""
        old, new = before[1:], after[1:]
        if before == after or self.bins[before] < quantity:
            raise Refused
        if old != new and self.ledger[old] < quantity:
            raise Refused
        if old != new and new[1].serial_no and (self.ledger[new] or self.in_real_bins(new)):
            raise Refused
        self.bins[before] -= quantity
        self.bins[after] += quantity
        self.ledger[old] -= quantity
        self.ledger[new] += quantity

    def pickable(self, key: Key) -> int:
        """What lies in the bins, less what was found and not synced."""
        owed = max(0, -self.bins[(ADJUSTMENT, *key)])
        return max(0, self.in_real_bins(key) - owed)

    def ship(self, taken: Mapping[str, int], key: Key) -> None:
        """Take stock out of bins, and out of the ledger."""
        for bin_code, quantity in taken.items():
            self.bins[(bin_code, *key)] -= quantity
            self.ledger[key] -= quantity

    def count(self, found: Mapping[str, Mapping[Key, int]]) -> None:
        """Whole bins are counted: each difference goes to or comes from the adjustment bin."""
        serials = [key for part in found.values() for key, n in part.items() if key[1].serial_no]
        if len(serials) != len(set(serials)):
            raise Refused
        counted = Counter(self.bins)
        for bin_code, part in found.items():
            for key in {key[1:] for key in counted if key[0] == bin_code} | set(part):
                difference = part.get(key, 0) - counted[(bin_code, *key)]
                counted[(bin_code, *key)] += difference
                counted[(ADJUSTMENT, *key)] -= difference
        if any(self._real(counted, key) > 1 for key in serials):
            raise Refused
        self.bins = counted

    def calculate(self) -> None:
        """Propose all that waits, and nothing else."""
        self.proposed = {
            key[1:]: quantity
            for key, quantity in self.bins.items()
            if key[0] == ADJUSTMENT and quantity
        }

    def delete(self, item_no: str, *, missing: bool) -> None:
        """Delete the proposal of an item in one direction."""
        self.proposed = {
            key: quantity
            for key, quantity in self.proposed.items()
            if key[0] != item_no or (quantity > 0) != missing
        }

    def post(self, keys: Iterable[Key]) -> None:
        """Post proposed numbers, all or none."""
        wanted = list(keys)
        if not wanted or any(self.proposed[k] != self.bins[(ADJUSTMENT, *k)] for k in wanted):
            raise Refused
        for key in wanted:
            quantity = self.proposed.pop(key)
            self.bins[(ADJUSTMENT, *key)] -= quantity
            self.ledger[key] -= quantity

    def in_real_bins(self, key: Key) -> int:
        """The sum over all bins but the adjustment bin."""
        return self._real(self.bins, key)

    def assert_consistent(self) -> None:
        """I1, within the model itself."""
        sums: Counter[Key] = Counter()
        for (_, *key), quantity in self.bins.items():
            sums[(key[0], key[1])] += quantity  # type: ignore[index]
        assert +sums == +self.ledger
        assert not -sums

    @staticmethod
    def _real(bins: Counter[InBin], key: Key) -> int:
        return sum(n for place, n in bins.items() if place[0] != ADJUSTMENT and place[1:] == key)
