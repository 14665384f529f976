"""A scan asks few questions, no more of them for twenty lines than for one, each by an index."""

import contextlib
import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from scanner_app.access.user import User
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.warehouse.activity import WarehouseActivity
from scanner_app.warehouse.bin_balance import stock_in_bins
from scanner_app.warehouse.master_codes import index_batch, index_bins
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch
from tests.apps import app_of
from tests.builders import Warehouse, build_warehouse
from tests.passwords import PASSWORD, QUICK_HASH
from tests.sent_statements import Sent, statements_sent
from tests.warehouse.counting import add_count
from tests.warehouse.documents import Part, receive
from tests.warehouse.masters import MOMENT, Goods
from tests.web.page_client import PageClient

MANY = 20
STATEMENTS_MAX = 16
# A move looks for what open documents and shipments need of its bin, as no document before it did.
STATEMENTS_OF_MOVE_MAX = 22
BOOKKEEPING = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")
LARGE_TABLES = ("code_index", "bin_balance", "warehouse_activity_line", "scan", "warehouse_entry")
# A scan of an index reads all of it too; only a search is quick.
READ_WHOLE = re.compile(rf"(?:SCAN|Seq Scan on) (?:{'|'.join(LARGE_TABLES)})\b")


@contextmanager
def statements() -> Iterator[Sent]:
    """The statements sent meanwhile with their values, transactions and savepoints left out."""
    asked: Sent = []
    with statements_sent(Engine) as sent:
        yield asked
    asked.extend(one for one in sent if not one[0].startswith(BOOKKEEPING))


@dataclass
class Hall:
    """A warehouse, its app, and a worker who is signed in there."""

    warehouse: Warehouse
    goods: Goods
    client: PageClient
    headers: dict[str, str]
    sent: Sent = field(default_factory=list)

    def put_away(self, *numbers: TrackingNumbers) -> str:
        """A put-away with a line for each set of numbers."""
        key = receive(self.warehouse, *(Part(self.goods, 1, n) for n in numbers))
        return self.warehouse.write(lambda session: session.get_one(WarehouseActivity, key).no)

    def meet_device(self) -> None:
        """The very first scan of a device makes its record, once."""
        with contextlib.suppress(AssertionError):
            self.scan("put-away", "NONE", "NONE")

    def scan(self, kind: str, no: str, raw: str, step: str = "") -> int:
        """Scan a code, as a handheld sends it; returns how many statements it took."""
        new: dict[str, Any] = {
            "id": str(uuid.uuid4()),
            "device_seq": 1,
            "seen_seq": 1,
            "raw": raw,
            "document_kind": kind,
            "document_no": no,
            "step": step,
        }
        body = json.dumps({"scans": [new]})
        with statements() as sent:
            answer = self.client.client.post(
                "/scans", data=body, content_type="application/json", headers=self.headers
            )
        assert 'data-result="accepted"' in answer.text, answer.text
        self.sent.extend(sent)
        return len(sent)

    def register(self, put_away: str) -> None:
        """Register a put-away that is scanned."""
        form = {"csrf_token": self.headers["X-CSRFToken"], "request_id": str(uuid.uuid4())}
        with statements() as sent:
            answer = self.client.client.post(f"/put-aways/{put_away}/registration", data=form)
        assert answer.status_code == 303, answer.text
        self.sent.extend(sent)


@pytest.fixture
def hall(database: Database, tmp_path: Path) -> Hall:
    warehouse = build_warehouse(database, require_receive=True, require_put_away=True)
    goods = warehouse.add_item("P100", "lot", "package")

    def finish(session: Session) -> None:
        for bin_ in warehouse.bins.values():
            index_bins(session, bin_.location_id, {bin_.code: bin_.id})
        session.get_one(User, warehouse.by.user_id).password_hash = QUICK_HASH

    warehouse.write(finish)
    settings = Settings(data_folder=tmp_path, database_url="", secret_key="k" * 40)
    client = PageClient(app_of(settings, database, lambda: MOMENT))
    client.sign_in("WORKER", PASSWORD)
    token = client.get("/put-aways").all("body")[0].get("hx-headers")
    return Hall(warehouse, goods, client, {"HX-Request": "true"} | json.loads(token))


def lots(count: int, prefix: str, package: str = "") -> list[TrackingNumbers]:
    return [TrackingNumbers("", f"{prefix}{n:03d}", package) for n in range(count)]


def count_of(hall: Hall, bin_code: str, lines: int) -> str:
    """A count of a bin in which so many lots lie."""
    for numbers in lots(lines, f"{bin_code}-", f"P{bin_code}"):
        hall.warehouse.stock(hall.goods, bin_code, 1, numbers)
    batch_id = add_count(hall.warehouse, bin_code, name=f"COUNT{bin_code}")

    def finish(session: Session) -> str:
        batch = session.get_one(WarehouseJournalBatch, batch_id)
        index_batch(session, batch)
        return batch.name

    return hall.warehouse.write(finish)


def test_a_unit_and_its_bin_take_the_same_few_statements_on_every_document(hall: Hall) -> None:
    hall.meet_device()
    taken = {}
    for lines in (3, MANY):
        put_away = hall.put_away(*lots(lines, f"U{lines}-", f"PU{lines}"))
        opening = hall.scan("put-away", put_away, f"U{lines}-000")
        assert opening <= STATEMENTS_MAX, "the first scan of a document"
        hall.scan("put-away", put_away, "A")
        unit = hall.scan("put-away", put_away, f"U{lines}-001")
        taken[lines] = unit, hall.scan("put-away", put_away, "A")
    assert taken[3] == taken[MANY]
    assert max(taken[MANY]) <= STATEMENTS_MAX


def test_the_scan_that_completes_a_document_also_takes_few_statements(hall: Hall) -> None:
    hall.meet_device()
    put_away = hall.put_away(*lots(MANY, "U", "PU"))
    hall.scan("put-away", put_away, "PU")
    assert hall.scan("put-away", put_away, "A") <= STATEMENTS_MAX


def test_a_package_of_many_lines_takes_as_many_statements_as_one_of_one_line(hall: Hall) -> None:
    taken = {}
    for lines in (1, MANY):
        put_away = hall.put_away(*lots(1, f"O{lines}-", "OTHER"), *lots(lines, f"K{lines}-", "K"))
        hall.scan("put-away", put_away, f"O{lines}-000")
        hall.scan("put-away", put_away, "A")
        package = hall.scan("put-away", put_away, "K")
        taken[lines] = package, hall.scan("put-away", put_away, "A")
    assert taken[1] == taken[MANY]
    assert max(taken[MANY]) <= STATEMENTS_MAX


def scans_of_count(hall: Hall, bin_code: str, lines: int) -> dict[str, int]:
    """What each kind of scan takes in a bin with so many lots in one package."""
    count = count_of(hall, bin_code, lines)
    return {
        "open": hall.scan("count", count, bin_code),
        "lot": hall.scan("count", count, f"{bin_code}-000"),
        "quantity": hall.scan("count", count, "1", "quantity"),
        "package": hall.scan("count", count, f"P{bin_code}"),
        "close": hall.scan("count", count, bin_code),
    }


def test_a_count_takes_the_same_few_statements_in_a_full_bin_as_in_an_almost_empty_one(
    hall: Hall,
) -> None:
    hall.meet_device()
    few, many = scans_of_count(hall, "A", 2), scans_of_count(hall, "B", MANY)
    assert few == many
    assert max(many.values()) <= STATEMENTS_MAX, many


def scans_of_move(hall: Hall, lines: int) -> dict[str, int]:
    """What each kind of scan takes when so many lots of a package are moved from A to B."""
    for numbers in lots(lines, f"M{lines}-", f"PM{lines}"):
        hall.warehouse.stock(hall.goods, "A", 1, numbers)
    return {
        "lot": hall.scan("move", "WHITE", f"M{lines}-000"),
        "package": hall.scan("move", "WHITE", f"PM{lines}"),
        "bin": hall.scan("move", "WHITE", "B"),
    }


def test_a_move_of_many_lines_takes_as_many_statements_as_one_of_one(hall: Hall) -> None:
    hall.meet_device()
    hall.warehouse.stock(hall.goods, "A", 1, TrackingNumbers("", "FIRST", "PFIRST"))
    hall.scan("move", "WHITE", "FIRST")
    hall.scan("move", "WHITE", "B")
    few, many = scans_of_move(hall, 2), scans_of_move(hall, MANY)
    assert few == many
    assert max(many["lot"], many["package"]) <= STATEMENTS_OF_MOVE_MAX, many
    for plan in plans(hall.warehouse.database, hall.sent):
        assert not READ_WHOLE.search(plan), plan


def test_scanning_and_registering_read_no_large_table_whole(hall: Hall) -> None:
    put_away = hall.put_away(*lots(3, "U", "PU"))
    for raw in ("U000", "A", "PU", "A"):
        hall.scan("put-away", put_away, raw)
    hall.register(put_away)
    hall.warehouse.stock(hall.goods, "A", 1, TrackingNumbers("", "C", "PC"))
    with statements() as of_bin:
        bin_id = hall.warehouse.bins["A"].id
        hall.warehouse.write(lambda session: stock_in_bins(session, [bin_id]))
    for table in LARGE_TABLES[:3]:
        assert any(table in statement for statement, _ in hall.sent), "or the plans say nothing"
    for plan in plans(hall.warehouse.database, [*hall.sent, *of_bin]):
        assert not READ_WHOLE.search(plan), plan


def test_a_lot_is_found_by_item_and_number_and_not_among_all_stock_of_the_item(hall: Hall) -> None:
    put_away = hall.put_away(*lots(2, "U", "PU"))
    hall.scan("put-away", put_away, "U000")
    of_lot = [one for one in hall.sent if "bin_balance.lot_no =" in one[0]]
    assert of_lot
    for plan in plans(hall.warehouse.database, of_lot):
        assert "ix_bin_balance_item" in plan, plan


def plans(database: Database, sent: Sent) -> list[str]:
    """How the database finds what was asked, behind each statement in its own words."""
    is_sqlite = database.dialect == "sqlite"
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"

    def work(session: Session) -> list[str]:
        if not is_sqlite:
            # The tables of a test are so small that reading them whole costs less.
            session.execute(text("SET LOCAL enable_seqscan = off"))
        found = []
        for statement, values in sent:
            if statement.startswith(("SELECT", "UPDATE")):
                one = values[0] if isinstance(values, list) else values
                rows = session.connection().exec_driver_sql(f"{explain} {statement}", one)
                found.append("\n".join([statement, *(str(row[-1]) for row in rows)]))
        return found

    return database.write(work)
