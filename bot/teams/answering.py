"""The way back of one question: to the asker alone, to the room, or to their own chat. Teams may
refuse any of it; whoever asked gets the answer once, or a sentence that tells what became of it.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from cachetools import FIFOCache

from analytics.charts.model import ChartModel
from bot.delivery import Delivered, Delivery
from bot.log import log_error
from bot.teams.cards import Element
from bot.teams.connector import BotConnector
from bot.teams.inbound import IncomingQuestion
from bot.teams.outbound import CardContext, answer_card, line, message, only_text
from bot.teams.people import TeamsPeople
from bot.teams.ports import ConnectorError, Conversation
from handlers.chat.asking import Reach, RoomKind
from handlers.chat.reply import Audience, PickPerson, Picture
from handlers.messages.speaker import speaker

_TOO_MUCH = (400, 413)
"""What Teams answers to a message that it does not take as it is."""

_KEPT = 10_000


class ShownAlone:
    """Messages that were shown to one person of a room, as far as the program remembers."""

    def __init__(self) -> None:
        self._known: FIFOCache[tuple[str, str], None] = FIFOCache(_KEPT)

    def note(self, where: Conversation, shown: str) -> None:
        """Remembers a message, if Teams said which it is; the oldest are forgotten."""
        if shown:
            self._known[where.id, shown] = None

    def has(self, where: Conversation, shown: str) -> bool:
        """Whether only one person sees it. False for what nobody remembers: then all may."""
        return (where.id, shown) in self._known


@dataclass(frozen=True, slots=True)
class TeamsRoutes:
    """What it takes to answer."""

    connector: BotConnector
    people: TeamsPeople
    deliver: Delivery
    alone: ShownAlone


@dataclass(frozen=True, slots=True)
class _Placeholder:
    """A message that the answer takes the place of."""

    id: str
    targeted: bool


class Answering:
    """One question's way back. `late` once the press of a button was answered for the time being:
    from then on messages are all there is.
    """

    def __init__(self, said: IncomingQuestion, ways: TeamsRoutes) -> None:
        self.late = False
        self._said = said
        self._ways = ways
        self._say = speaker(said.ask.locale)
        self._private = said.ask.room.kind is RoomKind.PRIVATE
        self._placeholder: _Placeholder | None = None

    @property
    def in_own_card(self) -> bool:
        """Whether the button pressed stands where only the presser sees what takes its place."""
        said = self._said
        return self._private or self._ways.alone.has(said.where, said.card)

    async def show_typing(self) -> None:
        """Shows that somebody is at work; never raises."""
        try:
            await self._ways.connector.send(self._said.where, {"type": "typing"})
        except ConnectorError as error:
            log_error("teams typing not shown", error, platform="teams")

    async def say_still_working(self) -> None:
        """Says that it takes longer, where the answer will stand. Raises ConnectorError."""
        targeted = not self._private and self._said.ask.reach is not Reach.ALOUD
        shown = await self._send(line(self._say("still-working")), targeted=targeted)
        self._placeholder = _Placeholder(shown, targeted) if shown else None

    def postpone(self) -> None:
        """From now on the answer takes the place of the card that was pressed, if that is its
        presser's own, or comes as a message.
        """
        self.late = True
        if self.in_own_card and self._said.card:
            self._placeholder = _Placeholder(self._said.card, not self._private)

    async def give(self, delivered: Delivered) -> str:
        """Puts the answer where it belongs. Gives what the asker is yet to be told, or nothing."""
        audience = delivered.reply.audience
        match audience:
            case Audience.ROOM:
                return await self._to_room(delivered)
            case Audience.DIRECT if not self._private:
                return await self._to_own_chat(delivered)
            case Audience.ASKER | Audience.DIRECT:
                return await self._to_asker(delivered)
            case _:
                assert_never(audience)

    async def tell(self, text: str) -> None:
        """A sentence that gives nothing away: in the placeholder, to the asker alone, or where all
        see it. Never raises.
        """
        told = line(text)
        try:
            if not self._private and self._placeholder is None:
                try:
                    await self._send(told, targeted=True)
                except ConnectorError:
                    await self._send(told)
            else:
                await self._put(
                    told, targeted=bool(self._placeholder and self._placeholder.targeted)
                )
        except ConnectorError as error:
            log_error("teams sentence not taken", error, platform="teams")

    async def card(self, delivered: Delivered) -> Element:
        """The answer as a card."""
        return answer_card(delivered, await self._look(delivered))

    async def _to_asker(self, delivered: Delivered) -> str:
        try:
            await self._post(delivered, targeted=not self._private)
        except ConnectorError as error:
            log_error("teams answer not taken", error, platform="teams")
            if self._private or not error.status:
                return self._say("answer-lost")
            return await self._instead(delivered)
        return self._say("sent-alone") if self._placeholder else ""

    async def _instead(self, delivered: Delivered) -> str:
        """In the asker's own chat, where the room does not take what is for them alone."""
        try:
            await self._post_privately(delivered)
        except ConnectorError as error:
            log_error("teams private answer not taken", error, platform="teams")
            return self._say("answer-lost" if not error.status else "private-failed")
        return self._say("answered-in-private")

    async def _to_own_chat(self, delivered: Delivered) -> str:
        try:
            await self._post_privately(delivered)
        except ConnectorError as error:
            log_error("teams private answer not taken", error, platform="teams")
            return self._say("answer-lost") if not error.status else delivered.failed
        return delivered.done

    async def _to_room(self, delivered: Delivered) -> str:
        try:
            await self._post(delivered, targeted=False)
        except ConnectorError as error:
            log_error("teams answer not taken", error, platform="teams")
            failed = delivered.failed if error.status else ""
            return failed or self._say("answer-lost")
        return delivered.done

    async def _post(self, delivered: Delivered, *, targeted: bool) -> None:
        await _in_some_form(await self._forms(delivered), lambda m: self._put(m, targeted=targeted))

    async def _post_privately(self, delivered: Delivered) -> None:
        connector, forms = self._ways.connector, await self._forms(delivered)
        own = await connector.open_with(self._said.where, self._said.account)
        await _in_some_form(forms, lambda m: connector.send(own, m))

    async def _put(self, activity: Element, *, targeted: bool) -> None:
        """In the placeholder's place where both are seen by the same people, else anew. What may
        have arrived is not sent again.
        """
        held = self._placeholder
        if held and held.targeted == targeted:
            try:
                await self._ways.connector.update(self._said.where, held.id, activity)
            except ConnectorError as error:
                if error.status in (0, *_TOO_MUCH):
                    raise
                log_error("teams message not replaced", error, platform="teams")
            else:
                self._placeholder = None
                return
        await self._send(activity, targeted=targeted)
        if held and held.targeted == targeted:
            self._placeholder = None

    async def _send(self, activity: Element, *, targeted: bool = False) -> str:
        where, connector = self._said.where, self._ways.connector
        if not targeted:
            return await connector.send(where, activity)
        addressed = {**activity, "recipient": {"id": self._said.account}}
        shown = await connector.send(where, addressed, targeted=True)
        self._ways.alone.note(where, shown)
        return shown

    async def _forms(self, delivered: Delivered) -> list[Callable[[], Element]]:
        """The answer as it should be, and plainer for when Teams does not take that."""
        look = await self._look(delivered)
        bare = CardContext(self._say, {}, look.roster)
        return [
            lambda: message(delivered, look),
            lambda: message(delivered, bare),
            lambda: only_text(delivered),
        ]

    async def _look(self, delivered: Delivered) -> CardContext:
        parts = delivered.reply.parts
        pictures: dict[ChartModel, bytes] = {}
        for part in parts:
            if isinstance(part, Picture):
                png = await self._ways.deliver.paint(part.chart, "light", compact=True)
                pictures |= {part.chart: png} if png else {}
        chosen_from: list[tuple[str, str]] = []
        if not self._private and any(isinstance(part, PickPerson) for part in parts):
            chosen_from = await self._ways.people.roster(self._said.where)
        return CardContext(self._say, pictures, chosen_from)


async def _in_some_form(
    forms: Sequence[Callable[[], Element]], sent: Callable[[Element], Awaitable[object]]
) -> None:
    """Sends the first form that Teams takes. Raises ConnectorError where it takes none."""
    for plainer, form in enumerate(forms, start=1):
        try:
            await sent(form())
        except ConnectorError as error:
            if error.status not in _TOO_MUCH or plainer == len(forms):
                raise
            log_error("teams refused a form", error, platform="teams")
        else:
            return
