"""Numbers of customers at both ends of a stretch of days, and what lies between them."""

from dataclasses import dataclass
from typing import Annotated

from analytics.questions.growth.spells import Spells
from analytics.questions.results import Measure
from analytics.tables import SUBSCRIPTION_INSIGHTS
from analytics.values import Period, Seats, Unknown, total

CustomersCounted = Annotated[Seats, Measure("customers", SUBSCRIPTION_INSIGHTS, "tenant")]


@dataclass(frozen=True, slots=True)
class GrowthCount:
    """Customers by one definition: `end` is `start` and those new and returned, without the churned
    ones. One who comes and goes within the days is in both.
    """

    start: CustomersCounted
    new: CustomersCounted
    """Those whose first subscription ever was bought then."""
    returned: CustomersCounted
    """Those who had ended before, and count again."""
    churned: CustomersCounted
    end: CustomersCounted

    @property
    def net(self) -> CustomersCounted:
        """Those gained without those lost."""
        gained = total((self.new, self.returned))
        if isinstance(gained, Unknown):
            return gained
        return self.churned if isinstance(self.churned, Unknown) else gained - self.churned


def unknown_count(why: Unknown, end: Seats | None = None) -> GrowthCount:
    """Return a count of which nothing is known, or the end alone."""
    return GrowthCount(why, why, why, why, why if end is None else end)


def count_of(spells: Spells, days: Period) -> GrowthCount:
    """Return the count of whole days."""
    came, new = spells.begins.within(days), spells.firsts.within(days)
    return GrowthCount(
        start=spells.on(days.eve),
        new=new,
        returned=came - new,
        churned=spells.ends.within(days),
        end=spells.on(days.last),
    )
