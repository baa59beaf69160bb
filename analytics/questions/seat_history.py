"""One customer's snapshots, gathered from the facts with few and simple queries."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from analytics.questions.absences import SeenDays, first_days, short_snapshots, unknowns_of
from analytics.questions.seats_on_day import (
    NOT_MEASURED,
    ProductSeats,
    SeatsOnDay,
    WorkloadUse,
    product_place,
    workload_place,
)
from analytics.tables import DEPLOYMENT, USAGE
from analytics.values import Customer, Period, Seats, Unknown, Why
from analytics.warehouse.facts import Facts

_SEEN = """
    SELECT 'deployment' AS dataset, service, min(day) AS first, max(day) AS last
    FROM {deployment} WHERE tenant = $tenant
        AND NOT list_contains($short, 'deployment/' || service || '/' || day) GROUP BY service
    UNION ALL
    SELECT 'usage' AS dataset, service, min(day) AS first, max(day) AS last
    FROM {usage} WHERE tenant = $tenant
        AND NOT list_contains($short, 'usage/' || service || '/' || day) GROUP BY service"""

# Rows of several channels are summed below: for one customer that is quicker than grouping.
_SEATS = """
    SELECT service, day, product, sold, assigned
    FROM {deployment} WHERE tenant = $tenant AND day BETWEEN $first AND $last"""

_USE = """
    SELECT service, day, product, workload, active, entitled
    FROM {usage} WHERE tenant = $tenant AND day BETWEEN $first AND $last"""


@dataclass(frozen=True, slots=True)
class Cells:
    """One customer's figures in one snapshot: product → (sold, assigned) or (product, workload) →
    (active, entitled).
    """

    seats: dict[str, tuple[int, int]]
    use: dict[tuple[str, str], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class SeatHistory:
    """Every snapshot of one customer that a question needs.

    `days` are the partner's processing days by (dataset, service), oldest first: a customer without
    cells on such a day had nothing there that day.
    """

    days: dict[tuple[str, str], list[date]]
    cells: dict[tuple[str, str, date], Cells]
    unknown: Mapping[str, Unknown] = field(default_factory=dict)
    """Datasets of which nothing is known about this customer, on any day."""
    first_days: Mapping[str, date] = field(default_factory=dict)
    """The first day of which a dataset came whole, by dataset; before it nothing is known."""

    def selection(
        self, product: Callable[[str], bool], workloads: frozenset[str] | None
    ) -> "SeatHistory":
        """Return the history of some products and some workloads (None: all) only, with the days of
        services that hold any of them, or of all services if none does.
        """
        held = {
            p for cells in self.cells.values() for p in (*cells.seats, *(p for p, _ in cells.use))
        }
        wanted = {p for p in held if product(p)}
        if wanted == held and workloads is None:
            return self
        cells = {
            key: Cells(
                {p: seats for p, seats in cells.seats.items() if p in wanted},
                {
                    (p, w): use
                    for (p, w), use in cells.use.items()
                    if p in wanted and (workloads is None or w in workloads)
                },
            )
            for key, cells in self.cells.items()
        }
        holding = {key[:2] for key, kept in cells.items() if kept.seats or kept.use}
        if not holding:
            return replace(self, cells=cells)
        return replace(
            self,
            days={service: days for service, days in self.days.items() if service in holding},
            cells={key: kept for key, kept in cells.items() if key[:2] in holding},
        )

    def at(self, day: date) -> SeatsOnDay:
        """Return the seats as of a day; without products if the customer had none."""
        unknown, rests_on, found = self._unknown_on(day), [], []
        for (dataset, service), days in self.days.items():
            upto = bisect_right(days, day)
            here = self.cells.get((dataset, service, days[upto - 1])) if upto else None
            if here and dataset not in unknown:
                rests_on.append((dataset, service, days[upto - 1]))
                found.append(here)
        products, workloads = _products(found, unknown), _workloads(found)
        return SeatsOnDay(
            day, products, workloads, tuple(sorted(rests_on)), tuple(unknown.values())
        )

    def _unknown_on(self, day: date) -> dict[str, Unknown]:
        """Return, by dataset, why nothing is known as of that day."""
        later = {
            dataset: Unknown(Why.LATER, dataset)
            for dataset, first in self.first_days.items()
            if day < first
        }
        return {**later, **self.unknown}


def _products(found: list[Cells], unknown: Mapping[str, Unknown]) -> tuple[ProductSeats, ...]:
    seats: dict[str, tuple[int, int]] = {}
    use: dict[str, dict[str, tuple[int, int]]] = {}
    for cells in found:
        for product, (sold, assigned) in cells.seats.items():
            before = seats.get(product, (0, 0))
            seats[product] = (before[0] + sold, before[1] + assigned)
        for (product, workload), (active, entitled) in cells.use.items():
            sums = use.setdefault(product, {})
            before = sums.get(workload, (0, 0))
            sums[workload] = (before[0] + active, before[1] + entitled)
    none: Seats = unknown.get(DEPLOYMENT.name, 0)
    unused = unknown.get(USAGE.name, NOT_MEASURED)
    products = (
        ProductSeats(
            p,
            *seats.get(p, (none, none)),
            active_seats(use[p].values()) if p in use else unused,
        )
        for p in {*seats, *use}
    )
    return tuple(sorted(products, key=product_place))


def active_seats(workloads: Collection[tuple[int, int]]) -> int:
    """Return the active seats of one product from its workloads' (active, entitled)."""
    within = [active for active, entitled in workloads if active <= entitled]
    return max(within or [active for active, _ in workloads])


def _workloads(found: list[Cells]) -> tuple[WorkloadUse, ...]:
    sums: dict[str, tuple[int, int]] = {}
    for cells in found:
        for (_, workload), (active, entitled) in cells.use.items():
            before = sums.get(workload, (0, 0))
            sums[workload] = (before[0] + active, before[1] + entitled)
    return tuple(sorted((WorkloadUse(w, *sums[w]) for w in sums), key=workload_place))


def seen_days(facts: Facts, customer: Customer) -> tuple[SeenDays, ...]:
    """Return every dataset and service of which a whole snapshot ever listed the customer; empty
    for a customer without rows.
    """
    known = {"tenant": customer.id, "short": short_snapshots(facts)}
    rows = cast("list[tuple[str, str, date, date]]", facts.rows(_SEEN, **known))
    return tuple(SeenDays(*row) for row in sorted(rows))


def gather(
    facts: Facts, customer: Customer, span: Period, where: Collection[SeenDays]
) -> SeatHistory:
    """Return the customer's cells of whole snapshots from the day before the period to its end, in
    the services that list the customer.
    """
    days = {(s.dataset, s.service): facts.days(s.dataset, s.service) for s in where}
    bounds = {"tenant": customer.id, "first": _reach(days, span), "last": span.last}
    short = set(short_snapshots(facts))
    cells: defaultdict[tuple[str, str, date], Cells] = defaultdict(lambda: Cells({}, {}))
    for row in facts.rows(_SEATS, **bounds):
        service, day, product, sold, assigned = cast("tuple[str, date, str, int, int]", row)
        seats = cells["deployment", service, day].seats
        before = seats.get(product, (0, 0))
        seats[product] = (before[0] + sold, before[1] + assigned)
    for row in facts.rows(_USE, **bounds):
        service, day, product, workload, active, entitled = cast(
            "tuple[str, date, str, str, int, int]", row
        )
        use = cells["usage", service, day].use
        before = use.get((product, workload), (0, 0))
        use[product, workload] = (before[0] + active, before[1] + entitled)
    whole = {key: found for key, found in cells.items() if "/".join(map(str, key)) not in short}
    return SeatHistory(days, whole, unknowns_of(facts, customer, where), first_days(facts))


def _reach(days: dict[tuple[str, str], list[date]], span: Period) -> date:
    """Return the oldest day to read, so that the day before the period is complete."""
    reached = [d[upto - 1] for d in days.values() if (upto := bisect_right(d, span.eve))]
    return min([*reached, span.first])
