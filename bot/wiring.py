"""The one module that knows every concrete class: settings in, a running installation out."""

import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

from analytics.values import PartnerId
from analytics.warehouse.facts import Unreadable, Warehouse
from bot.backend import CountingJournal, NameDirectory, RunningBackend
from bot.delivery import Delivery, Messenger
from bot.health import Doctor
from bot.log import log_error
from bot.metrics import Metrics
from bot.painting import Painter
from bot.partner_center_settings import can_sync
from bot.partners import SERVED, facts_folder
from bot.scheduled_posts import Poster
from bot.scheduler.digest_job import DigestJob
from bot.scheduler.ports import DigestDeps, Job
from bot.scheduler.run_loop import Scheduler
from bot.scheduler.sync_job import SyncDeps, SyncJob, sync_in_child
from bot.settings import Settings, database_url
from bot.store.audit import Audit
from bot.store.buttons import ButtonStore
from bot.store.conversations import ConversationStore
from bot.store.database import open_database
from bot.store.digests import DigestStore
from bot.store.encryption import Sealer
from bot.store.replay_set import ReplayStore
from bot.store.roles import RoleStore
from bot.store.schedule.daily_job import SYNC, keep_daily
from bot.store.schedule.runs import RunStore
from bot.store.schedule.schedule_rows import DIGEST
from bot.store.signins import SignInStore
from bot.sync_health import observe
from handlers.chat.asking import UserRef
from handlers.chat.services import People
from handlers.messages.speaker import speaker


@dataclass(frozen=True, slots=True)
class Platform:
    """A chat platform that runs, as the rest of the program reaches its people."""

    people: People | None
    """None where all of them are made up, and known by the names that the program started with."""
    messenger: Messenger
    poster: Poster


@dataclass(frozen=True, slots=True)
class Installation:
    """A wired program, for the web server, the command line and the tests."""

    settings: Settings
    partner: PartnerId
    """The partner it serves."""
    doctor: Doctor
    roles: RoleStore
    backend: RunningBackend
    delivery: Delivery
    metrics: Metrics
    people: NameDirectory
    seen: ReplayStore
    conversations: ConversationStore
    posters: dict[str, Poster]
    """Posters by platform."""
    scheduler: Scheduler
    """The scheduler; it does nothing until it is run."""
    sign_ins: SignInStore
    sync_daily: Callable[[datetime], Awaitable[None]]
    """Make the scheduler sync each day, or, without a connection, not sync any more."""

    def register(self, name: str, platform: Platform) -> None:
        """Add a platform before the program runs: the only way, so that none is half there."""
        if platform.people is not None:
            self.people.platforms[name] = platform.people
        self.delivery.messengers[name] = platform.messenger
        self.posters[name] = platform.poster


def utc_now() -> datetime:
    """The current time in UTC; the only clock outside tests."""
    return datetime.now(UTC)  # noqa: TID251 the clock that services.now is read from


@asynccontextmanager
async def open_installation(
    settings: Settings, names: Mapping[UserRef, str], clock: Callable[[], datetime] = utc_now
) -> AsyncIterator[Installation]:
    """Open the store and wire everything; close both again at the end. Raises what open_database
    raises.
    """

    @lru_cache
    def warehouse(partner: PartnerId) -> Warehouse:
        return Warehouse(facts_folder(settings.data_dir, partner))

    engine = await open_database(database_url(settings))
    painter = Painter()
    try:
        audit = Audit(engine, settings.secret_key)
        roles = RoleStore(engine, audit, settings.admins)
        metrics = Metrics()
        sign_ins = SignInStore(engine, audit, Sealer(settings.secret_key), SERVED, clock)
        doctor = Doctor(settings, roles, audit, warehouse, sign_ins)
        people = NameDirectory(names)
        digests = DigestStore(engine, audit)
        backend = RunningBackend(
            rights=roles,
            journal=CountingJournal(audit, metrics),
            people=people,
            digests=digests,
            health=doctor,
            warehouses=warehouse,
            clock=clock,
            metrics=metrics,
        )
        seen = ReplayStore(engine)
        delivery = Delivery(backend, ButtonStore(engine), painter, metrics, seen)
        posters: dict[str, Poster] = {}
        runs = RunStore(engine, audit, clock)
        digest_deps = DigestDeps(
            runs=runs,
            digests=digests,
            people=people,
            rights=roles,
            deliver=delivery.answer_digest,
            posters=posters,
            speaker=speaker,
            now=clock,
            metrics=metrics,
        )
        sync_deps = SyncDeps(
            runs=runs,
            once=partial(sync_in_child, "--quiet"),
            sign_ins=sign_ins,
            digests=digests,
            rights=roles,
            people=people,
            posters=posters,
            speaker=speaker,
            now=clock,
            metrics=metrics,
            partner=SERVED,
            observe=partial(_try_observe, metrics, sign_ins, warehouse, clock),
        )
        jobs: dict[str, Job] = {DIGEST: DigestJob(digest_deps), SYNC: SyncJob(sync_deps)}
        daily = settings.sync_at if can_sync(settings) else None
        yield Installation(
            settings=settings,
            partner=SERVED,
            doctor=doctor,
            roles=roles,
            backend=backend,
            delivery=delivery,
            metrics=metrics,
            people=people,
            seen=seen,
            conversations=ConversationStore(engine),
            posters=posters,
            scheduler=Scheduler(runs, jobs, metrics),
            sign_ins=sign_ins,
            sync_daily=partial(keep_daily, engine, SYNC, SERVED, daily),
        )
    finally:
        painter.close()
        await engine.dispose()


async def _try_observe(
    metrics: Metrics,
    sign_ins: SignInStore,
    warehouse: Callable[[PartnerId], Warehouse],
    clock: Callable[[], datetime],
) -> None:
    try:
        await observe(metrics, sign_ins, warehouse(SERVED), clock())
    except Unreadable as error:  # the doctor says so; runs go on
        log_error("facts not read", error)


def kept_secret(folder: Path) -> str:
    """A secret made once and kept in the folder, for the demonstration: it has no operator to
    choose one.
    """
    file = folder / "secret.key"
    folder.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        fresh = folder / f"secret.{secrets.token_hex(8)}.new"
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # whole or not at all; the first of several processes wins
            file.hardlink_to(fresh)
        fresh.unlink()
    return file.read_text()
