"""Configuration Packages: the list, the page on which one is worked with, and its card.

This module must never know what a table holds, nor read or write a file.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.configuration.configuration_package import (
    ConfigurationPackage,
    ConfigurationPackageTable,
    PackageTableState,
)
from scanner_app.configuration.package_errors import count_errors, list_errors
from scanner_app.configuration.package_table import ROWS_MAX, PackageTable
from scanner_app.configuration.package_tables import TABLES
from scanner_app.configuration.set_up_package import (
    CODE_LENGTH,
    FIELDS,
    TABLE,
    TABLES_TAB,
    card_of_package,
    change_package,
    create_package,
    delete_package,
    find_package,
    tables_of,
)
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.text_card import YES, TextCard
from scanner_app.warehouse.record_card import blank_card
from scanner_app.web.address_numbers import asked_number
from scanner_app.web.cards import said
from scanner_app.web.current import change_by_user, reading
from scanner_app.web.package_runs import run_of
from scanner_app.web.posting_once import post_once
from scanner_app.web.record_cards import (
    RecordCard,
    done,
    draw_card,
    draw_new,
    form_of,
    read_form,
    read_new,
    refused,
)
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.tell_me import clean_query
from scanner_app.web.texts import gettext

blueprint = Blueprint("configuration_packages", __name__, url_prefix="/configuration-packages")

TONES = {PackageTableState.VALIDATED: "action", PackageTableState.APPLIED: "ok"}

ROWS_SHOWN_MAX = 50


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """The packages by their codes, each with how much waits in it."""
    row, table = ConfigurationPackage, ConfigurationPackageTable
    after = clean_query(request.args.get("after", "")[:CODE_LENGTH])
    packages = reading().execute(
        select(row, func.coalesce(func.sum(table.records), 0), func.count(table.id))
        .outerjoin(table, table.package_id == row.id)
        .where(row.code > after)
        .group_by(row.id)
        .order_by(row.code)
        .limit(ROWS_SHOWN_MAX + 1)
    )
    rows = packages.all()
    return render_template(
        "configuration_packages/list.html",
        rows=rows[:ROWS_SHOWN_MAX],
        more=len(rows) > ROWS_SHOWN_MAX,
        done=done(),
    )


@blueprint.get("/new")
@supervisor_required
def show_new() -> tuple[str, int]:
    """The card of a new package, which has every table to begin with."""
    card = _new_package()
    return draw_new(_new_card(), form_of(FIELDS, card, card))


@blueprint.post("")
@supervisor_required
def add() -> AnyResponse | tuple[str, int]:
    """Add a package, and go on with it."""
    typed, change = read_new(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        return {"code": create_package(session, typed, change).code}

    try:
        made = post_once(work)
    except RuleRefused as refusal:
        form = refused(form_of(FIELDS, _new_package(), typed), refusal, typed)
        return draw_new(_new_card(), form, refusal)
    return redirect(url_for(".show", code=made["code"], done="added"), 303)


@blueprint.get("/<code>")
@supervisor_required
def show(code: str) -> tuple[str, int]:
    """What waits in a package, and what can be done with it."""
    return draw_package(find_package_here(code))


@blueprint.get("/<code>/card")
@supervisor_required
def show_card(code: str) -> tuple[str, int]:
    """The card of a package: its name and its tables."""
    package = find_package_here(code)
    card = card_of_package(reading(), package)
    return draw_card(_card(package), form_of(FIELDS, card, card))


@blueprint.post("/<code>/card")
@supervisor_required
def save(code: str) -> AnyResponse | tuple[str, int]:
    """Write what the card says."""
    key, form, change = find_package_here(code).code, read_form(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        change_package(session, key, form.as_read, form.typed, change)
        return {"code": key}

    try:
        post_once(work)
    except RuleRefused as refusal:
        package = find_package_here(code)
        shown = refused(form, refusal, card_of_package(reading(), package))
        return draw_card(_card(package), shown, refusal)
    return redirect(url_for(".show_card", code=key, done="saved"), 303)


@blueprint.post("/<code>/removal")
@supervisor_required
def remove(code: str) -> AnyResponse:
    """Remove a package; sent again, it is gone already and that is the answer."""
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        delete_package(session, code, change)
        return {}

    post_once(work)
    return redirect(url_for(".show_list", done="removed"), 303)


@blueprint.get("/<code>/tables/<int:number>")
@supervisor_required
def show_table(code: str, number: int) -> str:
    """The errors of a table, row by row."""
    package = find_package_here(code)
    row, table = find_table_here(package, number)
    after = asked_number("after")
    errors = list_errors(reading(), table, row.id, after, ROWS_SHOWN_MAX + 1)
    return render_template(
        "configuration_packages/table.html",
        package=package,
        row=row,
        table=table,
        count=count_errors(reading(), row.id),
        errors=[(each, said(each.refusal)) for each in errors[:ROWS_SHOWN_MAX]],
        more=len(errors) > ROWS_SHOWN_MAX,
    )


def find_package_here(code: str) -> ConfigurationPackage:
    """The package of an address.

    Raises:
        NotFound: when there is none.
    """
    package = find_package(reading(), code)
    if package is None:
        raise NotFound
    return package


def find_table_here(
    package: ConfigurationPackage, number: int
) -> tuple[ConfigurationPackageTable, PackageTable]:
    """A table of a package by its number.

    Raises:
        NotFound: when the package does not have it.
    """
    for row in tables_of(reading(), package.id):
        if row.table_no == number:
            return row, TABLES[number]
    raise NotFound


def draw_package(
    package: ConfigurationPackage, refusal: RuleRefused | None = None
) -> tuple[str, int]:
    """The page of a package, with why something was refused."""
    run = run_of(reading(), package)
    tables = [(row, TABLES[row.table_no]) for row in tables_of(reading(), package.id)]
    page = render_template(
        "configuration_packages/show.html",
        package=package,
        tables=tables,
        records=sum(row.records for row, _ in tables),
        filled=sum(1 for row, _ in tables if row.records),
        errors=sum(row.errors for row, _ in tables),
        run=run,
        run_fault=said(run.fault) if run and run.fault else None,
        rows_max=ROWS_MAX,
        tones=TONES,
        imported=request.args.get("imported", ""),
        done=done(),
        refused=said(refusal) if refusal else None,
    )
    return page, status_of(refusal) if refusal else 200


def _new_package() -> TextCard:
    every = {field.name: YES for field in FIELDS if field.tab == TABLES_TAB}
    return blank_card(FIELDS) | every


def _new_card() -> RecordCard:
    title = gettext("New configuration package")
    return RecordCard(FIELDS, title, url_for(".show_list"), url_for(".add"), {})


def _card(package: ConfigurationPackage) -> RecordCard:
    return RecordCard(
        FIELDS,
        package.code,
        url_for(".show", code=package.code),
        url_for(".save", code=package.code),
        {},
        TABLE,
        package.code,
        removed_by=(url_for(".remove", code=package.code), gettext("Delete this package")),
        removal_says=N_("The records that wait in it go with it. What was applied stays."),
    )
