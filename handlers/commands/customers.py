"""`/customers`: the customers that the asker may see, to choose from."""

from dataclasses import dataclass

from analytics.questions.customers import CustomerList
from handlers.chat.command import Request
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Part, Reply
from handlers.chat.services import Say, Services
from handlers.output.no_customers import no_customers


@dataclass(frozen=True, slots=True)
class CustomersArgs:
    """A name, a part of one, or a tenant's id; nothing for all."""

    name: str


async def ask(request: Request[CustomersArgs], services: Services) -> CustomerList:
    """Find the customers that fit what was typed, or all."""
    return await services.data.matching(request.args.name)


def tell(found: CustomerList, say: Say) -> Reply:
    """Show the customers that fit, as buttons that ask for their seats, and the count of further
    ones.
    """
    said = found.said
    if not found.customers:
        if said:
            return Reply((Paragraph(say("unknown-customer", name=said)),))
        return no_customers(say, everyone=found.everyone)
    more = found.more if isinstance(found.more, int) else 0
    parts: list[Part] = [_choices(found, len(found.customers) + more, say)]
    if more:
        parts.append(Paragraph(say("customers-more", n=more)))
    if found.gone:
        gone = say.enumeration([customer.name for customer in found.gone])
        parts.append(Paragraph(say("customers-gone", customers=gone)))
    # The count of further customers has some that were not looked at: a room may not see all.
    audience = Audience.ASKER if more else Audience.ROOM
    return Reply(tuple(parts), audience)


def _choices(found: CustomerList, count: int, say: Say) -> Choices:
    """Offer the customers; `count` are all that fit, shown or not."""
    said = found.said
    prompt = say("customers-fit", n=count, said=said) if said else say("customers-all", n=count)
    items = tuple(Choice(c.name, f"/usage {c.id}", customer=c.id) for c in found.customers)
    return Choices(prompt, items)
