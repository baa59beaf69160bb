"""Lines of the activity log: records of one request are one line, with what they tell of seats."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any, cast

from analytics.questions.activity_window import ActivityWindow, RecordCount, name_of
from analytics.questions.results import Measure
from analytics.tables import AUDIT
from analytics.values import TenantId, plain
from analytics.warehouse.facts import Facts

SHOWN = 15
"""Lines listed at once."""
RECORDS_OF_LINE = 10
"""Records of one line that are listed; all are counted."""

_LINES = """
    SELECT t.moment, t.tenant, t.request, t.operation, t.status, t.who, t.application,
        t.moment >= (SELECT min(first_named) FROM {activity_edges}) AS persons_kept,
        t.subscription, t.offer, t.quantity_before, t.quantity_after, t.user_count,
        s.records, s.failed, s.lines
    FROM {activity_window} t JOIN (
        SELECT tenant, request, min(moment) AS began, min(event) AS first_event,
            count(*) AS records, count(*) FILTER (WHERE outcome = 'failed') AS failed,
            count(*) OVER () AS lines
        FROM {activity_window} GROUP BY tenant, request
        ORDER BY min(moment) DESC, min(event) LIMIT $shown) s
        ON t.request = s.request AND coalesce(t.tenant, '') = coalesce(s.tenant, '')
    QUALIFY row_number() OVER (PARTITION BY t.tenant, t.request ORDER BY
        t.operation <> 'create_order', t.moment, t.event) <= $records
    ORDER BY s.began DESC, s.first_event, t.operation <> 'create_order', t.moment, t.event"""
"""The newest lines with their records. An order leads what came of it; else the first record does.
Before the oldest record with a person, names may have been emptied for their age.
"""

_PRODUCTS = """
    SELECT key, name FROM (
        SELECT offer AS key, product_name AS name, 1 AS rank, since FROM {subscriptions}
        WHERE list_contains($offers, offer)
        UNION ALL
        SELECT subscription, product_name, 2, since FROM {subscription_insights}
        WHERE list_contains($subscriptions, subscription)
        UNION ALL
        SELECT subscription, product_name, 3, since FROM {subscriptions}
        WHERE list_contains($subscriptions, subscription))
    WHERE name <> '' ORDER BY rank, since, name"""
"""Names of products by subscription and by offer; of one key the last is the best."""


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """One record of the activity log."""

    moment: datetime
    """In UTC."""
    customer: str
    """Name of the customer it concerns; empty for the partner's own account."""
    operation: str
    """The source's code, such as `create_order`."""
    status: str
    """`succeeded`, `failed`, `progress` or `decline`; empty where the portal's export is silent."""
    who: str
    """Sign-in name of the person; empty where it was none, and for a reader who sees no persons."""
    by_program: bool
    """True if a program did it; False as well where that is not known."""
    product: str
    """Name of the product whose seats it is about; empty where none is known."""
    before: Annotated[int | None, Measure("seats", AUDIT, "quantity_before")]
    """Seats of one subscription before; None where the record does not tell."""
    after: Annotated[int | None, Measure("seats", AUDIT, "quantity_after")]
    """Seats of it after, or ordered."""
    users: Annotated[int | None, Measure("people", AUDIT, "user_count")]
    """Users of the customer whom it names."""

    @property
    def day(self) -> date:
        """The day in UTC."""
        return self.moment.date()


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """The records of one request: its order or first record, and how many there are."""

    lead: ActivityRecord
    """The order or first record; where it tells nothing of seats, with what the next one tells."""
    records: tuple[ActivityRecord, ...]
    """The first of its records, at most 10."""
    count: RecordCount
    failed: RecordCount
    """Records that failed or were declined."""


def newest_lines(facts: Facts, window: ActivityWindow) -> tuple[tuple[ActivityLine, ...], int]:
    """Return the newest lines of a window, the newest first, and how many lines there are."""
    shown, records = facts.list_length(SHOWN), facts.list_length(RECORDS_OF_LINE)
    values = {"shown": shown, "records": records, **window.values}
    rows = [_Fields(*cast("tuple[Any, ...]", row)) for row in facts.rows(_LINES, **values)]
    products = _products(facts, rows)
    by_request: defaultdict[tuple[str | None, str], list[_Fields]] = defaultdict(list)
    for row in rows:
        by_request[row.tenant, row.request].append(row)
    lines = tuple(_line(facts, its, products) for its in by_request.values())
    return lines, rows[0].lines if rows else 0


@dataclass(frozen=True, slots=True)
class _Fields:
    """One row of _LINES."""

    moment: datetime
    tenant: TenantId | None
    request: str
    operation: str
    status: str | None
    who: str | None
    application: str | None
    persons_kept: bool | None
    subscription: str | None
    offer: str | None
    before: int | None
    after: int | None
    users: int | None
    records: int
    failed: int
    lines: int


def _line(facts: Facts, rows: Collection[_Fields], products: Mapping[str, str]) -> ActivityLine:
    records = tuple(_record(facts, row, products) for row in rows)
    first = next(iter(rows))
    return ActivityLine(_lead(records), records, first.records, first.failed)


def _lead(records: tuple[ActivityRecord, ...]) -> ActivityRecord:
    """Return the first record, with the seats that a later one tells where it tells none."""
    first = records[0]
    counted = [each for each in records if each.after is not None]
    named = [each for each in records if each.product]
    told = next(iter([*counted, *named, first]))
    return replace(first, product=told.product, before=told.before, after=told.after)


def _record(facts: Facts, row: _Fields, products: Mapping[str, str]) -> ActivityRecord:
    product = products.get(row.subscription or "") or products.get(row.offer or "")
    program = not row.who and bool(row.application) and bool(row.persons_kept)
    return ActivityRecord(
        moment=row.moment,
        customer=name_of(facts, row.tenant),
        operation=plain(row.operation),
        status=plain(row.status or ""),
        who=plain(row.who or ""),
        by_program=program and facts.sight.persons,
        product=product or "",
        before=row.before,
        after=row.after,
        users=row.users,
    )


def _products(facts: Facts, rows: Iterable[_Fields]) -> Mapping[str, str]:
    """Return the names of the products that the rows are about, by subscription and by offer."""
    subscriptions = sorted({row.subscription for row in rows if row.subscription})
    offers = sorted({row.offer for row in rows if row.offer})
    if not subscriptions and not offers:
        return {}
    named = facts.rows(_PRODUCTS, subscriptions=subscriptions, offers=offers)
    return {key: plain(name) for key, name in cast("list[tuple[str, str]]", named)}
