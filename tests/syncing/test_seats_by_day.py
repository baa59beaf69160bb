"""Ten days of a partner whose customers buy, give back, migrate and upgrade: the changes of seats
are the list that was written by hand.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from analytics.questions.licenses import licenses
from analytics.questions.licenses.identities import licence_checks
from analytics.questions.licenses.rows import LicenceChange
from analytics.values import Period, Unknown
from tests.partner_center.company import Company, Item
from tests.partner_center.standin import Standin
from tests.partner_center.subscribed import analysis, subscription
from tests.questions.licence_world import figures
from tests.seeds import are_long
from tests.syncing.days import DAY, START, Days, first_day
from tests.warehouse.rows import opened

FIRST = START.date()
LAST = FIRST + timedelta(days=9)
_MIGRATED, _ADDED, _UPGRADED, _NEW, _CUT, _GIVEN_BACK = 2, 3, 4, 5, 7, 8
"""Days after the first on which these happen."""
_CHANGING = (_MIGRATED, _ADDED, _UPGRADED, _NEW, _CUT, _GIVEN_BACK, 9)
_LEGACY = "796B6B5F-613C-4E24-A17C-EBA730D49C02"
_E3, _E5 = "MICROSOFT 365 E3", "MICROSOFT 365 E5"


@dataclass(frozen=True)
class SellingCompany(Company):
    """Five customers. The first one's legacy subscription migrates, the second upgrades five seats,
    the third adds four and gives two back, the fourth is new, the fifth loses a seat.
    """

    @property
    def age(self) -> int:
        """Days since the first one."""
        return (self.today - FIRST).days

    def is_there(self, at: int) -> bool:
        return at < self.customers and (at != 3 or self.age >= _NEW)

    def subscriptions(self, tenant: str) -> list[Item]:
        """Seats in each customer's own list, as they are on the day."""
        at, age = self.places[tenant], self.age
        if at == 0:
            old = self._line(at, 0, 12, offerId=_LEGACY)
            if age < _MIGRATED:
                return [old]
            return [{**old, "status": "expired"}, self._line(at, 1, 12, _MIGRATED)]
        if at == 1:
            moved = 5 * (age >= _UPGRADED)
            second = self._line(at, 1, 5 + moved, offerName=_E5)
            return [self._line(at, 0, 30 - moved, offerName=_E3), second]
        if at == 2:
            return [self._line(at, 0, 20 + 4 * (age >= _ADDED) - 2 * (age >= _GIVEN_BACK))]
        if at == 3:
            return [self._line(at, 0, 9, _NEW)]
        return [self._line(at, 0, 15 - (age >= _CUT))]

    def _line(self, at: int, number: int, seats: int, bought: int = 0, **more: object) -> Item:
        item = subscription(self.seed, at, number, "OFFICE 365 E3")
        item.pop("migratedFromSubscriptionId", None)
        day = f"{_day(bought)}T09:00:00Z"
        dates = {"creationDate": day, "effectiveStartDate": day} if bought else {}
        return {**item, "quantity": seats, "status": "active", **dates, **more}

    @property
    def insights(self) -> list[Item]:  # type: ignore[override]  # of the day
        """The same, as Microsoft's analytics tell them."""
        return [
            analysis(each, tenant, self.name(at))
            | ({"creationDate": each["creationDate"]} if each["creationDate"] != _OLD else {})
            for tenant, at in self.places.items()
            for each in self.subscriptions(tenant)
        ]

    def audit(self, day: date) -> list[Item]:
        """One record: four seats of the third customer."""
        if day != _day(_ADDED):
            return []
        its = subscription(self.seed, 2, 0, "")["id"]
        before, after = ({"Id": its, "Quantity": count} for count in (20, 24))
        record: Item = {
            "id": f"{self.everybody[2]}_{day}",
            "customerId": self.everybody[2],
            "customerName": self.name(2),
            "userPrincipalName": "admin@partner.onmicrosoft.com",
            "resourceType": "subscription",
            "resourceOldValue": json.dumps(before),
            "resourceNewValue": json.dumps(after),
            "operationType": "update_subscription",
            "operationDate": f"{day}T03:09:07.0450483Z",
            "operationStatus": "succeeded",
        }
        return [record]


_OLD = subscription(7, 0, 0, "")["creationDate"]


def _day(age: int) -> date:
    return FIRST + timedelta(days=age)


def company(age: int) -> SellingCompany:
    return SellingCompany(5, seed=7, today=_day(age))


def told(change: LicenceChange) -> tuple[object, ...]:
    """Whose change it is, what it is, when and how it is known."""
    whose = company(9).everybody.index(change.customer.id)
    what = (change.kind.value, change.before, change.after, change.source)
    known = change.moment or change.known_by.value
    return (whose, change.day, *what, known, change.unusual)


BY_HAND = [
    (2, _day(_GIVEN_BACK), "changed", 24, 22, "", "comparison", False),
    (4, _day(_CUT), "changed", 15, 14, "", "comparison", True),
    (3, _day(_NEW), "bought", 0, 9, "", "source", False),
    (1, _day(_UPGRADED), "changed", 5, 10, "Microsoft 365 E3", "comparison", False),
    (
        *(2, _day(_ADDED), "changed", 20, 24, ""),
        datetime(2026, 11, 28, 3, 9, 7, 45048),  # noqa: DTZ001 as the column has it
        False,
    ),
    (0, _day(_MIGRATED), "bought", 0, 12, "Office 365 E3", "source", False),
]
"""The changes of the ten days, the newest first."""


async def test_ten_days_of_seats_are_told_as_they_were(tmp_path: Path) -> None:
    days: Days = await first_day(tmp_path, company(0))
    first = licenses(opened(days.folder), None, Period(FIRST, FIRST))
    assert (first.total, first.events) == (12 + 35 + 20 + 15, ())
    assert isinstance(first.flow.adds, Unknown)

    for age in range(1, 10) if are_long() else _CHANGING:
        await days.sync(Standin(company(age)), START + age * DAY)
    facts = opened(days.folder)
    result = licenses(facts, None, Period(_day(1), LAST))

    assert [told(each) for each in result.events] == BY_HAND
    assert figures(result.flow) == (82, 4 + 9, 2 + 1, 92)
    assert result.moved == 12 + 5
    assert [(each.seen, each.logged) for each in result.events[:2]] == [
        (_day(_CUT), True),
        (_day(_NEW), True),
    ]  # the last days on which something else changed: a sync that changes nothing leaves no trace
    assert [each.wrong for each in licence_checks(facts)] == [0, 0]
