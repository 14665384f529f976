"""Package tables: what a table of a package is called, which fields it has, and who writes it.

A description says in one place how a table is exported, staged, tried and applied. The verbs that
write are those of the pages, so a record is refused in a package as it is on its card.

This module must never name one table.
"""

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.configuration.package_refusals import SwitchNotReadable
from scanner_app.errors import RuleRefused
from scanner_app.inventory.text_card import NO, YES, TextCard
from scanner_app.inventory.typed_fields import VALUE_SHOWN_MAX
from scanner_app.warehouse.record_card import CardField, FieldKind
from scanner_app.workbooks.column import Column, ColumnKind

# So many rows of one table a file may hold.
ROWS_MAX = 50_000
# A record of another table: its number, and the fields of this card that are its key.
Named = tuple[int, tuple[str, ...]]

WORDS_OF_SWITCHES = {"yes": YES, "true": YES, "1": YES, "no": NO, "false": NO, "0": NO}
KINDS = {
    FieldKind.SWITCH: ColumnKind.SWITCH,
    FieldKind.NUMBER: ColumnKind.QUANTITY,
    FieldKind.DAY: ColumnKind.DAY,
    FieldKind.SIGNED_QUANTITY: ColumnKind.QUANTITY,
    FieldKind.OPTIONAL_QUANTITY: ColumnKind.QUANTITY,
}
# A number that lost a digit would be another number, so these cells hold text or nothing.
NUMBERS = frozenset({"serial_no", "lot_no", "package_no"})


@dataclass(frozen=True)
class PackageField:
    """One column.

    Attributes:
        is_key: whether it says which record the row is.
        may_miss: whether a key can be told without it.
        names: the record of another table that it names, where it names one.
        choices: the fixed values that it may have besides none, where there are such.
    """

    name: str
    caption: str
    kind: ColumnKind = ColumnKind.TEXT
    is_key: bool = False
    may_miss: bool = False
    names: Named | None = None
    choices: tuple[str, ...] = ()

    @property
    def column(self) -> Column:
        """The column in a file: without the key nobody knows which record a row is."""
        required = self.is_key and not self.may_miss
        offered = (YES, NO) if self.kind is ColumnKind.SWITCH else self.choices
        return Column(
            self.name,
            self.caption,
            self.kind,
            choices=offered,
            width=max(len(self.caption) + 4, 12),
            is_required=required,
        )


@dataclass(frozen=True)
class PackageTable:
    """One table of Business Central, as it stands in a package.

    Attributes:
        number, name: as Business Central has them.
        fields: the key first.
        blank: what an empty cell says, and a new record where a column is missing.
        list_cards: what all records say, in the order of their keys.
    """

    number: int
    name: str
    fields: tuple[PackageField, ...]
    blank: TextCard
    list_cards: Callable[[Session], Iterator[TextCard]]

    @property
    def keys(self) -> tuple[PackageField, ...]:
        """The fields that say which record a row is."""
        return tuple(field for field in self.fields if field.is_key)

    @property
    def captions(self) -> dict[str, str]:
        """The captions by name."""
        return {field.name: field.caption for field in self.fields}

    def typed(self, cells: Mapping[str, str]) -> TextCard:
        """What a row says as a page would send it; a column that is missing says nothing.

        Raises:
            SwitchNotReadable: for a switch that is neither Yes nor No.
        """
        return {
            field.name: _typed(field, cells[field.name], self.blank[field.name])
            for field in self.fields
            if field.name in cells
        }


@dataclass(frozen=True)
class Found:
    """A record that is there, and what its card says."""

    id: int
    card: TextCard


@dataclass(frozen=True)
class StandsOnce:
    """A field of which two records may not say the same.

    Attributes:
        alike: what the cells of two records have in common that say the same; '' for nothing.
        refusal: what is said of the second one, by the key of the first and its own cells.
    """

    name: str
    alike: Callable[[Mapping[str, str]], str]
    refusal: Callable[[Sequence[str], Mapping[str, str]], RuleRefused]


@dataclass(frozen=True)
class RecordTable(PackageTable):
    """A table of the set-up: a record is made and changed by the verbs of its page.

    Attributes:
        read: what the page does with what was typed; it refuses a field that cannot be read.
        sample: what `read` takes, so that each field can be tried by itself.
        find: the record of the key that a row says.
        create: makes it.
        change: lets it say what was typed; what the row does not say is as it was.
        fields_follow: whether fields follow others, so that `change` is given the row alone.
        whole_when_new: whether `create` writes every field.
        completed_with: the fields that need other tables which need this one.
        completed_after: the tables of which completing a record needs all that name it.
        stands_once: a field of which two records may not say the same, where there is one.
    """

    read: Callable[[TextCard], object]
    sample: TextCard
    find: Callable[[Session, TextCard], Found | None]
    create: Callable[[Session, TextCard, Change], object]
    change: Callable[[Session, Found, TextCard, Change], object]
    whole_when_new: bool = True
    fields_follow: bool = False
    completed_with: frozenset[str] = frozenset()
    completed_after: tuple[int, ...] = ()
    stands_once: StandsOnce | None = None


def key_field(
    name: str,
    caption: str,
    names: Named | None = None,
    *,
    kind: ColumnKind = ColumnKind.TEXT,
    may_miss: bool = False,
    choices: tuple[str, ...] = (),
) -> PackageField:
    """A field that says which record a row is."""
    return PackageField(
        name, caption, kind, is_key=True, may_miss=may_miss, names=names, choices=choices
    )


def options_of(choices: type[enum.StrEnum]) -> tuple[str, ...]:
    """The values that can be chosen; an empty cell says that none is."""
    return tuple(each.value for each in choices if each.value)


def field_of_card(
    field: CardField, names: Named | None = None, *, is_key: bool = False, may_miss: bool = False
) -> PackageField:
    """A field as the card of a record has it."""
    kind = ColumnKind.NUMBER_TEXT if field.name in NUMBERS else KINDS.get(field.kind)
    return PackageField(
        field.name,
        field.caption,
        kind or ColumnKind.TEXT,
        is_key=is_key,
        may_miss=may_miss,
        names=names,
        choices=options_of(field.choices) if field.choices is not None else (),
    )


def _typed(field: PackageField, cell: str, blank: str) -> str:
    if not cell.strip():
        return blank
    if field.kind is not ColumnKind.SWITCH:
        return cell
    word = WORDS_OF_SWITCHES.get(cell.strip().casefold())
    if word is None:
        raise SwitchNotReadable(field=field.caption, typed=cell[:VALUE_SHOWN_MAX])
    return word
