"""`/revoke-analytics`: a card to review; rights end only when its button is pressed.

No platform is asked: a right can be taken back whatever its holder's account is today.
"""

from dataclasses import dataclass

from handlers.chat.access import RightsChange, fingerprint
from handlers.chat.accounts import Account
from handlers.chat.command import Request
from handlers.chat.refusals import RightsChanged, SeveralPeople
from handlers.chat.reply import Choice, Choices, Notice, Paragraph, PickPerson, Reply
from handlers.chat.services import Services
from handlers.output.grants import (
    held_grants,
    holder,
    people_in,
    revoke_question,
    rights_paragraphs,
)

CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class RevokeArgs:
    """The person: mentioned, or by their id as `/who-has-analytics` shows it."""

    person: str


async def ask(request: Request[RevokeArgs], services: Services) -> Reply:
    """Show the person and the rights they hold; end these once that is confirmed."""
    words = tuple(request.args.person.split())
    if request.ask.confirms == CANCEL:
        return Reply((Paragraph(services.say("cancelled")),))
    people = people_in(request.ask, words, by_id=True)
    meant = tuple(dict.fromkeys(people[word] for word in words if word in people))
    if len(meant) > 1:
        raise SeveralPeople(n=len(meant))
    if not meant:
        return _pick(" ".join(words), services)
    someone = await holder(meant[0], services)
    if not request.ask.confirms:
        return await _card(someone, services)
    try:
        return await _end_grant(someone, request.ask.confirms, services)
    except RightsChanged:
        card = await _card(someone, services)
        stale = Paragraph(services.say("card-stale", name=someone.name))
        return Reply((stale, *card.parts))


def _pick(named: str, services: Services) -> Reply:
    """Ask for the person, to be picked or found in the list."""
    say = services.say
    opening = say("revoke-not-by-name", named=named) if named else say("revoke-whom")
    listed = Choice(say("button-who-holds"), "/who-has-analytics")
    pick = PickPerson(say("pick-person"), "/revoke-analytics", "")
    return Reply((Paragraph(opening), pick, Choices(say("revoke-from-list"), (listed,))))


async def _card(someone: Account, services: Services) -> Reply:
    """Make the card with everything to know before confirming."""
    say, before = services.say, await held_grants(someone.ref, services)
    if not before:
        return Reply(
            (*await rights_paragraphs(someone, services), Paragraph(say("right-nothing-to-end")))
        )
    text = revoke_question(someone.ref)
    buttons = (
        Choice(say("button-revoke"), text, confirms=fingerprint(before, services.now)),
        Choice(say("button-cancel"), text, confirms=CANCEL),
    )
    after = (Paragraph(say("right-after-none")), Paragraph(say("card-own")))
    return Reply(
        (*await rights_paragraphs(someone, services), *after, Choices(say("card-review"), buttons))
    )


async def _end_grant(someone: Account, seen: str, services: Services) -> Reply:
    """End the rights that the card showed. Raises what rights.change() raises."""
    asker = services.data.access.asker
    done = Paragraph(services.say("revoked", name=someone.name))
    notice = Notice(someone.ref, "notice-revoked", {"by": services.people.display_name(asker)})
    change = RightsChange(
        someone.ref, services.data.access.partner, None, asker, services.now, seen
    )
    await services.rights.change(change)  # last, as for a grant
    return Reply((done,), notices=(notice,))
