"""Each customer's seats of each product on two days, and whether they count: the rows that both the
figures of customers and those of products are summed from.
"""

from collections.abc import Collection
from datetime import date
from enum import Enum

from analytics.questions.month_spans import month_of
from analytics.questions.set_apart import PLACEHOLDER_SQL, ProductKinds
from analytics.questions.snapshot_days import SnapshotDays, are_newest_of_months
from analytics.questions.topics import Topic
from analytics.warehouse.building.monthly_snapshots import STANDING_BY_MONTH
from analytics.warehouse.facts import Facts

_BEFORE_RULE = """
        CASE WHEN $named THEN list_contains($wanted, product)
            ELSE ($everything OR list_contains($wanted, product))
                AND NOT list_contains($apart, product)
                AND NOT (list_contains($doubtful, product) AND """

_BEHIND_RULE = """)
                AND NOT CASE WHEN list_contains($ignored_products, product)
                    THEN list_contains($ignored, tenant || '/' || product) ELSE false END
            END AS counted
        FROM (
            SELECT *, CASE WHEN sold IS NULL AND active IS NULL THEN sold_then
                    ELSE sold END AS seats_told,
                CASE WHEN sold IS NULL AND active IS NULL THEN assigned_then
                    ELSE assigned END AS assigned_told
            FROM ("""

_COUNTED = _BEFORE_RULE + PLACEHOLDER_SQL + _BEHIND_RULE

_IN_ROLLUPS = """
    SELECT tenant, product, sold, assigned, active, sold_then, assigned_then, active_then
    FROM {standing_pairs}"""

_IN_MONTHS = """
    SELECT tenant, product, seats.sold, seats.assigned, seats.active, earlier.sold AS sold_then,
        earlier.assigned AS assigned_then, earlier.active AS active_then
    FROM (
        SELECT tenant, product, sold, assigned, active FROM {monthly_standing}
        WHERE month = $month AND ($only IS NULL OR list_contains($only, product))) AS seats
    FULL JOIN (
        SELECT tenant, product, sold, assigned, active FROM {monthly_standing}
        WHERE month = $month_then AND ($only IS NULL OR list_contains($only, product))) AS earlier
        USING (tenant, product)"""

_IN_SNAPSHOTS = """
    SELECT tenant, product, sold, assigned, active, sold_then, assigned_then, active_then,
        greatest(seats.fresh, people.fresh) AS fresh, late, late_people
    FROM (
        SELECT tenant, product,
            (sum(sold) FILTER (now))::BIGINT AS sold,
            (sum(assigned) FILTER (now))::BIGINT AS assigned,
            (sum(sold) FILTER (NOT now))::BIGINT AS sold_then,
            (sum(assigned) FILTER (NOT now))::BIGINT AS assigned_then,
            bool_or(fresh) FILTER (now) AS fresh, bool_or(late) AS late
        FROM {deployment} JOIN (
            SELECT service, day, now, fresh, late FROM (
                SELECT unnest($datasets::VARCHAR[]) AS dataset,
                    unnest($services::VARCHAR[]) AS service, unnest($days::DATE[]) AS day,
                    unnest($nows::BOOLEAN[]) AS now, unnest($freshes::BOOLEAN[]) AS fresh,
                    unnest($lates::BOOLEAN[]) AS late)
            WHERE dataset = 'deployment') USING (service, day)
        GROUP BY tenant, product) AS seats
    FULL JOIN (
        SELECT tenant, product,
            coalesce(max(active) FILTER (wanted AND active <= entitled),
                max(active) FILTER (wanted))::BIGINT AS active,
            coalesce(max(active_then) FILTER (wanted AND active_then <= entitled_then),
                max(active_then) FILTER (wanted))::BIGINT AS active_then,
            bool_or(fresh) AS fresh, bool_or(late) FILTER (wanted) AS late_people
        FROM (
            SELECT *, $every_workload OR list_contains($workloads, workload) AS wanted
            FROM (
                SELECT tenant, product, workload,
                    sum(active) FILTER (now) AS active, sum(entitled) FILTER (now) AS entitled,
                    sum(active) FILTER (NOT now) AS active_then,
                    sum(entitled) FILTER (NOT now) AS entitled_then,
                    bool_or(fresh) FILTER (now) AS fresh, bool_or(late) AS late
                FROM {usage} JOIN (
                    SELECT service, day, now, fresh, late FROM (
                        SELECT unnest($datasets::VARCHAR[]) AS dataset,
                            unnest($services::VARCHAR[]) AS service,
                            unnest($days::DATE[]) AS day, unnest($nows::BOOLEAN[]) AS now,
                            unnest($freshes::BOOLEAN[]) AS fresh,
                            unnest($lates::BOOLEAN[]) AS late)
                    WHERE dataset = 'usage') USING (service, day)
                GROUP BY tenant, product, workload))
        GROUP BY tenant, product) AS people USING (tenant, product)"""

_END = ")))"

SEATS_IN_ROLLUPS = _COUNTED + _IN_ROLLUPS + _END
"""SQL behind `FROM (SELECT *, `: a row for each customer and product of the usual days, and whether
it is `counted`.
"""

SEATS_BY_MONTH = _COUNTED + _IN_MONTHS + _END
"""The same of the newest snapshots of two months: `$month` and `$month_then`; of the products
`$only`, if they are given.
"""

SEATS_IN_SNAPSHOTS = _COUNTED + _IN_SNAPSHOTS + _END
"""The same of any days; and whether a service was fresh, and whether it came later than the eve."""

SEATS_IN_MONTHS = SEATS_IN_SNAPSHOTS.replace("{deployment}", "{monthly_deployment}").replace(
    "{usage}", "{monthly_usage}"
)
"""The same of days that are the newest ones of their months."""


class SeatRows(Enum):
    """The rows from which the seats of two days are read."""

    ROLLUPS = "rollups"
    """Those of the usual days."""
    BY_MONTH = "by month"
    """Those of whole months, one for each customer and product."""
    IN_MONTHS = "in months"
    """Snapshots that are the newest ones of their months."""
    SNAPSHOTS = "snapshots"


def seat_rows(facts: Facts, days: SnapshotDays, topic: Topic | None) -> SeatRows:
    """Return the quickest rows that hold what a question needs: of one workload, and where services
    are of different months, sums are not worked out.
    """
    if in_rollups(days, topic):
        return SeatRows.ROLLUPS
    if not are_newest_of_months(facts, days.now | days.then):
        return SeatRows.SNAPSHOTS
    months = [{month_of(day) for _, _, day in its} for its in (days.now, days.then)]
    alike = all(len(each) <= 1 for each in months) and not days.late and days.fresh == days.now
    kept = STANDING_BY_MONTH in facts.generation.tables
    whole = kept and alike and not (topic and topic.workloads)
    return SeatRows.BY_MONTH if whole else SeatRows.IN_MONTHS


def month_values(days: SnapshotDays, only: Collection[str] | None = None) -> dict[str, object]:
    """Return the parameters of SEATS_BY_MONTH."""
    now, then = (next((day for _, _, day in its), None) for its in (days.now, days.then))
    return {
        "month": month_of(now) if now else date.min,
        "month_then": month_of(then) if then else date.min,
        "only": None if only is None else sorted(only),
    }


def in_rollups(days: SnapshotDays, topic: Topic | None) -> bool:
    """Check whether the rollups hold what a question needs: those of one workload they do not."""
    return days.usual and not (topic and topic.workloads)


def chosen_products(facts: Facts, topic: Topic | None) -> dict[str, object]:
    """Return which products count: those that the topic names; of a workload, or without a topic,
    all but those that are set apart.
    """
    return {
        "wanted": sorted(topic.products) if topic else [],
        "named": topic is not None and topic.workloads is None,
        "everything": topic is None,
        **facts.result_of(ProductKinds.of)[0].sql_values(facts.ignored, topic),
    }


def doubted_products(facts: Facts, topic: Topic | None) -> frozenset[str]:
    """Return the products that do not count at every customer: of the topic, if there is one."""
    values = facts.result_of(ProductKinds.of)[0].sql_values(facts.ignored, topic)
    return frozenset((*values["apart"], *values["doubtful"], *values["ignored_products"]))


def snapshot_values(days: SnapshotDays, topic: Topic | None) -> dict[str, object]:
    """Return the snapshots of both days as lists of equal length, and the workloads that count."""
    workloads = sorted((topic and topic.workloads) or ())
    now = [(key, True, key in days.fresh, key in days.late) for key in sorted(days.now)]
    every = [*now, *((key, False, False, False) for key in sorted(days.then))]
    return {
        "workloads": workloads,
        "every_workload": not workloads,
        "datasets": [key[0] for key, *_ in every],
        "services": [key[1] for key, *_ in every],
        "days": [key[2] for key, *_ in every],
        "nows": [now for _, now, _, _ in every],
        "freshes": [fresh for _, _, fresh, _ in every],
        "lates": [late for *_, late in every],
    }
