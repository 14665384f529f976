"""The ways to the pages of item journals: each template has the same families of pages of its own.

One set of views serves both; the address says which journal is meant.

This module must never know a rule of the journals.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from flask import Blueprint, Flask, request, url_for
from werkzeug.exceptions import NotFound

from scanner_app.errors import N_
from scanner_app.inventory.item_journal import ItemJournalTemplate
from scanner_app.warehouse.set_up_item_journal_batch import find_item_journal_batch
from scanner_app.web.current import reading
from scanner_app.web.texts import gettext

RECLASSIFICATION = "reclassification_"
TITLES = {
    ItemJournalTemplate.ITEM: N_("Item Journal"),
    ItemJournalTemplate.TRANSFER: N_("Item Reclassification Journal"),
}

BATCHES = {
    ItemJournalTemplate.ITEM: N_("Item Journal Batches"),
    ItemJournalTemplate.TRANSFER: N_("Item Reclassification Journal Batches"),
}


class Family(Protocol):
    """A module of pages."""

    blueprint: Blueprint


def template_here() -> ItemJournalTemplate:
    """The template whose pages are asked."""
    is_transfer = (request.blueprint or "").startswith(RECLASSIFICATION)
    return ItemJournalTemplate.TRANSFER if is_transfer else ItemJournalTemplate.ITEM


def title_here() -> str:
    """What the journal is called, in the reader's language."""
    return gettext(TITLES[template_here()])


def title_of_batches_here() -> str:
    """What the list of its batches is called."""
    return gettext(BATCHES[template_here()])


def address_of(endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as `url_for`
    """The address of a page of the journal at hand, by its endpoint in the item journal."""
    is_transfer = template_here() is ItemJournalTemplate.TRANSFER
    return url_for(f"{RECLASSIFICATION if is_transfer else ''}{endpoint}", **values)


def initialise_item_journals(app: Flask, families: Iterable[Family]) -> None:
    """Serve each family twice: as that of the item journal, and of item reclassifications."""
    names = set()
    for family in families:
        blueprint = family.blueprint
        prefix = (blueprint.url_prefix or "").replace(
            "item-journal", "item-reclassification-journal"
        )
        app.register_blueprint(blueprint)
        app.register_blueprint(
            blueprint, name=f"{RECLASSIFICATION}{blueprint.name}", url_prefix=prefix
        )
        names |= {blueprint.name, f"{RECLASSIFICATION}{blueprint.name}"}

    @app.before_request
    def keep_journals_apart() -> None:
        if request.blueprint in names and request.method == "POST":
            _check_batch_is_of_journal(str((request.view_args or {}).get("name", "")))

    app.jinja_env.globals.update(
        item_journal_address=address_of,
        item_journal_title=title_here,
        item_journal_batches_title=title_of_batches_here,
    )


def _check_batch_is_of_journal(name: str) -> None:
    """A name that stands for nothing is the verb's to refuse."""
    batch = find_item_journal_batch(reading(), name)
    if batch is not None and batch.template is not template_here():
        raise NotFound
