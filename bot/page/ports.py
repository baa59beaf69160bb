"""The things that the page needs from the rest of the program."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.delivery import Delivery
from bot.page.people import Mailbox
from handlers.chat.services import Say


@dataclass(frozen=True, slots=True)
class CompletionEntry:
    """A command that the input completes: `/usage`, `/usage <customer>`, one line of summary."""

    name: str
    usage: str
    summary: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything that the page is given.

    `voices` has one entry for each language offered; the first is for readers who want none of
    them. `sample` says whether the figures are made up; the people always are.
    """

    deliver: Delivery
    voices: Mapping[str, Say]
    commands: Callable[[str], Sequence[CompletionEntry]]
    sample: bool
    mailbox: Mailbox = field(default_factory=Mailbox)
