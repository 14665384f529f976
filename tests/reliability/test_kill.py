"""SIGKILL, a writer that is held, two supervisors at once: nothing acknowledged is ever lost.

More rounds: SCANNER_TEST_DEEP=1.
"""

import asyncio
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import func, select

from scanner_app.access.user import Role
from scanner_app.database import Database
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.scanning.scan import Scan
from scanner_app.warehouse.adjustment_sync import unsynchronised
from scanner_app.warehouse.ledger_check import check_ledgers
from tests.builders import Warehouse, build_warehouse, lot
from tests.passwords import PASSWORD
from tests.reliability.handhelds import Answer, Handheld
from tests.reliability.lossy_proxy import LOSSLESS
from tests.reliability.one_shift import tally, until, work_a_shift
from tests.reliability.served_hall import Work, let_in, make_hall
from tests.reliability.server_process import Server, migrated
from tests.warehouse.counting import count
from tests.warehouse.documents import Part
from tests.warehouse.masters import Goods

pytestmark = pytest.mark.slow

DEEP = os.environ.get("SCANNER_TEST_DEEP") == "1"
KILLS = 25 if DEEP else 3
SYNC_ROUNDS = 25 if DEEP else 3
DIFFERENCES = 30
WAIT_SECONDS_MAX = 60.0
# The choices of the sync page, which a browser would send because they are ticked.
CHOICE = re.compile(r'name="number" value="([0-9]+-[0-9]+)"')
HOLD_THE_WRITER = """
import sys
from scanner_app.database import Database

def hold(session):
    print("held", flush=True)
    sys.stdin.readline()

Database(sys.argv[1]).write(hold)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, threads=24)
    yield server
    server.kill()
    assert "request_failed" not in server.log


def test_nothing_acknowledged_is_lost_by_sigkill(server: Server) -> None:
    database = migrated(server)
    hall = make_hall(database, handhelds=8, intents_each=6 * KILLS, seed=2)
    database.close()
    looked: list[int] = []

    def look(acknowledged: set[str]) -> None:
        """The server is dead: this is what the disk holds."""
        assert acknowledged <= final_scans(server)
        assert_sound(server)
        looked.append(len(acknowledged))

    server.start()
    done = asyncio.run(work_a_shift(hall, server, 2, KILLS, losses=LOSSLESS, look=look))
    assert len(looked) == KILLS
    assert all(looked)
    assert (done.missing, done.extra, done.not_in_ledger) == ({}, {}, {})
    assert (done.scans_lost, done.acknowledged_lost, done.broken) == (0, 0, 0)


def final_scans(server: Server) -> set[str]:
    """The ids of all scans with an outcome."""
    database = Database(server.database_url)
    with database.read() as session:
        ids = session.scalars(select(Scan.uuid).where(Scan.outcome.is_not(None))).all()
    database.close()
    return {scan_id.lower() for scan_id in ids}


def assert_sound(server: Server) -> None:
    """Every invariant of the ledgers holds on the disk."""
    database = Database(server.database_url)
    with database.read() as session:
        assert check_ledgers(session) == []
    database.close()


def posted(server: Server) -> int:
    """How many item ledger entries all syncs posted."""
    adjustment = ItemLedgerEntry.warehouse_adjustment.is_(True)
    statement = select(func.count()).select_from(ItemLedgerEntry).where(adjustment)
    database = Database(server.database_url)
    with database.read() as session:
        found = session.scalar(statement) or 0
    database.close()
    return found


def waiting(warehouse: Warehouse) -> int:
    """How many numbers of the adjustment bin wait for a sync."""
    with warehouse.database.read() as session:
        return len(unsynchronised(session, warehouse.location))


def add_differences(warehouse: Warehouse, goods: Goods, sync_round: int) -> None:
    """Find lots in a bin that nobody booked there, as many as one sync is to post."""
    place = f"FOUND-{sync_round}"
    warehouse.add_bin(place)
    found = [Part(goods, 1, lot(f"L{sync_round}-{n}")) for n in range(DIFFERENCES)]
    count(warehouse, {place: found})


@pytest.fixture
def counted(server: Server) -> Iterator[tuple[Warehouse, Goods]]:
    """A location with two supervisors and a kind of item to find."""
    database = migrated(server)
    warehouse = build_warehouse(database)
    names = ("SUE", "SAM")
    for name in names:
        warehouse.add_user(name)
    let_in(database, *names, role=Role.SUPERVISOR)
    yield warehouse, warehouse.add_item("LOTS", "lot")
    database.close()


async def press_post(supervisor: Handheld, page: Answer) -> Answer:
    """Post all numbers of the sync page as it stands."""
    return await supervisor.press(page, "/sync/posting", number=CHOICE.findall(page.text))


async def calculated_page(supervisor: Handheld) -> Answer:
    """The sync page after a calculation."""
    await supervisor.press(await supervisor.get("/sync"), "/sync/calculation")
    page = await supervisor.get("/sync")
    assert len(CHOICE.findall(page.text)) == DIFFERENCES
    return page


def test_a_sync_that_is_killed_is_whole_or_not_at_all(
    server: Server, counted: tuple[Warehouse, Goods]
) -> None:
    warehouse, goods = counted
    chance = random.Random(5)
    server.start()
    for sync_round in range(1, SYNC_ROUNDS + 1):
        add_differences(warehouse, goods, sync_round)
        supervisor = Handheld("SUE", PASSWORD, lambda: server.port)
        asyncio.run(kill_while_posting(server, supervisor, chance.uniform(0, 0.4)))
        whole = posted(server) == sync_round * DIFFERENCES
        assert whole or posted(server) == (sync_round - 1) * DIFFERENCES
        assert waiting(warehouse) == (0 if whole else DIFFERENCES)
        warehouse.assert_sound()
        server.start()
        if not whole:
            asyncio.run(finish_sync(supervisor))
        assert posted(server) == sync_round * DIFFERENCES
        assert waiting(warehouse) == 0


async def kill_while_posting(server: Server, supervisor: Handheld, after: float) -> None:
    """The supervisor presses Post, and a moment later the server is dead."""
    await supervisor.sign_in()
    page = await calculated_page(supervisor)
    posting = asyncio.create_task(press_post(supervisor, page))
    await asyncio.sleep(after)
    await asyncio.to_thread(server.kill)
    posting.cancel()
    with suppress(asyncio.CancelledError):
        await posting


async def finish_sync(supervisor: Handheld) -> None:
    answer = await press_post(supervisor, await calculated_page(supervisor))
    assert answer.status == 303, answer.text


def test_two_supervisors_who_post_the_same_sync_at_once_post_it_once(
    server: Server, counted: tuple[Warehouse, Goods]
) -> None:
    warehouse, goods = counted
    server.start()
    for sync_round in range(1, SYNC_ROUNDS + 1):
        add_differences(warehouse, goods, sync_round)
        answers = asyncio.run(post_together(server))
        assert sorted(answer.status for answer in answers) == [303, 422]
        assert posted(server) == sync_round * DIFFERENCES
        assert waiting(warehouse) == 0
    warehouse.assert_sound()


async def post_together(server: Server) -> list[Answer]:
    """Both look at the same numbers, then both press Post."""
    both = [Handheld(name, PASSWORD, lambda: server.port) for name in ("SUE", "SAM")]
    for one in both:
        await one.sign_in()
    await calculated_page(both[0])
    pages = [await one.get("/sync") for one in both]
    return list(
        await asyncio.gather(
            *(press_post(one, page) for one, page in zip(both, pages, strict=True))
        )
    )


def test_while_another_process_writes_every_handheld_is_asked_to_come_back(
    server: Server,
) -> None:
    database = migrated(server)
    hall = make_hall(database, handhelds=20, intents_each=3, seed=3)
    database.close()
    server.start()
    handhelds = [Handheld(name, PASSWORD, lambda: server.port) for name in hall.work]
    asyncio.run(scan_against_a_held_writer(server, handhelds, hall.work))
    busy = [answer for one in handhelds for answer in one.statuses]
    assert {answer.status for answer in busy} == {503}
    assert all(answer.header("retry-after") == "1" for answer in busy)
    done = tally(hall, server, handhelds, Counter(), 0)
    assert (done.missing, done.extra, done.not_in_ledger) == ({}, {}, {})
    assert (done.scans_lost, done.acknowledged_lost, done.broken) == (0, 0, 0)


async def scan_against_a_held_writer(
    server: Server, handhelds: Sequence[Handheld], work: Mapping[str, list[Work]]
) -> None:
    """The writer is given back only when every handheld has its answer."""
    await asyncio.gather(*(one.sign_in() for one in handhelds))
    holder = subprocess.Popen(  # noqa: ASYNC220 - the loop has nothing else to do yet
        [sys.executable, "-c", HOLD_THE_WRITER, server.database_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    scanning = [asyncio.create_task(scan_all(one, work[one.name])) for one in handhelds]
    async with asyncio.timeout(WAIT_SECONDS_MAX):
        await until(lambda: all(one.statuses for one in handhelds))
    assert not any(one.answers for one in handhelds)
    await asyncio.to_thread(holder.communicate, "\n")
    await asyncio.gather(*scanning)


async def scan_all(handheld: Handheld, works: Sequence[Work]) -> None:
    for one in works:
        await handheld.scan(one.kind, one.no, one.codes)
    for one in works:
        if one.kind != "count":
            await handheld.register(one.kind, one.no)
