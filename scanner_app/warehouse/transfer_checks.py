"""Where a transfer may go from and to (docs/domain.md 9.6).

This module must never look at stock: `inventory.posting_checks` does.
"""

from scanner_app.errors import N_, InvariantBroken, RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.inventory.posting_line import PostingLine


class ReclassifiedInItsBins(RuleRefused):
    """Numbers of a directed location change where they lie."""

    message = N_("Stock at {location} is reclassified in its bins.")
    way_out = N_("Use a warehouse reclassification journal.")
    field = "Location Code"


class TransferOrderNeeded(RuleRefused):
    """Stock comes to and leaves a directed location by documents of the warehouse."""

    message = N_("Stock does not move between {location} and {new_location} by a journal.")
    way_out = N_("Use a transfer order: {directed} directs its put-aways and picks.")
    field = "New Location Code"


def check_no_directed_location(location: Location, new_location: Location) -> None:
    """Refuse a transfer by hand at, from or to a directed location.

    Raises:
        ReclassifiedInItsBins, TransferOrderNeeded: when it is one.
    """
    if location.directed_put_away_and_pick and location.id == new_location.id:
        raise ReclassifiedInItsBins(location=location.code)
    for directed in (location, new_location):
        if directed.directed_put_away_and_pick:
            raise TransferOrderNeeded(
                location=location.code, new_location=new_location.code, directed=directed.code
            )


def check_stays_at_location(line: PostingLine) -> None:
    """A movement that writes its own warehouse entries changes numbers and dates alone."""
    if line.transfer_to is None or line.transfer_to.location.id != line.location.id:
        raise InvariantBroken("a movement posts transfers within its location, and no other line")
