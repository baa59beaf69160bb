"""The days on which a dataset of spans was first loaded: what was there on that day may be of any
age, so that its `since` is no birth and no change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.tables import Dataset
from analytics.values import TenantId
from analytics.warehouse.facts import Facts

_FIRST = "SELECT tenant, min(since) FROM {{{dataset}}} GROUP BY tenant"


@dataclass(frozen=True, slots=True)
class FirstLoads:
    """The first loads of one dataset, as far as the reader sees its customers."""

    customers: Mapping[TenantId, date]
    """The first day with rows of each customer. One who joined later, or who had none at first, has
    a later day: of them too the first sight tells no change.
    """

    @property
    def first(self) -> date | None:
        """The day of the first load of all; None if the dataset never came."""
        return min(self.customers.values(), default=None)

    def of(self, customer: TenantId | None) -> date | None:
        """Return the first load of a customer, of all for None; None if there was none."""
        return self.first if customer is None else self.customers.get(customer)

    def tells_change(self, customer: TenantId, since: date) -> bool:
        """Check whether a row that stands since that day was seen to change or to come: it did not
        stand already on the customer's first load.
        """
        first = self.customers.get(customer)
        return first is not None and since > first


def first_loads(facts: Facts, dataset: Dataset) -> FirstLoads:
    """Return the first loads of a dataset of spans that is told by customer, such as subscriptions.

    What is *new* is told by a day of the source, as `created`; a `since` dates changes alone, and
    only where `tells_change`. Even then a row is a change of *state* only if a row of the same key
    stood before it: the first row of a subscription may have been suspended for long.
    """
    rows = facts.rows(_FIRST.format(dataset=dataset.name))
    return FirstLoads({TenantId(str(tenant)): day for tenant, day in rows if isinstance(day, date)})


@dataclass(frozen=True, slots=True)
class SpanChange:
    """A row of a dataset of spans that differs from the row of the same key before it."""

    tenant: TenantId
    key: str
    """What the row is about, such as a subscription."""
    since: date
    """The first day on which it was seen so."""
    was_until: date | None
    """The day on which it was first missed, if it was gone before; None if it stood until now."""
    before: tuple[object, ...]
    """The columns asked for, as the row before had them."""
    after: tuple[object, ...]


def span_changes(facts: Facts, dataset: Dataset, key: str, *columns: str) -> list[SpanChange]:
    """Return the changes of these columns that were seen, the oldest first. `key` is the column
    that tells a customer's rows from one another. First rows are none: what was before them is
    unknown. A row that came back is compared with the one before it went.
    """
    told = facts.rows(_changes_sql(dataset, key, columns))
    width = len(columns)
    return [
        SpanChange(
            TenantId(str(tenant)),
            str(its),
            since,
            until if isinstance(until, date) else None,
            tuple(cells[:width]),
            tuple(cells[width:]),
        )
        for tenant, its, since, until, *cells in told
        if isinstance(since, date)
    ]


def _changes_sql(dataset: Dataset, key: str, columns: Sequence[str]) -> str:
    over = f"OVER (PARTITION BY tenant, {key} ORDER BY since)"
    befores = ", ".join(f"lag({name}) {over} AS before_{name}" for name in columns)
    afters = ", ".join(f"{name} AS after_{name}" for name in columns)
    differs = " OR ".join(f"before_{name} IS DISTINCT FROM after_{name}" for name in columns)
    told = [*(f"before_{name}" for name in columns), *(f"after_{name}" for name in columns)]
    return f"""
        SELECT tenant, {key}, since, nullif(was_until, since), {", ".join(told)} FROM (
            SELECT tenant, {key}, since, {befores}, {afters},
                lag(until) {over} AS was_until, lag(since) {over} AS was_since
            FROM {{{dataset.name}}}) spans
        WHERE was_since IS NOT NULL AND ({differs}) ORDER BY since, tenant, {key}"""
