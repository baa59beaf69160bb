"""All customers a reader may see, as of each service's newest whole snapshot up to a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from analytics.questions.absences import day_of, first_days, unknowns
from analytics.questions.customer_rows import CustomerRow, customer_rows
from analytics.questions.exclusions import exclusions
from analytics.questions.named_products import product_name
from analytics.questions.portfolio_change import (
    CustomerCount,
    CustomerSeats,
    PortfolioChange,
    customer_seats,
    portfolio_change,
)
from analytics.questions.seats_on_day import (
    NOT_MEASURED,
    SeatsActive,
    SeatsAssigned,
    SeatsSold,
    excess,
)
from analytics.questions.set_apart import SetApart, named_unit
from analytics.questions.set_apart_of_all import ignored_and_held, set_apart_of_all
from analytics.questions.snapshot_days import SnapshotDays, holding_snapshots, snapshot_days
from analytics.questions.stamp import Exclusion, Stamp, portfolio_basis, stamp
from analytics.questions.topics import Topic
from analytics.questions.unlisted import earlier_listings
from analytics.skus import Unit
from analytics.tables import DEPLOYMENT, USAGE
from analytics.values import (
    Customer,
    IgnoredProduct,
    Period,
    Seats,
    Share,
    TenantId,
    Unknown,
    Why,
    combine,
    share,
    total,
)
from analytics.warehouse.facts import Facts


@dataclass(frozen=True, slots=True)
class PortfolioResult:
    """Customers by idle seats, most first, ties by name; those whose idle seats are not known come
    last, by unassigned ones. If no seats are known they come by name, and then the other groups are
    unknown too. Every customer whom the reader may see is in one of the six groups.
    """

    NOT_COMPARED: ClassVar = ("stamp", "period", "change")

    customers: tuple[CustomerSeats, ...]
    left: CustomerCount
    """Number of customers of earlier whole snapshots that the newest ones do not list: the newest
    up to the period's end, as in the other groups.
    """
    without: CustomerCount
    """Number of known customers that no snapshot ever listed."""
    short: CustomerCount
    """Number of customers that only incomplete snapshots list."""
    stale: CustomerCount
    """Number of customers that only services without a whole snapshot in the period list; 0 without
    a period.
    """
    without_topic: CustomerCount
    """Number of listed customers that have nothing of the topic; 0 without one."""
    active: SeatsActive
    measured: SeatsSold
    """Paid seats sold of the products that report usage: what active seats are set against."""
    everyone: bool
    """True if the reader's rights cover all customers."""
    stamp: Stamp
    period: Period | None = None
    """The period that was asked for: figures are those of its end."""
    topic: Topic | None = None
    """The products or workload that all figures are about; all paid products without one."""
    apart: tuple[SetApart, ...] = ()
    """Products that the totals leave out, with their sums over these customers."""
    unit: Unit = Unit.PEOPLE
    """Unit of the figures: people, or that by which the named product is sold."""
    change: PortfolioChange | None = None
    """The change since the eve of the period, or of the 90 days up to the newest snapshot; None if
    nothing is known as of then.
    """

    @property
    def by_idle(self) -> tuple[CustomerSeats, ...]:
        """The customers that have seats: the most idle ones first, unmeasured ones last."""
        return tuple(each for each in self.customers if each.sold or each.assigned)

    @property
    def paying_count(self) -> CustomerCount:
        """Number of customers with paid seats sold; others are known by name alone, or lapsed."""
        return self._if_known(sum(isinstance(c.sold, int) and c.sold > 0 for c in self.customers))

    @property
    def sold(self) -> SeatsSold:
        """Paid seats sold, of all these customers."""
        return self._if_known(total(c.sold for c in self.customers))

    @property
    def assigned(self) -> SeatsAssigned:
        """Paid seats assigned to users, of all these customers."""
        return self._if_known(total(c.assigned for c in self.customers))

    @property
    def deployment(self) -> Share | Unknown:
        """Assigned of sold seats; no value if none are sold."""
        return share(self.assigned, self.sold)

    @property
    def idle(self) -> SeatsActive:
        """Measured seats sold without an active user, of all these customers."""
        if isinstance(self.measured, Unknown):
            return self.measured
        known = [c.idle for c in self.customers if isinstance(c.idle, int)]
        return total(known) if known else combine(lambda _: 0, self.active)

    @property
    def beyond(self) -> SeatsActive:
        """People active beyond the seats sold of their product: active and idle seats are so many
        more than the measured ones.
        """
        return excess(self.measured, self.active, self.idle)

    @property
    def surplus(self) -> SeatsAssigned:
        """Seats assigned beyond what was sold of their product: assigned and unassigned seats are
        so many more than the seats sold.
        """
        return excess(self.sold, self.assigned, self.unassigned)

    @property
    def unassigned(self) -> SeatsSold:
        """Seats without a user, summed product by product, customer by customer."""
        return self._if_known(total(c.unassigned for c in self.customers))

    def _if_known(self, figure: Seats) -> Seats:
        """Return the figure, or why it is unknown: without any customer a sum alone would be 0."""
        return self.left if isinstance(self.left, Unknown) else figure


def portfolio(
    facts: Facts, period: Period | None = None, topic: Topic | None = None
) -> PortfolioResult:
    """Return the reader's customers together: deployment insights for seats, usage insights for
    active seats, both as of each service's newest whole snapshot up to the period's end.

    Active seats count each product's busiest workload within its entitlement, as for one customer.
    A customer whom no snapshot of the period lists is not known in it. The change is since the eve
    of the period; without one, of the 90 days up to the newest snapshot.
    """
    days = snapshot_days(facts, period)
    rows, _ = facts.result_of(customer_rows, days, topic)
    known = [row for row in rows if row.fresh]
    groups = _groups(facts, rows, period)
    unknown = _unknowns(facts, period, rows, groups)
    why, unused = unknown.get(DEPLOYMENT.name), unknown.get(USAGE.name)
    people = {customer.id: customer for customer in facts.people.customers}
    active, measured = _active(known, unused)
    stale = [row.tenant for row in rows if not row.fresh]
    snapshots = None if days.usual else days.now
    apart = () if why else set_apart_of_all(facts, topic, snapshots, stale)
    left_out = () if why else exclusions(apart, _ignored_with_names(facts, topic))
    stamped = _stamp(facts, days, topic, left_out, period.last if period else date.max)
    if not why and not stamped.rests_on:
        stamped = replace(stamped, looked=day_of(facts, DEPLOYMENT.name))
    return PortfolioResult(
        customers=_customers_without_seats(facts, why) if why else _by_idle(known, people, unused),
        left=why or groups.left,
        without=why or groups.without,
        short=why or groups.short,
        stale=why or groups.stale,
        without_topic=why or groups.without_topic,
        active=active,
        measured=why or measured,
        everyone=facts.sees_all,
        stamp=stamped,
        period=period,
        topic=topic,
        apart=apart,
        unit=named_unit(facts, topic),
        change=None if why else portfolio_change(known, days, unused, people),
    )


@dataclass(frozen=True, slots=True)
class _Groups:
    """Numbers of customers that are not among those with figures."""

    left: int
    without: int
    short: int
    stale: int
    without_topic: int


def _groups(facts: Facts, rows: Sequence[CustomerRow], period: Period | None) -> _Groups:
    listed = {row.tenant for row in rows if row.listed}
    others = [each.id for each in facts.people.customers if each.id not in listed]
    once = earlier_listings(facts, others, period.last if period else date.max)
    return _Groups(
        left=sum(once.values()),
        without=len(others) - len(once),
        short=sum(not whole for whole in once.values()),
        stale=sum(row.listed and not row.fresh for row in rows),
        without_topic=sum(row.listed and row.fresh and not row.has for row in rows),
    )


def _unknowns(
    facts: Facts, period: Period | None, rows: Sequence[CustomerRow], groups: _Groups
) -> dict[str, Unknown]:
    """Return, by dataset, why the figures of all customers together are not known."""
    found = unknowns(facts)
    if groups.short == len(facts.people.customers) > 0:
        found.setdefault(DEPLOYMENT.name, Unknown(Why.NOT_WHOLE, DEPLOYMENT.name))
    if period is None:
        return found
    for dataset, first in first_days(facts).items():
        if period.last < first:
            found.setdefault(dataset, Unknown(Why.LATER, dataset))
    listed = sum(row.listed for row in rows)
    if groups.stale == listed and (listed or not _has_snapshot(facts, period)):
        for dataset in (DEPLOYMENT.name, USAGE.name):
            found.setdefault(dataset, Unknown(Why.NOT_IN_PERIOD, dataset))
    return found


def _has_snapshot(facts: Facts, period: Period) -> bool:
    """Check whether a whole snapshot of licence deployment is of a day in the period."""
    return any(
        period.first <= day <= period.last
        for (dataset, _), days in facts.generation.days.items()
        for day in days
        if dataset == DEPLOYMENT.name
    )


def _customers_without_seats(facts: Facts, why: Unknown) -> tuple[CustomerSeats, ...]:
    """Return all customers by name, their seats not known."""
    names = sorted(facts.people.customers, key=lambda customer: customer.name)
    return tuple(CustomerSeats(each, why, why, why, why, why, why, why, why) for each in names)


def _by_idle(
    rows: Sequence[CustomerRow], people: Mapping[TenantId, Customer], unused: Unknown | None
) -> tuple[CustomerSeats, ...]:
    """Return the customers that have what was asked for, those with the most idle seats first."""
    known = [customer_seats(people[row.tenant], row, unused) for row in rows if row.has]
    known.sort(key=lambda seats: seats.customer.name)
    measured = [seats for seats in known if isinstance(seats.idle, int)]
    others = [seats for seats in known if not isinstance(seats.idle, int)]
    measured.sort(key=lambda seats: _count(seats.idle), reverse=True)
    others.sort(key=lambda seats: _count(seats.unassigned), reverse=True)
    return (*measured, *others)


def _count(seats: Seats) -> int:
    return seats if isinstance(seats, int) else 0


def _active(rows: Sequence[CustomerRow], unused: Unknown | None) -> tuple[Seats, Seats]:
    """Return the active seats, and the seats sold that they are counted among."""
    if unused:
        return unused, unused
    active = [row.active for row in rows if row.active is not None]
    return sum(active) if active else NOT_MEASURED, sum(row.measured for row in rows)


def _stamp(
    facts: Facts,
    days: SnapshotDays,
    topic: Topic | None,
    apart: tuple[Exclusion, ...],
    upto: date,
) -> Stamp:
    used = holding_snapshots(facts, days.now, topic) if topic else days.now
    return stamp(facts, portfolio_basis(facts), used, apart, upto=upto)


def _ignored_with_names(facts: Facts, topic: Topic | None) -> list[tuple[IgnoredProduct, str]]:
    """Return what is ignored, each with the names of its customer and product."""
    people = {customer.id: customer.name for customer in facts.people.customers}
    return [
        (each, f"{people[each.tenant]}, {product_name(facts, each.product)}")
        for each in ignored_and_held(facts, topic)
        if each.tenant in people
    ]
