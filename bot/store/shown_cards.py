"""Messages posted by schedules that ask for decisions: found again where one of them was made."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, String, Table, Text, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.values import PartnerId
from bot.runs import Claim, ShownCard
from bot.store.column_types import Instant
from bot.store.schedule.claims import sent_run
from bot.store.tables import metadata
from handlers.chat.decisions import DecisionSubject

_KEPT = timedelta(days=8)
"""Time for which a message is replaced: older ones only refuse what was decided elsewhere."""
_REMEMBERED = timedelta(days=60)
"""Time after that for which it is known what a message named: more than a reminder looks ahead."""
_FEW = 20

shown_card = Table(
    "shown_card",
    metadata,
    Column("schedule", String(32), primary_key=True),
    Column("due", Instant, primary_key=True),
    Column("partner", String(64), ForeignKey("partner.id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("terms", Text, nullable=False),
    Column("until", Instant, nullable=False),
    Column("changed", Instant),
)
"""Runs whose message asks for decisions: `terms` is a JSON list of the terms' keys, `changed` is
when one of them was decided or undone, until the message was replaced.
"""
_C = shown_card.c


class CardStore:
    """The store behind `bot.runs.ShownCards`. Raises STORE_ERRORS."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    async def note(self, claim: Claim, terms: Sequence[str]) -> None:
        """Keep which terms a run's message asks for; forget messages that are older than two
        months.
        """
        now = self._clock()
        values = {"schedule": claim.schedule, "due": claim.run.due, "partner": claim.partner}
        values |= {"kind": claim.kind, "terms": json.dumps([*terms]), "until": now + _KEPT}
        its = and_(_C.schedule == claim.schedule, _C.due == claim.run.due)
        async with self._engine.begin() as connection:
            old = _C.until <= now - _REMEMBERED
            await connection.execute(delete(shown_card).where(old | its))
            await connection.execute(insert(shown_card).values(values))

    async def changed_cards(self, kind: str) -> list[ShownCard]:
        """Return messages of a kind whose terms were decided since, a few at a time."""
        wanted = and_(_C.kind == kind, _C.changed.is_not(None), _C.until > self._clock())
        rows = select(shown_card).where(wanted).order_by(_C.changed).limit(_FEW)
        async with self._engine.execution_options(reading=True).connect() as connection:
            found = []
            for row in (await connection.execute(rows)).all():
                run = await sent_run(connection, row.schedule, row.due)
                if run:
                    found.append(ShownCard(*run, row.changed))
            return found

    async def naming_hours(self, claim: Claim) -> dict[str, datetime]:
        """Return when each term was last asked for by the schedule's runs before this one."""
        before = and_(_C.schedule == claim.schedule, _C.due < claim.run.due)
        rows = select(_C.due, _C.terms).where(before).order_by(_C.due)
        async with self._engine.execution_options(reading=True).connect() as connection:
            found = (await connection.execute(rows)).all()
        return {term: row.due for row in found for term in json.loads(row.terms)}

    async def mark_replaced(self, card: ShownCard) -> None:
        """Record that a message shows what was decided; not where another decision came since."""
        claim = card.claim
        its = and_(_C.schedule == claim.schedule, _C.due == claim.run.due)
        shown = update(shown_card).where(its, _C.changed == card.changed)
        async with self._engine.begin() as connection:
            await connection.execute(shown.values(changed=None))


async def mark_changed(
    connection: AsyncConnection, of: PartnerId, about: DecisionSubject, now: datetime
) -> None:
    """Record that the messages that ask for this term no longer show how it stands."""
    asks = and_(_C.partner == of, _C.terms.contains(f'"{about.key}"', autoescape=True))
    await connection.execute(update(shown_card).where(asks).values(changed=now))
