"""`/ignore`: leaves a product of one customer out of totals, with a reason and an end; alone it
lists what is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from analytics.questions.named_products import product_names
from analytics.questions.topics import Topic, product_called
from analytics.values import Customer, IgnoredProduct, plain
from handlers.chat.access import Permission
from handlers.chat.command import Request
from handlers.chat.ignored_products import LONGEST_REASON, IgnoreOrder
from handlers.chat.refusals import NotAllowed, NotIgnored, PastEnd, UnreadableEnd
from handlers.chat.reply import Choice, Choices, Paragraph, Part, Reply
from handlers.chat.services import Services
from handlers.input.end_dates import last_day
from handlers.input.ignore_order import TypedIgnore, read_ignore

SHOWN = 30
"""Products that are listed with a button: as many as a message of any platform has room for."""
_UNAUDITED = "ignore-saved-unaudited"
_A_YEAR = "1 year"
"""How long a product is left out where no end is named: a contract's usual term."""


@dataclass(frozen=True, slots=True)
class IgnoreArgs:
    """The order as typed; empty for the list."""

    order: str


async def ask(request: Request[IgnoreArgs], services: Services) -> Reply:
    """Show the list, or save or end one decision. Raises NotAllowed for a change by a person who is
    no partner admin, and what the search of customers and products raises.
    """
    words = tuple(request.args.order.split())
    if not words:
        return await _list(services)
    if not services.data.access.may(Permission.IGNORE):
        raise NotAllowed
    today = services.now.astimezone(ZoneInfo(request.ask.zone)).date()
    order = _order_typed(words, today)
    if order.undo:
        return await _counted_again(order, services)
    return await _left_out(order, today, services)


def _order_typed(words: tuple[str, ...], today: date) -> TypedIgnore:
    """Read the order. Raises NotIgnored for an end that is past, or no day."""
    try:
        return read_ignore(words, today)
    except PastEnd as past:
        raise NotIgnored("past-end", **past.values) from past
    except UnreadableEnd as bad:
        raise NotIgnored("bad-end", **bad.values) from bad


async def _left_out(order: TypedIgnore, today: date, services: Services) -> Reply:
    subject = await services.data.subject(order.about)
    topic = await _product(subject.topic, subject.customer, services)
    if not order.reason:
        raise NotIgnored("no-reason")
    if len(order.reason) > LONGEST_REASON:
        raise NotIgnored("long-reason", most=LONGEST_REASON)
    until = order.until or last_day(_A_YEAR, today)
    for product in sorted(topic.products):
        saved = _order(subject.customer, product, order.reason, until, services)
        await services.data.kept.ignored_products.save(saved)
    names = {"product": topic.label, "customer": subject.customer.name}
    said = services.say("ignore-saved", until=until, reason=order.reason, **names)
    undo = [
        _undo(services.say("button-undo"), subject.customer.id, product)
        for product in sorted(topic.products)
    ]
    choices = Choices(services.say("ignore-undo"), tuple(undo))
    return Reply((Paragraph(said), choices), saved=_UNAUDITED)


async def _counted_again(order: TypedIgnore, services: Services) -> Reply:
    """End the decision, found by the ids of a button, or by names."""
    kept = await services.data.ignored_products()
    exact = [each for each in kept if f"{each.tenant} {each.product}" == order.about.lower()]
    if exact:
        names = await _names(exact, services)
        customer = Customer(exact[0].tenant, names[exact[0].tenant])
        topic = Topic(names[exact[0].product], frozenset({exact[0].product}), None)
    else:
        subject = await services.data.subject(order.about)
        customer = subject.customer
        topic = await _product(subject.topic, customer, services)
    today, ignored = services.now.date(), services.data.kept.ignored_products
    ended = [
        await ignored.end(_order(customer, each, "", today, services))
        for each in sorted(topic.products)
    ]
    sentence = "ignore-undone" if any(ended) else "ignore-not"
    said = services.say(sentence, product=topic.label, customer=customer.name)
    return Reply((Paragraph(said),), saved=_UNAUDITED if any(ended) else "")


async def _product(topic: Topic | None, customer: Customer, services: Services) -> Topic:
    """Return the product that was named, also one that is called like a workload. Raises
    NotIgnored.
    """
    if topic is None:
        raise NotIgnored("no-product", customer=customer.name)
    if topic.workloads is None:
        return topic
    product = await services.data.of(customer, product_called, topic.label)
    if product is None:
        raise NotIgnored("workload", topic=topic.label)
    return product


def _order(
    customer: Customer, product: str, reason: str, until: date, services: Services
) -> IgnoreOrder:
    access = services.data.access
    said = plain(reason)
    return IgnoreOrder(
        access.partner, customer.id, product, said, access.asker, until, services.now
    )


async def _list(services: Services) -> Reply:
    """Say each decision in a sentence, for an admin with a button that ends it."""
    say, kept = services.say, await services.data.ignored_products()
    if not kept:
        return Reply((Paragraph(say("ignore-none")),))
    names = await _names(kept, services)
    own = [_line(each, names, services) for each in kept[:SHOWN]]
    rest = [Paragraph(_sentence(each, names, services)) for each in kept[SHOWN:]]
    return Reply((Paragraph(say("ignore-list", n=len(kept))), *own, *rest))


async def _names(kept: Sequence[IgnoredProduct], services: Services) -> dict[str, str]:
    """Return the names of customers and products by their ids; an id where there is no name."""
    tenants = frozenset(each.tenant for each in kept)
    products = tuple(sorted({each.product for each in kept}))
    customers = await services.data.names(sorted(tenants))
    named = await services.data.over(tenants, product_names, products)
    return {**{tenant: tenant for tenant in tenants}, **customers, **named}


def _line(each: IgnoredProduct, names: dict[str, str], services: Services) -> Part:
    said = _sentence(each, names, services)
    if not services.data.access.may(Permission.IGNORE):
        return Paragraph(said)
    label = services.say("button-count-again", product=names[each.product])
    return Choices(said, (_undo(label, each.tenant, each.product),))


def _sentence(each: IgnoredProduct, names: dict[str, str], services: Services) -> str:
    values = {"customer": names[each.tenant], "product": names[each.product]}
    by = {"by": each.by} if each.by else {}
    sentence = "ignore-line-by" if by else "ignore-line"
    return services.say(sentence, until=each.until, reason=each.reason, **values, **by)


def _undo(label: str, tenant: str, product: str) -> Choice:
    return Choice(label, f"/ignore {tenant} {product} undo")
