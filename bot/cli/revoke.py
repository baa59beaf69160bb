"""`seatwise revoke slack:T…:U…`: the operator takes a right back, even of a vanished account."""

import argparse
import asyncio

from bot.cli.console import tell
from bot.environment import check_secret
from bot.settings import Settings
from bot.wiring import open_installation, utc_now
from handlers.chat.access import Grant
from handlers.chat.asking import UserRef
from handlers.chat.refusals import AdminBySettings, LastAdmin
from handlers.messages.speaker import Speaker

SUMMARY = "Take a person's right back, as the operator of this installation."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the argument: the person."""
    parser.add_argument(
        "person", help="slack:TEAM:USER or teams:TENANT:OBJECT-ID, as /who-has-analytics shows it"
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """End the right and write its audit row, or say what is wrong and change nothing. No chat
    platform is asked.
    """
    check_secret(settings)
    try:
        person = UserRef.parse(options.person)
    except ValueError:
        tell(say("grant-who", who=options.person))
        return 2
    try:
        before = asyncio.run(_take(settings, person))
    except LastAdmin:
        tell(say("last-admin-operator", who=str(person)))
        return 1
    except AdminBySettings:
        tell(say("revoke-by-settings", who=str(person)))
        return 1
    if not before:
        tell(say("revoke-nothing", who=str(person)))
        return 1
    role = say.enumeration([say(f"role-{grant.role.value}") for grant in before])
    print(say("revoke-done", who=str(person), role=role))
    return 0


async def _take(settings: Settings, person: UserRef) -> tuple[Grant, ...]:
    async with open_installation(settings, {}) as installation:
        return await installation.roles.take(person, installation.partner, utc_now())
