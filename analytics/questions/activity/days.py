"""Days of which the activity log is known, and those among them that were not fetched whole."""

from datetime import date, timedelta
from typing import cast

from analytics.rules import dated_rule
from analytics.tables import AUDIT
from analytics.values import Period, Unknown, Why
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark

KEPT_DAYS = dated_rule("activity-kept").numbers["days"]
"""Days up to the day of a sync that the source tells of."""

_EDGES = "SELECT min(first)::DATE, max(last)::DATE FROM {activity_edges}"
_FETCHED = """
    SELECT min(day), max(day), list(day) FILTER (day BETWEEN $first AND $last)
    FROM {fetched_activity}"""


def known_days(facts: Facts) -> Period | Unknown:
    """Return the days that a sync told of, up to the last that was complete, with those of older
    and imported records. An export does not say which days it is of: without a record of the
    reader's own in it, none is known.
    """
    mark = facts.marks.get(AUDIT.name) or Mark(AUDIT.name, None)
    if mark.reasons and not mark.as_of:
        return Unknown(Why.NOT_WHOLE, AUDIT.name)
    edges = [day for (*days,) in facts.rows(_EDGES) for day in days if day]
    days = cast("list[date]", edges)
    if mark.as_of:
        days += [mark.as_of, mark.as_of - timedelta(days=KEPT_DAYS - 1)]
    if not days:
        came = AUDIT.name in facts.generation.tables
        return Unknown(Why.NOT_WHOLE if came else Why.NEVER_CAME, AUDIT.name)
    return Period(min(days), mark.as_of if mark.reasons and mark.as_of else max(days))


def counted_days(span: Period, known: Period | Unknown) -> Period | Unknown:
    """Return the days of the period that are known, or why none of them is."""
    if isinstance(known, Unknown):
        return known
    if span.last < known.first:
        return Unknown(Why.LATER, AUDIT.name)
    if span.first > known.last:
        return Unknown(Why.NEVER_CAME, AUDIT.name)
    return Period(max(span.first, known.first), min(span.last, known.last))


def missing_days(facts: Facts, counted: Period | Unknown) -> tuple[date, ...]:
    """Return those of these days that lie amid the days that were fetched whole and are none of
    them: some of their records may be missing.
    """
    if isinstance(counted, Unknown):
        return ()
    rows = facts.rows(_FETCHED, first=counted.first, last=counted.last)
    ((first, last, days),) = cast("list[tuple[date | None, date | None, list[date] | None]]", rows)
    if first is None or last is None:
        return ()
    span, fetched = (max(first, counted.first), min(last, counted.last)), {*(days or ())}
    count = (span[1] - span[0]).days + 1
    every = [span[0] + timedelta(days=at) for at in range(count)]
    return tuple(day for day in every if day not in fetched)
