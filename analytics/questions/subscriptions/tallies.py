"""Counts of subscriptions in one look: by state, and by what they met."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple, cast

from analytics.questions.subscriptions.lines import LineParameters
from analytics.values import plain
from analytics.warehouse.facts import Facts

_ALIKE = """
    SELECT state, standing, counts, trial, addon, by_usage, renews, disputed, on_list,
        created BETWEEN $first AND $last AS new,
        created BETWEEN $today - INTERVAL 1 DAY AND $today AS new_since_yesterday,
        ends BETWEEN $today AND $soon AS expiring,
        ends < $today AS expired,
        ended_on BETWEEN $first AND $last AS ended_in_period,
        suspended_on BETWEEN $first AND $last AS suspended_in_period,
        coalesce(trial_ends, ends) BETWEEN $today AND $soon AS trial_ending,
        converted BETWEEN $first AND $last AS converted,
        renewed BETWEEN $first AND $last AS renewed,
        CASE WHEN state = 'other' THEN word END AS other_word,
        count(*) AS lines, coalesce(sum(quantity), 0)::BIGINT AS seats
    FROM {subscription_lines} WHERE ($tenant IS NULL OR tenant = $tenant) GROUP BY ALL"""
"""Lines that are alike in everything that is counted: a few groups are planned and read in half the
time of twenty counts, each with a condition of its own.
"""

_ALIKE_OF_ONE = _ALIKE.replace(
    "count(*) AS lines, coalesce(sum(quantity), 0)::BIGINT AS seats",
    """
        1 AS lines, coalesce(quantity, 0) AS seats, product_key, quantity,
        date_trunc('month', created)::DATE AS bought, date_trunc('month', ended_on)::DATE AS gone,
        date_trunc('month', suspended_on)::DATE AS held""",
).replace("GROUP BY ALL", "")
"""The lines of one customer, with what products and months are counted by."""

_LISTED = """
    SELECT count(*) FROM {newest_subscriptions} WHERE ($tenant IS NULL OR tenant = $tenant)"""

_SEEN_SINCE = """
    SELECT min(first_seen) FROM {subscribed_customers}
    WHERE ($tenant IS NULL OR tenant = $tenant)"""


class _Alike(NamedTuple):
    """Lines of subscriptions that are alike; a flag is None where it is not known."""

    state: str
    standing: bool
    counts: bool
    trial: bool
    addon: bool
    by_usage: bool
    renews: bool | None
    disputed: bool
    on_list: bool
    new: bool | None
    new_since_yesterday: bool | None
    expiring: bool | None
    expired: bool | None
    ended_in_period: bool | None
    suspended_in_period: bool | None
    trial_ending: bool | None
    converted: bool | None
    renewed: bool | None
    other_word: str | None
    lines: int
    seats: int

    @property
    def is_active(self) -> bool:
        return self.state == "active"

    @property
    def is_sold(self) -> bool:
        """Check whether its seats are no trial's and no add-on's."""
        return not self.trial and not self.addon


_LINES: Mapping[str, Callable[[_Alike], bool | None]] = {
    "active": lambda e: e.is_active,
    "suspended": lambda e: e.state == "suspended",
    "ended": lambda e: e.state == "ended",
    "other": lambda e: e.state == "other",
    "new": lambda e: e.counts and e.new,
    "new_since_yesterday": lambda e: e.counts and e.new_since_yesterday,
    "expiring": lambda e: e.standing and e.expiring,
    "expired": lambda e: e.standing and e.expired,
    "ended_in_period": lambda e: e.ended_in_period,
    "suspended_in_period": lambda e: e.suspended_in_period,
    "trials_ending": lambda e: e.is_active and e.trial and e.trial_ending,
    "converted": lambda e: e.counts and e.converted,
    "renewed": lambda e: e.counts and e.renewed,
    "not_renewing": lambda e: e.standing and not e.by_usage and e.renews is False,
    "by_usage": lambda e: e.standing and e.by_usage,
}
"""The lines of each count."""

_SEATS: Mapping[str, Callable[[_Alike], bool | None]] = {
    "active_seats": lambda e: e.is_active and e.is_sold,
    "suspended_seats": lambda e: e.state == "suspended" and e.is_sold,
    "addon_seats": lambda e: e.standing and not e.trial and e.addon,
    "trial_seats": lambda e: e.is_active and e.trial,
}
"""The lines whose seats are added up, for each sum."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of lines of subscriptions."""

    COUNTED: ClassVar = (*_LINES, *_SEATS)
    """Names of the counts, as the result calls them."""

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


class OwnLine(NamedTuple):
    """A line of one customer, with its product and months."""

    product_key: str
    quantity: int | None
    bought: date | None
    gone: date | None
    held: date | None
    """Months in which it was bought, ended and suspended."""
    alike: _Alike


def own_lines(facts: Facts, lines: LineParameters) -> list[OwnLine]:
    """Return the lines of one customer."""
    found = cast("list[tuple[Any, ...]]", facts.rows(_ALIKE_OF_ONE, **lines.values))
    most = len(_Alike._fields)
    return [OwnLine._make((*each[most:], _Alike._make(each[:most]))) for each in found]


def tally_of(facts: Facts, lines: LineParameters, own: Sequence[OwnLine] | None = None) -> Tally:
    """Return the counts of all lines; of these alone, if they were read one by one."""
    if own is None:
        found = cast("list[tuple[Any, ...]]", facts.rows(_ALIKE, **lines.values))
        alike = [_Alike._make(each) for each in found]
    else:
        alike = [each.alike for each in own]
    ((listed,),) = cast("list[tuple[int]]", facts.rows(_LISTED, tenant=lines.tenant))
    ((since,),) = facts.rows(_SEEN_SINCE, tenant=lines.tenant)
    counts = {name: sum(e.lines for e in alike if fits(e)) for name, fits in _LINES.items()}
    seats = {name: sum(e.seats for e in alike if fits(e)) for name, fits in _SEATS.items()}
    return Tally(
        counts | seats,
        sum(each.lines for each in alike if each.disputed and each.state != "left"),
        tuple(plain(word) for word in sorted({e.other_word for e in alike if e.other_word})),
        sum(each.lines for each in alike if each.state == "left"),
        listed - sum(each.lines for each in alike if each.on_list),
        cast("date | None", since),
    )
