"""`/help`: the commands, and how to use them."""

from dataclasses import dataclass

from handlers.chat.command import AnyCommand, Request
from handlers.chat.reply import Audience, Choices, Paragraph, Reply
from handlers.chat.services import Services
from handlers.input.command_line import command_named, nearest
from handlers.output.command_help import examples, overview
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
        return await _detail(found[name], request, services)
    opening = say("help-unknown", command=wanted) if wanted else say("help-intro")
    return await overview(opening, request, services)


async def _detail(command: AnyCommand, request: Request[HelpArgs], services: Services) -> Reply:
    """Show one command: how to type it, its effect, and an example to press."""
    say, tries = services.say, await examples((command,), request.ask, services.data)
    return Reply(
        (
            Paragraph(f"/{say(f'{command.words}-usage')}"),
            Paragraph(say(f"{command.words}-details")),
            Choices(say("help-try"), tries),
        ),
        Audience.ROOM,
    )
