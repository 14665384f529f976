"""Several supervisors who set up parts of one item at the same moment."""

from scanner_app.access.change_log import CardChanged
from scanner_app.barcodes.drawings import Shape, draw_picture
from scanner_app.barcodes.picture_limits import EncodedPicture
from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_part_refusals import (
    ItemUnitUnknown,
    ReferenceMeansOther,
    ReferenceTaken,
    VariantTaken,
)
from scanner_app.inventory.item_picture import ItemPictureChanged, set_picture
from scanner_app.inventory.unit_of_measure_setup import (
    UnitOfMeasureInUse,
    create_unit_of_measure,
    delete_unit_of_measure,
)
from scanner_app.warehouse.set_up_item import lock_item
from scanner_app.warehouse.set_up_item_reference import REFERENCES
from scanner_app.warehouse.set_up_item_unit import UNITS
from scanner_app.warehouse.set_up_item_variant import VARIANTS
from tests.builders import Warehouse
from tests.warehouse.item_cards import change_by
from tests.warehouse.item_parts import Parts
from tests.warehouse.test_concurrency import together

EDITORS = 6


def test_a_reference_is_added_once(white: Warehouse) -> None:
    white.add_item("CUP")
    references = Parts(white, REFERENCES, "CUP")
    outcomes = together([lambda: references.add(reference_no="CODE")] * EDITORS)
    assert outcomes == {"done": 1, ReferenceTaken.__name__: EDITORS - 1}


def test_a_bar_code_is_given_to_one_item_and_the_others_are_asked(white: Warehouse) -> None:
    for no in range(EDITORS):
        white.add_item(f"CUP{no}")
    works = [
        lambda no=no: Parts(white, REFERENCES, f"CUP{no}").add(reference_no="CODE")
        for no in range(EDITORS)
    ]
    assert together(works) == {"done": 1, ReferenceMeansOther.__name__: EDITORS - 1}


def test_a_variant_is_added_once(white: Warehouse) -> None:
    white.add_item("CUP")
    variants = Parts(white, VARIANTS, "CUP")
    outcomes = together([lambda: variants.add(code="RED")] * EDITORS)
    assert outcomes == {"done": 1, VariantTaken.__name__: EDITORS - 1}


def test_one_of_several_editors_saves_a_row_and_the_others_are_told(white: Warehouse) -> None:
    white.add_item("CUP", units={"BOX": 6})
    units = Parts(white, UNITS, "CUP")
    row_id, read = units.cards()["BOX"]

    def save(quantity: int) -> None:
        units.save(row_id, read, read | {"qty_per_unit_of_measure": str(quantity)})

    outcomes = together([lambda n=n: save(n) for n in range(10, 10 + EDITORS)])  # type: ignore[misc]
    assert outcomes == {"done": 1, CardChanged.__name__: EDITORS - 1}


def test_a_picture_is_set_once_and_the_others_are_told(white: Warehouse) -> None:
    white.add_item("CUP")
    by = change_by(white)
    pictures = [
        draw_picture([Shape("box", "red", ((10, 10), (20 + 20 * n, 200)))]) for n in range(EDITORS)
    ]

    def put(picture: EncodedPicture) -> None:
        white.write(
            lambda session: set_picture(session, lock_item(session, "CUP"), "", picture, by)
        )

    outcomes = together([lambda picture=p: put(picture) for p in pictures])  # type: ignore[misc]
    assert outcomes == {"done": 1, ItemPictureChanged.__name__: EDITORS - 1}


def test_a_unit_goes_or_is_counted_in_and_never_both(white: Warehouse) -> None:
    white.add_item("CUP")
    typed = {"code": "CRATE", "description": ""}
    by = change_by(white)
    white.write(lambda session: create_unit_of_measure(session, typed, by).id)
    units = Parts(white, UNITS, "CUP")

    def go() -> None:
        white.write(lambda session: delete_unit_of_measure(session, "CRATE", by))

    outcomes = together([go, lambda: units.add(code="CRATE", qty_per_unit_of_measure="12")])
    refusals: set[type[RuleRefused]] = {UnitOfMeasureInUse, ItemUnitUnknown}
    [refused] = outcomes.keys() - {"done"}
    assert refused in {refusal.__name__ for refusal in refusals}
