"""The part of the walk that a supervisor takes with a configuration package.

This module must import nothing but the standard library, as all of tools/ but guide.py.
"""

from tools.guide_walker import Walker

PACKAGES = "/configuration-packages"
ACCEPTED = ".outcome[data-outcome=accepted]"


def import_package(walker: Walker) -> None:
    """Make a package and bring units of measure into it."""
    walker.go(f"{PACKAGES}/new")
    walker.fill("Code", "GO-LIVE")
    walker.fill("Package Name", "Opening of the yard")
    walker.look("config-package-new")
    walker.press("Create")
    walker.wait_for(ACCEPTED)
    head = ["GO-LIVE,Unit of Measure,204", "", "Code,Description"]
    walker.send_file([*head, "PALLET,Pallet", "CAN,Can"], "Import")
    walker.look("config-package")
    walker.go(f"{PACKAGES}/GO-LIVE/tables/204", "config-package-table")
    walker.go(f"{PACKAGES}/GO-LIVE/card", "config-package-card")
    walker.go(PACKAGES, "config-packages")
