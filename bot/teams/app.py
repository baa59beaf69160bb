"""The handling of an activity: acknowledged at once, answered when the answer is there. No
exception leaves it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

from aiohttp import web

from bot.background import BackgroundTasks
from bot.delivery import Delivered, Delivery, request_id
from bot.dropped_files import import_question
from bot.log import log, log_error
from bot.teams.answering import Answering, ShownAlone, TeamsRoutes
from bot.teams.asker_files import AskerFiles
from bot.teams.cards import card, run
from bot.teams.connector import BotConnector
from bot.teams.file_consent import NAME as CONSENT
from bot.teams.inbound import (
    IncomingQuestion,
    UnreadableActivity,
    locale,
    message_question,
    place,
    press_question,
)
from bot.teams.outbound import line, only_sentence
from bot.teams.people import TeamsPeople
from bot.teams.ports import Conversations, Json
from bot.teams.roster import account
from bot.teams.sent_files import sent_files
from bot.teams.welcome import Welcome
from bot.time_limits import Working
from handlers.chat.asking import RoomKind
from handlers.chat.reply import Audience
from handlers.messages.speaker import speaker

PATIENCE = 3.5
"""Seconds after which the presser of a button is told that work is under way: Teams gives up on a
press after ten seconds, people sooner.
"""

_CARD = "application/vnd.microsoft.card.adaptive"
_SENTENCE = "application/vnd.microsoft.activity.message"


def add_teams(
    app: web.Application, teams: "Teams", receive: Callable[[web.Request], Awaitable[web.Response]]
) -> None:
    """Add Teams to a program that is not running yet. `receive` passes proven activities to
    `teams.receive`.
    """
    app.router.add_post("/teams/messages", receive)
    app.cleanup_ctx.append(teams.run_beside)


class Teams:
    """The handler of messages, buttons and installations of one registration. With `local` files
    may go to this machine: for a stand-in.
    """

    def __init__(
        self,
        connector: BotConnector,
        people: TeamsPeople,
        deliver: Delivery,
        conversations: Conversations,
        *,
        local: bool = False,
    ) -> None:
        self._connector = connector
        self._people = people
        self._deliver = deliver
        self._welcome = Welcome(connector, people, conversations)
        self._local = local
        self._files = AskerFiles(connector, deliver, local=local)
        self._ways = TeamsRoutes(connector, people, deliver, ShownAlone(), self._files)
        self._under_way = BackgroundTasks("teams")

    async def run_beside(self, _app: web.Application) -> AsyncIterator[None]:
        """Run with the program; at its end let the answers under way finish."""
        yield
        await self.drain()

    async def drain(self) -> None:
        """Let the answers under way finish."""
        await self._under_way.drain()

    async def receive(self, activity: Json) -> Json | None:
        """Begin the work that a proven activity asks for. Return the body that an invoke is
        answered with; None for any other activity, whose answer comes as a message.
        """
        kind = activity.get("type")
        try:
            if kind == "invoke":
                return await self._answer_invoke(activity)
            if kind == "message":
                self._under_way.begin(self._message(activity))
            elif kind in ("installationUpdate", "conversationUpdate"):
                self._under_way.begin(self._welcome.handle_change(activity))
        except UnreadableActivity as error:
            log_error("teams activity unreadable", error, platform="teams")
        return {} if kind == "invoke" else None

    async def report_unchecked(self, activity: Json) -> Json | None:
        """Tell the sender that the activity had no effect, because it may have come before."""
        text = speaker(locale(activity))("not-checked")
        consent = activity.get("name") == CONSENT  # Teams shows nothing of what it is answered with
        if activity.get("type") == "invoke" and not consent:
            return sentence(text)
        if consent or activity.get("type") == "message":
            self._under_way.begin(self._send_line(activity, text))
        return {} if consent else None

    async def _send_line(self, activity: Json, text: str) -> None:
        await self._connector.send(place(activity), line(text))

    async def _message(self, activity: Json) -> None:
        said = message_question(activity, request_id())
        if said is None:
            return
        said = replace(said, files=sent_files(activity, local=self._local))
        self._people.places.note(activity)
        self._people.expect(said.ask.asker, account(activity["from"]), said.ask.room)
        self._under_way.begin(self._welcome.keep_reference(activity))
        back = Answering(said, self._ways)
        typing = self._under_way.begin(back.show_typing())
        try:
            delivered = await self._answer(said, back.say_still_working)
            typing.cancel()
            told = await back.give(delivered)
        except Exception as error:  # noqa: BLE001 the last net: whoever asked gets words
            log_error("teams answer failed", error, platform="teams", request=said.ask.id)
            told = speaker(said.ask.locale)("answer-lost")
        if told:
            await back.tell(told)

    async def _answer_invoke(self, activity: Json) -> Json:
        """Answer an invoke within Teams' time limit: with the new card, a sentence for the presser,
        or word that the answer comes later; with an empty body where no question was pressed.
        """
        if activity.get("name") == CONSENT:
            # Teams shows an error after ten seconds, so the upload is not waited for.
            self._under_way.begin(self._files.answer(self._files.read(activity)))
            return {}
        known = activity.get("name") == "adaptiveCard/action"
        said = press_question(activity, request_id()) if known else None
        if said is None:
            log("teams invoke without effect", platform="teams")
            return {}
        self._people.places.note(activity)
        self._people.expect(said.ask.asker, account(activity["from"]), said.ask.room)
        self._under_way.begin(self._welcome.keep_reference(activity))
        back = Answering(said, self._ways)
        work = self._under_way.begin(self._answer_press(said, back))
        await asyncio.wait({work}, timeout=PATIENCE)
        if work.done() and not work.cancelled() and (answer := work.result()):
            return answer
        back.postpone()
        still = speaker(said.ask.locale)("still-working")
        return replacement_card(card([run(still)], still)) if back.in_own_card else sentence(still)

    async def _answer_press(self, said: IncomingQuestion, back: Answering) -> Json:
        say = speaker(said.ask.locale)
        try:
            delivered = await self._answer(said, None)
            if answer := await self._at_once(delivered, back):
                return answer
            told = await back.give(delivered)
        except Exception as error:  # noqa: BLE001 the last net: whoever pressed gets words
            log_error("teams press failed", error, platform="teams", request=said.ask.id)
            told = say("answer-lost")
        if back.late and told:
            await back.tell(told)
        private = said.ask.room.kind is RoomKind.PRIVATE
        return sentence(told or say("answer-apart" if private else "sent-alone"))

    async def _at_once(self, delivered: Delivered, back: Answering) -> Json | None:
        """The answer as the response to the press, while it is waited for: a card if only the
        presser sees the card it replaces, else the answer's text if it is one sentence. None for
        the rest.
        """
        if delivered.reply.audience is not Audience.ASKER or back.late:
            return None
        if back.in_own_card:
            made = await back.card(delivered)
            return None if back.late else replacement_card(made)
        alone = only_sentence(delivered)
        return sentence(alone) if alone else None

    async def _answer(self, said: IncomingQuestion, working: Working | None) -> Delivered:
        if said.button:
            return await self._deliver.press(said.button, said.ask, working)
        people = await self._people.resolve_mentions(said.where, said.named)
        ask = replace(said.ask, mentions=people)
        return await self._deliver.ask(
            import_question(ask, said.files, self._deliver.drop), working
        )


def replacement_card(made: Json) -> Json:
    """The response to a press: a card that replaces the pressed one, for its presser."""
    return {"statusCode": 200, "type": _CARD, "value": made}


def sentence(text: str) -> Json:
    """The response to a press: a sentence that only the presser sees; the card stays."""
    return {"statusCode": 200, "type": _SENTENCE, "value": text}
