"""Exactly once: what handhelds mean is what the ledgers hold, over a network that loses things.

    python bench/exactly_once.py [--handhelds N] [--intents N] [--kills N] [--seed N] [--json]

Handhelds put away, pick and count at the real server through a proxy that loses a tenth of the
requests and a quarter of the answers and sends a tenth twice; the server is killed by SIGKILL
at random moments. The same seed gives every handheld the same fates.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._report import print_table, report
from tests.reliability.lossy_proxy import Fate
from tests.reliability.one_shift import Tally, work_a_shift
from tests.reliability.served_hall import make_hall
from tests.reliability.server_process import Server, migrated

KINDS_OF_WORK = 3
LIMITS = {
    "missing": 0,
    "extra": 0,
    "scans_lost": 0,
    "acknowledged_lost": 0,
    "broken_invariants": 0,
}


def main() -> None:
    """Work the shift, print the table and the verdict."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--handhelds", type=int, default=50, help="how many work at once")
    arguments.add_argument("--intents", type=int, default=84, help="of each handheld")
    arguments.add_argument("--kills", type=int, default=5, help="of the server, by SIGKILL")
    arguments.add_argument("--seed", type=int, default=1, help="of losses, kills and work")
    arguments.add_argument("--json", action="store_true", help="one JSON object as last line")
    options = arguments.parse_args()
    if options.handhelds < 1 or options.intents < KINDS_OF_WORK:
        arguments.error("give at least one handheld and three intents")
    tally, seconds = measure(options.handhelds, options.intents, options.kills, options.seed)
    figures = figures_of(tally) | {"handhelds": options.handhelds, "seconds": round(seconds, 1)}
    print_table(["exactly once", "count"], list(figures.items()))
    for name, effects in (("missing", tally.missing), ("extra", tally.extra)):
        for effect, count in list(effects.items())[:20]:
            print(f"{name}: {count} x {effect}")
    ok = all(figures[name] == limit for name, limit in LIMITS.items())
    report("exactly_once", figures, {}, {}, LIMITS, ok, options.json)


def measure(handhelds: int, intents: int, kills: int, seed: int) -> tuple[Tally, float]:
    """One shift on a new data folder, and how many seconds it took."""
    with tempfile.TemporaryDirectory(prefix="exactly-once") as folder:
        server = Server(Path(folder))
        database = migrated(server)
        hall = make_hall(database, handhelds, intents, seed)
        database.close()
        server.start()
        begun = time.monotonic()
        try:
            tally = asyncio.run(work_a_shift(hall, server, seed, kills))
        finally:
            server.kill()
        return tally, time.monotonic() - begun


def figures_of(tally: Tally) -> dict[str, object]:
    """The counts of a shift; what the warehouse entries lack or have too much counts as well."""
    return {
        "intents": tally.intents,
        "effects": tally.effects,
        "missing": tally.missing.total() + tally.not_in_ledger.total(),
        "extra": tally.extra.total(),
        "scans": tally.scans,
        "scans_lost": tally.scans_lost,
        "acknowledged_lost": tally.acknowledged_lost,
        "tries": tally.tries,
        "lost_requests": tally.fates[Fate.REQUEST_LOST],
        "lost_answers": tally.fates[Fate.ANSWER_LOST],
        "doubled": tally.fates[Fate.DOUBLED],
        "kills": tally.kills,
        "broken_invariants": tally.broken,
    }


if __name__ == "__main__":
    main()
