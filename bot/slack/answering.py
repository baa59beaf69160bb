"""Answers, put at the first place that takes them: the words at once, the picture below them when
Slack has it ready.

The picture is a message of its own: `replace_original` does nothing for a command's answer, and
would replace the card whose button was pressed.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.delivery import Delivered, Delivery
from bot.log import log, log_error
from bot.slack.api import SlackApi, wait_for_file
from bot.slack.asker_files import send_file
from bot.slack.outbound import only_text, picture, words
from bot.slack.rich_text import Block
from bot.slack.targets import MessageTarget, Posted, Taken
from handlers.chat.reply import Attachment, Audience, Paragraph, Picture, Reply, attachments
from handlers.chat.services import Say

WAITS = (0.0, 0.1, 0.2, 0.4, 0.7, 1.0, 1.2, 1.4)
"""Seconds to wait before each check whether a picture is ready; five seconds in all."""


@dataclass(frozen=True, slots=True)
class Route:
    """A place for an answer. `why` is the catalogue id of the sentence that explains why the answer
    comes there, where the asker does not expect it; else empty.
    """

    place: MessageTarget
    why: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRoutes:
    """The places where the answers to one question can go."""

    alone: tuple[Route, ...]
    """Routes to the asker alone, the best first: where they asked, if possible."""
    room: MessageTarget
    """The place that all people in the room read."""
    direct: Posted
    """The asker's own conversation with the bot."""
    aside: MessageTarget
    """The place for a line that need not be kept."""


class Answers:
    """The sender of answers. A question gets one answer or a kind sentence, and never two: a
    message that may have arrived is not sent again.
    """

    def __init__(self, api: SlackApi, deliver: Delivery) -> None:
        self._api = api
        self._deliver = deliver

    async def give(self, delivered: Delivered, ways: AnswerRoutes, say: Say) -> None:
        """Put an answer where its reply's audience says. Where a button sent it elsewhere, tell the
        presser the outcome.
        """
        audience, files = delivered.reply.audience, list(attachments(delivered.reply.parts))
        if files:
            await self._with_files(delivered, files, ways, say)
        elif delivered.done:
            there = ways.direct if audience is Audience.DIRECT else ways.room
            taken = await self._put(delivered, there)
            await tell(ways, _outcome_sentence(taken, delivered, say))
        elif audience is Audience.ROOM:
            await self._first(delivered, (Route(ways.room), *ways.alone), say)
        elif audience is Audience.DIRECT:
            await self._first(delivered, (Route(ways.direct), *ways.alone), say)
        else:
            await self._first(delivered, ways.alone, say)

    async def _with_files(
        self, delivered: Delivered, files: Sequence[Attachment], ways: AnswerRoutes, say: Say
    ) -> None:
        """Put an answer and its files into the asker's own conversation, and tell the asker the
        outcome where they asked elsewhere, or where a file is missing. No file is kept.
        """
        try:
            taken = await self._put(delivered, ways.direct)
            told = _outcome_sentence(taken, delivered, say) or say("file-no-way")
            if taken is Taken.YES:
                sent = [await send_file(self._api, file, ways.direct.spot) for file in files]
                missing = next(filter(None, sent), "")
                told = say(missing) if missing else delivered.done
            if told:
                await tell(ways, told)
        finally:
            for file in files:
                self._deliver.files.discard(file.path)

    async def _first(self, delivered: Delivered, ways: Sequence[Route], say: Say) -> None:
        """Put an answer by the first route that takes it. Where it is unknown whether a route took
        it, try no other: ask the asker to look.
        """
        for at, way in enumerate(ways):
            taken = await self._put(_with_explanation(delivered, way, say), way.place)
            if taken is Taken.YES:
                return
            if taken is Taken.LOST:
                await _line(ways[at + 1 :] or ways[:at], say("answer-unsure"))
                return

    async def _put(self, delivered: Delivered, place: MessageTarget) -> Taken:
        """Put the whole answer in one place. Its pictures are drawn and uploaded while its words
        are on their way.
        """
        pictures = [part for part in delivered.reply.parts if isinstance(part, Picture)]
        files = [asyncio.create_task(self._file(part)) for part in pictures]
        try:
            taken = await _say_words(delivered, place)
            if taken is Taken.YES:
                await _show(pictures, files, place)
            else:
                log("slack answer not taken", platform="slack", outcome=taken.value)
            return taken
        finally:
            for file in files:
                file.cancel()

    async def _file(self, part: Picture) -> str:
        """Upload a picture and return the id of a file that may be shown; empty where drawing,
        upload or Slack's check of the file failed.
        """
        try:
            png = await self._deliver.paint(part.chart, "card", compact=True)
            if png is None:
                return ""
            file = await self._api.put_file(png, "chart.png", "Seatwise")
            if await wait_for_file(self._api, file, WAITS):
                return file
        except Exception as error:  # noqa: BLE001 whatever it is, the words stand
            log_error("slack picture failed", error, platform="slack")
        else:
            log("slack picture never ready", platform="slack")
        return ""


def _outcome_sentence(taken: Taken, delivered: Delivered, say: Say) -> str:
    match taken:
        case Taken.YES:
            return delivered.done
        case Taken.LOST:
            return say("answer-unsure")
        case _:
            return delivered.failed


def _with_explanation(delivered: Delivered, way: Route, say: Say) -> Delivered:
    if not way.why:
        return delivered
    reply = delivered.reply
    return replace(delivered, reply=replace(reply, parts=(Paragraph(say(way.why)), *reply.parts)))


async def tell(ways: AnswerRoutes, text: str) -> None:
    """Send one line to the asker alone, by the first route that takes it or may have taken it."""
    await _line(ways.alone, text)


async def _line(ways: Sequence[Route], text: str) -> None:
    message = only_text(Delivered(Reply((Paragraph(text),))))
    for way in ways:
        if await way.place.say(message) in (Taken.YES, Taken.LOST):
            return
    log("slack line not taken", platform="slack")


async def _say_words(delivered: Delivered, place: MessageTarget) -> Taken:
    """Post the words in the richest form that Slack takes: with a native table, with preformatted
    tables, or as text alone.
    """
    forms: tuple[Callable[[], Block], ...] = (
        lambda: words(delivered),
        lambda: words(delivered, native_tables=False),
        lambda: only_text(delivered),
    )
    for form in forms:
        taken = await place.say(form())
        if taken is not Taken.NOT_SO:
            return taken
        log("slack refused blocks", platform="slack")
    return Taken.NO


async def _show(
    pictures: Sequence[Picture], files: Sequence["asyncio.Task[str]"], place: MessageTarget
) -> None:
    for part, file in zip(pictures, files, strict=True):
        ready = await file
        if ready and await place.say(picture(ready, part.alt)) is not Taken.YES:
            log("slack picture not taken", platform="slack")
