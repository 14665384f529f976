"""One shift: all handhelds of a hall work over a lossy network while the server is killed.

The tally compares what was meant with what the database holds afterwards.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Executable, literal, select
from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.scanning.scan import Scan
from scanner_app.warehouse.activity import (
    ActionType,
    ActivityType,
    RegisteredActivity,
    RegisteredActivityLine,
)
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.ledger_check import check_ledgers
from scanner_app.warehouse.warehouse_journal import BinCount, CountEntry
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument, WarehouseEntry
from tests.passwords import PASSWORD
from tests.reliability.handhelds import Handheld
from tests.reliability.lossy_proxy import Fate, Losses, LossyProxy
from tests.reliability.served_hall import Effect, Hall, Work
from tests.reliability.server_process import Server

KILL_AFTER_SECONDS_MAX = 0.3
LOOK_AGAIN_SECONDS = 0.01

Look = Callable[[set[str]], None]


@dataclass(frozen=True)
class Tally:
    """What was meant, what became of it, and what it took."""

    intents: int
    effects: int
    missing: Counter[Effect]
    extra: Counter[Effect]
    not_in_ledger: Counter[Effect]
    scans: int
    scans_not_final: int
    scans_not_accepted: int
    scans_lost: int
    acknowledged_lost: int
    broken: int
    tries: int
    fates: Counter[Fate]
    kills: int


async def work_a_shift(
    hall: Hall,
    server: Server,
    seed: int,
    kills: int,
    *,
    losses: Losses | None = None,
    look: Look | None = None,
) -> Tally:
    """Let every handheld do its work; kill the server at random moments of it.

    Args:
        hall: the work.
        server: a server that answers.
        seed: of everything that is random here.
        kills: how often the server is killed and started again.
        losses: of the network; the usual ones when left out.
        look: called between each kill and start, with the ids that were acknowledged.
    """
    chance = random.Random(seed)
    async with LossyProxy(server.port, seed, losses or Losses()) as proxy:
        handhelds = [Handheld(name, PASSWORD, lambda: proxy.port, seed=seed) for name in hall.work]
        killing = asyncio.create_task(
            _kill_now_and_then(hall, server, proxy, handhelds, kills, look)
        )
        await asyncio.gather(
            killing, *(work_through(one, hall.work[one.name], chance) for one in handhelds)
        )
    return tally(hall, server, handhelds, proxy.fates, kills)


async def work_through(handheld: Handheld, works: list[Work], chance: random.Random) -> None:
    """Scan every document, and register the ones that are one's own."""
    await handheld.sign_in()
    for work in chance.sample(works, len(works)):
        await handheld.scan(work.kind, work.no, work.codes)
        if work.kind != "count":
            answer = await handheld.register(work.kind, work.no)
            assert answer.status == 303, f"{work.no}: {answer.status} {answer.text[:500]}"


async def _kill_now_and_then(
    hall: Hall,
    server: Server,
    proxy: LossyProxy,
    handhelds: list[Handheld],
    kills: int,
    look: Look | None,
) -> None:
    """Spread over the scans that are to come, each time at a moment of its own."""
    chance = random.Random(f"kills {proxy.seed}")
    scans = sum(len(work.codes) for works in hall.work.values() for work in works)
    for number in range(1, kills + 1):
        share = scans * number / (kills + 1)
        await until(lambda share=share: len(acknowledged_by(handhelds)) >= share)  # type: ignore[misc]
        await asyncio.sleep(chance.uniform(0, KILL_AFTER_SECONDS_MAX))
        await asyncio.to_thread(server.kill)
        if look is not None:
            look(acknowledged_by(handhelds))
        await asyncio.to_thread(server.start)
        proxy.target = server.port


async def until(happened: Callable[[], bool]) -> None:
    """Look again and again until something happened."""
    while not happened():  # noqa: ASYNC110 - handhelds tell nobody how far they are
        await asyncio.sleep(LOOK_AGAIN_SECONDS)


def acknowledged_by(handhelds: list[Handheld]) -> set[str]:
    """The ids of all scans that have an answer."""
    return {scan_id for one in handhelds for scan_id in one.answers}


def tally(
    hall: Hall, server: Server, handhelds: list[Handheld], fates: Counter[Fate], kills: int
) -> Tally:
    """Compare what the database holds with what was meant and what was acknowledged."""
    database = Database(server.database_url)
    with database.read() as session:
        effects, in_ledger = effects_of(session), moves_of(session)
        kept = {
            scan_id.lower(): outcome
            for scan_id, outcome in session.execute(select(Scan.uuid, Scan.outcome))
        }
        broken = len(check_ledgers(session))
    database.close()
    acknowledged = acknowledged_by(handhelds)
    moves = Counter({one: n for one, n in hall.intents.items() if one.kind != "count"})
    return Tally(
        intents=hall.intents.total(),
        effects=effects.total(),
        missing=hall.intents - effects,
        extra=effects - hall.intents,
        not_in_ledger=(moves - in_ledger) + (in_ledger - moves),
        scans=len(kept),
        scans_not_final=sum(1 for outcome in kept.values() if outcome is None),
        scans_not_accepted=sum(1 for outcome in kept.values() if not _is_accepted(outcome)),
        scans_lost=sum(one.scanned for one in handhelds) - len(kept),
        acknowledged_lost=len(acknowledged - kept.keys()),
        broken=broken,
        tries=sum(one.tries for one in handhelds),
        fates=fates,
        kills=kills,
    )


def effects_of(session: Session) -> Counter[Effect]:
    """What was registered of put-aways and picks, and what was counted."""
    line, entry = RegisteredActivityLine, CountEntry
    put_away = (line.action_type == ActionType.PLACE) & (
        RegisteredActivity.type == ActivityType.PUT_AWAY
    )
    picked = (line.action_type == ActionType.TAKE) & (RegisteredActivity.type == ActivityType.PICK)
    registered = (
        select(RegisteredActivity.type, Bin.code, line.serial_no, line.lot_no, line.quantity)
        .join(line, line.registered_activity_id == RegisteredActivity.id)
        .join(Bin, Bin.id == line.bin_id)
        .where(put_away | picked)
    )
    counted = (
        select(literal("count"), Bin.code, entry.serial_no, entry.lot_no, entry.quantity)
        .join(BinCount, BinCount.id == entry.bin_count_id)
        .join(Bin, Bin.id == BinCount.bin_id)
    )
    return _effects(session, registered) + _effects(session, counted)


def moves_of(session: Session) -> Counter[Effect]:
    """The same of put-aways and picks, as the warehouse entries say."""
    entry = WarehouseEntry
    placed = (entry.reference_document == WarehouseDocument.PUT_AWAY) & (entry.quantity_base > 0)
    taken = (entry.reference_document == WarehouseDocument.PICK) & (entry.quantity_base < 0)
    statement = (
        select(
            entry.reference_document,
            Bin.code,
            entry.serial_no,
            entry.lot_no,
            entry.quantity_base,
        )
        .join(Bin, Bin.id == entry.bin_id)
        .where(placed | taken)
    )
    return _effects(session, statement)


def _effects(session: Session, statement: Executable) -> Counter[Effect]:
    return Counter(
        Effect(str(kind).lower(), bin_code, serial_no or lot_no, abs(Decimal(quantity)))
        for kind, bin_code, serial_no, lot_no, quantity in session.execute(statement)
    )


def _is_accepted(outcome: dict[str, Any] | None) -> bool:
    return outcome is not None and outcome["result"] == "accepted"
