"""The questions that buttons ask when pressed, kept for a while under opaque ids."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery import Origin, Saved
from bot.store.audit import lock_partner
from bot.store.tables import saved_ask
from handlers.chat.asking import Ask, Reach, UserRef, View
from handlers.chat.reply import Choice

LASTS = timedelta(hours=24)
"""Lifetime of a button: it covers a day's conversation, but not last month's rights."""

LONGEST = timedelta(days=62)
"""Lifetime that no button exceeds, whatever it asks for."""

BEHIND = timedelta(days=8)
"""Lifetime of the buttons for what lies behind an answer: longer than its generation is kept, where
facts are renewed each day.
"""


class ButtonStore:
    """The store of buttons' questions. An id tells nothing and opens nothing by itself: the person
    who presses is authorized again.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def save(
        self, ask: Ask, choices: Sequence[Choice], origin: Origin, now: datetime
    ) -> list[str]:
        """Return an id for each choice, owned by the asker; delete buttons that have expired."""
        ids = [secrets.token_urlsafe(32) for _ in choices]
        owner = {
            "partner": ask.room.partner,
            "platform": ask.asker.platform,
            "tenant": ask.asker.tenant,
            "user_id": ask.asker.id,
            "room": ask.room.address,
        }
        rows = [
            {**owner, **_of(choice), "id": i, **_lifetime(choice, origin, now)}
            for i, choice in zip(ids, choices, strict=True)
        ]
        async with self._engine.begin() as connection:
            await lock_partner(connection, ask.room.partner)
            await connection.execute(
                delete(saved_ask).where(saved_ask.c.id.in_(_outdated_ids(now)))
            )
            await connection.execute(insert(saved_ask), rows)
        return ids

    async def find(self, button: str, ask: Ask, now: datetime) -> Saved | None:
        """Return a button's question and owner, in this partner; None if unknown or outdated."""
        if not (
            button.isascii() and button.isprintable()
        ):  # not one of ours, and perhaps a text that a database does not accept
            return None
        s = saved_ask.c
        wanted = select(saved_ask).where(
            s.id == button, s.partner == ask.room.partner, s.until > now
        )
        async with self._engine.execution_options(reading=True).connect() as connection:
            row = (await connection.execute(wanted)).first()
        if row is None:
            return None
        owner = UserRef(row.platform, row.tenant, row.user_id)
        return Saved(
            row.text,
            owner,
            row.confirms,
            Reach(row.reach),
            row.room,
            by_reader=row.by_reader,
            view=View(row.view),
            generation=row.generation,
        )


def _of(choice: Choice) -> dict[str, object]:
    return {
        "text": choice.text,
        "confirms": choice.confirms,
        "reach": choice.reach.value,
        "by_reader": choice.by_reader,
        "view": choice.view.value,
    }


def _lifetime(choice: Choice, origin: Origin, now: datetime) -> dict[str, object]:
    """Return the generation of facts that a button asks from, and its end."""
    if choice.view is View.ANSWER:
        wanted = min(choice.lasts or now, now + LONGEST)
        return {"generation": None, "until": max(now + LASTS, wanted)}
    return {"generation": origin.generation, "until": origin.until or now + BEHIND}


def _outdated_ids(now: datetime) -> Select[tuple[str]]:
    """Select the outdated ids of every partner, except those that another partner's transaction is
    deleting: two transactions that waited for each other would wait for ever.
    """
    s = saved_ask.c
    return select(s.id).where(s.until <= now).with_for_update(skip_locked=True)
