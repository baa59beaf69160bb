"""How the connection to Partner Center is, for `/doctor`."""

from collections.abc import Sequence
from datetime import datetime

from analytics.values import Program
from bot.connection import lacking
from bot.settings import Settings
from bot.store.signins import Standing
from handlers.chat.services import Finding, Level


def connection_findings(
    settings: Settings, standings: Sequence[Standing], now: datetime
) -> list[Finding]:
    """Whether it is set up, signed in, and for how long that will do."""
    if settings.program is Program.INDIRECT_RESELLER:
        return [Finding(Level.GOOD, "doctor-by-downloads", {})]
    if len(missing := lacking(settings)) == 3:
        return [Finding(Level.GOOD, "doctor-not-connected", {})]
    if missing:
        return [Finding(Level.BAD, "doctor-connection-half", {"missing": ", ".join(missing)})]
    if not standings:
        return [Finding(Level.WATCH, "doctor-not-signed-in", {})]
    return [_signed_in(standing, now) for standing in standings]


def _signed_in(standing: Standing, now: datetime) -> Finding:
    trouble = standing.trouble(now)
    days = max((now - standing.renewed).days, 0)
    sentence = f"doctor-{trouble or 'signed-in'}"
    level = Level.GOOD if not trouble else Level.BAD if standing.refused else Level.WATCH
    return Finding(level, f"{sentence}-{standing.sign_in.value}", {"n": days})
