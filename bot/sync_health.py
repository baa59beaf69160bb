"""Findings on the connection to Partner Center and on its syncs, for `/doctor` and `/metrics`."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from analytics.sources.partner_center.progress import Progress, progress_file, read_progress
from analytics.values import Program
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Generation
from analytics.warehouse.fetch_states import FetchState
from analytics.warehouse.marks import Mark, by_cause
from bot.metrics import Metrics
from bot.partner_center_settings import missing_variables
from bot.settings import Settings
from bot.store.signins import SignInState, SignInStore
from handlers.chat.services import Finding, Level

_LONGEST_KEPT = timedelta(days=3)
"""Time in which a second sync should have agreed with the one that is doubted, or not."""


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
    sentence = f"doctor-{trouble or ('signed-in' if days else 'signed-in-today')}"
    level = Level.GOOD if not trouble else Level.BAD if standing.refused else Level.WATCH
    aged: dict[str, object] = {"n": days} if trouble or days else {}
    return Finding(level, f"{sentence}-{standing.sign_in.value}", aged)


def mark_findings(generation: Generation, today: date) -> list[Finding]:
    """Findings on the datasets that are not complete as of their last sync, one for each cause, and
    on each dataset in which a check found a fault. What an installation does without is no fault,
    nor is a list that waits for the next sync, unless it has waited for days.
    """
    marks = sorted(generation.marks.values(), key=lambda mark: mark.dataset)
    wrong = [Finding(Level.BAD, "", {}, (mark,)) for mark in marks if mark.mismatch]
    causes = by_cause(mark for mark in marks if not mark.mismatch)
    return [*wrong, *(Finding(_level(its[0], today), "", {}, its) for its in causes)]


def _level(mark: Mark, today: date) -> Level:
    kept = mark.state is FetchState.KEPT
    overdue = kept and (mark.as_of is None or today - mark.as_of > _LONGEST_KEPT)
    return Level.WATCH if overdue or mark.state is FetchState.FAILED else Level.LASTING


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
    metrics.note_datasets(tuple(generation.marks.values()) if generation else ())
    metrics.note_progress(its.rows if its else 0, its.calls if its else 0)


def _read(warehouse: Warehouse, now: datetime) -> tuple[Generation | None, Progress | None]:
    return warehouse.current(), read_progress(progress_file(warehouse.folder), now)
