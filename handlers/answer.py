"""The path of every question, whatever platform it came from: it goes through answer()."""

import asyncio
import re
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from handlers.backend import Answer, Backend, JournalEntry, Outcome
from handlers.chat.access import Access, Permission, authorize
from handlers.chat.asking import Ask, Reach, UserRef, Via, button_word
from handlers.chat.audience import Content, Notes
from handlers.chat.command import AnyCommand, Request
from handlers.chat.refusals import (
    NotAllowed,
    Refusal,
    SeveralCustomers,
    SeveralTopics,
    Unconfirmed,
    UnreadablePeriod,
    UnsureTopic,
)
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Reply
from handlers.chat.services import Say, Services, VisibleData
from handlers.commands.help import overview
from handlers.commands.usage import UsageArgs
from handlers.input.arguments import read_args, reads_period
from handlers.input.command_line import (
    CommandLine,
    asks_help,
    greets,
    nearest,
    read_command,
    thanks,
)
from handlers.misunderstandings import misunderstanding
from handlers.output.unknowns import why
from handlers.registry import COMMANDS
from handlers.sharing import place_reply

_BY_NAME = {command.name: command for command in COMMANDS}
_HELP = "help"
_BARE_NAME = "usage"
"""The command that a customer's name without a command asks."""
_NOTHING = Content(Permission.ASK, frozenset())
"""The content of an answer that looked nothing up."""


async def answer(ask: Ask, backend: Backend) -> Answer:
    """Return the answer, or the reason why there is none, in the asker's language. Never raises.

    The question is written to the audit before the answer is given; if it cannot be written, the
    question is not answered.
    """
    say, unanswered = backend.speaker(ask.locale), "not-audited"
    try:
        found, entry = await _answer_and_entry(ask, backend, say)
        if found.reply.notices:  # it concerns another person: a right was changed, and that stands
            unanswered = "not-audited-saved"
        unanswered = found.reply.saved or unanswered
        await backend.journal.record(entry)
    except Exception as error:  # noqa: BLE001 the last net: whoever asks gets words, the operator the error
        backend.trouble(ask, error)
        lost = Reply((Paragraph(say(unanswered, incident=ask.id)),))
        return Answer(lost, "not-audited", outcome=Outcome.BROKEN)
    return found


async def turn_away(ask: Ask, sentence: str, backend: Backend) -> Reply:
    """Refuse a press that never became a question (a stale button, another person's): write it to
    the audit, and say why. Never raises.
    """
    say = backend.speaker(ask.locale)
    try:
        await backend.journal.record(
            JournalEntry(ask, "", Outcome.REFUSED, sentence, (), backend.now())
        )
    except Exception as error:  # noqa: BLE001 as in answer()
        backend.trouble(ask, error)
        return Reply((Paragraph(say("not-audited", incident=ask.id)),))
    return Reply((Paragraph(say(sentence)),))


async def _answer_and_entry(ask: Ask, backend: Backend, say: Say) -> tuple[Answer, JournalEntry]:
    """Return the answer and its audit row, whatever happens on the way."""
    now = backend.now()
    typed = read_command(ask.text, _BY_NAME) or CommandLine("", ())
    name, notes = typed.command, Notes()
    try:
        typed = await _line_meant(typed, ask, backend)
        name = typed.command
        if name:
            found = await _run(_BY_NAME[name], typed, ask, backend, notes)
        else:
            unknown = await _unknown_command_reply(typed, ask, backend, say)
            found = await place_reply(ask, unknown, _NOTHING, backend)
    except Refusal as refusal:
        refused = await refusal_reply(refusal, ask, name, backend)
        found = Answer(refused, refusal.sentence, outcome=Outcome.REFUSED)
    except Exception as error:  # noqa: BLE001 a fault of ours is answered in words and audited as one
        backend.trouble(ask, error)
        broken = Reply((Paragraph(say("broken", incident=ask.id)),))
        found = Answer(broken, _reason(error), outcome=Outcome.BROKEN)
    entry = JournalEntry(
        ask=ask,
        command=name,
        outcome=found.outcome,
        why=found.why,
        customers=tuple(sorted(notes.customers)),
        at=now,
        shown=found.reply.audience,
        outsiders=found.outsiders,
    )
    return found, entry


async def _line_meant(typed: CommandLine, ask: Ask, backend: Backend) -> CommandLine:
    """Return what is typed with the command that is meant: `/usage help` is help, and a customer's
    name alone asks for its usage. A customer called Help is a customer behind a command.
    """
    if typed.command and typed.command != _HELP and asks_help(typed.words):
        return (
            typed
            if await _is_about_customer(typed.words, ask, backend)
            else CommandLine(_HELP, (typed.command,))
        )
    if typed.command or not typed.words or greets(typed.words) or thanks(typed.words):
        return typed
    near = nearest(typed.words[0], _BY_NAME)
    named = near is None and await _is_about_customer(typed.words, ask, backend)
    return CommandLine(_BARE_NAME, typed.words) if named else typed


async def _is_about_customer(words: Sequence[str], ask: Ask, backend: Backend) -> bool:
    """Check whether words without a command name a customer whose figures the asker may see; False
    for who may see none, as for a customer there is not.
    """
    try:
        access = await _access(_BY_NAME[_BARE_NAME], ask, backend)
        data = VisibleData(access, backend.facts)
        args = read_args(UsageArgs, await data.names_whole(tuple(words)), _today(ask, backend))
        return await data.begins_with_name(args.customer)
    except Refusal:
        return False


def _reason(error: Exception) -> str:
    """The audit's word for an error of ours; of a library's error the name of its class."""
    return str(getattr(error, "word", type(error).__name__))


async def _run(
    command: AnyCommand, typed: CommandLine, ask: Ask, backend: Backend, notes: Notes
) -> Answer:
    """Authorize the asker, read the arguments, run the command, decide who reads the answer. In
    this order: the arguments of a forbidden question are not even read.
    """
    now, partner = backend.now(), ask.room.partner
    access = await _access(command, ask, backend)
    scheduled = ask.via is Via.SCHEDULED and command.needs is not Permission.ASK
    if scheduled and not access.account.sure:
        raise Unconfirmed("digest")
    data = VisibleData(access, backend.facts, notes)
    words = await data.names_whole(typed.words) if reads_period(command.args) else typed.words
    args = read_args(command.args, words, _today(ask, backend))
    say = backend.speaker(ask.locale)
    services = Services(
        data=data,
        people=backend.people,
        rights=backend.rights,
        digests=backend.digests,
        health=backend.health,
        say=say,
        now=now,
    )
    reply = await command.run(Request(ask, args, partner), services)
    return await place_reply(ask, reply, notes.content(command.needs), backend)


async def _access(command: AnyCommand, ask: Ask, backend: Backend) -> Access:
    """Return the asker's key to what a command needs. Raises NotAllowed and its like."""
    grants, account = await asyncio.gather(
        backend.rights.grants(ask.asker, ask.room.partner),
        backend.people.account(ask.asker, sure=_must_be_sure(ask, command), room=ask.room),
    )
    return authorize(account, ask.room.partner, command.needs, grants, backend.now())


def _today(ask: Ask, backend: Backend) -> date:
    return backend.now().astimezone(ZoneInfo(ask.zone)).date()


def _must_be_sure(ask: Ask, command: AnyCommand) -> bool:
    """True if the asker's account has to be as of now: the answer gives a right, is for others, or
    is a digest's.
    """
    for_others = ask.reach not in (Reach.ASKER, Reach.DIRECT)
    return for_others or ask.via is Via.SCHEDULED or command.needs is Permission.GRANT


async def _unknown_command_reply(typed: CommandLine, ask: Ask, backend: Backend, say: Say) -> Reply:
    """Answer a question without a known command: the nearest command to press, beside the usage of
    a customer called so; or all commands. Greetings and thanks are returned.
    """
    if not typed.words or greets(typed.words):
        return overview(say, COMMANDS, say("help-intro"))
    if thanks(typed.words):
        return Reply((Paragraph(say("greeting-thanks")),), Audience.ROOM)
    said, rest = typed.words[0], " ".join(typed.words[1:])
    meant = nearest(said.lstrip("/"), _BY_NAME)
    if meant is None:
        return overview(say, COMMANDS, say("unknown-command", command=said))
    offered = [f"/{meant} {rest}".strip()]
    if await _is_about_customer(typed.words, ask, backend):
        offered.append(f"/{_BARE_NAME} {' '.join(typed.words)}")
    choices = Choices(say("did-you-mean"), tuple(Choice(each, each) for each in offered))
    return Reply((Paragraph(say("unknown-command", command=said)), choices))


async def refusal_reply(refusal: Refusal, ask: Ask, command: str, backend: Backend) -> Reply:
    """Put a refusal into words: what happened, and what the asker can do next."""
    say = backend.speaker(ask.locale)
    match refusal:
        case NotAllowed():
            admins = await _acting_admins(ask, backend)
            return Reply(
                (
                    Paragraph(say("not-allowed", **{"command": f"/{command}", **refusal.values})),
                    Paragraph(_who_can_help(ask, admins, backend)),
                )
            )
        case SeveralCustomers() | SeveralTopics():
            return _choose(refusal, ask, command, say)
        case UnsureTopic():
            told = say.enumeration([why(each, say) for each in refusal.unknown])
            return Reply((Paragraph(say(refusal.sentence, why=told, **refusal.values)),))
        case UnreadablePeriod():
            reason = say(str(refusal.values["why"]))
            return Reply(
                (Paragraph(say(refusal.sentence, found=refusal.values["found"], reason=reason)),)
            )
        case _:
            has_period = command in _BY_NAME and reads_period(_BY_NAME[command].args)
            return misunderstanding(refusal, say, has_period=has_period)


async def _acting_admins(ask: Ask, backend: Backend) -> list[UserRef]:
    """The partner admins who can help: without those known to be no members any more."""
    admins = await backend.rights.admins(ask.room.partner, backend.now())
    known = [backend.people.known_account(admin) for admin in admins]
    return [account.ref for account in known if account.kind is None or account.is_member]


def _who_can_help(ask: Ask, admins: Sequence[UserRef], backend: Backend) -> str:
    """Name the partner admins, where one of them is of the asker's organisation, and the asker's
    id; while there is no admin, the exact line for the operator to type.
    """
    say, own = backend.speaker(ask.locale), str(ask.asker)
    if not admins:
        return say("not-allowed-no-admin", line=f"seatwise grant {own} --as partner-admin")
    homes = {(admin.platform, admin.tenant) for admin in admins}
    if (ask.asker.platform, ask.asker.tenant) not in homes:
        # Perhaps a stranger: they are not told who the admins are.
        return say("not-allowed-some-admin", id=own)
    names = say.enumeration([backend.people.display_name(admin) for admin in admins])
    return say("not-allowed-admins", admins=names, id=own)


def _around(text: str, name: str) -> tuple[str, str]:
    """Return the text before and behind a name; all of it and a blank before, where it lacks the
    name.
    """
    before, *behind = re.split(rf"(?<!\w){re.escape(name)}(?!\w)", text, maxsplit=1)
    return (before, "".join(behind)) if behind else (f"{text} ", "")


def _choose(several: SeveralCustomers | SeveralTopics, ask: Ask, command: str, say: Say) -> Reply:
    """Offer what fits, as buttons that ask the same question about one of them."""
    typed = read_command(ask.text, _BY_NAME) or CommandLine("", ())
    words = (button_word(word, ask) for word in typed.words)
    before, after = _around(" ".join(words), str(several.values["name"]))
    items = tuple(
        Choice(label, f"/{command} {before}{said}{after}") for label, said in several.offers
    )
    parts: list[Paragraph | Choices] = [Choices(say(several.sentence, **several.values), items)]
    if several.more:
        parts.append(Paragraph(say("several-more", n=several.more)))
    return Reply(tuple(parts))
