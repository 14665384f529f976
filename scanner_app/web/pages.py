"""Pages: which of the pages a user may open, where they stand, and which answer to a query.

This module must never open what a user may not.
"""

from dataclasses import dataclass

from flask import current_app, request

from scanner_app.inventory.item_word import words_of
from scanner_app.web.kept_session import SignedInUser
from scanner_app.web.page_entry import PageEntry, Shelf
from scanner_app.web.page_list import MENU, PAGES, SET_UP, TELL_ME
from scanner_app.web.sessions import signed_in_user
from scanner_app.web.texts import gettext

EXACT, EXACT_SYNONYM, BEGINS, HAS_WORDS, SYNONYM_BEGINS, SYNONYM_HAS_WORDS = range(6)
OF_SYNONYM = {EXACT: EXACT_SYNONYM, BEGINS: SYNONYM_BEGINS, HAS_WORDS: SYNONYM_HAS_WORDS}


@dataclass(frozen=True)
class FoundPage:
    """A page that answers to what was typed; `by` is the synonym it answers to."""

    entry: PageEntry
    by: str = ""


def navigation() -> list[PageEntry]:
    """The ways that are open to the user, in their fixed order."""
    return [entry for entry in _open_pages() if entry.in_menu and entry.shelf is None]


def set_up_pages() -> dict[Shelf, list[PageEntry]]:
    """What the user may set up, shelf by shelf."""
    shelves: dict[Shelf, list[PageEntry]] = {shelf: [] for shelf in Shelf}
    for entry in _open_pages():
        if entry.shelf is not None:
            shelves[entry.shelf].append(entry)
    return {shelf: entries for shelf, entries in shelves.items() if entries}


def is_current(entry: PageEntry) -> bool:
    """Whether the page at hand belongs to a way of the navigation."""
    if request.endpoint == MENU:
        return False
    if entry.endpoint == SET_UP and any(_leads_here(page) for page in PAGES if page.shelf):
        return True
    return _leads_here(entry)


def _leads_here(entry: PageEntry) -> bool:
    """Whether the page at hand is of the family of an entry, or below its address."""
    family = entry.endpoint.partition(".")[0]
    here = f"{request.script_root}{request.path}"
    return request.blueprint == family or here.startswith(f"{entry.address}/")


def find_pages(query: str) -> list[FoundPage]:
    """The open pages that answer to the words of a query, best first, else in their order."""
    words = words_of(query)
    ranked = [
        (rank, FoundPage(entry, by))
        for entry in _open_pages()
        if entry.endpoint != TELL_ME
        for rank, by in _answers(entry, words)[:1]
    ]
    return [found for _, found in sorted(ranked, key=lambda pair: pair[0])]


def may_open(user: SignedInUser | None, endpoint: str) -> bool:
    """Whether the page is part of the app and its door lets the user in."""
    view = current_app.view_functions.get(endpoint)
    if user is None or view is None:
        return False
    return user.is_supervisor or not getattr(view, "supervisor_only", False)


def _open_pages() -> list[PageEntry]:
    user = signed_in_user()
    return [
        entry
        for entry in PAGES
        if may_open(user, entry.endpoint) and may_open(user, entry.done_by or entry.endpoint)
    ]


def _answers(entry: PageEntry, words: list[str]) -> list[tuple[int, str]]:
    """How well the title and the synonyms answer, best first."""
    title, synonyms = gettext(entry.title), [gettext(synonym) for synonym in entry.synonyms]
    found = [(rank, "") for rank in [_rank(words_of(title), words)] if rank is not None]
    for synonym in synonyms:
        rank = _rank(words_of(synonym), words)
        if rank is not None:
            found.append((OF_SYNONYM[rank], synonym))
    return sorted(found)


def _rank(name: list[str], words: list[str]) -> int | None:
    if not words or not all(any(part.startswith(word) for part in name) for word in words):
        return None
    if name == words:
        return EXACT
    last = len(words) - 1
    begins = name[:last] == words[:last] and name[last].startswith(words[last])
    return BEGINS if begins else HAS_WORDS
