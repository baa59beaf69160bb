"""Services that the running program lends to answer(): facts, rights, languages, clock, audit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

from analytics.values import PartnerId, Program
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from bot.log import log, log_error
from bot.metrics import Metrics
from handlers.backend import Journal, JournalEntry
from handlers.chat.access import Access, Permission
from handlers.chat.accounts import Account, AccountKind, Recency
from handlers.chat.asking import Ask, Room, RoomKind, UserRef
from handlers.chat.audience import Crowd
from handlers.chat.decisions import Decisions
from handlers.chat.digests import Digests
from handlers.chat.dropped_files import FileDrop, NoDataDropped
from handlers.chat.ignored_products import IgnoredProducts
from handlers.chat.outgoing_files import OutgoingFiles
from handlers.chat.refusals import NoDataByApi
from handlers.chat.reports import Reports
from handlers.chat.services import Health, People, Rights
from handlers.messages.speaker import Speaker, speaker


@dataclass(frozen=True, slots=True)
class NameDirectory:
    """Names and accounts of people, from the platform that each of them belongs to."""

    names: Mapping[UserRef, str]
    """Names of the made-up people, who are always members."""
    platforms: dict[str, People] = field(default_factory=dict)
    """The running platforms by name. A terminal has none: there the operator's word counts."""

    def display_name(self, person: UserRef) -> str:
        """The person's name, or their id as text where it is not known."""
        platform = self.platforms.get(person.platform)
        return platform.display_name(person) if platform else self.names.get(person, str(person))

    def known_account(self, person: UserRef) -> Account:
        """The account as its platform last described it. Where the platform does not run, made-up
        people are members, and so are all people in a terminal; of others nothing is known.
        """
        platform = self.platforms.get(person.platform)
        if platform:
            return platform.known_account(person)
        if person in self.names or not (self.names or self.platforms):
            return Account(person, self.display_name(person), AccountKind.MEMBER)
        return Account(person, self.display_name(person), None, Recency.NEVER)

    async def account(
        self, person: UserRef, *, sure: bool = False, room: Room | None = None
    ) -> Account:
        """The account as its platform describes it now, or as known where the platform does not
        run.
        """
        platform = self.platforms.get(person.platform)
        if platform is None:
            return self.known_account(person)
        return await platform.account(person, sure=sure, room=room)

    async def crowd(self, ask: Ask, *, fresh: bool) -> Crowd:
        """The people of the ask's room as the platform counts them; unknown where the platform does
        not run.
        """
        platform = self.platforms.get(ask.asker.platform)
        if platform is None:
            return Crowd("", RoomKind.GROUP, None, "room-unknown")
        return await platform.crowd(ask, fresh=fresh)


@dataclass(frozen=True, slots=True)
class CountingJournal:
    """An audit that also counts and logs the questions it records."""

    journal: Journal
    metrics: Metrics

    async def record(self, entry: JournalEntry) -> None:
        """Write the row, then count the question; raises what the audit raises."""
        try:
            await self.journal.record(entry)
        except Exception:
            self.metrics.count_unaudited()
            raise
        self.metrics.count_question(entry.command, entry.outcome.value)
        log(
            "question",
            request=entry.ask.id,
            platform=entry.ask.asker.platform,
            command=entry.command,
            outcome=entry.outcome.value,
        )


@dataclass(frozen=True, slots=True)
class RunningBackend:
    """The handlers.backend.Backend of a process that serves one partner or more."""

    rights: Rights
    journal: Journal
    people: NameDirectory
    digests: Digests
    reports: Reports
    ignored_products: IgnoredProducts
    decisions: Decisions
    health: Health
    outgoing_files: OutgoingFiles
    file_drop: FileDrop
    warehouses: Callable[[PartnerId], Warehouse]
    clock: Callable[[], datetime]
    metrics: Metrics

    def facts(self, access: Access, generation: int | None = None) -> Facts | None:
        """The partner's generation of that number while it is kept, else the current one, cut to
        the key's sight; None before the first import. Raises NoDataByApi then for an indirect
        reseller, whose data never comes by itself.
        """
        warehouse = self.warehouses(access.partner)
        kept = warehouse.generation(generation) if generation else None
        return Facts(kept, access.sight) if kept else self._newest(warehouse, access)

    def _newest(self, warehouse: Warehouse, access: Access) -> Facts | None:
        generation = warehouse.current()
        if generation is None:
            if self.health.program is Program.INDIRECT_RESELLER:
                sends = self.file_drop.takes_files and access.may(Permission.IMPORT)
                raise NoDataDropped if sends else NoDataByApi
            return None
        if generation.snapshots:
            newest = datetime.combine(max(s.day for s in generation.snapshots), time(), UTC)
            self.metrics.note_newest_facts(access.partner, newest.timestamp())
        return Facts(generation, access.sight)

    def speaker(self, locale: str, zone: str) -> Speaker:
        """The speaker of the reader's language; English where it has no catalogue. Moments are
        told by the clocks of their zone.
        """
        return speaker(locale, zone)

    def now(self) -> datetime:
        """The time of the installation's clock."""
        return self.clock()

    def trouble(self, ask: Ask, error: Exception) -> None:
        """Log one line with the ask's id, which the asker was told."""
        log_error("answer failed", error, request=ask.id, platform=ask.asker.platform)
