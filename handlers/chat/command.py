"""A command: its name, the arguments it reads, the permission it needs, and its two functions."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from analytics.values import PartnerId
from handlers.chat.access import Permission
from handlers.chat.asking import Ask
from handlers.chat.reply import Reply
from handlers.chat.services import Say, Services

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class NoArgs:
    """Arguments of a command that reads none."""


@dataclass(frozen=True, slots=True)
class Request(Generic[A]):
    """A question that was understood: the ask, its arguments, and the partner of its room."""

    ask: Ask
    args: A
    partner: PartnerId
    commands: "Mapping[str, AnyCommand]"
    """Every command by name, in the order in which help shows them."""


@dataclass(frozen=True, slots=True)
class Command(Generic[A, R]):
    """One command. The catalogue holds its words: `<name>-usage`, `<name>-summary`,
    `<name>-details`.

    `ask` finds the result: a frozen dataclass of figures, each a value or unknown. `tell` says it.
    Programs read the result (JSON, a digest that compares); platforms read the reply.
    """

    name: str
    args: type[A]
    needs: Permission
    ask: Callable[[Request[A], Services], Awaitable[R]]
    tell: Callable[[R, Say], Reply]
    example: str
    """A question that shows the command at work, the same in every language."""
    repeats: bool = True
    """Whether the command can be a digest: asked again and again by the clock."""

    @property
    def words(self) -> str:
        """The beginning of the command's catalogue ids."""
        return f"command-{self.name}"


AnyCommand = Command[Any, Any]


def as_written(reply: Reply, _say: Say) -> Reply:
    """Return the reply of a command without figures, whose result is its words."""
    return reply
