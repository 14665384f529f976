"""The one list of what the app has to open, for the navigation, the page Set-up and Tell Me.

Each page has the words under which Business Central knows it, where they say what it does here.
Who may open a page is not written down again: its view says so, see `security`.

This module must never ask who is signed in: that is `pages`.
"""

from scanner_app.errors import N_
from scanner_app.web.page_entry import PageEntry
from scanner_app.web.set_up_page_list import SET_UP_PAGES

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
        "end_of_shift.show",
        "user",
        N_("End of shift"),
        (N_("My work"), N_("Hand over"), N_("Assigned User ID")),
    ),
    PageEntry(
        "registered_documents.show_list",
        "journal",
        N_("Registered documents"),
        (N_("Registered Put-aways"), N_("Registered Picks"), N_("Move back")),
    ),
    PageEntry(
        "floor.show",
        "location",
        N_("Floor"),
        (N_("Who works on what"), N_("Open documents"), N_("Lines in an hour")),
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
    *SET_UP_PAGES,
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
