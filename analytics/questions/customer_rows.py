"""Each customer's seats on two days, worked out by the database in one pass."""

from typing import NamedTuple, cast

from analytics.questions.set_apart import PLACEHOLDER_SQL, ProductKinds
from analytics.questions.snapshot_days import SnapshotDays
from analytics.questions.topics import Topic
from analytics.values import TenantId
from analytics.warehouse.facts import Facts

_FIGURES_BEFORE_RULE = """
    SELECT tenant,
        bool_or(sold IS NOT NULL) AS listed,
        bool_or(sold_then IS NOT NULL) AS listed_then,
        coalesce(bool_or(sold IS NOT NULL) FILTER (counted OR $everything), false) AS has,
        coalesce(bool_or(sold_then IS NOT NULL) FILTER (counted OR $everything), false) AS had,
        coalesce(sum(sold) FILTER (counted), 0)::BIGINT AS sold,
        coalesce(sum(assigned) FILTER (counted), 0)::BIGINT AS assigned,
        coalesce(sum(greatest(sold - assigned, 0)) FILTER (counted), 0)::BIGINT AS unassigned,
        coalesce(sum(sold) FILTER (counted AND active IS NOT NULL), 0)::BIGINT AS measured,
        (sum(greatest(sold - active, 0))
            FILTER (counted AND sold IS NOT NULL AND active IS NOT NULL))::BIGINT AS idle,
        (sum(active) FILTER (counted))::BIGINT AS active,
        coalesce(sum(sold_then) FILTER (counted), 0)::BIGINT AS sold_then,
        coalesce(sum(assigned_then) FILTER (counted), 0)::BIGINT AS assigned_then,
        (sum(greatest(sold_then - active_then, 0))
            FILTER (counted AND sold_then IS NOT NULL AND active_then IS NOT NULL))::BIGINT
            AS idle_then,
        (sum(active_then) FILTER (counted))::BIGINT AS active_then,
        listed AND listed_then AND NOT coalesce(bool_or(late) FILTER (counted), false)
            AS comparable,
        coalesce(bool_or(late_people) FILTER (counted), false) AS late_use,
        late_use OR coalesce(bool_or(sold IS NOT NULL AND sold_then IS NOT NULL
            AND (active IS NULL) <> (active_then IS NULL)) FILTER (counted), false) AS unlike,
        coalesce(bool_or(fresh), true) AS fresh
    FROM (
        SELECT *, CASE WHEN $named THEN list_contains($wanted, product)
            ELSE ($everything OR list_contains($wanted, product))
                AND NOT list_contains($apart, product)
                AND NOT (list_contains($doubtful, product) AND """

_FIGURES_BEHIND_RULE = """)
                AND NOT CASE WHEN list_contains($ignored_products, product)
                    THEN list_contains($ignored, tenant || '/' || product) ELSE false END
            END AS counted
        FROM (
            SELECT *, CASE WHEN sold IS NULL AND active IS NULL THEN sold_then
                    ELSE sold END AS seats_told,
                CASE WHEN sold IS NULL AND active IS NULL THEN assigned_then
                    ELSE assigned END AS assigned_told
            FROM ("""

_FIGURES = _FIGURES_BEFORE_RULE + PLACEHOLDER_SQL + _FIGURES_BEHIND_RULE

_IN_ROLLUPS = """
    SELECT tenant, product, seats.sold, seats.assigned, seats.active,
        earlier.sold AS sold_then, earlier.assigned AS assigned_then,
        earlier.active AS active_then, true AS fresh, false AS late, false AS late_people
    FROM {standing} AS seats FULL JOIN {standing_before} AS earlier USING (tenant, product)"""

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

_BY_TENANT = "))) GROUP BY tenant"

_USUAL_DAYS = _FIGURES + _IN_ROLLUPS + _BY_TENANT
_ANY_DAYS = _FIGURES + _IN_SNAPSHOTS + _BY_TENANT


class CustomerRow(NamedTuple):
    """One customer's seats of the products that count, now and `then`, on the eve of the period."""

    tenant: TenantId
    listed: bool
    """True if licence deployment lists the customer, whatever products it has."""
    listed_then: bool
    has: bool
    """True if it lists a product of the topic; without a topic any product."""
    had: bool
    sold: int
    assigned: int
    unassigned: int
    measured: int
    idle: int | None
    """None, as for active seats, if usage is measured of none of the products."""
    active: int | None
    sold_then: int
    assigned_then: int
    idle_then: int | None
    active_then: int | None
    comparable: bool
    """True if it is listed on both days, now by services that were known on both."""
    late_use: bool
    """True if a service of its usage was first read after the eve."""
    unlike: bool
    """True also if a product that it has on both days is measured on one of them only."""
    fresh: bool
    """False if snapshots list the customer, and all are older than the period."""


def customer_rows(facts: Facts, days: SnapshotDays, topic: Topic | None) -> list[CustomerRow]:
    """Return the rows of all customers in the snapshots of either day, in no order."""
    chosen = _chosen_products(facts, topic)
    if days.usual and not (topic and topic.workloads):
        rows = facts.rows(_USUAL_DAYS, **chosen)
    else:
        workloads = sorted((topic and topic.workloads) or ())
        every = {"workloads": workloads, "every_workload": not workloads}
        rows = facts.rows(_ANY_DAYS, **chosen, **every, **_snapshots(days))
    return list(map(CustomerRow._make, cast("list[list[object]]", rows)))


def _chosen_products(facts: Facts, topic: Topic | None) -> dict[str, object]:
    """Return which products count: those that the topic names; of a workload, or without a topic,
    all but those that are set apart.
    """
    return {
        "wanted": sorted(topic.products) if topic else [],
        "named": topic is not None and topic.workloads is None,
        "everything": topic is None,
        **facts.result_of(ProductKinds.of)[0].sql_values(facts.ignored, topic),
    }


def _snapshots(days: SnapshotDays) -> dict[str, object]:
    """Return the snapshots of both days as lists of equal length."""
    now = [(key, True, key in days.fresh, key in days.late) for key in sorted(days.now)]
    every = [*now, *((key, False, False, False) for key in sorted(days.then))]
    return {
        "datasets": [key[0] for key, *_ in every],
        "services": [key[1] for key, *_ in every],
        "days": [key[2] for key, *_ in every],
        "nows": [now for _, now, _, _ in every],
        "freshes": [fresh for _, _, fresh, _ in every],
        "lates": [late for *_, late in every],
    }
