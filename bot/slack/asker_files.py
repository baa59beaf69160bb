"""Files for the asker, in their own conversation with the bot. A file is shown once or not at all:
what may have arrived is not sent again.
"""

import asyncio

from slack_sdk.errors import SlackApiError

from bot.log import log_error
from bot.slack.api import TROUBLE, SlackApi, error_name, requested_wait
from bot.slack.post_errors import REASONS
from bot.slack.rate_limits import NotNow
from bot.slack.targets import Spot, Taken, failure_outcome
from handlers.chat.reply import Attachment

PATIENCE = 300.0
"""Seconds that the bytes of a file may take."""


async def send_file(api: SlackApi, file: Attachment, spot: Spot) -> str:
    """Upload a file and show it in the spot. Return the catalogue id of the sentence that says why
    it is not there, or may not be; empty where it is.
    """
    try:
        body = await asyncio.to_thread(file.path.open, "rb")
        with body:
            uploaded = await api.upload(body, file.size, file.name, PATIENCE)
    except (*TROUBLE, KeyError) as error:  # nothing is shown yet
        log_error("slack file not uploaded", error, platform="slack")
        return _reason(error)
    place = await spot.address()
    shown_in = {"channel_id" if name == "channel" else name: id_ for name, id_ in place.items()}
    try:
        await api.share_file(uploaded, file.name, shown_in)
    except TROUBLE as error:
        log_error("slack file not shown", error, platform="slack")
        return "file-unsure" if failure_outcome(error) is Taken.LOST else _reason(error)
    return ""


def _reason(error: BaseException) -> str:
    """The sentence for a file that is certainly not there."""
    if isinstance(error, FileNotFoundError):
        return "file-gone"
    if isinstance(error, NotNow):
        return "file-busy"
    if not isinstance(error, SlackApiError):
        return "file-not-taken"
    said = error_name(error)
    if requested_wait(error) is not None or said == "ratelimited":
        return "file-busy"
    if said in ("missing_scope", "not_allowed_token_type"):
        return "file-no-scope"
    return "file-no-way" if said in REASONS else "file-not-taken"
