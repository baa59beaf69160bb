"""`seatwise sync`: fetch all data that Partner Center gives, and publish it once."""

import argparse
import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from analytics.sources.partner_center.client import Client
from analytics.sources.partner_center.page_model import SignIn
from analytics.sources.partner_center.sync_once import (
    Synced,
    SyncOrder,
    current_knowledge,
    sync_once,
)
from analytics.tables import DATASETS
from analytics.values import Program
from analytics.warehouse.building.build import NotBuilt, Published, build
from analytics.warehouse.fetch_states import FetchState
from analytics.warehouse.generations import Busy
from analytics.warehouse.marks import Mark
from bot.cli.console import tell
from bot.cli.progress_bars import Bars
from bot.environment import check_secret
from bot.erased_key import erased_file
from bot.partner_center_settings import missing_variables, registration
from bot.partners import facts_of
from bot.scheduler.sync_job import BUSY, DONE, FAILED, INCOMPLETE
from bot.settings import Settings, kept_cells
from bot.wiring import Installation, open_installation, utc_now
from handlers.messages.speaker import Speaker
from handlers.output.marks import mark_lines

SUMMARY = "Fetch everything Partner Center gives and publish it; `serve` does so each day."
_WRONG = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the option for less output."""
    parser.add_argument("--quiet", action="store_true", help="no bars, no table; only what failed")


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Return 0 when every dataset came as far as Partner Center gives it, and 4 when some failed;
    both were published. Return 1 where nothing new could be had, and the old figures go on
    answering; 2 where settings are missing or the programme has no API; 3 while another process
    syncs.
    """
    check_secret(settings)
    if settings.program is Program.INDIRECT_RESELLER:
        tell(say("connect-no-api"))
        return _WRONG
    if missing := missing_variables(settings):
        tell(say("connect-missing", missing=say.enumeration(missing)))
        return _WRONG
    try:
        synced = asyncio.run(_sync(options, settings, say))
    except Busy:
        tell(say("sync-busy"))
        return BUSY
    except (NotBuilt, OSError) as error:
        tell(say("sync-not-built", error=error))
        return FAILED
    if synced is None:
        tell(say("sync-not-signed-in"))
        return FAILED
    return _tell_end(synced, say, quiet=options.quiet)


async def _sync(options: argparse.Namespace, settings: Settings, say: Speaker) -> Synced | None:
    """Sync once; return None, without a call, where no sign-in was ever made."""
    async with open_installation(settings, {}) as installation:
        keeper = installation.sign_ins
        await keeper.offer(SignIn.PARTNER, settings.partner_center_refresh_token)
        if not any(each.sign_in is SignIn.PARTNER for each in await keeper.standings()):
            return None
        with Bars(say, quiet=options.quiet) as bars:
            async with Client(registration(settings), keeper) as client:
                synced = await sync_once(client, _order(installation), utc_now, bars)
    checked = current_knowledge(facts_of(settings)).marks
    found = {name: its.mismatch for name, its in checked.items()}
    marks = {name: replace(its, mismatch=found.get(name, "")) for name, its in synced.marks.items()}
    return replace(synced, marks=marks)


def _tell_end(synced: Synced, say: Speaker, *, quiet: bool) -> int:
    """Say what came and what did not; return the exit code."""
    complete = synced.complete and not any(mark.mismatch for mark in synced.marks.values())
    code = DONE if complete else INCOMPLETE if synced.anything else FAILED
    if not quiet:
        print(*report(synced, say), sep="\n")
    elif code != DONE:
        print(*_faults(synced, say), sep="\n", file=sys.stderr)
    if code == FAILED:
        tell(say("sync-nothing-new"))
    elif code == INCOMPLETE:
        tell(say("sync-disagrees" if synced.complete else "sync-incomplete"))
    return code


def _order(installation: Installation) -> SyncOrder:
    settings = installation.settings
    folder = facts_of(settings)

    def publish(staged: Path) -> Published:
        meta = {"made_up": "no", "built": utc_now().isoformat()}
        return build(folder, (), meta | kept_cells(settings), staged=staged)

    erased = erased_file(folder, settings.secret_key).hold
    return SyncOrder(
        folder,
        settings.program,
        current_knowledge(folder),
        publish,
        erased,
        azure_plans=settings.azure_plans,
    )


def report(synced: Synced, say: Speaker) -> list[str]:
    """Say each dataset that was asked for in a line, with its rows and calls; then what is not
    complete, one cause in one line; then the sum.
    """
    lines = []
    for dataset in DATASETS:
        mark, rows = synced.marks.get(dataset.name), synced.rows.get(dataset.name, 0)
        if mark and (mark.calls or rows):
            counted = {"rows": say.number(rows), "calls": mark.calls}
            lines.append(say("sync-dataset", dataset=say(f"dataset-{dataset.name}"), **counted))
    lines += mark_lines(_in_order(synced), say)
    total = sum(synced.calls.values())
    return [*lines, say("sync-done", generation=synced.generation, n=total)]


def _faults(synced: Synced, say: Speaker) -> list[str]:
    """Say what failed, and what a check found wrong; nothing of what is not offered or needed."""
    marks = _in_order(synced)
    wrong = [mark for mark in marks if mark.state is FetchState.FAILED or mark.mismatch]
    return mark_lines(wrong, say)


def _in_order(synced: Synced) -> list[Mark]:
    return [synced.marks[each.name] for each in DATASETS if each.name in synced.marks]
