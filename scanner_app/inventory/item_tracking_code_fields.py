"""The fields of an item tracking code: caption, place on the card and what each one specifies.

The order of `FIELDS` is the order in which edits are followed: a field that switches others
comes before them, and Use Expiration Dates after the two that need it (docs/domain.md 2.10).

This module must never decide whether a field may change: that is `item_tracking_code_setup`.
"""

import enum
from dataclasses import dataclass

from scanner_app.errors import N_
from scanner_app.inventory.description import DESCRIPTION_LENGTH
from scanner_app.inventory.item_tracking_code import KINDS, ItemTrackingCode
from scanner_app.inventory.item_tracking_code_captions import (
    CREATES_CARD,
    FORMULA,
    MISC,
    OF_EACH_KIND,
    Group,
)

FieldValue = bool | str
Values = dict[str, FieldValue]


class FastTab(enum.StrEnum):
    """The parts of the card."""

    GENERAL = "general"
    SERIAL = "serial"
    LOT = "lot"
    PACKAGE = "package"
    MISC = "misc"


@dataclass(frozen=True)
class CodeField:
    """One field; in its texts {kind} is SN, Lot or Package, and {number} the whole word.

    Attributes:
        caption: the name in the change log and in refusals, unique on the card.
        label: what stands beside the field on the card.
        flow: whether Specific Tracking of its kind implies it.
    """

    name: str
    caption: str
    label: str
    specifies: str
    tab: FastTab
    group: Group = Group.NONE
    kind: str = ""
    flow: bool = False

    @property
    def is_text(self) -> bool:
        """Whether something is typed; every other field is a switch."""
        return self.name in TEXT_FIELDS


TEXT_FIELDS = {"description": DESCRIPTION_LENGTH, FORMULA: 20}
SHORT_KIND = {"": "", "serial": N_("SN"), "lot": N_("Lot"), "package": N_("Package")}
NUMBER_OF_KIND = {
    "": "",
    "serial": N_("serial number"),
    "lot": N_("lot number"),
    "package": N_("package number"),
}


def _fields_of(kind: str) -> list[CodeField]:
    """Specific first, then what it switches."""
    tab = FastTab(kind)
    made = [
        CodeField(f"{kind}_{suffix}", caption, label, specifies, tab, group, kind, flow)
        for suffix, caption, label, specifies, group, flow in OF_EACH_KIND
    ]
    if kind in CREATES_CARD:
        caption = CREATES_CARD[kind]
        specifies = N_("Specifies that posting makes the information card of a new {number}.")
        name = f"create_{kind}_info_on_posting"
        made.insert(1, CodeField(name, caption, caption, specifies, tab, kind=kind))
    return made


FIELDS: dict[str, CodeField] = {
    field.name: field
    for field in (
        CodeField(
            "description",
            N_("Description"),
            N_("Description"),
            N_("Specifies what the code is for, in your words."),
            FastTab.GENERAL,
        ),
        *(field for kind in KINDS for field in _fields_of(kind)),
        *(CodeField(name, says, says, specifies, FastTab.MISC) for name, says, specifies in MISC),
    )
}
FLOWS_OF_KIND = {
    kind: tuple(field.name for field in FIELDS.values() if field.flow and field.kind == kind)
    for kind in KINDS
}


def caption_of(name: str) -> str:
    """The caption of a field as the change log and refusals have it, in English."""
    field = FIELDS[name]
    return field.caption.format(kind=SHORT_KIND[field.kind])


NAMES_BY_CAPTION = {caption_of(name): name for name in FIELDS}


def values_of(code: ItemTrackingCode) -> Values:
    """What the card of a code says, field by field."""
    return {name: getattr(code, name) for name in FIELDS}


def code_of(values: Values) -> ItemTrackingCode:
    """A code that says this and is kept nowhere, to ask what it would require."""
    return ItemTrackingCode(code="", **values)


def blank_values() -> Values:
    """What a new code says."""
    return {name: "" if name in TEXT_FIELDS else False for name in FIELDS}


def written(value: FieldValue) -> str:
    """A value as the change log keeps it."""
    return value if isinstance(value, str) else ("Yes" if value else "No")
