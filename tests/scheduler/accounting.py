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
from tests.scheduler.counter import Counted

EVERY = timedelta(seconds=1)
CRON = "* * * * * *"
"""Six fields: the gate stands before the store, and cronsim takes them."""

_FINAL = [state.value for state in FINAL]
_NEVER = datetime(2100, 1, 1, tzinfo=UTC)
_STOPPED: dict[str, datetime] = {}
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
    hidden: int = 0
    """Posts there whose answer was lost or an error: a repeat may be theirs."""
    faults: int = 0
    taken_over: int = 0
    """Runs whose process was killed in the midst of them, or which were given back."""
    posts: int = 0


async def due_now(engine: AsyncEngine, cron: str) -> None:
    """Every schedule from now on."""
    first = utc_now().replace(microsecond=0)
    async with engine.begin() as connection:
        await connection.execute(update(schedule).values(cron=cron, next_due=first, since=first))


async def due_no_more(engine: AsyncEngine) -> None:
    """No schedule any more."""
    async with engine.begin() as connection:
        rows = await connection.execute(
            select(schedule.c.id, schedule.c.next_due).with_for_update()
        )
        _STOPPED.update({row.id: row.next_due for row in rows})
        await connection.execute(update(schedule).values(next_due=_NEVER))


async def all_final(engine: AsyncEngine) -> bool:
    """Whether every run has come to its end."""
    open_ = select(exists().where(occurrence.c.state.not_in(_FINAL)))
    async with engine.connect() as connection:
        return not (await connection.execute(open_)).scalar()


async def accounted(engine: AsyncEngine, counted: Counted) -> Damage:
    """The account."""
    s, o = schedule.c, occurrence.c
    wanted = select(s.id, s.platform, s.doubt, o.due, o.state, o.missed, o.fence, o.attempts).join(
        occurrence
    )
    stood = select(s.id, s.since, func.count(o.due), func.sum(o.missed)).join(occurrence)
    async with engine.connect() as connection:
        runs = (await connection.execute(wanted)).all()
        sums = (await connection.execute(stood.group_by(s.id, s.since))).all()
    found = Damage(posts=counted.posts.total(), faults=counted.faults)
    found.hidden = counted.hidden["teams"]
    for key, since, rows, missed in sums:
        due = (_STOPPED[key] - since) // EVERY
        found.due += due
        found.lost += [f"{key}: {due - rows - missed} of {due}"] if due != rows + missed else []
    for run in runs:
        _judge(found, run, counted)
    return found


def _judge(found: Damage, run: Any, counted: Counted) -> None:
    key = (run.platform, f"{run.id}-{run.due:%Y%m%dT%H%M%S%f}")
    posts, bare = counted.posts[key], counted.bare[key]
    found.states[run.state] += 1
    found.taken_over += run.fence > 1 + run.attempts
    if run.state not in _FINAL or (run.state == "sent" and not posts):
        found.lost.append(f"{key}: {run.state}, {posts} posts")
    never = run.platform == "slack" or run.doubt == Doubt.LEAVE.value
    if bare > 1 or (posts > 1 and never):
        found.doubled.append(f"{key}: {posts} posts, {bare} without a word")
    found.repeats += 0 if never else max(posts - 1, 0)
