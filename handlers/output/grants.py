"""Rights in words, and the people they are given to."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from analytics.values import TenantId
from handlers.chat.access import Grant
from handlers.chat.accounts import Account
from handlers.chat.asking import Ask, Room, UserRef, Via
from handlers.chat.groups import CustomerGroup
from handlers.chat.refusals import AdminBySettings, NoData, NoSuchPerson, Yourself
from handlers.chat.reply import Paragraph
from handlers.chat.services import Say, Services

_MINUTE = timedelta(minutes=1)
"""Taken from an end at midnight: such a right holds until 23:59 of the day before."""


def people_in(ask: Ask, words: Iterable[str], *, by_id: bool = False) -> dict[str, UserRef]:
    """The words that are people: mentions, and ids in the text of a button, which the bot wrote
    itself. Typed ids too with `by_id`, where no right is given.
    """
    found = dict(ask.mentions)
    for word in words if by_id or ask.via is Via.PRESSED else ():
        try:
            found[word] = UserRef.parse(word)
        except ValueError:
            continue
    return found


def revoke_question(person: UserRef) -> str:
    """The question that shows a person's rights and offers to take them back."""
    return f"/revoke-analytics {person}"


async def grantee(person: UserRef, room: Room, services: Services) -> Account:
    """Fetch the person's account as of now, to give them a right; they may be in the question's
    `room`. Raises NoSuchPerson where they are no member, or their platform does not confirm it now;
    Yourself or AdminBySettings.
    """
    found = await services.people.account(person, sure=True, room=room)
    if not found.sure or found.kind is None:
        raise NoSuchPerson("unconfirmed", name=found.name, id=str(person))
    if not found.is_member:
        raise NoSuchPerson(found.kind.value, name=found.name, id=str(person))
    await _check_changeable(found, services)
    return found


async def holder(person: UserRef, services: Services) -> Account:
    """Return the person's account as last known, to take a right back: whatever the account is
    today, and without asking the platform. Raises Yourself or AdminBySettings.
    """
    found = services.people.known_account(person)
    await _check_changeable(found, services)
    return found


async def _check_changeable(account: Account, services: Services) -> None:
    """Refuse to change the asker's own right, and one that the settings give."""
    if account.ref == services.data.access.asker:
        raise Yourself
    grants = await services.rights.grants(account.ref, services.data.access.partner)
    if any(grant.by == "settings" for grant in grants):
        raise AdminBySettings(name=account.name)


async def held_grants(person: UserRef, services: Services) -> tuple[Grant, ...]:
    """The rights that a person holds now."""
    grants = await services.rights.grants(person, services.data.access.partner)
    return tuple(grant for grant in grants if grant.holds(services.now))


async def names_in(grants: Iterable[Grant], services: Services) -> dict[str, str]:
    """Names of the customers that the grants are for, by id; empty before the first import."""
    wanted = sorted({tenant for grant in grants for tenant in grant.customers or ()})
    try:
        return await services.data.names(wanted) if wanted else {}
    except NoData:
        return {}


async def rights_paragraphs(someone: Account, services: Services) -> list[Paragraph]:
    """Say who a person is, and each right they hold now; a card begins so."""
    say, grants = services.say, await held_grants(someone.ref, services)
    who: dict[str, object] = {"name": someone.name, "id": str(someone.ref)}
    if not grants:
        return [Paragraph(say("right-none", **who))]
    names = await names_in(grants, services)
    said = [right_now(grant, who, names, services) for grant in grants]
    return [Paragraph(line) for line in (*said, *asleep(someone, services))]


def asleep(someone: Account, services: Services) -> list[str]:
    """Say that a person's rights open nothing while they are no member, and why; empty for members,
    and where nothing is known of the account.
    """
    if someone.kind is None or someone.is_member:
        return []
    return [services.say(f"holder-{someone.kind.value}", name=someone.name)]


def right_now(
    grant: Grant, who: dict[str, object], names: dict[str, str], services: Services
) -> str:
    """Say one right in a sentence or two: holder, role, customers, end, giver and reason."""
    if grant.by == "settings":
        return services.say("right-by-settings", **who)
    values = {**who, **terms(grant, names, services.say), **origin(grant, services)}
    return services.say("right-now", **values) + because(grant, services.say)


def terms(grant: Grant, names: dict[str, str], say: Say) -> dict[str, object]:
    """A right's role, scope and end, as values of a sentence."""
    scope = say("scope-all")
    if grant.customers is not None:
        named = sorted(names.get(tenant, tenant) for tenant in grant.customers)
        scope = say.enumeration([*named, *(scope_words(each, say) for each in grant.scopes)])
    last = grant.until - _MINUTE if grant.until else None
    until = say("until", moment=last) if last else say("until-revoked")
    return {"role": _role_of(grant, say), "scope": scope, "until": until}


def scope_words(scope: CustomerGroup, say: Say) -> str:
    """Say a scope that a right names; of an empty or deleted one, that it means no customer."""
    if scope.is_gone:
        return say("scope-gone", name=scope.name)
    return say("scope-named" if scope.customers else "scope-empty", name=scope.name)


def scope_lines(grant: Grant, names: Mapping[str, str], say: Say) -> list[str]:
    """Say whom each scope of a right holds now; it is read anew at each question."""
    return [
        say(
            "scope-holds",
            n=len(each.customers),
            name=each.name,
            customers=listed_customers(each.customers, names, say),
        )
        for each in grant.scopes
        if each.customers
    ]


def listed_customers(
    tenants: Collection[TenantId], names: Mapping[str, str], say: Say, most: int = 10
) -> str:
    """Return customers' names in a list, the first `most` in order; an id where there is none."""
    shown = sorted(names.get(each, each) for each in tenants)
    more = [say("groups-more", n=len(shown) - most)] if len(shown) > most else []
    return say.enumeration([*shown[:most], *more])


def seen_by(grant: Grant, services: Services) -> str:
    """Say the kinds of figures that a right shows, and those it does not."""
    kind = f"sees-{grant.role.value}" + ("-people" if grant.with_people else "")
    return services.say(kind)


def _role_of(grant: Grant, say: Say) -> str:
    """The name of the right's role, with people's names where the right adds them to it."""
    name = say(f"role-{grant.role.value}")
    return say("role-with-people", role=name) if grant.with_people else name


def origin(grant: Grant, services: Services) -> dict[str, object]:
    """The giver of a right and the time it was given, as values of a sentence."""
    if grant.by in ("operator", "settings"):
        by = services.say(f"by-{grant.by}")
    else:
        by = services.people.display_name(UserRef.parse(grant.by))
    return {"by": by, "since": grant.at}


def because(grant: Grant, say: Say) -> str:
    """The reason of a right, as a sentence to put behind another; empty without one."""
    return say("whoami-because", reason=grant.reason) if grant.reason else ""
