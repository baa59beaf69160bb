"""kill -9 while digests are sent, 250 times on each database and more; and PostgreSQL restarted
under them. Each part is bounded: it ends, well or badly, within a quarter of an hour.
"""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.demo_installation import make_sample
from bot.wiring import utc_now
from tests import postgres
from tests.bench.measuring import Row
from tests.scheduler.accounting import Damage
from tests.scheduler.killing import Killing
from tests.scheduler.test_trouble import BACK, restarted

KILLS = 250
EVERY = 4
"""Seconds between two runs of a digest where one process alone sends them: it has to catch up."""

RESTARTS = 20


def rows(*, quick: bool) -> list[Row]:
    """What the kills did on SQLite with one process and on PostgreSQL with three; how soon digests
    were sent again after a restart.
    """
    kills, restarts = (KILLS // 10, RESTARTS // 5) if quick else (KILLS, RESTARTS)
    with TemporaryDirectory() as folder:
        data = Path(folder)
        make_sample(data, utc_now())
        file = f"sqlite+aiosqlite:///{data / 'seatwise.db'}"
        found = [_row("SQLite", asyncio.run(Killing(file, data, kills, 1, 2, EVERY).damage()))]
        with postgres.running() as server, server.fresh() as url:
            damage = asyncio.run(Killing(url, data, kills, 3, 3).damage())
            found.append(_row("PostgreSQL, three replicas of which one never returns", damage))
    with postgres.running() as server:
        return [*found, asyncio.run(_restarts(server, restarts))]


def _row(store: str, damage: Damage) -> Row:
    harm = len(damage.lost) + len(damage.doubled)
    states = ", ".join(f"{count} {state}" for state, count in damage.states.most_common())
    said = f"{harm} lost or doubled; {damage.repeats} marked repeats, "
    said += f"{damage.unanswered} of Teams' answers lost"
    right = harm == 0 and damage.repeats <= damage.kills + damage.unanswered
    what = f"{damage.kills} kills during digests on {store}: {damage.due} due ({states})"
    return Row(what, said, "", None, "0; a marked repeat a kill or lost answer at the most", right)


async def _restarts(server: postgres.Server, times: int) -> Row:
    with server.fresh() as url:
        back, stage = await restarted(server, url, times)
        runs = await stage.rows()
        await stage.engine.dispose()
    sent = [letter.mark for letter in stage.box.runs]
    whole = len({*sent}) == len(sent) == len(runs)
    whole = whole and {run.state for run in runs} == {"sent"}
    what = f"PostgreSQL restarted at once {times} times under digests: {len(runs)} due"
    lost = "none" if whole else "some"
    said = f"sent again after {max(back):.1f} s at most; {lost} lost or doubled"
    right = whole and max(back) <= BACK
    return Row(what, said, "", None, f"≤ {BACK:.0f} s, none", right)
