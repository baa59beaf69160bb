"""Ten days of a partner whose customers come, leave, return, move and are renamed: growth is the
list that was written by hand.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from analytics.questions.growth import DefinedGrowth, growth
from analytics.questions.growth.identities import growth_identities
from analytics.questions.growth.moves import CustomerMove
from analytics.values import Period, Unknown
from tests.partner_center.company import Company, Item
from tests.partner_center.standin import Standin
from tests.partner_center.subscribed import analysis, subscription
from tests.syncing.days import DAY, START, Days, first_day
from tests.warehouse.rows import opened

FIRST = START.date()
LAST = FIRST + timedelta(days=9)
_MOVED, _LEFT, _RENAMED, _NEW, _SUSPENDED, _BACK = 2, 3, 4, 5, 6, 8
"""Days after the first on which these happen."""


@dataclass(frozen=True)
class GrowingCompany(Company):
    """Five customers. The first one's subscription moves to another, the second leaves and returns,
    the third is renamed to the first one's name, the fourth is new, the fifth is suspended.
    """

    @property
    def age(self) -> int:
        """Days since the first one."""
        return (self.today - FIRST).days

    def is_there(self, at: int) -> bool:
        return at < self.customers and (at != 3 or self.age >= _NEW)

    def name(self, at: int) -> str:
        return super().name(0 if at == 2 and self.age >= _RENAMED else at)

    @property
    def insights(self) -> list[Item]:  # type: ignore[override]  # of the day
        """Analytics of subscriptions, the ended ones among them."""
        return [line for tenant, at in self.places.items() for line in self._lines(tenant, at)]

    def _lines(self, tenant: str, at: int) -> list[Item]:
        first, second = self._line(tenant, at, 0), self._line(tenant, at, 1)
        if at == 0 and self.age >= _MOVED:
            return [_ended(first, _MOVED), _bought(second, _MOVED)]
        if at == 1 and self.age >= _LEFT:
            back = [_bought(second, _BACK)] if self.age >= _BACK else []
            return [_ended(first, _LEFT), *back]
        if at == 3:
            return [_bought(first, _NEW)]
        if at == 4 and self.age >= _SUSPENDED:
            return [{**first, "status": "SUSPENDED"}]
        return [first]

    def _line(self, tenant: str, at: int, number: int) -> Item:
        told = {**subscription(self.seed, at, number, "OFFICE 365 E3"), "status": "active"}
        told["id"] = str(UUID(int=self.seed * 1000 + at * 10 + number))
        return analysis(told, tenant, self.name(at))


def _ended(line: Item, age: int) -> Item:
    day = f"{_day(age)}T00:00:00"
    return {**line, "status": "DEPROVISIONED", "deprovisionedDate": day}


def _bought(line: Item, age: int) -> Item:
    return {**line, "creationDate": f"{_day(age)}T09:00:00"}


def _day(age: int) -> date:
    return FIRST + timedelta(days=age)


def company(age: int) -> GrowingCompany:
    return GrowingCompany(5, seed=7, today=_day(age))


def moves(found: tuple[CustomerMove, ...]) -> list[tuple[str, date, bool]]:
    return [(each.customer.id, each.day, each.returned) for each in found]


def figures(found: DefinedGrowth) -> tuple[object, ...]:
    count = found.count
    return count.start, count.new, count.returned, count.churned, count.end


async def test_ten_days_are_told_as_they_were(tmp_path: Path) -> None:
    days: Days = await first_day(tmp_path, company(0))
    first = growth(opened(days.folder), Period(FIRST, FIRST))
    assert figures(first.power_bi) == (4, 0, 0, 0, 4)
    assert (first.insights.came, first.insights.count.end) == ((), 4)
    assert isinstance(first.insights.count.new, Unknown)

    for age in range(1, 10):
        await days.sync(Standin(company(age)), START + age * DAY)
    facts = opened(days.folder)
    result = growth(facts, Period(_day(1), LAST))
    back, new, suspended = (company(9).everybody[at] for at in (1, 3, 4))

    came = [(back, _day(_BACK), True), (new, _day(_NEW), False)]
    assert moves(result.power_bi.came) == moves(result.insights.came) == came
    assert moves(result.power_bi.left) == [(back, _day(_LEFT), False)]
    assert [(each, day) for each, day, _ in moves(result.insights.left)] == [
        (suspended, _day(_SUSPENDED)),
        (back, _day(_LEFT)),
    ]
    assert figures(result.power_bi) == (4, 1, 1, 1, 5)
    assert figures(result.insights) == (4, 1, 1, 2, 4)
    assert sum(each.name.startswith(company(9).name(0)) for each in facts.people.customers) == 2
    assert [each.wrong for each in growth_identities(facts)] == [0, 0]
