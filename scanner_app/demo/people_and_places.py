"""Who works in the demo warehouse, and where: users, locations, zones and bins.

This module must never hold stock: that is `stock`.
"""

from dataclasses import dataclass, field

from scanner_app.access.user import Role
from scanner_app.inventory.location import BinCapacityPolicy, DefaultBinSelection
from scanner_app.warehouse.bin import BlockMovement


@dataclass(frozen=True)
class DemoUser:
    """A user with the locations to work at, the default one first."""

    name: str
    full_name: str
    role: Role
    locations: tuple[str, ...]


@dataclass(frozen=True)
class DemoLocation:
    """A location: the fields of its record, and the bins its fields name."""

    code: str
    name: str
    settings: dict[str, object] = field(default_factory=dict)
    bins: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DemoZone:
    """A zone of WHITE with its bins, by code and ranking."""

    code: str
    description: str
    bin_type: str
    bins: dict[str, int]
    warehouse_class: str = ""


@dataclass(frozen=True)
class FixedBin:
    """An item that belongs into a bin, with its limits in the unit of measure."""

    bin_code: str
    item_no: str
    unit: str
    variant: str = ""
    min_qty: int = 0
    max_qty: int = 0
    is_default: bool = False


def _places(location: str, aisle: str, ranking_by_level: dict[str, int]) -> dict[str, int]:
    """The bins of an aisle with six places, each on the given levels."""
    return {
        f"{location}-{aisle}-{place:02d}{level}": ranking
        for place in range(1, 7)
        for level, ranking in ranking_by_level.items()
    }


def _row(location: str, aisle: str, count: int, ranking: int) -> dict[str, int]:
    """Bins one beside the other, numbered from 1."""
    return {f"{location}-{aisle}-{number:04d}": ranking for number in range(1, count + 1)}


USERS = (
    DemoUser("WORKER1", "First worker", Role.WORKER, ("WHITE",)),
    DemoUser("WORKER2", "Second worker", Role.WORKER, ("WHITE", "SILVER", "BLUE")),
    DemoUser("SUPERVISOR", "Supervisor", Role.SUPERVISOR, ("WHITE", "SILVER", "BLUE")),
)

# What the lines of the template ask, in their order.
PUT_AWAY_TEMPLATE = (
    ("Where it has its place", {"find_fixed_bin", "find_same_item", "find_unit_of_measure_match"}),
    ("Where it lies", {"find_floating_bin", "find_same_item", "find_unit_of_measure_match"}),
    ("Empty bins", {"find_floating_bin", "find_empty_bin"}),
    ("Any floating bin", {"find_floating_bin"}),
)

LOCATIONS = (
    DemoLocation(
        "WHITE",
        "White warehouse",
        settings={
            "bin_mandatory": True,
            "directed_put_away_and_pick": True,
            "require_receive": True,
            "require_shipment": True,
            "require_put_away": True,
            "require_pick": True,
            "use_cross_docking": True,
            "check_warehouse_class": True,
            "pick_according_to_fefo": True,
            "allow_breakbulk": True,
            "always_create_put_away_line": True,
            "put_away_template_code": "STD",
            "bin_capacity_policy": BinCapacityPolicy.PROHIBIT_MORE,
        },
        bins={
            "receipt_bin_id": "W-08-0001",
            "shipment_bin_id": "W-09-0001",
            "adjustment_bin_id": "W-11-0001",
            "cross_dock_bin_id": "W-14-0001",
        },
    ),
    DemoLocation(
        "SILVER",
        "Silver warehouse",
        settings={
            "bin_mandatory": True,
            "require_put_away": True,
            "require_pick": True,
            "default_bin_selection": DefaultBinSelection.FIXED_BIN,
        },
    ),
    DemoLocation("BLUE", "Blue warehouse"),
    DemoLocation("OUT. LOG.", "On the way", settings={"use_as_in_transit": True}),
)

BIN_TYPES: dict[str, dict[str, bool]] = {
    "RECEIVE": {"receive": True},
    "SHIP": {"ship": True},
    "PUT AWAY": {"put_away": True},
    "PICK": {"pick": True},
    "PUTPICK": {"put_away": True, "pick": True},
    "QC": {},
}

ZONES_OF_WHITE = (
    DemoZone("RECEIVE", "Goods in", "RECEIVE", _row("W", "08", 3, 0)),
    DemoZone(
        "PICK",
        "Picking shelves",
        "PUTPICK",
        _places("W", "01", {"01": 100, "02": 90}) | _places("W", "02", {"01": 100, "02": 90}),
    ),
    DemoZone(
        "BULK",
        "Reserve",
        "PUT AWAY",
        _places("W", "03", {"01": 20, "02": 20}) | _places("W", "04", {"01": 20, "02": 20}),
    ),
    DemoZone(
        "COLD",
        "Cold room",
        "PUTPICK",
        {"W-05-0101": 100, "W-05-0102": 100},
        warehouse_class="COLD",
    ),
    DemoZone("SHIP", "Goods out", "SHIP", _row("W", "09", 3, 0)),
    DemoZone("QC", "Quarantine", "QC", _row("W", "10", 2, 0)),
    DemoZone("ADJUSTMENT", "Virtual, for adjustments", "QC", _row("W", "11", 1, 0)),
    DemoZone("CROSS-DOCK", "Cross-docking", "PUTPICK", _row("W", "14", 1, 500)),
)
ADJUSTMENT_BIN = "W-11-0001"
# What single bins have beside the fields of their zone.
FIELDS_OF_BINS: dict[str, dict[str, object]] = {
    "W-02-0502": {"dedicated": True},
    "W-02-0602": {"block_movement": BlockMovement.OUTBOUND},
    "W-04-0602": {"block_movement": BlockMovement.INBOUND},
    "W-08-0003": {"description": "Returns desk"},
    "W-10-0002": {"description": "Damaged goods"},
    ADJUSTMENT_BIN: {"is_adjustment_bin": True},
    "W-14-0001": {"cross_dock_bin": True},
}
BINS_OF_SILVER = tuple(_row("S", "01", 6, 0))

FIXED_BINS = (
    FixedBin("W-02-0101", "3020", "CAN", min_qty=4, max_qty=12),
    FixedBin("W-03-0201", "3020", "BOX", max_qty=8),
    FixedBin("S-01-0001", "2010", "PCS", is_default=True),
    FixedBin("S-01-0002", "3010", "PCS", variant="M", is_default=True),
    FixedBin("S-01-0003", "3050", "M", is_default=True),
    FixedBin("S-01-0004", "3030", "BAG", is_default=True),
)
