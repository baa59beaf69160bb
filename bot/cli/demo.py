"""`seatwise demo`: the page, on loopback only, with made-up people; its figures are made up too, or
come from a data folder.
"""

import argparse
import asyncio
import errno
from dataclasses import replace
from functools import partial
from pathlib import Path

from analytics.demo.pages import CLEO_SEES
from analytics.warehouse.current_generation import Warehouse
from bot.cli.console import tell
from bot.demo_installation import (
    NAMES,
    PLAYGROUND,
    first_customers,
    kept_secret,
    make_sample,
    sample_settings,
    seat,
    seat_people,
)
from bot.gate import server_options
from bot.log import start_log
from bot.page.app import add_page
from bot.page.ports import CompletionEntry, Surroundings
from bot.page.posting import PagePoster
from bot.partners import facts_of
from bot.platforms import add_playground
from bot.settings import Settings
from bot.web import operations
from bot.web import run as serve_until_stopped
from bot.wiring import Installation, Platform, open_installation, utc_now
from handlers.messages.speaker import LOCALES, Speaker, speaker
from handlers.registry import COMMANDS

SUMMARY = "Try it: a page on this machine, with a made-up partner or with imported data."
LOOPBACK = "127.0.0.1"
_PORTS_TRIED = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the option for the folder that figures come from."""
    parser.add_argument(
        "--data",
        type=Path,
        help="a data folder that `seatwise import` filled; without it the figures are made up",
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Serve the page until stopped, on the next free port where the wanted one is taken."""
    start_log("WARNING")  # people who try it out read the page, not the log
    if options.data:
        if Warehouse(facts_of(settings, options.data)).current() is None:
            tell(say("demo-no-data", folder=options.data))
            return 1
        people = f"sqlite+aiosqlite:///{options.data / 'demo-people.db'}"
        settings = replace(
            settings,
            data_dir=options.data,
            database_url=people,
            secret_key=kept_secret(options.data),
            admins=(),
        )
    else:
        settings = sample_settings(settings)
        make_sample(settings.data_dir, utc_now())
    return asyncio.run(_demo(settings, say, sample=options.data is None))


async def _demo(settings: Settings, say: Speaker, *, sample: bool) -> int:
    for port in range(settings.port, settings.port + _PORTS_TRIED) if settings.port else (0,):
        async with open_installation(settings, NAMES) as installation:
            sees = CLEO_SEES if sample else first_customers(settings.data_dir)
            await seat_people(installation, sees)
            app = operations(
                installation.metrics, partial(installation.doctor.obstacle, installation.partner)
            )
            add_page(app, surroundings(installation, sample=sample))
            add_playground(app, installation, partial(seat, installation, PLAYGROUND, sees))
            app.cleanup_ctx.append(installation.scheduler.run_beside)
            try:
                await serve_until_stopped(
                    app,
                    LOOPBACK,
                    port,
                    lambda bound: print(
                        say("demo-at", address=f"http://{LOOPBACK}:{bound}/"), flush=True
                    ),
                    server_options(installation.metrics),
                )
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                tell(say("port-taken", port=str(port)))
                continue
            return 0
    tell(say("ports-taken"))
    return 1


def surroundings(installation: Installation, *, sample: bool) -> Surroundings:
    """Make the page's surroundings: answers, languages and commands."""
    voices = {locale: speaker(locale) for locale in LOCALES}
    made = Surroundings(
        installation.delivery, voices, lambda locale: _lines(speaker(locale)), sample
    )
    page = Platform(people=None, messenger=made.mailbox, poster=PagePoster(made.mailbox))
    installation.register("page", page)
    return made


def _lines(say: Speaker) -> list[CompletionEntry]:
    return [
        CompletionEntry(f"/{c.name}", f"/{say(f'{c.words}-usage')}", say(f"{c.words}-summary"))
        for c in COMMANDS
    ]
