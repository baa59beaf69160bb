"""Licence reports of earlier days, as the stand-in still knows them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Protocol

from tests.partner_center.company import Company, Item


class Remembering(Protocol):
    """A stand-in, and how many earlier days it knows."""

    company: Company
    history: int | None


_COUNTS = ("licensesSold", "licensesDeployed", "licenseActive", "licensesQualified")


def on_day(company: Company, items: list[Item], day: date, days: int) -> list[Item]:
    """A licence report of an earlier day, of those that are still answered for: a seat fewer of
    everything a day.
    """
    back = (company.today - timedelta(days=2) - day).days
    if back > days:
        return []
    return [
        {
            **item,
            "processedDateTime": f"{day}T00:00:00",
            **{name: max(int(str(item[name])) - back, 0) for name in _COUNTS if name in item},
        }
        for item in items
    ]


def of_its_day(standin: Remembering, items: list[Item], query: Mapping[str, str]) -> list[Item]:
    """A report of the day that is asked for, where it is still known; else of the newest."""
    if "processedDateTime" not in query or standin.history is None:
        return items
    day = date.fromisoformat(query["processedDateTime"])
    return on_day(standin.company, items, day, standin.history)
