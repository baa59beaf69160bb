"""The customers of a group after an order: those that it adds, removes or names."""

from collections.abc import Sequence

from analytics.values import TenantId
from handlers.chat.customer_search import CustomerAndTopic
from handlers.chat.group_refusals import BadGroupName, GroupOrderUnread, UnknownGroup
from handlers.chat.group_search import scope_called
from handlers.chat.groups import CustomerGroup
from handlers.chat.refusals import NoData, UnknownCustomer
from handlers.chat.visible_data import VisibleData
from handlers.input.group_order import GroupOrder, GroupVerb, check_group_name


def ordered_group(order: GroupOrder, groups: Sequence[CustomerGroup]) -> CustomerGroup | None:
    """Return the group that an order is about; None for one to be made. Raises UnknownGroup where
    the order makes none.
    """
    try:
        return scope_called(order.name, groups)
    except UnknownGroup:
        if order.makes:
            return None
        raise


async def members_after(
    order: GroupOrder, group: CustomerGroup | None, data: VisibleData
) -> frozenset[TenantId] | None:
    """Return the customers that the group is to hold, None where it is to be deleted. Customers
    whom the reader may not see stay in it. Raises what the search of customers raises, and
    GroupOrderUnread for a customer to be removed who is not in it.
    """
    held = group.customers if group else frozenset[TenantId]()
    if order.verb is GroupVerb.DELETE:
        return None
    named = [(await _customer(name, data)).customer for name in order.customers]
    ids = frozenset(each.id for each in named)
    if order.verb is GroupVerb.ADD:
        return held | ids
    if order.verb is GroupVerb.REPLACE:
        return ids
    for each in named:
        if each.id not in held:
            raise GroupOrderUnread("not-in", customer=each.name, name=order.name)
    return held - ids


async def check_new_name(name: str, data: VisibleData) -> None:
    """Raise BadGroupName for what no group can be called, and for a customer's name among those
    that the reader may see: a group is never taken for a customer.
    """
    check_group_name(name)
    try:
        named = await data.names_whole((name,)) != (name,)
    except NoData:
        return
    if named:
        raise BadGroupName("customer", name=name)


async def _customer(name: str, data: VisibleData) -> CustomerAndTopic:
    subject = await data.subject(name)
    if subject.topic:
        raise UnknownCustomer(name=name)
    return subject
