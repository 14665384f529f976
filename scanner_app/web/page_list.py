"""The one list of what the app has to open, for the navigation, the page Set-up and Tell Me.

Each page has the words under which Business Central knows it, where they say what it does here.
Who may open a page is not written down again: its view says so, see `security`.

This module must never ask who is signed in: that is `pages`.
"""

from scanner_app.errors import N_
from scanner_app.web.page_entry import PageEntry, Shelf

TELL_ME, SET_UP, MENU = "tell_me.show", "set_up.show", "home.show_menu"

PAGES = (
    PageEntry("home.show", "home", N_("Home"), (N_("Role Center"), N_("What waits for you"))),
    PageEntry(TELL_ME, "tell-me", N_("Tell Me")),
    PageEntry(
        "receiving.show_list",
        "box",
        N_("Receive"),
        (N_("Receiving"), N_("Goods Receipt"), N_("Scan a receipt")),
    ),
    PageEntry(
        "put_aways.show_list",
        "put-away",
        N_("Put-aways"),
        (N_("Warehouse Put-aways"), N_("Register Put-away")),
    ),
    PageEntry("picks.show_list", "pick", N_("Picks"), (N_("Warehouse Picks"), N_("Register Pick"))),
    PageEntry(
        "move.show", "movement", N_("Move"), (N_("Internal Movement"), N_("Warehouse Movements"))
    ),
    PageEntry(
        "counts.show_list",
        "count",
        N_("Counts"),
        (N_("Warehouse Physical Inventory Journal"), N_("Physical Inventory")),
    ),
    PageEntry(
        "registered_documents.show_list",
        "journal",
        N_("Registered documents"),
        (N_("Registered Put-aways"), N_("Registered Picks"), N_("Move back")),
    ),
    PageEntry("short_picks.show_list", "warning", N_("Short picks"), (N_("Missing goods"),)),
    PageEntry("look_up.show", "search", N_("Look up"), (N_("Bin Contents"), N_("Items by Bin"))),
    PageEntry(
        "sync.show",
        "sync",
        N_("Sync"),
        (N_("Calculate Warehouse Adjustment"), N_("Post Adjustment")),
    ),
    PageEntry(
        "item_journals.open_journal",
        "journal",
        N_("Item Journals"),
        (N_("Item Journal"), N_("Opening balances"), N_("Positive Adjmt."), N_("Negative Adjmt.")),
    ),
    PageEntry(
        "item_journal_batches.show_list", "journal", N_("Item Journal Batches"), in_menu=False
    ),
    PageEntry(
        "reclassification_item_journals.open_journal",
        "journal",
        N_("Item Reclassification Journal"),
        (
            N_("Item Reclass. Journal"),
            N_("Transfer"),
            N_("New Lot No."),
            N_("New Serial No."),
            N_("New Expiration Date"),
        ),
    ),
    PageEntry(
        "reclassification_item_journal_batches.show_list",
        "journal",
        N_("Item Reclassification Journal Batches"),
        in_menu=False,
    ),
    PageEntry(
        "warehouse_physical_inventory_journals.open_journal",
        "journal",
        N_("Warehouse Physical Inventory Journal"),
        (N_("Whse. Phys. Invt. Journal"), N_("Opening balances in bins")),
    ),
    PageEntry(
        "warehouse_item_journals.open_journal",
        "journal",
        N_("Warehouse Item Journal"),
        (N_("Whse. Item Journal"), N_("Adjust a bin")),
    ),
    PageEntry(
        "warehouse_reclassification_journals.open_journal",
        "journal",
        N_("Warehouse Reclassification Journal"),
        (N_("Whse. Reclassification Journal"), N_("Change a lot in its bin")),
    ),
    PageEntry(
        "documents.show_list",
        "box",
        N_("Receipts and shipments"),
        (
            N_("Warehouse Receipts"),
            N_("Warehouse Shipments"),
            N_("Create Pick"),
            N_("Post Receipt"),
            N_("Post Shipment"),
        ),
    ),
    PageEntry(
        "transfer_pages.show_list",
        "box",
        N_("Transfer Orders"),
        (
            N_("Goods in transit"),
            N_("Create Warehouse Shipment"),
            N_("Create Warehouse Receipt"),
        ),
    ),
    PageEntry(
        "document_import.show",
        "sheet",
        N_("Import documents"),
        (N_("Import Receipts"), N_("Import Shipments")),
        in_menu=False,
    ),
    PageEntry(
        "item_tracking_codes.show_list",
        "tracking",
        N_("Item Tracking Codes"),
        (N_("Item Tracking Code Card"), N_("Expiration Dates"), N_("Warranty Date Formula")),
        shelf=Shelf.ITEMS,
        says=N_("Which numbers and dates items ask for, and where"),
    ),
    PageEntry(
        "items.show_list",
        "box",
        N_("Items"),
        (
            N_("Item"),
            N_("Item Card"),
            N_("Item List"),
            N_("Item Units of Measure"),
            N_("Item Variants"),
            N_("Item References"),
            N_("Item Picture"),
            N_("Assign Serial No."),
            N_("Assign Lot No."),
            N_("Assign Package No."),
            N_("Create Customized SN"),
        ),
        shelf=Shelf.ITEMS,
        says=N_("What is stocked, in which units, under which bar codes"),
    ),
    PageEntry("items.show_new", "box", N_("New item"), (N_("Create an item"),), in_menu=False),
    PageEntry(
        "units_of_measure.show_list",
        "box",
        N_("Units of Measure"),
        shelf=Shelf.ITEMS,
        says=N_("The units in which items count"),
    ),
    PageEntry(
        "serial_no_information.show_list",
        "tracking",
        N_("Serial No. Information"),
        (
            N_("Serial No. Information List"),
            N_("Serial No. Information Card"),
            N_("Block a serial no."),
        ),
        shelf=Shelf.ITEMS,
        says=N_("What is known of a serial number, and whether it is blocked"),
    ),
    PageEntry(
        "lot_no_information.show_list",
        "tracking",
        N_("Lot No. Information"),
        (
            N_("Lot No. Information List"),
            N_("Lot No. Information Card"),
            N_("Block a lot"),
            N_("Test Quality"),
        ),
        shelf=Shelf.ITEMS,
        says=N_("What is known of a lot, and whether it is blocked"),
    ),
    PageEntry(
        "package_no_information.show_list",
        "tracking",
        N_("Package No. Information"),
        (
            N_("Package No. Information List"),
            N_("Package No. Information Card"),
            N_("Block a package"),
        ),
        shelf=Shelf.ITEMS,
        says=N_("What is known of a package, and whether it is blocked"),
    ),
    PageEntry(
        "number_series.show_list",
        "tracking",
        N_("No. Series"),
        (N_("Number Series"), N_("No. Series Lines"), N_("Last No. Used")),
        shelf=Shelf.ITEMS,
        says=N_("Where new numbers come from, and how far they are"),
    ),
    PageEntry(
        "inventory_setup.show",
        "box",
        N_("Inventory Setup"),
        (N_("Package Nos."), N_("Numbering")),
        shelf=Shelf.ITEMS,
        says=N_("What holds for the whole company"),
    ),
    PageEntry(
        "labels.show_bins",
        "print",
        N_("Labels of bins"),
        (N_("Print bin labels"), N_("Bin Labels")),
        in_menu=False,
    ),
    PageEntry(
        "locations.show_list",
        "location",
        N_("Locations"),
        (
            N_("Location Card"),
            N_("Location List"),
            N_("Zones"),
            N_("Bins"),
            N_("Bin Creation Worksheet"),
        ),
        shelf=Shelf.PLACES,
        says=N_("How work is done at a location, with its zones and bins"),
    ),
    PageEntry(
        "bin_types.show_list",
        "bin",
        N_("Bin Types"),
        (N_("Bin Type"), N_("Bin Type List")),
        shelf=Shelf.PLACES,
        says=N_("What bins are suggested for"),
    ),
    PageEntry(
        "employees.show_list",
        "user",
        N_("Warehouse Employees"),
        (N_("Users"), N_("Change a password"), N_("Locations of users")),
        shelf=Shelf.PEOPLE,
        says=N_("Who works at which location, and who supervises"),
    ),
    PageEntry(
        "configuration_packages.show_list",
        "sheet",
        N_("Configuration Packages"),
        (
            N_("Config. Packages"),
            N_("Import from Excel"),
            N_("Export to Excel"),
            N_("Package Errors"),
        ),
        shelf=Shelf.COMPANY,
        says=N_("Take tables to a workbook and bring them in"),
    ),
    PageEntry(
        SET_UP,
        "set-up",
        N_("Set-up"),
        (N_("Setup"), N_("Manual Setup"), N_("Assisted Setup")),
    ),
    PageEntry("demo_labels.show", "print", N_("Demo labels"), (N_("Bar codes to scan"),)),
    PageEntry(
        "counts.show_list",
        "count",
        N_("Calculate a count"),
        (N_("Calculate Inventory"),),
        anchor="calculate",
        done_by="counts.calculate",
        in_menu=False,
    ),
    PageEntry(
        MENU,
        "menu",
        N_("Menu"),
        (N_("My Settings"), N_("Change the location")),
        in_menu=False,
    ),
    PageEntry(
        MENU,
        "menu",
        N_("Appearance on this device"),
        (N_("Colours"), N_("Size"), N_("Dark")),
        anchor="appearance",
        in_menu=False,
    ),
    PageEntry(MENU, "sign-out", N_("Sign out"), anchor="sign-out", in_menu=False),
)
