"""What the page needs of the rest of the program, as interfaces."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from analytics.charts.model import ChartModel
from bot.delivery import Delivered
from bot.page.people import Mailbox
from handlers.chat.asking import Ask


class Deliver(Protocol):
    """Answers questions and draws charts. Nothing here raises: trouble comes back in words."""

    async def ask(self, ask: Ask) -> Delivered:
        """The answer to a typed question."""
        ...

    async def press(self, button: str, ask: Ask) -> Delivered:
        """What the saved question answers to `ask.asker`; a stale or foreign button gets words."""
        ...

    async def paint(self, chart: ChartModel, theme: str) -> bytes | None:
        """The chart as PNG for the theme `light` or `dark`; None when drawing failed."""
        ...


class Say(Protocol):
    """The catalogue in one language."""

    def __call__(self, sentence: str, /, **values: object) -> str:
        """The finished sentence; not escaped."""
        ...


@dataclass(frozen=True, slots=True)
class CompletionEntry:
    """A command in the input's completion: `/usage`, `/usage <customer>`, one line of summary."""

    name: str
    usage: str
    summary: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that the page is given.

    `voices` has one entry for each language offered; the first is for readers who want none of
    them. `sample` says whether the figures are made up; the people always are.
    """

    deliver: Deliver
    voices: Mapping[str, Say]
    commands: Callable[[str], Sequence[CompletionEntry]]
    sample: bool
    mailbox: Mailbox = field(default_factory=Mailbox)
