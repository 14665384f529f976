"""Page Entry: one way to a page, and the shelf of the page Set-up on which it may stand.

This module must never list the ways: that is `page_list`.
"""

import enum
from dataclasses import dataclass

from flask import url_for

from scanner_app.errors import N_


class Shelf(enum.StrEnum):
    """Where on the page Set-up a way stands."""

    ITEMS = N_("Items and their numbers")
    PLACES = N_("Places")
    PEOPLE = N_("People")
    COMPANY = N_("The whole warehouse")


@dataclass(frozen=True)
class PageEntry:
    """One way to a page, shown once that page is part of the app.

    Attributes:
        icon: a name in static/icons/sprite.svg.
        synonyms: what else it is called, above all in Business Central.
        anchor: the place on the page where an action is.
        done_by: the endpoint that does the action, where that is open to fewer people.
        in_menu: whether the navigation shows it too.
        shelf: where the page Set-up shows it, which the navigation then shows instead of it.
        says: what is set up there.
    """

    endpoint: str
    icon: str
    title: str
    synonyms: tuple[str, ...] = ()
    anchor: str = ""
    done_by: str = ""
    in_menu: bool = True
    shelf: Shelf | None = None
    says: str = ""

    @property
    def address(self) -> str:
        """Where it leads."""
        return url_for(self.endpoint, _anchor=self.anchor or None)
