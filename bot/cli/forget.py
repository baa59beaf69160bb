"""`seatwise forget customer|person WHOM --yes`: erasure from figures and state, audited, for good:
what arrives of them later is left out. `--lift` lets it in again.
"""

import argparse
import asyncio
import sqlite3
from dataclasses import dataclass

from analytics.sources.partner_center.sync_once import staging_file
from analytics.values import Customer, tenant_id
from analytics.warehouse.building.build import NotBuilt
from analytics.warehouse.building.staging_files import forget as forget_staging
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.erasure import erase, known_ids, known_names
from analytics.warehouse.facts import Facts
from analytics.warehouse.generations import Busy
from bot.cli.console import tell
from bot.environment import check_secret
from bot.erased_key import erased_file
from bot.outbox import delete_waiting
from bot.partners import SERVED, facts_of
from bot.settings import Settings, database_url
from bot.store.database import Engine, opened_database
from bot.store.erasure import Erasure, overwrite_deleted
from bot.wiring import utc_now
from bot.work_folder import sweep_work_folders
from handlers.chat.access import operators_sight
from handlers.chat.asking import UserRef
from handlers.chat.customer_search import find_subject
from handlers.chat.refusals import LastAdmin, NoData, Refusal, SeveralCustomers
from handlers.messages.speaker import Speaker

SUMMARY = "Erase a customer or a person from figures and state, for good; or lift that."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: the customer or person to erase, and the confirmation."""
    parser.add_argument("what", choices=["customer", "person"])
    parser.add_argument(
        "whom",
        help="a customer's name or tenant id; a person as /whoami shows it, or their sign-in name",
    )
    parser.add_argument("--yes", action="store_true", help="do it, and do not only say what")
    parser.add_argument(
        "--lift",
        action="store_true",
        help="let one who was erased in again: the next sync or import brings what there is",
    )
    parser.add_argument("--because", default="", help="the reason for lifting, for the audit")


@dataclass(frozen=True, slots=True)
class _Subject:
    """The customer to erase, or the person where there is no customer."""

    customer: Customer | None
    whom: str

    @property
    def title(self) -> str:
        """The subject as the operator reads it."""
        if self.customer is None:
            return self.whom
        its = self.customer
        return f"{its.name} ({its.id})" if its.name else its.id

    @property
    def ref(self) -> UserRef | None:
        """The person, where it was named as /whoami shows it."""
        try:
            return UserRef.parse(self.whom)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class _Counts:
    """Numbers of rows of figures and of state that were erased or changed."""

    figures: int
    state: int


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Say which customer or person would be erased; erase them where `--yes` is given."""
    check_secret(settings)
    try:
        return _lift(options, settings, say) if options.lift else _forget(options, settings, say)
    except SeveralCustomers as several:
        names = say.enumeration([f"{c.name} ({c.id})" for c in several.customers])
        tell(say("grant-several", name=several.values["name"], customers=names))
    except LastAdmin:
        tell(say("last-admin-operator", who=options.whom))
    except Refusal as refusal:
        tell(say(refusal.sentence, **refusal.values) + " " + say("nothing-saved"))
    except Busy:
        tell(say("erased-busy"))
    except (NotBuilt, sqlite3.OperationalError) as error:
        tell(say("forget-not-whole", error=error))
    return 1


def _forget(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    customer = _customer(options.whom, settings) if options.what == "customer" else None
    subject = _Subject(customer, options.whom)
    asyncio.run(_keep_an_admin(settings, subject.ref))
    if not options.yes:
        print(say("forget-sure", whom=subject.title))
        return 2
    counts = asyncio.run(_erase(settings, subject))
    print(say("forget-done", whom=subject.title, figures=counts.figures, state=counts.state))
    print(say("forget-stays"))
    return 0


def _customer(name: str, settings: Settings) -> Customer:
    """The customer that is meant; raises a Refusal for a name that is unknown or fits several. One
    whose erasure was interrupted is known by tenant id alone.
    """
    folder = facts_of(settings)
    try:
        if erased_file(folder, settings.secret_key).read().has_customer(name):
            return Customer(tenant_id(name), "")
    except ValueError:
        pass
    generation = Warehouse(folder).current()
    if generation is None:
        raise NoData
    return find_subject(Facts(generation, operators_sight(SERVED)), name).customer


async def _erase(settings: Settings, subject: _Subject) -> _Counts:
    """Put the subject on the list first, so that nothing of it arrives; then erase figures, then
    state. If the process is killed in between, the same command does the rest. The data that an
    unfinished sync has fetched goes too: the next sync begins anew.
    """
    folder, customer = facts_of(settings), subject.customer
    names = known_names(folder, customer.id) if customer else []
    file = erased_file(folder, settings.secret_key)
    with file.change() as before:
        if customer:
            erased = before.with_customer(customer.id, (*names, customer.name))
        else:
            person = subject.ref.id if subject.ref else subject.whom
            erased = before.with_person(known_ids(folder, person))
        file.write(erased)
        forget_staging(staging_file(folder))
        sweep_work_folders(settings.data_dir)
        delete_waiting(settings.data_dir)
        figures = erase(folder, erased)
        return _Counts(figures, await _erase_state(settings, subject, names, figures))


async def _erase_state(
    settings: Settings, subject: _Subject, names: list[str], figures: int
) -> int:
    async with opened_database(database_url(settings)) as engine:
        erasing, at = _erasure(engine, settings), utc_now()
        if its := subject.customer:
            state = await erasing.customer(its.id, {*names, its.name}, figures, at)
        else:
            state = await erasing.person(subject.whom, subject.ref, figures, at)
    overwrite_deleted(engine)
    return state


async def _keep_an_admin(settings: Settings, ref: UserRef | None) -> None:
    """Raise LastAdmin for the last partner admin, before anything is erased."""
    async with opened_database(database_url(settings)) as engine:
        await _erasure(engine, settings).check_person(ref, utc_now())


def _erasure(engine: Engine, settings: Settings) -> Erasure:
    return Erasure(engine, settings.secret_key, SERVED, settings.admins)


def _lift(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Take a customer or person off the list of the erased, with the reason in the audit."""
    if not options.because.strip():
        tell(say("forget-lift-why"))
        return 2
    subject = _Subject(None, options.whom)
    file = erased_file(facts_of(settings), settings.secret_key)
    with file.change() as before:
        if options.what == "customer":
            fewer = before.without_customer(options.whom)
        else:
            fewer = before.without_person(subject.ref.id if subject.ref else options.whom)
        if fewer == before:
            tell(say("forget-lift-unknown", whom=options.whom))
            return 1
        asyncio.run(_audit_lift(settings, options))
        file.write(fewer)
    print(say("forget-lift-done", whom=options.whom))
    return 0


async def _audit_lift(settings: Settings, options: argparse.Namespace) -> None:
    async with opened_database(database_url(settings)) as engine:
        erasing = _erasure(engine, settings)
        await erasing.lift(options.what, options.whom, options.because.strip(), utc_now())
