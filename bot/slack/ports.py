"""The things that Slack's code needs from the rest of the program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.replay_set import ReplaySet
from handlers.chat.services import Rights


@dataclass(frozen=True, slots=True)
class Kept:
    """The installation's store, as far as Slack's code needs it, and the clock."""

    seen: ReplaySet
    rights: Rights
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Keys:
    """The installation's tokens for Slack, and the prefix of its commands there."""

    bot_token: str
    api_url: str = "https://slack.com/api/"
    app_token: str = ""
    """Token that opens the socket; where it is empty, Slack sends requests to `/slack/events`."""
    prefix: str = ""
    """Text before every command's name: `csp-` makes `/csp-usage`."""
