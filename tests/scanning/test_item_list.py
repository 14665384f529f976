"""The list of items: what it finds, in which order, a part at a time, by an index."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner_app.database import Database
from scanner_app.inventory.item_reference import ItemReference, ReferenceType
from scanner_app.scanning.item_list import WantedItems, list_items
from scanner_app.warehouse.master_codes import index_item, index_reference
from scanner_app.web.tell_me import clean_query
from tests.builders import Warehouse
from tests.warehouse.test_query_plans import plans_of

DAY = date(2026, 11, 23)
READ_WHOLE = re.compile(r"SCAN (?:code_index|item_word|item)(?! USING)")


@pytest.fixture
def white(white: Warehouse) -> Warehouse:
    """Ten gloves G-01 to G-10, and two others."""
    for number in range(10, 0, -1):
        add(white, f"G-{number:02}", description=f"Glove {number}")
    add(white, "LAMP", "lot", description="Élan lamp", gtin="4006381333931")
    add(white, "OLD", description="Old glove", blocked=True)
    return white


def add(white: Warehouse, no: str, *kinds: str, **fields: object) -> None:
    item = white.add_item(no, *kinds, units=None, **fields).item
    white.write(lambda session: index_item(session, item))


def found(white: Warehouse, rows_max: int = 50, **wanted: object) -> list[str]:
    with white.database.read() as session:
        part = list_items(session, WantedItems(**wanted), DAY, rows_max)  # type: ignore[arg-type]
    return [row.no for row in part.rows] + ["…"] * part.more


def test_items_stand_in_the_order_of_their_numbers(white: Warehouse) -> None:
    assert found(white) == [*(f"G-{number:02}" for number in range(1, 11)), "LAMP", "OLD"]


def test_a_part_says_whether_more_follow_and_the_next_begins_after_it(white: Warehouse) -> None:
    assert found(white, 2, query="glove") == ["G-01", "G-02", "…"]
    assert found(white, 2, query="glove", after_no="G-02") == ["G-03", "G-04", "…"]
    assert found(white, 2, query="glove", after_no="G-09") == ["G-10", "OLD"]
    assert found(white, 3, query="glove", after_no="OLD") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lamp", ["LAMP"]),
        ("elan LA", ["LAMP"]),
        ("4006381333931", ["LAMP"]),
        ("04006381333931", ["LAMP"]),
        ("g-0", [f"G-{number:02}" for number in range(1, 10)]),
        ("glove 10", ["G-10"]),
        ("%", []),
        ("x" * 60, []),
    ],
)
def test_items_are_found_as_tell_me_finds_them(
    white: Warehouse, query: str, expected: list[str]
) -> None:
    assert found(white, query=query) == expected


def test_a_reference_finds_its_item_while_it_is_valid(white: Warehouse) -> None:
    goods = white.add_item("CUP")
    for number, ending in (("REF-1", None), ("REF-2", date(2026, 11, 22))):
        reference = ItemReference(
            item_id=goods.id,
            variant_id=goods.variant_id,
            unit_of_measure_id=goods.units["PCS"][0],
            reference_type=ReferenceType.BAR_CODE,
            reference_no=number,
            ending_date=ending,
        )

        def work(session, reference=reference):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
            session.add(reference)
            session.flush()
            index_reference(session, reference)

        white.write(work)
    assert found(white, query="ref-1") == ["CUP"]
    assert found(white, query="ref-2") == []


def test_the_list_is_limited_to_a_code_and_to_blocked_items(white: Warehouse) -> None:
    assert found(white, tracking_code="LAMP") == ["LAMP"]
    assert found(white, tracking_code="NONE") == []
    assert found(white, blocked=True) == ["OLD"]
    assert found(white, blocked=False, query="old") == []


@pytest.mark.parametrize(
    "wanted",
    [
        WantedItems(after_no="G-05"),
        WantedItems(after_no="G-05", tracking_code="LAMP"),
        WantedItems(after_no="G-05", blocked=True),
        WantedItems(after_no="G-05", blocked=False),
        WantedItems(query="glove 1", after_no="G-05"),
        WantedItems(query="4006", tracking_code="LAMP"),
    ],
)
def test_every_list_is_read_by_an_index(white: Warehouse, wanted: WantedItems) -> None:
    plan = plans_of(white, lambda session: list_items(session, wanted, DAY, 50))
    assert "OFFSET" not in plan
    assert not READ_WHOLE.search(plan)
    assert "Seq Scan" not in plan


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (WantedItems(after_no="G-05"), "(no>?)"),
        (WantedItems(blocked=True), "ix_item_blocked_no"),
        (WantedItems(tracking_code="LAMP"), "ix_item_item_tracking_code_id_no"),
    ],
)
def test_a_list_without_a_search_is_not_sorted(
    white: Warehouse, wanted: WantedItems, index: str
) -> None:
    plan = plans_of(white, lambda session: list_items(session, wanted, DAY, 50))
    assert "TEMP B-TREE" not in plan
    if white.database.dialect == "sqlite":  # PostgreSQL takes any, as long as its table is small
        assert index in plan


@pytest.fixture(scope="module")
def quiet(sqlite_template, tmp_path_factory):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """One database for many questions: none of them changes it."""
    path = tmp_path_factory.mktemp("list") / "list.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@settings(max_examples=60)
@given(text=st.text(max_size=60))
def test_whatever_is_searched_for_is_answered(quiet: Database, text: str) -> None:
    with quiet.read() as session:
        assert not list_items(session, WantedItems(query=clean_query(text)), DAY, 5).rows
