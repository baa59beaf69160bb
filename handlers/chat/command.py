"""A thing one can ask: its name, what it reads, what it needs, and the function that answers."""

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
    """For commands that read nothing."""


@dataclass(frozen=True, slots=True)
class Request(Generic[A]):
    """A question that was understood: the ask, its arguments, and the partner its room is bound
    to.
    """

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
    """A question that shows it at work, the same in every language."""
    repeats: bool = True
    """Whether it can be a digest: asked again and again by nobody's hand."""

    @property
    def words(self) -> str:
        """The beginning of its catalogue ids."""
        return f"command-{self.name}"


AnyCommand = Command[Any]
