"""A command: its name, the arguments it reads, the permission it needs, and its handler."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from analytics.values import PartnerId
from handlers.chat.access import Permission
from handlers.chat.asking import Ask
from handlers.chat.reply import Reply
from handlers.chat.services import Services

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class NoArgs:
    """Arguments of a command that reads none."""


@dataclass(frozen=True, slots=True)
class Request(Generic[A]):
    """A question that was understood: the ask, its arguments, and the partner of its room."""

    ask: Ask
    args: A
    partner: PartnerId


@dataclass(frozen=True, slots=True)
class Command(Generic[A]):
    """One command. The catalogue holds its words: `<name>-usage`, `<name>-summary`,
    `<name>-details`.
    """

    name: str
    args: type[A]
    needs: Permission
    run: Callable[[Request[A], Services], Awaitable[Reply]]
    example: str
    """A question that shows the command at work, the same in every language."""
    repeats: bool = True
    """Whether the command can be a digest: asked again and again by the clock."""

    @property
    def words(self) -> str:
        """The beginning of the command's catalogue ids."""
        return f"command-{self.name}"


AnyCommand = Command[Any]
