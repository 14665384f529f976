"""XML parts of a workbook, read event by event, so that no tree of them is ever held.

This module must never accept a document type, which declares entities, nor any encoding but UTF-8:
the library that reads the values must see exactly what was checked here.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from xml.parsers import expat

from scanner_app.workbooks.refusals import WorkbookDamaged


class PartReader:
    """What is done at each event of a part; as it stands it only checks the part's form.

    Names come without the prefix of their namespace.

    Attributes:
        byte_position: tells where in the part the event begins; set when the reading begins.
    """

    byte_position: Callable[[], int]

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Meet the beginning of an element."""

    def end(self, name: str) -> None:
        """Meet the end of an element."""

    def text(self, text: str) -> None:
        """Meet text, perhaps a piece of it."""


def read_part(part: str, chunks: Iterable[bytes], reader: PartReader) -> None:
    """Read a whole part.

    Raises:
        WorkbookDamaged: when it is no XML of the accepted kind.
        RuleRefused: whatever the reader raises.
    """

    def refuse(*_: object) -> None:
        raise WorkbookDamaged(part=part)

    def check_declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.casefold() != "utf-8":
            refuse()

    parser = expat.ParserCreate("UTF-8")
    reader.byte_position = lambda: parser.CurrentByteIndex
    parser.XmlDeclHandler = check_declaration
    parser.StartDoctypeDeclHandler = refuse
    # The library reads a text of this kind as empty.
    parser.StartCdataSectionHandler = refuse
    parser.StartElementHandler = lambda name, attributes: reader.begin(_local(name), attributes)
    parser.EndElementHandler = lambda name: reader.end(_local(name))
    parser.CharacterDataHandler = reader.text
    try:
        for chunk in chunks:
            # UTF-16 is otherwise accepted by its mark, whatever the parser was told.
            if b"\0" in chunk:
                refuse()
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003 - the library takes it by place only
    except expat.ExpatError as fault:
        raise WorkbookDamaged(part=part) from fault


@lru_cache(maxsize=256)
def _local(name: str) -> str:
    return name.rpartition(":")[2]
