"""`seatwise grant slack:T…:U… --as admin`: the operator gives a right; the first partner admin is
made so. With `--file` many rights at once.
"""

import argparse
import asyncio
from datetime import date
from pathlib import Path

from analytics.values import TenantId
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from bot.cli.console import tell
from bot.cli.rights_file import give_file
from bot.environment import check_secret
from bot.partners import SERVED, facts_of
from bot.settings import Settings
from bot.wiring import open_installation, utc_now
from handlers.chat.access import Grant, Role, operators_sight
from handlers.chat.asking import UserRef
from handlers.chat.customer_search import find_subject
from handlers.chat.group_search import scope_called
from handlers.chat.groups import CustomerGroup
from handlers.chat.refusals import LastAdmin, NoData, Refusal, SeveralCustomers, UnknownRole
from handlers.chat.rights_plan import COLUMNS
from handlers.input.grant_order import role_called
from handlers.input.group_words import take_group
from handlers.input.rights_row import end_of_day
from handlers.messages.speaker import Speaker

SUMMARY = "Give a person a right, or many their rights, as the operator of this installation."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: the person, role, customers, last day and reason."""
    parser.add_argument(
        "person", nargs="?", help="slack:TEAM:USER or teams:TENANT:OBJECT-ID, as /whoami shows it"
    )
    parser.add_argument(
        "--as",
        dest="role",
        metavar="ROLE",
        help="the role: viewer (report-viewer), executive (executive-report-viewer) or admin "
        "(partner-admin); French words are read too",
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
        help="one customer's name or tenant id, or group:NAME for a scope; may be repeated; "
        "without it all customers",
    )
    parser.add_argument(
        "--until",
        type=day,
        metavar="YYYY-MM-DD",
        help="last day it holds, in UTC; without it until revoked",
    )
    parser.add_argument("--because", default="", help="the reason, kept with the grant")
    parser.add_argument(
        "--file",
        type=Path,
        metavar="FILE",
        help="give many rights at once, from a CSV with the columns "
        f"{', '.join(COLUMNS)}; a plan is shown first, and no right is taken back",
    )
    parser.add_argument("--yes", action="store_true", help="save the plan of --file without asking")
    parser.add_argument(
        "--plan", help="save the plan of --file without asking, if it is still the one shown so"
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Give the right or those of the file, audited, or say what is wrong and save nothing."""
    check_secret(settings)
    one = (options.person, options.role)
    beside = (options.customers, options.until, options.because, options.with_people)
    if options.file is not None and not any((*one, *beside)):
        return give_file(options, settings, say)
    if options.file is not None or not all(one) or options.yes or options.plan:
        tell(say("grant-either"))
        return 2
    return _give_one(options, settings, say)


def _give_one(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Write the grant and its audit row, or say what is wrong and write nothing."""
    now = utc_now()
    try:
        person, role = UserRef.parse(options.person), role_called(options.role)
        customers, scopes = asyncio.run(_customers(options.customers, settings))
    except UnknownRole:
        tell(say("unknown-role", role=options.role))
        return 2
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
    until = end_of_day(options.until) if options.until else None
    if (until and until <= now) or (customers is not None and role is Role.ADMIN):
        tell(say("grant-past" if until and until <= now else "grant-admin-scope"))
        return 2
    grant = Grant(
        role=role,
        partner=SERVED,
        customers=customers,
        until=until,
        reason=options.because,
        by="operator",
        at=now,
        with_people=options.with_people and role is not Role.ADMIN,
        scopes=scopes,
    )
    return _save(person, grant, settings, say)


def _save(person: UserRef, grant: Grant, settings: Settings, say: Speaker) -> int:
    """Write the grant, unless it would take the place of the last partner admin's right."""
    try:
        asyncio.run(_give(settings, person, grant))
    except LastAdmin:
        tell(say("last-admin-operator", who=str(person)))
        return 1
    print(say("grant-done", who=str(person), role=say(f"role-{grant.role.value}")))
    return 0


def day(text: str) -> date:
    """Read a day such as 2026-12-31. Raises ValueError for other text, and the last of all days."""
    read = date.fromisoformat(text)
    if read == date.max:
        raise ValueError(text)
    return read


async def _customers(
    names: list[str] | None, settings: Settings
) -> tuple[frozenset[TenantId] | None, tuple[CustomerGroup, ...]]:
    """The named customers' ids, None for all, and the named scopes. Raises a Refusal for a name
    that is unknown or fits several.
    """
    if names is None:
        return None, ()
    grouped = {name: take_group(name.split())[1] for name in names}
    scopes = await _scopes([group for group in grouped.values() if group], settings)
    return _tenants([name for name, group in grouped.items() if not group], settings), scopes


async def _scopes(names: list[str], settings: Settings) -> tuple[CustomerGroup, ...]:
    if not names:
        return ()
    async with open_installation(settings, {}) as installation:
        every = await installation.roles.groups.scopes(SERVED)
    found = {each.number: each for each in (scope_called(name, every) for name in names)}
    return tuple(found[number] for number in sorted(found))


def _tenants(names: list[str], settings: Settings) -> frozenset[TenantId]:
    if not names:
        return frozenset()
    generation = Warehouse(facts_of(settings)).current()
    if generation is None:
        raise NoData
    facts = Facts(generation, operators_sight(SERVED))
    return frozenset(find_subject(facts, name).customer.id for name in names)


async def _give(settings: Settings, person: UserRef, grant: Grant) -> None:
    async with open_installation(settings, {}) as installation:
        await installation.roles.give(person, grant)
