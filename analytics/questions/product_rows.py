"""All customers' seats on two days by product, and their use by workload, worked out by the
database from the same rows as each customer's.
"""

from collections.abc import Sequence
from typing import NamedTuple, cast

from analytics.questions.counted_rows import (
    SEATS_BY_MONTH,
    SEATS_IN_MONTHS,
    SEATS_IN_ROLLUPS,
    SEATS_IN_SNAPSHOTS,
    SeatRows,
    chosen_products,
    doubted_products,
    month_values,
    seat_rows,
    snapshot_values,
)
from analytics.questions.customer_rows import CustomerRow
from analytics.questions.seats_on_day import WorkloadUse, workload_place
from analytics.questions.snapshot_days import SnapshotDays
from analytics.questions.topics import Topic
from analytics.warehouse.facts import Facts

_STALE, _NOT_COMPARED, _SEATS_ALONE = 0, 1, 2
"""Customers whose figures are older than the period; not known on both days; or in seats alone."""

_SUMS = """
    SELECT product, count(*) FILTER (sold > 0) AS customers,
        coalesce(sum(sold), 0)::BIGINT AS sold,
        coalesce(sum(assigned), 0)::BIGINT AS assigned,
        coalesce(sum(sold) FILTER (active IS NOT NULL), 0)::BIGINT AS measured,
        sum(active)::BIGINT AS active,
        coalesce(sum(sold) FILTER (compared), 0)::BIGINT AS sold_now,
        coalesce(sum(assigned) FILTER (compared), 0)::BIGINT AS assigned_now,
        coalesce(sum(sold_then) FILTER (compared), 0)::BIGINT AS sold_then,
        coalesce(sum(assigned_then) FILTER (compared), 0)::BIGINT AS assigned_then,
        coalesce(sum(sold) FILTER (used AND active IS NOT NULL), 0)::BIGINT AS measured_now,
        coalesce(sum(active) FILTER (used), 0)::BIGINT AS active_now,
        coalesce(sum(sold_then) FILTER (used AND active_then IS NOT NULL), 0)::BIGINT
            AS measured_then,
        coalesce(sum(active_then) FILTER (used), 0)::BIGINT AS active_then
    FROM (
        SELECT *, kind IS NULL OR kind = 2 AS compared, kind IS NULL AS used FROM (
            SELECT *, """

_KINDS = """LEFT JOIN (
            SELECT unnest($tenants::VARCHAR[]) AS tenant, unnest($kinds::INTEGER[]) AS kind)
            USING (tenant)
        WHERE counted AND coalesce(kind, 1) > 0)"""

_BY_PRODUCT = """
    GROUP BY product ORDER BY product"""

_OF_PRESENT = "\n        " + _KINDS + _BY_PRODUCT

_PRODUCTS_USUALLY = _SUMS + SEATS_IN_ROLLUPS + _OF_PRESENT
_PRODUCTS_BY_MONTH = _SUMS + SEATS_BY_MONTH + _OF_PRESENT
_PRODUCTS_OF_ALL = _PRODUCTS_BY_MONTH.replace(_KINDS, "WHERE counted)").replace(
    "kind IS NULL OR kind = 2 AS compared, kind IS NULL AS used",
    "true AS compared, true AS used",
)
"""The same where no customer is left out of anything: ids that are kept as codes are slow to plan a
join with.
"""

_PRODUCTS_THEN = _SUMS + SEATS_IN_SNAPSHOTS + _OF_PRESENT
_PRODUCTS_OF_MONTHS = _SUMS + SEATS_IN_MONTHS + _OF_PRESENT

_USE = """
    SELECT workload, sum(active)::BIGINT AS active, sum(entitled)::BIGINT AS entitled
    FROM {newest_usage}"""

_USE_THEN = """
    SELECT workload, sum(active)::BIGINT AS active, sum(entitled)::BIGINT AS entitled
    FROM {usage} SEMI JOIN (
        SELECT service, day FROM (
            SELECT unnest($datasets::VARCHAR[]) AS dataset, unnest($services::VARCHAR[]) AS service,
                unnest($days::DATE[]) AS day, unnest($nows::BOOLEAN[]) AS now)
        WHERE dataset = 'usage' AND now) USING (service, day)"""

_WITHOUT = """
    ANTI JOIN (SELECT unnest($stale::VARCHAR[]) AS tenant) USING (tenant)
    ANTI JOIN (SELECT tenant, product FROM (
        SELECT *, """

_BY_WORKLOAD = """
        WHERE NOT counted) USING (tenant, product)
    WHERE ($own_workloads IS NULL OR list_contains($own_workloads, workload))
        AND ($everything OR list_contains($wanted, product))
    GROUP BY workload"""
"""Of the products that the topic names, or of all; without customers' products that do not count,
which are some of `$only`.
"""

_DOUBTED = SEATS_IN_ROLLUPS.replace(
    "FROM {standing_pairs}", "FROM {standing_pairs} WHERE list_contains($only, product)"
)

_WORKLOADS_USUALLY = _USE + _WITHOUT + _DOUBTED + _BY_WORKLOAD
_WORKLOADS_THEN = _USE_THEN + _WITHOUT + SEATS_IN_SNAPSHOTS + _BY_WORKLOAD
_WORKLOADS_OF_MONTHS = _WORKLOADS_THEN.replace("{usage}", "{monthly_usage}").replace(
    "{deployment}", "{monthly_deployment}"
)
_WORKLOADS_BY_MONTH = (_USE_THEN + _WITHOUT + SEATS_BY_MONTH + _BY_WORKLOAD).replace(
    "{usage}", "{monthly_usage}"
)


class ProductRow(NamedTuple):
    """One product's seats of all customers; then those of the customers known on both days, `now`
    and `then`, and of those whose usage was measured alike on both.
    """

    product: str
    customers: int
    """Customers with seats sold of it."""
    sold: int
    assigned: int
    measured: int
    active: int | None
    """None if usage is measured at no customer."""
    sold_now: int
    assigned_now: int
    sold_then: int
    assigned_then: int
    measured_now: int
    active_now: int
    measured_then: int
    active_then: int


def product_rows(
    facts: Facts, days: SnapshotDays, topic: Topic | None, present: Sequence[CustomerRow]
) -> list[ProductRow]:
    """Return the rows of all products that count; `present` are those of the same customers."""
    kinds = {row.tenant: kind for row in present if (kind := _kind(row)) is not None}
    values = {
        "tenants": [*kinds],
        "kinds": [*kinds.values()],
        **chosen_products(facts, topic),
    }
    match seat_rows(facts, days, topic):
        case SeatRows.ROLLUPS:
            rows = facts.rows(_PRODUCTS_USUALLY, **values)
        case SeatRows.BY_MONTH:
            values |= month_values(days)
            if kinds:
                rows = facts.rows(_PRODUCTS_BY_MONTH, **values)
            else:
                rows = facts.rows(_PRODUCTS_OF_ALL, **values)
        case SeatRows.IN_MONTHS:
            rows = facts.rows(_PRODUCTS_OF_MONTHS, **values, **snapshot_values(days, topic))
        case SeatRows.SNAPSHOTS:
            rows = facts.rows(_PRODUCTS_THEN, **values, **snapshot_values(days, topic))
    return list(map(ProductRow._make, cast("list[list[object]]", rows)))


def is_measured_alike(row: CustomerRow) -> bool:
    """Check whether a customer's usage was measured of the same products on both days."""
    return not row.unlike and row.active is not None and row.active_then is not None


def _kind(row: CustomerRow) -> int | None:
    """Return what a customer is left out of; None if of nothing."""
    if not row.fresh:
        return _STALE
    if not row.comparable:
        return _NOT_COMPARED
    return None if is_measured_alike(row) else _SEATS_ALONE


def workload_uses(
    facts: Facts, days: SnapshotDays, topic: Topic | None, present: Sequence[CustomerRow]
) -> tuple[WorkloadUse, ...]:
    """Return the use of each workload of the products that count, the least used first: of one
    workload alone, where the topic names one.
    """
    chosen = chosen_products(facts, topic)
    only = doubted_products(facts, topic)
    values = {
        "stale": [row.tenant for row in present if not row.fresh],
        "own_workloads": sorted(topic.workloads) if topic and topic.workloads else None,
        **chosen,
    }
    then = snapshot_values(days, topic)
    rows_of = seat_rows(facts, days, topic)
    if days.usual:
        rows = facts.rows(_WORKLOADS_USUALLY, **values, only=sorted(only))
    elif rows_of is SeatRows.BY_MONTH:
        rows = facts.rows(_WORKLOADS_BY_MONTH, **values, **then, **month_values(days, only))
    elif rows_of is SeatRows.IN_MONTHS:
        rows = facts.rows(_WORKLOADS_OF_MONTHS, **values, **then)
    else:
        rows = facts.rows(_WORKLOADS_THEN, **values, **then)
    found = (WorkloadUse(*row) for row in cast("list[tuple[str, int, int]]", rows))
    return tuple(sorted(found, key=workload_place))
