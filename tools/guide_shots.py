"""The pictures of the user guide: which there are, of which page, and how large one may be.

The picture of a page has one name and two files, as a handheld and as a desk show it. This
module must import nothing but the standard library, as all of tools/ but guide.py.
"""

from dataclasses import dataclass
from pathlib import Path

from tools.places import ROOT

FOLDER = ROOT / "docs" / "guide"
BYTES_MAX = 60_000


@dataclass(frozen=True)
class Screen:
    """What a picture is taken on."""

    name: str
    width: int
    height: int
    touch: bool


PHONE = Screen("phone", 360, 640, touch=True)
DESK = Screen("desk", 1280, 800, touch=False)
SCREENS = (PHONE, DESK)

# Endpoint of a page: the pictures of its states, in the order of the walk. A page that is no
# endpoint of its own, as a refusal, stands under a word in capitals.
PICTURES: dict[str, tuple[str, ...]] = {
    "sign_in.show": ("sign-in", "sign-in-refused"),
    "home.show": ("home", "home-supervisor"),
    "home.show_menu": ("menu",),
    "put_aways.show_list": ("put-aways", "put-away-registered"),
    "put_aways.show": (
        "put-away",
        "put-away-unit-given",
        "put-away-refused",
        "put-away-waiting",
        "put-away-complete",
    ),
    "picks.show_list": ("picks",),
    "picks.show": ("pick", "pick-refused", "pick-quantity", "pick-next-line"),
    "look_up.show": ("look-up", "look-up-choose", "look-up-found"),
    "counts.show_list": ("counts", "counts-calculate"),
    "counts.show": (
        "count",
        "count-bin-open",
        "count-found",
        "count-attention",
        "count-register",
        "count-quantity",
        "count-date",
        "count-add-or-replace",
    ),
    "documents.show_list": ("documents", "documents-pick-made"),
    "sync.show": ("sync", "sync-calculated", "sync-posted"),
    "employees.show_list": ("employees", "employees-change"),
    "demo_labels.show": ("demo-labels",),
    "demo_labels.show_bin_sheets": ("demo-bin-sheets",),
    "demo_labels.show_bins": ("demo-bins",),
    "demo_labels.show_packages": ("demo-packages",),
    "REFUSED": ("refused",),
}


def all_names() -> tuple[str, ...]:
    """The names of all pictures, each once."""
    return tuple(name for names in PICTURES.values() for name in names)


def picture_file(name: str, screen: Screen) -> Path:
    """Where a picture is kept."""
    return FOLDER / f"{name}-{screen.name}.webp"
