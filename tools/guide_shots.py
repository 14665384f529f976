"""The pictures of the user guide: which there are, of which page, and what each one shows.

A state of a page has one name and two pictures, as a handheld and as a desk show it. The page
docs/guide/pages.md is made of this table. This module must import nothing but the standard
library, as all of tools/ but guide.py.
"""

from dataclasses import dataclass
from pathlib import Path

from tools.guide_shots_documents import PICTURES_OF_DOCUMENTS
from tools.guide_shots_journals import PICTURES_OF_JOURNALS
from tools.guide_shots_set_up import PICTURES_OF_SET_UP
from tools.places import ROOT

FOLDER = ROOT / "docs" / "guide"
OVERVIEW = FOLDER / "pages.md"
BYTES_MAX = 60_000


@dataclass(frozen=True)
class Screen:
    """What a picture is taken on, and how wide the guide shows it."""

    name: str
    width: int
    height: int
    touch: bool
    shown_width: int


PHONE = Screen("phone", 360, 640, touch=True, shown_width=240)
DESK = Screen("desk", 1280, 800, touch=False, shown_width=640)
SCREENS = (PHONE, DESK)

# Endpoint of a page: its states by name, in the order of the walk, with what they show. A page
# that is no endpoint of its own stands under a word in capitals.
PICTURES: dict[str, dict[str, str]] = {
    "sign_in.show": {
        "sign-in": "the sign-in page with user name and password",
        "sign-in-refused": "a sign-in that was refused, with the way out",
    },
    "home.show": {
        "home": "the home page of a worker: put-aways, picks and counts that wait",
        "home-supervisor": "the home page of a supervisor, with shipments and sync",
    },
    "home.show_menu": {
        "menu": "the menu: all pages, signing out, colours and size",
    },
    "tell_me.show": {
        "tell-me": "Tell Me over a put-away: a page and a count that begin with what was typed",
        "tell-me-page": "Tell Me as a page of its own, for a browser without scripts",
    },
    "receiving.show_list": {
        "receive-list": "the receipts that are expected",
        "receive-posted": "the list after a receipt was posted, with the way to its put-away",
    },
    "receiving.show": {
        "receive": "a receipt: drills have come one after the other, paint is still expected",
        "receive-date": "a lot nobody knows was scanned, its expiration date is asked",
    },
    "put_aways.show_list": {
        "put-aways": "the list of put-aways",
        "put-away-registered": "the list after a put-away was registered",
    },
    "put_aways.show": {
        "put-away": "a put-away asks to scan what is put away",
        "put-away-unit-given": "a package was scanned, the put-away asks for its bin",
        "put-away-other-bin": "another bin is taken when it is scanned again",
        "put-away-waiting": "the server does not answer, one scan waits",
        "put-away-complete": "everything is scanned, six lines are to be registered",
    },
    "picks.show_list": {
        "picks": "the list of picks",
    },
    "picks.show": {
        "pick": "a pick names the bin to take from and the lot",
        "pick-refused": "an expired lot is refused in red",
        "pick-quantity": "a lot was taken, and another quantity can be typed",
        "pick-missing": "a lot is not all in its bin: why, is one tap",
        "pick-next-line": "it is noted, and the pick asks for the serial number of a drill",
    },
    "move.show": {
        "move": "nothing is in the hand: what is moved, or its bin, is to be scanned",
        "move-in-hand": "a lot is in the hand, its bin is asked and another quantity can be typed",
        "move-registered": "the lot was moved, and the bin it came from stays for the next",
    },
    "look_up.show": {
        "look-up": "the empty look-up page",
        "look-up-choose": "a number with two meanings, to choose from",
        "look-up-found": "what lies in a bin",
        "look-up-blocked": "a lot is blocked, a supervisor has the way to its card",
    },
    "counts.show_list": {
        "counts": "the list of counts",
        "counts-calculate": "the list of counts with the form that calculates one",
    },
    "counts.show": {
        "count": "a count asks for a bin and lists its six bins",
        "count-bin-open": "a bin is open, nothing was found yet",
        "count-found": "two drills were found in the bin",
        "count-attention": "a drill was counted that is booked in another bin, in amber",
        "count-register": "the bin is closed, the count asks for the next",
        "count-quantity": "a lot was scanned, its quantity is asked",
        "count-date": "a lot nobody knows was scanned, its expiration date is asked",
        "count-add-or-replace": "a lot was scanned again: add to what was counted, or replace it",
    },
    **PICTURES_OF_DOCUMENTS,
    "sync.show": {
        "sync": "numbers that differ between bins and item ledger, before calculating",
        "sync-calculated": "after calculating: what is ready, and what is refused and why",
        "sync-posted": "four numbers are posted, one is left",
        "sync-waiting": "a number that is blocked waits, with the way to its card",
    },
    "item_journals.open_journal": {
        "journal": "the item journal of the first batch, which is empty",
    },
    "item_journals.show": {
        "journal-checked": "three lines: two are ready, one lacks its lot number",
    },
    "item_journal_batches.show_list": {
        "journal-batches": "the batches of the item journal, with New and OK",
    },
    "item_journal_batches.show_new": {
        "journal-batch-new": "the form for a new batch, Item Tracking on Lines is on",
    },
    "item_journal_batches.show": {
        "journal-batch": "the card of a batch",
    },
    "item_journal_lines.show_new": {
        "journal-line-new": "the second line, with the Document No., date and place of the first",
    },
    "item_journals.preview": {
        "journal-preview": "the entries that posting would make, with the dates that it fills in",
    },
    "item_journal_scans.show": {
        "journal-scan-serials": "two serial numbers of one item are entered, the next may follow",
        "journal-scan-quantity": "a label without a quantity asks how many",
        "journal-scan": "a bin, and the newest of what was scanned into it",
    },
    "item_tracking_lines.show": {
        "tracking-lines": "two lots of one line, and what is undefined yet",
    },
    "item_tracking_lines.show_part": {
        "tracking-line": "one of them, to be changed or deleted",
    },
    "select_entries.show": {
        "select-entries": "what is on inventory, and how much of it others ask for",
    },
    "item_journal_workbooks.show": {
        "journal-excel": "Edit in Excel: download the lines, and send the file back",
    },
    "item_journal_workbooks.show_upload": {
        "journal-upload": "what would be new, changed and deleted, before it is published",
        "journal-upload-refused": "two rows that cannot be lines, with the way to their file",
    },
    "item_journal_lines.show": {
        "journal-line-refused": "a directed location is refused and points to its bins",
    },
    **PICTURES_OF_JOURNALS,
    **PICTURES_OF_SET_UP,
    "employees.show_list": {
        "employees": "the users and the locations they work at",
        "employees-change": "one user unfolded: default location, password, disabling",
    },
    "demo_labels.show": {
        "demo-labels": "labels to scan from the screen or from paper",
    },
    "demo_labels.show_bin_sheets": {
        "demo-bin-sheets": "a sheet with what really lies in a bin",
    },
    "demo_labels.show_bins": {
        "demo-bins": "the labels of the bins",
    },
    "demo_labels.show_packages": {
        "demo-packages": "the labels of the packages",
    },
    "REFUSED": {
        "refused": "a page that is not open to a worker",
    },
}

INTRODUCTION = """\
# Every page

As a handheld and as a desk show it. `python3 dev.py guide` draws the pictures and writes this
page; change it in `tools/guide_shots.py`. What the pages do is told in [worker.md](worker.md) and
[supervisor.md](supervisor.md).
"""


def all_names() -> tuple[str, ...]:
    """The names of all states, each once."""
    return tuple(name for names in PICTURES.values() for name in names)


def picture_file(name: str, screen: Screen) -> Path:
    """Where a picture is kept."""
    return FOLDER / f"{name}-{screen.name}.webp"


def overview() -> str:
    """The page that shows every picture, a state's two side by side."""
    return "\n".join([INTRODUCTION, *(_shown(*state) for state in _states())])


def _states() -> list[tuple[str, str]]:
    return [state for names in PICTURES.values() for state in names.items()]


def _shown(name: str, words: str) -> str:
    pictures = [
        f'<img src="{picture_file(name, screen).name}" width="{screen.shown_width}" '
        f'alt="On a {screen.name}: {words}">'
        for screen in SCREENS
    ]
    title = words[0].upper() + words[1:]
    return "\n".join([f"## {title}", "", *pictures, ""])
