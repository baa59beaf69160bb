"""`/list`: groups of customers that a reader makes for themselves; they give no right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analytics.values import TenantId
from handlers.chat.command import Request
from handlers.chat.group_refusals import BadGroupName, UnknownGroup
from handlers.chat.group_search import known_scopes, scope_called, visible_in
from handlers.chat.groups import CustomerGroup, ListChange
from handlers.chat.reply import Paragraph, Part, Reply
from handlers.chat.services import Services
from handlers.input.group_members import check_new_name, members_after, ordered_group
from handlers.input.group_order import GroupOrder, read_group_order
from handlers.output.group_replies import (
    group_form,
    group_lines,
    group_sentence,
    member_names,
)

_COMMAND = "/list"
_UNAUDITED = "list-saved-unaudited"


@dataclass(frozen=True, slots=True)
class ListArgs:
    """The words behind the command; group_order.py reads them."""

    order: str


async def ask(request: Request[ListArgs], services: Services) -> Reply:
    """Show the reader's lists and the scopes they may know, show one list, or change it at once: a
    list only narrows what its owner sees already.
    """
    words = request.args.order.split()
    lists = await services.rights.groups.lists(services.data.access.asker, request.partner)
    if not words:
        return await _every(lists, services)
    order = read_group_order(words, request.ask.said)
    known = ordered_group(order, lists)
    if known and order.only_shows:
        return await _one(known, (), services)
    return await _change(order, known, services)


async def _change(order: GroupOrder, known: CustomerGroup | None, services: Services) -> Reply:
    """Save or delete a list. Raises what the search of customers and check_new_name() raise."""
    data, groups = services.data, services.rights.groups
    if known is None:
        await check_new_name(order.name, data)
        await _check_no_scope(order.name, services)
    customers = await members_after(order, known, data)
    name, number = (known.name, known.number) if known else (order.name, None)
    owner = data.access.asker
    change = ListChange(data.access.partner, owner, number, name, customers, services.now)
    await groups.change_list(change)
    sentence = "list-deleted" if customers is None else "list-saved"
    said = (Paragraph(services.say(sentence, name=name)),)
    lists = await groups.lists(owner, data.access.partner)
    saved = [each for each in lists if customers is not None and each.name == name]
    return await _one(saved[0], said, services) if saved else Reply(said, saved=_UNAUDITED)


async def _check_no_scope(name: str, services: Services) -> None:
    """Refuse a name by which the reader knows a scope of the partner's."""
    scopes = await known_scopes(services.data.access, services.rights.groups)
    try:
        scope_called(name, scopes)
    except UnknownGroup:
        return
    raise BadGroupName("taken", name=name)


async def _one(group: CustomerGroup, said: tuple[Part, ...], services: Services) -> Reply:
    """Show a list with those of its customers whom its owner may see now, and what can be done."""
    line = await _lines([group], services)
    seen = replace(group, customers=visible_in(services.data.access, group))
    parts = (*said, Paragraph(line[0][1]), *group_form(_COMMAND, seen, services.say))
    return Reply(parts, saved=_UNAUDITED if said else "")


async def _every(lists: tuple[CustomerGroup, ...], services: Services) -> Reply:
    say = services.say
    scopes = await known_scopes(services.data.access, services.rights.groups)
    parts: list[Part] = []
    if lists:
        own = group_lines(_COMMAND, await _lines(lists, services), say)
        parts += [Paragraph(say("list-list", n=len(lists))), *own]
    else:
        parts.append(Paragraph(say("list-none-yet")))
    if scopes:
        lines = [Paragraph(said) for _, said in await _lines(scopes, services)]
        parts += [Paragraph(say("list-scopes", n=len(scopes))), *lines]
    return Reply((*parts, Paragraph(say("list-how"))))


async def _lines(
    groups: Sequence[CustomerGroup], services: Services
) -> list[tuple[CustomerGroup, str]]:
    """Say each group with those of its customers whom the reader may see."""
    seen = {each.number: visible_in(services.data.access, each) for each in groups}
    names = await member_names(set[TenantId]().union(*seen.values()), services)
    return [(each, group_sentence(each, seen[each.number], names, services.say)) for each in groups]
