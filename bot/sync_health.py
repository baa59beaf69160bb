"""Findings on the connection to Partner Center and on its syncs, for `/doctor` and `/metrics`."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from analytics.sources.partner_center.progress import Progress, progress_file, read_progress
from analytics.values import Program
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Generation
from bot.metrics import Metrics
from bot.partner_center_settings import missing_variables
from bot.settings import Settings
from bot.store.signins import SignInState, SignInStore
from handlers.chat.services import Finding, Level

_AS_IT_IS = frozenset({"sync-why-not-for-program", "sync-why-insights-not-connected"})


def connection_findings(
    settings: Settings, standings: Sequence[SignInState], now: datetime
) -> list[Finding]:
    """Findings on the connection: whether it is set up and signed in, and for how long."""
    if settings.program is Program.INDIRECT_RESELLER:
        return [Finding(Level.GOOD, "doctor-by-downloads", {})]
    if len(missing := missing_variables(settings)) == 3:
        return [Finding(Level.GOOD, "doctor-not-connected", {})]
    if missing:
        return [Finding(Level.BAD, "doctor-connection-half", {"missing": ", ".join(missing)})]
    if not standings:
        return [Finding(Level.WATCH, "doctor-not-signed-in", {})]
    return [_sign_in_finding(standing, now) for standing in standings]


def _sign_in_finding(standing: SignInState, now: datetime) -> Finding:
    trouble = standing.trouble(now)
    days = max((now - standing.renewed).days, 0)
    sentence = f"doctor-{trouble or 'signed-in'}"
    level = Level.GOOD if not trouble else Level.BAD if standing.refused else Level.WATCH
    return Finding(level, f"{sentence}-{standing.sign_in.value}", {"n": days})


def mark_findings(generation: Generation) -> list[Finding]:
    """Findings on each dataset that is not complete as of its last sync, or in which a check found
    a fault. A dataset that is not offered to the partner is no finding: it is the same every day.
    """
    return [
        Finding(Level.BAD if mark.mismatch else Level.WATCH, "", {}, mark)
        for mark in sorted(generation.marks.values(), key=lambda mark: mark.dataset)
        if mark.mismatch or not {reason.sentence for reason in mark.reasons} <= _AS_IT_IS
    ]


def progress_findings(folder: Path, now: datetime) -> list[Finding]:
    """A finding on the sync that runs now; empty where none runs."""
    its = read_progress(progress_file(folder), now)
    if its is None:
        return []
    counted: dict[str, object] = {"done": its.done, "parts": its.parts}
    counted |= {"rows": its.rows, "calls": its.calls}
    return [Finding(Level.GOOD, "doctor-sync-running", counted)]


async def observe(
    metrics: Metrics, sign_ins: SignInStore, warehouse: Warehouse, now: datetime
) -> None:
    """Note for Prometheus the age of each sign-in and each dataset, and the progress of a sync."""
    for standing in await sign_ins.standings():
        metrics.note_sign_in(standing.sign_in.value, (now - standing.renewed).total_seconds())
    generation, its = await asyncio.to_thread(_read, warehouse, now)
    for mark in generation.marks.values() if generation else ():
        midnight = datetime.combine(mark.as_of, time(), UTC) if mark.as_of else None
        whole = not mark.reasons and not mark.mismatch
        metrics.note_dataset(mark.dataset, midnight.timestamp() if midnight else 0.0, whole=whole)
    metrics.note_progress(its.rows if its else 0, its.calls if its else 0)


def _read(warehouse: Warehouse, now: datetime) -> tuple[Generation | None, Progress | None]:
    return warehouse.current(), read_progress(progress_file(warehouse.folder), now)
