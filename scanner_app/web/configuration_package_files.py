"""The files of a package: its tables as a workbook, and what comes back of it.

This module must never know what a table holds, nor what a row may say.
"""

import io
from collections.abc import Iterable

from flask import Blueprint, redirect, request, send_file, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.configuration.export_package import table_of_errors, tables_to_export
from scanner_app.configuration.import_package import import_package, read_package
from scanner_app.errors import RuleRefused
from scanner_app.web.configuration_packages import (
    draw_package,
    find_package_here,
    find_table_here,
)
from scanner_app.web.current import change_by_user, reading
from scanner_app.web.journal_workbook_pages import FILE_NAME_MAX, XLSX
from scanner_app.web.posting_once import post_once
from scanner_app.web.publication import words_of
from scanner_app.web.security import supervisor_required, takes_file
from scanner_app.workbooks.refusals import TableFileEmpty
from scanner_app.workbooks.write_tables import TableToWrite, write_tables

blueprint = Blueprint(
    "configuration_package_files", __name__, url_prefix="/configuration-packages/<code>"
)


@blueprint.get("/workbook")
@supervisor_required
def export(code: str) -> AnyResponse | tuple[str, int]:
    """The tables with all their records, or with their captions alone."""
    package = find_package_here(code)
    with_records = request.args.get("captions") is None
    try:
        tables = tables_to_export(reading(), package, with_records=with_records)
    except RuleRefused as refusal:
        return draw_package(package, refusal)
    return _send(tables, f"{package.code}.xlsx")


@blueprint.get("/tables/<int:number>/errors")
@supervisor_required
def download_errors(code: str, number: int) -> AnyResponse:
    """The rows of a table, each with its errors, to be mended and sent again."""
    package = find_package_here(code)
    row, table = find_table_here(package, number)
    errors = table_of_errors(reading(), package, row.id, number, words_of)
    return _send([errors], f"{package.code} {table.name} errors.xlsx")


@blueprint.post("/import")
@supervisor_required
@takes_file
def send(code: str) -> AnyResponse | tuple[str, int]:
    """Keep the rows of a file in the package; no table is touched."""
    key, change = find_package_here(code).code, change_by_user()
    replace = request.form.get("keep_others") is None
    try:
        file_name, content = _sent_file()
        tables = read_package(content, file_name, key)

        def work(session: Session) -> dict[str, int]:
            kept = import_package(session, key, file_name, tables, change, replace=replace)
            return {"changes": sum(each.new + each.changed + each.removed for each in kept)}

        kept = post_once(work)
    except RuleRefused as refusal:
        return draw_package(find_package_here(code), refusal)
    page = url_for("configuration_packages.show", code=key, imported=kept["changes"])
    return redirect(page, 303)


def _sent_file() -> tuple[str, bytes]:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise TableFileEmpty
    name = "".join(filter(str.isprintable, sent.filename))[:FILE_NAME_MAX]
    return name, sent.read()


def _send(tables: Iterable[TableToWrite], file_name: str) -> AnyResponse:
    stream = io.BytesIO()
    write_tables(stream, tables)
    stream.seek(0)
    return send_file(stream, mimetype=XLSX, as_attachment=True, download_name=file_name)
