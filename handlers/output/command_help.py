"""Commands to read about and examples to press, for whoever asks what there is."""

from typing import Any

from handlers.chat.asking import Ask
from handlers.chat.command import AnyCommand, Request
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Reply
from handlers.chat.services import Services
from handlers.chat.visible_data import VisibleData


async def overview(opening: str, request: Request[Any], services: Services) -> Reply:
    """Show every command in a line, and examples to press."""
    say, commands = services.say, tuple(request.commands.values())
    lines = [
        Paragraph(f"/{say(f'{command.words}-usage')} — {say(f'{command.words}-summary')}")
        for command in commands
    ]
    tries = (*await examples(commands, request.ask, services.data), _button("/help data"))
    return Reply((Paragraph(opening), *lines, Choices(say("help-try"), tries)), Audience.ROOM)


async def examples(
    commands: tuple[AnyCommand, ...], ask: Ask, data: VisibleData
) -> tuple[Choice, ...]:
    """Return an example of each command. It names a customer that the reader may see, where no
    other person reads along.
    """
    naming = any(command.names_customer for command in commands)
    alone = naming and ask.is_for_asker_alone
    customer = await data.example_customer() if alone else None
    if customer is None:
        return tuple(_button(command.example) for command in commands)
    name = customer.name if customer.name.isalnum() else f'"{customer.name}"'
    return tuple(
        Choice(each.example_about(name), each.example_about(customer.id), by_reader=True)
        for each in commands
    )


def _button(text: str) -> Choice:
    return Choice(text, text, by_reader=True)
