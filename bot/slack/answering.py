"""Answers at a `response_url`: words at once, the picture below them when Slack has it ready.

The picture is a message of its own: `replace_original` does nothing for a command's answer, and
would take the place of the card whose button was pressed.
"""

import asyncio
from collections.abc import Callable, Sequence
from enum import Enum

from aiohttp import ClientResponse, ClientSession

from bot.delivery import Delivered
from bot.log import log, log_error
from bot.slack.api import TROUBLE, SlackApi, waited_for
from bot.slack.outbound import Block, only_text, picture, words
from bot.slack.ports import Deliver
from handlers.chat.reply import Picture

USES = 5
"""How often Slack takes an answer at one address."""

WAITS = (0.0, 0.1, 0.2, 0.4, 0.7, 1.0, 1.2, 1.4)
"""Seconds before each question whether a picture is ready; five in all."""

_LONGEST_REST = 30.0


class Taken(Enum):
    """What became of a message."""

    YES = "taken"
    NOT_SO = "refused as it is"
    NO = "not taken"


class ResponseUrl:
    """One address and its uses. Never raises; what fails is logged by kind."""

    def __init__(self, url: str, session: ClientSession) -> None:
        self._url = url
        self._session = session
        self._left = USES

    async def say(self, message: Block) -> Taken:
        """Sends a message for the asker alone; waits and tries once more where Slack asks to."""
        body = {"response_type": "ephemeral", "replace_original": False, **message}
        for last in (False, True):
            if self._left == 0:
                break
            self._left -= 1
            try:
                async with self._session.post(self._url, json=body) as response:
                    taken = await _taken(response)
                    rest = _rest(response)
            except TROUBLE as error:
                log_error("slack answer failed", error, platform="slack")
                taken, rest = Taken.NO, 0.5
            if taken is not Taken.NO or rest is None or last:
                return taken
            await asyncio.sleep(rest)
        return Taken.NO


async def _taken(response: ClientResponse) -> Taken:
    """A refused message comes as 400 or 404, or as 200 with what is wrong."""
    said = (await response.text(errors="replace"))[:2000]
    if response.status == 200 and '"ok":false' not in said.replace(" ", ""):
        return Taken.YES
    return Taken.NOT_SO if "invalid_blocks" in said or "invalid_attach" in said else Taken.NO


def _rest(response: ClientResponse) -> float | None:
    """Seconds to wait before another try; None where another would end the same."""
    if response.status == 429:
        said = response.headers.get("Retry-After", "1")
        return min(float(said), _LONGEST_REST) if said.isdecimal() else 1.0
    return 0.5 if response.status >= 500 else None


async def give(delivered: Delivered, url: ResponseUrl, api: SlackApi, deliver: Deliver) -> None:
    """The whole answer. Its pictures are drawn and uploaded while its words are on their way."""
    pictures = [part for part in delivered.reply.parts if isinstance(part, Picture)]
    files = [asyncio.create_task(_file(part, api, deliver)) for part in pictures]
    try:
        if not await _say_words(delivered, url):
            log("slack answer not taken", platform="slack")
            return
        await _show(pictures, files, url)
    finally:
        for file in files:
            file.cancel()


async def _say_words(delivered: Delivered, url: ResponseUrl) -> bool:
    """In the plainest form that Slack takes."""
    forms: tuple[Callable[[], Block], ...] = (
        lambda: words(delivered),
        lambda: words(delivered, native_tables=False),
        lambda: only_text(delivered),
    )
    for form in forms:
        taken = await url.say(form())
        if taken is not Taken.NOT_SO:
            return taken is Taken.YES
        log("slack refused blocks", platform="slack")
    return False


async def _show(
    pictures: Sequence[Picture], files: Sequence["asyncio.Task[str]"], url: ResponseUrl
) -> None:
    for part, file in zip(pictures, files, strict=True):
        ready = await file
        if ready and await url.say(picture(ready, part.alt)) is not Taken.YES:
            log("slack picture not taken", platform="slack")


async def _file(part: Picture, api: SlackApi, deliver: Deliver) -> str:
    """The id of a picture that may be shown; empty where drawing, upload or Slack's look at it
    failed.
    """
    try:
        png = await deliver.paint(part.chart, "light")
        if png is None:
            return ""
        file = await api.put_file(png, "chart.png", "Seatwise")
        if await waited_for(api, file, WAITS):
            return file
    except Exception as error:  # noqa: BLE001 whatever it is, the words stand
        log_error("slack picture failed", error, platform="slack")
    else:
        log("slack picture never ready", platform="slack")
    return ""
