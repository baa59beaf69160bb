"""`seatwise serve`: the running bot. It never shows made-up figures."""

import argparse
import asyncio
from functools import partial

from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Generation
from bot.cli.console import tell
from bot.environment import check_secret
from bot.gate import server_options
from bot.log import start_log
from bot.partners import facts_of
from bot.platforms import add_platforms, lacking_for_slack, lacking_for_teams
from bot.settings import Settings
from bot.web import operations
from bot.web import run as serve_until_stopped
from bot.wiring import open_installation
from handlers.messages.speaker import Speaker

SUMMARY = "Run the bot with imported data."


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Add no arguments: everything is a setting."""


def run(_options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Serve until stopped. Refuse to start without a good secret, and say at the start what data
    there is.
    """
    check_secret(settings)
    start_log(settings.log_level)
    generation = Warehouse(facts_of(settings)).current()
    print(_data(generation, say), flush=True)
    try:
        return asyncio.run(_serve(settings, say))
    except OSError as error:
        tell(
            say(
                "serve-cannot-listen",
                host=settings.host,
                port=str(settings.port),
                error=error.strerror or type(error).__name__,
            )
        )
        return 1


def _data(generation: Generation | None, say: Speaker) -> str:
    if generation is None or not generation.snapshots:
        return say("serve-no-data")
    return say(
        "serve-data",
        n=len(generation.people.customers),
        day=max(s.day for s in generation.snapshots),
    )


async def _serve(settings: Settings, say: Speaker) -> int:
    def announce_start(port: int) -> None:
        print(say("serve-at", address=f"http://{settings.host}:{port}/"), flush=True)
        print(*_platforms(settings, say), sep="\n", flush=True)

    async with open_installation(settings, {}) as installation:
        app = operations(
            installation.metrics, partial(installation.doctor.obstacle, installation.partner)
        )
        add_platforms(app, installation)
        await installation.sync_daily(installation.backend.now())
        app.cleanup_ctx.append(installation.scheduler.run_beside)  # last: it stops before they do
        options = server_options(installation.metrics)
        await serve_until_stopped(app, settings.host, settings.port, announce_start, options)
    return 0


def _platforms(settings: Settings, say: Speaker) -> list[str]:
    """Say which platforms are on, and which variables are missing for those that are off."""
    slack, teams = lacking_for_slack(settings), lacking_for_teams(settings)
    lines = [
        say("serve-slack-off", missing=say.enumeration(slack))
        if slack
        else say(f"serve-slack-{settings.slack_mode}"),
        say("serve-teams-off", missing=say.enumeration(teams)) if teams else say("serve-teams"),
    ]
    return [*lines, say("serve-no-platform")] if slack and teams else lines
