"""Making, changing and removing item tracking codes: what is typed, logged and told to others."""

import pytest
from sqlalchemy import select

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_tracking_code_setup import (
    AskedChange,
    change_item_tracking_code,
    changed_fields,
    delete_item_tracking_code,
    find_item_tracking_code,
)
from tests.builders import Warehouse
from tests.inventory.codes import add_code, change_by, edit, nowhere, refused, values
from tests.warehouse.masters import MOMENT


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("", "ItemTrackingCodeMissing"),
        ("   ", "ItemTrackingCodeMissing"),
        ("new", "ItemTrackingCodeTaken"),
        ("ELEVENCHARS", "CodeTooLong"),
        ("A\x00B", "CodeNotReadable"),
        ("A/B", "ItemTrackingCodeNotInAddress"),
        ("..", "ItemTrackingCodeNotInAddress"),
    ],
)
def test_a_code_that_cannot_be_is_refused(white: Warehouse, code: str, name: str) -> None:
    add_code(white, "NEW")
    with pytest.raises(RuleRefused) as refusal:
        add_code(white, code)
    assert refusal.value.code == name


@pytest.mark.parametrize(
    ("field", "typed", "name"),
    [
        ("description", "x" * 101, "DescriptionTooLong"),
        ("description", "a\x00b", "DescriptionNotReadable"),
        ("description", "a\ud800b", "DescriptionNotReadable"),
        ("warranty_date_formula", "two years", "DateFormulaNotReadable"),
        ("warranty_date_formula", "1Y+" * 9, "DateFormulaNotReadable"),
    ],
)
def test_a_text_that_does_not_fit_its_field_is_refused(
    white: Warehouse, field: str, typed: str, name: str
) -> None:
    add_code(white, "NEW")
    refused(white, "NEW", name, **{field: typed})


def test_texts_are_kept_as_business_central_writes_them(white: Warehouse) -> None:
    add_code(white, " new ", description="  Drills ", warranty_date_formula=" <2y> ")
    assert values(white, "NEW")["description"] == "Drills"
    assert values(white, "NEW")["warranty_date_formula"] == "2Y"


def test_a_code_is_removed_only_while_no_item_uses_it(white: Warehouse) -> None:
    white.add_item("USED", "lot")
    add_code(white, "NEW")

    def remove(code: str) -> None:
        white.write(
            lambda session: delete_item_tracking_code(session, code, nowhere, change_by(white))
        )

    remove("new")
    with pytest.raises(RuleRefused, match="There is no item tracking code NEW"):
        remove("NEW")
    with pytest.raises(RuleRefused, match="Item USED uses the item tracking code USED"):
        remove("USED")


def test_the_second_of_two_editors_is_told_what_the_first_one_changed(white: Warehouse) -> None:
    add_code(white, "NEW")
    read = values(white, "NEW")
    edit(white, "NEW", description="First", lot_sales_outbound_tracking=True)
    asked = AskedChange(read, read | {"description": "Second"})
    with pytest.raises(RuleRefused) as refusal:
        white.write(
            lambda session: change_item_tracking_code(
                session, "NEW", asked, nowhere, change_by(white)
            )
        )
    assert (refusal.value.code, refusal.value.parameters) == (
        "CardChanged",
        {"count": 2},
    )
    assert changed_fields(read, values(white, "NEW")) == {
        "description": ("", "First"),
        "lot_sales_outbound_tracking": (False, True),
    }
    assert values(white, "NEW")["description"] == "First"


def test_each_changed_field_is_logged_with_its_caption(white: Warehouse) -> None:
    add_code(white, "NEW")
    edit(white, "NEW", description="Drills", strict_expiration_posting=True)
    edit(white, "NEW")
    with white.database.read() as session:
        row = find_item_tracking_code(session, "NEW")
        log = session.scalars(select(ChangeLogEntry).order_by(ChangeLogEntry.id)).all()
    assert [(entry.field_name, entry.old_value, entry.new_value) for entry in log] == [
        ("Code", "", "NEW"),
        ("Description", "", "Drills"),
        ("Strict Expiration Posting", "No", "Yes"),
        ("Use Expiration Dates", "No", "Yes"),
    ]
    assert {(entry.user_id, entry.changed_at) for entry in log} == {(white.by.user_id, MOMENT)}
    assert {(entry.table_name, entry.record_name) for entry in log} == {
        ("item_tracking_code", "NEW")
    }
    assert row is not None
    assert row.lock_version == 2
