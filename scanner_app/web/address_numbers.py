"""Numbers in addresses: the keys of records, and where a part of a list begins.

Whatever an address says, no number reaches the database that it cannot hold.

This module must never look a record up.
"""

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

KEY_MAX = 2**63 - 1


class KeyConverter(IntegerConverter):
    """A whole number that a 64-bit key can be; an address with another one leads nowhere."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=KEY_MAX)


def initialise_address_numbers(app: Flask) -> None:
    """Let every `<int:…>` of an address be a key."""
    app.url_map.converters["int"] = KeyConverter


def asked_number(name: str) -> int:
    """A number behind the question mark of the address; 0 for what is none."""
    return read_number(request.args.get(name, ""))


def read_number(text: str) -> int:
    """A key as an address or a form says it; 0 for what is none."""
    if not text.isdecimal() or len(text) > len(str(KEY_MAX)):
        return 0
    number = int(text)
    return number if number <= KEY_MAX else 0
