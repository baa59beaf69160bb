"""`seatwise grant --file FILE`: many rights at once. A plan is shown first; it is saved whole or
not at all.
"""

import argparse
import asyncio
import sys
from dataclasses import replace
from datetime import datetime

from analytics.values import TenantId
from bot.cli.console import says_yes, tell
from bot.cli.rights_scope import CustomerFinder
from bot.cli.sheet_files import sheet_bytes, tell_faults
from bot.partners import SERVED
from bot.settings import Settings
from bot.store.grant_rows import Holders
from bot.store.roles import RoleStore
from bot.wiring import open_installation, utc_now
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from handlers.chat.groups import CustomerGroup
from handlers.chat.refusals import AdminBySettings, LastAdmin, RightsChanged
from handlers.chat.rights_plan import RightsPlan, plan_of, rights_by_person
from handlers.input.rights_file import RightsSheet, read_rights
from handlers.input.rights_row import CellFault, RightsRow
from handlers.messages.speaker import Speaker
from handlers.output.rights_plan import plan_lines


def give_file(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Show the plan of a file and save it once that is confirmed; or tell all faults of the file,
    and save nothing. Raises OSError for a file that cannot be read.
    """
    raw = sheet_bytes(options.file, say)
    if raw is None:
        return 1
    finder = CustomerFinder(settings, say)
    plan = asyncio.run(_plan(raw, finder, settings, say))
    if plan is None:
        return 1
    print(*plan_lines(plan, finder.names(plan.customers), say), sep="\n")
    if options.plan not in (None, plan.fingerprint):
        tell(say("rights-plan-changed"))
        return 1
    if not plan.changes:
        return 0
    if options.yes or options.plan:
        return asyncio.run(_save(plan, settings, say))
    return _ask(plan, settings, say)


def _ask(plan: RightsPlan, settings: Settings, say: Speaker) -> int:
    """Save the plan if the operator says so on the terminal; without one, say how to save it."""
    if sys.stdin is None or not sys.stdin.isatty():
        print(say("rights-plan-how", plan=plan.fingerprint))
        return 2
    if says_yes(say):
        return asyncio.run(_save(plan, settings, say))
    tell(say("nothing-saved"))
    return 1


async def _plan(
    raw: bytes, finder: CustomerFinder, settings: Settings, say: Speaker
) -> RightsPlan | None:
    """Return the plan of a file; None once its faults are told."""
    now = utc_now()
    sheet = read_rights(raw, now)
    async with open_installation(settings, {}) as installation:
        holders = await installation.roles.holders(SERVED, now)
        finder.scopes = await installation.roles.groups.scopes(SERVED)
        wishes = _wishes(sheet, holders, finder, now)
        plan = plan_of(wishes, holders, SERVED, now)
        faults = sheet.faults or await _whole_faults(plan, holders, installation.roles)
    if faults:
        tell_faults(faults, say)
        return None
    return plan


def _wishes(
    sheet: RightsSheet, holders: Holders, finder: CustomerFinder, now: datetime
) -> dict[UserRef, Grant]:
    """Return the right that each row gives; add the faults of customers to the sheet's."""
    held = rights_by_person(holders)
    wishes = {}
    for row in sheet.rows:
        mine = {t for grant in held.get(row.person, ()) for t in grant.customers or ()}
        grant = _grant(row, now)
        if row.customers is not None:
            customers, scopes = _scope(row, mine, finder, sheet.faults)
            grant = replace(grant, customers=customers, scopes=scopes)
        wishes[row.person] = grant
    return wishes


def _scope(
    row: RightsRow, mine: set[TenantId], finder: CustomerFinder, faults: list[CellFault]
) -> tuple[frozenset[TenantId], tuple[CustomerGroup, ...]]:
    """Return the ids of a row's customers, and its scopes. An id in the right that the person holds
    now is kept, whether or not the figures still name it.
    """
    found, scopes = set[TenantId](), dict[int, CustomerGroup]()
    for name in row.customers or ():
        named = TenantId(name) if name in mine else finder.find(name)
        if isinstance(named, CellFault):
            faults.append(named.at(row.line, "customers", name))
        elif isinstance(named, CustomerGroup):
            scopes[named.number] = named
        else:
            found.add(named)
    return frozenset(found), tuple(scopes[number] for number in sorted(scopes))


def _grant(row: RightsRow, now: datetime) -> Grant:
    """Return the right of a row as one for all customers."""
    return Grant(
        role=row.role,
        partner=SERVED,
        customers=None,
        until=row.until,
        reason=row.because,
        by="operator",
        at=now,
        with_people=row.with_people and row.role is not Role.ADMIN,
    )


async def _whole_faults(plan: RightsPlan, holders: Holders, roles: RoleStore) -> list[CellFault]:
    """Return what speaks against a plan as a whole: the partner admins that it would change."""
    by_settings = {who for who, grant in holders if grant.by == "settings"}
    fixed = [str(line.person) for line in plan.changes if line.person in by_settings]
    if fixed:
        return [CellFault("rights-file-by-settings", who=who) for who in fixed]
    try:
        await roles.check_plan(plan, plan.at)
    except LastAdmin as last:
        return [CellFault("rights-file-last-admin", who=last.values["name"])]
    except RightsChanged:
        return [CellFault("rights-plan-changed")]
    return []


async def _save(plan: RightsPlan, settings: Settings, say: Speaker) -> int:
    """Save the plan that was shown, and no other. Return the verb's exit code."""
    async with open_installation(settings, {}) as installation:
        try:
            await installation.roles.save_plan(plan, utc_now())
        except (RightsChanged, LastAdmin, AdminBySettings):
            tell(say("rights-plan-changed"))
            return 1
    print(say("rights-plan-saved", n=len(plan.changes)))
    return 0
