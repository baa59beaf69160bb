"""`seatwise sync`: fetch all data that Partner Center gives, and publish it once."""

import argparse
import asyncio
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
from analytics.warehouse.erased_file import ErasedKeyLost
from analytics.warehouse.generations import Busy
from bot.cli.console import tell
from bot.cli.erased_key import erased_file
from bot.cli.progress_bars import Bars
from bot.environment import check_secret
from bot.partner_center_settings import missing_variables, registration
from bot.partners import facts_of
from bot.scheduler.sync_job import BUSY, DONE, FAILED
from bot.settings import Settings, kept_months
from bot.wiring import Installation, open_installation, utc_now
from handlers.messages.speaker import Speaker
from handlers.output.stamps import mark_lines

SUMMARY = "Fetch everything Partner Center gives and publish it; `serve` does so each day."
_WRONG = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the option for less output."""
    parser.add_argument(
        "--quiet", action="store_true", help="no bars, no table; what is wrong alone"
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Return 0 when a sync was published, even with datasets that are not complete, each with its
    reason; 3 while another process syncs; 2 where settings are missing or the programme has no API;
    1 where none could be published, and the old figures go on answering.
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
    except ErasedKeyLost:
        tell(say("erased-key-lost"))
        return FAILED
    except (NotBuilt, OSError) as error:
        tell(say("sync-not-built", error=error))
        return FAILED
    lines = report(synced, say)
    for line in lines if not options.quiet else []:
        print(line)
    return DONE


async def _sync(options: argparse.Namespace, settings: Settings, say: Speaker) -> Synced:
    async with open_installation(settings, {}) as installation:
        await installation.sign_ins.offer(SignIn.PARTNER, settings.partner_center_refresh_token)
        keeper = installation.sign_ins
        with Bars(say, quiet=options.quiet) as bars:
            async with Client(registration(settings), keeper) as client:
                return await sync_once(client, _order(installation), utc_now, bars)


def _order(installation: Installation) -> SyncOrder:
    settings = installation.settings
    folder = facts_of(settings)

    def publish(staged: Path) -> Published:
        meta = {"made_up": "no", "built": utc_now().isoformat()}
        return build(folder, (), meta | kept_months(settings), staged=staged)

    erased = erased_file(folder, settings.secret_key).hold
    return SyncOrder(folder, settings.program, current_knowledge(folder), publish, erased)


def report(synced: Synced, say: Speaker) -> list[str]:
    """Say each dataset in a line, with its rows and calls, and why it is not complete; then the
    sum.
    """
    lines = []
    for dataset in DATASETS:
        mark = synced.marks.get(dataset.name)
        if mark:
            counted = {"rows": say.number(synced.rows.get(dataset.name, 0)), "calls": mark.calls}
            name = say(f"dataset-{dataset.name}")
            lines.append(say("sync-dataset", dataset=name, **counted))
            lines += [f"  {line}" for line in mark_lines(mark, say)]
    total = sum(synced.calls.values())
    return [*lines, say("sync-done", generation=synced.generation, n=total)]
