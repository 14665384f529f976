"""The command line: what an administrator does beside the pages.

One module per family of commands, imported when its command is asked for, so that none waits
for the imports of another. A refusal ends as one sentence and exit code 2.

This room must never hold a rule, and never print a secret that it did not just make.
"""

import importlib
import os
import sys
from collections.abc import Sequence

import click
from sqlalchemy.exc import OperationalError

from scanner_app import __version__
from scanner_app.cli.installation import Installation
from scanner_app.config import SettingsUnfit
from scanner_app.database import DatabaseUnfit
from scanner_app.errors import RuleRefused
from scanner_app.writer_gate import WriterBusy

# Command: the module and its function, and what the list of commands says about it.
COMMANDS = {
    "serve": ("serving:serve", "Serve the pages."),
    "migrate": ("migrating:migrate", "Bring the database to this version."),
    "user": ("users:user", "Add, disable and list users, set their passwords."),
    "doctor": ("doctor:doctor", "Say what works here, and what to do about the rest."),
    "check": ("checking:check", "Recompute every balance from the ledgers."),
    "config": ("configuration:config", "Print the settings, without secrets."),
    "demo": ("demonstrating:demo", "Load the demo warehouse into the database."),
    "run-demo": ("demonstrating:run_demo", "Serve the demo warehouse on this machine only."),
}
PRIVATE = 0o077  # databases, their logs and keys are for their owner only


class _Commands(click.Group):
    """The commands by name; a module is imported when its command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(f"scanner_app.cli.{module}"), function)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--demo", is_flag=True, help="Work on the demo warehouse's own database.")
@click.version_option(__version__, prog_name="scanner-app")
@click.pass_context
def commands(context: click.Context, *, demo: bool) -> None:
    """Look after an installation of the scanner app."""
    context.obj = Installation(demo=demo)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit code: 2 for every refusal."""
    os.umask(PRIVATE)
    try:
        commands.main(args=arguments, prog_name="scanner-app")
    except (RuleRefused, SettingsUnfit, DatabaseUnfit) as refusal:
        _refuse(str(refusal))
    except WriterBusy:
        _refuse("Another process is writing to the database. Try again in a moment.")
    except OperationalError as fault:
        _refuse(f"The database cannot be used: {_first_line(str(fault.orig))}.")


def _refuse(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(2)


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].rstrip(".")
