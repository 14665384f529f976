"""Line No.: by which Business Central tells the lines of a journal or a series apart.

This module must never decide what a line is known by here: the tables do.
"""

from scanner_app.configuration.package_refusals import LineNoNotReadable
from scanner_app.errors import N_
from scanner_app.inventory.typed_fields import VALUE_SHOWN_MAX
from scanner_app.warehouse.publish_workbook import LINE_NO_DIGITS_MAX

LINE_NO = N_("Line No.")


def read_line_no(typed: str) -> int | None:
    """Return the number that a row gives its line, None where it gives none.

    Raises:
        LineNoNotReadable: for what is no whole number above 0.
    """
    digits = typed.strip()
    if not digits:
        return None
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= LINE_NO_DIGITS_MAX
    if not is_number or not int(digits):
        raise LineNoNotReadable(field=LINE_NO, typed=digits[:VALUE_SHOWN_MAX])
    return int(digits)
