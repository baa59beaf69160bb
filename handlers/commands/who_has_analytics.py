"""`/who-has-analytics`: all people who hold a right, or who may see one customer; after them,
apart, the people who hold a role in Partner Center.
"""

from dataclasses import dataclass

from analytics.values import Customer
from handlers.chat.access import Grant
from handlers.chat.asking import UserRef
from handlers.chat.command import Request
from handlers.chat.refusals import NoData
from handlers.chat.reply import Choice, Choices, Paragraph, Part, Reply, Table, TableColumn
from handlers.chat.services import Services
from handlers.output.grants import asleep, names_in, revoke_question, right_now
from handlers.output.marks import mark_lines

SHOWN = 30
"""Number of rights that have a button beside them: as many as a message of any platform has room
for. The rest are taken back by id.
"""


@dataclass(frozen=True, slots=True)
class WhoArgs:
    """The customer whose readers are asked for; None for all holders."""

    customer: Customer | None


async def ask(request: Request[WhoArgs], services: Services) -> Reply:
    """Say each right in a sentence: its holder, role, customers, end, giver and reason; beside it a
    button that takes it back.
    """
    say = services.say
    holders = await services.rights.holders(request.partner, services.now)
    opening = say("who-everybody", n=len(holders))
    if request.args.customer:
        customer = request.args.customer
        holders = tuple(
            (who, grant)
            for who, grant in holders
            if grant.sees is None or customer.id in grant.sees
        )
        opening = say("who-customer", n=len(holders), customer=customer.name)
    names = await names_in([grant for _, grant in holders], services)
    own = [_right(who, grant, names, services) for who, grant in holders[:SHOWN]]
    rest = [_right_sentence(who, grant, names, services) for who, grant in holders[SHOWN:]]
    more = [say("who-by-id"), *rest] if rest else []
    parts = (Paragraph(opening), *own, *map(Paragraph, more))
    return Reply((*parts, *(() if request.args.customer else await _of_partner_center(services))))


def _right(who: UserRef, grant: Grant, names: dict[str, str], services: Services) -> Part:
    """Show one right, with its button where it can be taken back in chat."""
    said = _right_sentence(who, grant, names, services)
    if grant.by == "settings" or who == services.data.access.asker:
        return Paragraph(said)
    label = services.say("button-revoke-of", name=services.people.display_name(who))
    return Choices(said, (Choice(label, revoke_question(who)),))


def _right_sentence(who: UserRef, grant: Grant, names: dict[str, str], services: Services) -> str:
    """Say one right, and what its holder's account is where that is no member's any more."""
    account = services.people.known_account(who)
    line = right_now(grant, {"name": account.name, "id": str(who)}, names, services)
    return " ".join([line, *asleep(account, services)])


async def _of_partner_center(services: Services) -> tuple[Part, ...]:
    """Show Partner Center's own roles beside ours and apart from them, where they were synced."""
    say = services.say
    try:
        roles = await services.data.partner_roles()
    except NoData:
        return ()
    incomplete = tuple(map(Paragraph, mark_lines((roles.mark,), say) if roles.mark else ()))
    if not roles.members or roles.as_of is None:
        return incomplete
    headings = ("who-role", "who-member", "who-sign-in")
    columns = tuple(TableColumn(say(heading)) for heading in headings)
    rows = tuple((each.role, each.name, each.sign_in) for each in roles.members)
    notes = [say("who-partner-center-rule")]
    notes += [say("who-partner-center-more", n=roles.more)] if roles.more else []
    caption = say("who-partner-center", day=roles.as_of)
    return (Table(caption, columns, rows), *map(Paragraph, notes), *incomplete)
