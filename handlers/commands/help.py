"""`/help`: what one can ask, and how."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from handlers.chat.command import AnyCommand, Request
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Reply
from handlers.chat.services import Say, Services
from handlers.input.command_line import nearest
from handlers.output.sources import sources


@dataclass(frozen=True, slots=True)
class HelpArgs:
    """`command` is a command's name, or empty for all of them."""

    command: str


def help_about(
    commands: Callable[[], Sequence[AnyCommand]],
) -> Callable[[Request[HelpArgs], Services], Awaitable[Reply]]:
    """The handler that knows these commands; asked for them late, since help is one of them."""

    async def answer_help(request: Request[HelpArgs], services: Services) -> Reply:
        """All commands in a line each, or one of them in full; `data`: whom Partner Center gives
        what.
        """
        wanted = request.args.command.lstrip("/").lower()
        if wanted in {"data", services.say("help-data-word")}:
            return Reply(sources(services.health.program, services.say), Audience.ROOM)
        found = {command.name: command for command in commands()}
        name = wanted if wanted in found else nearest(wanted, found)
        if wanted and name is None:
            return overview(services.say, commands(), services.say("help-unknown", command=wanted))
        return (
            detail(services.say, found[name])
            if name
            else overview(services.say, commands(), services.say("help-intro"))
        )

    return answer_help


def overview(say: Say, commands: Sequence[AnyCommand], opening: str) -> Reply:
    """Every command in a line, and examples to press."""
    lines = [
        Paragraph(f"/{say(f'{command.words}-usage')} — {say(f'{command.words}-summary')}")
        for command in commands
    ]
    examples = (*(c.example for c in commands), "/help data")
    tries = tuple(Choice(each, each, by_reader=True) for each in examples)
    return Reply((Paragraph(opening), *lines, Choices(say("help-try"), tries)), Audience.ROOM)


def detail(say: Say, command: AnyCommand) -> Reply:
    """One command: how it is typed, what it does, and an example to press."""
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
