"""The location WHITE for tests: built once per test process, then copied with its database.

To build it takes longer than what most tests do with it.
"""

import copy
from dataclasses import dataclass

from scanner_app.database import Database
from tests.builders import Warehouse, build_warehouse


@dataclass(frozen=True)
class WhiteTemplate:
    """Where a database with WHITE lies, a file or a name, and the records as they were made."""

    place: str
    built: Warehouse

    def warehouse_in(self, database: Database) -> Warehouse:
        """WHITE in a copy, with records of its own, which a test may change."""
        records = copy.deepcopy((self.built.location, self.built.by, self.built.bins))
        return Warehouse(database, *records)


def build_template(url: str, place: str) -> WhiteTemplate:
    """Build WHITE where the schema is; nobody is left connected."""
    database = Database(url)
    built = build_warehouse(database)
    database.close()
    return WhiteTemplate(place, built)
