"""Setting up put-away templates and their lines (docs/domain.md 6.12)."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from scanner_app.access.change_log import CardChanged
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.put_away_template import PutAwayTemplate, PutAwayTemplateLine
from scanner_app.warehouse.put_away_template_card import (
    TEMPLATE_FIELDS,
    TemplateLineContradicts,
    TemplateLineGone,
    TemplateLineTaken,
    card_of_template,
    list_every_line,
    list_lines,
)
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.record_refusals import (
    NameMissing,
    NameTaken,
    RecordInUse,
    RecordNotFound,
    RecordUnknown,
)
from scanner_app.warehouse.set_up_location import (
    card_of_location,
    change_location,
    list_location_cards,
)
from scanner_app.warehouse.set_up_put_away_template import (
    change_line,
    change_template,
    check_template,
    create_template,
    delete_line,
    delete_template,
    find_line,
    find_template,
)
from tests.builders import Warehouse
from tests.warehouse.place_cards import logged
from tests.warehouse.put_away_templates import (
    BELOW,
    BY,
    EMPTY,
    FIXED,
    FLOATING,
    SAME,
    UNIT,
    add_line,
    add_template,
)

SWITCHES = (FIXED, FLOATING, SAME, UNIT, BELOW, EMPTY)


def on(card: TextCard) -> set[str]:
    return {name for name in SWITCHES if card[name] == "Yes"}


def lines(white: Warehouse, code: str = "STD") -> dict[int, TextCard]:
    with white.database.read() as session:
        template = find_template(session, code)
        assert template is not None
        return {line.id: line.card for line in list_lines(session, template)}


def ask(white: Warehouse, line_id: int, read: TextCard, **fields: str) -> None:
    said = {"as_read": read, "typed": read | fields}
    white.write(lambda session: change_line(session, "STD", line_id, **said, change=BY))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (set(), {FLOATING}),
        ({FIXED}, {FIXED, SAME}),
        ({BELOW}, {FIXED, SAME, BELOW}),
        ({UNIT}, {FLOATING, SAME, UNIT}),
        ({FIXED, EMPTY}, {FIXED, SAME, EMPTY}),
        ({EMPTY, SAME}, {FLOATING, SAME, EMPTY}),
    ],
)
def test_a_line_keeps_what_follows_from_it(
    white: Warehouse, typed: set[str], kept: set[str]
) -> None:
    add_template(white, "STD", typed)
    [card] = lines(white).values()
    assert on(card) == kept
    assert card["line_no"] == "10000"


@pytest.mark.parametrize("both", [{FIXED, FLOATING}, {BELOW, FLOATING}, {BELOW, EMPTY}])
def test_what_no_bin_can_be_is_refused(white: Warehouse, both: set[str]) -> None:
    with pytest.raises(TemplateLineContradicts):
        add_template(white, "STD", both)


@pytest.mark.parametrize(
    "asked", [(), (FIXED, FLOATING), (FIXED,), (FLOATING, UNIT), (FLOATING, BELOW)]
)
def test_the_database_refuses_it_too(white: Warehouse, asked: tuple[str, ...]) -> None:
    add_template(white, "STD")

    def write(session: object) -> None:
        row = PutAwayTemplateLine(template_id=1, line_no=1, **dict.fromkeys(asked, True))
        session.add(row)  # type: ignore[attr-defined]

    with pytest.raises(IntegrityError):
        white.write(write)


def test_lines_stand_in_the_order_of_their_numbers(white: Warehouse) -> None:
    add_template(white, "STD", {FIXED})
    add_line(white, "STD", EMPTY, description="Empty ones")
    first = add_line(white, "STD", FLOATING, line_no="5")
    assert [card["line_no"] for card in lines(white).values()] == ["5", "10000", "20000"]
    with pytest.raises(TemplateLineTaken) as refused:
        add_line(white, "STD", line_no="5")
    assert refused.value.parameters == {"code": "STD", "line_no": "5"}
    ask(white, first, lines(white)[first], line_no="0")
    assert list(lines(white))[-1] == first
    with white.database.read() as session:
        assert [(line.code, line.card) for line in list_every_line(session)] == [
            ("STD", card) for card in lines(white).values()
        ]


def test_a_line_is_changed_and_goes(white: Warehouse) -> None:
    add_template(white, "STD", {FIXED})
    [(line_id, read)] = lines(white).items()
    ask(white, line_id, read, description="Its own bins")
    assert lines(white)[line_id]["description"] == "Its own bins"
    with pytest.raises(CardChanged):
        ask(white, line_id, read, description="Others")
    assert logged(white, "put_away_template", "STD")["Description"] == ("", "Its own bins")
    white.write(lambda session: delete_line(session, "STD", line_id, BY))
    assert lines(white) == {}
    with pytest.raises(TemplateLineGone):
        white.write(lambda session: delete_line(session, "STD", line_id, BY))


def test_a_template_is_made_changed_and_goes_with_its_lines(white: Warehouse) -> None:
    add_template(white, "STD", {FIXED}, {EMPTY})
    with pytest.raises(NameTaken):
        add_template(white, "STD")
    read = blank_card(TEMPLATE_FIELDS) | {"code": "STD"}
    typed = read | {"description": "Usual"}
    white.write(lambda session: change_template(session, "std", read, typed, BY))
    with white.database.read() as session:
        template = find_template(session, " std ")
        assert template is not None
        assert card_of_template(template) == typed
        assert find_template(session, "\x00") is None
        assert find_line(session, template, 99) is None
    white.write(lambda session: delete_template(session, "STD", BY))
    with white.database.read() as session:
        for table in (PutAwayTemplate, PutAwayTemplateLine):
            assert session.scalars(select(table)).all() == []
    with pytest.raises(RecordUnknown):
        white.write(lambda session: delete_template(session, "STD", BY))
    blank = blank_card(TEMPLATE_FIELDS)
    with pytest.raises(NameMissing):
        white.write(lambda session: create_template(session, blank, BY))


def test_a_template_that_is_said_stays(white: Warehouse) -> None:
    add_template(white, "STD")
    goods = white.add_item("LOT", put_away_template_code="STD")
    for record, place in ((white.location, "locations"), (goods.item, "items")):
        white.change(white.location, put_away_template_code="")
        white.change(record, put_away_template_code="STD")
        with pytest.raises(RecordInUse) as refused:
            white.write(lambda session: delete_template(session, "STD", BY))
        assert refused.value.parameters["place"] == place


def test_a_location_says_a_template_that_is_there(white: Warehouse) -> None:
    with white.database.read() as session:
        read = card_of_location(session, white.location)
    typed = read | {"put_away_template_code": "std"}

    def save(template: TextCard) -> None:
        white.write(lambda session: change_location(session, "WHITE", read, template, BY))

    with pytest.raises(RecordNotFound) as refused:
        save(typed)
    assert refused.value.parameters == {"field": "Put-away Template Code", "code": "STD"}
    add_template(white, "STD")
    save(typed)
    with white.database.read() as session:
        check_template(session, "Put-away Template Code", "")
        card = next(list_location_cards(session))
    assert card["put_away_template_code"] == "STD"
