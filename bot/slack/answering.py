"""An answer at the first place that takes it: words at once, the picture below them when Slack has
it ready.

The picture is a message of its own: `replace_original` does nothing for a command's answer, and
would take the place of the card whose button was pressed.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.delivery import Delivered, Delivery
from bot.log import log, log_error
from bot.slack.api import SlackApi, wait_for_file
from bot.slack.outbound import Block, only_text, picture, words
from bot.slack.targets import MessageTarget, Taken
from handlers.chat.reply import Audience, Paragraph, Picture, Reply
from handlers.chat.services import Say

WAITS = (0.0, 0.1, 0.2, 0.4, 0.7, 1.0, 1.2, 1.4)
"""Seconds before each question whether a picture is ready; five in all."""


@dataclass(frozen=True, slots=True)
class Route:
    """A place for an answer, and the sentence that says why it comes there where nobody expects
    it.
    """

    place: MessageTarget
    why: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRoutes:
    """Where the answers to one question can go, the best first."""

    alone: tuple[Route, ...]
    """To the asker alone, where they asked."""
    room: MessageTarget
    """To everybody there."""
    direct: MessageTarget
    """To the asker's own conversation with us."""
    aside: MessageTarget
    """For a line that nobody needs to keep."""


class Answers:
    """Puts answers where they belong. Promises one answer or a kind sentence, and never two: a
    message that may stand somewhere is not sent again.
    """

    def __init__(self, api: SlackApi, deliver: Delivery) -> None:
        self._api = api
        self._deliver = deliver

    async def give(self, delivered: Delivered, ways: AnswerRoutes, say: Say) -> None:
        """To whom the reply's audience says. What a button put elsewhere, the presser is told."""
        audience = delivered.reply.audience
        if delivered.done:
            there = ways.direct if audience is Audience.DIRECT else ways.room
            taken = await self._put(delivered, there)
            await tell(ways, _outcome_sentence(taken, delivered, say))
        elif audience is Audience.ROOM:
            await self._first(delivered, (Route(ways.room), *ways.alone), say)
        elif audience is Audience.DIRECT:
            await self._first(delivered, (Route(ways.direct), *ways.alone), say)
        else:
            await self._first(delivered, ways.alone, say)

    async def _first(self, delivered: Delivered, ways: Sequence[Route], say: Say) -> None:
        """By the first way that takes it. Where one does not say whether it did, no other is tried:
        the asker is asked to look.
        """
        for at, way in enumerate(ways):
            taken = await self._put(_with_explanation(delivered, way, say), way.place)
            if taken is Taken.YES:
                return
            if taken is Taken.LOST:
                await _line(ways[at + 1 :] or ways[:at], say("answer-unsure"))
                return

    async def _put(self, delivered: Delivered, place: MessageTarget) -> Taken:
        """All of it. Its pictures are drawn and uploaded while its words are on their way."""
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
        """The id of a picture that may be shown; empty where drawing, upload or Slack's look at it
        failed.
        """
        try:
            png = await self._deliver.paint(part.chart, "light")
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
    """One line for the asker alone, by the first way that may have taken it."""
    await _line(ways.alone, text)


async def _line(ways: Sequence[Route], text: str) -> None:
    message = only_text(Delivered(Reply((Paragraph(text),))))
    for way in ways:
        if await way.place.say(message) in (Taken.YES, Taken.LOST):
            return
    log("slack line not taken", platform="slack")


async def _say_words(delivered: Delivered, place: MessageTarget) -> Taken:
    """In the plainest form that Slack takes."""
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
