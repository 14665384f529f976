"""The matrix of what a code asks for, where: it says what the switches say."""

from hypothesis import given
from hypothesis import strategies as st

from scanner_app.inventory.item_tracking_code import KINDS, EntryType, NumbersAsked
from scanner_app.inventory.item_tracking_code_fields import FIELDS, TEXT_FIELDS, Values, code_of
from scanner_app.inventory.item_tracking_code_requirements import requirements_of
from tests.inventory.test_item_tracking_code import FLOWS

CODES = st.fixed_dictionaries(
    {name: st.just("") if name in TEXT_FIELDS else st.booleans() for name in FIELDS}
)


def asked(values: Values, *suffixes: str) -> NumbersAsked:
    return NumbersAsked(
        *(any(bool(values[f"{kind}_{suffix}"]) for suffix in suffixes) for kind in KINDS)
    )


@given(CODES)
def test_each_flow_asks_for_what_its_switches_say(values: Values) -> None:
    for row in requirements_of(code_of(values)):
        if row.entry_type is None:
            continue
        flow = FLOWS[row.entry_type, row.inbound is not False]
        assert row.numbers == asked(values, "specific_tracking", flow)
        directions = {True: ["inbound"], False: ["outbound"], None: ["inbound", "outbound"]}
        cards = [f"info_{direction}_must_exist" for direction in directions[row.inbound]]
        assert row.cards == asked(values, *cards)


@given(CODES)
def test_warehouse_work_stands_last_and_asks_by_warehouse_tracking_only(values: Values) -> None:
    last = requirements_of(code_of(values))[-1]
    assert (last.entry_type, last.inbound) == (None, None)
    assert last.numbers == asked(values, "warehouse_tracking")
    assert not last.cards


def test_every_flow_stands_once_and_a_transfer_has_no_direction() -> None:
    rows = requirements_of(code_of(dict.fromkeys(FIELDS, False)))
    flows = [(row.entry_type, row.inbound) for row in rows]
    assert len(flows) == len(set(flows)) == 10
    assert (EntryType.TRANSFER, None) in flows
