"""`/scope`: the partner's groups of customers, which rights may name; changed after a review."""

from dataclasses import dataclass

from analytics.folded_text import folded_text
from analytics.values import TenantId
from handlers.chat.command import Request
from handlers.chat.group_refusals import GroupsChanged, UnknownGroup
from handlers.chat.groups import CustomerGroup
from handlers.chat.reply import Choice, Choices, Notice, Paragraph, Reply
from handlers.chat.scope_plan import ScopePlan, ScopeWish
from handlers.chat.services import Services
from handlers.input.group_members import check_new_name, members_after, ordered_group
from handlers.input.group_order import GroupOrder, GroupVerb, read_group_order
from handlers.output.grants import names_in, right_now
from handlers.output.group_replies import (
    SHOWN,
    group_form,
    group_lines,
    group_sentence,
    member_names,
    named_plan,
)

CANCEL = "cancel"
_COMMAND = "/scope"
_HOLDERS = 20
"""People with a right by a scope who are named."""


@dataclass(frozen=True, slots=True)
class ScopeArgs:
    """The words behind the command; group_order.py reads them."""

    order: str


async def ask(request: Request[ScopeArgs], services: Services) -> Reply:
    """Show the scopes, or one of them; or show what a change would do, and save it once that is
    confirmed.
    """
    words = request.args.order.split()
    if request.ask.confirms == CANCEL:
        return Reply((Paragraph(services.say("cancelled")),))
    scopes = await services.rights.groups.scopes(request.partner)
    if not words:
        return await _every(scopes, services)
    order = read_group_order(words, request.ask.said)
    if order.verb is GroupVerb.FIND:
        return _matching(order.name, scopes, services)
    scope = ordered_group(order, scopes)
    if scope and order.only_shows:
        return await _one(scope, services)
    plan = await _plan(order, scope, request, services)
    if not plan.changes:
        return Reply((Paragraph(services.say("scope-same", name=plan.wishes[0].name)),))
    return await _saved_or_shown(order, plan, request, services)


async def _plan(
    order: GroupOrder,
    scope: CustomerGroup | None,
    request: Request[ScopeArgs],
    services: Services,
) -> ScopePlan:
    """Return what the order would change. Raises what the search of customers and check_new_name()
    raise.
    """
    if scope is None:
        await check_new_name(order.name, services.data)
    customers = await members_after(order, scope, services.data)
    number, name = (scope.number, scope.name) if scope else (None, order.name)
    wish = ScopeWish(number, name, customers)
    return await services.rights.plan_scopes((wish,), request.partner, services.now)


async def _saved_or_shown(
    order: GroupOrder, plan: ScopePlan, request: Request[ScopeArgs], services: Services
) -> Reply:
    if request.ask.confirms != plan.fingerprint:
        stale = "scope-stale" if request.ask.confirms else ""
        return await _card(order, plan, services, stale)
    asker = services.data.access.asker
    told = Paragraph(services.say("scope-saved", name=plan.wishes[0].name))
    by = {"by": services.people.display_name(asker)}
    notices = tuple(Notice(each.person, "notice-granted", by) for each in plan.effects)
    try:
        await services.rights.change_scopes(plan, asker, services.now)
    except GroupsChanged:
        anew = await services.rights.plan_scopes(plan.wishes, plan.partner, services.now)
        return await _card(order, anew, services, "scope-stale")
    return Reply((told,), notices=notices, saved="not-audited-saved")


async def _card(order: GroupOrder, plan: ScopePlan, services: Services, stale: str) -> Reply:
    """Make the card of a change: who joins and leaves, and whose sight that changes."""
    say = services.say
    names = await member_names(plan.customers, services)
    lines = [*([say(stale)] if stale else []), *named_plan(plan, names, services)]
    if not plan.effects:
        lines.append(say("scope-no-effects"))
    text = _text(order, plan)
    buttons = (
        Choice(say("button-save"), text, confirms=plan.fingerprint),
        Choice(say("button-cancel"), text, confirms=CANCEL),
    )
    return Reply((*map(Paragraph, lines), Choices(say("card-review"), buttons)))


def _text(order: GroupOrder, plan: ScopePlan) -> str:
    """Return the order in words that mean the same later: customers by id, the scope by number."""
    line = plan.lines[0]
    named = line.before.word if line.before else line.wish.name
    if order.verb is GroupVerb.DELETE:
        return f"{_COMMAND} {named} delete"
    moved: tuple[TenantId, ...] = line.leaving if order.verb is GroupVerb.REMOVE else line.joining
    if order.verb is GroupVerb.REPLACE:
        moved = tuple(sorted(line.wish.customers or ()))
    return f"{_COMMAND} {named} {order.verb.value} {', '.join(moved) or 'none'}"


async def _every(scopes: tuple[CustomerGroup, ...], services: Services) -> Reply:
    say = services.say
    if not scopes:
        return Reply((Paragraph(say("scope-none-yet")), Paragraph(say("scope-how"))))
    names = await member_names({each for scope in scopes for each in scope.customers}, services)
    said = [(each, group_sentence(each, each.customers, names, say)) for each in scopes]
    opening = Paragraph(say("scope-list", n=len(scopes)))
    return Reply((opening, *group_lines(_COMMAND, said, say), Paragraph(say("scope-how"))))


def _matching(letters: str, scopes: tuple[CustomerGroup, ...], services: Services) -> Reply:
    """Offer the scopes with these letters in their names, those that begin so first. Raises
    UnknownGroup where there is none.
    """
    plain = folded_text(letters)
    found = [each for each in scopes if plain in folded_text(each.name)]
    if not found:
        raise UnknownGroup(letters)
    found.sort(key=lambda each: not folded_text(each.name).startswith(plain))
    items = tuple(Choice(each.name, f"{_COMMAND} {each.word}") for each in found[:SHOWN])
    return Reply((Choices(services.say("scope-found", n=len(found)), items),))


async def _one(scope: CustomerGroup, services: Services) -> Reply:
    """Show a scope with its customers, the rights that name it, and what can be done with it."""
    say = services.say
    names = await member_names(scope.customers, services)
    holders = await services.rights.holders(services.data.access.partner, services.now)
    named = [
        (who, grant)
        for who, grant in holders
        if scope.number in [each.number for each in grant.scopes]
    ]
    lines = [group_sentence(scope, scope.customers, names, say), say("scope-rights", n=len(named))]
    beside = await names_in([grant for _, grant in named], services)
    for who, grant in named[:_HOLDERS]:
        called: dict[str, object] = {"name": services.people.display_name(who), "id": str(who)}
        lines.append(right_now(grant, called, beside, services))
    return Reply((*map(Paragraph, lines), *group_form(_COMMAND, scope, say)))
