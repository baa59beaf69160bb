"""Takes questions in turn, has them answered, saves their buttons, draws off the loop: the same for
every platform.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from analytics.charts.model import ChartModel
from bot.fair_limits import FairLimits, TooMany
from bot.gate import ReplaySet, ReplaySetWithTimeout
from bot.metrics import Metrics
from bot.painting import Painter
from bot.time_limits import USUAL, TimeLimits, TooSlow, Working, in_time
from handlers.answer import Answer, answer, turn_away
from handlers.backend import Backend, Outcome
from handlers.chat.asking import Ask, Reach, Room, RoomKind, UserRef, Via
from handlers.chat.reply import Audience, Choice, Choices, Notice, Paragraph, Reply

TWICE = timedelta(seconds=10)
"""Within which a second press is taken for a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """An answer ready to be laid out, for whoever `reply.audience` says.

    Where a button put it elsewhere than where it was pressed, `done` is what the presser is told
    once it stands there, and `failed` what they are told where it could not be put there.
    """

    reply: Reply
    buttons: Mapping[Choice, str]
    """The opaque id of each choice's saved question."""
    done: str = ""
    failed: str = ""
    outcome: Outcome = Outcome.ANSWERED
    why: str = ""
    """The catalogue id of what stood in the answer's way, or kept it from its room."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a button asks, and whose it is."""

    text: str
    owner: UserRef
    confirms: str = ""
    reach: Reach = Reach.ASKER
    room: str = ""
    """The address of the room it was made in."""
    by_reader: bool = False
    """Whether others than its owner may press it."""


@dataclass(frozen=True, slots=True)
class ConversationReference:
    """A conversation that the bot may write to unasked: what it takes to find the way there.

    `installation` is what the bot was added to and is removed from: a team, or the conversation
    itself. `person` and `account`, whom it is with: as rights name them, and as the platform
    addresses them; both empty where there are several.
    """

    platform: str
    tenant: str
    address: str
    installation: str
    service_url: str
    bot: str
    person: str = ""
    account: str = ""
    locale: str = "en"
    name: str = ""
    """What a room was last called."""
    shared: bool | None = None
    """Whether others than one organisation's are let into it, as far as it ever said."""


class Asks(Protocol):
    """Keeps the questions of buttons: bot.store.buttons.ButtonStore, which is wired to it."""

    async def save(self, ask: Ask, choices: Sequence[Choice], now: datetime) -> list[str]:
        """An opaque id for each choice."""
        ...

    async def find(self, button: str, ask: Ask, now: datetime) -> Saved | None:
        """What a button asks; None for an unknown or outdated one."""
        ...


class Messenger(Protocol):
    """Reaches people of one platform who did not ask: SlackPeople, TeamsPeople, and the page's
    Mailbox.
    """

    async def tell(self, notice: Notice, room: Room, /) -> bool:
        """Sends it in private, in the person's language; False where that failed. A person who has
        to be looked up may be met in `room`, where the question was asked.
        """
        ...


class Delivery:
    """One for the process; platforms hand it asks and lay out what comes back."""

    def __init__(  # noqa: PLR0913 what it works with, and how long it may take
        self,
        backend: Backend,
        asks: Asks,
        painter: Painter,
        metrics: Metrics,
        seen: ReplaySet,
        *,
        limits: TimeLimits = USUAL,
    ) -> None:
        self.messengers: dict[str, Messenger] = {}
        """By platform."""
        self._backend = backend
        self._asks = asks
        self._painter = painter
        self._metrics = metrics
        self._seen = ReplaySetWithTimeout(seen)
        self._turns = FairLimits()
        self._limits = limits

    async def ask(self, ask: Ask, working: Working | None = None) -> Delivered:
        """Answers when it is the asker's turn; at once, that it is too much, where they have many
        waiting. `working` tells them, once, where it takes long.
        """
        with self._metrics.time_answer(ask.asker.platform):
            return await self._ready(ask, await self._answer_in_time(ask, working))

    async def answer_digest(self, ask: Ask) -> Delivered:
        """Answers a digest's question. Its turn came with its hour: it takes nobody's place."""
        with self._metrics.time_answer(ask.asker.platform):
            try:
                found = await in_time(answer(ask, self._backend), None, self._limits, endless=False)
            except TooSlow:
                found = await self._refusal(ask, "too-slow")
            return await self._ready(ask, found)

    async def press(self, button: str, ask: Ask, working: Working | None = None) -> Delivered:
        """Asks what the button stands for, as whoever pressed it: its owner, or any reader where it
        was made for them. What sends an answer elsewhere is pressed where it was made, and a second
        press of the same moment sends nothing.
        """
        ask = replace(ask, via=Via.PRESSED)
        try:
            saved = await self._asks.find(button, ask, self._backend.now())
            hindered = await self._press_hindrance(button, saved, ask)
        except Exception as error:  # noqa: BLE001 as in ask()
            return self._report_failure(ask, error)
        if saved is None or hindered:
            return Delivered(await turn_away(ask, hindered, self._backend), {})
        meant = replace(ask, text=saved.text, confirms=saved.confirms, reach=saved.reach)
        return await self.ask(meant, working)

    async def paint(self, chart: ChartModel, theme: str, *, compact: bool = False) -> bytes | None:
        """The chart as PNG in the theme `light` or `dark`; None where drawing failed: the words
        remain. `compact` keeps it small enough to travel inside a card.
        """
        return await self._painter.paint(chart, theme, compact=compact)

    async def _press_hindrance(self, button: str, saved: Saved | None, ask: Ask) -> str:
        """The catalogue's sentence for why this press asks nothing; empty where it does. What would
        be sent somewhere is sent once; anything else may be asked as often as one likes.
        """
        if saved is None:
            return "button-stale"
        if saved.owner != ask.asker and not saved.by_reader:
            return "button-foreign"
        if saved.reach is Reach.ASKER:
            return ""
        if saved.room != ask.room.address:
            return "button-elsewhere"
        now = self._backend.now()
        first = await self._seen.first("button", button, now, now + TWICE)
        return "" if first else "button-twice"

    async def _ready(self, ask: Ask, found: Answer) -> Delivered:
        """With its notices sent and its buttons saved."""
        try:
            reply = await self._with_notices(ask, found.reply)
            done, failed = self._elsewhere(ask, reply)
            buttons = await self._buttons(ask, reply)
            return Delivered(reply, buttons, done, failed, found.outcome, found.why)
        except Exception as error:  # noqa: BLE001 a store that fails is told in words, as in answer()
            return self._report_failure(ask, error)

    async def _answer_in_time(self, ask: Ask, working: Working | None) -> Answer:
        try:
            lasting = bool(ask.confirms)
            return await in_time(self._in_turn(ask), working, self._limits, endless=lasting)
        except TooMany:
            return await self._refusal(ask, "too-many")
        except TooSlow:
            return await self._refusal(ask, "too-slow")

    async def _refusal(self, ask: Ask, why: str) -> Answer:
        return Answer(await turn_away(ask, why, self._backend), Outcome.BROKEN, why)

    async def _in_turn(self, ask: Ask) -> Answer:
        async with self._turns.of(ask.asker):
            return await answer(ask, self._backend)

    def _elsewhere(self, ask: Ask, reply: Reply) -> tuple[str, str]:
        """What the presser is told of an answer that goes elsewhere: done, and failed."""
        say = self._backend.speaker(ask.locale)
        if reply.audience is Audience.DIRECT and ask.room.kind is not RoomKind.PRIVATE:
            return say("direct-done"), say("direct-failed")
        if reply.audience is Audience.ROOM and ask.reach is not Reach.ALOUD:
            return say("share-done"), say("share-failed")
        return "", ""

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
            told = messenger is not None and await messenger.tell(notice, ask.room)
            name = self._backend.people.display_name(notice.to)
            said.append(Paragraph(say("notice-told" if told else "notice-untold", name=name)))
        return replace(reply, parts=(*reply.parts, *said))

    def _report_failure(self, ask: Ask, error: Exception) -> Delivered:
        self._backend.trouble(ask, error)
        say = self._backend.speaker(ask.locale)
        said = Reply((Paragraph(say("broken", incident=ask.id)),))
        return Delivered(said, {}, outcome=Outcome.BROKEN, why="broken")


def request_id() -> str:
    """A name for one question, in logs, audit and what people are told when it breaks."""
    return secrets.token_hex(6)
