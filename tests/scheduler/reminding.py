"""Days and years of reminders: a source whose terms end and renew, synced as the product decides,
with the real job, store and question; what each morning's message named is written down.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from analytics.questions.renewals.due import DueRenewals
from analytics.questions.renewals.lines import RenewalLine
from analytics.sources.partner_center.reports import REPORTS, KnownParts
from analytics.tables import SUBSCRIPTIONS, Cell, Row
from analytics.values import OWN, TenantId
from analytics.warehouse.building.build import build
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.generations import Generations
from analytics.warehouse.marks import Mark
from bot.environment import read_settings
from bot.partners import facts_folder
from bot.settings import database_url
from bot.store.database import opened_database
from bot.store.decisions import DecisionStore
from bot.wiring import open_installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import Room, RoomKind, UserRef
from handlers.chat.decisions import DecisionKind, DecisionOrder, DecisionSubject, TermState
from handlers.chat.digests import Plan
from handlers.output.decisions import terms_to_decide
from tests.questions.renewing import sold
from tests.scheduler.letterbox import Letterbox
from tests.scheduler.staging import Stage
from tests.store.entries import ADA, SECRET
from tests.warehouse.rows import META, tenant

CLEO = UserRef("teams", "T2", "CLEO")
WATCHERS = (ADA, CLEO)
_PLAN = next(each for each in REPORTS if each.dataset is SUBSCRIPTIONS)
_YEAR = timedelta(days=365)
_EIGHT, _FIVE = time(8, 1, tzinfo=UTC), time(5, tzinfo=UTC)


@dataclass
class Sold:
    """A subscription of a year in the made-up source, as it is on a day."""

    customer: TenantId
    number: str
    ends: date
    auto_renew: bool
    renewed: date | None = None

    def row(self) -> Row:
        """The source's row of it."""
        cells: dict[str, Cell] = {"auto_renew": self.auto_renew, "ends": self.ends}
        cells |= {"starts": self.ends - _YEAR, "created": self.ends - 3 * _YEAR}
        cells |= {} if self.auto_renew else {"scheduled_actions": "[]"}
        if self.renewed:
            until = datetime.combine(self.renewed + timedelta(days=7), time(10, 12))
            cells["cancellable_until"] = until
        return replace_tenant(sold(f"x/{self.number}", **cells), self.customer)

    def pass_day(self, today: date) -> None:
        """Renew it by itself on the day after its term, whatever was chosen."""
        if today > self.ends:
            self.ends += _YEAR
            self.renewed, self.auto_renew = today, True


def replace_tenant(row: Row, customer: TenantId) -> Row:
    """The row of another customer."""
    return (customer, *row[1:])


@dataclass(frozen=True)
class Letter:
    """One message of a reminder."""

    to: UserRef
    day: date
    terms: frozenset[str]
    """Keys of all that it is about: named, or counted and in its file."""
    named: frozenset[str]
    said: str
    unseen: frozenset[str] = frozenset()
    """Keys of those whose facts are too old for a deadline within a week."""

    def could_not_look(self, term: str) -> bool:
        """Check whether it says so of a term whose facts are too old, not only of another."""
        return term in self.unseen and "I could not look since" in self.said


@dataclass
class Years:
    """The made-up source, its facts, and everything that reminds of them."""

    folder: Path
    stage: Stage
    decisions: DecisionStore
    source: list[Sold]
    box: Letterbox
    today: date
    letters: list[Letter] = field(default_factory=list)
    kept: dict[str, datetime] = field(default_factory=dict)
    """When each term was decided, by its key."""
    ended: dict[str, date] = field(default_factory=dict)
    """The last day of each term of the source that is over, by its key."""
    _asked: dict[str, date] = field(default_factory=dict)

    def set_clock(self, at: datetime) -> None:
        self.stage.ahead += at - self.stage.now()

    async def pass_day(self, *, synced: bool = True, up: bool = True) -> None:
        """The next day: its sync at five, its reminders at eight."""
        self.today += timedelta(days=1)
        for each in self.source:
            self._note_end(each)
            each.pass_day(self.today)
        self.set_clock(datetime.combine(self.today, _FIVE))
        if synced:
            self.sync()
        self.set_clock(datetime.combine(self.today, _EIGHT))
        if up:
            await self._remind()

    async def keep(self, key: str, by: UserRef) -> None:
        """Decide that a term stays as it is."""
        about = DecisionSubject.parse(key)
        state = next(line for line in self._seen if line.identity.key == key)
        order = DecisionOrder(
            OWN,
            about,
            TermState(state.case.value, state.act_by.date()),
            DecisionKind.KEEP,
            None,
            "",
            by,
            self.stage.now(),
        )
        await self.decisions.decide(order)
        self.kept[key] = self.stage.now()

    @property
    def _seen(self) -> tuple[RenewalLine, ...]:
        """The decisions of the newest message."""
        result = self.box.letters[-1].delivered.result
        assert isinstance(result, DueRenewals)
        return result.lines

    def _note_end(self, its: Sold) -> None:
        if self.today > its.ends:
            key = f"renewal-term/{its.customer}/{its.number}/{its.ends}"
            self.ended[key] = its.ends

    def sync(self) -> None:
        """Ask again whom the product asks again."""
        facts, file = facts_folder(self.folder, OWN), self.folder / "staging.duckdb"
        by = {each.customer: each for each in self.source}
        with Staging(file) as staging:
            staging.start_day(self.today)
            staging.set_beside(Generations(facts).current())
            due = staging.standing.due_tenants(self.today)
            known = KnownParts(self.today, {SUBSCRIPTIONS.name: self._asked}, tuple(by), due=due)
            for step in _PLAN.steps(known):
                staging.add(SUBSCRIPTIONS, step.part, [by[TenantId(step.part)].row()], "")
                self._asked[step.part] = self.today
            staging.mark(Mark(SUBSCRIPTIONS.name, self.today))
        build(facts, (), META, staged=file)
        file.unlink()

    async def _remind(self) -> None:
        await self.stage.runs.tick()
        for claim in await self.stage.runs.claim(10, ()):
            before = len(self.box.letters)
            await self.stage.job.run(claim)
            self.letters += [self._letter(each) for each in range(before, len(self.box.letters))]

    def _letter(self, at: int) -> Letter:
        post, said = self.box.letters[at], self.box.said[at]
        result = post.delivered.result
        lines = result.lines if isinstance(result, DueRenewals) else ()
        terms = frozenset(line.identity.key for line in lines)
        named = frozenset(terms_to_decide(post.delivered.reply.parts))
        unseen = frozenset(line.identity.key for line in lines if self._is_unseen(line))
        return Letter(post.to.person, self.today, terms, named, said, unseen)

    def _is_unseen(self, line: RenewalLine) -> bool:
        """Check whether it was fetched two days ago or earlier, and is due within seven."""
        old = line.fetched is not None and self.today - line.fetched >= timedelta(days=2)
        return old and (line.act_by.date() - self.today).days <= 7

    def by_term(self, to: UserRef) -> Mapping[str, list[Letter]]:
        """The messages to a person, by the terms that they are about."""
        found: dict[str, list[Letter]] = defaultdict(list)
        for letter in self.letters:
            for term in letter.terms if letter.to == to else ():
                found[term].append(letter)
        return found


@asynccontextmanager
async def years(
    folder: Path, first: date, customers: int, spread: int, seed: int
) -> AsyncIterator[Years]:
    """The evening before the first day, with a reminder for Ada in Slack and one for Cleo in Teams.
    The terms of a year end in the first `spread` days; two in five with a month; one in five does
    not renew by itself.
    """
    chance = Random(seed)  # noqa: S311 a made-up world
    source = [
        _sold(at, first + timedelta(days=chance.randrange(spread)), chance)
        for at in range(customers)
    ]
    settings = replace(read_settings({"SEATWISE_SECRET_KEY": SECRET}), data_dir=folder)
    async with opened_database(database_url(settings)) as engine:
        stage, box = Stage(engine), Letterbox()
        names = {ADA: "Ada", CLEO: "Cleo"}
        async with open_installation(settings, names, stage.now) as wired:
            stage.posters.update(slack=box, teams=box)
            stage.lent = replace(stage.lent, deliver=wired.delivery.answer_digest)
            stage.job = type(stage.job)(stage.lent)
            its = Years(folder, stage, DecisionStore(engine, stage.audit), source, box, first)
            its.today = first - timedelta(days=1)
            its.set_clock(datetime.combine(its.today, time(20, tzinfo=UTC)))
            its.sync()
            for who in WATCHERS:
                right = Grant(Role.VIEWER, OWN, None, None, "", "operator", stage.now())
                await wired.roles.give(who, right)
                await stage.digests.save([_plan()], who, OWN, stage.now())
            yield its


def _plan() -> Plan:
    due = "/renewals due"
    return Plan(due, due, "0 8 * * 1-5", "UTC", "en", Room("", RoomKind.PRIVATE, OWN))


def _sold(at: int, ends: date, chance: Random) -> Sold:
    if chance.random() < 0.4:
        ends = (ends.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return Sold(tenant(f"Customer {at}"), f"s{at}", ends, chance.random() < 0.8)
