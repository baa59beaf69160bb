"""Chat platforms that the installation's settings switch on, wired to it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from aiohttp import web

from bot.gate import Gate, SlackKey
from bot.settings import Settings
from bot.slack.api import SlackApi
from bot.slack.app import Slack, add_slack
from bot.slack.people import SlackPeople
from bot.slack.ports import Kept, Keys
from bot.slack.posting import SlackPoster
from bot.teams.adapter import TeamsAdapter
from bot.teams.app import Teams, add_teams
from bot.teams.people import TeamsPeople
from bot.teams.ports import BotRegistration, Json
from bot.teams.posting import TeamsPoster
from bot.wiring import Installation, Platform
from handlers.chat.asking import UserRef

Learn = Callable[[Iterable[UserRef]], Awaitable[None]]


def lacking_for_slack(settings: Settings) -> list[str]:
    """Variables that are not set and without which Slack stays off; each of them is required."""
    needed = {"slack_bot_token": settings.slack_bot_token}
    if settings.slack_mode == "http":
        needed["slack_signing_secret"] = settings.slack_signing_secret
    else:
        needed["slack_app_token"] = settings.slack_app_token
    return _missing_variables(needed)


def lacking_for_teams(settings: Settings) -> list[str]:
    """Variables that are not set and without which Teams stays off: a missing app id never means
    that all senders are let in.
    """
    tenants = settings.teams_tenant_id or ",".join(settings.teams_allowed_tenants)
    return _missing_variables(
        {
            "teams_app_id": settings.teams_app_id,
            "teams_app_password": settings.teams_app_password,
            "teams_tenant_id": tenants,
        }
    )


def _missing_variables(needed: dict[str, str]) -> list[str]:
    return [f"SEATWISE_{name.upper()}" for name, value in needed.items() if not value]


def add_platforms(app: web.Application, installation: Installation) -> None:
    """Add the platforms that are switched on to a program that is not running yet."""
    if not lacking_for_slack(installation.settings):
        _add_slack(app, installation)
    if not lacking_for_teams(installation.settings):
        _add_teams(app, installation, _adapter(installation))


def add_playground(
    app: web.Application, installation: Installation, seated: Callable[[], Awaitable[None]]
) -> None:
    """Add Teams for the Agents Playground, which signs nothing: for the demonstration, on loopback
    alone. `seated` gives its people their rights once one of them is there.
    """
    nobody = BotRegistration(app_id="", password="")
    now, metrics = installation.backend.now, installation.metrics
    adapter = TeamsAdapter(nobody, installation.seen, metrics, now, unsigned=True)
    one_by_one = asyncio.Lock()  # its first activities come all at once

    async def seat_once() -> None:
        async with one_by_one:
            await seated()

    _add_teams(app, installation, adapter, seat_once)


async def _seat_nobody() -> None:
    """Give no rights: real people get theirs from one another."""


def _add_teams(
    app: web.Application,
    installation: Installation,
    adapter: TeamsAdapter,
    seated: Callable[[], Awaitable[None]] = _seat_nobody,
) -> None:
    people = TeamsPeople(adapter.connector, installation.conversations)
    poster = TeamsPoster(
        connector=adapter.connector,
        people=people,
        conversations=installation.conversations,
        deliver=installation.delivery,
    )
    installation.register("teams", Platform(people, people, poster))
    teams = Teams(
        adapter.connector,
        people,
        installation.delivery,
        installation.conversations,
        local=adapter.local,
    )

    async def seat_and_receive(activity: Json) -> Json | None:
        await seated()
        return await teams.receive(activity)

    app.cleanup_ctx.append(adapter.run_beside)
    add_teams(app, teams, adapter.receiver(seat_and_receive, teams.report_unchecked))
    app.on_startup.append(partial(_meet, installation, "teams", people.learn))


def _adapter(installation: Installation) -> TeamsAdapter:
    settings = installation.settings
    registration = BotRegistration(
        settings.teams_app_id,
        settings.teams_app_password,
        settings.teams_tenant_id,
        settings.teams_allowed_tenants,
        settings.teams_openid_url,
        settings.teams_login_url,
    )
    now = installation.backend.now
    return TeamsAdapter(registration, installation.seen, installation.metrics, now)


def _add_slack(app: web.Application, installation: Installation) -> None:
    settings = installation.settings
    api = SlackApi(settings.slack_bot_token, settings.slack_api_url)
    people = SlackPeople(api, prefix=settings.command_prefix)
    poster = SlackPoster(api, installation.delivery, settings.command_prefix)
    installation.register("slack", Platform(people, people, poster))
    http = settings.slack_mode == "http"
    keys = Keys(
        settings.slack_bot_token,
        settings.slack_api_url,
        "" if http else settings.slack_app_token,
        settings.command_prefix,
    )
    kept = Kept(installation.seen, installation.roles, installation.backend.now)
    slack = Slack(keys, api, people, installation.delivery, kept)
    add_slack(app, slack, _gate(installation) if http else None)
    app.on_startup.append(partial(_meet, installation, "slack", people.learn))


async def _meet(
    installation: Installation, platform: str, learn: Learn, _app: web.Application
) -> None:
    """Learn the names of the people who hold rights, so that answers call them by name."""
    holders = await installation.roles.holders(installation.partner, installation.backend.now())
    await learn(person for person, _ in holders if person.platform == platform)


def _gate(installation: Installation) -> Gate:
    key = SlackKey(installation.settings.slack_signing_secret)
    return Gate(key, installation.seen, installation.metrics, installation.backend.now)
