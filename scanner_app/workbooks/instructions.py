"""Instructions: what a workbook says about itself to whoever fills it in.

This module must never say what a column is for: each column says that of itself.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Instructions:
    """What the sheet of instructions says.

    Attributes:
        title: its first line.
        sentences: how the lines are filled in.
        facts: values by caption, which reading the workbook gives back.
    """

    title: str
    sentences: tuple[str, ...]
    facts: dict[str, str]
