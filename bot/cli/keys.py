"""`seatwise keys rotate`: a new secret key takes the place of the old one."""

import argparse
import asyncio
import os
from dataclasses import replace

from analytics.warehouse.erased_file import ErasedFile, ErasedKeyLost
from analytics.warehouse.generations import Busy
from bot.cli.console import tell
from bot.environment import NEW_KEY, check_secret, new_key
from bot.erased_key import ErasedKeySeal
from bot.partners import facts_of
from bot.settings import Settings, database_url
from bot.store.database import opened_database
from bot.store.encryption import Unsealable
from bot.store.key_rotation import ChainBroken, rotate
from bot.wiring import utc_now
from handlers.messages.speaker import Speaker

SUMMARY = "Put a new secret key in the old one's place: sealed tokens and the audit live on."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the argument: the action, `rotate`."""
    parser.add_argument(
        "action",
        choices=["rotate"],
        help=f"seal everything with {NEW_KEY} of the environment instead of "
        "SEATWISE_SECRET_KEY; stop the bot first",
    )


def run(_options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Seal everything with the new key, or change nothing and say why."""
    check_secret(settings)
    new = new_key(os.environ)
    if not new or new == settings.secret_key:
        tell(say("keys-no-new", variable=NEW_KEY))
        return 2
    check_secret(replace(settings, secret_key=new))
    try:
        sealed = asyncio.run(_rotate(settings, new))
    except (ChainBroken, Unsealable, ErasedKeyLost):
        tell(say("keys-wrong-old"))
        return 1
    except Busy:
        tell(say("erased-busy"))
        return 1
    print(say("keys-rotated", n=sealed, variable=NEW_KEY))
    return 0


async def _rotate(settings: Settings, new: str) -> int:
    """Rotate the store's key, and that of the list of the erased: in between both keys open it."""
    folder, old_seal, new_seal = (
        facts_of(settings),
        ErasedKeySeal(settings.secret_key),
        ErasedKeySeal(new),
    )
    with ErasedFile(folder, old_seal).change() as erased:
        if erased.groups:
            ErasedFile(folder, old_seal).write(erased, (old_seal, new_seal))
        async with opened_database(database_url(settings)) as engine:
            resealed = await rotate(engine, settings.secret_key, new, utc_now)
        if erased.groups:
            ErasedFile(folder, new_seal).write(erased)
    return resealed
