"""How old a dataset is that is fetched customer by customer, and who is asked again when."""

from dataclasses import dataclass, field
from pathlib import Path

from analytics.tables import (
    AZURE_SPEND,
    CUSTOMERS,
    DEPLOYMENT,
    ROLE_MEMBERS,
    SUBSCRIBED_SKUS,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
    USAGE,
)
from analytics.warehouse.schema import columns
from tests.partner_center.company import Company, Item
from tests.partner_center.standin import Standin
from tests.syncing.days import DAY, START, Days, first_day


@dataclass(frozen=True)
class Changing(Company):
    """A company whose subscriptions differ in some fields from the usual ones."""

    changes: dict[str, object] = field(default_factory=dict)
    """What all subscriptions of the second customer say."""

    def subscriptions(self, tenant: str) -> list[Item]:
        usual = super().subscriptions(tenant)
        return [{**each, **self.changes} if self.places[tenant] == 1 else each for each in usual]

    def audit(self, _day: object) -> list[Item]:
        """None: no person in the partner's company did anything."""
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


STANDING = (CUSTOMERS, SUBSCRIPTIONS, SUBSCRIPTION_INSIGHTS, SUBSCRIBED_SKUS, ROLE_MEMBERS)
STANDING += (DEPLOYMENT, USAGE, AZURE_SPEND)


def standing(days: Days) -> dict[str, list[tuple[object, ...]]]:
    """What stands of each dataset, row by row, without the days it was seen on."""
    told = {each.name: ", ".join(columns(each)) for each in STANDING}
    return {
        name: days.rows(f"SELECT {its} FROM {{newest_{name}}} ORDER BY ALL")  # noqa: S608 our tables
        for name, its in told.items()
    }


async def test_days_in_a_row_end_at_the_truth_of_the_last_row_by_row(tmp_path: Path) -> None:
    """One customer came and one bought seats; before that was a day of half lists."""
    days = await first_day(tmp_path, later(0))
    await days.sync(Standin(later(1), "half", page=1000), START + DAY)
    last = Changing(4, seed=3, today=(START + 2 * DAY).date(), changes={"quantity": 9})
    await days.sync(Standin(last), START + 2 * DAY)
    fresh = Days(tmp_path / "fresh")
    await fresh.sync(Standin(last), START + 2 * DAY)
    assert standing(days) == standing(fresh)
    assert min(map(len, standing(fresh).values())) > 0
