"""`seatwise forget customer|person WHOM --yes`: erasure from figures and state, audited."""

import argparse
import asyncio
import sqlite3
from dataclasses import dataclass

from analytics.sources.partner_center.sync_once import staging_file
from analytics.values import Customer
from analytics.warehouse.building.build import NotBuilt
from analytics.warehouse.building.staging_files import forget as forget_staging
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.erasure import forget
from analytics.warehouse.facts import Facts
from analytics.warehouse.generations import Busy
from bot.cli.console import tell
from bot.environment import check_secret
from bot.partners import SERVED, facts_of
from bot.settings import Settings, database_url
from bot.store.database import opened_database
from bot.store.erasure import Erasure, overwrite_deleted
from bot.wiring import utc_now
from handlers.chat.access import operators_sight
from handlers.chat.asking import UserRef
from handlers.chat.customer_search import find_subject
from handlers.chat.refusals import NoData, Refusal, SeveralCustomers
from handlers.messages.speaker import Speaker

SUMMARY = "Erase a customer or a person from figures and state; it cannot be undone."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: the customer or person to erase, and the confirmation."""
    parser.add_argument("what", choices=["customer", "person"])
    parser.add_argument(
        "whom",
        help="a customer's name or tenant id; a person as /whoami shows it, or their sign-in name",
    )
    parser.add_argument("--yes", action="store_true", help="do it, and do not only say what")


@dataclass(frozen=True, slots=True)
class _Erased:
    """Numbers of rows of figures and of state that were erased or changed."""

    figures: int
    state: int


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Say which customer or person would be erased; erase them where `--yes` is given."""
    check_secret(settings)
    try:
        customer = _customer(options.whom, settings) if options.what == "customer" else None
        shown = f"{customer.name} ({customer.id})" if customer else options.whom
        if not options.yes:
            print(say("forget-sure", whom=shown))
            return 2
        erased = asyncio.run(_erase(settings, customer, options.whom))
    except SeveralCustomers as several:
        names = say.enumeration([f"{c.name} ({c.id})" for c in several.customers])
        tell(say("grant-several", name=several.values["name"], customers=names))
    except Refusal as refusal:
        tell(say(refusal.sentence, **refusal.values) + " " + say("nothing-saved"))
    except Busy:
        tell(say("import-busy"))
    except (NotBuilt, sqlite3.OperationalError) as error:
        tell(say("forget-not-whole", error=error))
    else:
        print(say("forget-done", whom=shown, figures=erased.figures, state=erased.state))
        print(say("forget-stays"))
        return 0
    return 1


def _customer(name: str, settings: Settings) -> Customer:
    """The customer that is meant; raises a Refusal for a name that is unknown or fits several."""
    generation = Warehouse(facts_of(settings)).current()
    if generation is None:
        raise NoData
    return find_subject(Facts(generation, operators_sight(SERVED)), name).customer


async def _erase(settings: Settings, customer: Customer | None, whom: str) -> _Erased:
    """Erase figures first, then state; if the process is killed in between, the same command does
    the rest. The data that an unfinished sync has fetched goes too: the next sync begins anew.
    """
    folder = facts_of(settings)
    forget_staging(staging_file(folder))
    async with opened_database(database_url(settings)) as engine:
        erasing = Erasure(engine, settings.secret_key, SERVED)
        if customer:
            figures = forget(folder, tenant=customer.id)
            state = await erasing.customer(customer.id, customer.name, figures, utc_now())
        else:
            ref = _ref(whom)
            figures = forget(folder, person=ref.id if ref else whom)
            state = await erasing.person(whom, ref, figures, utc_now())
    overwrite_deleted(engine)
    return _Erased(figures, state)


def _ref(whom: str) -> UserRef | None:
    try:
        return UserRef.parse(whom)
    except ValueError:
        return None
