"""Packages on a pick, and what is blocked in them (docs/domain.md 2.7, 10.4)."""

import pytest

from tests.scanning.floor import Floor, spoken
from tests.scanning.picks import CHAIRS, Pick, block


def test_a_blocked_lot_is_refused_before_its_number_is_compared(floor: Floor) -> None:
    refused = floor.opened("pick", "PI-00001").scan("P2399")
    assert spoken(refused).startswith("Lot No. P2399 of item 3020 is blocked.")


def test_a_unit_is_refused_when_the_card_of_its_lot_is_blocked(pick: Pick, floor: Floor) -> None:
    block(floor, "2030", lot_no="CU-L1")
    handheld = pick(("2030 PCS", "1", "W-01-0301"))
    assert spoken(handheld.scan("CU-7001")).startswith("Lot No. CU-L1 of item 2030 is blocked.")


@pytest.mark.parametrize(
    ("item_no", "number"),
    [
        ("1900-S", {"package_no": CHAIRS}),
        ("1900-S", {"serial_no": "1006"}),
        ("1920-S", {"lot_no": "LOT201"}),
    ],
)
def test_a_package_with_anything_blocked_in_it_is_refused_at_once(
    pick: Pick, floor: Floor, item_no: str, number: dict[str, str]
) -> None:
    block(floor, item_no, **number)
    handheld = pick(
        ("1900-S PCS", "1", "W-01-0501"),
        ("1900-S PCS", "1", "W-01-0501"),
        ("1920-S PCS", "5", "W-01-0501"),
    )
    refused = handheld.scan(CHAIRS)
    assert (refused.code, refused.parameters["item_no"]) == ("NumberBlocked", item_no)


def test_what_is_blocked_in_a_package_does_not_matter_where_the_pick_does_not_ask_for_it(
    pick: Pick, floor: Floor
) -> None:
    block(floor, "1920-S", lot_no="LOT201")
    handheld = pick(("1900-S PCS", "1", "W-01-0501"))
    assert handheld.scan(CHAIRS).code == "Taken"


def test_a_package_fills_free_serial_nos_each_with_another(pick: Pick, floor: Floor) -> None:
    handheld = pick(
        ("1900-S PCS", "1", "W-01-0501"),
        ("1900-S PCS", "1", "W-01-0501"),
        ("1920-S PCS", "5", "W-01-0501"),
    )
    assert spoken(handheld.scan(CHAIRS)) == "3 lines taken."
    assert floor.taken(handheld.no) == [
        (f"1900-S PCS 1005 LOT0002 {CHAIRS}", 1, "W-01-0501"),
        (f"1900-S PCS 1006 LOT0002 {CHAIRS}", 1, "W-01-0501"),
        (f"1920-S PCS LOT201 {CHAIRS}", 5, "W-01-0501"),
    ]


def test_a_package_leaves_the_units_that_it_does_not_hold(pick: Pick, floor: Floor) -> None:
    handheld = pick(*[("1900-S PCS", "1", "W-01-0501")] * 3)
    assert spoken(handheld.scan(CHAIRS)) == "2 lines taken."
    assert [words for words, _, _ in floor.taken(handheld.no)] == [
        f"1900-S PCS 1005 LOT0002 {CHAIRS}",
        f"1900-S PCS 1006 LOT0002 {CHAIRS}",
    ]
    assert handheld.scan(CHAIRS).code == "NotOnDocument"


def test_a_package_does_not_fill_a_serial_no_that_was_scanned_by_itself(
    pick: Pick, floor: Floor
) -> None:
    handheld = pick(*[("1900-S PCS", "1", "W-01-0501")] * 3)
    assert handheld.codes("1005", CHAIRS) == ["Taken", "Taken"]
    assert [words for words, _, _ in floor.taken(handheld.no)] == [
        f"1900-S PCS 1005 LOT0002 {CHAIRS}",
        f"1900-S PCS 1006 LOT0002 {CHAIRS}",
    ]
    assert handheld.scan(CHAIRS).code == "NotOnDocument"


def test_a_package_in_another_bin_than_the_line_is_not_on_the_pick(pick: Pick) -> None:
    handheld = pick(("1900-S PCS", "1", "W-02-0401"))
    assert handheld.scan(CHAIRS).code == "NotOnDocument"


def test_a_package_leaves_lines_of_items_that_have_no_packages(pick: Pick, floor: Floor) -> None:
    handheld = pick(("1920-S PCS", "5", "W-01-0501"), ("3010 PCS M", "5", "W-01-0402"))
    assert handheld.scan(CHAIRS).code == "Taken"
    assert len(floor.taken(handheld.no)) == 1


def test_a_package_that_is_the_only_number_is_taken_whole(pick: Pick, floor: Floor) -> None:
    handheld = pick(("3040 PCS", "10", "W-02-0202"))
    assert handheld.codes("PKG-000101", "PKG-000102") == ["Taken", "Taken"]
    assert floor.taken(handheld.no) == [
        ("3040 PCS PKG-000101", 5, "W-02-0202"),
        ("3040 PCS PKG-000102", 5, "W-02-0202"),
    ]
