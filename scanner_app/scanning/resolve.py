"""Resolve: every record that a scanned code can stand for (docs/domain.md 10.3).

All candidates of every kind are gathered from the code index in one look-up. If the open
document expects exactly one of them, that one is meant; else if there is only one at all, that
one, and the document refuses it by name when it does not fit; else the worker chooses.

This module must never take the first hit, and never change anything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.barcodes.parsed_barcode import BarcodeForm, ParsedBarcode
from scanner_app.code_index import (
    DOCUMENT_KINDS,
    ITEM_KINDS,
    CodeIndexEntry,
    CodeKind,
    meanings_of,
)
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import NO_NUMBERS, TrackingNumbers
from scanner_app.inventory.item_tracking_code import ItemTrackingCode, numbers_in_warehouse

CODE_LENGTH = 50
BARE_FORMS = (BarcodeForm.PLAIN, BarcodeForm.GTIN)
# In the order in which a label is understood: a unit is known by its serial no. before its lot.
KINDS_OF_LABEL_FIELD = {
    "bin_code": frozenset({CodeKind.BIN}),
    "item_no": ITEM_KINDS,
    "serial_no": frozenset({CodeKind.SERIAL}),
    "lot_no": frozenset({CodeKind.LOT}),
    "package_no": frozenset({CodeKind.PACKAGE}),
    "document_no": DOCUMENT_KINDS,
}


class UnknownCode(RuleRefused):
    """Nothing of the house is called so."""

    message = N_("“{code}” is unknown here.")
    way_out = N_(
        "Looked for a bin, item, GTIN, reference, serial, lot or package no. and document."
        " The scan is kept."
    )


class CheckDigitDoesNotFit(RuleRefused):
    """The digits look like a GTIN whose check digit is wrong."""

    message = N_("The check digit of {code} is wrong.")
    way_out = N_("Scan the code again, or type it.")


class ReferenceEnded(RuleRefused):
    """The reference was valid once."""

    message = N_("Reference {code} was valid until {ended}.")
    way_out = N_("Scan another label of the item.")
    field = "Ending Date"


class OtherLocation(RuleRefused):
    """The bin or document belongs to another location."""

    message = N_("{code} belongs to another location.")
    way_out = N_("Change the location on the home page, or scan a code of this one.")
    field = "Location Code"


class NeedsChoice(Exception):
    """Several candidates remain: the worker has to choose."""

    def __init__(self, candidates: Sequence["Candidate"]) -> None:
        super().__init__(f"{len(candidates)} candidates")
        self.candidates = tuple(candidates)


@dataclass(frozen=True)
class Candidate:
    """One thing a code can stand for.

    `target_id` is the bin, document or item; a package stands alone, because it may hold
    several items. Quantity and dates are what the label itself says.
    """

    kind: CodeKind
    code: str
    target_id: int = 0
    item_id: int = 0
    variant_id: int = 0
    unit_of_measure_id: int = 0
    numbers: TrackingNumbers = NO_NUMBERS
    expiration_date: date | None = None
    quantity: Decimal | None = None

    @property
    def is_unit(self) -> bool:
        """Whether it is something one holds, and not a place or a document."""
        return self.kind not in DOCUMENT_KINDS and self.kind is not CodeKind.BIN

    @property
    def key(self) -> str:
        """What a tap on this candidate sends back."""
        return f"{self.kind.value}:{self.target_id}:{self.variant_id}:{self.unit_of_measure_id}"


def candidates_of(
    session: Session, parsed: ParsedBarcode, location_id: int | None, work_date: date
) -> list[Candidate]:
    """Every candidate of a parsed barcode at a location.

    Raises:
        UnknownCode, CheckDigitDoesNotFit, ReferenceEnded, OtherLocation: when there is none.
    """
    meanings = meanings_of(session, _codes_to_look_up(parsed))
    usable = [m for m in meanings if _valid_on(m, work_date) and _at(m, location_id)]
    if parsed.gtin:
        candidates = _units_of_gtin(parsed, usable)
    else:
        candidates = _plain_candidates(parsed, usable)
    if not candidates:
        raise _why_none(parsed, meanings, location_id, work_date)
    if parsed.form in BARE_FORMS:
        return candidates
    return _with_numbers_kept_here(session, candidates)


def choose(
    candidates: Sequence[Candidate], expected: Callable[[Candidate], bool], choice: str = ""
) -> Candidate:
    """The candidate that is meant.

    Raises:
        NeedsChoice: when the worker has to choose.
    """
    if choice:
        chosen = [candidate for candidate in candidates if candidate.key == choice]
        if len(chosen) == 1:
            return chosen[0]
    fitting = [candidate for candidate in candidates if expected(candidate)]
    if len(fitting) == 1:
        return fitting[0]
    if len(candidates) == 1:
        return candidates[0]
    raise NeedsChoice(fitting or candidates)


def _codes_to_look_up(parsed: ParsedBarcode) -> set[str]:
    named = {
        parsed.lot_no,
        parsed.serial_no,
        parsed.package_no,
        parsed.item_no,
        parsed.bin_code,
        parsed.document_no,
        parsed.gtin,
    }
    codes = {code for code in named if code}
    if parsed.form in BARE_FORMS or not codes:
        codes.add(parsed.text.strip().upper())
    return {code for code in codes if len(code) <= CODE_LENGTH}


def _valid_on(meaning: CodeIndexEntry, work_date: date) -> bool:
    begun = meaning.valid_from is None or meaning.valid_from <= work_date
    return begun and (meaning.valid_to is None or work_date <= meaning.valid_to)


def _at(meaning: CodeIndexEntry, location_id: int | None) -> bool:
    return meaning.location_id is None or meaning.location_id == location_id


def _units_of_gtin(parsed: ParsedBarcode, meanings: Sequence[CodeIndexEntry]) -> list[Candidate]:
    """One candidate for each item, variant and unit of measure that the GTIN names."""
    numbers = _numbers_on_label(parsed)
    found: dict[tuple[int, int, int], Candidate] = {}
    for meaning in meanings:
        if meaning.kind not in ITEM_KINDS or meaning.code not in (parsed.gtin, parsed.text):
            continue
        unit = (meaning.item_id, meaning.variant_id, meaning.unit_of_measure_id)
        found[unit] = Candidate(
            kind=meaning.kind,
            code=parsed.text,
            target_id=meaning.item_id,
            item_id=meaning.item_id,
            variant_id=meaning.variant_id,
            unit_of_measure_id=meaning.unit_of_measure_id,
            numbers=numbers,
            expiration_date=parsed.expiration_date,
            quantity=parsed.quantity,
        )
    if parsed.form is BarcodeForm.GTIN:
        # A bare number of digits may be a number of the house as well as a GTIN.
        return list(found.values()) + _plain_candidates(parsed, meanings, without=ITEM_KINDS)
    return list(found.values())


def _plain_candidates(
    parsed: ParsedBarcode,
    meanings: Sequence[CodeIndexEntry],
    without: frozenset[CodeKind] = frozenset(),
) -> list[Candidate]:
    """One candidate for each meaning; the items of one package are one package."""
    found: dict[str, Candidate] = {}
    for meaning in _as_the_label_says(parsed, meanings):
        if meaning.kind not in without:
            candidate = _candidate(parsed, meaning)
            found.setdefault(candidate.key, candidate)
    return list(found.values())


def _as_the_label_says(
    parsed: ParsedBarcode, meanings: Sequence[CodeIndexEntry]
) -> Sequence[CodeIndexEntry]:
    """A prefix of the house or an application identifier says of which kind a code is."""
    if parsed.form in BARE_FORMS:
        return meanings
    # A label of a logistic unit means the unit; what else it says is about its content.
    fields = ("package_no",) if parsed.package_no else tuple(KINDS_OF_LABEL_FIELD)
    for field in fields:
        kinds, code = KINDS_OF_LABEL_FIELD[field], getattr(parsed, field)
        named = [m for m in meanings if m.kind in kinds and m.code == code]
        if named:
            return named
    return ()


def _candidate(parsed: ParsedBarcode, meaning: CodeIndexEntry) -> Candidate:
    numbers = {
        CodeKind.SERIAL: TrackingNumbers(serial_no=meaning.code),
        CodeKind.LOT: TrackingNumbers(lot_no=meaning.code),
        CodeKind.PACKAGE: TrackingNumbers(package_no=meaning.code),
    }.get(meaning.kind, NO_NUMBERS)
    alone = meaning.kind is CodeKind.PACKAGE
    if numbers and not alone:
        numbers = numbers.completed_by(_numbers_on_label(parsed))
    return Candidate(
        kind=meaning.kind,
        code=meaning.code,
        target_id=0 if alone else meaning.target_id,
        item_id=0 if alone else meaning.item_id,
        variant_id=0 if alone else meaning.variant_id,
        unit_of_measure_id=meaning.unit_of_measure_id,
        numbers=numbers,
        expiration_date=parsed.expiration_date,
        quantity=parsed.quantity,
    )


def _numbers_on_label(parsed: ParsedBarcode) -> TrackingNumbers:
    return TrackingNumbers(parsed.serial_no, parsed.lot_no, parsed.package_no)


def _with_numbers_kept_here(session: Session, candidates: list[Candidate]) -> list[Candidate]:
    """A maker prints numbers that the warehouse does not keep of the item: they are left out."""
    numbered = {c.item_id for c in candidates if c.item_id and c.numbers}
    if not numbered:
        return candidates
    rows = session.execute(
        select(Item.id, ItemTrackingCode)
        .outerjoin(ItemTrackingCode, ItemTrackingCode.id == Item.item_tracking_code_id)
        .where(Item.id.in_(sorted(numbered)))
    )
    asked = {item_id: numbers_in_warehouse(code) for item_id, code in rows}
    return [
        replace(c, numbers=c.numbers.only(asked[c.item_id])) if c.item_id in asked else c
        for c in candidates
    ]


def _why_none(
    parsed: ParsedBarcode,
    meanings: Sequence[CodeIndexEntry],
    location_id: int | None,
    work_date: date,
) -> RuleRefused:
    ended = [m.valid_to for m in meanings if not _valid_on(m, work_date) and m.valid_to]
    if ended:
        return ReferenceEnded(code=parsed.text, ended=max(ended))
    if any(not _at(meaning, location_id) for meaning in meanings):
        return OtherLocation(code=parsed.text)
    if parsed.check_digit_wrong:
        return CheckDigitDoesNotFit(code=parsed.text)
    return UnknownCode(code=parsed.text[:60])
