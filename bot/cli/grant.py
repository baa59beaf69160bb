"""`seatwise grant slack:T…:U… --as partner-admin`: the operator gives a right; the first partner
admin is made so.
"""

import argparse
import asyncio
from datetime import UTC, date, datetime, time, timedelta

from analytics.values import TenantId
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from bot.cli.console import tell
from bot.environment import check_secret
from bot.partners import SERVED, facts_of
from bot.settings import Settings
from bot.wiring import open_installation, utc_now
from handlers.chat.access import Grant, Role, operators_sight
from handlers.chat.asking import UserRef
from handlers.chat.customer_search import find_subject
from handlers.chat.refusals import NoData, Refusal, SeveralCustomers
from handlers.messages.speaker import Speaker

SUMMARY = "Give somebody a right, as the operator of this installation."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: the person, role, customers, last day and reason."""
    parser.add_argument(
        "person", help="slack:TEAM:USER or teams:TENANT:OBJECT-ID, as /whoami shows it"
    )
    parser.add_argument(
        "--as", dest="role", required=True, choices=[role.value for role in Role], help="the role"
    )
    parser.add_argument(
        "--with-people",
        action="store_true",
        help="show people's names and sign-in names too; a partner admin sees them always",
    )
    parser.add_argument(
        "--for",
        dest="customers",
        action="append",
        metavar="CUSTOMER",
        help="one customer's name or tenant id; may be repeated; without it all customers",
    )
    parser.add_argument(
        "--until",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="last day it holds, in UTC; without it until revoked",
    )
    parser.add_argument("--because", default="", help="the reason, kept with the grant")


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Write the grant and its audit row, or say what is wrong and write nothing."""
    check_secret(settings)
    now = utc_now()
    try:
        person = UserRef.parse(options.person)
        customers = _customers(options.customers, settings)
    except ValueError:
        tell(say("grant-who", who=options.person))
        return 2
    except SeveralCustomers as several:
        names = say.enumeration([f"{c.name} ({c.id})" for c in several.customers])
        tell(say("grant-several", name=several.values["name"], customers=names))
        return 1
    except Refusal as refusal:
        tell(say(refusal.sentence, **refusal.values) + " " + say("nothing-saved"))
        return 1
    until = (
        datetime.combine(options.until + timedelta(days=1), time(), UTC) if options.until else None
    )
    if (until and until <= now) or (customers is not None and options.role == Role.ADMIN.value):
        tell(say("grant-past" if until and until <= now else "grant-admin-scope"))
        return 2
    role = Role(options.role)
    grant = Grant(
        role=role,
        partner=SERVED,
        customers=customers,
        until=until,
        reason=options.because,
        by="operator",
        at=now,
        with_people=options.with_people and role is not Role.ADMIN,
    )
    asyncio.run(_give(settings, person, grant))
    print(say("grant-done", who=str(person), role=say(f"role-{options.role}")))
    return 0


def _customers(names: list[str] | None, settings: Settings) -> frozenset[TenantId] | None:
    """The named customers' ids; None for all. Raises a Refusal for a name that is unknown or fits
    several.
    """
    if names is None:
        return None
    generation = Warehouse(facts_of(settings)).current()
    if generation is None:
        raise NoData
    facts = Facts(generation, operators_sight(SERVED))
    return frozenset(find_subject(facts, name).customer.id for name in names)


async def _give(settings: Settings, person: UserRef, grant: Grant) -> None:
    async with open_installation(settings, {}) as installation:
        await installation.roles.give(person, grant)
