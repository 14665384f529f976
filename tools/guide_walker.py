"""Whoever walks through the app for the guide: what they can do with the page in front of them.

This module must import nothing but the standard library, as all of tools/ but guide.py.
"""

from typing import Protocol


class Walker(Protocol):
    """Somebody with a page of the app in front of them."""

    def look(self, name: str) -> None:
        """Look at the state of the page that has this name in the guide."""

    def go(self, path: str, name: str = "") -> None:
        """Open a page and, where it has a name, look at it."""

    def sign_in(self, user_name: str) -> None:
        """Sign in as somebody else than before."""

    def press(self, label: str) -> None:
        """Press the first button that says so."""

    def click(self, selector: str) -> None:
        """Click the first of what a selector finds."""

    def show(self, selector: str) -> None:
        """Bring what a selector finds under the header of the page."""

    def wait_for(self, selector: str) -> None:
        """Wait until the first of what a selector finds is seen."""

    def fill(self, label: str, text: str) -> None:
        """Type into the first field with a label."""

    def choose(self, label: str, value: str) -> None:
        """Choose a value in the list with a label."""

    def send_file(self, lines: list[str], button: str = "Show changes") -> None:
        """Choose a CSV file of these lines, and send its form."""

    def scan(self, *codes: str, name: str = "") -> None:
        """Scan codes, each after the answer to the one before; then look, where it has a name."""

    def type_scan(self, code: str) -> None:
        """Scan a code as a scanner that types, without waiting."""

    def answer(self, kind: str, value: str) -> None:
        """Give what the page asks for in a field of its own; kind is the field's type."""

    def tell(self, text: str) -> None:
        """Open Tell Me by its keys, type, and wait until something is found."""

    def lose_the_radio(self) -> None:
        """Be without a network from now on."""

    def find_the_radio(self) -> None:
        """Have a network again."""
