"""`/revoke-analytics`: a card to review; rights end only when its button is pressed."""

from dataclasses import dataclass

from handlers.chat.access import Change, fingerprint
from handlers.chat.command import Request
from handlers.chat.refusals import RightsChanged, SeveralPeople
from handlers.chat.reply import Choice, Choices, Notice, Paragraph, PickPerson, Reply
from handlers.chat.rights import held, people_in, somebody_else, standing
from handlers.chat.services import Services, Someone

CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class RevokeArgs:
    """The person, as mentioned."""

    person: str


async def revoke_analytics(request: Request[RevokeArgs], services: Services) -> Reply:
    """Shows who it is and what they hold; ends it once that is confirmed."""
    say, words = services.say, tuple(request.args.person.split())
    people = people_in(request.ask, words)
    mentioned = tuple(dict.fromkeys(people[word] for word in words if word in people))
    if request.ask.confirms == CANCEL:
        return Reply((Paragraph(say("cancelled")),))
    if len(mentioned) > 1:
        raise SeveralPeople(n=len(mentioned))
    if not mentioned:
        named = " ".join(words)
        opening = say("named-not-mentioned", named=named) if named else say("revoke-whom")
        pick = PickPerson(say("pick-person"), "/revoke-analytics", "")
        return Reply((Paragraph(opening), pick))
    someone = await somebody_else(mentioned[0], services)
    if not request.ask.confirms:
        return await _card(someone, services)
    try:
        return await _saved(someone, request.ask.confirms, services)
    except RightsChanged:
        card = await _card(someone, services)
        return Reply((Paragraph(say("card-stale", name=someone.name)), *card.parts))


async def _card(someone: Someone, services: Services) -> Reply:
    """Everything to be known before saying yes."""
    say, before = services.say, await held(someone.ref, services)
    if not before:
        return Reply((*await standing(someone, services), Paragraph(say("right-nothing-to-end"))))
    text = f"/revoke-analytics {someone.ref}"
    buttons = (
        Choice(say("button-revoke"), text, confirms=fingerprint(before, services.now)),
        Choice(say("button-cancel"), text, confirms=CANCEL),
    )
    after = (Paragraph(say("right-after-none")), Paragraph(say("card-own")))
    return Reply((*await standing(someone, services), *after, Choices(say("card-review"), buttons)))


async def _saved(someone: Someone, seen: str, services: Services) -> Reply:
    """Ends what the card showed. Raises what rights.change() raises."""
    asker = services.data.access.asker
    done = Paragraph(services.say("revoked", name=someone.name))
    notice = Notice(someone.ref, "notice-revoked", {"by": services.people.called(asker)})
    change = Change(someone.ref, services.data.access.partner, None, asker, services.now, seen)
    await services.rights.change(change)  # last, as for a grant
    return Reply((done,), notices=(notice,))
