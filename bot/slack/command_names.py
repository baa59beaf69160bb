"""Names of commands as typed in Slack: some are slash commands, the others follow `/seatwise`."""

import re
from dataclasses import replace

from handlers.chat.reply import Paragraph, Reply
from handlers.registry import COMMANDS

REGISTERED = ("usage", "digest", "grant-analytics", "revoke-analytics", "who-has-analytics")
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


def with_command_names(reply: Reply, prefix: str) -> Reply:
    """The reply with the commands in its sentences by their names in Slack; buttons stay as they
    are, because they are pressed, not typed.
    """
    parts = tuple(
        replace(part, text=as_typed(part.text, prefix)) if isinstance(part, Paragraph) else part
        for part in reply.parts
    )
    return replace(reply, parts=parts)
