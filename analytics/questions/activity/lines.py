"""Lines of the activity log: records of one request are one line, with what they tell of seats."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any, cast

from analytics.questions.activity.of_one import LineHead, RecordFields, heads_of
from analytics.questions.activity.window import WITHIN, ActivityWindow, RecordCount, name_of
from analytics.questions.results import Measure
from analytics.tables import AUDIT
from analytics.values import TenantId, plain
from analytics.warehouse.facts import Facts

SHOWN = 15
"""Lines listed at once."""
RECORDS_OF_LINE = 10
"""Records of one line that are listed; all are counted."""

_HEADS_OF = """
    SELECT tenant, coalesce(nullif(correlation, ''), event) AS request, min(moment) AS began,
        count(*) AS records, count(*) FILTER (WHERE list_contains($failing, status)) AS failed,
        count(*) OVER () AS lines
    FROM {activity}"""
_BY_REQUEST = """
    GROUP BY tenant, coalesce(nullif(correlation, ''), event)
    ORDER BY min(moment) DESC, min(event) LIMIT $shown"""
_HEADS = _HEADS_OF + WITHIN + _BY_REQUEST
_HEADS_RECENT = _HEADS.replace("{activity}", "{recent_activity}")
"""The newest lines of a window."""

_OPENED = """
    SELECT moment, count(*) OVER () AS lines FROM {recent_activity}
    WHERE moment >= $first AND moment < $after AND (earlier IS NULL OR earlier < $first)
    ORDER BY moment DESC LIMIT $shown"""
"""Moments on which lines began: of a request the first record in the window opens one."""

_HEADS_OPENED = """
    SELECT tenant, coalesce(nullif(correlation, ''), event) AS request, min(moment) AS began,
        count(*) AS records, count(*) FILTER (WHERE list_contains($failing, status)) AS failed,
        0 AS lines
    FROM {recent_activity} WHERE moment >= $since AND moment < $after
    GROUP BY tenant, coalesce(nullif(correlation, ''), event)
    HAVING bool_or(earlier IS NULL OR earlier < $first)
    ORDER BY min(moment) DESC, min(event) LIMIT $shown"""
"""The newest lines of all records: those that began since a moment."""

_RECORDS_OF = """
    SELECT moment, tenant, coalesce(nullif(correlation, ''), event) AS request, operation, status,
        who, application, subscription, offer, quantity_before, quantity_after, user_count
    FROM {activity}"""
_OF_LINES = """
        AND moment >= $since
        AND list_contains($requests, coalesce(nullif(correlation, ''), event))"""
_FIRST_OF_LINES = """
    QUALIFY row_number() OVER (
        PARTITION BY tenant, coalesce(nullif(correlation, ''), event)
        ORDER BY operation <> 'create_order', moment, event) <= $records"""
_IN_ORDER = """
    ORDER BY operation <> 'create_order', moment, event"""
_RECORDS = _RECORDS_OF + WITHIN + _OF_LINES + _IN_ORDER
_FIRST_RECORDS = _RECORDS_OF + WITHIN + _OF_LINES + _FIRST_OF_LINES + _IN_ORDER
_RECORDS_RECENT = _FIRST_RECORDS.replace("{activity}", "{recent_activity}")
"""Records of some lines. An order leads what came of it; else the first record does."""

_NAMED_SINCE = "SELECT min(first_named) FROM {activity_edges}"
"""Before the oldest record with a person, names may have been emptied for their age."""

_OF_SUBSCRIPTIONS = """
    SELECT subscription, product_name FROM {subscription_insights}
    WHERE ($tenant IS NULL OR tenant = $tenant) AND product_name <> ''
        AND list_contains($subscriptions, subscription)
    ORDER BY since, product_name"""
_OF_OWN_LISTS = _OF_SUBSCRIPTIONS.replace("{subscription_insights}", "{subscriptions}")
_OF_OFFERS = """
    SELECT offer, product_name FROM {subscriptions}
    WHERE offer IN (SELECT unnest($offers)) AND product_name <> '' ORDER BY since, product_name"""
"""Names of products by subscription and by offer; of one key the last is the best, and customers'
own lists are better than analytics.
"""


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


def newest_lines(
    facts: Facts, window: ActivityWindow, *, recent: bool
) -> tuple[tuple[ActivityLine, ...], int]:
    """Return the newest lines of a window, the newest first, and how many lines there are;
    `recent` tells whether the newest records hold the window.
    """
    heads, count = _heads(facts, window, recent=recent)
    if not heads:
        return (), 0
    most = facts.list_length(RECORDS_OF_LINE)
    values = {
        **window.values,
        "records": most,
        "since": min(each.began for each in heads),
        "requests": sorted({each.request for each in heads}),
    }
    if recent:
        found = facts.rows(_RECORDS_RECENT, **values)
    elif max(each.records for each in heads) > most:
        found = facts.rows(_FIRST_RECORDS, **values)
    else:
        found = facts.rows(_RECORDS, **values)
    rows = [RecordFields(*cast("tuple[Any, ...]", each)) for each in found]
    return _with_records(facts, window, heads, rows), count


def lines_of(
    facts: Facts, window: ActivityWindow, few: Sequence[RecordFields]
) -> tuple[tuple[ActivityLine, ...], int]:
    """Return the same of a window whose records were read at once."""
    heads = heads_of(few, facts.list_length(SHOWN))
    rows = sorted(few, key=lambda each: each.place)
    return _with_records(facts, window, heads, rows), heads[0].lines if heads else 0


def _with_records(
    facts: Facts,
    window: ActivityWindow,
    heads: Sequence[LineHead],
    rows: Iterable[RecordFields],
) -> tuple[ActivityLine, ...]:
    """Return the lines with their first records; `rows` are in the order of a line's records."""
    by_request = defaultdict[tuple[TenantId | None, str], list[RecordFields]](list)
    for row in rows:
        by_request[row.tenant, row.request].append(row)
    most = facts.list_length(RECORDS_OF_LINE)
    lines = [(each, by_request[each.tenant, each.request][:most]) for each in heads]
    told = _LineNames.of(facts, window, [row for _, its in lines for row in its])
    return tuple(_line(facts, head, its, told) for head, its in lines)


def _heads(facts: Facts, window: ActivityWindow, *, recent: bool) -> tuple[list[LineHead], int]:
    """Return the newest lines of a window, and how many there are in all."""
    values = {"shown": facts.list_length(SHOWN), **window.values}
    if recent and window.is_whole and not facts.whole:
        return _heads_opened(facts, values)
    rows = facts.rows(_HEADS_RECENT, **values) if recent else facts.rows(_HEADS, **values)
    heads = [LineHead(*cast("tuple[Any, ...]", row)) for row in rows]
    return heads, heads[0].lines if heads else 0


def _heads_opened(facts: Facts, values: Mapping[str, object]) -> tuple[list[LineHead], int]:
    """Return the same of all records of recent days: only those of the newest are grouped."""
    opened = cast("list[tuple[datetime, int]]", facts.rows(_OPENED, **values))
    if not opened:
        return [], 0
    rows = facts.rows(_HEADS_OPENED, **values, since=opened[-1][0])
    return [LineHead(*cast("tuple[Any, ...]", row)) for row in rows], opened[0][1]


@dataclass(frozen=True, slots=True)
class _LineNames:
    """Names of products and persons, as they are told besides the records themselves."""

    products: Mapping[str, str]
    """Names of products by subscription and by offer."""
    named_since: datetime | None
    """Moment of the oldest record that names a person, for a reader who may see persons."""

    @classmethod
    def of(
        cls, facts: Facts, window: ActivityWindow, rows: Collection[RecordFields]
    ) -> "_LineNames":
        """Return what is told of these records."""
        since: datetime | None = None
        if facts.sight.persons and any(row.application and not row.who for row in rows):
            ((since,),) = cast("list[tuple[datetime | None]]", facts.rows(_NAMED_SINCE))
        return cls(_products(facts, window, rows), since)

    def by_program(self, row: RecordFields) -> bool:
        """Check whether a program did it; False as well where that is not known."""
        kept = self.named_since is not None and row.moment >= self.named_since
        return not row.who and bool(row.application) and kept


def _line(
    facts: Facts, head: LineHead, rows: Collection[RecordFields], told: _LineNames
) -> ActivityLine:
    records = tuple(_record(facts, row, told) for row in rows)
    return ActivityLine(_lead(records), records, head.records, head.failed)


def _lead(records: tuple[ActivityRecord, ...]) -> ActivityRecord:
    """Return the first record, with the seats that a later one tells where it tells none."""
    first = records[0]
    counted = [each for each in records if each.after is not None]
    named = [each for each in records if each.product]
    told = next(iter([*counted, *named, first]))
    return replace(first, product=told.product, before=told.before, after=told.after)


def _record(facts: Facts, row: RecordFields, told: _LineNames) -> ActivityRecord:
    names = told.products
    return ActivityRecord(
        moment=row.moment,
        customer=name_of(facts, row.tenant),
        operation=plain(row.operation),
        status=plain(row.status or ""),
        who=plain(row.who or ""),
        by_program=told.by_program(row),
        product=names.get(row.subscription or "") or names.get(row.offer or "") or "",
        before=row.before,
        after=row.after,
        users=row.users,
    )


def _products(
    facts: Facts, window: ActivityWindow, rows: Iterable[RecordFields]
) -> Mapping[str, str]:
    """Return the names of the products that the rows are about: by subscription, and by offer where
    the subscription has none.
    """
    asked = sorted({row.subscription for row in rows if row.subscription})
    values = {"tenant": window.customer.id if window.customer else None, "subscriptions": asked}
    found = list[tuple[object, ...]]()
    if asked:
        found += facts.rows(_OF_SUBSCRIPTIONS, **values)
        found += facts.rows(_OF_OWN_LISTS, **values)
    names = {key: plain(name) for key, name in cast("list[tuple[str, str]]", found)}
    unnamed = (row for row in rows if not names.get(row.subscription or ""))
    offers = sorted({row.offer for row in unnamed if row.offer})
    found = facts.rows(_OF_OFFERS, offers=offers) if offers else []
    return names | {key: plain(name) for key, name in cast("list[tuple[str, str]]", found)}
