"""The items of the demo warehouse: tracking codes, units, references and information cards.

This module must never hold a number that is in stock: that is `stock`.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from scanner_app.inventory.item_reference import ReferenceType
from scanner_app.inventory.tracking_information import NumberKind, TestQuality


@dataclass(frozen=True)
class DemoTrackingCode:
    """An item tracking code: the kinds tracked in the warehouse, and its other fields."""

    code: str
    description: str
    kinds: tuple[str, ...]
    fields: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class DemoItem:
    """An item; `units` are those beside the base unit, with how many base units they hold."""

    no: str
    description: str
    tracking_code: str
    base_unit: str
    gtin: str = ""
    units: dict[str, int] = field(default_factory=dict)
    variants: tuple[str, ...] = ()
    serial_nos: str = ""
    lot_nos: str = ""
    fields: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class DemoReference:
    """An item reference; the ending date is a date formula on the work date."""

    no: str
    item_no: str
    unit: str
    variant: str = ""
    type: ReferenceType = ReferenceType.BAR_CODE
    ends: str = ""


@dataclass(frozen=True)
class DemoCard:
    """What the information card of a number says."""

    kind: NumberKind
    item_no: str
    number: str
    fields: dict[str, object]


_CREATE_LOT_INFO: dict[str, object] = {"create_lot_info_on_posting": True}
_STRICT_DATES: dict[str, object] = {
    "use_expiration_dates": True,
    "require_expiration_date_entry": True,
    "strict_expiration_posting": True,
}
_SALES: dict[str, object] = {"serial_sales_outbound_tracking": True}

TRACKING_CODES = (
    DemoTrackingCode("SN", "Serial no.", ("serial",), {"warranty_date_formula": "2Y"}),
    DemoTrackingCode("LOT", "Lot no.", ("lot",)),
    DemoTrackingCode("PKG", "Package no.", ("package",)),
    DemoTrackingCode("SNLOT", "Serial no. in a lot", ("serial", "lot"), _CREATE_LOT_INFO),
    DemoTrackingCode(
        "SNPKG",
        "Serial no. in a package",
        ("serial", "package"),
        {"require_warranty_date_entry": True},
    ),
    DemoTrackingCode("LOTPKG", "Lot no. in a package", ("lot", "package")),
    DemoTrackingCode(
        "SNLOTPKG",
        "Serial no. in a lot in a package",
        ("serial", "lot", "package"),
        {"warranty_date_formula": "1Y"},
    ),
    DemoTrackingCode(
        "LOTEXP", "Lot no. with expiration date", ("lot",), _CREATE_LOT_INFO | _STRICT_DATES
    ),
    DemoTrackingCode(
        "LOTCALC",
        "Lot no. with calculated expiration date",
        ("lot",),
        {"use_expiration_dates": True},
    ),
    DemoTrackingCode(
        "SNLOTEXP", "Serial no. and lot no. with date", ("serial", "lot"), _STRICT_DATES
    ),
    DemoTrackingCode("SNSALE", "Serial no. at the sale only", (), _SALES),
)

UNITS = {
    "PCS": "Piece",
    "BOX": "Box",
    "CAN": "Can",
    "BAG": "Bag",
    "M": "Metre",
    "DRUM": "Drum",
    "TUBE": "Tube",
}

ITEMS = (
    DemoItem(
        "1900-S",
        "Chair",
        "SNLOTPKG",
        "PCS",
        "9521234019008",
        serial_nos="CHAIR-SN",
        lot_nos="CHAIR-LOT",
    ),
    DemoItem("1910-S", "Side table", "LOTPKG", "PCS", "9521234019107", lot_nos="TABLE-LOT"),
    DemoItem("1920-S", "Lamp", "LOTPKG", "PCS", "9521234019206", units={"BOX": 6}),
    DemoItem("2010", "Cordless drill", "SN", "PCS", "9521234020103", serial_nos="DRILL-SN"),
    DemoItem("2020", "Fire extinguisher", "SNLOTEXP", "PCS", "9521234020202"),
    DemoItem("2030", "Control unit", "SNLOT", "PCS", "9521234020301"),
    DemoItem("2040", "Monitor", "SNPKG", "PCS", "9521234020400"),
    DemoItem("2050", "Two-way radio", "SNSALE", "PCS", "9521234020509"),
    DemoItem("3010", "Safety vest", "", "PCS", variants=("M", "L")),
    DemoItem(
        "3020", "Paint", "LOTEXP", "CAN", "9521234030201", units={"BOX": 4}, lot_nos="PAINT-LOT"
    ),
    DemoItem(
        "3030",
        "Coffee",
        "LOTCALC",
        "BAG",
        "9521234030300",
        fields={"expiration_calculation": "6M"},
    ),
    DemoItem("3040", "Steel tube", "PKG", "PCS", "9521234030409"),
    DemoItem(
        "3050",
        "Cable",
        "LOT",
        "M",
        "9521234030508",
        units={"DRUM": 100},
        fields={"qty_rounding_precision": Decimal("0.01")},
    ),
    DemoItem(
        "3060",
        "Adhesive",
        "LOTEXP",
        "TUBE",
        "9521234030607",
        fields={"warehouse_class_code": "COLD"},
    ),
)

REFERENCES = (
    DemoReference("9521234030119", "3010", "PCS", variant="M"),
    DemoReference("9521234030126", "3010", "PCS", variant="L"),
    DemoReference("20003012", "3030", "BAG"),
    DemoReference("412345003019", "3050", "M"),
    DemoReference("19521234030208", "3020", "BOX"),
    DemoReference("19521234019203", "1920-S", "BOX"),
    DemoReference("19521234030505", "3050", "DRUM"),
    DemoReference("VENDOR-77", "3020", "CAN", type=ReferenceType.VENDOR),
    DemoReference("VENDOR-77", "3060", "TUBE", type=ReferenceType.VENDOR),
    DemoReference("OLD-3010", "3010", "PCS", variant="M", ends="-30D"),
)

CARDS = (
    DemoCard(
        NumberKind.LOT,
        "3020",
        "P2399",
        {"blocked": True, "test_quality": TestQuality.BAD, "comment": "Lids leak"},
    ),
    DemoCard(NumberKind.SERIAL, "2030", "CU-7099", {"blocked": True, "comment": "In quarantine"}),
    DemoCard(
        NumberKind.LOT,
        "1900-S",
        "LOT0001",
        {"test_quality": TestQuality.GOOD, "certificate_number": "C-0001"},
    ),
    DemoCard(
        NumberKind.PACKAGE, "1900-S", "CONTAINER010", {"description": "Container of the seed"}
    ),
)
