"""`/whoami`: who the asker is to the bot, and what they may see."""

from analytics.questions.customers import customer_names
from handlers.chat.access import Grant
from handlers.chat.asking import UserRef
from handlers.chat.command import NoArgs, Request
from handlers.chat.refusals import NoData
from handlers.chat.reply import Paragraph, Reply
from handlers.chat.services import Services


async def whoami(request: Request[NoArgs], services: Services) -> Reply:
    """The asker's id as an admin must type it, and each right in a sentence."""
    say, asker = services.say, request.ask.asker
    lines = [say("whoami-you", name=services.people.called(asker), id=str(asker))]
    names = await _names(services)
    grants = services.access.grants
    lines += [_right(grant, names, services) for grant in grants] or [say("whoami-nothing")]
    return Reply(tuple(Paragraph(line) for line in lines))


async def _names(services: Services) -> dict[str, str]:
    """Names of the customers in the asker's grants; none before the first import."""
    scopes = [grant.customers for grant in services.access.grants if grant.customers]
    wanted = sorted({tenant for scope in scopes for tenant in scope})
    try:
        return await services.data.ask(customer_names, wanted) if wanted else {}
    except NoData:
        return {}


def _giver(grant: Grant, services: Services) -> str:
    """Who gave it, by name where it was a person."""
    if grant.by in ("operator", "settings"):
        return services.say(f"by-{grant.by}")
    return services.people.called(UserRef.parse(grant.by))


def _right(grant: Grant, names: dict[str, str], services: Services) -> str:
    """What, for whom, until when, by whom and why."""
    say = services.say
    role = say(f"role-{grant.role.value}")
    scope = say("scope-all")
    if grant.customers is not None:
        scope = say.listed(sorted(names.get(tenant, tenant) for tenant in grant.customers))
    until = say("until", moment=grant.until) if grant.until else say("until-revoked")
    reason = say("whoami-because", reason=grant.reason) if grant.reason else ""
    return (
        say(
            "whoami-right",
            role=role,
            scope=scope,
            until=until,
            by=_giver(grant, services),
            since=grant.at,
        )
        + reason
    )
