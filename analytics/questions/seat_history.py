"""Gathering of one customer's rows from the facts, with few and simple queries."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import cast

from analytics.questions.absences import SeenDays, first_days, short_snapshots, unknowns_of
from analytics.questions.seats_on_day import Cells, SeatHistory
from analytics.values import Customer, Period
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
