"""`seatwise doctor`: the health of the installation, in sentences."""

import argparse
import asyncio

from bot.settings import Settings
from bot.store.database import STORE_ERRORS
from bot.wiring import open_installation
from handlers.chat.services import Finding, Level
from handlers.commands.doctor import report
from handlers.messages.speaker import Speaker

SUMMARY = "Check settings, store, data age and clock."


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Add no arguments."""


def run(_options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Return 0 where no check is bad, 1 where one is."""
    findings = asyncio.run(_findings(settings))
    print("\n".join(report(findings, say)))
    return int(any(finding.level is Level.BAD for finding in findings))


async def _findings(settings: Settings) -> tuple[Finding, ...]:
    try:
        async with open_installation(settings, {}) as installation:
            return await installation.doctor.findings(
                installation.partner, installation.backend.now()
            )
    except STORE_ERRORS:
        return (Finding(Level.BAD, "doctor-store-broken", {}),)
