"""The questions about each customer of a group: who is in it now, and one question for each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from analytics.folded_text import folded_text
from handlers.chat.command import AnyCommand
from handlers.chat.digest_refusals import NotForEach, TooManyOfGroup
from handlers.chat.group_refusals import EmptyGroup
from handlers.chat.group_search import FoundGroup, find_group
from handlers.chat.refusals import Refusal
from handlers.chat.services import Services
from handlers.input.arguments import typed_args
from handlers.input.group_question import read_question
from handlers.input.group_words import take_group
from handlers.input.pinned import PinnedQuestion, pinned_question, typed_question

MOST_OF_GROUP = 20
"""Most customers of a group who get a message each."""


@dataclass(frozen=True, slots=True)
class GroupOrderParts:
    """The members of a group as of now, and the words of the question about each."""

    found: FoundGroup
    questions: tuple[tuple[str, ...], ...]
    """Words behind the command: a customer's id first. By the customers' names."""


async def parts_of_group(
    command: AnyCommand, words: Sequence[str], today: date, services: Services
) -> GroupOrderParts:
    """Return the question about each customer of the group that the words name, as far as the
    figures know them. What stands beside the group is a product, workload or period of each.

    Raises what find_group() raises, NotForEach for a command that names no customer, EmptyGroup
    and TooManyOfGroup.
    """
    if not command.names_customer:
        raise NotForEach(command=f"/{command.name}")
    beside, name = take_group(words)
    found = await find_group(name, services.data.access, services.rights.groups)
    names = await services.data.names(sorted(found.customers))
    found = replace(found, customers=found.customers & names.keys())
    if not names:
        raise EmptyGroup(name=found.group.name)
    if len(names) > MOST_OF_GROUP:
        raise TooManyOfGroup(most=MOST_OF_GROUP, count=len(names), name=found.group.name)
    typed = typed_args(command.args, beside, today, command.looks)
    rest = (*typed.rest, *typed.choice_words, *typed.period_words)
    ordered = sorted(names, key=lambda each: (folded_text(names[each]), each))
    return GroupOrderParts(found, tuple((each, *rest) for each in ordered))


async def pinned_parts(
    command: AnyCommand, parts: GroupOrderParts, today: date, services: Services
) -> tuple[PinnedQuestion, ...]:
    """Return each question as a digest asks it; as typed where it can be asked about no such thing
    of that customer: then its own run says so.
    """
    return tuple(
        [await _pinned_question(command, words, today, services) for words in parts.questions]
    )


async def _pinned_question(
    command: AnyCommand, words: tuple[str, ...], today: date, services: Services
) -> PinnedQuestion:
    try:
        asked = await read_question(command, words, today, services)
    except Refusal:
        typed = typed_question(command, words)
        return PinnedQuestion(typed, typed, typed)
    return pinned_question(command, asked.words, asked.read)
