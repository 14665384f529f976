"""The package: an .xlsx is a zip of parts, checked before a byte of it is unpacked.

This module must never unpack more than a part declares, nor hand on a part that was not checked.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from scanner_app.workbooks.cells import SHOWN_MAX
from scanner_app.workbooks.refusals import (
    TableFileUnpacksTooLarge,
    WorkbookDamaged,
    WorkbookHasTooManyParts,
    WorkbookHoldsMacros,
    WorkbookPackedTooTightly,
)

PARTS_MAX = 200
UNPACKED_MEBIBYTES_MAX = 64
RATIO_MAX = 100
MEBIBYTE = 1024 * 1024

_ENTRY_SIGNATURE = b"PK\x01\x02"  # Begins each entry of a zip's list of contents.
_CHUNK_BYTES = 64 * 1024
_TINY_BYTES = MEBIBYTE  # Smaller parts do no harm, however tightly they are packed.
_ENCRYPTED = 1  # A bit of an entry's flags.
_MACROS_PART = "vbaproject.bin"


class Package:
    """The parts of one workbook, found by name without regard to case, as the library does."""

    def __init__(self, content: bytes) -> None:
        # Listing a million entries would itself need gigabytes, so they are counted unopened.
        if content.count(_ENTRY_SIGNATURE) > PARTS_MAX:
            raise WorkbookHasTooManyParts(maximum=PARTS_MAX)
        with _refusing_broken_zips("zip"):
            self._archive = ZipFile(BytesIO(content))
        self._entries: dict[str, ZipInfo] = {}
        for entry in self._archive.infolist():
            _check_entry(entry)
            if self._entries.setdefault(entry.filename.casefold(), entry) is not entry:
                raise WorkbookDamaged(part=entry.filename[:SHOWN_MAX])
        if sum(entry.file_size for entry in self._entries.values()) > (
            UNPACKED_MEBIBYTES_MAX * MEBIBYTE
        ):
            raise TableFileUnpacksTooLarge(maximum=UNPACKED_MEBIBYTES_MAX)

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._entries

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield the content of a part.

        The standard library stops at the size that the part declares and compares its checksum at
        the end, so a part that declares less than it unpacks to is refused here.

        Raises:
            WorkbookDamaged: when it is missing, cut off or not what it declares.
        """
        with (
            _refusing_broken_zips(part),
            self._archive.open(self._entries[part.casefold()]) as file,
        ):
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk

    def copy(self, parts: Iterable[str]) -> BytesIO:
        """Return a zip of nothing but these parts, so that nothing else can be read of it."""
        copied = BytesIO()
        with ZipFile(copied, "w", ZIP_STORED) as archive:
            for part in parts:
                with archive.open(ZipInfo(part), "w") as file:
                    for chunk in self.chunks(part):
                        file.write(chunk)
        copied.seek(0)
        return copied


def _check_entry(entry: ZipInfo) -> None:
    """Refuse what no spreadsheet program packs, by what the entry declares."""
    name = entry.filename
    is_strange = ".." in name.split("/") or entry.flag_bits & _ENCRYPTED
    if is_strange or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise WorkbookDamaged(part=name[:SHOWN_MAX])
    if name.casefold().endswith(_MACROS_PART):
        raise WorkbookHoldsMacros
    if entry.file_size > max(_TINY_BYTES, RATIO_MAX * entry.compress_size):
        raise WorkbookPackedTooTightly(part=name[:SHOWN_MAX], maximum=RATIO_MAX)


@contextmanager
def _refusing_broken_zips(part: str) -> Iterator[None]:
    try:
        yield
    except MemoryError:
        raise
    except Exception as fault:  # a broken zip makes the standard library raise whatever there is
        raise WorkbookDamaged(part=part[:SHOWN_MAX]) from fault
