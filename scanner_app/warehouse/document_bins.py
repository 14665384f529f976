"""The bins that receipts, shipments and their lines name (docs/domain.md 6.6).

They are looked up together, so that a file of a thousand documents asks for its bins once.

This module must never write a document or a bin.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.location import Location
from scanner_app.warehouse.bin import Bin, BinType, check_open_inbound
from scanner_app.warehouse.document_kind import DocumentKind
from scanner_app.warehouse.document_refusals import DocumentBinNotUsed, DocumentBinWrong
from scanner_app.warehouse.place_refusals import AdjustmentBinGuarded
from scanner_app.warehouse.record_refusals import RecordNotFound

BIN = "Bin Code"

# By their codes; a bin of a location without directed put-away and pick may have no type.
DocumentBins = Mapping[str, tuple[Bin, BinType | None]]
NO_BINS: DocumentBins = {}


def find_document_bins(session: Session, location: Location, typed: Iterable[str]) -> DocumentBins:
    """The bins of a location that are named, as somebody typed them; what is not there is left out.

    Without a name nothing is looked up.
    """
    names = {name.strip().upper() for name in typed}
    codes = sorted(name for name in names if name and name.isprintable())
    if not codes:
        return NO_BINS
    rows = session.execute(
        select(Bin, BinType)
        .outerjoin(BinType, BinType.id == Bin.bin_type_id)
        .where(Bin.location_id == location.id, Bin.code.in_(codes))
    )
    return {bin_.code: (bin_, bin_type) for bin_, bin_type in rows}


def document_bin(
    kind: DocumentKind, location: Location, bins: DocumentBins, code: str
) -> int | None:
    """The id of the bin that a document or a line of it names, None where it names none.

    Raises:
        RecordNotFound, DocumentBinWrong, DocumentBinNotUsed, AdjustmentBinGuarded, BinBlocked.
    """
    if not code:
        return None
    if not location.bin_mandatory:
        raise DocumentBinNotUsed(location=location.code)
    if code not in bins:
        raise RecordNotFound(field=BIN, code=code)
    bin_, bin_type = bins[code]
    if bin_.is_adjustment_bin:
        raise AdjustmentBinGuarded(bin_code=bin_.code, field=BIN)
    column, caption = kind.use_of_bin
    is_of_use = bin_type is not None and getattr(bin_type, column)
    if location.directed_put_away_and_pick and not is_of_use:
        raise DocumentBinWrong(bin_code=bin_.code, field=caption)
    check_open_inbound(bin_)
    return bin_.id
