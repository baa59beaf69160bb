"""Scheduled posts to Teams: its bot.scheduled_posts.Poster."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from analytics.charts.model import ChartModel
from bot.delivery import Delivered, Delivery
from bot.log import log, log_error
from bot.scheduled_posts import (
    IN_ALL,
    Address,
    MayStillSend,
    Post,
    PostOutcome,
    Presence,
    Receipt,
    send_if_allowed,
)
from bot.scheduled_posts import FoundPost as Looked
from bot.teams.cards import Element
from bot.teams.connector import BotConnector
from bot.teams.outbound import CardContext, message, only_text
from bot.teams.people import TeamsPeople
from bot.teams.places import where_of
from bot.teams.ports import ConnectorError, Conversation, Conversations
from bot.teams.post_errors import TOO_MUCH, before, fate_of
from handlers.chat.asking import RoomKind
from handlers.chat.reply import Picture
from handlers.messages.speaker import speaker

_NOWHERE = Receipt(PostOutcome.REFUSED, "uninstalled")
"""The receipt where the bot has no conversation with the person or their organisation any more."""


class TeamsPoster:
    """A poster within Teams' rate limits. A bot cannot read what stands in a Teams conversation."""

    def __init__(
        self,
        connector: BotConnector,
        people: TeamsPeople,
        conversations: Conversations,
        deliver: Delivery,
        in_all: float = IN_ALL,
    ) -> None:
        self._connector = connector
        self._people = people
        self._kept = conversations
        self._deliver = deliver
        self._in_all = in_all

    async def post(self, letter: Post, go: MayStillSend) -> Receipt:
        """Post a message as Poster does; wait for its turn and a token before `go` is asked."""
        try:
            found = await self._where(letter.to)
            if found is None:
                return _NOWHERE
            where, locale = found
            forms = await self._forms(letter.delivered, locale)
            await self._connector.turn(where)
        except Exception as error:  # noqa: BLE001 whatever it is, nothing was sent
            log_error("teams letter not addressed", error, platform="teams")
            return before(error)
        return await send_if_allowed(
            lambda: self._send_forms(forms, where), go, "teams", self._in_all
        )

    async def replace(self, to: Address, message: str, delivered: Delivered) -> bool:
        """Put the first form that Teams takes in the place of a posted message."""
        try:
            found = await self._where(to)
            if found is None:
                return False
            where, locale = found
            for form in await self._forms(delivered, locale):
                if await self._update(where, message, form):
                    return True
        except Exception as error:  # noqa: BLE001 the message stays as it was
            log_error("teams message not replaced", error, platform="teams")
        return False

    async def _update(self, where: Conversation, message: str, form: Element) -> bool:
        """Replace a message; False where Teams refuses this form. Raises ConnectorError."""
        try:
            await self._connector.update(where, message, form)
        except ConnectorError as error:
            if error.status in TOO_MUCH:
                return False
            raise
        return True

    async def look(self, to: Address, mark: str, since: datetime) -> Looked:
        """Return Presence.BLIND: a bot cannot read Teams' conversations."""
        return Looked(Presence.BLIND)

    async def _send_forms(self, forms: Sequence[Element], where: Conversation) -> Receipt:
        """Send the first form that Teams takes. Each is one call; another is made only where Teams
        refused the form before it (400, 413).
        """
        for form in forms:
            try:
                shown = await self._connector.send_once(where, form)
            except ConnectorError as error:
                log_error("teams letter not taken", error, platform="teams")
                if error.status not in TOO_MUCH:
                    return fate_of(error)
            else:
                return Receipt(PostOutcome.SENT, message=shown)
        log("teams refused a letter in every form", platform="teams")
        return Receipt(PostOutcome.REFUSED, "post-refused")

    async def _where(self, to: Address) -> tuple[Conversation, str] | None:
        """Return the conversation and the language spoken there; None where the bot has none.
        Raises ConnectorError, LookupError, and what the store raises.

        A channel without a stored conversation is reached as any other room of its organisation;
        Teams decides whether the bot is in it.
        """
        if to.room.kind is RoomKind.PRIVATE:
            return await self._people.chat_with(to.person)
        tenant, address = to.person.tenant, to.room.address
        kept = await self._kept.at("teams", tenant, address)
        if kept is None:
            others = await self._kept.groups("teams", tenant, 1)
            kept = replace(others[0], address=address) if others else None
        return (where_of(kept), kept.locale) if kept else None

    async def _forms(self, delivered: Delivered, locale: str) -> list[Element]:
        """The forms of the answer's message: as it should be, then plainer for when Teams refuses
        that: without pictures, and as text only.
        """
        charts = [part.chart for part in delivered.reply.parts if isinstance(part, Picture)]
        pictures: dict[ChartModel, bytes] = {}
        for chart in charts:
            png = await self._deliver.paint(chart, "card", compact=True)
            pictures |= {chart: png} if png else {}
        say = speaker(locale)
        forms = [message(delivered, CardContext(say, shown)) for shown in (pictures, {})]
        return [*(forms if pictures else forms[:1]), only_text(delivered)]
