"""XML parts of a workbook, read event by event, so that no tree of them is ever held.

This module must never accept a document type, which declares entities, nor any encoding but UTF-8:
the library that reads the values must see exactly what was checked here.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from xml.parsers import expat

from scanner_app.workbooks.cells import SHOWN_MAX
from scanner_app.workbooks.refusals import WorkbookDamaged

_DEPTH_MAX = 100
_TAG_BYTES_MAX = 256 * 1024


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
    parser = _Parser(part, reader)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.finish()
    except expat.ExpatError as fault:
        raise WorkbookDamaged(part=part[:SHOWN_MAX]) from fault


class _Parser:
    """The standard library's parser, told what to refuse."""

    def __init__(self, part: str, reader: PartReader) -> None:
        self._part = part
        self._reader = reader
        self._depth = 0
        self._bytes_fed = 0
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.XmlDeclHandler = self._check_declaration
        self._parser.StartDoctypeDeclHandler = self._refuse
        # The library reads a text of this kind as empty.
        self._parser.StartCdataSectionHandler = self._refuse
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = reader.text
        reader.byte_position = lambda: self._parser.CurrentByteIndex

    def feed(self, chunk: bytes) -> None:
        # UTF-16 is otherwise accepted by its mark, whatever the parser was told.
        if b"\0" in chunk:
            self._refuse()
        self._parser.Parse(chunk)
        self._bytes_fed += len(chunk)
        # A tag that has not ended is read anew with each chunk, so a long one takes ever longer.
        if self._bytes_fed - self._parser.CurrentByteIndex > _TAG_BYTES_MAX:
            self._refuse()

    def finish(self) -> None:
        self._parser.Parse(b"", True)  # noqa: FBT003 - the library takes it by place only

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEPTH_MAX:
            self._refuse()
        self._reader.begin(_local(name), attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._reader.end(_local(name))

    def _check_declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.casefold() != "utf-8":
            self._refuse()

    def _refuse(self, *_: object) -> None:
        raise WorkbookDamaged(part=self._part[:SHOWN_MAX])


@lru_cache(maxsize=256)
def _local(name: str) -> str:
    return name.rpartition(":")[2]
