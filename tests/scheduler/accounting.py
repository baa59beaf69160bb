"""What became of every digest that was due, beside what a platform counted."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import occurrence, schedule
from bot.wiring import utc_now
from handlers.chat.digests import FINAL, Doubt
from tests.scheduler.world import World

_FINAL = [state.value for state in FINAL]
_NEVER = datetime(2100, 1, 1, tzinfo=UTC)
Stopped = dict[str, datetime]
"""When each schedule would have been due next."""


@dataclass
class Damage:
    """What killing did."""

    kills: int = 0
    due: int = 0
    """How often a digest was due."""
    states: Counter[str] = field(default_factory=Counter)
    """Of the runs at the end."""
    lost: list[str] = field(default_factory=list)
    """Due and in no final state, without a row, or sent and not posted."""
    doubled: list[str] = field(default_factory=list)
    """Posted again where one can look, or where it was not to be repeated, or without the words."""
    repeats: int = 0
    """Posted again with the words, where one cannot look."""
    unanswered: int = 0
    """Posts that stand in Teams and were not answered: a repeat may be theirs."""
    told: int = 0
    """Posts that tell of a failure."""
    taken_over: int = 0
    """Runs whose process was killed in the midst of them, or which were given back."""
    posts: int = 0


async def due_now(engine: AsyncEngine, every: int) -> None:
    """Every schedule from now on, every so many seconds: a cron of six fields, which the gate lets
    nobody write, but cronsim takes.
    """
    first = utc_now().replace(microsecond=0)
    first += timedelta(seconds=-first.second % every)
    async with engine.begin() as connection:
        await connection.execute(
            update(schedule).values(cron=f"*/{every} * * * * *", next_due=first, since=first)
        )


async def due_no_more(engine: AsyncEngine) -> Stopped:
    """No schedule any more."""
    async with engine.begin() as connection:
        rows = await connection.execute(
            select(schedule.c.id, schedule.c.next_due).with_for_update()
        )
        stopped = {row.id: row.next_due for row in rows}
        await connection.execute(update(schedule).values(next_due=_NEVER))
    return stopped


async def all_final(engine: AsyncEngine) -> bool:
    """Whether every run has come to its end."""
    open_ = select(exists().where(occurrence.c.state.not_in(_FINAL)))
    async with engine.connect() as connection:
        return not (await connection.execute(open_)).scalar()


async def accounted(engine: AsyncEngine, there: World, every: int, stopped: Stopped) -> Damage:
    """The account."""
    s, o = schedule.c, occurrence.c
    run = (o.due, o.number.label("run"), o.state, o.fence, o.attempts)
    wanted = select(s.number, s.platform, s.doubt, *run).join(occurrence)
    stood = select(s.id, s.since, func.count(o.due), func.sum(o.missed)).join(occurrence)
    async with engine.connect() as connection:
        runs = (await connection.execute(wanted)).all()
        sums = (await connection.execute(stood.group_by(s.id, s.since))).all()
    posts, bare = there.seen()
    found = Damage(posts=posts.total())
    found.told = len(there.slack.posted) + len(there.cloud.posted) - found.posts
    found.unanswered = there.failed.taken["lost"]
    for key, since, rows, missed in sums:
        due = (stopped[key] - since) // timedelta(seconds=every)
        found.due += due
        found.lost += [f"{key}: {due - rows - missed} of {due}"] if due != rows + missed else []
    for one in runs:
        key = (one.number, one.run)
        _judge(found, one, posts[key], bare[key])
    return found


def _judge(found: Damage, run: Any, posts: int, bare: int) -> None:
    name = f"digest {run.number}, run {run.run} on {run.platform}: {run.state}, {posts} posts"
    found.states[run.state] += 1
    found.taken_over += run.fence > 1 + run.attempts
    if run.state not in _FINAL or (run.state == "sent" and not posts):
        found.lost.append(name)
    never = run.platform == "slack" or run.doubt == Doubt.LEAVE.value
    if bare > 1 or (posts > 1 and never):
        found.doubled.append(f"{name}, {bare} without a word")
    found.repeats += 0 if never else max(posts - 1, 0)
