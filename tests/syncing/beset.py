"""Syncs of a living partner with faults, on the first day and on the next one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from aiohttp import web

from tests.partner_center.company import Item
from tests.partner_center.faults import FAULTS
from tests.partner_center.list_faults import LOSSES, OF_LISTS, OF_RECORDS, Listed
from tests.partner_center.living import LivingCompany
from tests.partner_center.standin import Standin
from tests.syncing.days import START, Days, first_day
from tests.syncing.verdicts import Verdict, verdicts

ORDINARY = ("one-less",)
"""What a customer's leaving looks like, which is believed."""
SHORT = sorted(LOSSES.keys() - {*ORDINARY})
"""Lists that are whole by their own count, which only the day before gives away."""
EVERY = sorted([*FAULTS, *OF_RECORDS, *OF_LISTS])
SLOW = {"hang", "drip", "huge", "bomb"}
PLACES = (
    "/v1/customers?",
    "commercial/deployment",
    "commercial/usage",
    "analytics/subscriptions",
    "auditrecords",
    "/subscriptions",
    "usagerecords",
    "usermembers",
    "/subscribedskus",
    "usage/azure",
    "/v1/roles",
    "/meterusagerecords",
    "/resourceusagerecords",
    "/provisioningstatus",
)
LISTS = PLACES[:4]
"""Those of lists that are long enough to be doubted: of a few rows, the list's count is believed.
"""
TOGETHER = ("", "/v1/", "oauth2/token")
"""Places that are several datasets' at once."""
SMALL, LARGE, PAGE = 5, 16, 4
"""Customers of a partner, and rows of a page."""
SAID = {
    ("negative", "azure_meters"): "units may be given back",
    ("negative-money", "azure_spend"): "credits are below zero; check says how many",
    ("negative-money", "azure_category_costs"): "credits are below zero; check says how many",
    ("negative-money", "azure_subscription_costs"): "credits are below zero; check says how many",
    ("row-for-row", "azure_meters"): "rows without a key are as many facts as they are",
    ("split-row", "azure_meters"): "rows without a key are as many facts as they are",
}
"""What the source may say, so that it is no fault."""

Spot = tuple[str, str]
"""A fault, and words of the calls that it is in."""


@dataclass
class Beset(Standin):
    """A stand-in with several faults, each in calls of its own."""

    spots: Sequence[Spot] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        self.fault = next((fault for fault, _ in self.spots if fault in ("hang", "drip")), "")

    async def _spoilt(self, request: web.Request, answer: web.StreamResponse) -> web.StreamResponse:
        self._choose(request)
        return await super()._spoilt(request, answer)

    def _listed(self, items: list[Item], start: int, size: int, request: web.Request) -> Listed:
        self._choose(request)
        return super()._listed(items, start, size, request)

    def _choose(self, request: web.Request) -> None:
        named = [spot for spot in self.spots if spot[1] in str(request.rel_url)]
        self.fault, self.where = max(named, key=lambda spot: len(spot[1]), default=("", ""))


class Bought(LivingCompany):
    """A partner whose offers are of several products."""

    def subscriptions(self, tenant: str) -> list[Item]:
        """Those of a customer, each of its own offer."""
        return [
            {**each, "offerId": str(each["offerId"]).replace("LH18", f"LH{20 + at}")}
            for at, each in enumerate(super().subscriptions(tenant))
        ]


def company(customers: int, seed: int, age: int = 0) -> LivingCompany:
    """The partner some days after the first."""
    return Bought(customers, seed, (START + timedelta(days=age)).date(), azure=2)


async def _first(folder: Path, standin: Standin) -> dict[str, Verdict]:
    """After a first sync of this stand-in's company."""
    days = Days(folder / "facts")
    await days.sync(standin)
    return verdicts(days, [standin.company])


async def _next(folder: Path, standin: Standin) -> dict[str, Verdict]:
    """After a sync of it on the day after a whole one."""
    its = standin.company
    before = company(its.customers, its.seed)
    days = await first_day(folder, before)
    await days.sync(standin, START + timedelta(days=1))
    return verdicts(days, [before, its])


def wrong(found: dict[str, Verdict], faults: Iterable[str]) -> list[str]:
    """The datasets that are wrong without a word."""
    said = {dataset for fault, dataset in SAID if fault in faults}
    return [name for name, its in found.items() if its is Verdict.WRONG and name not in said]


def beset(fault: str, seed: int, age: int) -> Beset:
    """A stand-in with one fault, on the first day or the next: in another place with each seed."""
    every = LISTS if fault in LOSSES else (*PLACES, *TOGETHER)
    order = Random(fault).sample(every, len(every))  # noqa: S311 which comes first
    chance = Random(f"{fault}{seed}{age}")  # noqa: S311 how much is spoilt
    where = order[(2 * seed + age) % len(every)]
    its = company(LARGE if fault in LOSSES else SMALL, seed, age)
    standin = Beset(its, page=1000 if fault in LOSSES else PAGE, spots=[(fault, where)])
    if fault not in LOSSES:
        standin.chance = chance.choice((0.3, 1.0))
        standin.times = chance.choice((1, 5) if fault in SLOW else (1, 5, 10**9))
    return standin


async def its_verdicts(folder: Path, standin: Standin) -> dict[str, Verdict]:
    """After a sync of this stand-in: its company's first one, or that of the next day."""
    first = standin.company.today == START.date()
    return await (_first if first else _next)(folder, standin)


def mixtures(seed: int) -> list[list[Spot]]:
    """All faults, as many at once as there are places."""
    mixed = Random(seed).sample(EVERY, len(EVERY))  # noqa: S311 which go together
    size = len(PLACES)
    return [
        list(zip(mixed[at : at + size], PLACES, strict=False)) for at in range(0, len(mixed), size)
    ]


def runs(seeds: Iterable[int]) -> list[tuple[str, int, int]]:
    """Every fault, seed and day; what only the day before gives away on the next day alone."""
    ages = {**dict.fromkeys(EVERY, (0, 1)), **dict.fromkeys(SHORT, (1,))}
    return [(fault, seed, age) for seed in seeds for fault in ages for age in ages[fault]]
