"""`/whoami`: who the asker is to the bot, and what they may see."""

from handlers.chat.command import NoArgs, Request
from handlers.chat.reply import Paragraph, Reply
from handlers.chat.rights import because, names_in, origin, terms
from handlers.chat.services import Services


async def whoami(request: Request[NoArgs], services: Services) -> Reply:
    """The asker's id as an admin must type it, and each right in a sentence."""
    say, asker = services.say, request.ask.asker
    lines = [say("whoami-you", name=services.people.called(asker), id=str(asker))]
    grants = services.data.access.grants
    names = await names_in(grants, services)
    lines += [
        say("whoami-right", **terms(grant, names, services), **origin(grant, services))
        + because(grant, services)
        for grant in grants
    ] or [say("whoami-nothing")]
    return Reply(tuple(Paragraph(line) for line in lines))
