"""Places that a message can be put, and the outcome of putting it there. Nothing here raises."""

import asyncio
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from aiohttp import ClientConnectorError, ClientResponse, ClientSession
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.log import log_error
from bot.slack.api import TROUBLE, SlackApi, error_name
from bot.slack.rate_limits import LONGEST, NotNow, seconds_asked
from bot.slack.rich_text import Block

USES = 5
"""Maximum answers that Slack takes at one address."""

_UNSURE = ("internal_error", "fatal_error", "request_timeout")
"""Errors for which Slack says that part of the work may have been done."""


class Taken(Enum):
    """The outcome of sending a message."""

    YES = "taken"
    NOT_SO = "refused as it is"
    NO = "not taken"
    LOST = "nobody knows"
    """The message may have arrived: sent again, it could be read twice."""


class MessageTarget(Protocol):
    """A place that takes messages: ResponseUrl, Posted, Whispered."""

    async def say(self, message: Block) -> Taken:
        """Put a message there, once. Never raises."""
        ...


class ResponseUrl:
    """One address for answers to the asker alone, and its uses. Failures are logged by kind."""

    def __init__(self, url: str, session: ClientSession) -> None:
        self._url = url
        self._session = session
        self._left = USES

    async def say(self, message: Block) -> Taken:
        """Send a message; where Slack turned it away unread, wait and try once more."""
        body = {"response_type": "ephemeral", "replace_original": False, **message}
        for last in (False, True):
            if self._left == 0:
                break
            self._left -= 1
            try:
                async with self._session.post(self._url, json=body) as response:
                    taken, rest = await _response_outcome(response), _rest(response)
            except TROUBLE as error:
                log_error("slack answer failed", error, platform="slack")
                return failure_outcome(error)
            if rest is None or rest > LONGEST or last:
                return taken
            await asyncio.sleep(rest)
        return Taken.NO


@dataclass
class Spot:
    """A conversation, and perhaps a thread in it; without a channel, the person's own conversation
    with the bot.
    """

    api: SlackApi
    person: str
    channel: str = ""
    thread: str = ""
    _found: str = field(default="", init=False)

    async def address(self) -> dict[str, str]:
        """The conversation as parameters of the methods that post. A person's id stands in where
        the conversation with them cannot be opened: Slack takes it for posts.
        """
        if not self._found:
            self._found = self.channel or await self._open_conversation()
        return {"channel": self._found} | ({"thread_ts": self.thread} if self.thread else {})

    async def _open_conversation(self) -> str:
        try:
            said = await self.api.read("conversations.open", users=self.person)
            return str(said["channel"]["id"])
        except (*TROUBLE, KeyError, TypeError) as error:
            log_error("slack conversation not opened", error, platform="slack")
            return self.person


@dataclass(frozen=True)
class Posted:
    """Messages that all people in the spot read, and that stay."""

    spot: Spot

    async def say(self, message: Block) -> Taken:
        """Post a message; unfurl nothing and link no names."""
        quiet = {"unfurl_links": False, "unfurl_media": False, "link_names": False}
        return await _send_to(self.spot, "chat.postMessage", {**quiet, **message})


@dataclass(frozen=True)
class Whispered:
    """Messages in the spot that only its person sees, until Slack is reloaded."""

    spot: Spot

    async def say(self, message: Block) -> Taken:
        """Send a message; fails where the person or the bot is not in the conversation."""
        body = {"user": self.spot.person, "link_names": False, **message}
        return await _send_to(self.spot, "chat.postEphemeral", body)


async def _send_to(spot: Spot, method: str, body: Block) -> Taken:
    try:
        await spot.api.post(method, **body, **await spot.address())
    except TROUBLE as error:
        log_error("slack message failed", error, platform="slack")
        return failure_outcome(error)
    return Taken.YES


def failure_outcome(error: BaseException) -> Taken:
    """The outcome of a message whose sending failed with this error."""
    if isinstance(error, NotNow | ClientConnectorError):
        return Taken.NO
    if not isinstance(error, SlackApiError):
        return Taken.NO if isinstance(error, SlackClientError) else Taken.LOST
    return _refusal_outcome(getattr(error.response, "status_code", 0), error_name(error))


def _refusal_outcome(status: int, said: str) -> Taken:
    """The outcome of a message that Slack answered with this status and error name. 503 means that
    Slack did not look at it; after a server's other errors, it is unknown whether it arrived.
    """
    if "invalid_blocks" in said or "invalid_attach" in said or said == "msg_blocks_too_long":
        return Taken.NOT_SO
    unsure = said in _UNSURE or (not said and (status == 200 or status >= 500) and status != 503)
    return Taken.LOST if unsure else Taken.NO


async def _response_outcome(response: ClientResponse) -> Taken:
    """The outcome by the answer to a message. A refused message comes as 400 or 404, or as 200 with
    the error in the body.
    """
    said = (await response.text(errors="replace"))[:2000].replace(" ", "")
    if response.status == 200 and '"ok":false' not in said:
        return Taken.YES
    named = next(
        (name for name in ("invalid_blocks", "invalid_attach", *_UNSURE) if name in said), ""
    )
    return _refusal_outcome(response.status, named or ("refused" if response.status < 500 else ""))


def _rest(response: ClientResponse) -> float | None:
    """Seconds to wait before another try; None where it would end the same or post a second
    message.
    """
    if response.status == 503:
        return 0.5
    return seconds_asked(response.status, response.headers.copy())
