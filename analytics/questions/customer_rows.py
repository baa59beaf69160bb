"""Each customer's seats on two days, worked out by the database in one pass."""

from typing import Any, NamedTuple, cast

from analytics.questions.counted_rows import (
    SEATS_BY_MONTH,
    SEATS_IN_MONTHS,
    SEATS_IN_ROLLUPS,
    SEATS_IN_SNAPSHOTS,
    SeatRows,
    chosen_products,
    month_values,
    seat_rows,
    snapshot_values,
)
from analytics.questions.snapshot_days import SnapshotDays
from analytics.questions.topics import Topic
from analytics.values import TenantId
from analytics.warehouse.facts import Facts

_FIGURES = """
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
        coalesce(bool_or(sold IS NOT NULL AND sold_then IS NOT NULL
            AND (active IS NULL) <> (active_then IS NULL)) FILTER (counted), false) AS unlike
    FROM (
        SELECT *, """

_FIGURES_OF_SERVICES = _FIGURES.replace(
    "AS unlike",
    """AS unlike,
        coalesce(bool_or(late) FILTER (counted), false) AS late,
        coalesce(bool_or(late_people) FILTER (counted), false) AS late_use,
        coalesce(bool_or(fresh), true) AS fresh""",
)

_BY_TENANT = " GROUP BY tenant"

_USUAL_DAYS = _FIGURES + SEATS_IN_ROLLUPS + _BY_TENANT
_MONTHS = _FIGURES + SEATS_BY_MONTH + _BY_TENANT
_ANY_DAYS = _FIGURES_OF_SERVICES + SEATS_IN_SNAPSHOTS + _BY_TENANT
_ENDS_OF_MONTHS = _FIGURES_OF_SERVICES + SEATS_IN_MONTHS + _BY_TENANT


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
    differs: bool
    """True if a product that it has on both days is measured on one of them only."""
    late: bool = False
    """True if a service that lists it now was first read after the eve."""
    late_use: bool = False
    """True if a service of its usage was first read after the eve."""
    fresh: bool = True
    """False if snapshots list the customer, and all are older than the period."""

    @property
    def comparable(self) -> bool:
        """True if it is listed on both days, now by services that were known on both."""
        return self.listed and self.listed_then and not self.late

    @property
    def unlike(self) -> bool:
        """True if usage was not measured of the same products on both days."""
        return self.late_use or self.differs


def customer_rows(facts: Facts, days: SnapshotDays, topic: Topic | None) -> list[CustomerRow]:
    """Return the rows of all customers in the snapshots of either day, in no order."""
    chosen = chosen_products(facts, topic)
    match seat_rows(facts, days, topic):
        case SeatRows.ROLLUPS:
            rows = facts.rows(_USUAL_DAYS, **chosen)
        case SeatRows.BY_MONTH:
            rows = facts.rows(_MONTHS, **chosen, **month_values(days))
        case SeatRows.IN_MONTHS:
            rows = facts.rows(_ENDS_OF_MONTHS, **chosen, **snapshot_values(days, topic))
        case SeatRows.SNAPSHOTS:
            rows = facts.rows(_ANY_DAYS, **chosen, **snapshot_values(days, topic))
    return [CustomerRow(*row) for row in cast("list[tuple[Any, ...]]", rows)]
