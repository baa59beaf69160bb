"""The calls that make up each dataset, one line each, and the parts that are fetched again."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from analytics.rules import dated_rule
from analytics.sources.partner_center.page_model import Bearer, Call, Paging
from analytics.tables import (
    AUDIT,
    AZURE_CATEGORY_COSTS,
    AZURE_METERS,
    AZURE_SPEND,
    AZURE_SUBSCRIPTION_COSTS,
    CUSTOMERS,
    DEPLOYMENT,
    DEPLOYMENT_TOTALS,
    OFFER_SKUS,
    ROLE_MEMBERS,
    SUBSCRIBED_SKUS,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
    USAGE,
    USAGE_TOTALS,
    Dataset,
)
from analytics.tables.offer_skus import PROVISIONING_STATUS
from analytics.values import TenantId
from analytics.warehouse.building.sold_subscriptions import OfferToAsk
from analytics.warehouse.marks import Reason

LOOK_BACK = dated_rule("activity-kept").numbers["days"] - 1
"""Days before today of which activity is fetched at first: the source refuses older ones."""
_RESTATED = 7
"""Days of Azure usage to fetch again: the source corrects recent usage."""
_METERS_BACK = 60
_WEEK = timedelta(days=7)
AZURE_PLANS = 500
"""Azure plans that are asked for their costs each day, unless a setting says otherwise."""
OFFERS_A_DAY = 100
"""Offers whose product is asked for in a day; each is asked for once."""


@dataclass(frozen=True, slots=True)
class KnownParts:
    """The parts known already, and the facts that this sync has fetched so far."""

    today: date
    parts: Mapping[str, Mapping[str, date]] = field(default_factory=dict)
    """The day each part was last fetched whole, by dataset and part."""
    tenants: Sequence[TenantId] = ()
    stirred: Collection[str] = ()
    """Tenants that the new activity names, or whose subscriptions changed in the daily list."""
    due: Collection[str] = ()
    """Tenants with a subscription that may be changed these days."""
    unasked: Sequence[str] = ()
    """Tenants with a subscription near its end of which it is not known what is scheduled, the
    nearest end first: they are asked before all others.
    """
    roles: Mapping[str, str] = field(default_factory=dict)
    """Names of Partner Center roles by id."""
    plans: Sequence[tuple[str, str]] = ()
    """Customer and id of each Azure plan, the dearest customers first."""
    most_plans: int = AZURE_PLANS
    """How many of them are asked for their costs; of the others there are units alone."""
    offers: Sequence[OfferToAsk] = ()
    """The offers sold whose product is not known."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a dataset, and the call that gives it whole."""

    part: str
    call: Call
    given: Mapping[str, str] = field(default_factory=dict)
    """Fields of its rows that stand in the call alone."""
    day: date | None = None
    """The only day that its rows may be of; the dataset's first column tells it."""


@dataclass(frozen=True, slots=True)
class FetchPlan:
    """A dataset and the steps that fetch it."""

    dataset: Dataset
    steps: Callable[[KnownParts], list[Step]]
    instead: "FetchPlan | None" = None
    """The report to fetch if this one cannot be had."""
    by_customer: bool = False
    """True if each customer is a part, asked for when needed."""
    denied_words: str = ""
    """The reason's id if parts that the account may not see are left out and counted, as customers
    without GDAP are; empty if they are a failure.
    """
    by_sold: bool = False
    """True if its parts are of what was sold: Azure plans, or offers."""
    beyond: Callable[[KnownParts], tuple[Reason, ...]] = lambda _: ()
    """The reason why not all of its parts are asked for, if there are too many for a day."""
    rests_on: tuple[tuple[Dataset, str], ...] = ()
    """Datasets that tell its steps, each with a reason's id: if one is incomplete, so is this.
    """


def _whole(
    dataset: Dataset, paging: Paging, bearer: Bearer, size: int = 0
) -> Callable[[KnownParts], list[Step]]:
    def steps(known: KnownParts) -> list[Step]:
        call = Call(dataset.endpoint, paging, bearer, size=size)
        return [Step("", call, {"fetched": known.today.isoformat()})]

    return steps


def _activity(known: KnownParts) -> list[Step]:
    """Return a step for each day not yet fetched for good; always for yesterday and today."""
    done = known.parts.get(AUDIT.name, {})
    first = known.today - timedelta(days=LOOK_BACK)
    days = [first + timedelta(days=back) for back in range(LOOK_BACK + 1)]
    open_days = [day for day in days if done.get(day.isoformat(), date.min) <= day + timedelta(1)]
    return [Step(day.isoformat(), _on(day), day=day) for day in open_days]


def _on(day: date) -> Call:
    query = {"startDate": day.isoformat(), "endDate": day.isoformat()}
    return Call(AUDIT.endpoint, Paging.SEEK, Bearer.APP, query, size=500)


def _meters(known: KnownParts) -> list[Step]:
    done = known.parts.get(AZURE_METERS.name, {})
    days = [known.today - timedelta(days=back) for back in range(_METERS_BACK, 0, -1)]
    wanted = [
        day for day in days if day.isoformat() not in done or (known.today - day).days <= _RESTATED
    ]
    return [Step(day.isoformat(), _meter_call(day), day=day) for day in wanted]


def _meter_call(day: date) -> Call:
    query = {"filter": f"usageDate eq cast('{day}',Edm.DateTimeOffset)"}
    return Call(AZURE_METERS.endpoint, Paging.TOP_SKIP, Bearer.USER, query, size=10_000)


def _by_customer(dataset: Dataset, bearer: Bearer) -> Callable[[KnownParts], list[Step]]:
    """Return a function that gives the steps: new customers, those of whom the activity or the
    daily list tells a change, and each customer once a week, because the source counts calls.
    Subscriptions near their end or purchase are asked for each day: no activity tells of a renewal;
    those first of which it is not known yet what is scheduled.
    """

    def steps(known: KnownParts) -> list[Step]:
        done = known.parts.get(dataset.name, {})
        old = known.today - _WEEK
        first = known.unasked if dataset is SUBSCRIPTIONS else ()
        again = {*known.stirred, *(known.due if dataset is SUBSCRIPTIONS else ()), *first}
        asked = [
            tenant
            for tenant in known.tenants
            if done.get(tenant, date.min) <= old or tenant in again
        ]
        return [
            Step(tenant, _of(dataset, bearer, tenant), {"customer-id": tenant})
            for tenant in _in_turn(asked, first)
        ]

    return steps


def _in_turn(tenants: Sequence[TenantId], first: Sequence[str]) -> list[TenantId]:
    """Return the tenants, those of `first` before the others and in its order."""
    turn = {tenant: at for at, tenant in enumerate(first)}
    return sorted(tenants, key=lambda tenant: turn.get(tenant, len(turn)))


def _of(dataset: Dataset, bearer: Bearer, tenant: TenantId) -> Call:
    path = dataset.endpoint.replace("{customer-id}", tenant)
    return Call(path, Paging.NONE, bearer, customer=tenant)


def _by_plan(dataset: Dataset) -> Callable[[KnownParts], list[Step]]:
    """Return a function that gives the steps: a plan each, once a day."""

    def steps(known: KnownParts) -> list[Step]:
        done, asked = known.parts.get(dataset.name, {}), known.plans[: known.most_plans]
        found = [_plan_step(dataset, known.today, *each) for each in asked]
        return [step for step in found if done.get(step.part) != known.today]

    return steps


def _plan_step(dataset: Dataset, today: date, tenant: str, plan: str) -> Step:
    """Return the step of one plan. No size of a page is documented, so the source's own links are
    followed.
    """
    path = dataset.endpoint.replace("{customer-id}", tenant).replace("{plan-id}", plan)
    call = Call(path, Paging.SEEK, Bearer.USER, customer=TenantId(tenant))
    given = {"fetched": today.isoformat(), "customer-id": tenant, "plan-id": plan}
    return Step(f"{tenant}/{plan}", call, given)


def plans_beyond(known: KnownParts) -> tuple[Reason, ...]:
    """Return the reason that some Azure plans are not asked for their costs, if there are."""
    if len(known.plans) <= known.most_plans:
        return ()
    counted = {"asked": str(known.most_plans), "of": str(len(known.plans))}
    return (Reason("sync-why-azure-plans", counted),)


def _offers(known: KnownParts) -> list[Step]:
    """Return a step for each offer whose product is not known; of too many, others each day."""
    offers = list(known.offers)
    if len(offers) > OFFERS_A_DAY:
        start = known.today.toordinal() * OFFERS_A_DAY % len(offers)
        offers = [*offers[start:], *offers[:start]][:OFFERS_A_DAY]
    return [_offer_step(each, known.today) for each in offers]


def _offer_step(asked: OfferToAsk, today: date) -> Step:
    path = OFFER_SKUS.endpoint.replace("{customer-id}", asked.tenant)
    path = path.replace("{subscription-id}", asked.subscription)
    call = Call(path, Paging.ONE, Bearer.USER, customer=TenantId(asked.tenant))
    given = {"month": f"{today:%Y-%m}", "source": PROVISIONING_STATUS, "offer": asked.offer}
    return Step(asked.offer, call, given)


def offers_beyond(known: KnownParts) -> tuple[Reason, ...]:
    """Return the reason that some offers are asked about on another day, if there are."""
    if len(known.offers) <= OFFERS_A_DAY:
        return ()
    counted = {"asked": str(OFFERS_A_DAY), "of": str(len(known.offers))}
    return (Reason("sync-why-offers-later", counted),)


def _members(known: KnownParts) -> list[Step]:
    return [
        Step(
            role.lower(),
            Call(f"/v1/roles/{role}/usermembers", Paging.SEEK, Bearer.USER, size=500),
            {"role-id": role, "role-name": name},
        )
        for role, name in known.roles.items()
    ]


ROLES = Call("/v1/roles", Paging.NONE, Bearer.USER)
_USER, _APP = Bearer.USER, Bearer.APP
_SOLD_BY = ((SUBSCRIPTIONS, "sync-why-subscriptions"),)
_NAMED_BY = ((CUSTOMERS, "sync-why-customers"), (AUDIT, "sync-why-activity"))

REPORTS = (
    FetchPlan(CUSTOMERS, _whole(CUSTOMERS, Paging.SEEK, _APP, 500)),
    FetchPlan(
        DEPLOYMENT,
        _whole(DEPLOYMENT, Paging.TOP_SKIP, _USER, 10_000),
        FetchPlan(DEPLOYMENT_TOTALS, _whole(DEPLOYMENT_TOTALS, Paging.NONE, _USER)),
    ),
    FetchPlan(
        USAGE,
        _whole(USAGE, Paging.TOP_SKIP, _USER, 10_000),
        FetchPlan(USAGE_TOTALS, _whole(USAGE_TOTALS, Paging.NONE, _USER)),
    ),
    FetchPlan(SUBSCRIPTION_INSIGHTS, _whole(SUBSCRIPTION_INSIGHTS, Paging.TOP_SKIP, _USER, 10_000)),
    FetchPlan(AZURE_SPEND, _whole(AZURE_SPEND, Paging.NONE, _USER)),
    FetchPlan(AUDIT, _activity),
    FetchPlan(AZURE_METERS, _meters),
    FetchPlan(
        SUBSCRIPTIONS, _by_customer(SUBSCRIPTIONS, _APP), by_customer=True, rests_on=_NAMED_BY
    ),
    FetchPlan(
        SUBSCRIBED_SKUS,
        _by_customer(SUBSCRIBED_SKUS, _USER),
        by_customer=True,
        denied_words="sync-why-no-gdap",
        rests_on=_NAMED_BY,
    ),
    *(
        FetchPlan(
            dataset,
            _by_plan(dataset),
            denied_words="sync-why-denied-plans",
            by_sold=True,
            beyond=plans_beyond,
            rests_on=_SOLD_BY,
        )
        for dataset in (AZURE_CATEGORY_COSTS, AZURE_SUBSCRIPTION_COSTS)
    ),
    FetchPlan(
        OFFER_SKUS,
        _offers,
        denied_words="sync-why-denied-offers",
        by_sold=True,
        beyond=offers_beyond,
        rests_on=_SOLD_BY,
    ),
    FetchPlan(ROLE_MEMBERS, _members),
)
"""All reports in the order of fetching: activity tells whose subscriptions changed."""
