"""The references of an item: what it is scanned by and when, and what else is scanned so."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.access.change_log import CardChanged
from scanner_app.code_index import CodeIndexEntry, CodeKind, meanings_of
from scanner_app.inventory.item_part_refusals import (
    EndsBeforeItStarts,
    ReferenceMeansOther,
    ReferenceMissing,
    ReferenceTaken,
    ReferenceTypeUnknown,
    ReferenceUnitUnknown,
    VariantUnknown,
)
from scanner_app.inventory.item_reference_card import CAPTIONS, read_reference_card
from scanner_app.inventory.typed_fields import DateNotReadable
from scanner_app.records import CodeNotReadable, CodeTooLong
from scanner_app.warehouse.master_codes import index_bins
from scanner_app.warehouse.set_up_item_reference import ALSO_ON_OTHERS, REFERENCES, _overlaps
from scanner_app.warehouse.set_up_item_variant import VARIANTS
from tests.builders import Warehouse
from tests.warehouse import item_cards
from tests.warehouse.item_parts import Parts

GTIN = "4006381333931"
WRONG_CHECK_DIGIT = "4006381333932"


@pytest.fixture
def references(white: Warehouse) -> Parts:
    white.add_item("CUP", units={"BOX": 6})
    return Parts(white, REFERENCES, "CUP")


@pytest.fixture
def others(white: Warehouse) -> Parts:
    white.add_item("JUG")
    return Parts(white, REFERENCES, "JUG")


def scannable(white: Warehouse, *codes: str) -> dict[str, tuple[str, str]]:
    """The references among the codes, each with the days on which it is valid."""
    with white.database.read() as session:
        found = [m for m in meanings_of(session, codes) if m.kind is CodeKind.REFERENCE]
        return {m.code: (str(m.valid_from or ""), str(m.valid_to or "")) for m in found}


def test_a_reference_is_added_logged_and_scannable(white: Warehouse, references: Parts) -> None:
    references.add(
        reference_no=f" {GTIN} ",
        unit="BOX",
        description="Under the lid",
        starting_date="2026-01-01",
        ending_date="2026-12-31",
    )
    _, card = references.cards()[GTIN]
    assert card == {
        "reference_no": GTIN,
        "reference_type": "Bar Code",
        "variant": "",
        "unit": "BOX",
        "description": "Under the lid",
        "starting_date": "2026-01-01",
        "ending_date": "2026-12-31",
    }
    days = ("2026-01-01", "2026-12-31")
    assert scannable(white, GTIN, f"0{GTIN}") == {GTIN: days, f"0{GTIN}": days}
    assert references.logged() == [
        ("Reference No.", "", GTIN),
        ("Reference Type", "", f"{GTIN}: Bar Code"),
        ("Unit of Measure", "", f"{GTIN}: BOX"),
        ("Description", "", f"{GTIN}: Under the lid"),
        ("Starting Date", "", f"{GTIN}: 2026-01-01"),
        ("Ending Date", "", f"{GTIN}: 2026-12-31"),
    ]


def test_the_index_follows_other_days_and_a_removal(white: Warehouse, references: Parts) -> None:
    references.add(reference_no=GTIN)
    references.edit(GTIN, ending_date="2026-06-30")
    assert scannable(white, GTIN) == {GTIN: ("", "2026-06-30")}
    references.edit(GTIN, description="Old label")
    assert scannable(white, f"0{GTIN}") == {f"0{GTIN}": ("", "2026-06-30")}
    references.remove(GTIN)
    assert scannable(white, GTIN, f"0{GTIN}") == {}
    assert references.cards() == {}


@pytest.mark.parametrize(
    ("refusal", "fields"),
    [
        (ReferenceMissing, {"reference_no": " "}),
        (CodeTooLong, {"reference_no": "X" * 51}),
        (CodeNotReadable, {"reference_no": "A\x00"}),
        (ReferenceTypeUnknown, {"reference_type": "bar code"}),
        (ReferenceUnitUnknown, {"unit": "ELL"}),
        (ReferenceUnitUnknown, {"unit": ""}),
        (ReferenceUnitUnknown, {"unit": "\x00"}),
        (VariantUnknown, {"variant": "XXL"}),
        (VariantUnknown, {"variant": "\x00"}),
        (DateNotReadable, {"starting_date": "31.12.2026"}),
        (DateNotReadable, {"ending_date": "2026-02-30"}),
        (EndsBeforeItStarts, {"starting_date": "2026-02-02", "ending_date": "2026-02-01"}),
    ],
)
def test_what_is_no_reference_is_refused(
    white: Warehouse, references: Parts, refusal: type[Exception], fields: dict[str, str]
) -> None:
    references.refuses_to_add(refusal, **({"reference_no": "CODE"} | fields))  # type: ignore[arg-type]
    assert scannable(white, "CODE") == {}


def test_a_reference_may_be_valid_for_one_day(references: Parts) -> None:
    references.add(reference_no="CODE", starting_date="2026-02-02", ending_date="2026-02-02")
    refused = references.refuses_to_edit(EndsBeforeItStarts, "CODE", ending_date="2026-02-01")
    assert "2026" in refused


def test_a_reference_of_digits_need_not_be_a_gtin(white: Warehouse, references: Parts) -> None:
    references.add(reference_no=WRONG_CHECK_DIGIT)
    assert set(scannable(white, WRONG_CHECK_DIGIT, f"0{WRONG_CHECK_DIGIT}")) == {WRONG_CHECK_DIGIT}


def test_the_same_reference_of_the_same_thing_stands_once(references: Parts) -> None:
    references.add(reference_no="CODE", ending_date="2020-01-01")
    references.refuses_to_add(ReferenceTaken, reference_no="code", starting_date="2030-01-01")
    references.add(reference_no="CODE", reference_type="Vendor")


def test_a_code_of_other_goods_asks_and_names_them(references: Parts, others: Parts) -> None:
    others.add(reference_no="CODE")
    said = references.refuses_to_add(ReferenceMeansOther, reference_no="CODE", unit="BOX")
    assert "CODE stands for JUG PCS" in said
    references.add(reference_no="CODE", **{ALSO_ON_OTHERS: "Yes"})
    assert "CODE" in references.cards()


def test_a_code_of_another_unit_or_variant_of_the_item_asks_too(
    white: Warehouse, references: Parts
) -> None:
    Parts(white, VARIANTS, "CUP").add(code="RED")
    references.add(reference_no="CODE")
    references.refuses_to_add(ReferenceMeansOther, reference_no="CODE", unit="BOX")
    references.add(reference_no="OTHER", variant="RED")
    said = references.refuses_to_add(ReferenceMeansOther, reference_no="OTHER")
    assert "CUP RED PCS" in said


def test_a_gtin_or_number_of_another_item_asks_too(white: Warehouse, references: Parts) -> None:
    item_cards.add(white, "JUG", gtin=GTIN)
    said = references.refuses_to_add(ReferenceMeansOther, reference_no=f"0{GTIN}")
    assert "JUG PCS" in said
    references.refuses_to_add(ReferenceMeansOther, reference_no="JUG")


def test_the_own_number_and_gtin_do_not_ask(white: Warehouse) -> None:
    white.add_item("SEED")
    item_cards.add(white, "POT", gtin=GTIN)
    pots = Parts(white, REFERENCES, "POT")
    pots.add(reference_no=GTIN)
    pots.add(reference_no="POT")


def test_at_another_time_a_code_may_stand_for_other_goods(
    white: Warehouse, references: Parts, others: Parts
) -> None:
    others.add(reference_no="CODE", ending_date="2026-06-30")
    references.add(reference_no="CODE", starting_date="2026-07-01")
    references.refuses_to_edit(ReferenceMeansOther, "CODE", starting_date="2026-06-30")
    references.edit("CODE", description="From July on")
    references.edit("CODE", starting_date="2026-06-30", **{ALSO_ON_OTHERS: "Yes"})
    assert len(white_meanings(white, "CODE")) == 2


def white_meanings(white: Warehouse, code: str) -> list[CodeIndexEntry]:
    with white.database.read() as session:
        return meanings_of(session, [code])


def test_a_bin_of_the_same_name_does_not_ask(white: Warehouse, references: Parts) -> None:
    """Whether a bin or goods are meant, the open document says."""
    white.write(
        lambda session: index_bins(
            session, white.bins["A"].location_id, {white.bins["A"].code: white.bins["A"].id}
        )
    )
    references.add(reference_no="A")


def test_a_second_editor_is_told_what_changed(references: Parts) -> None:
    references.add(reference_no="CODE")
    row_id, read = references.cards()["CODE"]
    references.edit("CODE", ending_date="2026-06-30")
    with pytest.raises(CardChanged) as refused:
        references.save(row_id, read, read | {"description": "Mine"})
    assert refused.value.parameters["count"] == 1


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 20))


@given(DAYS, DAYS, DAYS, DAYS)
def test_two_times_overlap_where_a_day_is_in_both(
    begins: date | None, ends: date | None, starting: date | None, ending: date | None
) -> None:
    def holds(first: date | None, last: date | None, day: date) -> bool:
        return (first is None or first <= day) and (last is None or day <= last)

    if (begins and ends and ends < begins) or (starting and ending and ending < starting):
        return
    meaning = CodeIndexEntry(valid_from=begins, valid_to=ends)
    days = [date(2025, 12, 31), date(2026, 1, 21), *(date(2026, 1, n) for n in range(1, 21))]
    shared = any(holds(begins, ends, day) and holds(starting, ending, day) for day in days)
    assert _overlaps(meaning, starting, ending) == shared


@given(st.dates(), st.dates())
def test_the_days_of_a_card_are_read_as_they_are_written(first: date, second: date) -> None:
    starting, ending = sorted((first, second))
    days = {"starting_date": starting.isoformat(), "ending_date": ending.isoformat()}
    card = dict.fromkeys(CAPTIONS, "") | {"reference_no": "CODE", "unit": "PCS"} | days
    assert read_reference_card(card) == card
