"""Rights in words, and the people they are given to."""

from collections.abc import Iterable
from datetime import timedelta

from analytics.questions.customers import customer_names
from handlers.chat.access import Grant, Role
from handlers.chat.asking import Ask, UserRef, Via
from handlers.chat.refusals import AdminBySettings, NoData, NoSuchPerson, Yourself
from handlers.chat.reply import Paragraph
from handlers.chat.services import Kind, Services, Someone

_MINUTE = timedelta(minutes=1)
"""A right that ends at midnight holds until 23:59 of the day before: that is what people say."""


def people_in(ask: Ask, words: Iterable[str]) -> dict[str, UserRef]:
    """The words that are people: mentions, and ids in the text of a button, which we wrote."""
    found = dict(ask.mentions)
    for word in words if ask.via is Via.PRESSED else ():
        try:
            found[word] = UserRef.parse(word)
        except ValueError:
            continue
    return found


async def somebody_else(person: UserRef, services: Services) -> Someone:
    """The person as looked up now. Raises NoSuchPerson, Yourself or AdminBySettings."""
    found = await services.people.look_up(person)
    if found is None:
        raise NoSuchPerson("unknown", id=str(person))
    if found.kind is not Kind.MEMBER:
        raise NoSuchPerson(found.kind.value, name=found.name, id=str(person))
    if person == services.data.access.asker:
        raise Yourself
    grants = await services.rights.grants(person, services.data.access.partner)
    if any(grant.by == "settings" for grant in grants):
        raise AdminBySettings(name=found.name)
    return found


async def held(person: UserRef, services: Services) -> tuple[Grant, ...]:
    """What a person holds now."""
    grants = await services.rights.grants(person, services.data.access.partner)
    return tuple(grant for grant in grants if grant.holds(services.now))


async def names_in(grants: Iterable[Grant], services: Services) -> dict[str, str]:
    """Names of the customers that grants are for; none before the first import."""
    wanted = sorted({tenant for grant in grants for tenant in grant.customers or ()})
    try:
        return await services.data.ask(customer_names, wanted) if wanted else {}
    except NoData:
        return {}


async def standing(someone: Someone, services: Services) -> list[Paragraph]:
    """Who somebody is, and each right they hold now, as a card begins."""
    say, grants = services.say, await held(someone.ref, services)
    who: dict[str, object] = {"name": someone.name, "id": str(someone.ref)}
    if not grants:
        return [Paragraph(say("right-none", **who))]
    names = await names_in(grants, services)
    return [Paragraph(right_now(grant, who, names, services)) for grant in grants]


def right_now(
    grant: Grant, who: dict[str, object], names: dict[str, str], services: Services
) -> str:
    """One right as a sentence or two: who, what, for whom, until when, given by whom, why."""
    if grant.by == "settings":
        return services.say("right-by-settings", **who)
    values = {**who, **terms(grant, names, services), **origin(grant, services)}
    return services.say("right-now", **values) + because(grant, services)


def terms(grant: Grant, names: dict[str, str], services: Services) -> dict[str, object]:
    """What a right is, as values of a sentence: role, scope, until."""
    say = services.say
    scope = say("scope-all")
    if grant.customers is not None:
        scope = say.listed(sorted(names.get(tenant, tenant) for tenant in grant.customers))
    last = grant.until - _MINUTE if grant.until else None
    until = say("until", moment=last) if last else say("until-revoked")
    return {"role": role_name(grant.role, services), "scope": scope, "until": until}


def origin(grant: Grant, services: Services) -> dict[str, object]:
    """Who gave a right and when, as values of a sentence."""
    if grant.by in ("operator", "settings"):
        by = services.say(f"by-{grant.by}")
    else:
        by = services.people.called(UserRef.parse(grant.by))
    return {"by": by, "since": grant.at}


def because(grant: Grant, services: Services) -> str:
    """The reason as a sentence to put behind another; empty without one."""
    return services.say("whoami-because", reason=grant.reason) if grant.reason else ""


def role_name(role: Role, services: Services) -> str:
    """What a role is called."""
    return services.say(f"role-{role.value}")
