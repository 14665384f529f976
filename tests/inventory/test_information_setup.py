"""Setting up information cards (docs/domain.md 2.13)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.access.change_log import CardChanged
from scanner_app.errors import RuleRefused
from scanner_app.inventory.information_card import blank_card, captions_of
from scanner_app.inventory.information_refusals import (
    InformationBlocked,
    InformationDemanded,
    InformationTaken,
    InformationUnknown,
)
from scanner_app.inventory.information_setup import CODE_LENGTHS, COMMENT_LENGTH, read_card
from scanner_app.inventory.item import ItemVariant
from scanner_app.inventory.tracking_information import NumberKind
from tests.builders import Warehouse
from tests.inventory.information_cards import (
    add,
    block,
    card,
    edit,
    logged,
    refused,
    remove,
    save,
)
from tests.inventory.test_tracking_information import ALL
from tests.warehouse.masters import Goods

LOT = NumberKind.LOT
OWN_FIELDS = {
    NumberKind.SERIAL: {},
    NumberKind.LOT: {"test_quality": "Average", "certificate_number": "CERT-7"},
    NumberKind.PACKAGE: {"country_region_code": "DE", "certificate_number": "CERT-7"},
}


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("LOT", "serial", "lot", "package")


@pytest.mark.parametrize("kind", NumberKind)
def test_a_card_says_what_was_typed(white: Warehouse, goods: Goods, kind: NumberKind) -> None:
    own = OWN_FIELDS[kind]
    typed = {"description": " Lids leak ", "comment": " see the mail ", "blocked": "Yes"}
    card_id = add(
        white,
        kind,
        "lot",
        " n-1 ",
        **typed,
        **{k: v.lower() for k, v in own.items()}
        | ({"test_quality": "Average"} if "test_quality" in own else {}),
    )
    said = card(white, kind, card_id)
    assert (
        said
        == {
            "item_no": "LOT",
            "variant_code": "",
            "number": "N-1",
            "description": "Lids leak",
            "blocked": "Yes",
            "comment": "see the mail",
        }
        | own
    )
    assert list(said) == list(captions_of(kind))


@pytest.mark.parametrize("kind", NumberKind)
def test_every_field_of_a_new_card_is_in_the_change_log(
    white: Warehouse, goods: Goods, kind: NumberKind
) -> None:
    card_id = add(white, kind, "LOT", "N1", description="Old stock", **OWN_FIELDS[kind])
    said = card(white, kind, card_id)
    named = captions_of(kind)
    assert logged(white, kind, said) == [
        (named[name], "", value) for name, value in said.items() if value
    ]


def test_a_card_of_a_number_that_nobody_has_may_be_made(white: Warehouse, goods: Goods) -> None:
    """A delivery is announced: its serial nos. are described before they come."""
    card_id = add(white, NumberKind.SERIAL, "LOT", "EXPECTED-1")
    assert white.in_ledger(goods) == {}
    assert card(white, NumberKind.SERIAL, card_id)["number"] == "EXPECTED-1"


def test_a_card_belongs_to_a_variant(white: Warehouse, goods: Goods) -> None:
    white.write(lambda session: session.add(ItemVariant(item_id=goods.id, code="RED")))
    first, second = add(white, LOT, "LOT", "N1"), add(white, LOT, "LOT", "N1", variant_code="red")
    assert first != second
    assert card(white, LOT, second)["variant_code"] == "RED"
    assert "no variant BLUE" in refused(
        white, LOT, "InformationVariantUnknown", variant_code="BLUE"
    )


@pytest.mark.parametrize("kind", NumberKind)
def test_a_number_has_one_card(white: Warehouse, goods: Goods, kind: NumberKind) -> None:
    add(white, kind, "LOT", "N1")
    said = refused(white, kind, InformationTaken.__name__)
    assert f"{kind.value} No. N1 of item LOT already" in said
    other = white.add_item("OTHER", "lot")
    assert add(white, kind, other.item.no, "N1")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("CardFieldEmpty", {"item_no": " "}),
        ("CardFieldEmpty", {"number": ""}),
        ("FieldTooLong", {"number": "X" * 51}),
        ("FieldTooLong", {"certificate_number": "X" * 21}),
        ("FieldTooLong", {"certificate_number": "ß" * 11}),
        ("FieldNotReadable", {"number": "A\x00B"}),
        ("FieldNotReadable", {"comment": "A\u202eB"}),
        ("FieldTooLong", {"comment": "x" * 251}),
        ("DescriptionTooLong", {"description": "x" * 101}),
        ("InformationItemUnknown", {"item_no": "NOPE"}),
        ("QualityUnknown", {"test_quality": "Superb"}),
    ],
)
def test_what_cannot_stand_on_a_card_is_refused(
    white: Warehouse, goods: Goods, name: str, fields: dict[str, str]
) -> None:
    refused(white, LOT, name, **fields)
    assert logged(white, LOT, blank_card(LOT) | {"item_no": "LOT", "number": "N1"}) == []


@given(
    st.dictionaries(
        st.sampled_from(list(captions_of(NumberKind.PACKAGE))),
        st.text(st.characters() | st.characters(categories=["Cc", "Cf", "Cs"]), max_size=300),
    )
)
def test_whatever_is_typed_is_kept_within_its_field_or_refused(typed: dict[str, str]) -> None:
    kind = NumberKind.PACKAGE
    usual = {"item_no": "LOT", "number": "N1"}
    try:
        read = read_card(kind, blank_card(kind) | usual | typed)
    except RuleRefused:
        return
    assert all(len(read[name]) <= length for name, length in CODE_LENGTHS.items())
    assert len(read["comment"]) <= COMMENT_LENGTH
    assert all(value.isprintable() and value == value.strip() for value in read.values())
    assert read_card(kind, read) == read


def test_a_change_is_logged_field_by_field(white: Warehouse, goods: Goods) -> None:
    card_id = add(white, LOT, "LOT", "N1")
    edit(white, LOT, card_id, blocked="Yes", test_quality="Bad", comment="Lids leak")
    assert logged(white, LOT, card(white, LOT, card_id))[-3:] == [
        ("Test Quality", "", "Bad"),
        ("Blocked", "No", "Yes"),
        ("Comment", "", "Lids leak"),
    ]
    before = len(logged(white, LOT, card(white, LOT, card_id)))
    edit(white, LOT, card_id, comment=" Lids leak ")
    assert len(logged(white, LOT, card(white, LOT, card_id))) == before


def test_a_number_is_not_renamed_on_its_card(white: Warehouse, goods: Goods) -> None:
    card_id = add(white, LOT, "LOT", "N1")
    edit(white, LOT, card_id, number="N2", item_no="OTHER", description="Other")
    said = card(white, LOT, card_id)
    assert (said["item_no"], said["number"], said["description"]) == ("LOT", "N1", "Other")


def test_a_second_editor_is_told_what_changed(white: Warehouse, goods: Goods) -> None:
    card_id = add(white, LOT, "LOT", "N1")
    read = card(white, LOT, card_id)
    edit(white, LOT, card_id, blocked="Yes", certificate_number="C-1")
    with pytest.raises(CardChanged) as refusal:
        save(white, LOT, card_id, read, description="Mine")
    assert refusal.value.parameters["count"] == 2
    assert card(white, LOT, card_id)["description"] == ""


def test_two_cards_whose_keys_read_alike_have_their_own_log(white: Warehouse) -> None:
    white.add_item("A", "lot")
    white.add_item("A B", "lot")
    first, second = add(white, LOT, "A", "B C"), add(white, LOT, "A B", "C")
    assert [row[2] for row in logged(white, LOT, card(white, LOT, first))][:2] == ["A", "B C"]
    assert [row[2] for row in logged(white, LOT, card(white, LOT, second))][:2] == ["A B", "C"]


@pytest.mark.parametrize("kind", NumberKind)
def test_a_card_that_nothing_stands_against_is_deleted(
    white: Warehouse, goods: Goods, kind: NumberKind
) -> None:
    white.stock(goods, "A", 1, ALL)
    card_id = add(white, kind, "LOT", "N1")
    said = card(white, kind, card_id)
    remove(white, kind, card_id)
    assert logged(white, kind, said)[-1][1:] == ("N1", "")
    for gone in (remove, edit_gone):
        with pytest.raises(InformationUnknown):
            gone(white, kind, card_id)


def edit_gone(white: Warehouse, kind: NumberKind, card_id: int) -> None:
    save(white, kind, card_id, blank_card(kind))


def test_a_blocked_card_is_not_deleted(white: Warehouse, goods: Goods) -> None:
    """Its number would be free, and the change log would not say who freed it."""
    card_id = block(white, LOT, "LOT", "N1")
    with pytest.raises(InformationBlocked):
        remove(white, LOT, card_id)
    edit(white, LOT, card_id, blocked="No")
    remove(white, LOT, card_id)


@pytest.mark.parametrize("direction", ["inbound", "outbound"])
@pytest.mark.parametrize("kind", NumberKind)
def test_a_card_that_the_code_asks_for_stays_once_its_number_was_posted(
    white: Warehouse, kind: NumberKind, direction: str
) -> None:
    asks: dict[str, Any] = {f"{kind.value.lower()}_info_{direction}_must_exist": True}
    goods = white.add_item("ASKS", "serial", "lot", "package", **asks)
    number = ALL.as_tuple()[list(NumberKind).index(kind)]
    kept, free = add(white, kind, "ASKS", number), add(white, kind, "ASKS", "NEVER-POSTED")
    white.stock(goods, "A", 1, ALL)
    with pytest.raises(InformationDemanded) as refusal:
        remove(white, kind, kept)
    assert refusal.value.parameters == {"code": "ASKS", "number": number}
    remove(white, kind, free)


def test_a_card_of_an_item_without_a_code_is_deleted(white: Warehouse) -> None:
    white.add_item("PLAIN")
    remove(white, LOT, add(white, LOT, "PLAIN", "N1"))


def test_a_card_that_was_deleted_while_it_was_opened_is_not_there(
    white: Warehouse, goods: Goods
) -> None:
    card_id = add(white, LOT, "LOT", "N1")
    read = card(white, LOT, card_id)
    remove(white, LOT, card_id)
    with pytest.raises(InformationUnknown):
        save(white, LOT, card_id, read)
