"""`/customers`: the customers that the asker may see, page by page, each at a glance."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analytics.questions.customer_overviews import CustomerOverview
from analytics.questions.customers import SHOWN, CustomerList
from handlers.chat.asking import View
from handlers.chat.command import Request
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Part, Reply
from handlers.chat.services import Say, Services
from handlers.output.columns import CUSTOMER
from handlers.output.no_customers import no_customers
from handlers.output.remarks import paragraphs
from handlers.output.tables import TableField, table

_PAGE = re.compile(r"^(?P<name>.*?)\s*\bpage\s+(?P<number>\d{1,4})$", re.IGNORECASE | re.DOTALL)

_Field = TableField[CustomerOverview]


@dataclass(frozen=True, slots=True)
class CustomersArgs:
    """A name, a part of one, or a tenant's id; nothing for all. Behind it perhaps `page 3`."""

    name: str


async def ask(request: Request[CustomersArgs], services: Services) -> CustomerList:
    """Find a page of the customers that fit what was typed, or of all."""
    paged = _PAGE.match(request.args.name)
    if paged:
        return await services.data.matching(paged["name"], int(paged["number"]))
    return await services.data.matching(request.args.name)


def tell(found: CustomerList, say: Say) -> Reply:
    """Show the customers that fit with their state and size, as buttons that ask for their seats,
    and the count of further ones.
    """
    said = found.said
    if not found.customers:
        if said:
            return Reply((Paragraph(say("unknown-customer", name=said)),))
        return no_customers(say, everyone=found.everyone)
    more = found.more if isinstance(found.more, int) else 0
    parts: list[Part] = [
        *table("table-overviews", found.overviews, _columns(say), say, SHOWN),
        Choices(say("customers-choose"), tuple(map(_choice, found.overviews))),
    ]
    if found.page == found.pages and more and said:
        parts.append(Paragraph(say("customers-more", n=more)))
    if found.gone:
        gone = say.enumeration([customer.name for customer in found.gone])
        parts.append(Paragraph(say("customers-gone", customers=gone)))
    # The count of further customers has some that were not looked at: a room may not see all.
    audience = Audience.ASKER if more else Audience.ROOM
    return Reply(
        tuple(parts),
        audience,
        headline=_headline(found, len(found.customers) + more, say),
        details=(*_more_columns(found, say), *paragraphs(_remarks(found, say))),
        follow_ups=tuple(_turns(found, say)),
    )


def _headline(found: CustomerList, count: int, say: Say) -> str:
    """Say how many fit, shown or not, and which of them are on the page."""
    said = found.said
    finding = say("customers-fit", n=count, said=said) if said else say("customers-all", n=count)
    if found.pages == 1:
        return finding
    return say("customers-page", finding=finding, page=found.page, pages=found.pages)


def _columns(say: Say) -> list[_Field]:
    return [
        CUSTOMER,
        TableField("column-since", lambda each: _since(each, say), numeric=False),
        TableField("column-own-seats", lambda each: each.own_seats),
        TableField("column-all-seats", lambda each: each.all_seats),
        TableField("column-state", lambda each: _state(each, say), numeric=False),
    ]


def _more_columns(found: CustomerList, say: Say) -> list[Part]:
    columns: list[_Field] = [
        CUSTOMER,
        TableField("column-domain", lambda each: each.domain or "–", numeric=False),
        TableField("column-relationship", lambda each: each.relationship or "–", numeric=False),
        TableField("column-by-app", lambda each: _yes(each.counts_by_app, say), numeric=False),
        TableField(
            "column-by-insights", lambda each: _yes(each.counts_by_insights, say), numeric=False
        ),
        TableField(
            "column-as-of", lambda each: say.day(each.as_of) if each.as_of else "–", numeric=False
        ),
    ]
    return [*table("table-overviews-more", found.overviews, columns, say, SHOWN)]


def _since(each: CustomerOverview, say: Say) -> str:
    if each.since is None:
        return "–"
    return say("customer-first-seen", day=each.since) if each.first_seen else say.day(each.since)


def _state(each: CustomerOverview, say: Say) -> str:
    """Say the best state of its subscriptions, or that there is none."""
    if each.state:
        return say(f"subscription-word-{each.state.value}")
    if each.off_list:
        return say("customer-off-list")
    if each.by_name_only:
        return say("customer-by-name-only")
    return "–" if each.counts_by_insights is not None else say("not-known")


def _yes(is_so: bool | None, say: Say) -> str:  # noqa: FBT001  a cell of a table
    if is_so is None:
        return say("not-known")
    return say("subscription-renews" if is_so else "subscription-renews-not")


def _remarks(found: CustomerList, say: Say) -> list[str]:
    """Say what the columns mean, as far as this page needs it."""
    seen = [say("customers-first-seen")] if any(e.first_seen for e in found.overviews) else []
    named = [say("customers-by-name-only")] if any(e.by_name_only for e in found.overviews) else []
    return [say("customers-definitions"), *seen, *named]


def _choice(each: CustomerOverview) -> Choice:
    customer = each.customer
    return Choice(customer.name, f"/usage {customer.id}", customer=customer.id)


def _turns(found: CustomerList, say: Say) -> Iterator[Choice]:
    """Yield the buttons of the pages before and after, which show the same figures."""
    about = f"/customers {found.said}".strip()
    for label, page in (("follow-before", found.page - 1), ("follow-next", found.page + 1)):
        if 1 <= page <= found.pages:
            yield Choice(say(label), f"{about} page {page}", view=View.PAGE)
