"""The question of a digest: asked once, to see that it can be, with its customer fixed by id."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analytics.questions.portfolio import portfolio
from handlers.chat.access import Permission
from handlers.chat.asking import Reach
from handlers.chat.audience import Content, Notes, all_contents
from handlers.chat.command import AnyCommand, Request
from handlers.chat.digest_refusals import NotForEach, NotRepeatable, TooManyDigests
from handlers.chat.digests import EACH, MOST, Plan
from handlers.chat.groups import GROUP, CustomerGroup
from handlers.chat.refusals import Unconfirmed
from handlers.chat.reply import Audience
from handlers.chat.visible_data import EVERYBODY
from handlers.commands.digest.context import Context
from handlers.input.arguments import typed_args
from handlers.input.command_line import command_named, read_command
from handlers.input.everyone import means_everyone
from handlers.input.fold import fold
from handlers.input.group_parts import parts_of_group
from handlers.input.group_question import read_question
from handlers.input.group_words import take_group
from handlers.input.languages import MIXED
from handlers.input.pinned import pinned_question, typed_question

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
    each: tuple[str, ...] = ()
    """For a digest for each customer of a group: the questions of today's customers, by name."""
    sample: str = ""
    """The first of these questions with its customer by id; else empty."""


def command_of(words: tuple[str, ...], context: Context) -> AnyCommand | None:
    """The command that the words begin with; None where they begin with none."""
    name = command_named(words[0], context.commands) if words else None
    return context.commands[name] if name else None


async def digest_questions(
    command: AnyCommand, words: tuple[str, ...], context: Context
) -> tuple[DigestQuestion, ...]:
    """Return the question, or one for each of several customers: `each contoso, fabrikam 6 months`;
    for each customer of a group there is one question, since the group changes.

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
    if take_group(each)[1]:
        parts = await parts_of_group(command, each, context.today, context.services)
        of_each = [await _ask_once(command, one, context) for one in parts.questions]
        return (_of_group(command, parts.found.group, parts.questions[0][0], of_each),)
    apart = await _apart(command, each, context)
    asked = [await _ask_once(command, one, context) for one in apart]
    return tuple({question.text: question for question in asked}.values())


def _of_group(
    command: AnyCommand, group: CustomerGroup, first: str, of_each: Sequence[DigestQuestion]
) -> DigestQuestion:
    """Return the one question that stands for those of a group's customers, of whom `first` is in
    the first one.
    """
    about, sample = f"/{command.name} {EACH} ", of_each[0]
    rest = sample.text.removeprefix(f"/{command.name} {first}")
    return DigestQuestion(
        f"{about}{group.word}{rest}",
        f"{about}{GROUP}{group.name}{rest}",
        all_contents([question.content for question in of_each]),
        alone=any(question.alone for question in of_each),
        safe=all(question.safe for question in of_each),
        each=tuple(question.title for question in of_each),
        sample=sample.text,
    )


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
    if not command.names_customer:
        raise NotForEach(command=f"/{command.name}")
    typed = typed_args(command.args, words, context.today, command.looks)
    names = " ".join(typed.rest)
    wanted: list[str]
    if means_everyone(names) or fold(names).strip(".") in _ALL:
        seats = await context.services.data.over(EVERYBODY, portfolio)
        wanted = [row.customer.id for row in seats.customers]
    else:
        wanted = [*dict.fromkeys(name.strip() for name in names.split(",") if name.strip())]
    if len(wanted) > MOST:
        raise TooManyDigests(n=MOST)
    return [(*name.split(), *typed.choice_words, *typed.period_words) for name in wanted]


async def _ask_once(
    command: AnyCommand, words: tuple[str, ...], context: Context
) -> DigestQuestion:
    """Ask the question once, as the digest will ask it, but for the asker alone."""
    notes, services = Notes(), context.services
    data = services.data.copy_with_notes(notes)
    alone = replace(context.ask, confirms="", reach=Reach.ASKER, mentions={}, rooms={})
    ask = replace(alone, text=typed_question(command, words))
    asked = await read_question(command, words, context.today, replace(services, data=data))
    request = Request(ask, asked.read.args, context.partner, context.commands)
    reply = command.tell(await command.ask(request, asked.services), context.say)
    pinned = asked.pin(pinned_question(command, asked.words, asked.read))
    kept, safe = reply.audience is Audience.ASKER, reply.safe is not None and not asked.found
    return DigestQuestion(
        pinned.text, pinned.title, notes.content(command.needs), alone=kept, safe=safe
    )


def words_of(plan: Plan, context: Context) -> tuple[str, ...]:
    """The plan's command and its words; empty where that command does not exist any more."""
    typed = read_command(plan.text, context.commands)
    return (typed.command, *typed.words) if typed and typed.command else ()
