"""What a location says about goods that are put into another bin than their line names."""

from scanner_app.inventory.location import Location, OtherBinPolicy
from tests.scanning.floor import Floor


def set_other_bins(floor: Floor, policy: OtherBinPolicy) -> None:
    """Change the policy of WHITE."""
    floor.change(Location, floor.catalogue.locations["WHITE"].id, other_bin_policy=policy)


def prohibit_other_bins(floor: Floor) -> None:
    """WHITE refuses other bins."""
    set_other_bins(floor, OtherBinPolicy.PROHIBIT)
