"""Counts of subscriptions in one look: by state, and by what they met."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, cast

from analytics.questions.subscription_lines import LineParameters
from analytics.values import Customer, plain
from analytics.warehouse.facts import Facts

_TALLY = """
    SELECT
        count(*) FILTER (WHERE state = 'active') AS active,
        count(*) FILTER (WHERE state = 'suspended') AS suspended,
        count(*) FILTER (WHERE state = 'ended') AS ended,
        count(*) FILTER (WHERE state = 'other') AS other,
        coalesce(sum(quantity) FILTER (WHERE state = 'active' AND NOT trial), 0) AS active_seats,
        coalesce(sum(quantity) FILTER (WHERE state = 'suspended' AND NOT trial), 0)
            AS suspended_seats,
        coalesce(sum(quantity) FILTER (WHERE state = 'active' AND trial), 0) AS trial_seats,
        count(*) FILTER (WHERE counts AND created BETWEEN $first AND $last) AS new,
        count(*) FILTER (WHERE counts
            AND created BETWEEN $today - INTERVAL 1 DAY AND $today) AS new_since_yesterday,
        count(*) FILTER (WHERE standing AND ends BETWEEN $today AND $soon) AS expiring,
        count(*) FILTER (WHERE standing AND ends < $today) AS expired,
        count(*) FILTER (WHERE ended_on BETWEEN $first AND $last) AS ended_in_period,
        count(*) FILTER (WHERE suspended_on BETWEEN $first AND $last) AS suspended_in_period,
        count(*) FILTER (WHERE state = 'active' AND trial
            AND coalesce(trial_ends, ends) BETWEEN $today AND $soon) AS trials_ending,
        count(*) FILTER (WHERE counts AND converted BETWEEN $first AND $last)
            AS converted,
        count(*) FILTER (WHERE counts AND renewed BETWEEN $first AND $last) AS renewed,
        count(*) FILTER (WHERE standing AND NOT by_usage AND NOT renews) AS not_renewing,
        count(*) FILTER (WHERE standing AND by_usage) AS by_usage,
        count(*) FILTER (WHERE disputed AND state <> 'left') AS disputed,
        count(*) FILTER (WHERE state = 'left') AS of_left,
        list_sort(coalesce(list(DISTINCT word) FILTER (WHERE state = 'other'), [])) AS words
    FROM {subscription_lines} WHERE $tenant IS NULL OR tenant = $tenant"""

_NOT_ANALYSED = """
    SELECT count(*) FROM {newest_subscriptions} s
    WHERE ($tenant IS NULL OR s.tenant = $tenant) AND NOT EXISTS (
        SELECT 1 FROM {newest_subscription_insights} i
        WHERE i.tenant = s.tenant AND i.subscription = s.subscription)"""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of lines of subscriptions."""

    COUNTED: ClassVar = (
        *("active", "suspended", "ended", "other"),
        *("active_seats", "suspended_seats", "trial_seats", "new", "new_since_yesterday"),
        *("expiring", "expired", "ended_in_period", "suspended_in_period", "trials_ending"),
        *("converted", "renewed", "not_renewing", "by_usage"),
    )
    """Names of the counts, as the query gives them and the result calls them."""

    counts: Mapping[str, int]
    disputed: int
    other_words: tuple[str, ...]
    """The sources' words for states that are none of the three."""
    of_left: int
    """Subscriptions that still stand in the analytics for customers who left the partner's list."""

    @property
    def other(self) -> int:
        """Subscriptions in a state that is none of the three."""
        return self.counts["other"]


def tally_of(facts: Facts, lines: LineParameters) -> Tally:
    """Return the counts of all lines."""
    ((*counts, disputed, left, words),) = facts.rows(_TALLY, **lines.values)
    named = zip(Tally.COUNTED, cast("list[int]", counts), strict=True)
    told = tuple(plain(word) for word in cast("list[str]", words))
    return Tally(dict(named), cast("int", disputed), told, cast("int", left))


def not_analysed(facts: Facts, customer: Customer | None) -> int:
    """Return how many subscriptions of customers' own lists the analytics do not have."""
    tenant = customer.id if customer else None
    ((count,),) = cast("list[tuple[int]]", facts.rows(_NOT_ANALYSED, tenant=tenant))
    return count
