"""Takes questions in turn, has them answered, saves their buttons, draws off the loop: the same for
every platform.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from analytics.charts.model import ChartModel
from bot.metrics import Metrics
from bot.painting import Painter
from bot.turns import TooMany, Turns
from handlers.answer import Backend, answer, turn_away
from handlers.chat.asking import Ask, UserRef, Via
from handlers.chat.reply import Choice, Choices, Notice, Paragraph, Reply


@dataclass(frozen=True, slots=True)
class Delivered:
    """An answer ready to be laid out: `buttons` gives each choice the opaque id of its saved
    question.
    """

    reply: Reply
    buttons: Mapping[Choice, str]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a button asks, and whose it is."""

    text: str
    owner: UserRef
    confirms: str = ""


class Asks(Protocol):
    """Where buttons' questions are kept."""

    async def save(self, ask: Ask, choices: Sequence[Choice], now: datetime) -> list[str]:
        """An opaque id for each choice."""
        ...

    async def find(self, button: str, ask: Ask, now: datetime) -> Saved | None:
        """What a button asks; None for an unknown or outdated one."""
        ...


class Messenger(Protocol):
    """How a platform reaches somebody who did not ask."""

    async def tell(self, notice: Notice) -> bool:
        """Sends it in private, in the person's language; False where that failed."""
        ...


class Delivery:
    """One for the process; platforms hand it asks and lay out what comes back."""

    def __init__(self, backend: Backend, asks: Asks, painter: Painter, metrics: Metrics) -> None:
        self.messengers: dict[str, Messenger] = {}
        """By platform; whoever starts a platform puts its own in."""
        self._backend = backend
        self._asks = asks
        self._painter = painter
        self._metrics = metrics
        self._turns = Turns()

    async def ask(self, ask: Ask) -> Delivered:
        """Answers when it is the asker's turn; at once, that it is too much, where they have many
        waiting.
        """
        with self._metrics.asked(ask.asker.platform):
            try:
                async with self._turns.of(ask.asker):
                    reply = await answer(ask, self._backend)
            except TooMany:
                reply = await turn_away(ask, "too-many", self._backend)
            try:
                reply = await self._with_notices(ask, reply)
                return Delivered(reply, await self._buttons(ask, reply))
            except Exception as error:  # noqa: BLE001 a store that fails is told in words, as in answer()
                return self._broken(ask, error)

    async def press(self, button: str, ask: Ask) -> Delivered:
        """Asks what the button stands for, as whoever pressed it; only its owner may."""
        ask = replace(ask, via=Via.PRESSED)
        try:
            saved = await self._asks.find(button, ask, self._backend.now())
        except Exception as error:  # noqa: BLE001 as in ask()
            return self._broken(ask, error)
        if saved is None:
            return Delivered(await turn_away(ask, "button-stale", self._backend), {})
        if saved.owner != ask.asker:
            return Delivered(await turn_away(ask, "button-foreign", self._backend), {})
        return await self.ask(replace(ask, text=saved.text, confirms=saved.confirms))

    async def paint(self, chart: ChartModel, theme: str) -> bytes | None:
        """The chart as PNG in the theme `light` or `dark`; None where drawing failed: the words
        remain.
        """
        return await self._painter.paint(chart, theme)

    async def _buttons(self, ask: Ask, reply: Reply) -> dict[Choice, str]:
        choices = [
            choice for part in reply.parts if isinstance(part, Choices) for choice in part.items
        ]
        if not choices:
            return {}
        ids = await self._asks.save(ask, choices, self._backend.now())
        return dict(zip(choices, ids, strict=True))

    async def _with_notices(self, ask: Ask, reply: Reply) -> Reply:
        """Tells whom the answer concerns, and the asker whether they were told."""
        say, said = self._backend.speaker(ask.locale), []
        for notice in reply.notices:
            messenger = self.messengers.get(notice.to.platform)
            told = messenger is not None and await messenger.tell(notice)
            name = self._backend.people.called(notice.to)
            said.append(Paragraph(say("notice-told" if told else "notice-untold", name=name)))
        return replace(reply, parts=(*reply.parts, *said))

    def _broken(self, ask: Ask, error: Exception) -> Delivered:
        self._backend.trouble(ask, error)
        say = self._backend.speaker(ask.locale)
        return Delivered(Reply((Paragraph(say("broken", incident=ask.id)),)), {})


def request_id() -> str:
    """A name for one question, in logs, audit and what people are told when it breaks."""
    return secrets.token_hex(6)
