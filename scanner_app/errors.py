"""Refusals: how the warehouse says no, with the reason and the way out.

A rule that does not hold raises its own subclass of `RuleRefused`, declared beside the rule.
The class carries the two sentences a worker reads, the instance the values they speak of.
Sentences are marked with `N_` here and translated only in `web/`: a refusal is stored with a
scan as its class name and values, and is read back years later in whatever language is asked.

This module must never format for a language, and never import anything but the standard library.
"""

from datetime import date
from decimal import Decimal
from typing import ClassVar

Parameter = str | int | Decimal | date


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a text for translation and return it unchanged."""
    return text


class InvariantBroken(Exception):
    """Something that the code promises did not hold: a fault of ours, never of the user."""


class RuleRefused(Exception):
    """A rule of docs/domain.md said no.

    Subclasses set `message` and `way_out`, with `{named}` places filled from the keyword
    arguments. `field` names the domain's field that was at fault, where there is one.
    """

    message: ClassVar[str] = ""
    way_out: ClassVar[str] = ""
    field: ClassVar[str] = ""
    by_code: ClassVar[dict[str, type["RuleRefused"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.__name__ in RuleRefused.by_code:
            raise InvariantBroken(f"two refusals are called {cls.__name__}")
        RuleRefused.by_code[cls.__name__] = cls

    def __init__(self, **parameters: Parameter) -> None:
        super().__init__(type(self).__name__)
        self.parameters = parameters

    @property
    def code(self) -> str:
        """The name under which the refusal is stored and found again."""
        return type(self).__name__

    def __str__(self) -> str:
        """Both sentences in English, for logs and the command line."""
        return f"{self.message} {self.way_out}".strip().format(**self.parameters)
