"""Put-away templates, as tests speak of them."""

from scanner_app.access.sign_in import Change
from scanner_app.warehouse.put_away_template_card import TEMPLATE_FIELDS, blank_template_line
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.set_up_put_away_template import create_line, create_template
from tests.builders import Warehouse
from tests.warehouse.masters import MOMENT

BY = Change(MOMENT, None)
FIXED, FLOATING, SAME = "find_fixed_bin", "find_floating_bin", "find_same_item"
UNIT, BELOW, EMPTY = "find_unit_of_measure_match", "find_less_than_min_qty", "find_empty_bin"


def add_template(white: Warehouse, code: str, *lines: set[str]) -> None:
    """A template with a line for each set of switches that are on."""
    typed = blank_card(TEMPLATE_FIELDS) | {"code": code}
    white.write(lambda session: create_template(session, typed, BY))
    for switches in lines:
        add_line(white, code, *switches)


def add_line(white: Warehouse, code: str, *switches: str, **fields: str) -> int:
    """A line at the end of a template."""
    typed = blank_template_line() | dict.fromkeys(switches, "Yes") | fields
    return white.write(lambda session: create_line(session, code, typed, BY))
