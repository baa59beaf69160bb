"""Checks of `/doctor` and `seatwise doctor`: settings, store, connection, data age and clock."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from analytics.rules import OLD_AFTER as RULE_IS_OLD_AFTER
from analytics.rules import dated_rules
from analytics.values import PartnerId, Program
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Generation, Unreadable
from bot.environment import Unsafe, check_secret
from bot.log import log_error
from bot.private_files import exposed_paths
from bot.settings import Settings
from bot.store.audit import Audit
from bot.store.database import STORE_ERRORS
from bot.store.signins import SignInStore
from bot.sync_health import connection_findings, mark_findings, progress_findings
from handlers.chat.asking import UserRef
from handlers.chat.services import Finding, Level, Rights

OLD_AFTER = timedelta(days=35)
"""Age of data after which an import was forgotten; usage is a month late at the source."""


@dataclass(frozen=True, slots=True)
class Doctor:
    """A checker of one installation. Every check gives a finding, whatever is broken."""

    settings: Settings
    rights: Rights
    audit: Audit
    warehouses: Callable[[PartnerId], Warehouse]
    sign_ins: SignInStore

    @property
    def program(self) -> Program:
        """The way in which the partner takes part in CSP."""
        return self.settings.program

    @property
    def searches_persons(self) -> bool:
        """True if the operator lets the activity log be searched by person."""
        return self.settings.search_by_person

    @property
    def azure_plans(self) -> int:
        """The number of Azure plans that a sync asks for their costs at most."""
        return self.settings.azure_plans

    @property
    def ranked_from(self) -> int:
        """The seats from which a customer is ranked among the best and the worst."""
        return self.settings.ranked_from

    async def findings(self, partner: PartnerId, now: datetime) -> tuple[Finding, ...]:
        """Findings on the settings first, then on the store, the connection, the data and the
        clock.
        """
        store = await self._store(partner, now)
        data = await asyncio.to_thread(self._data, partner, now)
        connection = await self._connection(partner, now)
        exposed = await asyncio.to_thread(self._exposure)
        sent = [Finding(Level.GOOD, "doctor-file-drop", {})] if self.settings.file_drop else []
        rest = (*connection, *sent, *data, *_old_rules(now.date()))
        return (self._secret(), *exposed, *store, *rest)

    async def obstacle(self, partner: PartnerId) -> str:
        """The obstacle to answering, `store` or `facts`; empty when there is none."""
        try:
            await self.audit.writable(partner)
            await asyncio.to_thread(self.warehouses(partner).current)
        except STORE_ERRORS as error:
            log_error("store not ready", error)
            return "store"
        except Unreadable as error:
            log_error("facts not ready", error)
            return "facts"
        return ""

    def _secret(self) -> Finding:
        try:
            check_secret(self.settings)
        except Unsafe:
            return Finding(Level.WATCH, "doctor-secret-missing", {})
        return Finding(Level.GOOD, "doctor-secret", {})

    def _exposure(self) -> list[Finding]:
        """Find data that other users of the machine can read: those that belong to another user
        could not be narrowed at the start.
        """
        exposed = exposed_paths(self.settings)
        values: dict[str, object] = {"n": len(exposed), "path": exposed[0] if exposed else ""}
        return [Finding(Level.WATCH, "doctor-exposed", values)] if exposed else []

    async def _store(self, partner: PartnerId, now: datetime) -> list[Finding]:
        """Findings on the store: whether it can be written, its admins and its audit; if it fails,
        only that.
        """
        try:
            await self.audit.writable(partner)
            admins = await self.rights.admins(partner, now)
            broken = await self.audit.broken_at(partner)
        except STORE_ERRORS:
            return [Finding(Level.BAD, "doctor-store-broken", {})]
        return [Finding(Level.GOOD, "doctor-store", {}), self._admins(admins), self._audit(broken)]

    async def _connection(self, partner: PartnerId, now: datetime) -> list[Finding]:
        try:
            standings = await self.sign_ins.standings()
        except STORE_ERRORS:
            return []  # the finding on the store says it already
        running = await asyncio.to_thread(progress_findings, self.warehouses(partner).folder, now)
        return [*connection_findings(self.settings, standings, now), *running]

    def _admins(self, admins: Sequence[UserRef]) -> Finding:
        if not admins:
            return Finding(Level.WATCH, "doctor-no-admins", {})
        return Finding(Level.GOOD, "doctor-admins", {"n": len(admins)})

    def _audit(self, broken: int | None) -> Finding:
        if broken is None:
            return Finding(Level.GOOD, "doctor-audit", {})
        return Finding(Level.BAD, "doctor-audit-broken", {"row": broken})

    def _data(self, partner: PartnerId, now: datetime) -> list[Finding]:
        try:
            generation = self.warehouses(partner).current()
        except Unreadable:
            return [Finding(Level.BAD, "doctor-data-broken", {})]
        if generation is None:
            return [Finding(Level.WATCH, "doctor-no-data", {})]
        ages, marks = self._ages(generation, now), mark_findings(generation, now.date())
        return [*ages, *marks, self._clock(generation, now)]

    def _ages(self, generation: Generation, now: datetime) -> list[Finding]:
        newest = {s.service: s.day for s in generation.snapshots}
        made_up = [Finding(Level.WATCH, "doctor-made-up", {})] if generation.made_up else []
        missing = sum(s.missing for s in generation.snapshots if newest[s.service] == s.day)
        incomplete = [Finding(Level.WATCH, "doctor-incomplete", {"n": missing})] if missing else []
        names = generation.names["services"]
        ages = [
            _age(names.get(service, service), day, now.date())
            for service, day in sorted(newest.items())
        ]
        return [*made_up, *ages, *incomplete]

    def _clock(self, generation: Generation, now: datetime) -> Finding:
        """Find a clock that is behind data already written: it is wrong, and the clock decides who
        may see which figures.
        """
        newest = max(s.day for s in generation.snapshots) if generation.snapshots else now.date()
        behind = now < generation.built - timedelta(minutes=5) or newest > now.astimezone(
            UTC
        ).date() + timedelta(days=1)
        return Finding(
            Level.BAD if behind else Level.GOOD,
            "doctor-clock-behind" if behind else "doctor-clock",
            {"now": now},
        )


def _old_rules(today: date) -> list[Finding]:
    """Find rules of Microsoft's whose source was last read long ago: they may have changed."""
    old = [rule for rule in dated_rules().values() if rule.is_old(today)]
    checked = min((rule.checked for rule in old), default=today)
    values: dict[str, object] = {"n": len(old), "day": checked, "days": RULE_IS_OLD_AFTER.days}
    return [Finding(Level.WATCH, "doctor-rules-old", values)] if old else []


def _age(service: str, day: date, today: date) -> Finding:
    """Find how old a service's newest figures are."""
    level = Level.GOOD if today - day <= OLD_AFTER else Level.WATCH
    told: dict[str, object] = {"service": service, "day": day}
    if day == today:
        return Finding(level, "doctor-data-age-today", told)
    return Finding(level, "doctor-data-age", {**told, "n": max((today - day).days, 0)})
