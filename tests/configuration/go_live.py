"""A small warehouse as somebody types it into a workbook, table by table."""

from collections.abc import Sequence

from tests.configuration.packages import Rows
from tests.spreadsheet import Cell

UNITS, REASONS, SERIES, SERIES_LINES, CODES = 204, 231, 308, 309, 6502
BIN_TYPES, LOCATIONS, ZONES, BINS = 7303, 14, 7300, 7354
ITEMS, VARIANTS, ITEM_UNITS, REFERENCES, LOTS = 27, 5401, 5404, 5777, 6505
EMPLOYEES, CONTENTS = 7301, 7302
SETUP, BATCHES, LINES, WHSE_BATCHES, WHSE_LINES = 313, 233, 83, 7310, 7311

GO_LIVE: dict[int, Rows] = {
    # In no order: what needs what is not the business of who fills it in.
    LINES: [
        [
            "Quantity",
            "Item No.",
            "Journal Batch Name",
            "Location Code",
            "Bin Code",
            "Lot No.",
            "Variant Code",
            "Reason Code",
        ],
        [5, "LAMP", "OPENING", "EAST", "E-1", "", "RED", "COUNT"],
        [2, "MILK", "OPENING", "EAST", "E-1", "0012", "", ""],
    ],
    WHSE_LINES: [
        [
            "Journal Template Name",
            "Journal Batch Name",
            "Location Code",
            "Item No.",
            "Bin Code",
            "Quantity",
            "Unit of Measure Code",
        ],
        ["Item", "FOUND", "WEST", "LAMP", "W-1", 3, "BOX"],
    ],
    ITEMS: [
        ["No.", "Description", "Base Unit of Measure", "Item Tracking Code", "GTIN"],
        ["LAMP", "Lamp", "PCS", "", "4006381333931"],
        ["MILK", "Milk", "PCS", "LOTS", ""],
    ],
    UNITS: [["Code", "Description"], ["PCS", "Piece"], ["BOX", "Box"]],
    ITEM_UNITS: [["Item No.", "Code", "Qty. per Unit of Measure"], ["LAMP", "BOX", 12]],
    VARIANTS: [["Item No.", "Code", "Description"], ["LAMP", "RED", "Red lamp"]],
    REFERENCES: [
        ["Item No.", "Variant Code", "Unit of Measure", "Reference Type", "Reference No."],
        ["LAMP", "RED", "BOX", "Bar Code", "0012345"],
    ],
    CODES: [
        ["Code", "Lot Specific Tracking", "Lot Warehouse Tracking", "Use Expiration Dates"],
        ["LOTS", "Yes", "Yes", True],
    ],
    LOTS: [["Item No.", "Lot No.", "Blocked"], ["MILK", "0012", "no"]],
    SERIES: [["Code", "Manual Nos."], ["OPEN", "Yes"], ["WHITEM", "No"]],
    SERIES_LINES: [
        ["Series Code", "Starting Date", "Starting No.", "Increment-by No."],
        ["OPEN", "2020-01-01", "OP0001", 1],
        ["WHITEM", "2020-01-01", "WI0001", 1],
    ],
    SETUP: [["Package Nos."], ["OPEN"]],
    REASONS: [["Code", "Description"], ["COUNT", "Counted"]],
    BIN_TYPES: [["Code", "Put Away", "Pick"], ["STORE", "Yes", "Yes"]],
    LOCATIONS: [
        ["Code", "Name", "Bin Mandatory", "Directed Put-away and Pick", "Adjustment Bin Code"],
        ["EAST", "East hall", "Yes", "No", ""],
        ["WEST", "West hall", "Yes", "Yes", "W-ADJ"],
    ],
    ZONES: [["Location Code", "Code", "Bin Type Code"], ["WEST", "STORE", "STORE"]],
    BINS: [
        ["Location Code", "Code", "Zone Code", "Bin Ranking"],
        ["EAST", "E-1", "", 0],
        ["WEST", "W-1", "STORE", 7],
        ["WEST", "W-ADJ", "", 0],
    ],
    CONTENTS: [
        [
            "Location Code",
            "Bin Code",
            "Item No.",
            "Variant Code",
            "Unit of Measure Code",
            "Fixed",
            "Max. Qty.",
        ],
        ["WEST", "W-1", "LAMP", "RED", "BOX", "Yes", 2],
        ["EAST", "E-1", "MILK", "", "", "No", ""],
    ],
    EMPLOYEES: [
        ["User ID", "Location Code", "Default"],
        ["ADMIN", "EAST", "No"],
        ["admin", "WEST", "Yes"],
    ],
    BATCHES: [
        ["Name", "No. Series", "Reason Code", "Item Tracking on Lines"],
        ["OPENING", "OPEN", "COUNT", "Yes"],
    ],
    WHSE_BATCHES: [
        ["Journal Template Name", "Location Code", "Name"],
        ["Item", "WEST", "FOUND"],
    ],
}


def without(*table_nos: int) -> dict[int, Rows]:
    """The workbook without some of its sheets."""
    return {number: rows for number, rows in GO_LIVE.items() if number not in table_nos}


def with_rows(table_no: int, *rows: Sequence[Cell]) -> dict[int, Rows]:
    """The workbook with other rows below the captions of a sheet."""
    return GO_LIVE | {table_no: [GO_LIVE[table_no][0], *rows]}
