"""Stored refusals: a refusal as JSON, named by its code and put into words where it is shown.

A refusal that outlives its request, of a scan, a job or a row of a file, is kept so.

This module must never know what a refusal means.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from scanner_app.errors import InvariantBroken, Parameter, RuleRefused


def refusal_to_json(refusal: RuleRefused) -> dict[str, Any]:
    """A refusal as it is stored."""
    return {"code": refusal.code, "parameters": parameters_to_json(refusal.parameters)}


def refusal_from_json(stored: Mapping[str, Any]) -> RuleRefused:
    """A stored refusal, which may be raised again."""
    return RuleRefused.by_code[stored["code"]](**parameters_from_json(stored["parameters"]))


def parameters_to_json(parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    """Values as JSON: it knows no exact quantity and no date, so a tag keeps them from text."""
    return {name: _tagged(value) for name, value in parameters.items()}


def parameters_from_json(stored: Mapping[str, Any]) -> dict[str, Parameter]:
    """Stored values, with exact quantities and dates again."""
    return {name: _untagged(value) for name, value in stored.items()}


def _tagged(value: Parameter) -> str | int | dict[str, str]:
    if isinstance(value, Decimal):
        return {"quantity": str(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value


def _untagged(value: Any) -> Parameter:  # noqa: ANN401 - as JSON gives it back
    if isinstance(value, dict):
        if "quantity" in value:
            return Decimal(value["quantity"])
        return date.fromisoformat(value["date"])
    if isinstance(value, (str, int)):
        return value
    raise InvariantBroken(f"a stored refusal holds {value!r}")
