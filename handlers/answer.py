"""The path of every question, whatever platform it came from: it goes through answer()."""

import asyncio
from dataclasses import replace

from analytics.values import Secrecy
from handlers.backend import Answer, Backend, JournalEntry, Outcome
from handlers.chat.access import Access, Permission, authorize
from handlers.chat.asking import Ask, Reach, Via
from handlers.chat.audience import Notes
from handlers.chat.command import AnyCommand
from handlers.chat.refusals import (
    Refusal,
    Unconfirmed,
)
from handlers.chat.reply import Paragraph, Reply, attachments
from handlers.chat.services import Say
from handlers.chat.visible_data import VisibleData
from handlers.commands.unknown import BARE_NAME
from handlers.draft import AllowedQuestion, Draft, make_draft
from handlers.input.arguments import begins_with_customer
from handlers.input.command_line import (
    CommandLine,
    asks_help,
    greets,
    nearest,
    read_command,
    thanks,
)
from handlers.input.decision_order import decision_line
from handlers.input.export_order import EXPORT, export_order
from handlers.input.group_words import take_group
from handlers.input.pinned import typed_question
from handlers.refusal_replies import refusal_reply
from handlers.registry import BY_NAME, UNKNOWN
from handlers.sharing import place_reply
from handlers.state_of_reader import StateOfReader

_SECRETS = frozenset({Secrecy.MONEY, Secrecy.PERSON})
_HELP = "help"


async def answer(ask: Ask, backend: Backend) -> Answer:
    """Return the answer, or the reason why there is none, in the asker's language. Never raises.

    The question is written to the audit before the answer is given; if it cannot be written, the
    question is not answered.
    """
    say, unanswered = backend.speaker(ask.locale, ask.zone), "not-audited"
    try:
        found, entry = await _answer_and_entry(ask, backend, say)
        if found.reply.notices:  # it concerns another person: a right was changed, and that stands
            unanswered = "not-audited-saved"
        unanswered = found.reply.saved or unanswered
        await _record(entry, found, backend)
    except Exception as error:  # noqa: BLE001 the last net: whoever asks gets words, the operator the error
        backend.trouble(ask, error)
        lost = Reply((Paragraph(say(unanswered, incident=ask.id)),))
        return Answer(lost, "not-audited", outcome=Outcome.BROKEN)
    return found


async def _record(entry: JournalEntry, found: Answer, backend: Backend) -> None:
    """Write the audit row; where that fails, nothing stays of a file that was made."""
    try:
        await backend.journal.record(entry)
    except Exception:
        for each in attachments(found.reply.parts):
            backend.outgoing_files.discard(each.path)
        raise


async def turn_away(ask: Ask, sentence: str, backend: Backend) -> Reply:
    """Refuse a press that never became a question (a stale button, another person's): write it to
    the audit, and say why. Never raises.
    """
    say = backend.speaker(ask.locale, ask.zone)
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
    typed = decision_line(read_command(ask.text, BY_NAME) or CommandLine("", ()))
    name, notes, meant = typed.command, Notes(), ask
    try:
        typed = await _line_meant(typed, ask, backend)
        name = typed.command
        typed, meant = _export_meant(typed, ask)
        name = typed.command
        found = await _run(BY_NAME.get(name, UNKNOWN), typed, meant, backend, notes)
    except Refusal as refusal:
        refused = await refusal_reply(refusal, meant, name, backend)
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
        file=found.file,
    )
    return found, entry


def _export_meant(typed: CommandLine, ask: Ask) -> tuple[CommandLine, Ask]:
    """Return what is typed with the question behind `/export`, which is asked for a file."""
    order = export_order(typed.words, BY_NAME, BARE_NAME) if typed.command == EXPORT else None
    if order is None:
        return typed, ask
    line = order.line
    text = typed_question(BY_NAME[line.command], line.words)
    return line, replace(ask, text=text, view=order.view)


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
    if take_group(typed.words)[1]:
        return CommandLine(BARE_NAME, typed.words)
    near = nearest(typed.words[0], BY_NAME)
    named = near is None and await _is_about_customer(typed.words, ask, backend)
    return CommandLine(BARE_NAME, typed.words) if named else typed


async def _is_about_customer(words: tuple[str, ...], ask: Ask, backend: Backend) -> bool:
    """Check whether words without a command name a customer whose figures the asker may see; False
    for who may see none, as for a customer there is not.
    """
    command = BY_NAME[BARE_NAME]
    try:
        access = await key_of(command, ask, backend)
    except Refusal:
        return False
    data = VisibleData(access, backend.facts, StateOfReader(backend))
    return await begins_with_customer(command.args, words, ask.day_at(backend.now()), data)


def _reason(error: Exception) -> str:
    """The audit's word for an error of ours; of a library's error the name of its class."""
    return str(getattr(error, "word", type(error).__name__))


async def _run(
    command: AnyCommand, typed: CommandLine, ask: Ask, backend: Backend, notes: Notes
) -> Answer:
    """Authorize the asker, read the arguments, run the command, decide who reads the answer. In
    this order: the arguments of a forbidden question are not even read.
    """
    access = await key_of(command, ask, backend)
    scheduled = ask.via is Via.SCHEDULED and command.needs is not Permission.ASK
    if scheduled and not access.account.sure:
        raise Unconfirmed("digest")
    question = AllowedQuestion(ask, command, typed.words, access, BY_NAME)

    async def redraft(withheld: frozenset[Secrecy]) -> Draft:
        return await make_draft(question, withheld, notes, backend)

    # A summary for people without a right is made from what none of them might miss.
    withheld = _SECRETS if ask.reach is Reach.SAFE else frozenset()
    return await place_reply(ask, await redraft(withheld), backend, redraft)


async def key_of(command: AnyCommand, ask: Ask, backend: Backend) -> Access:
    """Return the asker's key to what a command needs. Raises NotAllowed and its like."""
    grants, account = await asyncio.gather(
        backend.rights.grants(ask.asker, ask.room.partner),
        backend.people.account(ask.asker, sure=_must_be_sure(ask, command), room=ask.room),
    )
    return authorize(account, ask.room.partner, command.needs, grants, backend.now())


def _must_be_sure(ask: Ask, command: AnyCommand) -> bool:
    """True if the asker's account has to be as of now: the answer gives a right, is for others, or
    is a digest's.
    """
    for_others = ask.reach not in (Reach.ASKER, Reach.DIRECT)
    return for_others or ask.via is Via.SCHEDULED or command.needs is Permission.GRANT
