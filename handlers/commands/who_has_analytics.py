"""`/who-has-analytics`: everybody who holds a right, or who may see one customer."""

from dataclasses import dataclass

from handlers.chat.command import Request
from handlers.chat.reply import Paragraph, Reply
from handlers.chat.rights import names_in, right_now
from handlers.chat.services import Services


@dataclass(frozen=True, slots=True)
class WhoArgs:
    """A customer's name, or nothing for everybody."""

    customer: str


async def who_has_analytics(request: Request[WhoArgs], services: Services) -> Reply:
    """Each right in a sentence: who, what, for which customers, until when, by whom and why."""
    say = services.say
    holders = await services.rights.holders(request.partner, services.now)
    opening = say("who-everybody", n=len(holders))
    if request.args.customer:
        subject = await services.data.subject(request.args.customer)
        customer = subject.customer
        holders = tuple(
            (who, grant)
            for who, grant in holders
            if grant.customers is None or customer.id in grant.customers
        )
        opening = say("who-customer", n=len(holders), customer=customer.name)
    names = await names_in([grant for _, grant in holders], services)
    lines = []
    for who, grant in holders:
        name = services.people.called(who)
        lines.append(right_now(grant, {"name": name, "id": str(who)}, names, services))
    return Reply(tuple(Paragraph(line) for line in (opening, *lines)))
