"""Counts of subscriptions in one look: by state, and by what they met."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, cast

from analytics.questions.subscription_lines import LineParameters
from analytics.values import plain
from analytics.warehouse.facts import Facts

_TALLY = """
    SELECT
        count(*) FILTER (WHERE state = 'active') AS active,
        count(*) FILTER (WHERE state = 'suspended') AS suspended,
        count(*) FILTER (WHERE state = 'ended') AS ended,
        count(*) FILTER (WHERE state = 'other') AS other,
        coalesce(sum(quantity) FILTER (WHERE state = 'active' AND NOT trial AND NOT addon), 0)
            AS active_seats,
        coalesce(sum(quantity) FILTER (WHERE state = 'suspended' AND NOT trial AND NOT addon), 0)
            AS suspended_seats,
        coalesce(sum(quantity) FILTER (WHERE standing AND NOT trial AND addon), 0) AS addon_seats,
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
        count(*) FILTER (WHERE on_list) AS on_lists,
        list_sort(coalesce(list(DISTINCT word) FILTER (WHERE state = 'other'), [])) AS words
    FROM {subscription_lines} WHERE $tenant IS NULL OR tenant = $tenant"""

_BESIDE = """
    SELECT (SELECT count(*) FROM {newest_subscriptions} WHERE $tenant IS NULL OR tenant = $tenant)
        AS listed,
        (SELECT min(since) FROM {subscription_insights} WHERE $tenant IS NULL OR tenant = $tenant)
        AS seen_since"""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of lines of subscriptions."""

    COUNTED: ClassVar = (
        *("active", "suspended", "ended", "other"),
        *("active_seats", "suspended_seats", "addon_seats", "trial_seats"),
        *("new", "new_since_yesterday"),
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
    not_analysed: int
    """Subscriptions of customers' own lists that the analytics do not have."""
    seen_since: date | None
    """The day of the first load of the analytics."""

    @property
    def other(self) -> int:
        """Subscriptions in a state that is none of the three."""
        return self.counts["other"]


def tally_of(facts: Facts, lines: LineParameters) -> Tally:
    """Return the counts of all lines."""
    ((*counts, disputed, left, on_lists, words),) = facts.rows(_TALLY, **lines.values)
    ((listed, since),) = facts.rows(_BESIDE, tenant=lines.tenant)
    return Tally(
        dict(zip(Tally.COUNTED, cast("list[int]", counts), strict=True)),
        cast("int", disputed),
        tuple(plain(word) for word in cast("list[str]", words)),
        cast("int", left),
        cast("int", listed) - cast("int", on_lists),
        cast("date | None", since),
    )
