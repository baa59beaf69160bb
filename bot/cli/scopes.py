"""`seatwise scopes`: the groups that rights may name, in lines; with `--file` a plan of changes is
shown first, and saved whole or not at all.
"""

import argparse
import asyncio
import sys
from pathlib import Path

from analytics.values import TenantId
from bot.cli.console import says_yes, tell
from bot.cli.rights_scope import CustomerFinder
from bot.cli.sheet_files import sheet_bytes, tell_faults
from bot.environment import check_secret
from bot.partners import SERVED
from bot.settings import Settings
from bot.wiring import Installation, open_installation, utc_now
from handlers.chat.group_refusals import GroupsChanged
from handlers.chat.groups import CustomerGroup
from handlers.chat.refusals import Refusal
from handlers.chat.rights_plan import BETWEEN, NO_CUSTOMER
from handlers.chat.scope_plan import ScopePlan, ScopeWish
from handlers.input.rights_row import CellFault
from handlers.input.scopes_file import SCOPE_COLUMNS, ScopesSheet, read_scopes
from handlers.messages.speaker import Speaker
from handlers.output.group_replies import plan_sentences

SUMMARY = "Show the groups of customers that rights may name, or make and change them by a file."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: the file, and how its plan is confirmed."""
    parser.add_argument(
        "--file",
        type=Path,
        metavar="FILE",
        help=f"make and change groups by a CSV with the columns {', '.join(SCOPE_COLUMNS)}; a plan "
        "is shown first, and groups that are not in the file stay",
    )
    parser.add_argument("--yes", action="store_true", help="save the plan of --file without asking")
    parser.add_argument(
        "--plan", help="save the plan of --file without asking, if it is still the one shown so"
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Print the groups as lines of such a file; or show the plan of a file, and save it once that
    is confirmed. Raises OSError for a file that cannot be read.
    """
    check_secret(settings)
    if options.file is None:
        if options.yes or options.plan:
            tell(say("scopes-either"))
            return 2
        print(",".join(SCOPE_COLUMNS), *asyncio.run(_lines(settings)), sep="\n")
        return 0
    raw = sheet_bytes(options.file, say)
    return 1 if raw is None else asyncio.run(_give(raw, options, settings, say))


async def _lines(settings: Settings) -> list[str]:
    async with open_installation(settings, {}) as installation:
        scopes = await installation.roles.groups.scopes(SERVED)
    held = ((each.name, BETWEEN.join(sorted(each.customers)) or NO_CUSTOMER) for each in scopes)
    return [",".join(cells) for cells in held]


async def _give(raw: bytes, options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    finder = CustomerFinder(settings, say)
    async with open_installation(settings, {}) as installation:
        sheet = read_scopes(raw)
        wishes = _wishes(sheet, await installation.roles.groups.scopes(SERVED), finder)
        if sheet.faults:
            tell_faults(sheet.faults, say)
            return 1
        plan = await installation.roles.plan_scopes(wishes, SERVED, utc_now())
        return await _confirm(plan, finder, options, installation, say)


async def _confirm(
    plan: ScopePlan,
    finder: CustomerFinder,
    options: argparse.Namespace,
    installation: Installation,
    say: Speaker,
) -> int:
    """Show the plan, and save it if the operator wants it so; return the verb's exit code."""
    if not plan.changes:
        print(say("scopes-plan-nothing"))
        return 0
    moved = {each for effect in plan.effects for each in (*effect.gains, *effect.loses)}
    names = finder.names(sorted({*plan.customers, *moved}))
    totals = say("scopes-plan-totals", n=len(plan.changes))
    print(*plan_sentences(plan, names, say), totals, sep="\n")
    if options.plan not in (None, plan.fingerprint):
        tell(say("rights-plan-changed"))
        return 1
    asked = options.yes or options.plan
    if not asked and (sys.stdin is None or not sys.stdin.isatty()):
        print(say("scopes-plan-how", plan=plan.fingerprint))
        return 2
    if not asked and not says_yes(say):
        tell(say("nothing-saved"))
        return 1
    return await _save(plan, installation, say)


async def _save(plan: ScopePlan, installation: Installation, say: Speaker) -> int:
    try:
        await installation.roles.change_scopes(plan, None, utc_now())
    except GroupsChanged:
        tell(say("rights-plan-changed"))
        return 1
    except Refusal as refusal:
        tell(say(refusal.sentence, **refusal.values))
        return 1
    print(say("scopes-plan-saved", n=len(plan.changes)))
    return 0


def _wishes(
    sheet: ScopesSheet, scopes: tuple[CustomerGroup, ...], finder: CustomerFinder
) -> list[ScopeWish]:
    """Return the scope that each row makes; add the faults of names to the sheet's."""
    finder.scopes = scopes
    wishes = []
    for row in sheet.rows:
        known = finder.scope(row.name)
        if known is None and finder.is_customer(row.name):
            sheet.faults.append(CellFault("scopes-file-name").at(row.line, "scope", row.name))
        held = known.customers if known else frozenset()
        found = set()
        for name in row.customers:
            tenant = TenantId(name) if name in held else finder.tenant(name)
            if isinstance(tenant, CellFault):
                sheet.faults.append(tenant.at(row.line, "customers", name))
            else:
                found.add(tenant)
        number, name = (known.number, known.name) if known else (None, row.name)
        wishes.append(ScopeWish(number, name, frozenset(found)))
    return wishes
