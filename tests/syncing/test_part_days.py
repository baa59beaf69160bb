"""How old a dataset is that is fetched customer by customer, and who is asked again when."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.partner_center.company import Company, Item
from tests.partner_center.standin import Standin
from tests.syncing.days import DAY, START, first_day


@dataclass(frozen=True)
class Changing(Company):
    """A company whose subscriptions differ in some fields from the usual ones."""

    changes: dict[str, object] = field(default_factory=dict)
    """What all subscriptions of the second customer say."""

    def subscriptions(self, tenant: str) -> list[Item]:
        usual = super().subscriptions(tenant)
        return [{**each, **self.changes} if self.places[tenant] == 1 else each for each in usual]

    def audit(self, _day: object) -> list[Item]:
        """None: nobody in the partner's company did anything."""
        return []


def later(days: int, **changes: object) -> Changing:
    return Changing(3, seed=3, today=(START + days * DAY).date(), changes=changes)


async def test_a_dataset_is_as_old_as_its_oldest_part(tmp_path: Path) -> None:
    days = await first_day(tmp_path, later(0))
    await days.sync(Standin(later(3, quantity=99)), START + 3 * DAY)
    assert days.marks["subscriptions"].as_of == START.date()
    assert days.marks["subscription_insights"].as_of == (START + 3 * DAY).date()
    await days.sync(Standin(later(7, quantity=99)), START + 7 * DAY)
    assert days.marks["subscriptions"].as_of == (START + 3 * DAY).date()
    assert days.marks["subscribed_skus"].as_of == (START + 3 * DAY).date()


async def test_customers_without_access_are_counted_among_all(tmp_path: Path) -> None:
    days, closed = await first_day(tmp_path, later(0)), frozenset(later(0).tenants[:1])
    await days.sync(Standin(later(7), no_gdap=closed), START + 7 * DAY)
    await days.sync(Standin(later(8), no_gdap=closed), START + 8 * DAY)
    (reason,) = days.marks["subscribed_skus"].reasons
    assert reason.values == {"missing": "1", "of": "3"}
    assert days.marks["subscribed_skus"].as_of == (START + 7 * DAY).date()
