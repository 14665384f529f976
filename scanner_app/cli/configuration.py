"""`config`: print what the installation runs with."""

from dataclasses import fields

import click
from sqlalchemy import make_url

from scanner_app.cli.installation import Installation, pass_installation
from scanner_app.config import Settings


@click.command()
@pass_installation
def config(installation: Installation) -> None:
    """Print the settings, without secrets."""
    values = printable(installation.settings())
    width = max(map(len, values))
    for name, value in values.items():
        print(f"{name:<{width}}  {value}".rstrip())


def printable(settings: Settings) -> dict[str, str]:
    """The settings as text; a field that hides from `repr` is a secret and is left out."""
    values = {field.name: getattr(settings, field.name) for field in fields(settings) if field.repr}
    values["database_url"] = make_url(settings.database_url).render_as_string(hide_password=True)
    return {name: str(value) for name, value in values.items()}
