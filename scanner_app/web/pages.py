"""Pages: the one list of what the app has to open, for the navigation and for Tell Me.

Each has the words under which Business Central knows it, where they say what it does here. Who
may open a page is not written down again: its view says so, see `security`.

This module must never open what a user may not.
"""

import enum
from dataclasses import dataclass

from flask import current_app, request, url_for

from scanner_app.errors import N_
from scanner_app.inventory.item_word import words_of
from scanner_app.web.kept_session import SignedInUser
from scanner_app.web.sessions import signed_in_user
from scanner_app.web.texts import gettext

TELL_ME, SET_UP, MENU = "tell_me.show", "set_up.show", "home.show_menu"
EXACT, EXACT_SYNONYM, BEGINS, HAS_WORDS, SYNONYM_BEGINS, SYNONYM_HAS_WORDS = range(6)
OF_SYNONYM = {EXACT: EXACT_SYNONYM, BEGINS: SYNONYM_BEGINS, HAS_WORDS: SYNONYM_HAS_WORDS}


class Shelf(enum.StrEnum):
    """Where on the page Set-up a way stands."""

    ITEMS = N_("Items and their numbers")
    PLACES = N_("Places")
    PEOPLE = N_("People")


@dataclass(frozen=True)
class PageEntry:
    """One way to a page, shown once that page is part of the app.

    Attributes:
        icon: a name in static/icons/sprite.svg.
        synonyms: what else it is called, above all in Business Central.
        anchor: the place on the page where an action is.
        done_by: the endpoint that does the action, where that is open to fewer people.
        in_menu: whether the navigation shows it too.
        shelf: where the page Set-up shows it, which the navigation then shows instead of it.
        says: what is set up there.
    """

    endpoint: str
    icon: str
    title: str
    synonyms: tuple[str, ...] = ()
    anchor: str = ""
    done_by: str = ""
    in_menu: bool = True
    shelf: Shelf | None = None
    says: str = ""

    @property
    def address(self) -> str:
        """Where it leads."""
        return url_for(self.endpoint, _anchor=self.anchor or None)


@dataclass(frozen=True)
class FoundPage:
    """A page that answers to what was typed; `by` is the synonym it answers to."""

    entry: PageEntry
    by: str = ""


PAGES = (
    PageEntry("home.show", "home", N_("Home"), (N_("Role Center"), N_("What waits for you"))),
    PageEntry(TELL_ME, "tell-me", N_("Tell Me")),
    PageEntry(
        "put_aways.show_list",
        "put-away",
        N_("Put-aways"),
        (N_("Warehouse Put-aways"), N_("Register Put-away")),
    ),
    PageEntry("picks.show_list", "pick", N_("Picks"), (N_("Warehouse Picks"), N_("Register Pick"))),
    PageEntry(
        "counts.show_list",
        "count",
        N_("Counts"),
        (N_("Warehouse Physical Inventory Journal"), N_("Physical Inventory")),
    ),
    PageEntry("look_up.show", "search", N_("Look up"), (N_("Bin Contents"), N_("Items by Bin"))),
    PageEntry(
        "sync.show",
        "sync",
        N_("Sync"),
        (N_("Calculate Warehouse Adjustment"), N_("Item Journals"), N_("Post Adjustment")),
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
        ),
        shelf=Shelf.ITEMS,
        says=N_("What is stocked, in which units, under which bar codes"),
    ),
    PageEntry(
        "items.show_new",
        "box",
        N_("New item"),
        (N_("Create an item"),),
        in_menu=False,
    ),
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
        "employees.show_list",
        "user",
        N_("Warehouse Employees"),
        (N_("Users"), N_("Change a password"), N_("Locations of users")),
        shelf=Shelf.PEOPLE,
        says=N_("Who works at which location, and who supervises"),
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


def navigation() -> list[PageEntry]:
    """The ways that are open to the user, in their fixed order."""
    return [entry for entry in _open_pages() if entry.in_menu and entry.shelf is None]


def set_up_pages() -> dict[Shelf, list[PageEntry]]:
    """What the user may set up, shelf by shelf."""
    shelves: dict[Shelf, list[PageEntry]] = {shelf: [] for shelf in Shelf}
    for entry in _open_pages():
        if entry.shelf is not None:
            shelves[entry.shelf].append(entry)
    return {shelf: entries for shelf, entries in shelves.items() if entries}


def is_current(entry: PageEntry) -> bool:
    """Whether the page at hand belongs to a way of the navigation."""
    if request.endpoint == MENU:
        return False
    here = request.blueprint
    on_shelves = {_family(other) for other in PAGES if other.shelf is not None}
    return here == _family(entry) or (entry.endpoint == SET_UP and here in on_shelves)


def _family(entry: PageEntry) -> str:
    return entry.endpoint.partition(".")[0]


def find_pages(query: str) -> list[FoundPage]:
    """The open pages that answer to the words of a query, best first, else in their order."""
    words = words_of(query)
    ranked = [
        (rank, FoundPage(entry, by))
        for entry in _open_pages()
        if entry.endpoint != TELL_ME
        for rank, by in _answers(entry, words)[:1]
    ]
    return [found for _, found in sorted(ranked, key=lambda pair: pair[0])]


def may_open(user: SignedInUser | None, endpoint: str) -> bool:
    """Whether the page is part of the app and its door lets the user in."""
    view = current_app.view_functions.get(endpoint)
    if user is None or view is None:
        return False
    return user.is_supervisor or not getattr(view, "supervisor_only", False)


def _open_pages() -> list[PageEntry]:
    user = signed_in_user()
    return [
        entry
        for entry in PAGES
        if may_open(user, entry.endpoint) and may_open(user, entry.done_by or entry.endpoint)
    ]


def _answers(entry: PageEntry, words: list[str]) -> list[tuple[int, str]]:
    """How well the title and the synonyms answer, best first."""
    title, synonyms = gettext(entry.title), [gettext(synonym) for synonym in entry.synonyms]
    found = [(rank, "") for rank in [_rank(words_of(title), words)] if rank is not None]
    for synonym in synonyms:
        rank = _rank(words_of(synonym), words)
        if rank is not None:
            found.append((OF_SYNONYM[rank], synonym))
    return sorted(found)


def _rank(name: list[str], words: list[str]) -> int | None:
    if not words or not all(any(part.startswith(word) for part in name) for word in words):
        return None
    if name == words:
        return EXACT
    last = len(words) - 1
    begins = name[:last] == words[:last] and name[last].startswith(words[last])
    return BEGINS if begins else HAS_WORDS
