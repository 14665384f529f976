"""`doctor`: what works in this installation, and what to do about the rest."""

import json
import sys
from dataclasses import asdict

import click

from scanner_app.cli.findings import Finding, State
from scanner_app.cli.inspecting_database import inspect_database
from scanner_app.cli.inspecting_machine import inspect_machine
from scanner_app.cli.installation import Installation, pass_installation


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a list of JSON objects.")
@pass_installation
def doctor(installation: Installation, *, as_json: bool) -> None:
    """Say what works here; exit 1 when something needed is missing."""
    settings = installation.settings()
    findings = [*inspect_machine(settings), *inspect_database(settings)]
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        print("\n".join(as_lines(findings)))
    sys.exit(1 if any(finding.state is State.MISSING for finding in findings) else 0)


def as_lines(findings: list[Finding]) -> list[str]:
    """Findings below each other, each with its remedy where it needs one."""
    name_width = max(len(finding.name) for finding in findings)
    state_width = max(len(state) for state in State)
    lines = []
    for finding in findings:
        start = f"{finding.state:<{state_width}}  {finding.name:<{name_width}}  "
        lines.append(start + finding.found)
        if finding.remedy:
            lines.append(" " * len(start) + finding.remedy)
    return lines
