"""`/whoami`: the asker as the bot knows them, and what they may see."""

from handlers.chat.access import Permission
from handlers.chat.command import NoArgs, Request
from handlers.chat.refusals import NotAllowed, Refusal
from handlers.chat.reply import Choice, Choices, Paragraph, Part, Reply
from handlers.chat.services import Services
from handlers.output.grants import because, names_in, origin, terms


async def ask(request: Request[NoArgs], services: Services) -> Reply:
    """Answer with the asker's id as an admin must type it, each right in a sentence, and their
    digests.
    """
    say, asker = services.say, request.ask.asker
    lines = [say("whoami-you", name=services.people.display_name(asker), id=str(asker))]
    grants = services.data.access.grants
    names = await names_in(grants, services)
    lines += [
        say("whoami-right", **terms(grant, names, say), **origin(grant, services))
        + because(grant, say)
        for grant in grants
    ] or [say("whoami-nothing")]
    lines += _asleep(services)
    parts: list[Part] = [Paragraph(line) for line in lines]
    return Reply((*parts, *await _digests(request, services)))


def _asleep(services: Services) -> list[str]:
    """Say why the asker's rights open nothing today, in the words of the refusal; empty where they
    do.
    """
    access = services.data.access
    try:
        access.require(Permission.SEE_SEATS)
    except NotAllowed:
        return []
    except Refusal as refusal:
        return [services.say(refusal.sentence)]
    return []


async def _digests(request: Request[NoArgs], services: Services) -> list[Part]:
    """Say how many digests the asker has, with a button that lists them; empty where there are
    none.
    """
    every = await services.digests.all(request.partner)
    mine = sum(digest.owner == request.ask.asker for digest in every)
    if not mine:
        return []
    choice = Choice(services.say("button-list"), "/digest list")
    return [Choices(services.say("whoami-digests", n=mine), (choice,))]
