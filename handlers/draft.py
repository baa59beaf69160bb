"""An answer before its readers are decided: what a command found, and the same in words."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from analytics.questions.file_tables import file_table
from analytics.questions.stamp import Stamp
from analytics.values import Secrecy
from analytics.warehouse.facts import Facts
from handlers.backend import Backend, FileRecord
from handlers.chat.access import Access
from handlers.chat.asking import Ask, Reach, Via, View
from handlers.chat.audience import Content, Notes
from handlers.chat.command import AnyCommand, Request
from handlers.chat.export_refusals import NotExportable
from handlers.chat.reply import Choice, Choices, Details, Paragraph, Part, Reply
from handlers.chat.services import Services
from handlers.chat.visible_data import VisibleData
from handlers.exports import Export, export_reply
from handlers.input.arguments import ReadArgs
from handlers.input.command_line import read_command
from handlers.input.group_question import GroupQuestion, is_of_all, read_question
from handlers.input.pinned import PinnedQuestion, pinned_question
from handlers.output.calendars import deadlines_of
from handlers.output.group_titles import GroupTitle, speaker_of
from handlers.output.guesses import guess
from handlers.output.layout import AskedAgain, details_of, laid_out
from handlers.registry import EXPORTABLE
from handlers.state_of_reader import StateOfReader


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its readers are decided."""

    reply: Reply
    content: Content
    result: object = None
    """The command's result; None where it has none but its words."""
    generation: int | None = None
    """The generation of facts that it was made from; None where none was opened."""
    file: FileRecord | None = None
    """The file that it was written to, where one was asked for."""


Redraft = Callable[[frozenset[Secrecy]], Awaitable[Draft]]
"""Asks the question anew without columns of these kinds."""


@dataclass(frozen=True, slots=True)
class AllowedQuestion:
    """A question whose asker may ask it."""

    ask: Ask
    command: AnyCommand
    words: tuple[str, ...]
    """The words behind the command."""
    access: Access
    commands: Mapping[str, AnyCommand]


async def make_draft(
    question: AllowedQuestion, withheld: frozenset[Secrecy], notes: Notes, backend: Backend
) -> Draft:
    """Read the arguments, find the result without columns of the `withheld` kinds, and say it.
    `notes` gets whose figures were read. Raises refusals, and whatever the command raises.
    """
    ask, command = question.ask, question.command
    if ask.view.is_file and command.name not in EXPORTABLE:
        raise NotExportable(command=f"/{command.name}")
    access, own = question.access.without(withheld), Notes()
    services = services_of(access, (notes, own), ask, backend)
    asked = await read_question(command, question.words, ask.day_at(services.now), services)
    services = asked.services
    request = Request(ask, asked.read.args, ask.room.partner, question.commands)
    result = await command.ask(request, services)
    pinned = asked.pin(pinned_question(command, asked.words, asked.read))
    told = partial(_worded_reply, question, result, pinned, asked)
    export = _export(question, result, pinned, services) if ask.view.is_file else None
    reply, file = await export_reply(export, told, backend) if export else (told(), None)
    reply = _pressable(_with_reading(reply, asked.read, services), question, access)
    if ask.view is View.DETAILS:
        reply = replace(reply, parts=tuple(details_of(reply)), safe=None)
    if ask.view in (View.DETAILS, View.PAGE) or ask.view.is_file:
        reply = replace(reply, parts=(*_note_of_renewal(ask, services), *reply.parts))
    found = None if isinstance(result, Reply) else result
    return Draft(reply, own.content(command.needs), found, services.data.generation, file)


def services_of(access: Access, notes: tuple[Notes, ...], ask: Ask, backend: Backend) -> Services:
    """Return the services of a question; `notes` get whose figures were read."""
    return Services(
        data=VisibleData(
            access,
            partial(_facts, ask, backend),
            StateOfReader(backend),
            *notes,
            drop=backend.file_drop,
        ),
        people=backend.people,
        rights=backend.rights,
        digests=backend.digests,
        health=backend.health,
        say=backend.speaker(ask.locale, ask.zone),
        now=backend.now(),
    )


def _facts(ask: Ask, backend: Backend, access: Access) -> Facts | None:
    """Return what the key opens; for a file with its lists whole."""
    found = backend.facts(access, generation=ask.generation)
    return replace(found, whole=True) if found and ask.view.is_file else found


def _export(
    question: AllowedQuestion, result: object, pinned: PinnedQuestion, services: Services
) -> Export:
    """Return the result to be written to a file, and whose it is."""
    return Export(
        ask=question.ask,
        command=question.command.name,
        question=pinned.title,
        again=pinned.dated,
        result=result,
        stamp=_stamp(result),
        sight=services.data.access.sight,
        at=services.now,
    )


def _stamp(result: object) -> Stamp | None:
    stamp = getattr(result, "stamp", None)
    return stamp if isinstance(stamp, Stamp) else None


def _worded_reply(
    question: AllowedQuestion, result: object, pinned: PinnedQuestion, asked: GroupQuestion
) -> Reply:
    """Say the result, and put stamp, details and follow-ups where they stand in every answer; a
    result's stamp cannot be left out, nor the group that it is about.
    """
    command, say = question.command, asked.services.say
    repeats = command.repeats and question.ask.via is not Via.SCHEDULED
    table, digest = file_table(result), f"/digest {pinned.text}" if repeats else ""
    again = AskedAgain(
        pinned.dated,
        digest,
        has_rows=bool(table and table.rows),
        has_deadlines=bool(deadlines_of(result, say)),
    )
    reply = command.tell(result, speaker_of(asked.found.group, say) if asked.found else say)
    if asked.found:
        of_all = partial(is_of_all, commands=question.commands)
        reply = GroupTitle(asked.found.group, of_all, say).on(reply)
    return laid_out(reply, _stamp(result), again, say)


def _with_reading(reply: Reply, read: ReadArgs[object], services: Services) -> Reply:
    """Say first whom a mistyped or former name was read as."""
    said = guess(read.subject, services.say) if read.subject else ""
    return replace(reply, parts=(Paragraph(said), *reply.parts)) if said else reply


def _note_of_renewal(ask: Ask, services: Services) -> list[Paragraph]:
    """Say that the figures of the answer before are not kept any more, where they are not."""
    renewed = ask.generation is not None and services.data.generation != ask.generation
    return [Paragraph(services.say("details-renewed"))] if renewed else []


def _pressable(reply: Reply, question: AllowedQuestion, access: Access) -> Reply:
    """Leave out buttons of commands that do not exist, or that the asker may not use. In a room a
    button for any reader is for those who may.
    """

    def works(choice: Choice) -> bool:
        typed = read_command(choice.text, question.commands)
        command = question.commands.get(typed.command) if typed else None
        shared = choice.by_reader and question.ask.reach is not Reach.ASKER
        return command is not None and (shared or access.may(command.needs))

    return replace(reply, parts=_with_working(reply.parts, works))


def _with_working(parts: Sequence[Part], works: Callable[[Choice], bool]) -> tuple[Part, ...]:
    """Return the parts with those of their buttons that work."""
    kept: list[Part] = []
    for part in parts:
        if isinstance(part, Choices):
            items = tuple(filter(works, part.items))
            kept += [replace(part, items=items)] if items else []
        elif isinstance(part, Details):
            kept.append(replace(part, parts=_with_working(part.parts, works)))
        else:
            kept.append(part)
    return tuple(kept)
