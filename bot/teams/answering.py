"""The way that an answer takes to its asker: to them alone, to the room, or to their own chat.
Teams may refuse any of these; the asker gets the answer once, or a sentence that tells what became
of it.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from cachetools import FIFOCache

from analytics.charts.model import ChartModel
from bot.delivery import Delivered, Delivery
from bot.log import log_error
from bot.teams.asker_files import AskerFiles
from bot.teams.cards import Element
from bot.teams.connector import BotConnector
from bot.teams.inbound import IncomingQuestion
from bot.teams.outbound import CardContext, answer_card, line, message, only_text
from bot.teams.people import TeamsPeople
from bot.teams.ports import ConnectorError, Conversation
from handlers.chat.asking import Reach, RoomKind
from handlers.chat.reply import Attachment, Audience, PickPerson, Picture, attachments
from handlers.messages.speaker import speaker

_TOO_MUCH = (400, 413)
"""HTTP statuses with which Teams refuses a message in this form; a plainer form is tried then."""

_KEPT = 10_000


class ShownAlone:
    """Messages that were shown to one person of a room, as far as this process remembers."""

    def __init__(self) -> None:
        self._known: FIFOCache[tuple[str, str], None] = FIFOCache(_KEPT)

    def note(self, where: Conversation, shown: str) -> None:
        """Remember a message, unless Teams gave no id for it; the oldest are forgotten."""
        if shown:
            self._known[where.id, shown] = None

    def has(self, where: Conversation, shown: str) -> bool:
        """Check whether only one person sees the message. False for a message that is not
        remembered: all in the room may see it.
        """
        return (where.id, shown) in self._known


@dataclass(frozen=True, slots=True)
class TeamsRoutes:
    """The objects that answers are made and sent with."""

    connector: BotConnector
    people: TeamsPeople
    deliver: Delivery
    alone: ShownAlone
    files: AskerFiles


@dataclass(frozen=True, slots=True)
class _Placeholder:
    """A message that the answer replaces."""

    id: str
    targeted: bool


class Answering:
    """The sender of one question's answer. `late` is True once the press of a button got a
    provisional response: from then on the answer can only be sent as a message.
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
        """Check whether the answer may replace the pressed card: only the presser sees that card,
        and it is not an answer that stays.
        """
        said = self._said
        if said.stays:
            return False
        return self._private or self._ways.alone.has(said.where, said.card)

    async def show_typing(self) -> None:
        """Show the typing indicator in the conversation; never raises."""
        try:
            await self._ways.connector.send(self._said.where, {"type": "typing"})
        except ConnectorError as error:
            log_error("teams typing not shown", error, platform="teams")

    async def say_still_working(self) -> None:
        """Say that the work takes longer, where the answer will stand. Raises ConnectorError."""
        targeted = not self._private and self._said.ask.reach is not Reach.ALOUD
        shown = await self._send(line(self._say("still-working")), targeted=targeted)
        self._placeholder = _Placeholder(shown, targeted) if shown else None

    def postpone(self) -> None:
        """Set `late`: from now on the answer replaces the pressed card, if only the presser sees
        that card, or comes as a message.
        """
        self.late = True
        if self.in_own_card and self._said.card:
            self._placeholder = _Placeholder(self._said.card, not self._private)

    async def give(self, delivered: Delivered) -> str:
        """Send the answer to its audience. Return the sentence that the asker is still to be told,
        or an empty text.
        """
        audience = delivered.reply.audience
        if files := list(attachments(delivered.reply.parts)):
            return await self._with_files(delivered, files)
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
        """Send a sentence that reveals nothing of the answer: in the placeholder, else to the asker
        alone, else where all in the room see it. Never raises.
        """
        told = line(text)
        try:
            if not self._private and self._placeholder is None:
                try:
                    await self._send(told, targeted=True)
                except ConnectorError as error:
                    if error.is_unsure:
                        raise
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

    async def _with_files(self, delivered: Delivered, files: Sequence[Attachment]) -> str:
        """Send an answer to the asker's own chat, and offer its files below it."""
        try:
            own = await self._own_chat()
            await self._post_there(delivered, own)
        except ConnectorError as error:
            log_error("teams private answer not taken", error, platform="teams")
            self._ways.files.discard(files)
            return self._say("answer-lost" if _may_stand(error) else "file-no-way")
        missing = await self._ways.files.offer(files, self._said.ask.asker, own)
        return self._say(missing) if missing else delivered.done

    async def _own_chat(self) -> Conversation:
        """The asker's own chat with the bot; opened where they asked elsewhere."""
        if self._private:
            return self._said.where
        return await self._ways.connector.open_with(self._said.where, self._said.account)

    async def _post_there(self, delivered: Delivered, own: Conversation) -> None:
        if self._private:
            await self._post(delivered, targeted=False)
        else:
            forms = await self._forms(delivered)
            await _in_some_form(forms, lambda m: self._ways.connector.send(own, m))

    async def _to_asker(self, delivered: Delivered) -> str:
        try:
            await self._post(delivered, targeted=not self._private)
        except ConnectorError as error:
            log_error("teams answer not taken", error, platform="teams")
            if self._private or _may_stand(error):
                return self._say("answer-lost")
            return await self._instead(delivered)
        return self._say("sent-alone") if self._placeholder else ""

    async def _instead(self, delivered: Delivered) -> str:
        """Send the answer to the asker's own chat, because the room did not take a message for the
        asker alone. Return the sentence that the asker is to be told.
        """
        try:
            await self._post_privately(delivered)
        except ConnectorError as error:
            log_error("teams private answer not taken", error, platform="teams")
            return self._say("answer-lost" if _may_stand(error) else "private-failed")
        return self._say("answered-in-private")

    async def _to_own_chat(self, delivered: Delivered) -> str:
        try:
            await self._post_privately(delivered)
        except ConnectorError as error:
            log_error("teams private answer not taken", error, platform="teams")
            return self._say("answer-lost") if _may_stand(error) else delivered.failed
        return delivered.done

    async def _to_room(self, delivered: Delivered) -> str:
        try:
            await self._post(delivered, targeted=False)
        except ConnectorError as error:
            log_error("teams answer not taken", error, platform="teams")
            failed = "" if _may_stand(error) else delivered.failed
            return failed or self._say("answer-lost")
        return delivered.done

    async def _post(self, delivered: Delivered, *, targeted: bool) -> None:
        await _in_some_form(await self._forms(delivered), lambda m: self._put(m, targeted=targeted))

    async def _post_privately(self, delivered: Delivered) -> None:
        await self._post_there(delivered, await self._own_chat())

    async def _put(self, activity: Element, *, targeted: bool) -> None:
        """Replace the placeholder if the same people see it as the message, else send a new
        message. If the update may have arrived, or Teams refused its form (400, 413), nothing else
        is sent, and the ConnectorError is raised.
        """
        held = self._placeholder
        if held and held.targeted == targeted:
            try:
                await self._ways.connector.update(self._said.where, held.id, activity)
            except ConnectorError as error:
                if _may_stand(error) or error.status in _TOO_MUCH:
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
        """The forms of the answer's message: as it should be, then plainer for when Teams refuses
        that: without pictures, and as text only.
        """
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
                png = await self._ways.deliver.paint(part.chart, "card", compact=True)
                pictures |= {part.chart: png} if png else {}
        chosen_from: list[tuple[str, str]] = []
        if not self._private and any(isinstance(part, PickPerson) for part in parts):
            chosen_from = await self._ways.people.roster(self._said.where)
        return CardContext(self._say, pictures, chosen_from)


def _may_stand(error: ConnectorError) -> bool:
    """Check whether the message may stand there all the same. Where no answer came at all, nothing
    is tried elsewhere either.
    """
    return not error.status or error.is_unsure


async def _in_some_form(
    forms: Sequence[Callable[[], Element]], sent: Callable[[Element], Awaitable[object]]
) -> None:
    """Send the forms in turn until Teams takes one. Raises ConnectorError where it takes none, and
    at once for a status other than 400 and 413.
    """
    for plainer, form in enumerate(forms, start=1):
        try:
            await sent(form())
        except ConnectorError as error:
            if error.status not in _TOO_MUCH or plainer == len(forms):
                raise
            log_error("teams refused a form", error, platform="teams")
        else:
            return
