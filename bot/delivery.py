"""Delivery for every platform: takes questions in turn, has them answered, saves their buttons, and
draws charts off the event loop.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from analytics.charts.model import ChartModel
from bot.dropped_files import is_import
from bot.fair_limits import FairLimits, TooMany
from bot.file_claims import FileClaims
from bot.metrics import Metrics
from bot.painting import Painter
from bot.replay_set import ReplaySet, ReplaySetWithTimeout
from bot.time_limits import USUAL, TimeLimits, TooSlow, Working, in_time
from handlers.answer import answer, turn_away
from handlers.backend import Answer, Backend, Outcome
from handlers.chat.asking import Ask, Reach, Room, RoomKind, UserRef, Via, View
from handlers.chat.reply import Audience, Choice, Notice, Paragraph, Reply, every_choice

TWICE = timedelta(seconds=10)
"""Time within which a second press of the same button counts as a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Delivered(Answer):
    """An answer ready to be laid out, for the readers that `reply.audience` names.

    Where a button put it elsewhere than where it was pressed, the presser is told `done` once it
    stands there, and `failed` where it could not be put there.
    """

    buttons: Mapping[Choice, str] = field(default_factory=dict)
    """The opaque id of each choice's saved question."""
    done: str = ""
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """The question of a saved button, and its owner."""

    text: str
    owner: UserRef
    confirms: str = ""
    reach: Reach = Reach.ASKER
    room: str = ""
    """The address of the room that the button was made in."""
    by_reader: bool = False
    """Whether readers other than its owner may press it."""
    view: View = View.ANSWER
    generation: int | None = None
    """The generation of facts that the answer above it was made from."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The answer that buttons stand under."""

    generation: int | None
    """The generation of facts that it was made from."""
    until: datetime | None = None
    """The end of the buttons for what lies behind it; None for the usual lifetime."""


@dataclass(frozen=True, slots=True)
class ConversationReference:
    """A conversation that the bot may write to unasked, with the data that is needed to reach it.

    `installation` is the place that the bot was added to and is removed from: a team, or the
    conversation itself. `person` and `account` name the partner of a conversation between two: as
    rights name them, and as the platform addresses them; both empty where there are several people.
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
    """The name that the room last had."""
    shared: bool | None = None
    """Whether people of other organisations are let into it, as far as the platform ever said."""


class Asks(Protocol):
    """The store of buttons' questions: bot.store.buttons.ButtonStore."""

    async def save(
        self, ask: Ask, choices: Sequence[Choice], origin: Origin, now: datetime
    ) -> list[str]:
        """Save the choices' questions, and return an opaque id for each choice."""
        ...

    async def find(self, button: str, ask: Ask, now: datetime) -> Saved | None:
        """The question of a button; None for an unknown or outdated one."""
        ...


class Messenger(Protocol):
    """A platform's way to reach a person who did not ask: SlackPeople, TeamsPeople, and the
    page's Mailbox.
    """

    async def tell(self, notice: Notice, room: Room, /) -> bool:
        """Send the notice in private, in the person's language; False where that failed. A person
        who has to be looked up may be met in `room`, where the question was asked.
        """
        ...


class Delivery:
    """The one delivery of a process; platforms hand it asks and lay out the answers it returns."""

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
        """Messengers by platform."""
        self.files = FileClaims(backend)
        self.drop = backend.file_drop
        self._backend = backend
        self._asks = asks
        self._painter = painter
        self._metrics = metrics
        self._seen = ReplaySetWithTimeout(seen)
        self._turns = FairLimits()
        self._limits = limits

    async def ask(self, ask: Ask, working: Working | None = None) -> Delivered:
        """Answer when it is the asker's turn; refuse at once as too much where they have many
        questions waiting. `working` tells the asker, once, where it takes long.
        """
        with self._metrics.time_answer(ask.asker.platform):
            return await self._ready(ask, await self._answer_in_time(ask, working))

    async def answer_digest(self, ask: Ask, until: datetime | None = None) -> Delivered:
        """Answer a digest's question. Its turn came with its hour, so it takes no turn of a
        person's question. The buttons for what lies behind it last until `until`.
        """
        with self._metrics.time_answer(ask.asker.platform):
            try:
                found = await in_time(answer(ask, self._backend), None, self._limits, endless=False)
            except TooSlow:
                found = await self._refusal(ask, "too-slow")
            return await self._ready(ask, found, until)

    async def press(self, button: str, ask: Ask, working: Working | None = None) -> Delivered:
        """Ask the button's question as the person who pressed it: its owner, or any reader where
        the button was made for readers.

        A button that sends an answer elsewhere works only in the room where it was made, and a
        second press within TWICE sends nothing.
        """
        ask = replace(ask, via=Via.PRESSED)
        try:
            saved = await self._asks.find(button, ask, self._backend.now())
            hindered = await self._press_hindrance(button, saved, ask)
        except Exception as error:  # noqa: BLE001 as in ask()
            return self._report_failure(ask, error)
        if saved is None or hindered:
            return Delivered(await turn_away(ask, hindered, self._backend))
        return await self.ask(_question(saved, ask), working)

    async def paint(self, chart: ChartModel, theme: str, *, compact: bool = False) -> bytes | None:
        """Draw the chart as PNG in the theme `light`, `dark` or `card`; None where that failed, and
        then the words remain. `compact` lays it out for a narrow place, and keeps it small enough
        to travel inside a card.
        """
        return await self._painter.paint(chart, theme, compact=compact)

    async def _press_hindrance(self, button: str, saved: Saved | None, ask: Ask) -> str:
        """The catalogue id of the reason why this press asks nothing; empty where it asks. A
        question whose answer is sent somewhere is sent once; any other may be asked again and
        again.
        """
        if saved is None:
            return "button-stale"
        if saved.owner != ask.asker and not saved.by_reader:
            return "button-foreign"
        saves = saved.view is View.REPORT and bool(ask.said.strip())
        if saved.reach is Reach.ASKER and not saves:
            return ""
        if saved.room != ask.room.address and not saves:
            return "button-elsewhere"
        now = self._backend.now()
        first = await self._seen.first("button", button, now, now + TWICE)
        return "" if first else "button-twice"

    async def _ready(self, ask: Ask, found: Answer, until: datetime | None = None) -> Delivered:
        """Send the answer's notices and save its buttons; then it is ready to be laid out."""
        try:
            reply = await self._with_notices(ask, found.reply)
            done, failed = self._elsewhere(ask, reply)
            buttons = await self._buttons(ask, reply, Origin(found.generation, until))
            return Delivered(
                reply,
                found.why,
                found.outsiders,
                found.outcome,
                found.result,
                found.generation,
                buttons=buttons,
                done=done,
                failed=failed,
            )
        except Exception as error:  # noqa: BLE001 a store that fails is told in words, as in answer()
            return self._report_failure(ask, error)

    async def _answer_in_time(self, ask: Ask, working: Working | None) -> Answer:
        try:
            lasting = bool(ask.confirms or ask.said) or is_import(ask)
            return await in_time(self._in_turn(ask), working, self._limits, endless=lasting)
        except TooMany:
            return await self._refusal(ask, "too-many")
        except TooSlow:
            return await self._refusal(ask, "too-slow")

    async def _refusal(self, ask: Ask, why: str) -> Answer:
        return Answer(await turn_away(ask, why, self._backend), why, outcome=Outcome.BROKEN)

    async def _in_turn(self, ask: Ask) -> Answer:
        async with self._turns.of(ask.asker):
            return await answer(ask, self._backend)

    def _elsewhere(self, ask: Ask, reply: Reply) -> tuple[str, str]:
        """Two sentences for the presser of an answer that goes elsewhere: done, and failed; else
        empty.
        """
        say = self._backend.speaker(ask.locale, ask.zone)
        if reply.audience is Audience.DIRECT and ask.room.kind is not RoomKind.PRIVATE:
            return say("direct-done"), say("direct-failed")
        if reply.audience is Audience.ROOM and ask.reach is not Reach.ALOUD:
            return say("share-done"), say("share-failed")
        return "", ""

    async def _buttons(self, ask: Ask, reply: Reply, origin: Origin) -> dict[Choice, str]:
        choices = list(every_choice(reply.parts))
        if not choices:
            return {}
        ids = await self._asks.save(ask, choices, origin, self._backend.now())
        return dict(zip(choices, ids, strict=True))

    async def _with_notices(self, ask: Ask, reply: Reply) -> Reply:
        """Notify the people whom the answer concerns, and tell the asker whether that worked."""
        say, said = self._backend.speaker(ask.locale, ask.zone), []
        for notice in reply.notices:
            messenger = self.messengers.get(notice.to.platform)
            told = messenger is not None and await messenger.tell(notice, ask.room)
            name = self._backend.people.display_name(notice.to)
            said.append(Paragraph(say("notice-told" if told else "notice-untold", name=name)))
        return replace(reply, parts=(*reply.parts, *said))

    def _report_failure(self, ask: Ask, error: Exception) -> Delivered:
        self._backend.trouble(ask, error)
        say = self._backend.speaker(ask.locale, ask.zone)
        said = Reply((Paragraph(say("broken", incident=ask.id)),))
        return Delivered(said, "broken", outcome=Outcome.BROKEN)


def _question(saved: Saved, ask: Ask) -> Ask:
    """Return a button's question as its presser asks it. What lies behind an answer comes from the
    figures that the answer was made from; only forms take words of the presser's.
    """
    behind = saved.view not in (View.ANSWER, View.FORM)
    return replace(
        ask,
        text=saved.text,
        confirms=saved.confirms,
        reach=saved.reach,
        view=saved.view,
        generation=saved.generation if behind else None,
        said=ask.said if saved.view in (View.REPORT, View.FORM) else "",
    )


def request_id() -> str:
    """Make a random name for one question: for logs, for the audit, and to tell people when it
    breaks.
    """
    return secrets.token_hex(6)
