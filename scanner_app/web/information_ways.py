"""The ways to the pages of information cards: each kind has a family of pages of its own.

This module must never draw a page.
"""

from scanner_app.inventory.tracking_information import NumberKind


def family_of(kind: NumberKind) -> str:
    """The name of the pages of a kind, such as lot_no_information."""
    return f"{kind.value.lower()}_no_information"


def endpoint_of(kind: NumberKind, view: str) -> str:
    """One of the pages of a kind, for `url_for`."""
    return f"{family_of(kind)}.{view}"
