"""`/who-has-analytics`: everybody who holds a right, or who may see one customer; beside them,
apart, who holds which role in Partner Center.
"""

from dataclasses import dataclass

from analytics.questions.partner_roles import partner_roles
from handlers.chat.command import Request
from handlers.chat.refusals import NoData
from handlers.chat.reply import Column, Paragraph, Part, Reply, Table
from handlers.chat.rights import names_in, right_now
from handlers.chat.services import Services
from handlers.chat.stamping import marked


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
    own = tuple(Paragraph(line) for line in (opening, *lines))
    return Reply((*own, *(() if request.args.customer else await _of_partner_center(services))))


async def _of_partner_center(services: Services) -> tuple[Part, ...]:
    """Beside ours, and apart from them: Partner Center's own roles, where they were synced."""
    say = services.say
    try:
        roles = await services.data.ask(partner_roles)
    except NoData:
        return ()
    if not roles.members or roles.as_of is None:
        return ()
    headings = ("who-role", "who-member", "who-sign-in")
    columns = tuple(Column(say(heading)) for heading in headings)
    rows = tuple((each.role, each.name, each.sign_in) for each in roles.members)
    notes = [say("who-partner-center-rule")]
    notes += [say("who-partner-center-more", n=roles.more)] if roles.more else []
    notes += marked(roles.mark, say) if roles.mark else []
    caption = say("who-partner-center", day=roles.as_of)
    return (Table(caption, columns, rows), *map(Paragraph, notes))
