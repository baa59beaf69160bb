"""The records of one customer in a window, read at once where they are few: sorted out here, since
planning a query takes longer than that.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from analytics.questions.activity.window import WITHIN, ActivityWindow, CountedRecords
from analytics.values import TenantId
from analytics.warehouse.facts import Facts

_MOST = 2_000
"""Records that are read at once."""

_RECORDS = """
    SELECT moment, tenant, coalesce(nullif(correlation, ''), event) AS request, operation, status,
        who, application, subscription, offer, quantity_before, quantity_after, user_count, event
    FROM {activity}"""
_FEW = " LIMIT $most"
_SOME = _RECORDS + WITHIN + _FEW


@dataclass(frozen=True, slots=True)
class RecordFields:
    """One record."""

    moment: datetime
    tenant: TenantId | None
    request: str
    """The request that it belongs to: one that names none is a request of its own."""
    operation: str
    status: str | None
    who: str | None
    application: str | None
    subscription: str | None
    offer: str | None
    before: int | None
    after: int | None
    users: int | None
    event: str = ""

    @property
    def place(self) -> tuple[bool, datetime, str]:
        """Its place in a line: an order leads what came of it; else the first record does."""
        return self.operation != "create_order", self.moment, self.event


@dataclass(frozen=True, slots=True)
class LineHead:
    """A line without its records."""

    tenant: TenantId | None
    request: str
    began: datetime
    records: int
    failed: int
    lines: int
    """Number of lines in all."""


def few_records(facts: Facts, window: ActivityWindow) -> list[RecordFields] | None:
    """Return the records of a window of one customer; None for one of all, and where there are many
    of them.
    """
    if window.customer is None or facts.whole:
        return None
    rows = facts.rows(_SOME, **window.values, most=_MOST + 1)
    found = [RecordFields(*cast("tuple[Any, ...]", row)) for row in rows]
    return found if len(found) <= _MOST else None


def single_groups(records: Sequence[RecordFields]) -> list[CountedRecords]:
    """Return each record as a group of one."""
    return [
        CountedRecords(each.moment.date(), each.operation, each.status, each.tenant, 1)
        for each in records
    ]


def heads_of(records: Sequence[RecordFields], most: int) -> list[LineHead]:
    """Return the newest lines, at most so many."""
    lines = defaultdict[tuple[TenantId | None, str], list[RecordFields]](list)
    for each in records:
        lines[each.tenant, each.request].append(each)
    heads = [(min(e.event for e in its), _head(its, len(lines))) for its in lines.values()]
    heads.sort(key=lambda each: each[0])
    heads.sort(key=lambda each: each[1].began, reverse=True)
    return [head for _, head in heads[:most]]


def _head(its: Sequence[RecordFields], lines: int) -> LineHead:
    first, failed = its[0], sum(each.records for each in single_groups(its) if each.failures)
    began = min(each.moment for each in its)
    return LineHead(first.tenant, first.request, began, len(its), failed, lines)
