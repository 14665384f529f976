"""The floor of the demo warehouse, and what people do there."""

from datetime import timedelta

import pytest

from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.demo.catalogue import read_catalogue
from scanner_app.scanning.resolve import Candidate, candidates_of
from tests.demo_copies import DemoCopy
from tests.scanning.floor import NOON, SETTINGS, Floor, Resolve
from tests.scanning.picks import Pick, picks_of


@pytest.fixture
def floor(demo_copy: DemoCopy) -> Floor:
    with demo_copy.database.read() as session:
        return Floor(demo_copy.database, read_catalogue(session, NOON))


@pytest.fixture
def pick(floor: Floor) -> Pick:
    """Makes a pick, open on a device."""
    return picks_of(floor)


@pytest.fixture
def resolve(floor: Floor) -> Resolve:
    """Resolve a text as somebody does who stands at a location."""

    def candidates(text: str, location: str = "WHITE", later: int = 0) -> list[Candidate]:
        day = floor.catalogue.work_date + timedelta(days=later)
        parsed = parse_barcode(ScannedCode(text, "", "wedge"), day, SETTINGS)
        location_id = floor.catalogue.locations[location].id
        return floor.read(lambda s: candidates_of(s, parsed, location_id, day))

    return candidates
