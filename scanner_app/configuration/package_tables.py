"""All package tables in the order in which they are applied, and the ledgers that none is.

This module must never write, nor describe a table: the `tables_of_...` modules do.
"""

from dataclasses import dataclass

from scanner_app.configuration.package_table import PackageTable, RecordTable
from scanner_app.configuration.tables_of_bin_contents import BIN_CONTENT
from scanner_app.configuration.tables_of_codes import REASON_CODE, UNIT_OF_MEASURE
from scanner_app.configuration.tables_of_employees import WAREHOUSE_EMPLOYEE
from scanner_app.configuration.tables_of_information import (
    INVENTORY_SETUP,
    LOT_NO_INFORMATION,
    PACKAGE_NO_INFORMATION,
    SERIAL_NO_INFORMATION,
)
from scanner_app.configuration.tables_of_items import (
    ITEM,
    ITEM_REFERENCE,
    ITEM_UNIT,
    ITEM_VARIANT,
)
from scanner_app.configuration.tables_of_journals import (
    ITEM_JOURNAL_BATCH,
    ITEM_JOURNAL_LINE,
    WAREHOUSE_JOURNAL_BATCH,
    WAREHOUSE_JOURNAL_LINE,
)
from scanner_app.configuration.tables_of_numbers import (
    ITEM_TRACKING_CODE,
    NO_SERIES,
    NO_SERIES_LINE,
)
from scanner_app.configuration.tables_of_places import BIN, BIN_TYPE, LOCATION_TABLE, ZONE
from scanner_app.configuration.tables_of_templates import (
    PUT_AWAY_TEMPLATE,
    PUT_AWAY_TEMPLATE_LINE,
)


@dataclass(frozen=True)
class Pass:
    """One go over the records of a table.

    Attributes:
        completes: whether it is the second one, for fields that need other tables.
    """

    table: PackageTable
    completes: bool = False

    @property
    def is_last(self) -> bool:
        """Whether the records of the table are whole after it."""
        table = self.table
        return self.completes or not (isinstance(table, RecordTable) and table.completed_with)


# Each table after those that its records name.
PASSES = (
    Pass(UNIT_OF_MEASURE),
    Pass(REASON_CODE),
    Pass(NO_SERIES),
    Pass(NO_SERIES_LINE),
    Pass(INVENTORY_SETUP),
    Pass(ITEM_TRACKING_CODE),
    Pass(BIN_TYPE),
    Pass(PUT_AWAY_TEMPLATE),
    Pass(PUT_AWAY_TEMPLATE_LINE),
    Pass(LOCATION_TABLE),
    Pass(ZONE),
    Pass(BIN),
    Pass(LOCATION_TABLE, completes=True),
    Pass(WAREHOUSE_EMPLOYEE),
    Pass(ITEM),
    Pass(ITEM_VARIANT),
    Pass(ITEM_UNIT),
    Pass(ITEM_REFERENCE),
    Pass(BIN_CONTENT),
    Pass(SERIAL_NO_INFORMATION),
    Pass(LOT_NO_INFORMATION),
    Pass(PACKAGE_NO_INFORMATION),
    Pass(ITEM_JOURNAL_BATCH),
    Pass(ITEM_JOURNAL_LINE),
    Pass(WAREHOUSE_JOURNAL_BATCH),
    Pass(WAREHOUSE_JOURNAL_LINE),
)
TABLES: dict[int, PackageTable] = {each.table.number: each.table for each in PASSES}
# What posting and registering write, by Business Central's numbers.
LEDGERS = {
    17: "G/L Entry",
    32: "Item Ledger Entry",
    46: "Item Register",
    281: "Phys. Inventory Ledger Entry",
    339: "Item Application Entry",
    405: "Change Log Entry",
    5802: "Value Entry",
    7312: "Warehouse Entry",
    7313: "Warehouse Register",
}
