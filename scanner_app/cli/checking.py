"""`check`: recompute what the ledgers promise, and name every row that breaks a promise."""

import json
import sys
from dataclasses import asdict

import click

from scanner_app.cli.installation import Installation, pass_installation
from scanner_app.migrations.upgrade import check_migrated
from scanner_app.warehouse.ledger_check import Verified, verify_ledgers


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_installation
def check(installation: Installation, *, as_json: bool) -> None:
    """Recompute every balance from the ledgers; exit 1 when a row is not what it must be."""
    with installation.database() as database:
        check_migrated(database)
        with database.read() as session:
            verified = list(verify_ledgers(session))
    if as_json:
        print(json.dumps({"verified": [asdict(one) for one in verified]}, indent=2))
    else:
        print("\n".join(as_lines(verified)))
    sys.exit(1 if any(one.broken for one in verified) else 0)


def as_lines(verified: list[Verified]) -> list[str]:
    """One line for each invariant with the rows it was verified on, the broken rows below it."""
    number_width = max(len(f"{one.rows:,}") for one in verified)
    lines = []
    for one in verified:
        state = "BROKEN" if one.broken else "ok"
        lines.append(f"{state:<6}  {one.rows:>{number_width},} rows  {one.invariant}")
        lines += [
            f"        {row.table} {row.row_id}: expected {row.expected}, found {row.found}"
            for row in one.broken
        ]
    broken = sum(len(one.broken) for one in verified)
    if broken:
        return [*lines, f"Rows that are not what the ledgers say: {broken}."]
    return [*lines, "Every balance is what the ledgers say."]
