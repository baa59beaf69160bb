"""A command: its name, the arguments it reads, the permission it needs, and its two functions."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from analytics.tables import Dataset
from analytics.values import Customer, PartnerId
from handlers.chat.access import Permission
from handlers.chat.asking import Ask
from handlers.chat.looks import Looks
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
class Shown:
    """Places in which a command is offered. Menus with limited room take the first ones by rank."""

    rank: int
    slash: bool = False
    """Whether it is a slash command of its own in Slack; others follow `/seatwise`."""
    starter: str = ""
    """The catalogue id of a sentence that asks it, where a platform suggests how to begin."""
    home: str = ""
    """The catalogue id of its button on a person's own page, where it has one there."""
    greeted: bool = False
    """Whether a greeting offers it."""


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
    shown: Shown
    example: str
    """A question that shows the command at work, the same in every language. It names no customer:
    `example_about` does, where one is known that the reader may see.
    """
    rests_on: tuple[Dataset, ...] = ()
    """The datasets that its figures rest on."""
    looks: Looks = Looks.BACK
    """Whether a day, month or quarter without a year is the last one or the next."""
    repeats: bool = True
    """Whether the command can be a digest: asked again and again by the clock."""

    @property
    def is_about_figures(self) -> bool:
        """Check whether it asks for customers' figures."""
        sees = {Permission.SEE_SEATS, Permission.SEE_MONEY, Permission.SEE_PERSONS}
        return bool(self.rests_on) and self.needs in sees

    @property
    def names_customer(self) -> bool:
        """Whether a customer can be named behind it."""
        return not {Customer, Customer | None}.isdisjoint(get_type_hints(self.args).values())

    @property
    def takes_group(self) -> bool:
        """Check whether a group of customers can be named: it answers from their figures."""
        return self.needs is Permission.SEE_SEATS and bool(self.rests_on)

    def example_about(self, customer: str) -> str:
        """Return the example about a customer, by the words that stand for them in a question; as
        it is for a command behind which none is named.
        """
        if not self.names_customer:
            return self.example
        asked, _, rest = self.example.partition(" ")
        return f"{asked} {customer} {rest}".rstrip()

    @property
    def results(self) -> tuple[type, ...]:
        """The classes of its results."""
        hint = next(iter(get_type_hints(self.tell).values()))
        return get_args(hint) or (hint,)

    @property
    def words(self) -> str:
        """The beginning of the command's catalogue ids."""
        return f"command-{self.name}"


AnyCommand = Command[Any, Any]


def as_written(reply: Reply, _say: Say) -> Reply:
    """Return the reply of a command without figures, whose result is its words."""
    return reply
