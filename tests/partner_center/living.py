"""A partner whose customers live: they buy, renew, move, leave, come back and are renamed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.partner_center.company import Company, Item

FIRST = date(2026, 11, 25)
_NEW_PRODUCT = ("4B585984-651B-448A-9E53-3B10F069CF7F", "OFFICE 365 F3", ("EXO",))
_COMES, _LEAVES, _RETURNS, _RENAMED, _NEW, _MOVED = 1, 9, 17, 12, 14, 20
"""Days after the first on which these happen."""


@dataclass(frozen=True)
class LivingCompany(Company):
    """What there is on one day, `age` days after the first. Each day a few customers buy a seat,
    and everybody assigns some.
    """

    @property
    def age(self) -> int:
        """Days since the first one."""
        return (self.today - FIRST).days

    def is_there(self, at: int) -> bool:
        """The second leaves and comes back, the last leaves, the one before it comes later."""
        if at == 1:
            return not _LEAVES <= self.age < _RETURNS
        if at == self.customers - 1:
            return self.age < _MOVED
        return at < self.customers and (at != self.customers - 2 or self.age >= _COMES)

    def name(self, at: int) -> str:
        """The third is renamed, to the first one's name."""
        return super().name(0 if at == 2 and self.age >= _RENAMED else at)

    @property
    def products(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """What its customers have seats of: a product more from one day on."""
        return (*super().products, *([_NEW_PRODUCT] if self.age >= _NEW else []))

    def seats(self, at: int, number: int) -> int:
        """Seats of a customer's product: one more on every third day, another third each time."""
        return super().seats(at, number) + max((self.age + at + number) // 3, 0)

    def subscriptions(self, tenant: str) -> list[Item]:
        """Those of a customer: seats are bought, and terms end and are renewed for a month."""
        at = self.places[tenant]
        return [self._as_it_is(item, at) for item in super().subscriptions(tenant)]

    def _as_it_is(self, item: Item, at: int) -> Item:
        ends = FIRST + timedelta(days=1 + at % 7)
        while ends < self.today:
            ends += timedelta(days=30)
        more = max((self.age + at) // 3, 0)
        return {
            **item,
            "quantity": int(str(item["quantity"])) + more,
            "commitmentEndDate": f"{ends}T00:00:00Z",
        }

    @property
    def spend(self) -> list[Item]:  # type: ignore[override]  # of the day
        """Azure spend, which grows."""
        return [
            {**item, "totalCost": float(str(item["totalCost"])) + self.age}
            for item in super().spend
        ]

    def members(self, role: str) -> list[Item]:
        """A role's members: one leaves."""
        return super().members(role)[: 2 if self.age >= _COMES else 3]

    def audit(self, day: date) -> list[Item]:
        """What was done on a day is told later as it was told then."""
        return Company.audit(replace(self, today=day), day)
