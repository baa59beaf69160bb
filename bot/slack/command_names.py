"""Names of commands as typed in Slack: some are slash commands, the others follow `/seatwise`."""

import re
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import TypeVar, cast

from bot.delivery import Delivered
from handlers.chat.reply import Attachment, Choice, PickPerson, Picture
from handlers.registry import COMMANDS

T = TypeVar("T")

REGISTERED = tuple(command.name for command in COMMANDS if command.shown.slash)
"""Commands that are slash commands of their own; all others are asked as `/seatwise <command>`,
because names are shared with every other app of a workspace.
"""

_NAMES = "|".join(sorted((command.name for command in COMMANDS), key=len, reverse=True))
_SAID = re.compile(rf"(?<![\w/.:\[-])/({_NAMES})(?![\w/-])")


def as_typed(text: str, prefix: str) -> str:
    """The text with each command by its name in Slack.

    >>> as_typed("/whoami shows your rights, /usage lists customers", "csp-")
    '/csp-seatwise whoami shows your rights, /csp-usage lists customers'
    """

    def registered_name(found: re.Match[str]) -> str:
        name = found[1]
        return f"/{prefix}{name}" if name in REGISTERED else f"/{prefix}seatwise {name}"

    return _SAID.sub(registered_name, text)


def with_command_names(delivered: Delivered, prefix: str) -> Delivered:
    """The answer with the commands in it by their names in Slack, on buttons too. What a button
    asks stays as it is, because it is pressed, not typed.
    """
    renamed = partial(_with_slack_names, prefix=prefix)
    parts = tuple(map(renamed, delivered.reply.parts))
    buttons = {renamed(choice): id_ for choice, id_ in delivered.buttons.items()}
    return replace(delivered, reply=replace(delivered.reply, parts=parts), buttons=buttons)


_ASKED = {
    Choice: ("text", "confirms"),
    PickPerson: ("before", "after"),
    Picture: ("chart",),
    Attachment: ("name", "media_type"),
}
"""Fields that are not read by people; a chart's letters and a file's name hold no commands."""


def _with_slack_names(value: T, prefix: str) -> T:
    """The part of a reply, or any value in it, with every text in it as typed in Slack."""
    if isinstance(value, str):
        return cast("T", as_typed(value, prefix))
    if isinstance(value, tuple):
        return cast("T", tuple(_with_slack_names(each, prefix) for each in value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    names = [each.name for each in fields(value) if each.name not in _ASKED.get(type(value), ())]
    changes = {name: _with_slack_names(getattr(value, name), prefix) for name in names}
    return cast("T", replace(value, **changes))
