"""Creating many bins at once, and reading them a part at a time."""

import pytest
from sqlalchemy import func, select

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.code_index import meanings_of
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_list import WantedBins, list_bins, stock_of_bin
from scanner_app.warehouse.bin_template import read_template
from scanner_app.warehouse.create_bins import BinsToCreate, create_bins, preview_bins
from scanner_app.warehouse.set_up_bin import find_bin
from scanner_app.warehouse.set_up_bin_type import find_bin_type
from scanner_app.warehouse.set_up_zone import find_zone
from tests.builders import Warehouse, lot, serial
from tests.sent_statements import statements_sent
from tests.warehouse.place_cards import BY, add_bin, add_zone, bin_card, edit_bin, refusal_of
from tests.warehouse.test_query_plans import plans_of


def racks(first: str, last: str, *, zone: str = "BULK", description: str = "") -> BinsToCreate:
    """Racks of ten sections with two levels each."""
    template = read_template((first, last), ("01", "10"), ("1", "2"), "-")
    return BinsToCreate(template, zone, description)


@pytest.fixture
def white(white: Warehouse) -> Warehouse:
    """With the zone BULK."""
    add_zone(white, "BULK", bin_type="PUTAWAY", zone_ranking="20", warehouse_class_code="ICE")
    return white


def create(white: Warehouse, wanted: BinsToCreate) -> int:
    return white.write(lambda session: len(create_bins(session, "WHITE", wanted, BY).new))


def codes_listed(white: Warehouse, wanted: WantedBins, rows_max: int = 50) -> list[str]:
    with white.database.read() as session:
        part = list_bins(session, white.location.id, wanted, rows_max)
        return [row.code for row in part.rows]


def test_every_bin_of_a_template_has_the_fields_of_its_zone_and_can_be_scanned(
    white: Warehouse,
) -> None:
    assert create(white, racks("R1", "R3", description="New rack")) == 60
    made = bin_card(white, "R3-10-2")
    assert (made["zone"], made["bin_type"], made["bin_ranking"]) == ("BULK", "PUTAWAY", "20")
    assert (made["warehouse_class_code"], made["description"]) == ("ICE", "New rack")
    with white.database.read() as session:
        bin_ = find_bin(session, white.location.id, "R2-05-1")
        assert bin_ is not None
        assert [row.target_id for row in meanings_of(session, ["R2-05-1"])] == [bin_.id]
        logged = select(func.count()).where(ChangeLogEntry.record_name.like("WHITE R%"))
        assert session.scalar(logged) == 60


def test_bins_that_are_there_stay_as_they_are(white: Warehouse) -> None:
    add_bin(white, "R1-01-1", zone="PUTPICK", description="Mine")
    with white.database.read() as session:
        found = preview_bins(session, white.location, racks("R1", "R1"))
        assert (len(found.new), list(found.there)) == (19, ["R1-01-1"])
    assert create(white, racks("R1", "R1")) == 19
    assert bin_card(white, "R1-01-1")["description"] == "Mine"
    said = refusal_of(lambda: create(white, racks("R1", "R1")), "NoNewBins")
    assert "All 20 bins" in said
    assert create(white, racks("R1", "R2")) == 20


@pytest.mark.parametrize(("zone", "name"), [("NONE", "RecordNotFound"), ("", "BinNeedsZone")])
def test_a_zone_that_is_not_there_makes_no_bin(white: Warehouse, zone: str, name: str) -> None:
    refusal_of(lambda: create(white, racks("R1", "R1", zone=zone)), name)
    assert codes_listed(white, WantedBins(beginning="R1")) == []


def test_thousands_of_bins_take_as_many_statements_as_a_few(white: Warehouse) -> None:
    def statements(wanted: BinsToCreate) -> int:
        with statements_sent(white.database.engine) as sent:
            create(white, wanted)
        return len(sent)

    few, many = statements(racks("R1", "R2")), statements(racks("R10", "R59"))
    with white.database.read() as session:
        count = select(func.count()).where(Bin.code.like("R%-%"))
        assert session.scalar(count) == 1040
    # A statement of many rows is sent in pages of a thousand or less.
    assert many <= few + 12


def test_the_list_finds_by_beginning_zone_type_block_and_emptiness(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    edit_bin(white, "B", block_movement="Outbound")
    create(white, racks("R1", "R1"))
    with white.database.read() as session:
        zone = find_zone(session, white.location.id, "BULK")
        bin_type = find_bin_type(session, "PUTAWAY")
        assert zone is not None
        assert bin_type is not None
    in_zone = codes_listed(white, WantedBins(zone_id=zone.id))
    assert (len(in_zone), in_zone[0]) == (20, "R1-01-1")
    assert codes_listed(white, WantedBins(bin_type_id=bin_type.id)) == in_zone
    assert codes_listed(white, WantedBins(beginning="R1-10")) == ["R1-10-1", "R1-10-2"]
    assert codes_listed(white, WantedBins(blocked=True)) == ["B"]
    assert "B" not in codes_listed(white, WantedBins(blocked=False))
    assert codes_listed(white, WantedBins(empty=False)) == ["A"]
    assert codes_listed(white, WantedBins(empty=True))[:3] == ["ADJ", "B", "C"]
    assert codes_listed(white, WantedBins(zone_id=0)) == ["ADJ"]


def test_a_part_goes_on_after_the_one_before(white: Warehouse) -> None:
    create(white, racks("R1", "R1"))
    seen: list[str] = []
    after = ""
    with white.database.read() as session:
        while True:
            part = list_bins(session, white.location.id, WantedBins(after_code=after), 7)
            seen += [row.code for row in part.rows]
            after = seen[-1]
            if not part.more:
                break
    assert seen == sorted(seen)
    assert len(seen) == len(set(seen)) == 26


def test_what_lies_in_a_bin_is_shown_as_far_as_it_fits(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "serial")
    for number in range(4):
        white.stock(goods, "A", 1, serial(f"S{number}"))
    with white.database.read() as session:
        part = stock_of_bin(session, white.bins["A"].id, 3)
        assert [row[0].serial_no for row in part.rows] == ["S0", "S1", "S2"]
        assert part.more
        assert not stock_of_bin(session, white.bins["A"].id, 4).more


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (WantedBins(beginning="A"), "sqlite_autoindex_bin_1"),
        (WantedBins(after_code="B"), "sqlite_autoindex_bin_1"),
        (WantedBins(zone_id=1), "ix_bin_zone_id_code"),
        (WantedBins(bin_type_id=1), "ix_bin_type"),
        (WantedBins(blocked=True), "ix_bin_blocked"),
    ],
)
def test_a_part_is_found_by_an_index(white: Warehouse, wanted: WantedBins, index: str) -> None:
    """Which one PostgreSQL takes depends on how many rows there are."""
    plan = plans_of(white, lambda session: list_bins(session, white.location.id, wanted, 50))
    assert (index if white.database.dialect == "sqlite" else "Index") in plan
    assert "USE TEMP B-TREE" not in plan
    assert "Seq Scan on bin " not in plan
