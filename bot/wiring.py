"""The one module that knows every concrete class: settings in, a running installation out."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial

from analytics.values import PartnerId
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Unreadable
from bot.backend import CountingJournal, NameDirectory, RunningBackend
from bot.delivery import Delivery, Messenger
from bot.file_drop.child import Apart
from bot.file_drop.drop import DropParts, FileDropBox
from bot.health import Doctor
from bot.heartbeat import Heartbeat
from bot.log import log_error
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.painting import Painter
from bot.partner_center_settings import can_sync
from bot.partners import SERVED, facts_folder
from bot.scheduled_posts import Poster
from bot.scheduler.admin_notices import AdminNotices, NoticeDeps
from bot.scheduler.amounts_notice import AmountsNotice
from bot.scheduler.customer_names import CustomerNames
from bot.scheduler.digests.job import DigestJob
from bot.scheduler.digests.ports import DigestDeps
from bot.scheduler.old_audit import OldAudit
from bot.scheduler.ports import Chore, Job
from bot.scheduler.report_notices import ReportNotices
from bot.scheduler.run_loop import Scheduler
from bot.scheduler.sync_job import SyncDeps, SyncJob, sync_in_child
from bot.settings import Settings, database_url
from bot.store.announcements import AnnouncementStore
from bot.store.audit import Audit
from bot.store.audit_cut import AuditCut
from bot.store.buttons import ButtonStore
from bot.store.conversations import ConversationStore
from bot.store.database import Engine, opened_database
from bot.store.decisions import DecisionStore
from bot.store.digests import DigestStore
from bot.store.encryption import Sealer
from bot.store.ignored import IgnoredStore
from bot.store.replay_set import ReplayStore
from bot.store.reports import ReportStore
from bot.store.roles import RoleStore
from bot.store.schedule.daily_job import SYNC, keep_daily
from bot.store.schedule.digest_runs import DigestRunStore
from bot.store.schedule.schedule_rows import DIGEST_KINDS
from bot.store.shown_cards import CardStore
from bot.store.signins import SignInStore
from bot.sync_health import observe
from bot.work_folder import sweep_work_folders
from handlers.chat.asking import UserRef
from handlers.chat.services import People
from handlers.digest_parts import digest_parts
from handlers.messages.speaker import speaker

Clock = Callable[[], datetime]


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
    doctor: Doctor
    roles: RoleStore
    backend: RunningBackend
    delivery: Delivery
    metrics: Metrics
    people: NameDirectory
    seen: ReplayStore
    outbox: Outbox
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
    settings: Settings, names: Mapping[UserRef, str], clock: Clock = utc_now
) -> AsyncIterator[Installation]:
    """Open the store and wire everything; close both at the end. Raises what open_database does."""
    sweep_work_folders(settings.data_dir)
    async with opened_database(database_url(settings)) as engine:
        shared = _shared_parts(settings, engine, names, clock)
        with closing(Painter()) as painter, closing(shared.outbox), closing(shared.drops):
            yield _installation(settings, shared, painter)


@dataclass(frozen=True, slots=True)
class _SharedParts:
    """The stores and instruments that several parts of the program work with."""

    engine: Engine
    audit: Audit
    roles: RoleStore
    digests: DigestStore
    reports: ReportStore
    ignored: IgnoredStore
    runs: DigestRunStore
    sign_ins: SignInStore
    people: NameDirectory
    posters: dict[str, Poster]
    warehouse: Callable[[PartnerId], Warehouse]
    metrics: Metrics
    outbox: Outbox
    drops: FileDropBox
    heartbeat: Heartbeat
    clock: Clock


def _shared_parts(
    settings: Settings, engine: Engine, names: Mapping[UserRef, str], clock: Clock
) -> _SharedParts:
    @lru_cache
    def warehouse(partner: PartnerId) -> Warehouse:
        return Warehouse(facts_folder(settings.data_dir, partner))

    audit, metrics = Audit(engine, settings.secret_key), Metrics()
    return _SharedParts(
        engine=engine,
        audit=audit,
        roles=RoleStore(engine, audit, settings.admins),
        digests=DigestStore(engine, audit),
        reports=ReportStore(engine, audit),
        ignored=IgnoredStore(engine, audit),
        runs=DigestRunStore(engine, audit, clock),
        sign_ins=SignInStore(engine, audit, Sealer(settings.secret_key), SERVED, clock),
        people=NameDirectory(names),
        posters={},
        warehouse=warehouse,
        metrics=metrics,
        heartbeat=Heartbeat(settings.heartbeat_url, metrics),
        outbox=Outbox(settings.data_dir, clock),
        drops=FileDropBox(DropParts(settings, audit, warehouse(SERVED), clock, Apart())),
        clock=clock,
    )


def _installation(settings: Settings, its: _SharedParts, painter: Painter) -> Installation:
    doctor = Doctor(settings, its.roles, its.audit, its.warehouse, its.sign_ins)
    backend, seen = _backend(its, doctor), ReplayStore(its.engine)
    delivery = Delivery(backend, ButtonStore(its.engine), painter, its.metrics, seen)
    jobs: dict[str, Job] = {SYNC: _sync_job(its)}
    jobs |= dict.fromkeys(DIGEST_KINDS, _digest_job(its, delivery, backend))
    daily = settings.sync_at if can_sync(settings) else None
    return Installation(
        settings=settings,
        partner=SERVED,
        doctor=doctor,
        roles=its.roles,
        backend=backend,
        delivery=delivery,
        metrics=its.metrics,
        people=its.people,
        seen=seen,
        outbox=its.outbox,
        conversations=ConversationStore(its.engine),
        posters=its.posters,
        scheduler=Scheduler(its.runs, jobs, its.metrics, chores=_chores(settings, its)),
        sign_ins=its.sign_ins,
        sync_daily=partial(keep_daily, its.engine, SYNC, SERVED, daily),
    )


def _backend(its: _SharedParts, doctor: Doctor) -> RunningBackend:
    return RunningBackend(
        rights=its.roles,
        journal=CountingJournal(its.audit, its.metrics),
        people=its.people,
        digests=its.digests,
        reports=its.reports,
        ignored_products=its.ignored,
        decisions=DecisionStore(its.engine, its.audit),
        health=doctor,
        outgoing_files=its.outbox,
        file_drop=its.drops,
        warehouses=its.warehouse,
        clock=its.clock,
        metrics=its.metrics,
    )


def _digest_job(its: _SharedParts, delivery: Delivery, backend: RunningBackend) -> DigestJob:
    deps = DigestDeps(
        runs=its.runs,
        digests=its.digests,
        people=its.people,
        rights=its.roles,
        deliver=delivery.answer_digest,
        posters=its.posters,
        speaker=speaker,
        now=its.clock,
        metrics=its.metrics,
        parts=partial(digest_parts, backend=backend),
        cards=CardStore(its.engine, its.clock),
        beat=its.heartbeat.beat,
    )
    return DigestJob(deps)


def _sync_job(its: _SharedParts) -> SyncJob:
    deps = SyncDeps(
        runs=its.runs,
        once=partial(sync_in_child, "--quiet"),
        sign_ins=its.sign_ins,
        notices=_admin_notices(its),
        now=its.clock,
        metrics=its.metrics,
        observe=partial(_try_observe, its),
        beat=its.heartbeat.beat,
    )
    return SyncJob(deps)


def _admin_notices(its: _SharedParts) -> AdminNotices:
    deps = NoticeDeps(
        digests=its.digests,
        rights=its.roles,
        people=its.people,
        posters=its.posters,
        speaker=speaker,
        now=its.clock,
        partner=SERVED,
    )
    return AdminNotices(deps)


def _chores(settings: Settings, its: _SharedParts) -> tuple[Chore, ...]:
    audit = AuditCut(its.engine, settings.secret_key, SERVED)
    old_audit = OldAudit(partial(audit.cut, settings.keep_audit_months), its.clock)
    return (_amounts_notice(its), _report_notices(its), old_audit, its.outbox, its.drops)


def _amounts_notice(its: _SharedParts) -> AmountsNotice:
    told, notices = AnnouncementStore(its.engine, SERVED), _admin_notices(its)
    return AmountsNotice(told, notices, its.roles, its.people, SERVED, its.clock)


def _report_notices(its: _SharedParts) -> ReportNotices:
    return ReportNotices(
        reports=its.reports,
        notices=_admin_notices(its),
        people=its.people,
        names=CustomerNames(its.warehouse(SERVED), SERVED),
        partner=SERVED,
        now=its.clock,
    )


async def _try_observe(its: _SharedParts) -> None:
    """Set the metrics of the figures' age. Figures that cannot be read are the doctor's to tell."""
    try:
        await observe(its.metrics, its.sign_ins, its.warehouse(SERVED), its.clock())
    except Unreadable as error:  # runs go on
        log_error("facts not read", error)
