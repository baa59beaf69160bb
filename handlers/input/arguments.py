"""Reading a command's arguments from typed words, by the types of its dataclass's fields."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import Enum
from typing import Any, Generic, TypeVar, get_type_hints

from analytics.questions.topics import Topic
from analytics.values import Customer, Period
from handlers.chat.customer_search import CustomerAndTopic
from handlers.chat.looks import Looks
from handlers.chat.refusals import (
    NoCustomerNamed,
    Refusal,
    SeveralTopics,
    UnknownTopic,
    UnreadablePeriod,
    UnreadWords,
    UnsureTopic,
)
from handlers.chat.topic_search import Subject
from handlers.chat.visible_data import VisibleData
from handlers.input.choice_words import (
    TypedChoices,
    choice_in,
    choices_of,
    leading_choice,
    take_choices,
)
from handlers.input.everyone import beside_everyone, means_everyone
from handlers.input.periods import BadPeriod, read_period
from handlers.input.person_words import TypedPerson, take_person
from handlers.input.subscription_words import TypedSubscription, take_subscription

A = TypeVar("A")

_BEHIND = 5
"""Number of words that may follow a period: `contoso last quarter power bi pro`."""

_LIKE_A_NAME = re.compile(r"\d+[a-z]", re.IGNORECASE)
"""A text that is a customer's name if it stands alone: `3M`, not three months of all customers."""


@dataclass(frozen=True, slots=True)
class TypedArgs:
    """Typed words, read as far as that goes without figures: the period, the choices, and the words
    around them. `period_words` is the period as typed, `choice_words` the choices.
    """

    period: Period | None
    rest: tuple[str, ...]
    period_words: tuple[str, ...]
    choices: Mapping[type[Enum], Enum] = field(default_factory=dict)
    choice_words: tuple[str, ...] = ()
    person: TypedPerson | None = None
    """Its words are among `choice_words`."""
    subscription: TypedSubscription | None = None
    """Its words too."""


@dataclass(frozen=True, slots=True)
class ReadArgs(Generic[A]):
    """A command's arguments, and the subject they name, if any."""

    args: A
    subject: Subject | None
    period_words: tuple[str, ...]
    """The period as typed; empty where none was."""
    choice_words: tuple[str, ...]
    """The choices as typed."""
    rest: tuple[str, ...]
    """The other words as typed."""


def reads_period(kind: type[object]) -> bool:
    """Check whether a command's arguments have a period, which may be part of a customer's name."""
    return Period | None in get_type_hints(kind).values()


def typed_args(
    kind: type[Any], words: tuple[str, ...], today: date, looks: Looks = Looks.BACK
) -> TypedArgs:
    """Take the period and the choices out of the words, for a command that has them. A period
    stands at the end, or behind the customer and before a product or workload; a choice at the end
    or at the beginning, behind a period or before it. `today` is the asker's. Raises
    UnreadablePeriod for a period that cannot be, and ContraryWords for choices that exclude one
    another.
    """
    kinds = choices_of(kind)
    words, person, named = _without_person(kind, words)
    words, subscription, numbered = _without_subscription(kind, words)
    first = take_choices(kinds, TypedChoices(words))
    period = TypedArgs(None, first.rest, ())
    if reads_period(kind):
        period = _without_period(first.rest, today, looks)
    last = take_choices(kinds, replace(first, rest=period.rest))
    said = (*last.words, *named, *numbered)
    read = replace(period, person=person, subscription=subscription)
    return replace(read, rest=last.rest, choices=last.members, choice_words=said)


def _without_person(
    kind: type[Any], words: tuple[str, ...]
) -> tuple[tuple[str, ...], TypedPerson | None, tuple[str, ...]]:
    """Return the other words, the person, and the words that name them, for a command that takes
    one.
    """
    if TypedPerson | None not in get_type_hints(kind).values():
        return words, None, ()
    person, at, count = take_person(words)
    return words[:at] + words[at + count :], person, words[at : at + count]


def _without_subscription(
    kind: type[Any], words: tuple[str, ...]
) -> tuple[tuple[str, ...], TypedSubscription | None, tuple[str, ...]]:
    """Return the other words, the subscription, and the words that name it, for a command that
    takes one.
    """
    if TypedSubscription | None not in get_type_hints(kind).values():
        return words, None, ()
    found, at, count = take_subscription(words)
    return words[:at] + words[at + count :], found, words[at : at + count]


async def read_args(
    kind: type[A],
    words: tuple[str, ...],
    today: date,
    data: VisibleData,
    looks: Looks = Looks.BACK,
) -> ReadArgs[A]:
    """Fill the fields of `kind` by their types: `Period | None`, `Customer` (it must be named) or
    `Customer | None`, `Topic | None`, `TypedPerson | None`, `TypedSubscription | None`, an Enum or
    None for a choice, and `str` for words that the command reads itself.

    No word is dropped: raises UnreadWords for those that no field takes, NoCustomerNamed, and what
    typed_args() and the search of customers raise.
    """
    hints = get_type_hints(kind)
    if str not in hints.values():
        words = await _with_whole_names(kind, words, data)
    typed = typed_args(kind, words, today, looks)
    subject = await _subject(set(hints.values()), typed.rest, data)
    values = {each.name: _value(hints[each.name], typed, subject) for each in fields(kind)}  # type: ignore[arg-type]  # every command's args are a dataclass
    return ReadArgs(kind(**values), subject, typed.period_words, typed.choice_words, typed.rest)


async def begins_with_customer(
    kind: type[Any], words: tuple[str, ...], today: date, data: VisibleData
) -> bool:
    """Check whether words without a command, read as those of a command with the arguments `kind`,
    are about a customer whose figures the asker may see.
    """
    try:
        typed = typed_args(kind, await data.names_whole(words), today)
        return await data.begins_with_name(" ".join(typed.rest))
    except Refusal:
        return False


async def _with_whole_names(
    kind: type[Any], words: tuple[str, ...], data: VisibleData
) -> tuple[str, ...]:
    """Return the words with a customer's whole name as one, at the front or behind a choice there,
    so that no part of it is read as a period or a choice.
    """
    kinds = choices_of(kind)
    if not (kinds or reads_period(kind)):
        return words
    words = await data.names_whole(words)
    ahead = leading_choice(kinds, words)
    return (*words[:ahead], *await data.names_whole(words[ahead:])) if ahead else words


def _value(hint: object, typed: TypedArgs, subject: Subject | None) -> object:
    if hint in _TAKEN:
        return _TAKEN[hint](typed)
    if hint is str:
        return " ".join(typed.rest)
    if hint == Topic | None:
        return subject.topic if subject else None
    choice = choice_in(hint)
    if choice:
        return typed.choices.get(choice)
    return subject.customer if isinstance(subject, CustomerAndTopic) else None


_TAKEN: Mapping[object, Callable[[TypedArgs], object]] = {
    Period | None: lambda typed: typed.period,
    TypedPerson | None: lambda typed: typed.person,
    TypedSubscription | None: lambda typed: typed.subscription,
}
"""The value of a field that is typed alone, by the field's type."""


async def _subject(hints: set[object], rest: tuple[str, ...], data: VisibleData) -> Subject | None:
    """Find the customer that the words name, or the topic of all customers; None for a command that
    reads them itself, where no customer or all of them are named, and while no customer is known at
    all.
    """
    if str in hints:
        return None
    takes_customer = Customer in hints or Customer | None in hints
    if rest and not (takes_customer or Topic | None in hints):
        raise UnreadWords(words=" ".join(" ".join(rest).split()))
    if not rest or means_everyone(" ".join(rest)):
        if Customer in hints:
            raise NoCustomerNamed
        return None
    if Customer not in hints and await data.has_no_customers():
        return None
    if not takes_customer:
        return await _topic_of_all(rest, data)
    if Topic | None in hints:
        return await _customer_or_topic(rest, data, needs_customer=Customer in hints)
    return await _customer_alone(rest, data)


async def _customer_or_topic(
    rest: tuple[str, ...], data: VisibleData, *, needs_customer: bool
) -> Subject:
    said = " ".join(rest)
    if needs_customer:
        return await data.subject(said)
    beside = " ".join(beside_everyone(rest))
    topic = await data.topic_of_all(beside, said) if beside else None
    return topic or await data.customer_or_topic(said)


async def _topic_of_all(rest: tuple[str, ...], data: VisibleData) -> Subject:
    """Find the product or workload of all customers, for a command that is about none of them
    alone.
    """
    return await data.topic_alone(" ".join(beside_everyone(rest) or rest))


async def _customer_alone(rest: tuple[str, ...], data: VisibleData) -> CustomerAndTopic:
    """Find the customer for a command that has no use for a topic, be it the customer's or not."""
    said = " ".join(rest)
    try:
        subject = await data.subject(said)
    except (UnknownTopic, UnsureTopic, SeveralTopics) as found:
        raise UnreadWords(words=found.values.get("topic", " ".join(said.split()))) from found
    if subject.topic:
        raise UnreadWords(words=subject.said_topic)
    return subject


def _without_period(words: tuple[str, ...], today: date, looks: Looks) -> TypedArgs:
    """Return the period, or None, and the words around it."""
    if len(words) == 1 and _LIKE_A_NAME.fullmatch(words[0]):
        return TypedArgs(None, words, ())
    period, used = _period_at_end(words, today, looks)
    if period:
        return TypedArgs(period, words[: len(words) - used], words[len(words) - used :])
    for behind in range(1, min(_BEHIND, len(words) - 2) + 1):
        before = words[:-behind]
        period, used = _period_at_end(before, today, looks)
        if period and _unmistakable(before, used):
            cut = len(before) - used
            return TypedArgs(period, (*before[:cut], *words[-behind:]), before[cut:])
    return TypedArgs(None, words, ())


def _unmistakable(words: tuple[str, ...], used: int) -> bool:
    """Check whether a period amid other words is one: a name may hold `June`, and begin with `7
    Days`.
    """
    said = words[len(words) - used :]
    return used < len(words) and (used > 1 or any(letter.isdigit() for letter in said[0]))


def _period_at_end(words: tuple[str, ...], today: date, looks: Looks) -> tuple[Period | None, int]:
    try:
        return read_period(words, today, looks)
    except BadPeriod as bad:
        raise UnreadablePeriod(bad.found, bad.why, looks) from bad
