"""The question of a digest: asked once, to see that it can be, with its customer fixed by id."""

from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from analytics.questions.portfolio import portfolio
from handlers.chat.access import Permission
from handlers.chat.asking import Reach
from handlers.chat.audience import Content, Notes
from handlers.chat.command import AnyCommand, Request
from handlers.chat.customer_search import CustomerAndTopic
from handlers.chat.digests import MOST, Plan
from handlers.chat.refusals import (
    NotForEach,
    NotRepeatable,
    Refusal,
    TooManyDigests,
    Unconfirmed,
)
from handlers.chat.reply import Audience
from handlers.chat.services import VisibleData
from handlers.commands.digest.context import Context
from handlers.input.arguments import read_args, reads_period
from handlers.input.command_line import command_named, read_command, split
from handlers.input.everyone import everyone_at_front, means_everyone
from handlers.input.fold import fold
from handlers.input.languages import MIXED

_EACH = MIXED.digests.each
_ALL = MIXED.digests.all
_LEAD = MIXED.digests.lead
_OF = MIXED.digests.of


@dataclass(frozen=True, slots=True)
class DigestQuestion:
    """A digest's question, and facts about its answer just now."""

    text: str
    """The question with its customer by id."""
    title: str
    """The question with its customer by name."""
    content: Content
    """The permission it took, and the customers whose figures were in the answer."""
    alone: bool
    """Whether the answer is for the asker alone."""
    safe: bool
    """Whether there is a summary without customers' names."""


def command_of(words: tuple[str, ...], context: Context) -> AnyCommand | None:
    """The command that the words begin with; None where they begin with none."""
    name = command_named(words[0], context.commands) if words else None
    return context.commands[name] if name else None


async def digest_questions(
    command: AnyCommand, words: tuple[str, ...], context: Context
) -> tuple[DigestQuestion, ...]:
    """Return the question, or one for each of several customers: `each contoso, fabrikam 6 months`.

    Raises NotRepeatable, NotForEach or TooManyDigests, Unconfirmed where the asker's account is not
    as of now, and what Access.require and the command itself raise.
    """
    if not command.repeats:
        raise NotRepeatable(command=f"/{command.name}")
    access = context.services.data.access
    access.require(command.needs, command=f"/{command.name}")
    # Digests count towards a limit: none without this right.
    access.require(Permission.SEE_SEATS, command="/digest")
    if not access.account.sure:
        raise Unconfirmed("digest")
    each = _behind_each(words)
    if not each:
        return (await _ask_once(command, words, context),)
    asked = [await _ask_once(command, one, context) for one in await _apart(command, each, context)]
    return tuple({question.text: question for question in asked}.values())


def _behind_each(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words behind `each`, `for each of`, `pour chacun de`; empty where the words do not begin
    so.
    """
    rest = words[1:] if words and fold(words[0]) in _LEAD else words
    if len(rest) < 2 or fold(rest[0]) not in _EACH:
        return ()
    of = rest[1].casefold() in _OF  # with its accents: `Dé` may begin a name
    return rest[2:] if of else rest[1:]


async def _apart(
    command: AnyCommand, words: tuple[str, ...], context: Context
) -> list[tuple[str, ...]]:
    """The words of each question: one customer, and the period that all of them share. Raises
    NotForEach where the command names no customer, TooManyDigests beyond the partner's limit.
    """
    args = _args(command, words, context)
    names = getattr(args, "customer", None)
    if not isinstance(names, str):
        raise NotForEach(command=f"/{command.name}")
    names = names or everyone_at_front(words)
    period = _besides(words, names)
    if means_everyone(names) or fold(names).strip(".") in _ALL:
        seats = await context.services.data.over_all(portfolio)
        wanted: list[str] = [row.customer.id for row in seats.customers]
    else:
        wanted = [*dict.fromkeys(name.strip() for name in names.split(",") if name.strip())]
    if len(wanted) > MOST:
        raise TooManyDigests(n=MOST)
    return [(*name.split(), *period) for name in wanted]


async def _ask_once(
    command: AnyCommand, words: tuple[str, ...], context: Context
) -> DigestQuestion:
    """Ask the question once, as the digest will ask it, but for the asker alone."""
    notes = Notes()
    data = context.services.data.copy_with_notes(notes)
    args = _args(command, await _names_whole(command, words, data), context)
    alone = replace(context.ask, confirms="", reach=Reach.ASKER, mentions={}, rooms={})
    ask = replace(alone, text=_typed_question(command, words))
    reply = await command.run(
        Request(ask, args, context.partner), replace(context.services, data=data)
    )
    text, title = await _pinned_question(command, words, args, data)
    content = notes.content(command.needs)
    return DigestQuestion(
        text, title, content, alone=reply.audience is Audience.ASKER, safe=reply.safe is not None
    )


async def _names_whole(
    command: AnyCommand, words: tuple[str, ...], data: VisibleData
) -> tuple[str, ...]:
    return await data.names_whole(words) if reads_period(command.args) else words


def _args(command: AnyCommand, words: tuple[str, ...], context: Context) -> Any:
    zone = ZoneInfo(context.ask.zone)
    return read_args(command.args, words, context.now.astimezone(zone).date())


async def _pinned_question(
    command: AnyCommand, words: tuple[str, ...], args: object, data: VisibleData
) -> tuple[str, str]:
    """The question with its customer by id, and by name; both as typed where it names none."""
    name = getattr(args, "customer", "")
    if not name or command.needs is Permission.ASK:
        typed = _typed_question(command, words)
        return typed, typed
    subject = await data.subject(name)
    tail = " ".join([*await _topic(name.split(), subject, data), *_besides(words, name)])
    return (
        f"/{command.name} {subject.customer.id} {tail}".strip(),
        f"/{command.name} {subject.customer.name} {tail}".strip(),
    )


async def _topic(said: list[str], subject: CustomerAndTopic, data: VisibleData) -> list[str]:
    """The words behind the customer's name: the fewest that mean the same topic behind its id."""
    for upto in range(len(said), -1, -1):
        rest = said[upto:]
        try:
            same = await data.subject(" ".join([subject.customer.id, *rest]))
        except Refusal:
            continue
        if same.topic == subject.topic:
            return rest
    return []


def _besides(words: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The words that are not part of the name: a period, at the end or amid others."""
    flat = " ".join(words).split()
    kept = name.split()
    count = len(flat) - len(kept)
    for at in range(len(flat) - count, -1, -1):
        if flat[:at] + flat[at + count :] == kept:
            return tuple(flat[at : at + count])
    return ()


def _typed_question(command: AnyCommand, words: tuple[str, ...]) -> str:
    """The question as it is typed; a word with blanks in it stands in quotes."""
    said = (f'"{word}"' if len(split(word)) > 1 else word for word in words)
    return " ".join([f"/{command.name}", *said])


def words_of(plan: Plan, context: Context) -> tuple[str, ...]:
    """The plan's command and its words; empty where that command does not exist any more."""
    typed = read_command(plan.text, context.commands)
    return (typed.command, *typed.words) if typed and typed.command else ()
