"""Tell Me: type what you look for, and open the page, document, item or bin that is meant.

Business Central's search of the same name. Without a script it is a page of its own; with one,
the dialog of templates/tell_me/_dialog.html asks it for a part while somebody types.

This module must never show what the user may not open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for

from scanner_app.code_index import CodeKind
from scanner_app.inventory.location import Location, work_date_of
from scanner_app.scanning.tell_me import (
    RECORDS_SHOWN_MAX,
    NamedRecord,
    NamedRecords,
    Reach,
    named_bins,
    named_documents,
    named_items,
)
from scanner_app.scanning.words_of_candidates import WORD_OF_KIND
from scanner_app.web.current import (
    asked_by_htmx,
    current_location,
    current_locations,
    now,
    reading,
)
from scanner_app.web.pages import FoundPage, find_pages, may_open
from scanner_app.web.scan_places import address_of_goto
from scanner_app.web.sessions import signed_in_user
from scanner_app.web.texts import gettext

blueprint = Blueprint("tell_me", __name__)

QUERY_LENGTH_MAX = 512
WORDS_MAX = 8
# The page that has the documents of a kind: who may open it may find them.
PAGE_OF_DOCUMENTS = {
    CodeKind.PUT_AWAY: "put_aways.show",
    CodeKind.PICK: "picks.show",
    CodeKind.COUNT: "counts.show",
    CodeKind.RECEIPT: "receiving.show",
    CodeKind.SHIPMENT: "document_pages.show",
}
ICONS = {
    CodeKind.RECEIPT: "box",
    CodeKind.SHIPMENT: "box",
    CodeKind.ITEM: "box",
}


@dataclass(frozen=True)
class Result:
    """One line that can be opened."""

    title: str
    hint: str
    address: str
    icon: str


@dataclass(frozen=True)
class Group:
    """The first results of one kind, and whether there are more."""

    title: str
    results: tuple[Result, ...]
    more: bool


@blueprint.get("/tell-me")
def show() -> str:
    """What answers to the query: a part for the dialog, else the whole page."""
    query = clean_query(request.args.get("q", ""))
    groups = find_all(query) if query else []
    template = "tell_me/_results.html" if asked_by_htmx() else "tell_me/show.html"
    count = sum(len(group.results) for group in groups)
    more = any(group.more for group in groups)
    return render_template(template, query=query, groups=groups, count=count, more=more)


def clean_query(text: str) -> str:
    """What was typed, cut, in one line of few words, without what cannot be printed or seen."""
    cut = text[:QUERY_LENGTH_MAX]
    words = "".join(c if c.isprintable() else " " for c in cut).split()
    return " ".join(words[:WORDS_MAX])


def find_all(query: str) -> list[Group]:
    """Pages, then documents, items and bins of the location at hand; kinds without any left out."""
    pages = find_pages(query)
    groups = [
        Group(
            gettext("Pages"),
            tuple(_page_result(page) for page in pages[:RECORDS_SHOWN_MAX]),
            len(pages) > RECORDS_SHOWN_MAX,
        )
    ]
    locations = current_locations()
    if (reach := _reach(locations)) is not None:
        session, codes = reading(), {location.id: location.code for location in locations}
        groups += [
            _group(gettext("Documents"), named_documents(session, query, reach), codes),
            _group(gettext("Items"), named_items(session, query, reach), codes),
            _group(gettext("Bins"), named_bins(session, query, reach), codes),
        ]
    return [group for group in groups if group.results]


def _reach(locations: Sequence[Location]) -> Reach | None:
    """What the user may open; nothing has a page for somebody without a location."""
    location, user = current_location(), signed_in_user()
    if location is None:
        return None
    return Reach(
        location_id=location.id,
        location_ids=tuple(place.id for place in locations),
        document_kinds=tuple(
            kind for kind, endpoint in PAGE_OF_DOCUMENTS.items() if may_open(user, endpoint)
        ),
        day=work_date_of(location, now()),
    )


def _page_result(page: FoundPage) -> Result:
    return Result(gettext(page.entry.title), page.by, page.entry.address, page.entry.icon)


def _group(title: str, records: NamedRecords, location_codes: dict[int, str]) -> Group:
    return Group(title, tuple(_results(records.rows, location_codes)), records.more)


def _results(rows: Iterable[NamedRecord], location_codes: dict[int, str]) -> Iterable[Result]:
    for row in rows:
        icon = ICONS.get(row.kind, row.kind.value)
        if row.key:
            address = url_for("look_up.show", code=row.code, key=row.key)
            yield Result(row.code, row.description, address, icon)
        else:
            place = location_codes.get(row.location_id or 0, "")
            hint = f"{gettext(WORD_OF_KIND[row.kind])} {place}"
            address = address_of_goto(f"{row.kind.value}/{row.code}")
            yield Result(row.code, hint.strip(), address, icon)
