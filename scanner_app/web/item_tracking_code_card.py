"""The card of an item tracking code as it is drawn: FastTabs, what is asked where, last changes.

This module must never change a code, nor decide what may be changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scanner_app.errors import N_
from scanner_app.inventory.item_tracking_code import KINDS, EntryType, NumbersAsked
from scanner_app.inventory.item_tracking_code_captions import Group
from scanner_app.inventory.item_tracking_code_fields import (
    FIELDS,
    FLOWS_OF_KIND,
    NAMES_BY_CAPTION,
    NUMBER_OF_KIND,
    SHORT_KIND,
    TEXT_FIELDS,
    CodeField,
    FastTab,
    FieldValue,
    Values,
    code_of,
    written,
)
from scanner_app.inventory.item_tracking_code_requirements import Requirement, requirements_of
from scanner_app.inventory.item_tracking_code_setup import locked_fields
from scanner_app.web.date_formulas import FORMULA_FIELDS, FormulaPreview, preview_formula
from scanner_app.web.item_tracking_code_form import CardState, names_of_tab, write_values
from scanner_app.web.last_changes import value_in_words
from scanner_app.web.texts import gettext

TITLES = {
    FastTab.GENERAL: N_("General"),
    FastTab.SERIAL: N_("Serial No."),
    FastTab.LOT: N_("Lot No."),
    FastTab.PACKAGE: N_("Package Tracking"),
    FastTab.MISC: N_("Misc."),
}
GROUP_TITLES = {Group.NONE: "", Group.INBOUND: N_("Inbound"), Group.OUTBOUND: N_("Outbound")}
PLACES = {
    EntryType.PURCHASE: N_("Purchase"),
    EntryType.SALE: N_("Sale"),
    EntryType.POSITIVE_ADJUSTMENT: N_("Positive Adjmt."),
    EntryType.NEGATIVE_ADJUSTMENT: N_("Negative Adjmt."),
    EntryType.TRANSFER: N_("Transfer"),
}
DIRECTIONS = {None: "", True: N_("inbound"), False: N_("outbound")}


@dataclass(frozen=True)
class FieldView:
    """One field as the card shows it.

    Attributes:
        preview: what a date formula makes of today; other fields have none.
    """

    name: str
    label: str
    specifies: str
    value: FieldValue
    locked: bool
    error: str
    changed_meanwhile: bool
    length: int
    preview: FormulaPreview | None


@dataclass(frozen=True)
class FastTabView:
    """One part of the card; `groups` are pairs of title and fields.

    Attributes:
        says: what is worth knowing of it while it is closed.
        locked_by: the switch from which its locked flows follow.
    """

    name: str
    title: str
    groups: tuple[tuple[str, tuple[FieldView, ...]], ...]
    read: str
    shown: str
    says: tuple[str, ...]
    locked_by: str
    is_open: bool


@dataclass(frozen=True)
class RequirementRow:
    """What is asked in one place: for each kind of number '', 'number', 'card' or 'both'."""

    place: str
    asked: tuple[str, ...]


def fast_tabs(state: CardState) -> list[FastTabView]:
    """All parts of the card."""
    return [fast_tab(state, tab) for tab in FastTab]


def fast_tab(state: CardState, tab: FastTab, *, is_open: bool = False) -> FastTabView:
    """One part of the card; it is open where there is something to see."""
    says = tuple(_says(state.shown, tab))
    at_fault = state.errors.keys() | state.meanwhile.keys()
    return FastTabView(
        name=tab,
        title=gettext(TITLES[tab]),
        groups=tuple(_groups(state, tab)),
        read=write_values(state.as_read, tab),
        shown=write_values(state.shown, tab),
        says=says,
        locked_by=_locked_by(state.shown, tab),
        is_open=bool(
            is_open or tab is FastTab.GENERAL or says or at_fault & set(names_of_tab(tab))
        ),
    )


def requirement_rows(values: Values) -> list[RequirementRow]:
    """What a code that says this asks for, and where."""
    return [
        RequirementRow(_place_of(asked), tuple(_asked(asked.numbers, asked.cards)))
        for asked in requirements_of(code_of(values))
    ]


def meanwhile_rows(state: CardState) -> list[tuple[str, str, str]]:
    """The fields that somebody else changed after the card was read, with old and new value."""
    return [
        (
            text_of(FIELDS[name], FIELDS[name].caption),
            value_in_words(written(old)),
            value_in_words(written(new)),
        )
        for name, (old, new) in state.meanwhile.items()
    ]


def caption_in_words(field_name: str) -> str:
    """The name of a field in the change log, in the reader's language."""
    field = FIELDS.get(NAMES_BY_CAPTION.get(field_name, ""))
    return text_of(field, field.caption) if field else gettext(field_name)


def text_of(field: CodeField, pattern: str) -> str:
    """A text about a field in the reader's language, with the kind of its number."""
    return gettext(pattern).format(
        kind=SHORT_KIND[field.kind] and gettext(SHORT_KIND[field.kind]),
        number=NUMBER_OF_KIND[field.kind] and gettext(NUMBER_OF_KIND[field.kind]),
    )


def _groups(state: CardState, tab: FastTab) -> Iterator[tuple[str, tuple[FieldView, ...]]]:
    locked = locked_fields(state.shown)
    for group, title in GROUP_TITLES.items():
        fields = [FIELDS[name] for name in names_of_tab(tab) if FIELDS[name].group is group]
        if fields:
            yield title and gettext(title), tuple(_field(state, one, locked) for one in fields)


def _field(state: CardState, field: CodeField, locked: frozenset[str]) -> FieldView:
    return FieldView(
        name=field.name,
        label=text_of(field, field.label),
        specifies=text_of(field, field.specifies),
        value=state.typed[field.name],
        locked=field.name in locked,
        error=state.errors.get(field.name, ""),
        changed_meanwhile=field.name in state.meanwhile,
        length=TEXT_FIELDS.get(field.name, 0),
        preview=_preview(state, field),
    )


def _preview(state: CardState, field: CodeField) -> FormulaPreview | None:
    if field.name not in FORMULA_FIELDS:
        return None
    return preview_formula(field.name, str(state.typed[field.name]))


def _says(values: Values, tab: FastTab) -> Iterator[str]:
    if tab.value in KINDS:
        if values[f"{tab}_specific_tracking"]:
            yield gettext("Specific")
        elif any(values[flow] for flow in FLOWS_OF_KIND[tab]):
            yield gettext("In some flows")
        if values[f"{tab}_warehouse_tracking"]:
            yield gettext("Warehouse")
    if tab is FastTab.MISC:
        if values["warranty_date_formula"] or values["require_warranty_date_entry"]:
            yield gettext("Warranty")
        if values["use_expiration_dates"]:
            yield gettext("Expiration dates")


def _locked_by(shown: Values, tab: FastTab) -> str:
    specific = f"{tab}_specific_tracking"
    return text_of(FIELDS[specific], FIELDS[specific].label) if shown.get(specific) else ""


def _place_of(asked: Requirement) -> str:
    if asked.entry_type is None:
        return gettext("Warehouse work")
    direction = DIRECTIONS[asked.inbound]
    place = gettext(PLACES[asked.entry_type])
    return f"{place}, {gettext(direction)}" if direction else place


def _asked(numbers: NumbersAsked, cards: NumbersAsked) -> Iterator[str]:
    for kind in KINDS:
        number, card = getattr(numbers, kind), getattr(cards, kind)
        yield "both" if number and card else "number" if number else "card" if card else ""
