"""What Slack needs of the rest of the program, as interfaces."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.replay_set import ReplaySet
from handlers.chat.services import Rights


@dataclass(frozen=True, slots=True)
class Kept:
    """What the installation's store knows, and its clock."""

    seen: ReplaySet
    rights: Rights
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Keys:
    """What this installation has of Slack, and how its commands are called there."""

    bot_token: str
    api_url: str = "https://slack.com/api/"
    app_token: str = ""
    """Opens the socket; where it is empty, Slack comes to `/slack/events`."""
    prefix: str = ""
    """What stands before every command's name: `csp-` makes `/csp-usage`."""
