"""`/grant-analytics`: a card to review; the right is saved only when its button is pressed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from analytics.values import Customer
from handlers.chat.access import Grant, RightsChange, Role, fingerprint
from handlers.chat.accounts import Account
from handlers.chat.command import Request
from handlers.chat.group_search import find_grantable
from handlers.chat.groups import CustomerGroup, members_fingerprint
from handlers.chat.refusals import RightsChanged, ScopedAdmin, UnknownCustomer
from handlers.chat.reply import Choice, Choices, Notice, Paragraph, PickPerson, Reply
from handlers.chat.services import Services
from handlers.input.grant_order import GrantOrder, read_wish
from handlers.input.group_words import take_group
from handlers.output.grants import (
    because,
    grantee,
    held_grants,
    names_in,
    people_in,
    rights_paragraphs,
    scope_lines,
    seen_by,
    terms,
)

CANCEL = "cancel"
_OFFERED = 10
"""Groups that a card offers by a button each; more are named behind `for`."""


@dataclass(frozen=True, slots=True)
class GrantArgs:
    """The words behind the command; grant_order.py reads them."""

    wish: str


async def ask(request: Request[GrantArgs], services: Services) -> Reply:
    """Show the person, the right they hold and the right they would hold; save it once that is
    confirmed.
    """
    words = tuple(request.args.wish.split())
    today = services.now.astimezone(ZoneInfo(request.ask.zone)).date()
    wish = read_wish(words, people_in(request.ask, words), today)
    if request.ask.confirms == CANCEL:
        return Reply((Paragraph(services.say("cancelled")),))
    if wish.person is None:
        return _pick(wish, services)
    someone = await grantee(wish.person, request.ask.room, services)
    named = [await _find_named(name, services) for name in wish.customers]
    ids = [each.id if isinstance(each, Customer) else each.word for each in named]
    if wish.role is None:
        return await _ask_role(someone, wish, ids, services)
    if wish.role is Role.ADMIN and named:
        raise ScopedAdmin
    grant = _grant(wish, wish.role, named, request, services)
    text = _question(someone, wish, ids)
    with_people = _question(someone, replace(wish, with_people=True), ids)
    narrower = await _group_choices(someone, wish, grant, services)
    if not request.ask.confirms:
        return await _card(someone, grant, (text, with_people), narrower, services)
    try:
        return await _save_grant(someone, grant, request.ask.confirms, services)
    except RightsChanged:
        card = await _card(someone, grant, (text, with_people), narrower, services)
        return Reply((Paragraph(services.say("card-stale", name=someone.name)), *card.parts))


def _pick(wish: GrantOrder, services: Services) -> Reply:
    """Offer a field to pick the person, where none was mentioned: a person is never guessed from a
    name.
    """
    say = services.say
    opening = say("named-not-mentioned", named=wish.named) if wish.named else say("grant-whom")
    before, after = "/grant-analytics", _tail(wish, wish.customers)
    return Reply((Paragraph(opening), PickPerson(say("pick-person"), before, after)))


async def _find_named(name: str, services: Services) -> Customer | CustomerGroup:
    """Find the customer, or the scope behind `group:`; a list of one's own gives nothing."""
    rest, group = take_group(name.split())
    if group and not rest:
        return await find_grantable(group, services.data.access, services.rights.groups)
    subject = await services.data.subject(name)
    if subject.topic:
        raise UnknownCustomer(name=name)
    return subject.customer


def _grant(
    wish: GrantOrder,
    role: Role,
    named: list[Customer | CustomerGroup],
    request: Request[GrantArgs],
    services: Services,
) -> Grant:
    """Make the right as it would be saved. It ends when its last day does, in the asker's zone."""
    end = None
    if wish.until:
        zone = ZoneInfo(request.ask.zone)
        end = datetime.combine(wish.until + timedelta(days=1), time(), zone).astimezone(UTC)
    scope = frozenset(each.id for each in named if isinstance(each, Customer)) if named else None
    scopes = {each.number: each for each in named if isinstance(each, CustomerGroup)}
    by = str(services.data.access.asker)
    return Grant(
        role=role,
        partner=request.partner,
        customers=scope,
        until=end,
        reason=wish.reason,
        by=by,
        at=services.now,
        with_people=wish.with_people and role is not Role.ADMIN,
        scopes=tuple(scopes[number] for number in sorted(scopes)),
    )


async def _ask_role(
    someone: Account, wish: GrantOrder, ids: list[str], services: Services
) -> Reply:
    """Offer the roles to choose from, none of them preselected; partner admin only without
    customers.
    """
    say = services.say
    roles = [role for role in Role if not (ids and role is Role.ADMIN)]
    items = tuple(
        Choice(
            say(f"role-choice-{role.value}"),
            _question(someone, replace(wish, role=role), ids),
        )
        for role in roles
    )
    return Reply((*await rights_paragraphs(someone, services), Choices(say("card-role"), items)))


async def _group_choices(
    someone: Account, wish: GrantOrder, grant: Grant, services: Services
) -> tuple[Choices, ...]:
    """Offer the first scopes by name instead of all customers; for a partner admin, and where there
    is none, nothing.
    """
    if grant.role is Role.ADMIN or grant.sees is not None:
        return ()
    scopes = await services.rights.groups.scopes(grant.partner)
    say, more = services.say, len(scopes) - _OFFERED
    items = tuple(
        Choice(say("scope-named", name=each.name), _question(someone, wish, (each.word,)))
        for each in scopes[:_OFFERED]
    )
    prompt = say("grant-groups-more", n=more) if more > 0 else say("grant-groups")
    return (Choices(prompt, items),) if items else ()


async def _card(
    someone: Account,
    grant: Grant,
    questions: tuple[str, str],
    narrower: tuple[Choices, ...],
    services: Services,
) -> Reply:
    """Make the card with everything to know before confirming. `questions` is the question of the
    right, and the same with people's names; `narrower` offers it for fewer customers.
    """
    say, before = services.say, await held_grants(someone.ref, services)
    if _same(before, grant):
        return Reply((Paragraph(say("right-already", name=someone.name)),))
    names = await names_in([grant], services)
    members = await _member_names(grant, services)
    after = say("right-after", **terms(grant, names, say)) + because(grant, say)
    seen, (text, named) = _card_fingerprint(before, grant, services), questions
    buttons = [
        Choice(say("button-grant"), text, confirms=seen),
        Choice(say("button-cancel"), text, confirms=CANCEL),
    ]
    if not (grant.with_people or grant.role is Role.ADMIN):
        buttons.append(Choice(say("button-with-people"), named))
    told = (after, *scope_lines(grant, members, say), seen_by(grant, services), say("card-own"))
    review = Choices(say("card-review"), tuple(buttons))
    lines = [*await rights_paragraphs(someone, services), *map(Paragraph, told)]
    return Reply((*lines, review, *narrower))


async def _save_grant(someone: Account, grant: Grant, seen: str, services: Services) -> Reply:
    """Save the right that the card showed. Raises what rights.change() raises."""
    asker = services.data.access.asker
    granted = terms(grant, await names_in([grant], services), services.say)
    done = Paragraph(services.say("granted", name=someone.name, **granted))
    notice = Notice(someone.ref, "notice-granted", {"by": services.people.display_name(asker)})
    before = await held_grants(someone.ref, services)
    if seen != _card_fingerprint(before, grant, services):
        raise RightsChanged
    held = fingerprint(before, services.now)
    change = RightsChange(
        someone.ref, services.data.access.partner, grant, asker, services.now, held
    )
    await services.rights.change(change)  # last: a failure after it would hide that it is saved
    return Reply((done,), notices=(notice,))


def _same(before: tuple[Grant, ...], grant: Grant) -> bool:
    """Check whether the same right is held already, whatever its giver and its reason."""
    return [_terms(each) for each in before] == [_terms(grant)]


def _terms(grant: Grant) -> tuple[object, ...]:
    scopes = [each.number for each in grant.scopes]
    return grant.role, grant.customers, scopes, grant.until, grant.with_people


def _card_fingerprint(before: tuple[Grant, ...], grant: Grant, services: Services) -> str:
    """Return a text that changes with the rights held, and with whom the scopes of the new right
    hold: what the card showed.
    """
    return fingerprint(before, services.now) + members_fingerprint(grant.scopes)


async def _member_names(grant: Grant, services: Services) -> dict[str, str]:
    tenants = sorted({each for scope in grant.scopes for each in scope.customers})
    return await services.data.names(tenants) if tenants else {}


def _question(someone: Account, wish: GrantOrder, customers: Sequence[str]) -> str:
    return f"/grant-analytics {someone.ref} {_tail(wish, customers)}"


def _tail(wish: GrantOrder, customers: Sequence[str]) -> str:
    """The words of the order besides the person: role, people's names, customers, end, reason."""
    parts = [f"as {wish.role.value}"] if wish.role else []
    parts += ["with people"] if wish.with_people else []
    if customers:
        parts.append(f"for {', '.join(customers)}")
    if wish.until:
        parts.append(f"until {wish.until}")
    return " ".join([*parts, *([f"because {wish.reason}"] if wish.reason else [])])
