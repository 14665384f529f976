"""Every sentence of the room can be said, and an outcome is the same after it was stored."""

import ast
import json
import string
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app import scanning
from scanner_app.errors import InvariantBroken, Parameter, RuleRefused
from scanner_app.scanning.document_work import NotOnDocument
from scanner_app.scanning.outcomes import (
    SENTENCES,
    TONES,
    Choice,
    Outcome,
    Result,
    from_json,
    refused,
    to_json,
)

SOURCES = sorted(Path(scanning.__path__[0]).glob("*.py"))
PARAMETERS = st.one_of(
    st.text(),
    st.integers(),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False, places=5),
)


def places_of(*texts: str) -> set[str]:
    """The named places of sentences."""
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@cache
def nodes() -> list[tuple[str, ast.AST]]:
    """Every node of the sources of the room, with the file it stands in."""
    return [
        (path.name, node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    ]


@cache
def calls() -> dict[str, list[tuple[str, ast.Call]]]:
    """Every call in the room by the name that is called, with where it stands."""
    found = defaultdict(list)
    for file, node in nodes():
        if isinstance(node, ast.Call):
            found[ast.unparse(node.func)].append((f"{file}:{node.lineno}", node))
    return found


def literals() -> set[str]:
    """Every text that stands in the room outside of the table of sentences."""
    return {
        node.value
        for file, node in nodes()
        if file != "outcomes.py" and isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@given(st.dictionaries(st.text(min_size=1), PARAMETERS), st.text())
def test_an_outcome_is_the_same_after_it_was_stored_as_json(
    parameters: dict[str, Parameter], words: str
) -> None:
    outcome = Outcome("Placed", parameters, (Choice("serial:1:0:0", words),), "pick/PI-00001")
    assert from_json(json.loads(json.dumps(to_json(outcome)))) == outcome


def test_quantities_and_dates_stay_apart_from_texts_that_look_like_them() -> None:
    parameters: dict[str, Parameter] = {
        "quantity": Decimal("0.00001"),
        "typed": "0.00001",
        "ended": date(2026, 2, 28),
        "words": "2026-02-28",
        "lines": 3,
    }
    kept = from_json(json.loads(json.dumps(to_json(Outcome("Placed", parameters)))))
    assert {name: type(value) for name, value in kept.parameters.items()} == {
        "quantity": Decimal,
        "typed": str,
        "ended": date,
        "words": str,
        "lines": int,
    }


def test_a_stored_outcome_with_anything_else_in_it_is_a_fault() -> None:
    stored = to_json(Outcome("Placed")) | {"parameters": {"what": ["a", "list"]}}
    with pytest.raises(InvariantBroken, match="a stored refusal holds"):
        from_json(stored)


def test_a_stored_code_that_no_sentence_has_is_a_fault() -> None:
    kept = from_json(to_json(Outcome("Placed")) | {"code": "NeverSaid"})
    with pytest.raises(InvariantBroken, match="no sentence is called NeverSaid"):
        _ = kept.said


def test_a_refusal_becomes_an_outcome_with_its_own_words() -> None:
    outcome = refused(NotOnDocument(what="2010", document_no="PI-00001"))
    assert (outcome.code, outcome.result) == ("NotOnDocument", Result.REFUSED)
    assert outcome.said.message == NotOnDocument.message
    assert outcome.parameters == {"what": "2010", "document_no": "PI-00001"}


@pytest.mark.parametrize(
    ("code", "result", "tone"),
    [
        ("Placed", Result.ACCEPTED, "ok"),
        ("AlreadyTaken", Result.ATTENTION, "warn"),
        ("Choose", Result.CHOOSE, "warn"),
        ("NotOnDocument", Result.REFUSED, "stop"),
        ("ScanReused", Result.CONFLICT, "stop"),
    ],
)
def test_only_what_was_accepted_lets_the_scans_behind_it_go_on(
    code: str, result: Result, tone: str
) -> None:
    outcome = Outcome(code)
    assert (outcome.result, outcome.tone) == (result, tone)
    assert outcome.stops is (code != "Placed")


def test_every_result_has_a_tone() -> None:
    assert set(TONES) == set(Result)


def test_every_outcome_that_the_room_makes_has_a_sentence() -> None:
    made = [
        (place, call.args[0].value)
        for place, call in calls()["Outcome"]
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert len(made) > 10
    assert [(place, code) for place, code in made if code not in SENTENCES] == []


def test_every_sentence_is_said_somewhere() -> None:
    assert set(SENTENCES) - literals() == set()


def test_every_outcome_fills_the_places_of_its_sentence() -> None:
    for place, call in calls()["Outcome"]:
        if len(call.args) < 2 or not isinstance(call.args[0], ast.Constant):
            continue
        said = SENTENCES[str(call.args[0].value)]
        if isinstance(call.args[1], ast.Dict) and None not in call.args[1].keys:
            given_names = {key.value for key in call.args[1].keys if isinstance(key, ast.Constant)}
            assert places_of(said.message, said.way_out) <= given_names, place


def test_every_refusal_of_the_room_fills_the_places_of_its_sentences() -> None:
    checked = 0
    for code, refusal in RuleRefused.by_code.items():
        for place, call in calls().get(code, []):
            given_names = {keyword.arg for keyword in call.keywords}
            assert places_of(refusal.message, refusal.way_out) <= given_names, place
            checked += 1
    assert checked > 15
