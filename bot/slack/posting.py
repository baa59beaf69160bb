"""Scheduled messages: bot.scheduled_posts.Poster for Slack."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cachetools import FIFOCache

from bot.delivery import Delivered, Delivery
from bot.log import log, log_error
from bot.scheduled_posts import (
    Address,
    FoundPost,
    MayStillSend,
    Post,
    PostOutcome,
    Receipt,
    send_if_allowed,
)
from bot.slack.api import TROUBLE, SlackApi
from bot.slack.command_names import with_command_names
from bot.slack.history_search import EVENT, HistorySearch
from bot.slack.outbound import only_text, words
from bot.slack.post_errors import before, blind_of, fate_of
from bot.slack.post_spacing import PostSpeed
from bot.slack.rich_text import Block
from bot.slack.targets import Taken, failure_outcome
from bot.slack.uploads import Uploads
from handlers.chat.asking import RoomKind, UserRef
from handlers.chat.reply import Picture

_POST = "chat.postMessage"
_PEOPLE = 5_000
_OURS = uuid.UUID("5ea7a15e-0000-5000-8000-000000000001")
_QUIET = {"unfurl_links": False, "unfurl_media": False, "link_names": False}


class SlackPoster:
    """The poster for Slack: posts within one workspace's limits, and looks for earlier messages."""

    def __init__(
        self, api: SlackApi, deliver: Delivery, prefix: str = "", speed: PostSpeed | None = None
    ) -> None:
        speed = speed or PostSpeed()
        self._api = api
        self._in_all = speed.in_all
        self._prefix = prefix
        self._uploads = Uploads(api, deliver, speed.uploads)
        self._queue = speed.queue
        self._history = HistorySearch(api)
        self._own: FIFOCache[UserRef, str] = FIFOCache(_PEOPLE)

    async def post(self, letter: Post, go: MayStillSend) -> Receipt:
        """Post a letter once, if `go` allows it; its pictures are ready before `go` is asked."""
        try:
            forms = await self._forms(letter.delivered)
            channel = await self._channel(letter.to)
        except Exception as error:  # noqa: BLE001 whatever it is, nothing was sent
            log_error("slack letter not addressed", error, platform="slack")
            return before(error)
        async with self._queue.turn(channel):
            rest = self._api.rest_left(_POST)
            if rest:
                return Receipt(PostOutcome.LATER, wait=rest)
            addressed = {**_mark_fields(letter.mark), "channel": channel}
            return await send_if_allowed(
                lambda: self._send_forms(forms, addressed), go, "slack", self._in_all
            )

    async def replace(self, to: Address, message: str, delivered: Delivered) -> bool:
        """Put the newest form that Slack takes in the place of a posted message."""
        try:
            channel = await self._channel(to)
            for form in await self._forms(delivered):
                if await self._update({**form, "channel": channel, "ts": message}):
                    return True
        except Exception as error:  # noqa: BLE001 the message stays as it was
            log_error("slack message not replaced", error, platform="slack")
        return False

    async def _update(self, body: Block) -> bool:
        """Replace a message; False where Slack refuses this form. Raises one of TROUBLE."""
        try:
            await self._api.post("chat.update", link_names=False, **body)
        except TROUBLE as error:
            if failure_outcome(error) is Taken.NOT_SO:
                return False
            raise
        return True

    async def look(self, to: Address, mark: str, since: datetime) -> FoundPost:
        """Look for a message of this mark in the channel's history, around `since`."""
        try:
            channel = await self._channel(to)
        except Exception as error:  # noqa: BLE001 as in post()
            log_error("slack room not looked at", error, platform="slack")
            return blind_of(error)
        return await self._history.look(channel, mark, since)

    async def _send_forms(self, forms: Sequence[Block], addressed: Block) -> Receipt:
        """Send the letter in the first form that Slack takes. Each form is one call; another is
        made only where Slack said that it did not take the one before.
        """
        refused = Receipt(PostOutcome.REFUSED, "post-refused")
        for form in forms:
            try:
                said = await self._api.once(_POST, json={**_QUIET, **form, **addressed})
            except TROUBLE as error:
                log_error("slack letter not taken", error, platform="slack")
                if failure_outcome(error) is not Taken.NOT_SO:
                    return fate_of(error)
                self._uploads.forget(_shown_files(form))
            else:
                return Receipt(PostOutcome.SENT, message=str(said.get("ts") or ""))
        log("slack refused a letter in every form", platform="slack")
        return refused

    async def _forms(self, delivered: Delivered) -> list[Block]:
        """The forms of a letter: as it should be, then plainer ones in case Slack refuses that."""
        shown = with_command_names(delivered, self._prefix)
        charts = [part.chart for part in shown.reply.parts if isinstance(part, Picture)]
        files = await self._uploads.files(charts)
        forms = [
            words(shown, files=files),
            words(shown, files=files, native_tables=False),
            words(shown, native_tables=False),
            only_text(shown),
        ]
        return [form for at, form in enumerate(forms) if form not in forms[:at]]

    async def _channel(self, to: Address) -> str:
        """The channel of an address. A person's own conversation is opened, so that the same one is
        looked at later. Raises one of TROUBLE and, where Slack's answer names no channel, KeyError
        or TypeError.
        """
        if to.room.kind is not RoomKind.PRIVATE:
            return to.room.address
        if to.person not in self._own:
            said: Any = await self._api.read("conversations.open", users=to.person.id)
            self._own[to.person] = str(said["channel"]["id"])
        return self._own[to.person]


def _mark_fields(mark: str) -> Block:
    """Fields by which the message is found again. Slack promises nothing about `client_msg_id`, but
    it costs nothing.
    """
    found = {"event_type": EVENT, "event_payload": {"mark": mark}}
    return {"metadata": found, "client_msg_id": str(uuid.uuid5(_OURS, mark))}


def _shown_files(form: Block) -> set[str]:
    """The ids of the files that a form shows."""
    return {block["slack_file"]["id"] for block in form.get("blocks", ()) if "slack_file" in block}
