"""Which chat platforms this installation's settings switch on, wired to it."""

from functools import partial

from aiohttp import web

from analytics.values import OWN
from bot.gate import Gate, SlackKey
from bot.settings import Settings
from bot.slack.api import SlackApi
from bot.slack.app import Slack, add_slack
from bot.slack.people import SlackPeople
from bot.slack.ports import Kept, Keys
from bot.wiring import Installation


def lacking_for_slack(settings: Settings) -> list[str]:
    """The variables without which Slack stays off; none of them is ever done without."""
    needed = {"slack_bot_token": settings.slack_bot_token}
    if settings.slack_mode == "http":
        needed["slack_signing_secret"] = settings.slack_signing_secret
    else:
        needed["slack_app_token"] = settings.slack_app_token
    return [f"SEATWISE_{name.upper()}" for name, value in needed.items() if not value]


def add_platforms(app: web.Application, installation: Installation) -> bool:
    """Adds what is switched on to a program that is not running yet; whether anything is."""
    settings = installation.settings
    if lacking_for_slack(settings):
        return False
    api = SlackApi(settings.slack_bot_token, settings.slack_api_url)
    people = SlackPeople(api, prefix=settings.command_prefix)
    installation.people.platforms["slack"] = people
    installation.delivery.messengers["slack"] = people
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
    app.on_startup.append(partial(_meet, installation, people))
    return True


async def _meet(installation: Installation, people: SlackPeople, _app: web.Application) -> None:
    """Learns the names of those who hold rights, so that they are told by them."""
    holders = await installation.roles.holders(OWN, installation.backend.now())
    await people.learn(person for person, _ in holders if person.platform == "slack")


def _gate(installation: Installation) -> Gate:
    key = SlackKey(installation.settings.slack_signing_secret)
    return Gate(key, installation.seen, installation.metrics, installation.backend.now)
