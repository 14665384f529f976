"""A random history, done in the product and in the posting oracle, and compared after each journal.

Items have numbers of their own in each history, so one database serves them all. Lines are laid
straight into the batch: some reach posting that typing would have refused.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from hypothesis import event
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item import Item, ItemVariant
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.item_ledger import (
    ItemApplicationEntry,
    ItemLedgerEntry,
    OpenItemLedgerEntry,
)
from scanner_app.inventory.item_tracking import numbers_of
from scanner_app.inventory.tracking_information import CARD_TABLES, NumberKind
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.warehouse_ledger import WarehouseEntry
from tests.builders import Warehouse, another_location
from tests.warehouse import masters
from tests.warehouse.item_journals import BATCH, add_batch, post_batch, problems
from tests.warehouse.masters import Goods
from tests.warehouse.posting_histories import PLACES, History, Journal
from tests.warehouse.posting_oracle import PostingOracle
from tests.warehouse.posting_oracle_records import Facts, OracleLine

LINE_STEP = 10_000
UNITS = {1: "PCS", 6: "BOX"}


@dataclass
class Found:
    """How many journals Post and how many lines Check refused for what; '' is of those posted."""

    journals: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)


class Comparison:
    """The locations of the histories at a database, and what was found there so far."""

    def __init__(self, white: Warehouse) -> None:
        add_batch(white)
        self.white = white
        self.places = {"WHITE": white} | {
            code: another_location(white, code, *place.bins)
            for code, place in PLACES.items()
            if not place.directed
        }
        self.histories = 0
        self.found = Found()

    def compare(self, history: History) -> None:
        """Do every journal of a history on both sides."""
        self.histories += 1
        product = ProductHistory(self, history, f"{self.histories:04}")
        oracle = history.oracle()
        for journal in history.journals:
            journal.set_up(oracle)
            product.lay(journal)
            self._compare_journal(product, oracle, journal)

    def _compare_journal(
        self, product: "ProductHistory", oracle: PostingOracle, journal: Journal
    ) -> None:
        refusals = oracle.check(journal.lines)
        if journal.lines:
            assert_same("refusals of Check", product.check(), refusals)
        refusal = oracle.post(journal.lines)
        assert_same("refusals of Post", product.post(), refusal)
        product.assert_like(oracle)
        assert_same("lines left", product.lines_left(), len(journal.lines) if refusal else 0)
        event(f"journal {refusal or 'posted'}")
        self.found.journals[refusal] += 1
        self.found.lines.update(refusals.get(place, "") for place in range(len(journal.lines)))


class ProductHistory:
    """The items of one history in the product, and what is written of them."""

    def __init__(self, comparison: Comparison, history: History, name: str) -> None:
        self.white, self.places = comparison.white, comparison.places
        self.goods: dict[str, Goods] = {}
        self.variants: dict[tuple[str, str], int] = {}
        self.white.write(lambda session: self._add_items(session, history, name))
        self.item_ids = [goods.id for goods in self.goods.values()]
        self.goods_by_ids = {(self.goods[k[0]].id, row): k for k, row in self.variants.items()}
        self.location_codes = {place.location.id: code for code, place in self.places.items()}
        self.bin_codes = {
            row.id: code for place in self.places.values() for code, row in place.bins.items()
        }
        with self.white.database.read() as session:
            batch = select(ItemJournalBatch.id).where(ItemJournalBatch.name == BATCH)
            self.batch_id = session.scalars(batch).one()

    def _add_items(self, session: Session, history: History, name: str) -> None:
        for no, item in history.items.items():
            goods = masters.add_item(
                session,
                f"{name}{no}",
                (),
                {"BOX": 6},
                {"expiration_calculation": item.expiration_calculation},
                item.fields_of_code(),
            )
            self.goods[no] = goods
            session.add(ItemVariant(item_id=goods.id, code="V1"))
            session.flush()
            rows = session.scalars(select(ItemVariant).where(ItemVariant.item_id == goods.id))
            self.variants |= {(no, row.code): row.id for row in rows}

    def lay(self, journal: Journal) -> None:
        """Block and free, make cards, and put lines into the batch in place of refused ones."""
        self.white.write(lambda session: self._lay(session, journal))

    def _lay(self, session: Session, journal: Journal) -> None:
        items = [self.goods[no].id for no in journal.blocked_items]
        of_items = update(Item).where(Item.id.in_(self.item_ids))
        session.execute(of_items.values(blocked=Item.id.in_(items)))
        variants = [self.variants[key] for key in journal.blocked_variants]
        of_items = update(ItemVariant).where(ItemVariant.item_id.in_(self.item_ids))
        session.execute(of_items.values(blocked=ItemVariant.id.in_(variants)))
        for (no, variant, kind, number), blocked in journal.cards.items():
            table, column = CARD_TABLES[NumberKind(kind.title())]
            key_of_card = {
                "item_id": self.goods[no].id,
                "variant_id": self.variants[no, variant],
                column: number,
            }
            card = session.scalar(select(table).filter_by(**key_of_card)) or table(**key_of_card)
            card.blocked = blocked
            session.add(card)
        session.execute(delete(ItemJournalLine).where(ItemJournalLine.batch_id == self.batch_id))
        session.add_all(self._row(place, line) for place, line in enumerate(journal.lines))

    def _row(self, place: int, line: OracleLine) -> ItemJournalLine:
        warehouse = self.places[line.location]
        unit_id, factor = self.goods[line.item].units[UNITS[line.qty_per_unit]]
        serial, lot, package = line.numbers
        to = self.places[line.new_location or line.location]
        new_serial, new_lot, new_package = line.new_numbers
        return ItemJournalLine(
            batch_id=self.batch_id,
            line_no=(place + 1) * LINE_STEP,
            entry_type=line.entry_type,
            posting_date=line.posting_date,
            document_date=line.document_date,
            document_no="D1",
            item_id=self.goods[line.item].id,
            variant_id=self.variants[line.item, line.variant],
            location_id=warehouse.location.id,
            bin_id=warehouse.bins[line.bin].id if line.bin else None,
            unit_of_measure_id=unit_id,
            qty_per_unit_of_measure=factor,
            quantity=line.quantity,
            quantity_base=line.quantity * factor,
            serial_no=serial,
            lot_no=lot,
            package_no=package,
            warranty_date=line.warranty_date,
            expiration_date=line.expiration_date,
            new_location_id=to.location.id if line.is_transfer else None,
            new_bin_id=to.bins[line.new_bin].id if line.new_bin else None,
            new_serial_no=new_serial,
            new_lot_no=new_lot,
            new_package_no=new_package,
            new_expiration_date=line.new_expiration_date,
        )

    def check(self) -> dict[int, str]:
        """What Check names, by the place of the line."""
        found = problems(self.white)
        return {line_no // LINE_STEP - 1: code for line_no, code in found.items()}

    def post(self) -> str:
        """Post the batch; returns the refusal, or ''."""
        try:
            post_batch(self.white)
        except RuleRefused as refusal:
            return refusal.code
        return ""

    def lines_left(self) -> int:
        """How many lines are in the batch."""
        row = ItemJournalLine
        with self.white.database.read() as session:
            of_batch = select(func.count(row.id)).where(row.batch_id == self.batch_id)
            return session.scalars(of_batch).one()

    def assert_like(self, oracle: PostingOracle) -> None:
        """Both ledgers, the applications, what is open and the cards are those of the oracle."""
        with self.white.database.read() as session:
            self._assert_entries(session, oracle)
            self._assert_bin_entries(session, oracle)
            self._assert_cards(session, oracle)

    def _assert_entries(self, session: Session, oracle: PostingOracle) -> None:
        row, applied, left = ItemLedgerEntry, ItemApplicationEntry, OpenItemLedgerEntry
        of_items = select(row).where(row.item_id.in_(self.item_ids)).order_by(row.id)
        entries = session.scalars(of_items).all()
        no_of: dict[int | None, int] = {entry.id: no for no, entry in enumerate(entries)}
        assert_same(
            "item ledger entries",
            [(row.entry_type, row.document_date, *self._facts_of(row)) for row in entries],
            [(row.line.entry_type, row.line.document_date, *row.facts()) for row in oracle.entries],
        )
        of_entries = applied.item_ledger_entry_id.in_([entry.id for entry in entries])
        assert_same(
            "item application entries",
            Counter(
                (
                    no_of[row.item_ledger_entry_id],
                    no_of[row.inbound_item_entry_id],
                    no_of.get(row.outbound_item_entry_id),
                    row.quantity,
                    no_of.get(row.transferred_from_entry_id),
                )
                for row in session.scalars(select(applied).where(of_entries))
            ),
            Counter(
                (row.entry, row.inbound, row.outbound, row.quantity, row.transferred_from)
                for row in oracle.applications
            ),
        )
        opened = session.scalars(select(left).where(left.item_id.in_(self.item_ids)))
        assert_same(
            "what is open",
            {no_of[row.item_ledger_entry_id]: row.remaining_quantity for row in opened},
            {row.no: oracle.remaining(row) for row in oracle.entries if oracle.remaining(row)},
        )

    def _assert_bin_entries(self, session: Session, oracle: PostingOracle) -> None:
        row = WarehouseEntry
        entries = session.scalars(select(row).where(row.item_id.in_(self.item_ids)))
        assert_same(
            "warehouse entries",
            Counter((self.bin_codes[row.bin_id], *self._facts_of(row)) for row in entries),
            Counter((row.line.bin, *row.facts()) for row in oracle.bin_entries),
        )

        balance = BinBalance
        held = session.scalars(
            select(balance).where(balance.item_id.in_(self.item_ids), HAS_STOCK)
        ).all()
        assert_same(
            "what bins hold",
            {
                (
                    self.location_codes[row.location_id],
                    self.bin_codes[row.bin_id],
                    *self._goods_of(row),
                    numbers_of(row).as_tuple(),
                ): (row.quantity_base, (row.warranty_date, row.expiration_date))
                for row in held
            },
            {
                row.bin_key(): (oracle.in_bin(row), oracle.dates_in_bin(row))
                for row in oracle.bin_entries
                if oracle.in_bin(row)
            },
        )

    def _assert_cards(self, session: Session, oracle: PostingOracle) -> None:
        found = {}
        for kind, (table, column) in CARD_TABLES.items():
            for card in session.scalars(select(table).where(table.item_id.in_(self.item_ids))):
                key = (*self._goods_of(card), kind.lower(), getattr(card, column))
                found[key] = card.blocked
        assert_same("information cards", found, oracle.cards)

    def _facts_of(self, row: ItemLedgerEntry | WarehouseEntry) -> Facts:
        """What an entry of either ledger says, in the words of the oracle."""
        return (
            *self._goods_of(row),
            self.location_codes[row.location_id],
            numbers_of(row).as_tuple(),
            row.quantity if isinstance(row, ItemLedgerEntry) else row.quantity_base,
            row.warranty_date,
            row.expiration_date,
            row.posting_date if isinstance(row, ItemLedgerEntry) else row.registering_date,
        )

    def _goods_of(self, row: Any) -> tuple[str, str]:  # noqa: ANN401 - every row of goods has both
        return self.goods_by_ids[row.item_id, row.variant_id]


def assert_same(what: str, product: object, oracle: object) -> None:
    assert product == oracle, f"{what} differ:\nproduct {product}\noracle  {oracle}"
