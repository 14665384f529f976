"""Barcode settings: what a site prints on its labels and how its scanners send it.

This module must never read the environment: the values come from the settings of the site.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from scanner_app.errors import InvariantBroken

HOUSE_KINDS = frozenset({"bin", "item", "lot", "serial", "package", "document"})


@dataclass(frozen=True)
class BarcodeSettings:
    """How a site's barcodes are read.

    Attributes:
        house_prefixes: prefix of a label of the house, and what the rest of it names: one of
            `HOUSE_KINDS`. The longest prefix that fits wins; letter case does not count.
        gs1_separators: texts that scanners send in place of the FNC1 separator.
        plain_code_128_is_gs1: also read as GS1 a Code 128 whose printer left FNC1 out, when it
            starts with a right GTIN or SSCC and everything after it can be read.
        barcode_chars_max: characters above which a text is refused unread.
    """

    house_prefixes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    gs1_separators: tuple[str, ...] = ("<GS>", "{GS}", "\u241d")
    plain_code_128_is_gs1: bool = False
    barcode_chars_max: int = 512

    def __post_init__(self) -> None:
        unknown = set(self.house_prefixes.values()) - HOUSE_KINDS
        if unknown or "" in self.house_prefixes:
            raise InvariantBroken(f"no house prefixes: {dict(self.house_prefixes)!r}")
        if "" in self.gs1_separators:
            raise InvariantBroken("an empty text separates nothing")
