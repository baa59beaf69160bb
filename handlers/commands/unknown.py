"""Words that are no command: greetings and thanks are returned, and what may be meant is offered.

Asked like a command, so that nothing is looked up for them before the asker's key is made.
"""

from dataclasses import dataclass

from handlers.chat.command import Request
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Reply
from handlers.chat.services import Services
from handlers.input.arguments import begins_with_customer
from handlers.input.command_line import greets, nearest, split, thanks
from handlers.output.command_help import overview

BARE_NAME = "usage"
"""The command that a customer's name without a command asks."""


@dataclass(frozen=True, slots=True)
class UnknownArgs:
    """All that was typed."""

    text: str


async def ask(request: Request[UnknownArgs], services: Services) -> Reply:
    """Answer with the nearest command to press, beside those about a customer called so; or with
    all commands. Greetings and thanks are returned.
    """
    say, words = services.say, split(request.args.text)
    if not words or greets(words):
        return await overview(say("help-intro"), request, services)
    if thanks(words):
        return Reply((Paragraph(say("greeting-thanks")),), Audience.ROOM)
    offered = await _possible_questions(words, request, services)
    if not offered:
        return await overview(say("unknown-command"), request, services)
    choices = Choices(say("did-you-mean"), tuple(Choice(each, each) for each in offered))
    return Reply((Paragraph(say("unknown-command")), choices))


async def _possible_questions(
    words: tuple[str, ...], request: Request[UnknownArgs], services: Services
) -> list[str]:
    """Return what the words may ask: the nearest command that the asker may use; then, unless
    others read along, the seats of a customer called so.
    """
    near = nearest(words[0].lstrip("/"), request.commands)
    if near is None or not services.data.access.may(request.commands[near].needs):
        return []
    meant = [f"/{near} {' '.join(words[1:])}".strip()]
    today, kind = request.ask.day_at(services.now), request.commands[BARE_NAME].args
    alone = request.ask.is_for_asker_alone
    if alone and await begins_with_customer(kind, words, today, services.data):
        meant.append(f"/{BARE_NAME} {' '.join(words)}")
    return meant
