"""The state machine: random work in the product and in the model, compared after each step."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from scanner_app.access import posted_request
from scanner_app.access.posted_request import RequestIdentity
from scanner_app.database import Database
from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_tracking import NO_NUMBERS, TrackingNumbers
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.quantities import SCALE
from scanner_app.warehouse.activity import ActionType, WarehouseActivityLine
from scanner_app.warehouse.adjustment_sync import delete_journal_lines
from scanner_app.warehouse.item_journal_posting import JournalNumber, read_journal_numbers
from scanner_app.warehouse.ledger_check import check_ledgers
from tests.builders import Warehouse, lot, serial
from tests.reliability.warehouse_model import ADJUSTMENT, STORAGE, Key, Refused, WarehouseModel
from tests.warehouse import counting, documents
from tests.warehouse.documents import Part
from tests.warehouse.masters import Goods

T = TypeVar("T")
LOTS = [("LOT", lot(number)) for number in ("L1", "L2")]
SERIALS = [("SN", serial(number)) for number in ("S1", "S2", "S3")]
KEYS: list[Key] = [*LOTS, *SERIALS, ("PLAIN", NO_NUMBERS)]
BINS = st.sampled_from(STORAGE)
QUANTITIES = st.integers(1, 6)
BALANCES = text(
    "SELECT b.code, i.no, n.serial_no, n.lot_no, n.quantity_base FROM bin_balance n"
    " JOIN bin b ON b.id = n.bin_id JOIN item i ON i.id = n.item_id WHERE n.quantity_base <> 0"
)
LEDGER = text(
    "SELECT i.no, n.serial_no, n.lot_no, n.quantity FROM item_balance n"
    " JOIN item i ON i.id = n.item_id WHERE n.quantity <> 0"
)


def quantity_of(key: Key, quantity: int) -> int:
    """A serial is one unit."""
    return 1 if key[1].serial_no else quantity


def refuses(work: Callable[[], object], kind: type[Exception]) -> Exception | None:
    """The refusal that some work meets, or nothing."""
    try:
        work()
    except kind as refusal:
        return refusal
    return None


class OneTransaction(Database):
    """Stands where builders expect a database, so that a whole step is one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session  # nothing is opened, so there is nothing else to prepare

    def write(self, work: Callable[[Session], T]) -> T:
        return work(self.session)

    @contextmanager
    def read(self) -> Iterator[Session]:
        self.session.flush()
        yield self.session


def key_of(number: JournalNumber) -> Key:
    """What a proposed number is of."""
    return (number.part.line.item.no, number.part.line.numbers)


def session_of(white: Warehouse) -> Session:
    """The session of the transaction in which a step runs."""
    assert isinstance(white.database, OneTransaction)
    return white.database.session


class WarehouseMachine(RuleBasedStateMachine):
    """Subclasses name a database and say how it is emptied for the next example."""

    warehouse: ClassVar[Warehouse]
    goods: ClassVar[Mapping[str, Goods]]
    database: ClassVar[Database]

    def renew(self) -> None:
        """Put the warehouse as it was built where the database is; nobody is connected."""
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        self.database.close()
        self.renew()
        self.model = WarehouseModel()
        self.last_request: tuple[RequestIdentity, tuple[str, str, Part]] | None = None
        self.requests = 0

    def do(self, in_model: Callable[[], None], in_product: Callable[[Warehouse], T]) -> None:
        """Do a step in both; one that the model refuses must be refused and leave no trace."""
        expected = refuses(in_model, Refused)
        refusal = refuses(lambda: self.write(in_product), RuleRefused)
        assert bool(expected) == bool(refusal), f"only one side refused: {expected!r} {refusal!r}"

    def write(self, work: Callable[[Warehouse], T]) -> T:
        return self.database.write(
            lambda session: work(replace(self.warehouse, database=OneTransaction(session)))
        )

    def part(self, key: Key, quantity: int) -> Part:
        return Part(self.goods[key[0]], quantity_of(key, quantity), key[1])

    @rule(key=st.sampled_from(KEYS), quantity=QUANTITIES, bin_code=BINS)
    def receive_and_put_away(self, key: Key, quantity: int, bin_code: str) -> None:
        part = self.part(key, quantity)

        def in_product(white: Warehouse) -> None:
            put_away = documents.receive(white, part)
            for line in session_of(white).scalars(
                select(WarehouseActivityLine).where(
                    WarehouseActivityLine.activity_id == put_away,
                    WarehouseActivityLine.action_type == ActionType.PLACE,
                )
            ):
                line.bin_id = white.bins[bin_code].id
            documents.scan(white, put_away)
            documents.register(white, put_away)

        self.do(lambda: self.model.receive(bin_code, key, int(part.quantity)), in_product)

    @rule(key=st.sampled_from(KEYS), from_bin=BINS, to_bin=BINS, quantity=QUANTITIES)
    def move(self, key: Key, from_bin: str, to_bin: str, quantity: int) -> None:
        part = self.part(key, quantity)
        self.requests += 1
        request = RequestIdentity(
            f"R{self.requests}", "", self.warehouse.by.user_id, "move", self.warehouse.by.at
        )
        before = Counter(self.model.bins)
        self.do(
            lambda: self.model.move(from_bin, to_bin, key, int(part.quantity)),
            lambda white: self.move_once(white, request, (from_bin, to_bin, part)),
        )
        if before != self.model.bins:
            self.last_request = (request, (from_bin, to_bin, part))

    def move_once(
        self, white: Warehouse, request: RequestIdentity, what: tuple[str, str, Part]
    ) -> posted_request.Answer:
        return posted_request.once(
            session_of(white), request, lambda _: {"no": documents.move(white, *what).no}
        )

    @precondition(lambda self: self.last_request is not None)
    @rule()
    def replay_the_last_move(self) -> None:
        assert self.last_request is not None
        request, what = self.last_request
        self.write(lambda white: self.move_once(white, request, what))

    @rule(key=st.sampled_from(KEYS), quantity=QUANTITIES)
    def pick_and_ship(self, key: Key, quantity: int) -> None:
        part = self.part(key, quantity)
        wanted = min(int(part.quantity), self.model.pickable(key))
        taken: Counter[str] = Counter()

        def in_product(white: Warehouse) -> None:
            shipment = documents.add_shipment(white, part)
            activity = documents.pick(white, shipment)
            codes = {bin_.id: code for code, bin_ in white.bins.items()}
            for line in documents.lines_of(white, activity):
                if line.action_type is ActionType.TAKE:
                    taken[codes[line.bin_id or 0]] += int(line.quantity)
            documents.scan(white, activity)
            documents.register(white, activity)
            documents.ship(white, shipment)

        def in_model() -> None:
            if not wanted:
                raise Refused

        self.do(in_model, in_product)
        assert sum(taken.values()) == wanted
        self.model.ship(taken, key)
        assert min(self.model.bins[(code, *key)] for code in (*taken, "A")) >= 0

    @rule(
        found=st.dictionaries(
            BINS,
            st.dictionaries(st.sampled_from(KEYS), st.integers(-2, 2), max_size=3),
            min_size=1,
            max_size=2,
        ),
        misplaced=st.booleans(),
    )
    def count(self, found: dict[str, dict[Key, int]], misplaced: bool) -> None:  # noqa: FBT001 - drawn
        """Bins hold what is booked, give or take; misplaced: two bins hold each other's stock."""
        seen: dict[str, dict[Key, int]] = {}
        for bin_code, deviations in found.items():
            source = bin_code
            if misplaced and len(found) == 2:
                [source] = found.keys() - {bin_code}
            booked = {(k[1], k[2]): n for k, n in self.model.bins.items() if k[0] == source and n}
            held = {
                key: booked.get(key, 0) + deviations.get(key, 0) for key in {*booked, *deviations}
            }
            seen[bin_code] = {
                key: min(n, 1) if key[1].serial_no else n for key, n in held.items() if n > 0
            }
        parts = {code: [self.part(*one) for one in held.items()] for code, held in seen.items()}
        self.do(
            lambda: self.model.count(seen),
            lambda white: counting.count(white, parts),
        )

    @rule()
    def calculate(self) -> None:
        self.model.calculate()
        self.write(lambda white: counting.calculate(white, "SYNC"))
        self.compare_proposals()

    @precondition(lambda self: self.model.proposed)
    @rule(every=st.integers(1, 3))
    def post_some(self, every: int) -> None:
        keys = sorted(self.model.proposed)[::every]

        def in_product(white: Warehouse) -> None:
            lines = counting.proposals(white)
            numbers = read_journal_numbers(session_of(white), lines)
            counting.post_proposals(white, [n.id for n in numbers if key_of(n) in keys])

        self.do(lambda: self.model.post(keys), in_product)
        self.compare_proposals()

    @precondition(lambda self: self.model.proposed)
    @rule(item_no=st.sampled_from(["LOT", "SN", "PLAIN"]), missing=st.booleans())
    def delete_a_proposal(self, item_no: str, missing: bool) -> None:  # noqa: FBT001 - drawn
        kind = EntryType.NEGATIVE_ADJUSTMENT if missing else EntryType.POSITIVE_ADJUSTMENT
        self.model.delete(item_no, missing=missing)

        def in_product(white: Warehouse) -> None:
            item_id = self.goods[item_no].id
            lines = counting.proposals(white)
            ids = [n.id for n in lines if n.item_id == item_id and n.entry_type is kind]
            delete_journal_lines(session_of(white), ids)

        self.write(in_product)
        self.compare_proposals()

    @rule()
    def restart(self) -> None:
        """A new database object finds what is there; the old one, which has compiled, goes on."""
        self.database.close()
        reopened = Database(self.database.url.render_as_string(hide_password=False))
        self.compare(reopened)
        reopened.close()

    @invariant()
    def the_product_agrees_with_the_model(self) -> None:
        self.model.assert_consistent()
        self.compare(self.database)

    def compare(self, database: Database) -> None:
        with database.read() as session:
            bins = {
                (code, no, TrackingNumbers(s, number)): quantity
                for code, no, s, number, quantity in session.execute(BALANCES)
            }
            ledger = {
                (no, TrackingNumbers(s, number)): quantity
                for no, s, number, quantity in session.execute(LEDGER)
            }
        assert bins == {key: n * SCALE for key, n in self.model.bins.items() if n}
        assert ledger == {key: n * SCALE for key, n in self.model.ledger.items() if n}

    def compare_proposals(self) -> None:
        with self.database.read() as session:
            lines = counting.proposals(replace(self.warehouse, database=self.database))
            numbers = read_journal_numbers(session, lines)
        proposed = Counter[Key]()
        for number in numbers:
            proposed[key_of(number)] -= int(number.part.line.quantity_base)
        assert dict(proposed) == self.model.proposed
        assert len(numbers) == len(proposed)

    def teardown(self) -> None:
        if not hasattr(self, "model"):
            return
        self.write(counting.sync)
        with self.database.read() as session:
            assert check_ledgers(session) == []
            assert [row for row in session.execute(BALANCES) if row[0] == ADJUSTMENT] == []
