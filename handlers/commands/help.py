"""`/help`: the commands, and how to use them."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.chat.command import AnyCommand, Request
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Reply
from handlers.chat.services import Say, Services
from handlers.input.command_line import command_named, nearest
from handlers.output.sources import sources


@dataclass(frozen=True, slots=True)
class HelpArgs:
    """The name of a command in `command`, or empty for all of them."""

    command: str


async def ask(request: Request[HelpArgs], services: Services) -> Reply:
    """Show all commands in a line each, or one of them in full; for `data`, show which data Partner
    Center gives to which partners.
    """
    say, found = services.say, request.commands
    wanted = request.args.command.lstrip("/").lower()
    if wanted in {"data", say("help-data-word")}:
        return Reply(sources(services.health, say), Audience.ROOM)
    name = command_named(wanted, found) or nearest(wanted, found)
    if name:
        return detail(say, found[name])
    opening = say("help-unknown", command=wanted) if wanted else say("help-intro")
    return overview(say, tuple(found.values()), opening)


def overview(say: Say, commands: Sequence[AnyCommand], opening: str) -> Reply:
    """Show every command in a line, and examples to press."""
    lines = [
        Paragraph(f"/{say(f'{command.words}-usage')} — {say(f'{command.words}-summary')}")
        for command in commands
    ]
    examples = (*(c.example for c in commands), "/help data")
    tries = tuple(Choice(each, each, by_reader=True) for each in examples)
    return Reply((Paragraph(opening), *lines, Choices(say("help-try"), tries)), Audience.ROOM)


def detail(say: Say, command: AnyCommand) -> Reply:
    """Show one command: how to type it, its effect, and an example to press."""
    usage = f"/{say(f'{command.words}-usage')}"
    example = Choice(command.example, command.example, by_reader=True)
    return Reply(
        (
            Paragraph(usage),
            Paragraph(say(f"{command.words}-details")),
            Choices(say("help-try"), (example,)),
        ),
        Audience.ROOM,
    )
