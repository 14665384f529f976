"""What stands against changing an item tracking code, and who of two editors is first."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking_code_setup import (
    AskedChange,
    change_item_tracking_code,
)
from scanner_app.inventory.item_tracking_code_use import UseOfCode
from scanner_app.warehouse.item_tracking_code_entries import find_item_with_warehouse_entries
from tests.builders import Warehouse, days, lot
from tests.inventory.codes import add_code, change_by, values
from tests.warehouse.test_concurrency import together
from tests.warehouse.test_query_plans import plans_of

QUESTIONS: dict[str, Callable[[UseOfCode], str]] = {
    "item_using_it": lambda use: use.item_using_it,
    "item_with_ledger_entries": lambda use: use.item_with_ledger_entries,
    "item_with_dated_entries": lambda use: use.item_with_dated_entries,
    "item_that_calculates_dates": lambda use: use.item_that_calculates_dates,
    "item_with_warehouse_entries": lambda use: use.item_with_warehouse_entries,
}
QUESTION = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())


def use_of(session: Session, code_id: int) -> UseOfCode:
    return UseOfCode(session, code_id, find_item_with_warehouse_entries)


def code_id_of(white: Warehouse, no: str) -> int:
    goods = white.add_item(no, "lot", use_expiration_dates=True)
    assert goods.tracking_code is not None
    return goods.tracking_code.id


@QUESTION
def test_an_item_of_the_code_is_named_and_of_no_other(
    white: Warehouse, question: Callable[[UseOfCode], str]
) -> None:
    goods = white.add_item("FULL", "lot", use_expiration_dates=True, expiration_calculation="6M")
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(9))
    assert goods.tracking_code is not None
    code_id = goods.tracking_code.id
    assert white.write(lambda session: question(use_of(session, code_id))) == "FULL"
    assert white.write(lambda session: question(use_of(session, code_id + 1))) == ""


def test_an_item_that_left_its_bin_was_there_all_the_same(white: Warehouse) -> None:
    goods = white.add_item("GONE", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "A", -5, lot("L1"))
    assert white.in_bins(goods) == {}
    assert goods.tracking_code is not None
    code_id = goods.tracking_code.id
    found = white.write(lambda session: find_item_with_warehouse_entries(session, code_id))
    assert found == "GONE"


@QUESTION
def test_each_question_uses_its_index(
    white: Warehouse, question: Callable[[UseOfCode], str]
) -> None:
    code_id = code_id_of(white, "PLANNED")
    plan = plans_of(white, lambda session: question(use_of(session, code_id)))
    assert "SCAN" not in plan
    assert "Seq Scan" not in plan


def test_of_editors_who_save_at_the_same_moment_one_is_first(white: Warehouse) -> None:
    add_code(white, "SHARED")
    read = values(white, "SHARED")

    def save(name: str) -> None:
        asked = AskedChange(read, read | {"description": name})
        white.write(
            lambda session: change_item_tracking_code(
                session, "SHARED", asked, find_item_with_warehouse_entries, change_by(white)
            )
        )

    outcomes = together([partial(save, f"Editor {number}") for number in range(6)])
    assert outcomes == {"done": 1, "CardChanged": 5}
