"""An answer before its readers are decided: what a command found, and the same in words."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from analytics.values import Secrecy
from handlers.backend import Backend
from handlers.chat.access import Access
from handlers.chat.asking import Ask, Reach
from handlers.chat.audience import Content, Notes
from handlers.chat.command import AnyCommand, Request
from handlers.chat.reply import Choice, Choices, Paragraph, Part, Reply
from handlers.chat.services import Services
from handlers.chat.visible_data import VisibleData
from handlers.input.arguments import ReadArgs, read_args
from handlers.input.command_line import read_command
from handlers.output.guesses import guess


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its readers are decided."""

    reply: Reply
    content: Content
    result: object = None
    """The command's result; None where it has none but its words."""


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
    access, own = question.access.without(withheld), Notes()
    services = _services(access, (notes, own), ask, backend)
    today = services.now.astimezone(ZoneInfo(ask.zone)).date()
    read = await read_args(command.args, question.words, today, services.data, command.looks)
    request = Request(ask, read.args, ask.room.partner, question.commands)
    result = await command.ask(request, services)
    reply = _with_reading(command.tell(result, services.say), read, services)
    reply = _pressable(reply, question, access)
    return Draft(reply, own.content(command.needs), None if isinstance(result, Reply) else result)


def _services(access: Access, notes: tuple[Notes, ...], ask: Ask, backend: Backend) -> Services:
    return Services(
        data=VisibleData(access, backend.facts, *notes),
        people=backend.people,
        rights=backend.rights,
        digests=backend.digests,
        health=backend.health,
        say=backend.speaker(ask.locale),
        now=backend.now(),
    )


def _with_reading(reply: Reply, read: ReadArgs[object], services: Services) -> Reply:
    """Say first whom a mistyped or former name was read as."""
    said = guess(read.subject, services.say) if read.subject else ""
    return replace(reply, parts=(Paragraph(said), *reply.parts)) if said else reply


def _pressable(reply: Reply, question: AllowedQuestion, access: Access) -> Reply:
    """Leave out buttons of commands that do not exist, or that the asker may not use. In a room a
    button for any reader is for those who may.
    """

    def works(choice: Choice) -> bool:
        typed = read_command(choice.text, question.commands)
        command = question.commands.get(typed.command) if typed else None
        shared = choice.by_reader and question.ask.reach is not Reach.ASKER
        return command is not None and (shared or access.may(command.needs))

    parts: list[Part] = []
    for part in reply.parts:
        if isinstance(part, Choices):
            items = tuple(filter(works, part.items))
            parts += [replace(part, items=items)] if items else []
        else:
            parts.append(part)
    return replace(reply, parts=tuple(parts))
