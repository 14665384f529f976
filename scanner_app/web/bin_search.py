"""What is asked of the list of bins in its address, and where its next part is.

This module must never read a bin.
"""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from scanner_app.inventory.location import Location
from scanner_app.warehouse.bin_list import BinPart, WantedBins
from scanner_app.warehouse.set_up_bin import CODE_LENGTH
from scanner_app.warehouse.set_up_bin_type import find_bin_type
from scanner_app.warehouse.set_up_zone import find_zone
from scanner_app.web.tell_me import clean_query

NAMES = ("q", "zone", "bin_type", "blocked", "empty", "after")
YES_NO = {"yes": True, "no": False}
# No row has it: a code that is not there finds nothing.
NOTHING = -1


def asked_for(arguments: Mapping[str, str]) -> dict[str, str]:
    """What the address says, in capitals where it is a code."""
    asked = {name: clean_query(arguments.get(name, "")[:CODE_LENGTH]) for name in NAMES}
    codes = {name: asked[name].upper() for name in ("q", "zone", "bin_type", "after")}
    words = {name: asked[name] if asked[name] in YES_NO else "" for name in ("blocked", "empty")}
    return codes | words


def wanted_bins(session: Session, here: Location, asked: Mapping[str, str]) -> WantedBins:
    """Which bins that means."""
    zone = find_zone(session, here.id, asked["zone"]) if asked["zone"] else None
    bin_type = find_bin_type(session, asked["bin_type"]) if asked["bin_type"] else None
    return WantedBins(
        beginning=asked["q"],
        after_code=asked["after"],
        zone_id=(zone.id if zone else NOTHING) if asked["zone"] else None,
        bin_type_id=(bin_type.id if bin_type else NOTHING) if asked["bin_type"] else None,
        blocked=YES_NO.get(asked["blocked"]),
        empty=YES_NO.get(asked["empty"]),
    )


def more_address(here: Location, asked: Mapping[str, str], part: BinPart) -> str:
    """Where the next part begins, '' when there is none."""
    if not part.more:
        return ""
    kept: dict[str, Any] = {name: value for name, value in asked.items() if value}
    return url_for("bins.show_list", location=here.code, **(kept | {"after": part.rows[-1].code}))


def created_message(here: Location, arguments: Mapping[str, str]) -> dict[str, object]:
    """How many bins were created just now, and where their labels are."""
    count = arguments.get("created", "")
    if not (count.isascii() and count.isdigit() and 0 < len(count) < 5):
        return {"created": 0, "labels": ""}
    ends = {name: clean_query(arguments.get(name, "")) for name in ("from", "to")}
    labels: dict[str, Any] = {"location": here.code, **ends}
    return {"created": int(count), "labels": url_for("labels.show_bins", **labels)}
