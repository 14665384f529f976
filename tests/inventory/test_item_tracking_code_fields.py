"""The fields of the card, and drafts of them: whatever is edited, the rules hold."""

from hypothesis import given
from hypothesis import strategies as st

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_tracking_code import KINDS, ItemTrackingCode
from scanner_app.inventory.item_tracking_code_fields import (
    FIELDS,
    FLOWS_OF_KIND,
    NAMES_BY_CAPTION,
    TEXT_FIELDS,
    Values,
    blank_values,
    code_of,
    values_of,
    written,
)
from scanner_app.inventory.item_tracking_code_setup import changed_fields, follow_edits

SWITCHES = sorted(FIELDS.keys() - TEXT_FIELDS.keys())
EDITS = st.dictionaries(st.sampled_from(SWITCHES), st.booleans(), max_size=6)


def test_every_field_of_the_table_stands_on_the_card_under_a_caption_of_its_own() -> None:
    of_the_table = {column.name for column in ItemTrackingCode.__table__.columns}
    assert of_the_table - {"id", "code", "lock_version"} == FIELDS.keys()
    assert len(NAMES_BY_CAPTION) == len(FIELDS)
    assert values_of(code_of(blank_values())) == blank_values()
    assert all(len(caption) <= 63 for caption in NAMES_BY_CAPTION)
    assert (written("x"), written(True), written(False)) == ("x", "Yes", "No")  # noqa: FBT003


@given(st.lists(EDITS, max_size=6))
def test_whatever_is_edited_the_draft_is_one_that_can_be_written(edits: list[Values]) -> None:
    """Every draft that the rules agree to keeps what they promise about the switches."""
    draft = blank_values()
    for some in edits:
        try:
            draft = follow_edits(draft, some)
        except RuleRefused:
            continue
        for kind in KINDS:
            specific = draft[f"{kind}_specific_tracking"]
            assert specific or not draft[f"{kind}_warehouse_tracking"]
            assert not specific or all(draft[flow] for flow in FLOWS_OF_KIND[kind])


@given(EDITS)
def test_edits_that_say_what_is_there_change_nothing(edits: Values) -> None:
    assert follow_edits(blank_values(), blank_values()) == blank_values()
    unchanged: Values = dict.fromkeys(edits, False)
    assert changed_fields(blank_values(), follow_edits(blank_values(), unchanged)) == {}
