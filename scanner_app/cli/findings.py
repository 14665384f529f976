"""Finding: one thing that the doctor looked at.

This module must never look at anything itself.
"""

import enum
from dataclasses import dataclass


class State(enum.StrEnum):
    """How well a thing does: `missing` stops the work, `attention` narrows it."""

    OK = "ok"
    ATTENTION = "attention"
    MISSING = "missing"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it does, and the way out where it does not do well."""

    name: str
    state: State
    found: str
    remedy: str = ""
