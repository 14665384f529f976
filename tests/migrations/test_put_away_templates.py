"""A template that a location only named before is one afterwards, and finds the same bins."""

from scanner_app.database import Database
from scanner_app.migrations.upgrade import downgrade, upgrade
from scanner_app.warehouse.put_away_template import STANDING_ORDER, searches_by_template
from tests.builders import another_location, build_warehouse


def test_what_locations_named_becomes_a_template(empty_database: Database) -> None:
    upgrade(empty_database)
    white = build_warehouse(empty_database, put_away_template_code="STD")
    another_location(white, "GREEN", "G-1", put_away_template_code="STD")
    another_location(white, "EAST", put_away_template_code="OWN")
    another_location(white, "WEST")
    goods = white.add_item("GOODS")
    downgrade(empty_database, "0039")
    upgrade(empty_database)
    with empty_database.read() as session:
        assert searches_by_template(session) == {"OWN": STANDING_ORDER, "STD": STANDING_ORDER}
    white.change(goods.item, put_away_template_code="OWN")
