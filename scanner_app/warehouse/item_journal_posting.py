"""Post item journal lines: tracking lines become parts of one posting (docs/domain.md 8.4).

Some numbers of a line may be left for later: the line then stays with the rest. The same
reading of the lines serves the preview, which runs every check and writes nothing.

This module must never post twice: lines are locked, and gone when they are posted.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.checked_line import CheckedLine
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_journal import ItemJournalLine
from scanner_app.inventory.item_journal_reading import PostedLine, lock_journal_lines
from scanner_app.inventory.item_tracking import (
    ItemTrackingLine,
    TrackingNumbers,
    TrackingSource,
    new_numbers_of,
    numbers_of,
    tracking_lines_of,
)
from scanner_app.inventory.item_tracking_code import EntryType, ItemTrackingCode
from scanner_app.inventory.location import Location
from scanner_app.inventory.posting_checks import PostingChecks
from scanner_app.inventory.posting_line import Posting, PostingLine, TransferTo, order_of_posting
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.quantities import ZERO, from_base
from scanner_app.warehouse.adjustment_sync import delete_journal_lines
from scanner_app.warehouse.bin import bins_by_id
from scanner_app.warehouse.bin_balance import balances_of
from scanner_app.warehouse.post_item_journal import (
    JournalPart,
    Posted,
    adjusted_balances,
    check_adjustment_unchanged,
    check_location,
    post,
)
from scanner_app.warehouse.receipt_parts import TrackingNotComplete
from scanner_app.warehouse.register_activity import By, items_with_codes
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument

SOURCE_CODE = "ITEMJNL"


@dataclass(frozen=True)
class JournalNumber:
    """One set of numbers of one journal line, with the part that would be posted.

    `tracking_id` is None for a line that needs no item tracking line.
    """

    journal_line: PostedLine
    tracking_id: int | None
    part: JournalPart

    @property
    def id(self) -> tuple[int, int]:
        """What a page sends back to choose this number: line and tracking line, 0 for none."""
        return (self.journal_line.id, self.tracking_id or 0)


@dataclass(frozen=True)
class CheckedNumbers:
    """What posting would do with each number that is ready, in its order, and what it refuses."""

    ready: list[tuple[JournalNumber, CheckedLine]]
    problems: dict[tuple[int, int], RuleRefused]


def read_journal_numbers(session: Session, lines: Sequence[PostedLine]) -> list[JournalNumber]:
    """Every set of numbers of the lines, in line order."""
    tracking = tracking_lines_of(
        session, TrackingSource.ITEM_JOURNAL_LINE, [line.id for line in lines]
    )
    items = items_with_codes(session, {line.item_id for line in lines})
    location_ids = {each for line in lines for each in (line.location_id, line.new_location_id)}
    locations = {each: session.get_one(Location, each) for each in location_ids if each}
    bins = bins_by_id(session, (each for line in lines for each in (line.bin_id, line.new_bin_id)))
    numbers: list[JournalNumber] = []
    for line in lines:
        item, code = items[line.item_id]
        named = tracking.get(line.id, [])
        parts: list[ItemTrackingLine | None] = [*named] or [None]
        for part in parts:
            posting_line = _posting_line(line, part, item, code, locations)
            journal_part = JournalPart(
                posting_line, bins.get(line.bin_id or 0), bins.get(line.new_bin_id or 0)
            )
            numbers.append(JournalNumber(line, part.id if part else None, journal_part))
    return numbers


def incomplete_lines(numbers: Sequence[JournalNumber]) -> dict[int, TrackingNotComplete]:
    """The lines whose item tracking lines do not name their quantity, by id."""
    tracked: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    lines = {}
    for number in numbers:
        if number.tracking_id is not None:
            lines[number.journal_line.id] = number
            tracked[number.journal_line.id] += abs(number.part.line.quantity_base)
    return {
        line_id: TrackingNotComplete(
            item_no=number.part.line.item.no,
            tracked=tracked[line_id],
            quantity=abs(number.journal_line.quantity_base),
        )
        for line_id, number in lines.items()
        if tracked[line_id] != abs(number.journal_line.quantity_base)
    }


def post_item_journal_lines(
    session: Session,
    line_ids: Collection[int],
    by: By,
    *,
    batch_name: str,
    chosen: Collection[tuple[int, int]] | None = None,
) -> Posted:
    """Post lines whole, or the chosen numbers of them.

    Raises:
        RuleRefused: the first check that does not hold; nothing is written then.
    """
    hold_set_up(session)
    numbers = read_journal_numbers(session, [*lock_journal_lines(session, line_ids).values()])
    for refusal in incomplete_lines(numbers).values():
        raise refusal
    wanted = [number for number in numbers if chosen is None or number.id in chosen]
    posting = Posting(by.work_date, by.at, by.user_id, SOURCE_CODE, batch_name)
    posted = post(
        session, posting, [number.part for number in wanted], WarehouseDocument.ITEM_JOURNAL
    )
    _remove_posted(session, numbers, {number.id for number in wanted})
    return posted


def journal_problems(
    session: Session, numbers: Sequence[JournalNumber], checks: PostingChecks | None = None
) -> dict[tuple[int, int], RuleRefused]:
    """The refusal that posting each number would meet; a number without one is ready."""
    return check_journal_numbers(session, numbers, incomplete_lines(numbers), checks).problems


def number_problems(
    session: Session, numbers: Sequence[JournalNumber]
) -> dict[tuple[int, int], RuleRefused]:
    """The same of each number by itself, while others of its line are still missing."""
    return check_journal_numbers(session, numbers, {}).problems


def check_journal_numbers(
    session: Session,
    numbers: Sequence[JournalNumber],
    incomplete: Mapping[int, TrackingNotComplete],
    checks: PostingChecks | None = None,
) -> CheckedNumbers:
    """Numbers are checked as posting would: what leaves first, then what comes in.

    A number that is refused counts as not posted for the ones after it. Who asks part by part
    hands over the checks that know the parts before.
    """
    checks = checks or PostingChecks(session, [])
    checks.learn([number.part.line for number in numbers])
    balances = balances_of(session, adjusted_balances([number.part for number in numbers]).keys())
    checked = CheckedNumbers([], {})
    left: dict[int, CheckedLine] = {}
    for step in order_of_posting([number.part.line for number in numbers]):
        number = numbers[step.place]
        if number.id in checked.problems:
            continue
        try:
            if step.arrives:
                ready = checks.check_arrival(left[step.place])
            else:
                if refusal := incomplete.get(number.journal_line.id):
                    raise refusal
                check_location(number.part, WarehouseDocument.ITEM_JOURNAL)
                check_adjustment_unchanged(number.part, balances)
                ready = left[step.place] = checks.check(number.part.line)
            checked.ready.append((number, ready))
        except RuleRefused as fault:
            checked.problems[number.id] = fault
    return checked


def _posting_line(
    line: PostedLine,
    part: ItemTrackingLine | None,
    item: Item,
    code: ItemTrackingCode | None,
    locations: Mapping[int, Location],
) -> PostingLine:
    own = TrackingNumbers(line.serial_no, line.lot_no, line.package_no)
    quantity = abs(line.quantity_base) if part is None else part.quantity_base
    is_transfer = line.entry_type is EntryType.TRANSFER
    stated = part.expiration_date if part else line.expiration_date
    return PostingLine(
        entry_type=line.entry_type,
        posting_date=line.posting_date,
        document_no=line.document_no,
        document_date=line.document_date,
        item=item,
        tracking_code=code,
        variant_id=line.variant_id,
        location=locations[line.location_id],
        quantity_base=quantity if line.comes_in else -quantity,
        unit_of_measure_id=line.unit_of_measure_id,
        qty_per_unit_of_measure=line.qty_per_unit_of_measure,
        numbers=numbers_of(part) if part else own,
        warranty_date=part.warranty_date if part else line.warranty_date,
        # What a transfer takes has the date of the stock, whatever was shown.
        expiration_date=None if is_transfer else stated,
        reason_code_id=line.reason_code_id,
        warehouse_adjustment=line.warehouse_adjustment,
        applies_to_entry_id=line.applies_to_entry_id,
        transfer_to=_transfer_to(line, part, locations) if is_transfer else None,
    )


def _transfer_to(
    line: PostedLine, part: ItemTrackingLine | None, locations: Mapping[int, Location]
) -> TransferTo:
    """How a transfer comes in; without a new location it stays where it is."""
    says = part or line
    location = locations[line.new_location_id or line.location_id]
    moves = line.new_bin_id != line.bin_id
    return TransferTo(location, new_numbers_of(says), says.new_expiration_date, moves)


def _remove_posted(
    session: Session, numbers: Sequence[JournalNumber], posted: set[tuple[int, int]]
) -> None:
    """Posted numbers leave the journal; a line goes with its last number."""
    tracking_ids = [tracking_id for _, tracking_id in posted if tracking_id]
    session.execute(delete(ItemTrackingLine).where(ItemTrackingLine.id.in_(tracking_ids)))
    sums: defaultdict[int, Decimal] = defaultdict(Decimal)
    for number in numbers:
        if number.id not in posted:
            sums[number.journal_line.id] += abs(number.part.line.quantity_base)
    rest = {line_id: total for line_id, total in sums.items() if total}
    row = ItemJournalLine
    for line in session.scalars(select(row).where(row.id.in_(rest))) if rest else ():
        total = rest[line.id]
        line.quantity_base = total if line.quantity_base > 0 else -total
        line.quantity = from_base(line.quantity_base, line.qty_per_unit_of_measure)
    session.flush()
    gone = {number.journal_line.id for number in numbers} - set(rest)
    delete_journal_lines(session, sorted(gone))
